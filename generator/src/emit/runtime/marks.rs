//! A file of the runtime and the parts that are wanted in; its text without marks, and without what is of other parts, out.
//!
//! A mark is an attribute on lines of its own, `#[cfg(part = "bulk")]`, between the comments on an item and its other
//! attributes. It may stand wherever rustc takes an attribute: on a module, an import, a function, an `impl`, a statement, the
//! arm of a match, a field. What it says of features of Cargo stays.

use std::borrow::Cow;

use crate::lexis::{comment, literal, word};

/// What all marks have.
const PART: &str = "part = \"";

/// The text as it is where only those parts are wanted that `is_wanted` says.
pub(super) fn resolved(text: &'static str, is_wanted: &dyn Fn(&str) -> bool) -> Cow<'static, str> {
    if !text.contains(PART) {
        return Cow::Borrowed(text);
    }
    let mut written = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(line) = rest.split_inclusive('\n').next() {
        let Some((indent, mark, after)) = marked(rest) else {
            written.push_str(line);
            rest = &rest[line.len()..];
            continue;
        };
        rest = after;
        match met(mark, is_wanted) {
            Met::Always => {}
            Met::When(condition) => {
                written.push_str(indent);
                written.push_str("#[cfg(");
                written.push_str(&condition);
                written.push_str(")]\n");
            }
            Met::Never => {
                take_comments(&mut written);
                rest = &rest[end_of_item(rest)..];
                rest = close_gap(&mut written, rest);
            }
        }
    }
    Cow::Owned(written)
}

/// The mark that a text begins with: its indentation, its condition, and what follows behind its line.
fn marked(text: &str) -> Option<(&str, &str, &str)> {
    let start = text.len() - text.trim_start_matches(' ').len();
    let attribute = text[start..].strip_prefix("#[cfg(")?;
    let end = attribute.find(")]")?;
    let condition = &attribute[..end];
    condition
        .contains(PART)
        .then(|| (&text[..start], condition, behind(&attribute[end + 2..])))
}

/// What is behind the line that a text begins in the middle of.
fn behind(text: &str) -> &str {
    text.split_once('\n').map_or("", |(_, rest)| rest)
}

/// What a condition comes to.
enum Met {
    Always,
    Never,
    /// Where this is so, of which nothing is said here.
    When(String),
}

fn met(condition: &str, is_wanted: &dyn Fn(&str) -> bool) -> Met {
    let condition = condition.trim();
    if let Some(name) = condition.strip_prefix(PART).and_then(|name| name.strip_suffix('"')) {
        return if is_wanted(name) { Met::Always } else { Met::Never };
    }
    let Some((word, list)) = condition
        .strip_suffix(')')
        .and_then(|condition| condition.split_once('('))
    else {
        return Met::When(condition.to_owned());
    };
    let operands = operands(list).map(|operand| met(operand, is_wanted));
    let mut left = Vec::new();
    for operand in operands {
        match (word, operand) {
            ("not", Met::Always) | ("all", Met::Never) => return Met::Never,
            ("not", Met::Never) | ("any", Met::Always) => return Met::Always,
            (_, Met::When(condition)) => left.push(condition),
            (_, Met::Always | Met::Never) => {}
        }
    }
    match (word, left.as_slice()) {
        ("all", []) => Met::Always,
        ("any", []) => Met::Never,
        ("all" | "any", [condition]) => Met::When(condition.clone()),
        _ => Met::When(format!("{word}({})", left.join(", "))),
    }
}

/// The conditions between commas, each with all that is in its parentheses.
fn operands(list: &str) -> impl Iterator<Item = &str> {
    let mut depth = 0;
    let between = move |char| {
        depth += match char {
            '(' => 1,
            ')' => -1,
            _ => 0,
        };
        char == ',' && depth == 0
    };
    list.split(between).filter(|operand| !operand.trim().is_empty())
}

/// Takes the comments back that were written last: they are about what is left out.
fn take_comments(written: &mut String) {
    while let Some(last) = written.lines().next_back() {
        if !last.trim_start().starts_with("//") || last.starts_with("//!") {
            return;
        }
        written.truncate(written.len() - last.len() - 1);
    }
}

/// Leaves no line empty that the formatter would not: none at the beginning or the end of a block, nor two in a row.
fn close_gap<'t>(written: &mut String, rest: &'t str) -> &'t str {
    let follows = rest.trim_start_matches('\n');
    let is_open = |char| "{([".contains(char);
    if written.ends_with("\n\n") || written.is_empty() || written.trim_end().ends_with(is_open) {
        if follows.is_empty() || follows.trim_start().starts_with(['}', ')', ']']) {
            let length = written.trim_end_matches('\n').len();
            written.truncate(length);
            written.push('\n');
        }
        return follows;
    }
    if follows.is_empty() { follows } else { rest }
}

