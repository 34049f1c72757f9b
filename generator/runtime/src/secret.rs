//! Text that must not be shown: goes in, and comes out for those who ask by name.
//!
//! An own type because the well-known one brings a second crate for wiping memory, and a token that is on its way in a
//! header has copies that nobody wipes.

use std::fmt;
use std::sync::Arc;

/// A token, key or password. It shows itself to [`Secret::expose`] only.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(Arc<str>);

impl Secret {
    /// Takes `text` into custody.
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into().into())
    }

    /// The text. Whoever calls this answers for where it goes.
    #[must_use]
    pub fn expose(&self) -> &str {
        &self.0
    }

    /// Whether `bytes` contain the text, as it is or as JSON, URLs and HTML write it.
    pub(crate) fn is_in(&self, bytes: &[u8]) -> bool {
        let text = self.0.as_bytes();
        let contain = |bytes: &[u8], text: &[u8]| bytes.windows(text.len()).any(|window| window == text);
        !text.is_empty() && (contain(bytes, text) || contain(&unescaped(bytes), &unescaped(text)))
    }
}

/// Text without the escapes that servers put in when they repeat what they were sent.
fn unescaped(mut bytes: &[u8]) -> Vec<u8> {
    let mut plain = Vec::with_capacity(bytes.len());
    while let [first, rest @ ..] = bytes {
        let (byte, rest) = escape(bytes).unwrap_or((*first, rest));
        plain.push(byte);
        bytes = rest;
    }
    plain
}

/// The ASCII character that an escape at the beginning of `bytes` stands for, and what follows it.
fn escape(bytes: &[u8]) -> Option<(u8, &[u8])> {
    let number = |digits: &[u8], radix| {
        let number = u32::from_str_radix(std::str::from_utf8(digits).ok()?, radix).ok()?;
        u8::try_from(number).ok()
    };
    match bytes {
        [b'%', high, low, rest @ ..] => Some((number(&[*high, *low], 16)?, rest)),
        [b'\\', b'u', a, b, c, d, rest @ ..] => Some((number(&[*a, *b, *c, *d], 16)?, rest)),
        [b'\\', escaped, rest @ ..] => Some((*escaped, rest)),
        [b'&', b'#', rest @ ..] => {
            let end = rest.iter().take(6).position(|&byte| byte == b';')?;
            let (digits, rest) = (rest.get(..end)?, rest.get(end + 1..)?);
            let value = match digits {
                [b'x' | b'X', digits @ ..] => number(digits, 16),
                digits => number(digits, 10),
            };
            Some((value?, rest))
        }
        [b'&', b'a', b'm', b'p', b';', rest @ ..] => Some((b'&', rest)),
        _ => None,
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Secret(…)")
    }
}

impl From<String> for Secret {
    fn from(text: String) -> Self {
        Self::new(text)
    }
}

impl From<&str> for Secret {
    fn from(text: &str) -> Self {
        Self::new(text)
    }
}
