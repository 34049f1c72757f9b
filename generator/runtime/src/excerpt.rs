//! Text from a server, made fit to be shown: bytes in, a short line without control characters out.

use std::fmt::{self, Write as _};

use serde_json::Value;

const LIMIT: usize = 200;

/// Shows the beginning of some bytes.
pub(crate) struct Excerpt<'a>(pub(crate) &'a [u8]);

impl fmt::Display for Excerpt<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Four bytes hold a character, whatever it is.
        let head = self.0.get(..LIMIT * 4).unwrap_or(self.0);
        let text = String::from_utf8_lossy(head);
        let mut chars = text.chars();
        for char in chars.by_ref().take(LIMIT) {
            if is_misleading(char) {
                write!(formatter, "{}", char.escape_default())?;
            } else {
                formatter.write_char(char)?;
            }
        }
        if chars.next().is_some() || head.len() < self.0.len() {
            formatter.write_char('…')?;
        }
        Ok(())
    }
}

/// Whether a character can end a line, move the cursor, or make a line read as another.
fn is_misleading(char: char) -> bool {
    char.is_control()
        || matches!(char,
            '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}' | '\u{e0000}'..='\u{e007f}')
}

/// What an error's body says, in a line: a category and a message where they can be found, else its beginning.
pub(crate) struct Summary {
    category: Option<String>,
    message: String,
}

/// Where APIs put the kind of an error, and its text; RFC 9457 and OAuth among them.
const CATEGORIES: [&str; 5] = ["category", "code", "error", "title", "type"];
const MESSAGES: [&str; 5] = ["message", "detail", "error_description", "errorMessage", "description"];

impl Summary {
    /// The summary of a body; `None` when there is nothing in it.
    pub(crate) fn of(raw: &[u8]) -> Option<Self> {
        if raw.trim_ascii().is_empty() {
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
            (category, Some(message)) => Self { category, message },
            (Some(category), None) => Self {
                category: None,
                message: category,
            },
            (None, None) => Self {
                category: None,
                message: Excerpt(raw.trim_ascii()).to_string(),
            },
        })
    }
}

impl fmt::Display for Summary {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(category) = &self.category {
            write!(formatter, "{}: ", Excerpt(category.as_bytes()))?;
        }
        Excerpt(self.message.as_bytes()).fmt(formatter)
    }
}
