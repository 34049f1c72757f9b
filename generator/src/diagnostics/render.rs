//! Diagnostics in, the text a person reads out: drawn the way rustc draws its own.

use std::{collections::BTreeMap, fmt::Write as _, ops::Range};

use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet, Title};

use super::{Code, Diagnostic, Location, Severity, Sources, lines::Lines};

/// How many characters of a line are shown on either side of the place; minified JSON is one line of millions.
const WINDOW: usize = 70;

/// How many notes of one code are drawn whole. A large document gives rise to hundreds, all alike.
const WHOLE_NOTES: usize = 3;

/// How much of a message or a hint is shown; both may quote the document.
const LONGEST_TEXT: usize = 600;

/// Draws `diagnostics`, which are about `sources`. Of notes of one code, the first three are drawn whole, and of the
/// others what they say and where.
///
/// Control characters and those that change the direction of text are escaped: what a document says reaches a
/// terminal as text only.
#[must_use]
pub fn render<'d>(diagnostics: impl IntoIterator<Item = &'d Diagnostic>, sources: &Sources, color: bool) -> String {
    let renderer = if color { Renderer::styled() } else { Renderer::plain() }.term_width(4 * WINDOW);
    let mut lines: BTreeMap<&str, Lines<'_>> = BTreeMap::new();
    let mut drawn = String::new();
    let mut notes: BTreeMap<Code, usize> = BTreeMap::new();
    for diagnostic in diagnostics {
        let (place, text) = (&diagnostic.pointer, sources.text(&diagnostic.pointer));
        let (name, file) = (escaped(sources.name(place)), place.whole_as_str());
        let of_this_code = notes.entry(diagnostic.code).or_default();
        *of_this_code += usize::from(diagnostic.code.severity() == Severity::Note);
        if *of_this_code > WHOLE_NOTES {
            drawn.push_str(&draw_briefly(diagnostic, &name, &renderer));
        } else {
            let lines = lines.entry(file).or_insert_with(|| Lines::of(text));
            drawn.push_str(&draw(diagnostic, &name, lines, &renderer));
        }
        drawn.push_str("\n\n");
    }
    drawn
}

fn title(diagnostic: &Diagnostic) -> Title<'_> {
    let level = match diagnostic.code.severity() {
        Severity::Refused => Level::ERROR,
        Severity::Skipped | Severity::Degraded => Level::WARNING,
        Severity::Note => Level::NOTE,
    };
    level
        .primary_title(escaped(&diagnostic.message))
        .id(diagnostic.code.as_str())
}

/// What it says, and where.
fn draw_briefly(diagnostic: &Diagnostic, name: &str, renderer: &Renderer) -> String {
    let origin = Origin::path(name);
    let origin = match diagnostic.location {
        Some(location) => origin.line(location.line).char_column(location.column),
        None => origin,
    };
    renderer.render(&[Group::with_title(title(diagnostic)).element(origin)])
}

fn draw(diagnostic: &Diagnostic, name: &str, lines: &Lines<'_>, renderer: &Renderer) -> String {
    let pointer = format!("at `{}`", escaped(diagnostic.pointer.within()));
    let hint = diagnostic.hint.as_deref().map(escaped);
    let window = diagnostic
        .location
        .map(|location| (location, Window::around(location, lines)));

    let mut group = Group::with_title(title(diagnostic));
    group = match &window {
        None => group.element(Origin::path(name)),
        Some((location, window)) if window.shown.is_empty() => {
            group.element(Origin::path(name).line(location.line).char_column(location.column))
        }
        Some((location, window)) => group.element(
            Snippet::source(window.shown.as_str())
                .line_start(location.line)
                .path(name)
                .annotation(AnnotationKind::Primary.span(window.mark.clone())),
        ),
    };
    if !diagnostic.pointer.within().is_empty() {
        group = group.element(Level::NOTE.message(pointer));
    }
    if let Some(hint) = hint {
        group = group.element(Level::HELP.message(hint));
    }
    let drawn = renderer.render(&[group]);
    match window {
        // The library counts the column within what it was shown.
        Some((location, window)) if !window.shown.is_empty() => {
            let place = format!("{name}:{}:", location.line);
            let shown = format!("{place}{}\n", window.column);
            drawn.replacen(&shown, &format!("{place}{}\n", location.column), 1)
        }
        Some(_) | None => drawn,
    }
}

/// The part of a line that is shown.
#[derive(Default)]
struct Window {
    shown: String,
    /// The bytes of `shown` to underline.
    mark: Range<usize>,
    /// The column of the mark within `shown`, counted from one.
    column: usize,
}

impl Window {
    fn around(location: Location, lines: &Lines<'_>) -> Self {
        let Some(line) = lines.get(location.line) else {
            return Self::default();
        };
        let column = location.column.saturating_sub(1);
        let cut = column.saturating_sub(WINDOW);
        let (start, end) = (line.offset(cut), line.offset(column + WINDOW));
        let visible = line.text.get(start..end).unwrap_or_default();
        let at = line.offset(column) - start;
        let length = mark_length(visible.get(at..).unwrap_or_default());

        let mut shown = String::new();
        if cut > 0 {
            shown.push('…');
        }
        shown.push_str(&escaped_source(visible.get(..at).unwrap_or_default()));
        let mark = shown.len();
        let column = shown.chars().count() + 1;
        shown.push_str(&escaped_source(visible.get(at..at + length).unwrap_or_default()));
        let mark = mark..shown.len();
        shown.push_str(&escaped_source(visible.get(at + length..).unwrap_or_default()));
        if end < line.text.len() {
            shown.push('…');
        }
        Self { shown, mark, column }
    }
}

/// How many bytes of what stands at a place belong to it: a quoted text, a word, or one bracket.
fn mark_length(rest: &str) -> usize {
    match rest.chars().next() {
        None => 0,
        Some(quote @ ('"' | '\'')) => {
            let mut escape = false;
            let end = rest.char_indices().skip(1).find(|(_, character)| {
                let closes = *character == quote && !escape;
                escape = *character == '\\' && !escape && quote == '"';
                closes
            });
            end.map_or(rest.len(), |(index, _)| index + 1)
        }
        Some(first @ ('{' | '[' | '-'))
            if !rest[first.len_utf8()..].starts_with(|next: char| next.is_ascii_digit()) =>
        {
            1
        }
        Some(first) => {
            let end = rest.find([',', '}', ']', '\t', ' ']).unwrap_or(rest.len());
            let word = rest.get(..end).unwrap_or_default().trim_end_matches(':');
            word.len().max(first.len_utf8())
        }
    }
}

/// A text on one line, without characters that act on a terminal, of a length that can be read.
fn escaped(text: &str) -> String {
    let mut shown = String::new();
    for (count, character) in text.chars().enumerate() {
        if count == LONGEST_TEXT {
            shown.push('…');
            break;
        }
        push_escaped(&mut shown, character);
    }
    shown
}

fn escaped_source(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '\t' => shown.push(' '),
            character => push_escaped(&mut shown, character),
        }
    }
    shown
}

fn push_escaped(shown: &mut String, character: char) {
    if character.is_control() || is_invisible(character) {
        // Writing to a string does not fail.
        _ = write!(shown, "{}", character.escape_unicode());
    } else {
        shown.push(character);
    }
}

/// Whether a character moves or hides others: directional marks, embeddings, overrides and isolates, joiners, line
/// and paragraph separators, tags, and the byte order mark.
const fn is_invisible(character: char) -> bool {
    matches!(
        character,
        '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}'
            | '\u{e0000}'..='\u{e007f}'
    )
}
