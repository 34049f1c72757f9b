//! Why a webhook cannot be decoded: what a decoder says of a stranger's bytes in, an error whose text is fit for a log out.

use std::fmt;

use crate::runtime::received::place;
use crate::runtime::shown::visible::is_misleading;

/// How much of a message is shown, in characters.
const LONGEST: usize = 200;

/// A body that is not what the description says. What it repeats of the body is cut, and on one line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WebhookError {
    path: Box<str>,
    message: Box<str>,
    is_too_large: bool,
}

impl WebhookError {
    /// `message`, about the value at `path`.
    pub(super) fn new(path: impl Into<Box<str>>, message: impl AsRef<str>) -> Self {
        let text = message.as_ref();
        let mut message = shown(text.as_bytes(), LONGEST);
        // A long value in it does not hide what was expected in its place.
        if let Some(expected) = text.rfind(", expected ").filter(|&expected| expected > LONGEST) {
            message.push_str(&shown(text.as_bytes().get(expected..).unwrap_or_default(), LONGEST));
        }
        Self {
            path: path.into(),
            message: message.into(),
            is_too_large: false,
        }
    }

    /// Says where in `text` the decoder stopped.
    pub(super) fn json(text: &str, error: &serde_json::Error) -> Self {
        let read = place::before(text.as_bytes(), error.line(), error.column());
        let said = place::said(error, read);
        let (message, path) = (said.as_str(), place::path(read, &shown));
        #[cfg(part = "unions")]
        let (inside, message) = place::split(message);
        #[cfg(part = "unions")]
        let path = place::joined(&path, &shown(inside.as_bytes(), LONGEST));
        Self::new(path, message)
    }

    pub(super) fn too_large(length: usize) -> Self {
        let message = format!("it has {length} bytes, more than {}", super::LARGEST);
        Self {
            is_too_large: true,
            ..Self::new("", message)
        }
    }

    /// Where in the body it is, as in `results[3].createdAt`; empty for the whole of it, and where it has no parts. Of a
    /// long path, the end.
    #[must_use]
    pub fn path(&self) -> &str {
        &self.path
    }

    /// Whether the body was not looked at because there is too much of it: [`LARGEST`](super::LARGEST).
    #[must_use]
    pub const fn is_too_large(&self) -> bool {
        self.is_too_large
    }
}

impl fmt::Display for WebhookError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("the webhook cannot be decoded")?;
        if !self.path.is_empty() {
            write!(formatter, " at `{}`", self.path)?;
        }
        write!(formatter, ": {}", self.message)
    }
}

impl std::error::Error for WebhookError {}

/// At most `limit` characters of a text, none of which ends the line or makes it read as another.
pub(super) fn shown(text: &[u8], limit: usize) -> String {
    let mut line = String::new();
    for (number, char) in String::from_utf8_lossy(text).chars().enumerate() {
        match char {
            _ if number == limit => {
                line.push('…');
                break;
            }
            char if is_misleading(char) => line.extend(char.escape_default()),
            char => line.push(char),
        }
    }
    line
}
