//! A document in, every member out that can be taken away, or changed, without anybody hearing of it.
//!
//! What the document says must show, in what is generated or in what is said about it. A document is generated, then once
//! more for each [`Change`] to it; a change after which everything is as before was silent. Nobody has to hear of a part of
//! what is said to be lost as a whole. Else the [`Exceptions`] say, kind by kind, why a silence is right.

mod arms;
mod calls;
mod change;
mod exceptions;
mod given;
mod reach;
mod schemas;
mod site;

use std::collections::BTreeSet;

use generator::{Config, Source, digest};
use serde_json::Value;

pub(crate) use self::{
    change::{Change, changes},
    exceptions::Exceptions,
};

/// What became of a document.
#[derive(Debug, PartialEq, Eq)]
struct Heard {
    /// The hash of all files; none where the document was refused.
    files: Option<u64>,
    /// The code, the place and the message of each diagnostic.
    said: BTreeSet<(&'static str, String, String)>,
}

impl Heard {
    /// Whether it was said that what is at `place`, or around it, is lost as a whole.
    fn is_lost(&self, place: &str) -> bool {
        const WHOLE: [&str; 8] = [
            "is no member of",
            "by hand",
            "left out",
            "is ignored",
            "any JSON value",
            "handed over as",
            "is not sent",
            "the first one counts",
        ];
        self.said.iter().any(|(_, lost, message)| {
            // What is wrong with a server is its URL.
            let lost = lost.strip_suffix("/url").unwrap_or(lost);
            let rest = place.strip_prefix(lost);
            // The whole document is never what is meant.
            lost.len() > 1
                && rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
                && WHOLE.iter().any(|words| message.contains(words))
        })
    }
}

/// Everything that can be heard of `document`.
fn hear(document: &Value) -> Heard {
    let bytes = serde_json::to_vec(document).unwrap_or_default();
    let source = Source {
        name: "document.json",
        bytes: &bytes,
    };
    let (files, diagnostics) = match digest(&source, &Config::default()) {
        Ok(digest) => (Some(digest.files), digest.diagnostics.iter().cloned().collect()),
        Err(refusal) => (None, refusal.problems),
    };
    let said = diagnostics.into_iter();
    let said = said.map(|it| (it.code.as_str(), it.pointer.to_string(), it.message));
    Heard {
        files,
        said: said.collect(),
    }
}

/// What came of trying changes on a document.
#[derive(Debug, Default)]
pub(crate) struct Tried {
    /// How many changes were made.
    pub(crate) changes: usize,
    /// How many of them took something away.
    pub(crate) taken: usize,
    /// Those after which everything was as before, and no exception says why.
    pub(crate) silent: Vec<Change>,
    /// How many silences lie within what is said to be lost as a whole.
    pub(crate) lost: usize,
    /// The exceptions that were needed, by their position, and how often.
    pub(crate) excepted: Vec<usize>,
}

/// Makes each of `changes` to `document`, one at a time.
pub(crate) fn try_changes(
    document: &Value,
    changes: impl IntoIterator<Item = Change>,
    exceptions: &Exceptions,
) -> Tried {
    let before = hear(document);
    let mut tried = Tried::default();
    if before.files.is_none() {
        return tried;
    }
    for change in changes {
        tried.changes += 1;
        tried.taken += usize::from(change.is_taken());
        if hear(&change.made_to(document)) != before {
            continue;
        }
        if before.is_lost(&change.pointer()) {
            tried.lost += 1;
            continue;
        }
        match exceptions.of(&change, document) {
            Some(exception) => tried.excepted.push(exception),
            None => tried.silent.push(change),
        }
    }
    tried
}
