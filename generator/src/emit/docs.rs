//! Prose of a stranger's in, documentation that rustdoc takes without a warning out.
//!
//! What it means as Markdown is [`markdown`]'s business; here it is put together with what else there is to say.

use proc_macro2::TokenStream;
use quote::quote;

use super::{markdown, words};
use crate::ir::Docs;

/// Documentation, a line each.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Text(Vec<String>);

impl Text {
    /// A text of ours, as it stands.
    pub(super) fn ours(text: impl AsRef<str>) -> Self {
        Self(text.as_ref().lines().map(str::to_owned).collect())
    }

    /// A text of the document's, in its own markup.
    pub(super) fn theirs(text: &str) -> Self {
        Self(markdown::lines(text))
    }

    /// The same, where there is one.
    pub(super) fn of_theirs(text: Option<&String>) -> Self {
        text.map(|text| Self::theirs(text)).unwrap_or_default()
    }

    /// The first paragraph of a text of the document's.
    pub(super) fn first_paragraph(text: &str) -> Option<Self> {
        let lines = markdown::lines(text).into_iter();
        let paragraph: Vec<String> = lines.take_while(|line| !line.is_empty()).collect();
        is_prose(paragraph.first()?).then_some(Self(paragraph))
    }

    /// What there is to say in a list: the first paragraph, and what is asked beyond a type.
    pub(super) fn in_short(docs: &Docs) -> Self {
        let about = docs.description.as_deref().and_then(Self::first_paragraph);
        let deprecated = if docs.deprecated {
            Self::ours("**Deprecated.**")
        } else {
            Self::default()
        };
        let limits = Self::theirs(&docs.constraints.join(" "));
        about.unwrap_or_default().and(deprecated).and(limits)
    }

    /// This text and one more item of a list: `title`, and what there is to say about it.
    pub(super) fn with_item(mut self, title: &str, about: Option<Self>) -> Self {
        let mut about = about.unwrap_or_default().0.into_iter().peekable();
        if let Some(first) = about.next_if(|first| is_prose(first)) {
            self.0.push(format!("* {title}: {first}"));
        } else {
            self.0.push(format!("* {title}"));
            self.0.extend(about.peek().map(|_| String::new()));
        }
        self.0
            .extend(about.map(|line| if line.is_empty() { line } else { format!("  {line}") }));
        self
    }

    /// This text, and `other` as a paragraph of its own.
    pub(super) fn and(mut self, other: Self) -> Self {
        if !self.0.is_empty() && !other.0.is_empty() {
            self.0.push(String::new());
        }
        self.0.extend(other.0);
        self
    }

    /// This text, or `other` where it is empty.
    pub(super) fn or(self, other: impl AsRef<str>) -> Self {
        if self.0.is_empty() { Self::ours(other) } else { self }
    }

    /// Whether it says nothing.
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether this text begins with `summary`, but for its full stop.
    fn repeats(&self, summary: &Self) -> bool {
        let (text, summary) = (self.0.join(" "), summary.0.join(" "));
        text.starts_with(summary.trim_end_matches('.'))
    }

    /// This text behind `label`, in its first paragraph where that is prose.
    pub(super) fn labelled(mut self, label: &str) -> Self {
        match self.0.first_mut() {
            Some(first) if is_prose(first) => first.insert_str(0, &format!("{label}: ")),
            Some(_) | None => return Self::ours(label).and(self),
        }
        self
    }

    /// As attributes of an item.
    pub(super) fn outer(&self) -> TokenStream {
        let lines = self.0.iter().map(|line| spaced(line));
        quote!(#(#[doc = #lines])*)
    }

    /// The same for an item that users name, and are warned of where `docs` call it deprecated.
    pub(super) fn outer_of(&self, docs: &Docs) -> TokenStream {
        let text = self.outer();
        let deprecated = deprecated(docs);
        quote!(#text #deprecated)
    }

    /// As attributes of the file.
    pub(super) fn inner(&self) -> TokenStream {
        let lines = self.0.iter().map(|line| spaced(line));
        quote!(#(#![doc = #lines])*)
    }
}

impl From<String> for Text {
    fn from(text: String) -> Self {
        Self::ours(text)
    }
}

/// What warns whoever names an item that is deprecated.
pub(super) fn deprecated(docs: &Docs) -> Option<TokenStream> {
    docs.deprecated.then(|| quote!(#[deprecated]))
}

/// Whether a line begins a paragraph, and no list, quotation, table or code.
fn is_prose(line: &str) -> bool {
    !["* ", "1. ", "> ", "| ", "```"]
        .iter()
        .any(|mark| line.starts_with(mark))
}

fn spaced(line: &str) -> String {
    if line.is_empty() {
        String::new()
    } else {
        format!(" {line}")
    }
}

/// All that a document says about something that is not an operation.
///
/// Where that begins with no prose, `subject` says what it is about.
pub(super) fn of<T: Into<Text>>(docs: &Docs, subject: impl FnOnce() -> T) -> Text {
    let summary = Text::of_theirs(docs.summary.as_ref());
    let description = Text::of_theirs(docs.description.as_ref());
    let text = if description.repeats(&summary) {
        description
    } else {
        summary.and(description)
    };
    let deprecated = docs.deprecated.then(|| Text::ours("**Deprecated.**"));
    let constraints = Text::theirs(&docs.constraints.join(" "));
    let example = docs
        .example
        .as_ref()
        .map(|example| Text::ours(format!("Example: {}", code(&example.to_string()))));
    let link = docs
        .link
        .as_deref()
        .filter(|link| words::is_link(link))
        .map(|link| Text::ours(format!("See <{link}>.")));
    let text = if text.0.is_empty() { subject().into() } else { text };
    text.and(deprecated.unwrap_or_default())
        .and(constraints)
        .and(example.unwrap_or_default())
        .and(link.unwrap_or_default())
}

/// `text` as code, cut where it is long.
pub(super) fn code(text: &str) -> String {
    const LONGEST: usize = 120;
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => words::code(&format!("{}…", &text[..end])),
        None => words::code(text),
    }
}
