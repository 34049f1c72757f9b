//! The media type of something that is sent in, the one that it is sent under out: what is written is in the character set that
//! it names.

use super::{
    context::Lowering,
    media::{Family, family},
};
use crate::{
    diagnostics::Code,
    ir::{Payload, Pointer},
};

/// What texts are written in.
const WRITTEN: [&str; 9] = [
    "utf-8",
    "utf8",
    "us-ascii",
    "ascii",
    "iso-8859-1",
    "latin1",
    "utf-16",
    "utf-16be",
    "utf-16le",
];

impl Lowering<'_> {
    /// The media type under which a body is sent. Where its character set is not written, it is UTF-8, which is said.
    pub(super) fn written_as(&mut self, media_type: &str, payload: &Payload, key: &Pointer) -> String {
        let is_text = match payload {
            Payload::Text(_) | Payload::Xml(..) => true,
            Payload::Json(_) | Payload::Form { .. } | Payload::Items(..) => false,
            // What these are in is the caller's.
            Payload::Multipart(_) | Payload::Bytes | Payload::EventStream(..) | Payload::Events(..) => {
                return media_type.to_owned();
            }
        };
        self.in_written_charset(media_type, is_text, key)
    }

    /// The same for a part that is no file.
    pub(super) fn part_written_as(&mut self, media_type: &str, key: &Pointer) -> String {
        self.in_written_charset(media_type, family(media_type) != Family::Json, key)
    }

    fn in_written_charset(&mut self, media_type: &str, is_text: bool, key: &Pointer) -> String {
        let Some(charset) = charset(media_type) else {
            return media_type.to_owned();
        };
        let name = charset.trim().trim_matches('"').to_ascii_lowercase();
        // JSON and forms are UTF-8, whatever they are called.
        let written = if is_text { &WRITTEN[..] } else { &WRITTEN[..2] };
        if written.contains(&name.as_str()) {
            return media_type.to_owned();
        }
        let sent = media_type.replacen(charset, "utf-8", 1);
        let message = format!("`{media_type}` is not written in `{name}`; it is sent as `{sent}`");
        self.report(Code::UnsupportedMediaType, key, message);
        sent
    }
}

/// The parameter `charset`, as it is written.
fn charset(media_type: &str) -> Option<&str> {
    media_type.split(';').skip(1).find_map(|parameter| {
        let (name, value) = parameter.split_once('=')?;
        name.trim().eq_ignore_ascii_case("charset").then_some(value)
    })
}
