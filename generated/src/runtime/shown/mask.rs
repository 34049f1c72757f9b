// @generated from an OpenAPI description: the runtime, the same for every API.

//! Where secrets stand in a text: the text and the secrets in, ranges of bytes out.
//!
//! A secret is found as it is, whatever its case, and as JSON, URLs, forms, HTML and Rust's own `{:?}` write it, up to three
//! of them one around the other; in hexadecimal and base64; with characters between its own that nobody sees; and cut off
//! behind its beginning. One of a few letters, which a text has by chance, is found where it is a word of its own.

use std::ops::Range;

use ::base64::Engine as _;
use ::base64::engine::general_purpose::STANDARD_NO_PAD;

use crate::runtime::shown::excerpt::characters;
use crate::runtime::shown::secret::Secrets;
use crate::runtime::shown::visible::is_misleading;

/// Secrets with fewer characters are found as words only.
pub(crate) const SHORT: usize = 6;
/// So many characters give the beginning of a longer secret away.
const PARTIAL: usize = 12;
/// As few do where the text ends with them, which was cut off there.
const PARTIAL_AT_END: usize = 4;
/// How many escapes may be wrapped around each other.
const LAYERS: usize = 3;

/// A character as it reads, and the bytes that spell it.
#[derive(Clone)]
struct Unit {
    char: char,
    at: Range<usize>,
}

/// One way to write a secret.
struct Form {
    chars: Vec<char>,
    how: How,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum How {
    /// As a word of its own.
    Word,
    Anywhere,
    Base64,
}

/// The ranges of `text` that spell a secret, in order and apart from each other.
pub(crate) fn find(text: &[u8], secrets: &Secrets) -> Vec<Range<usize>> {
    let forms: Vec<Form> = secrets.iter().flat_map(|secret| forms(secret.expose())).collect();
    if forms.is_empty() {
        return Vec::new();
    }
    let mut found = Vec::new();
    let mut units = read(text);
    for layer in 0..=LAYERS {
        if layer > 0 {
            match unescaped(&units) {
                Some(plain) => units = plain,
                None => break,
            }
        }
        let seen: Vec<Unit> = units.iter().filter(|unit| !is_misleading(unit.char)).cloned().collect();
        for form in &forms {
            let units = if form.how == How::Word { &units } else { &seen };
            form.find(units, &mut found);
        }
    }
    found.sort_unstable_by_key(|range| range.start);
    found
        .into_iter()
        .fold(Vec::new(), |mut apart: Vec<Range<usize>>, range| {
            match apart.last_mut() {
                Some(last) if range.start <= last.end => last.end = last.end.max(range.end),
                _ => apart.push(range),
            }
            apart
        })
}

fn forms(secret: &str) -> Vec<Form> {
    let count = secret.chars().count();
    if (0..SHORT).contains(&count) {
        let chars: Vec<char> = secret.chars().collect();
        let how = How::Word;
        return Some(Form { chars, how }).filter(|_| count > 0).into_iter().collect();
    }
    let plain = secret.chars().filter(|char| !is_misleading(*char)).collect();
    let hexadecimal = secret.bytes().flat_map(|byte| {
        let digit = |value: u8| char::from_digit(value.into(), 16).unwrap_or_default();
        [digit(byte >> 4), digit(byte & 15)]
    });
    // How it reads inside a longer text depends on how many bytes of a group of three stand before it.
    let base64 = (0..3).map(|before| {
        let bytes: Vec<u8> = std::iter::repeat_n(0, before).chain(secret.bytes()).collect();
        let whole = (bytes.len() * 8) / 6;
        let encoded = STANDARD_NO_PAD.encode(&bytes);
        encoded.chars().take(whole).skip((before * 8).div_ceil(6)).collect()
    });
    let anywhere = |chars| Form {
        chars,
        how: How::Anywhere,
    };
    let mut forms = vec![anywhere(plain), anywhere(hexadecimal.collect())];
    forms.extend(base64.map(|chars| Form {
        chars,
        how: How::Base64,
    }));
    forms
}

impl Form {
    fn find(&self, units: &[Unit], found: &mut Vec<Range<usize>>) {
        let mut start = 0;
        while let Some(rest) = units.get(start..).filter(|rest| !rest.is_empty()) {
            let same = self
                .chars
                .iter()
                .zip(rest)
                .take_while(|(own, unit)| self.reads(**own, unit.char));
            let length = same.count();
            let is_whole = length == self.chars.len();
            let is_found = match self.how {
                How::Word => is_whole && !is_in_word(units, start, length),
                How::Anywhere | How::Base64 => {
                    is_whole || length >= PARTIAL || (length >= PARTIAL_AT_END && length == rest.len())
                }
            };
            if !is_found || length == 0 {
                start += 1;
                continue;
            }
            let mut range = start..start + length;
            if self.how == How::Base64 {
                // What stands around it belongs to it.
                let is_part = |unit: &&Unit| is_base64(unit.char);
                let before = units.get(..range.start).unwrap_or_default();
                range.start -= before.iter().rev().take_while(is_part).count();
                let after = units.get(range.end..).unwrap_or_default();
                range.end += after.iter().take_while(is_part).count();
            }
            let part = units.get(range.clone()).unwrap_or_default();
            if let (Some(first), Some(last)) = (part.first(), part.last()) {
                found.push(first.at.start..last.at.end);
            }
            start = range.end;
        }
    }

