// @generated from an OpenAPI description: the runtime, the same for every API.

//! Media types: the header `Content-Type` of an answer in, which of the described media types it is, and whether it can be what
//! was asked for, out.

use http::{HeaderMap, HeaderValue, header};

/// A media type or range, taken apart; its own words have no case.
#[derive(Debug, PartialEq, Eq)]
struct MediaType {
    top: String,
    sub: String,
    /// But for the character set, which says nothing of what is meant.
    parameters: Vec<(String, String)>,
}

impl MediaType {
    fn parse(text: &str) -> Self {
        let mut parts = text.split(';');
        let essence = parts.next().unwrap_or_default().trim().to_ascii_lowercase();
        let (top, sub) = essence.split_once('/').unwrap_or((essence.as_str(), ""));
        let named = parts.filter_map(|parameter| parameter.split_once('='));
        let mut parameters: Vec<_> = named
            .map(|(name, value)| {
                let value = value.trim().trim_matches('"');
                (name.trim().to_ascii_lowercase(), value.to_ascii_lowercase())
            })
            .filter(|(name, _)| name != "charset")
            .collect();
        parameters.sort();
        Self {
            top: top.to_owned(),
            sub: sub.to_owned(),
            parameters,
        }
    }

    fn is_json(&self) -> bool {
        ["json", "x-json"].contains(&self.sub.as_str()) || self.sub.ends_with("+json")
    }

    fn is_text(&self) -> bool {
        self.top == "text" && !self.is_json()
    }

    /// Says nothing of what is in it.
    fn is_vague(&self) -> bool {
        let (top, sub) = (self.top.as_str(), self.sub.as_str());
        matches!(
            (top, sub),
            ("", _) | ("text", "plain") | ("application", "octet-stream")
        )
    }

    fn has_essence_of(&self, other: &Self) -> bool {
        self.top == other.top && self.sub == other.sub
    }

    /// How much a range says of a type that it covers: its structure, its top, or nothing. `None` for one that it does not.
    fn covers(&self, other: &Self) -> Option<u8> {
        let is_of_top = self.top == other.top;
        match (self.top.as_str(), self.sub.as_str()) {
            ("*", "*" | "") => Some(0),
            (_, "*") if is_of_top => Some(1),
            (_, sub) if is_of_top => {
                let suffix = sub.strip_prefix('*')?;
                (suffix.starts_with('+') && other.sub.ends_with(suffix)).then_some(2)
            }
            _ => None,
        }
    }
}

/// What a header `Content-Type` says, where it is neither JSON nor vague.
pub(crate) fn other_than_json(content_type: &HeaderValue) -> Option<String> {
    other_than(content_type, MediaType::is_json)
}

fn other_than(content_type: &HeaderValue, is_it: fn(&MediaType) -> bool) -> Option<String> {
    let came = MediaType::parse(content_type.to_str().ok()?);
    (!is_it(&came) && !came.is_vague()).then(|| format!("{}/{}", came.top, came.sub))
}

/// The codings in which a body still is (`Content-Encoding`), the outermost last; nothing where it is as it was.
pub(crate) fn coding(headers: &HeaderMap) -> Option<String> {
    let fields = headers.get_all(header::CONTENT_ENCODING).iter();
    let lines: Vec<_> = fields.map(|field| String::from_utf8_lossy(field.as_bytes())).collect();
    let codings = lines.iter().flat_map(|line| line.split(','));
    let codings: Vec<&str> = codings
        .map(str::trim)
        .filter(|coding| !coding.is_empty() && !coding.eq_ignore_ascii_case("identity"))
        .collect();
    (!codings.is_empty()).then(|| codings.join(", "))
}

/// Which of the `described` media types an answer has, by its header `Content-Type`: the position of
///
/// 1. the same type with the same parameters, `charset` aside;
/// 2. the same type with others;
/// 3. the narrowest range that covers it (`application/*+json`, then `application/*`, then `*/*`);
/// 4. another type of its family where it is of one: of JSON, say, or else of text;
/// 5. the first, where it is none of these, or says nothing.
///
/// Of several that fit as well, the first.
pub(crate) fn choose(headers: &HeaderMap, described: &[&str]) -> usize {
    let Some(came) = content_type(headers) else { return 0 };
    let described: Vec<MediaType> = described.iter().map(|text| MediaType::parse(text)).collect();
    let position = |fits: &dyn Fn(&MediaType) -> bool| described.iter().position(fits);
    let ranges = || {
        let covering = described.iter().enumerate();
        let covering = covering.filter_map(|(index, range)| Some((range.covers(&came)?, index)));
        let narrowest = covering.max_by_key(|(narrow, index)| (*narrow, std::cmp::Reverse(*index)));
        narrowest.map(|(_, index)| index)
    };
    let found = position(&|known| *known == came)
        .or_else(|| position(&|known| known.has_essence_of(&came)))
        .or_else(ranges)
        .or_else(|| position(&|known| known.is_json() && came.is_json()));
    found
        .or_else(|| position(&|known| known.is_text() && came.is_text()))
        .unwrap_or_default()
}

fn content_type(headers: &HeaderMap) -> Option<MediaType> {
    let text = headers.get(header::CONTENT_TYPE)?.to_str().ok()?;
    Some(MediaType::parse(text))
}
