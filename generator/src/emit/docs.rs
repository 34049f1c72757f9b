//! Prose of a stranger's in, documentation that rustdoc takes without a warning out.
//!
//! What it means as Markdown is [`markdown`]'s business; here it is put together with what else there is to say.

use proc_macro2::TokenStream;
use quote::quote;

use super::{markdown, sentence, words};
use crate::ir::Docs;

/// Documentation, a line each.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Text(Vec<String>);

impl Text {
    /// A text of ours, as it stands.
    pub(super) fn ours(text: impl AsRef<str>) -> Self {
        Self(text.as_ref().lines().map(str::to_owned).collect())
    }

    /// What a setter does: it leads to what there is to say about the field.
    pub(super) fn sets(wire: &str, field: &str) -> Self {
        Self::ours(format!(
            "Sets [{}](#structfield.{field}).",
            code(wire).replace(['[', ']'], "")
        ))
    }

    /// A text of the document's, in its own markup.
    pub(super) fn theirs(text: &str) -> Self {
        Self(markdown::lines(text))
    }

    /// The same, where there is one.
    pub(super) fn of_theirs(text: Option<&String>) -> Self {
        text.map(|text| Self::theirs(text)).unwrap_or_default()
    }

    /// The first sentences of a text of the document's, as many as one reads at a glance.
    pub(super) fn summary(text: &str) -> Option<Self> {
        const LONGEST: usize = 240;
        let mut beginning = Self::beginning(text)?;
        let length = beginning.paragraph();
        let paragraph = &beginning.0[..length];
        let size_at =
            |(line, end): (usize, usize)| paragraph[..line].iter().map(|line| line.len() + 1).sum::<usize>() + end;
        let is_list = beginning.0.len() > length;
        let whole: usize = size_at((length - 1, paragraph[length - 1].len()));
        if whole <= LONGEST && !is_list {
            return Some(beginning);
        }
        let ends = sentence::ends(paragraph);
        // What leads up to a list says nothing without it.
        let fitting = ends.iter().rfind(|end| size_at(**end) <= LONGEST).or(ends.first());
        if let Some((line, end)) = fitting.copied() {
            beginning.0.truncate(line + 1);
            beginning.0[line].truncate(end);
        }
        Some(beginning)
    }

    /// The first paragraph of a text of the document's, and the list or the table that it leads up to.
    fn beginning(text: &str) -> Option<Self> {
        let mut lines = markdown::lines(text);
        is_prose(lines.first()?).then_some(())?;
        let length = lines.iter().take_while(|line| !line.is_empty()).count();
        let leads_up = lines[length - 1].trim_end_matches('*').ends_with(':');
        let end = if leads_up {
            end_of_block(&lines, length + 1)
        } else {
            length
        };
        lines.truncate(end);
        Some(Self(lines))
    }

    /// How many lines its first paragraph has.
    fn paragraph(&self) -> usize {
        self.0.iter().take_while(|line| !line.is_empty()).count()
    }

    /// What there is to say in a list: the first paragraph, and what is asked beyond a type.
    pub(super) fn in_short(docs: &Docs) -> Self {
        let about = docs.description.as_deref().and_then(Self::beginning);
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

    /// As it stands.
    pub(super) fn lines(&self) -> &[String] {
        &self.0
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

/// Where the block that begins at `start` ends: code at its fence, and a list with its last item.
fn end_of_block(lines: &[String], start: usize) -> usize {
    let Some(first) = lines.get(start) else {
        return lines.len();
    };
    let rest = &lines[start + 1..];
    let fence = first.split("text").next().filter(|fence| fence.starts_with("```"));
    let length = match fence {
        Some(fence) => rest.iter().position(|line| line == fence).map(|length| length + 1),
        // Where there is an empty line, an item goes on, or there is another.
        None => rest.iter().enumerate().position(|(index, line)| {
            line.is_empty()
                && rest
                    .get(index + 1)
                    .is_none_or(|next| is_prose(next) && !next.starts_with(' '))
        }),
    };
    length.map_or(lines.len(), |length| start + 1 + length)
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
    of_named(docs, "", subject)
}

/// The same for something that is called `name` in the document, which there is no use in saying again.
pub(super) fn of_named<T: Into<Text>>(docs: &Docs, name: &str, subject: impl FnOnce() -> T) -> Text {
    let summary = docs.summary.as_ref().filter(|summary| !is_echo(summary, name));
    let summary = Text::of_theirs(summary);
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

/// Whether a title says no more than a name or its end, whatever is between their words, or is the name of something in a
/// program itself.
pub(super) fn is_echo(title: &str, name: &str) -> bool {
    let letters = |text: &str| {
        let letters = text.chars().filter(|char| char.is_alphanumeric());
        letters.flat_map(char::to_lowercase).collect::<String>()
    };
    !name.is_empty()
        && (letters(name).ends_with(&letters(title))
            || title.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_'))
}

/// `text` as code, cut where it is long.
pub(super) fn code(text: &str) -> String {
    const LONGEST: usize = 120;
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => words::code(&format!("{}…", &text[..end])),
        None => words::code(text),
    }
}