    /// Whether a character of a text can be one of the secret's.
    fn reads(&self, own: char, char: char) -> bool {
        own == char
            || match self.how {
                // Bytes of another character set.
                _ if char == char::REPLACEMENT_CHARACTER => !own.is_ascii(),
                How::Word => false,
                // A form has pluses for spaces.
                How::Anywhere => own.eq_ignore_ascii_case(&char) || (own == ' ' && char == '+'),
                // The alphabet for URLs.
                How::Base64 => matches!((own, char), ('+', '-') | ('/', '_')),
            }
    }
}

fn is_in_word(units: &[Unit], start: usize, length: usize) -> bool {
    let is_letter = |index: Option<usize>| {
        let unit = index.and_then(|index| units.get(index));
        unit.is_some_and(|unit| unit.char.is_alphanumeric())
    };
    is_letter(start.checked_sub(1)) || is_letter(start.checked_add(length))
}

fn is_base64(char: char) -> bool {
    char.is_ascii_alphanumeric() || matches!(char, '+' | '/' | '-' | '_' | '=')
}

fn read(text: &[u8]) -> Vec<Unit> {
    let mut at = 0;
    let units = text.utf8_chunks().flat_map(characters).map(|character| {
        let start = at;
        at += character.length;
        Unit {
            char: character.char,
            at: start..at,
        }
    });
    units.collect()
}

/// The text without one layer of escapes; `None` where it has none.
fn unescaped(mut units: &[Unit]) -> Option<Vec<Unit>> {
    let mut plain = Vec::with_capacity(units.len());
    let mut bytes: Vec<(u8, Range<usize>)> = Vec::new();
    let mut any = false;
    while let [first, rest @ ..] = units {
        let decoded = escape(units).filter(|(_, length)| *length <= units.len());
        let (code, length) = decoded.unwrap_or((Code::Char(first.char), 1));
        any |= length > 1;
        let last = units.get(length - 1).unwrap_or(first);
        let at = first.at.start..last.at.end;
        match code {
            Code::Byte(byte) => bytes.push((byte, at)),
            Code::Char(char) => {
                flush(&mut bytes, &mut plain);
                plain.push(Unit { char, at });
            }
        }
        units = units.get(length..).unwrap_or(rest);
    }
    flush(&mut bytes, &mut plain);
    any.then_some(plain)
}

/// Makes characters of bytes.
fn flush(bytes: &mut Vec<(u8, Range<usize>)>, plain: &mut Vec<Unit>) {
    let text: Vec<u8> = bytes.iter().map(|(byte, _)| *byte).collect();
    let mut spelled = bytes.drain(..).map(|(_, at)| at);
    for character in text.utf8_chunks().flat_map(characters) {
        let at = spelled.by_ref().take(character.length);
        if let Some(at) = at.reduce(|first, last| first.start..last.end) {
            plain.push(Unit {
                char: character.char,
                at,
            });
        }
    }
}

/// What an escape stands for.
enum Code {
    Byte(u8),
    Char(char),
}

/// What the escape at the beginning of `units` stands for, and how many characters it has.
fn escape(units: &[Unit]) -> Option<(Code, usize)> {
    let char = |index: usize| units.get(index).map(|unit| unit.char);
    match (char(0)?, char(1)?) {
        ('%', _) => Some((Code::Byte(byte(units, 1)?), 3)),
        ('\\', 'x') => Some((Code::Byte(byte(units, 2)?), 4)),
        ('\\', 'u') if char(2)? == '{' => {
            let (value, length) = until(units, 3, '}', 16)?;
            Some((Code::Char(char::from_u32(value)?), length))
        }
        ('\\', 'u') => unicode(units),
        ('\\', escaped) => Some((Code::Char(control(escaped).unwrap_or(escaped)), 2)),
        ('&', '#') => {
            let (start, radix) = if matches!(char(2)?, 'x' | 'X') {
                (3, 16)
            } else {
                (2, 10)
            };
            let (value, length) = until(units, start, ';', radix)?;
            Some((Code::Char(char::from_u32(value)?), length))
        }
        ('&', _) => ENTITIES.iter().find_map(|&(name, stands_for)| {
            let same = name
                .chars()
                .enumerate()
                .all(|(index, own)| char(index + 1) == Some(own));
            same.then_some((Code::Char(stands_for), name.len() + 1))
        }),
        _ => None,
    }
}

const ENTITIES: [(&str, char); 5] = [
    ("amp;", '&'),
    ("lt;", '<'),
    ("gt;", '>'),
    ("quot;", '"'),
    ("apos;", '\''),
];

const fn control(escaped: char) -> Option<char> {
    match escaped {
        'n' => Some('\n'),
        'r' => Some('\r'),
        't' => Some('\t'),
        'b' => Some('\u{8}'),
        'f' => Some('\u{c}'),
        '0' => Some('\0'),
        _ => None,
    }
}

/// `\u0063`, or two of them that are one character together.
fn unicode(units: &[Unit]) -> Option<(Code, usize)> {
    let half = |start| number(units.get(start..start + 4)?, 16);
    let high = half(2)?;
    if let Some(char) = char::from_u32(high) {
        return Some((Code::Char(char), 6));
    }
    let next = units.get(6..8)?;
    let is_pair = next.iter().map(|unit| unit.char).eq(['\\', 'u']);
    let pair = [u16::try_from(high).ok()?, u16::try_from(half(8)?).ok()?];
    let char = char::decode_utf16(pair).next()?.ok().filter(|_| is_pair)?;
    Some((Code::Char(char), 12))
}

fn byte(units: &[Unit], start: usize) -> Option<u8> {
    number(units.get(start..start + 2)?, 16)?.try_into().ok()
}

/// The number between `start` and `end`, and how many characters there are with it.
fn until(units: &[Unit], start: usize, end: char, radix: u32) -> Option<(u32, usize)> {
    let digits = units.get(start..)?.iter().take(8).position(|unit| unit.char == end)?;
    Some((number(units.get(start..start + digits)?, radix)?, start + digits + 1))
}

fn number(digits: &[Unit], radix: u32) -> Option<u32> {
    let value = digits.iter().try_fold(0_u32, |value, unit| {
        value.checked_mul(radix)?.checked_add(unit.char.to_digit(radix)?)
    });
    value.filter(|_| !digits.is_empty())
}
