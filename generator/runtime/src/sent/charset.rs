//! A text and the media type that it is sent under in, its bytes in the character set that this names out.

#[cfg(any(part = "texts", part = "multipart", part = "xml"))]
use std::borrow::Cow;
#[cfg(part = "xml")]
use std::fmt::Write as _;

#[cfg(any(part = "texts", part = "multipart", part = "xml"))]
use crate::runtime::sent::body::BodyError;

/// The parameter `charset` of a media type, in lower case.
pub(crate) fn of(media_type: &str) -> Option<String> {
    media_type.split(';').skip(1).find_map(|parameter| {
        let (name, value) = parameter.split_once('=')?;
        let named = name.trim().eq_ignore_ascii_case("charset");
        named.then(|| value.trim().trim_matches('"').to_ascii_lowercase())
    })
}

/// The bytes of a text: in UTF-8, US-ASCII, ISO 8859-1 or UTF-16, which begins with a byte order mark where the name of it does
/// not say which half of a unit comes first.
#[cfg(any(part = "texts", part = "multipart", part = "xml"))]
pub(crate) fn encode<'t>(media_type: &str, text: &'t str) -> Result<Cow<'t, [u8]>, BodyError> {
    let charset = of(media_type);
    let units = |begin: &[u16], bytes: fn(u16) -> [u8; 2]| {
        let units = begin.iter().copied().chain(text.encode_utf16());
        Some(units.flat_map(bytes).collect::<Vec<u8>>())
    };
    let name = charset.as_deref().unwrap_or("utf-8");
    let encoded = match name {
        "utf-8" | "utf8" => return Ok(Cow::Borrowed(text.as_bytes())),
        "utf-16" => units(&[0xFEFF], u16::to_be_bytes),
        "utf-16be" => units(&[], u16::to_be_bytes),
        "utf-16le" => units(&[], u16::to_le_bytes),
        _ => last(name).and_then(|last| {
            let bytes = text
                .chars()
                .map(|char| u8::try_from(char).ok().filter(|_| char <= last));
            bytes.collect()
        }),
    };
    let missing = || BodyError::new(format!("its text cannot be written in the character set `{name}`"));
    encoded.map(Cow::Owned).ok_or_else(missing)
}

/// The last character of a set that has a byte for each.
#[cfg(any(part = "texts", part = "multipart", part = "xml"))]
fn last(charset: &str) -> Option<char> {
    match charset {
        "us-ascii" | "ascii" => Some('\u{7F}'),
        "iso-8859-1" | "latin1" => Some('\u{FF}'),
        _ => None,
    }
}

/// A text of XML with the numbers of characters in place of those that its character set does not have. In a section that needs
/// no escapes there are none, so that a text with one stays as it is.
#[cfg(part = "xml")]
pub(crate) fn by_number(charset: &str, text: String) -> String {
    let Some(last) = last(charset) else { return text };
    if text.contains("<![CDATA[") || text.chars().all(|char| char <= last) {
        return text;
    }
    let mut narrow = String::with_capacity(text.len());
    for char in text.chars() {
        if char <= last {
            narrow.push(char);
        } else {
            let _ = write!(narrow, "&#{};", u32::from(char));
        }
    }
    narrow
}
