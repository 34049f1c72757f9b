//! Media types: the header `Content-Type` of an answer in, which of the described media types it is out.

use http::{HeaderMap, header};

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

/// What an answer says that it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Said {
    Json,
    Text,
    /// Something else, or nothing.
    Other,
}

/// What the header `Content-Type` says.
pub(crate) fn said(headers: &HeaderMap) -> Said {
    match content_type(headers) {
        Some(came) if came.is_json() => Said::Json,
        Some(came) if came.is_text() => Said::Text,
        Some(_) | None => Said::Other,
    }
}

/// Which of the `described` media types an answer has, by its header `Content-Type`: the position of
///
/// 1. the same type with the same parameters, `charset` aside;
/// 2. the same type with others;
/// 3. the narrowest range that covers it (`application/*+json`, then `application/*`, then `*/*`);
/// 4. another type of JSON where it is one, another text where it is one;
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
    position(&|known| *known == came)
        .or_else(|| position(&|known| known.has_essence_of(&came)))
        .or_else(ranges)
        .or_else(|| position(&|known| known.is_json() && came.is_json()))
        .or_else(|| position(&|known| known.is_text() && came.is_text()))
        .unwrap_or_default()
}

fn content_type(headers: &HeaderMap) -> Option<MediaType> {
    let text = headers.get(header::CONTENT_TYPE)?.to_str().ok()?;
    Some(MediaType::parse(text))
}
