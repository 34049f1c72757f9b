//! A change of the Rust API, and what it asks of callers.

use std::fmt;

use super::About;

/// What a change asks of callers, the least first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// Something is there that was not: who does not use it hears nothing of it.
    Additive,
    /// What compiled compiles, and does something else.
    Behaviour,
    /// Something that compiled may compile no longer. Where it depends on what callers do with a type, it counts as this.
    Breaking,
}

impl Kind {
    /// The word for it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Additive => "additive",
            Self::Behaviour => "behaviour",
            Self::Breaking => "breaking",
        }
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.as_str())
    }
}

/// A change, in a sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// What it asks of callers.
    pub kind: Kind,
    /// What it is.
    pub text: String,
    /// What it is about, where that is an operation or a schema.
    pub about: Option<About>,
}

impl fmt::Display for Change {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.text)
    }
}

/// Where changes are gathered, each under what it asks.
pub(super) trait Gather {
    fn add(&mut self, kind: Kind, text: String);

    fn additive(&mut self, text: String) {
        self.add(Kind::Additive, text);
    }

    fn behaviour(&mut self, text: String) {
        self.add(Kind::Behaviour, text);
    }

    fn breaking(&mut self, text: String) {
        self.add(Kind::Breaking, text);
    }
}

impl Gather for Vec<Change> {
    fn add(&mut self, kind: Kind, text: String) {
        self.push(Change {
            kind,
            text,
            about: None,
        });
    }
}
