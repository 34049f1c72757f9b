//! What is wrong with an XML text, and where; or with a value that has none.

use std::fmt;

/// A text that is no XML of a value, or a value that is none in XML.
#[derive(Debug)]
pub(crate) struct XmlError {
    message: String,
}

impl XmlError {
    pub(crate) const fn new(message: String) -> Self {
        Self { message }
    }

    /// What is wrong at a byte of a text; lines and characters in them are counted from one.
    pub(crate) fn at(text: &str, offset: usize, message: &str) -> Self {
        let mut offset = offset.min(text.len());
        while !text.is_char_boundary(offset) {
            offset -= 1;
        }
        let read = text.get(..offset).unwrap_or_default();
        let line = read.split('\n').count();
        let column = read.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
        Self::new(format!("{message} at line {line} column {column}"))
    }
}

impl fmt::Display for XmlError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.message)
    }
}

impl std::error::Error for XmlError {}