/// The words that items and declarations begin with, in which a comma ends nothing.
const ITEMS: [&str; 16] = [
    "async",
    "const",
    "enum",
    "extern",
    "fn",
    "impl",
    "let",
    "macro_rules",
    "mod",
    "static",
    "struct",
    "trait",
    "type",
    "union",
    "unsafe",
    "use",
];

/// Where the lines end of the item that a text begins with, attributes and comments before it included.
fn end_of_item(text: &str) -> usize {
    let mut scanner = Scanner { text, position: 0 };
    scanner.pass_attributes();
    let is_listed = !ITEMS.contains(&scanner.word_behind_visibility());
    let (mut depth, mut angles) = (0_usize, 0_usize);
    while let Some(byte) = scanner.next_of_code() {
        match byte {
            b'(' | b'[' | b'{' => depth += 1,
            // The end of the block that it stands last in.
            b')' | b']' | b'}' if depth == 0 => {
                let line = text[..scanner.position].rfind('\n');
                return line.map_or(0, |line| line + 1);
            }
            b')' | b']' => depth -= 1,
            b'}' => {
                depth -= 1;
                if depth == 0 {
                    match scanner.follows() {
                        Follows::End => break,
                        Follows::Mark(length) => {
                            scanner.position += length;
                            break;
                        }
                        Follows::More => {}
                    }
                }
            }
            b';' if depth == 0 => break,
            b',' if depth == 0 && angles == 0 && is_listed => break,
            // Between two values the formatter puts spaces, which it does not within a list of types.
            b'<' if depth == 0 && !matches!(scanner.peek(), Some(b' ' | b'=' | b'<')) => angles += 1,
            b'>' if depth == 0 && !scanner.is_arrow() => angles = angles.saturating_sub(1),
            _ => {}
        }
    }
    text.len() - behind(scanner.rest()).len()
}

/// What comes behind a block.
enum Follows {
    End,
    /// What ends the item, at this distance.
    Mark(usize),
    More,
}

/// A text of Rust while it is read.
struct Scanner<'t> {
    text: &'t str,
    position: usize,
}

impl<'t> Scanner<'t> {
    fn rest(&self) -> &'t str {
        self.text.get(self.position..).unwrap_or_default()
    }

    fn peek(&self) -> Option<u8> {
        self.rest().bytes().next()
    }

    /// The next byte that is neither in a comment nor in a literal.
    fn next_of_code(&mut self) -> Option<u8> {
        loop {
            let rest = self.rest();
            if let Some(length) = literal(rest).or_else(|| comment(rest)) {
                self.position += length;
                continue;
            }
            let char = rest.chars().next()?;
            self.position += char.len_utf8();
            // A name, in which `r` and `b` begin no literal.
            if char.is_alphanumeric() || char == '_' {
                self.position += word(self.rest());
            }
            return u8::try_from(char).ok().or(Some(b'_'));
        }
    }

    fn pass_attributes(&mut self) {
        loop {
            let rest = self.rest().trim_start();
            self.position = self.text.len() - rest.len();
            if let Some(length) = comment(rest) {
                self.position += length;
            } else if rest.starts_with("#[") {
                let mut depth = 0;
                while let Some(byte) = self.next_of_code() {
                    match byte {
                        b'[' => depth += 1,
                        b']' => depth -= 1,
                        _ => continue,
                    }
                    if depth == 0 {
                        break;
                    }
                }
            } else {
                return;
            }
        }
    }

    /// The first word that is neither `pub` nor says to whom.
    fn word_behind_visibility(&self) -> &'t str {
        let mut rest = self.rest();
        if let Some(public) = rest.strip_prefix("pub") {
            let public = public
                .strip_prefix('(')
                .map_or(public, |within| within.split_once(')').map_or(within, |(_, rest)| rest));
            if public.starts_with(' ') {
                rest = public.trim_start();
            }
        }
        let end = rest.find(|char: char| !char.is_alphanumeric() && char != '_');
        &rest[..end.unwrap_or(rest.len())]
    }

    fn is_arrow(&self) -> bool {
        let before = self.text.as_bytes().get(self.position.wrapping_sub(2));
        matches!(before, Some(b'-' | b'=' | b' '))
    }

    fn follows(&self) -> Follows {
        let rest = self.rest();
        let next = rest.trim_start();
        match next.bytes().next() {
            Some(b';' | b',') => Follows::Mark(rest.len() - next.len() + 1),
            // What was in braces was a pattern.
            Some(b'.' | b'?' | b'|' | b'=') => Follows::More,
            Some(_) if next.starts_with("else") => Follows::More,
            _ => Follows::End,
        }
    }
}

#[cfg(test)]
mod tests;
