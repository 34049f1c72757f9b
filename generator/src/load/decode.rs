//! Bytes in, text out: UTF-8 or UTF-16, with or without a byte order mark.

use std::borrow::Cow;

use crate::{
    diagnostics::{Code, Diagnostic, Location},
    input::MOST_BYTES,
};

use super::refuse;

/// How the files that are most often handed in by mistake begin.
const BINARY: &[(&[u8], &str)] = &[
    (b"\x1f\x8b", "a gzip archive"),
    (b"PK\x03\x04", "a zip archive"),
    (b"%PDF", "a PDF file"),
    (b"\x7fELF", "a program"),
    (b"\x89PNG", "a picture"),
];

/// Decodes `bytes`.
pub(super) fn decode(bytes: &[u8]) -> Result<Cow<'_, str>, Diagnostic> {
    if u64::try_from(bytes.len()).is_ok_and(|length| length > MOST_BYTES) {
        return Err(refuse(
            Code::TooLarge,
            format!("the file has {} bytes; at most {MOST_BYTES} are read", bytes.len()),
        ));
    }
    if let Some((_, kind)) = BINARY.iter().find(|(start, _)| bytes.starts_with(start)) {
        return Err(refuse(
            Code::NotOpenApi,
            format!("this is {kind}, not an OpenAPI 3.0 document"),
        ));
    }
    match bytes {
        [0xef, 0xbb, 0xbf, rest @ ..] => utf8(rest),
        [0xff, 0xfe, rest @ ..] => utf16(rest, u16::from_le_bytes),
        [0xfe, 0xff, rest @ ..] => utf16(rest, u16::from_be_bytes),
        _ => utf8(bytes),
    }
}

/// Decodes `bytes` for showing them, whatever they are.
pub(super) fn decode_lossy(bytes: &[u8]) -> Cow<'_, str> {
    decode(bytes).unwrap_or_else(|_| String::from_utf8_lossy(bytes))
}

fn utf8(bytes: &[u8]) -> Result<Cow<'_, str>, Diagnostic> {
    std::str::from_utf8(bytes).map(Cow::Borrowed).map_err(|error| {
        let (good, bad) = bytes.split_at(error.valid_up_to());
        let location = Location::of_offset(&String::from_utf8_lossy(good), good.len());
        let byte = bad.first().copied().unwrap_or_default();
        let mut problem = refuse(
            Code::Syntax,
            format!("the text is not UTF-8: the byte 0x{byte:02X} cannot stand here"),
        );
        problem.hint = Some("save the file as UTF-8".to_owned());
        problem.location = Some(location);
        problem
    })
}

fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> Result<Cow<'_, str>, Diagnostic> {
    let (pairs, rest) = bytes.as_chunks::<2>();
    let decoded = char::decode_utf16(pairs.iter().map(|pair| unit(*pair))).collect::<Result<String, _>>();
    match decoded {
        Ok(text) if rest.is_empty() => Ok(Cow::Owned(text)),
        Ok(_) | Err(_) => {
            let mut problem = refuse(Code::Syntax, "the text begins like UTF-16 and is not");
            problem.hint = Some("save the file as UTF-8".to_owned());
            Err(problem)
        }
    }
}
