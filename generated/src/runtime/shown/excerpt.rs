// @generated from an OpenAPI description: the runtime, the same for every API.

//! The one road from outside text to shown text: what a peer or its libraries said in, a short line out, without control
//! characters, bidirectional marks, and the secrets of the call.

use std::fmt::{self, Write as _};

use http::HeaderMap;
use serde_json::Value;

use crate::runtime::shown::mask;
use crate::runtime::shown::secret::Secrets;
use crate::runtime::shown::visible::is_misleading;

/// How many characters are shown.
const LIMIT: usize = 200;
/// How many of what cannot be read, in the message that says so.
pub(crate) const LONGEST_EXCERPT: usize = 100;
/// How many of what a value shows of itself.
const LONGEST_DEBUG: usize = 4_000;
/// What stands for a secret, and for what is cut off.
const ELLIPSIS: char = '…';

/// Shows the beginning of some bytes.
pub(crate) struct Shown<'a> {
    text: &'a [u8],
    secrets: &'a Secrets,
    limit: usize,
    /// Whether line feeds stay what they are.
    lines: bool,
}

impl<'a> Shown<'a> {
    pub(crate) fn new(text: &'a (impl AsRef<[u8]> + ?Sized), secrets: &'a Secrets) -> Self {
        Self {
            text: text.as_ref(),
            secrets,
            limit: LIMIT,
            lines: false,
        }
    }

    /// At most this many characters.
    pub(crate) const fn at_most(mut self, characters: usize) -> Self {
        self.limit = characters;
        self
    }
}

impl fmt::Display for Shown<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Four bytes hold a character, whatever it is. A secret that begins in what is shown is seen whole.
        let window = self.limit.saturating_mul(4).saturating_add(self.secrets.reach());
        let head = self.text.get(..window).unwrap_or(self.text);
        let mut hidden = mask::find(head, self.secrets).into_iter().peekable();
        let mut shown = 0;
        let mut at = 0;
        for char in head.utf8_chunks().flat_map(characters) {
            let begin = at;
            at += char.length;
            while hidden.next_if(|range| range.end <= begin).is_some() {}
            let masked = hidden.peek().filter(|range| range.start < at);
            if masked.is_some_and(|range| range.start < begin) {
                continue;
            }
            if shown == self.limit {
                return formatter.write_char(ELLIPSIS);
            }
            shown += 1;
            match char.char {
                _ if masked.is_some() => formatter.write_char(ELLIPSIS)?,
                '\n' if self.lines => formatter.write_char('\n')?,
                char if is_misleading(char) => write!(formatter, "{}", char.escape_default())?,
                char => formatter.write_char(char)?,
            }
        }
        if head.len() < self.text.len() {
            formatter.write_char(ELLIPSIS)?;
        }
        Ok(())
    }
}

/// A character, and how many bytes it takes.
pub(crate) struct Character {
    pub(crate) char: char,
    pub(crate) length: usize,
}

/// The characters of a chunk; what is none is one that stands for it.
#[expect(clippy::needless_pass_by_value, reason = "what an iterator of chunks hands on")]
pub(crate) fn characters(chunk: std::str::Utf8Chunk<'_>) -> impl Iterator<Item = Character> {
    let length = chunk.invalid().len();
    let invalid = (length > 0).then_some(Character {
        char: char::REPLACEMENT_CHARACTER,
        length,
    });
    let valid = chunk.valid().chars().map(|char| Character {
        char,
        length: char.len_utf8(),
    });
    valid.chain(invalid)
}

/// Shows what a value shows of itself, which may repeat what a peer said.
pub(crate) struct Guarded<'a, T: ?Sized>(pub(crate) &'a T, pub(crate) &'a Secrets);

impl<T: fmt::Debug + ?Sized> fmt::Debug for Guarded<'_, T> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self(value, secrets) = self;
        let lines = formatter.alternate();
        let text = if lines {
            format!("{value:#?}")
        } else {
            format!("{value:?}")
        };
        let shown = Shown {
            lines,
            ..Shown::new(&text, secrets).at_most(LONGEST_DEBUG)
        };
        fmt::Display::fmt(&shown, formatter)
    }
}

/// The names of headers. Their values may hold a session, and are never shown.
pub(crate) struct HeaderNames<'a>(pub(crate) &'a HeaderMap, pub(crate) &'a Secrets);

impl fmt::Debug for HeaderNames<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names = self.0.keys().map(|name| Shown::new(name, self.1).to_string());
        formatter.debug_list().entries(names).finish()
    }
}

/// What an error's body says, in a line: a category and a message where they can be found, else its beginning.
pub(crate) struct Summary {
    category: Option<String>,
    message: Vec<u8>,
}

/// Where APIs put the kind of an error, and its text; RFC 9457 and OAuth among them.
const CATEGORIES: [&str; 5] = ["category", "code", "error", "title", "type"];
const MESSAGES: [&str; 5] = ["message", "detail", "error_description", "errorMessage", "description"];

impl Summary {
    /// The summary of a body; `None` when there is nothing in it.
    pub(crate) fn of(raw: &[u8]) -> Option<Self> {
        let raw = raw.trim_ascii();
        if raw.is_empty() {
            return None;
        }
        let value = serde_json::from_slice::<Value>(raw).ok();
        // Many APIs wrap it up.
        let object = value
            .as_ref()
            .map(|value| value.get("error").filter(|error| error.is_object()).unwrap_or(value));
        let find = |names: &[&str]| names.iter().find_map(|name| object?.get(*name)?.as_str());
        let category = find(&CATEGORIES).map(str::to_owned);
        let message = find(&MESSAGES).map(str::to_owned);
        Some(match (category, message) {
            (category, Some(message)) => Self {
                category,
                message: message.into_bytes(),
            },
            (Some(category), None) => Self {
                category: None,
                message: category.into_bytes(),
            },
            (None, None) => Self {
                category: None,
                message: raw.to_owned(),
            },
        })
    }

    /// The summary as it may be shown.
    pub(crate) fn shown(&self, secrets: &Secrets) -> String {
        let message = Shown::new(&self.message, secrets);
        match &self.category {
            Some(category) => format!("{}: {message}", Shown::new(category, secrets)),
            None => message.to_string(),
        }
    }
}
