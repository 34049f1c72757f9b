// @generated from an OpenAPI description: the runtime, the same for every API.

//! Bytes of a body that is no JSON as a whole, and other values for members in it in; the same with those out.
//!
//! What may be JSON is looked for everywhere: on several lines, in several events, behind other text, or cut off.

use crate::runtime::mock::record::pattern::find;
use crate::runtime::values::number;

/// Puts another value in the place of each that stands behind a name in quotes and a colon.
pub(super) fn members(text: &[u8], other: impl Fn(&str) -> Option<String>) -> Vec<u8> {
    let mut all = Vec::with_capacity(text.len());
    let (mut from, mut at) = (0, 0);
    while let Some(quote) = text.get(at..).and_then(|rest| find(rest, b"\"")) {
        at += quote;
        let end = number::end_of_string(text, at).min(text.len());
        let name = text
            .get(at..end)
            .and_then(|name| serde_json::from_slice::<String>(name).ok());
        let other = name.and_then(|name| other(&name));
        let colon = gap(text, end);
        match other.filter(|_| text.get(colon) == Some(&b':')) {
            Some(other) => {
                let start = gap(text, colon + 1);
                all.extend_from_slice(text.get(from..start).unwrap_or_default());
                all.extend_from_slice(other.as_bytes());
                at = end_of_value(text, start);
                from = at;
            }
            // What this quote begins may be no string: the next one may begin a name.
            None => at += 1,
        }
    }
    all.extend_from_slice(text.get(from..).unwrap_or_default());
    all
}

/// Where the next thing begins: behind space, and the names of fields of events.
fn gap(text: &[u8], from: usize) -> usize {
    let mut at = from;
    loop {
        let rest = text.get(at..).unwrap_or_default();
        let space = rest.iter().take_while(|byte| byte.is_ascii_whitespace()).count();
        let is_line = rest
            .get(..space)
            .is_some_and(|space| space.ends_with(b"\n") || space.ends_with(b"\r"));
        at += space;
        match text.get(at..).and_then(|rest| rest.strip_prefix(b"data:")) {
            Some(_) if is_line => at += b"data:".len(),
            _ => return at,
        }
    }
}

/// Where the value that begins at `start` is over. What is cut off goes to the end.
fn end_of_value(text: &[u8], start: usize) -> usize {
    let (mut at, mut depth) = (start, 0_usize);
    while let Some(byte) = text.get(at) {
        match byte {
            b'"' => at = number::end_of_string(text, at).min(text.len()),
            b'{' | b'[' => {
                depth += 1;
                at += 1;
            }
            b'}' | b']' if depth > 0 => {
                depth -= 1;
                at += 1;
            }
            b'}' | b']' | b',' if depth == 0 => return at,
            byte if depth == 0 && byte.is_ascii_whitespace() => return at,
            _ => at += 1,
        }
        if depth == 0 && matches!(byte, b'"' | b'}' | b']') {
            return at;
        }
    }
    at
}

/// Puts another text in the place of parts of a body.
pub(super) fn parts(body: &[u8], boundary: &str, other: impl Fn(&str) -> Option<String>) -> Vec<u8> {
    let delimiter = format!("--{boundary}").into_bytes();
    let mut all = Vec::with_capacity(body.len());
    let mut rest = body;
    while let Some(at) = find(rest, &delimiter) {
        let (part, behind) = rest.split_at(at);
        part_of(part, &other, &mut all);
        all.extend_from_slice(&delimiter);
        rest = behind.get(delimiter.len()..).unwrap_or_default();
    }
    part_of(rest, &other, &mut all);
    all
}

fn part_of(part: &[u8], other: impl Fn(&str) -> Option<String>, all: &mut Vec<u8>) {
    let ends: [&[u8]; 2] = [b"\r\n\r\n", b"\n\n"];
    let head = ends.iter().find_map(|end| Some(find(part, end)? + end.len()));
    let (head, content) = part.split_at(head.unwrap_or_default());
    all.extend_from_slice(head);
    match name(&String::from_utf8_lossy(head)).and_then(|name| other(&name)) {
        Some(other) => {
            all.extend_from_slice(other.as_bytes());
            let line = content
                .iter()
                .rev()
                .take_while(|byte| matches!(byte, b'\r' | b'\n'))
                .count();
            all.extend_from_slice(content.get(content.len() - line.min(2)..).unwrap_or_default());
        }
        None => all.extend_from_slice(content),
    }
}

/// The name of the field that a part is.
fn name(head: &str) -> Option<String> {
    let lines = head.lines().filter_map(|line| line.split_once(':'));
    let disposition = lines.filter(|(field, _)| field.trim().eq_ignore_ascii_case("content-disposition"));
    let mut parameters = disposition.flat_map(|(_, value)| value.split(';'));
    parameters.find_map(|parameter| {
        let (name, value) = parameter.split_once('=')?;
        let is_name = name.trim().eq_ignore_ascii_case("name");
        is_name.then(|| value.trim().trim_matches('"').to_owned())
    })
}
