//! The specification's table of parameter styles: a value in, the text of a request out.
//!
//! What the specification leaves open:
//!
//! * As in RFC 6570, `null` is an absent value, wherever it stands, and so is an empty list or object.
//! * A list or object inside a list or object is written as JSON, but `deepObject` goes on: `a[b][0]=c`.
//! * A style that is not defined for a kind of value falls back to `form`.
//! * Exploded cookies are cookies of their own.
//! * `label` separates as RFC 6570 does: with commas where it is not exploded.

use percent_encoding::{AsciiSet, utf8_percent_encode};

use crate::runtime::sent::argument::{Argument, RESERVED, escaped};
use crate::runtime::sent::styles::ambiguity::{self, Ambiguous};

/// A row of the specification's table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Style {
    /// `blue,black`: path and header.
    Simple,
    /// `.blue,black`: path.
    Label,
    /// `;color=blue,black`: path.
    Matrix,
    /// `color=blue&color=black`: query and cookie.
    Form,
    /// `color=blue%20black`: query.
    SpaceDelimited,
    /// `color=blue%7Cblack`: query.
    PipeDelimited,
    /// `color[R]=100&color[G]=200`, with the brackets encoded: query.
    DeepObject,
    /// `color=blue; color=black`, with nothing escaped: cookie.
    Cookie,
}

/// What stands between the elements of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Delimiter {
    /// `blue,black`
    Comma,
    /// `blue black`
    Space,
    /// `blue`, a tabulator, `black`
    Tab,
    /// `blue|black`
    Pipe,
}

impl Delimiter {
    /// The character.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Comma => ",",
            Self::Space => " ",
            Self::Tab => "\t",
            Self::Pipe => "|",
        }
    }

    /// The same where it is part of a URL or a form.
    const fn escaped(self) -> &'static str {
        match self {
            Self::Comma => ",",
            Self::Space => "%20",
            Self::Tab => "%09",
            Self::Pipe => "%7C",
        }
    }
}

/// Which characters of a value may stand as they are.
#[derive(Debug, Clone, Copy)]
pub enum Escape {
    /// Those that RFC 3986 calls unreserved.
    Reserved,
    /// Those, and the slashes between the segments of a path.
    #[cfg(part = "segments")]
    ButSlashes,
    /// All but these, and escapes that are there already.
    ButReserved(&'static AsciiSet),
    /// All: a header field has no escapes.
    Nothing,
}

/// Reserved characters that have no meaning of their own wherever a value may stand in a URL.
const EVERYWHERE: &AsciiSet = &RESERVED
    .remove(b':')
    .remove(b'@')
    .remove(b'!')
    .remove(b'$')
    .remove(b'(')
    .remove(b')')
    .remove(b'*')
    .remove(b',')
    .remove(b'=');

/// `#` would end the query, `&` the value; `+` is a space to many servers; brackets are not allowed in a query, and `'` is
/// escaped in every URL's by the URL standard.
pub(crate) const OF_QUERIES: &AsciiSet = &EVERYWHERE.remove(b'/').remove(b'?').remove(b';');

/// `/`, `?` and `#` would end the segment.
pub(crate) const OF_PATHS: &AsciiSet = &EVERYWHERE.remove(b'&').remove(b'\'').remove(b'+').remove(b';');

/// The same where a value may be several segments.
#[cfg(part = "segments")]
pub(crate) const OF_SEGMENTS: &AsciiSet = &OF_PATHS.remove(b'/');

#[cfg(part = "segments")]
const SLASHES: &AsciiSet = &RESERVED.remove(b'/');

/// `;` would end the cookie, and `,` may not be in one.
pub(crate) const OF_COOKIES: &AsciiSet = &EVERYWHERE
    .remove(b'/')
    .remove(b'?')
    .remove(b'#')
    .remove(b'[')
    .remove(b']')
    .remove(b'&')
    .remove(b'\'')
    .remove(b'+')
    .add(b',');

/// How a value is written.
#[derive(Debug, Clone, Copy)]
pub struct Writing<'a> {
    /// The name of the parameter.
    pub name: &'a str,
    /// The row of the table.
    pub style: Style,
    /// Whether lists and objects are taken apart.
    pub explode: bool,
    /// What stands between the elements of a list, of the lists in it, and so on; empty where the style says it. With `explode`
    /// the outermost list has no delimiter.
    pub delimiters: &'static [Delimiter],
    /// Which characters stay as they are.
    pub escape: Escape,
    /// What stands between the pieces of an exploded `form` value.
    pub separator: &'static str,
}

impl Writing<'_> {
    /// The text of a value; `None` when there is nothing to send.
    ///
    /// # Errors
    ///
    /// When one of its parts would be read as two.
    pub fn write(&self, value: &Argument) -> Result<Option<String>, Ambiguous> {
        ambiguity::check(self, value)?;
        Ok(self.text_of(value))
    }

    fn text_of(&self, value: &Argument) -> Option<String> {
        if !self.delimiters.is_empty() {
            return self.delimited(value);
        }
        match self.style {
            Style::Simple => self.pieces(value).map(|pieces| pieces.join(",")),
            Style::Label => {
                let separator = if self.explode { "." } else { "," };
                self.pieces(value).map(|pieces| format!(".{}", pieces.join(separator)))
            }
            Style::Matrix => self.pairs(value, ",", matrix).map(|pairs| pairs.concat()),
            Style::Form | Style::Cookie => self.form(value, ","),
            Style::SpaceDelimited => self.form(value, Delimiter::Space.escaped()),
            Style::PipeDelimited => self.form(value, Delimiter::Pipe.escaped()),
            Style::DeepObject => {
                let mut pairs = Vec::new();
                self.deep(&self.key(self.name), value, &mut pairs);
                (!pairs.is_empty()).then(|| pairs.join(self.separator))
            }
        }
    }

    fn form(&self, value: &Argument, delimiter: &str) -> Option<String> {
        let pairs = self.pairs(value, delimiter, |name, value| format!("{name}={value}"))?;
        Some(pairs.join(self.separator))
    }

    /// The pairs of a style that writes names: one, or one for each item or member when exploded.
    fn pairs(&self, value: &Argument, delimiter: &str, pair: fn(&str, &str) -> String) -> Option<Vec<String>> {
        let name = self.key(self.name);
        if let (true, Argument::Object(members)) = (self.explode, value) {
            let mut pairs = Vec::new();
            for (name, value) in present(members) {
                pairs.push(pair(&self.key(name), &self.text(&value.text())));
            }
            return (!pairs.is_empty()).then_some(pairs);
        }
        let pieces = self.pieces(value)?;
        Some(if self.explode {
            pieces.iter().map(|piece| pair(&name, piece)).collect()
        } else {
            vec![pair(&name, &pieces.join(delimiter))]
        })
    }

    /// The escaped pieces of a value: itself, its items, or its names and values, joined when exploded.
    fn pieces(&self, value: &Argument) -> Option<Vec<String>> {
        let mut pieces = Vec::new();
        match value {
            Argument::Null => {}
            Argument::Bool(_) | Argument::Number(_) | Argument::Text(_) => pieces.push(self.text(&value.text())),
            Argument::List(items) => {
                for item in items.iter().filter(|item| **item != Argument::Null) {
                    pieces.push(self.item(&item.text()));
                }
            }
            Argument::Object(members) => {
                for (name, value) in present(members) {
                    let (name, value) = (self.key(name), self.item(&value.text()));
                    if self.explode {
                        pieces.push(format!("{name}={value}"));
                    } else {
                        pieces.extend([name, value]);
                    }
                }
            }
        }
        (!pieces.is_empty()).then_some(pieces)
    }

    fn delimited(&self, value: &Argument) -> Option<String> {
        let mut values = Vec::new();
        match value {
            Argument::List(items) if self.explode => {
                for item in items {
                    values.extend(self.joined(item, self.delimiters));
                }
            }
            value => values.extend(self.joined(value, self.delimiters)),
        }
        if self.style == Style::Simple {
            return values.into_iter().next();
        }
        let name = self.key(self.name);
        let pairs: Vec<String> = values.iter().map(|value| format!("{name}={value}")).collect();
        (!pairs.is_empty()).then(|| pairs.join(self.separator))
    }

    /// A list as its elements between the first of the delimiters, which are lists between the next; anything else as text.
    fn joined(&self, value: &Argument, delimiters: &[Delimiter]) -> Option<String> {
        let is_item = delimiters.len() < self.delimiters.len();
        let (Argument::List(items), Some((first, rest))) = (value, delimiters.split_first()) else {
            let is_absent =
                matches!(value, Argument::Null) || matches!(value, Argument::List(items) if items.is_empty());
            let text = || self.text(&value.text());
            return (!is_absent).then(|| match self.escape {
                Escape::ButReserved(_) if is_item => text().replace(',', "%2C"),
                _ => text(),
            });
        };
        let mut texts = Vec::with_capacity(items.len());
        for item in items {
            texts.extend(self.joined(item, rest));
        }
        let delimiter = match self.escape {
            Escape::Nothing => first.as_str(),
            _ => first.escaped(),
        };
        (!texts.is_empty()).then(|| texts.join(delimiter))
    }

    fn deep(&self, name: &str, value: &Argument, pairs: &mut Vec<String>) {
        match value {
            Argument::Null => {}
            Argument::Bool(_) | Argument::Number(_) | Argument::Text(_) => {
                pairs.push(format!("{name}={}", self.text(&value.text())));
            }
            Argument::List(items) => {
                for (index, item) in items.iter().enumerate() {
                    self.deep(&format!("{name}%5B{index}%5D"), item, pairs);
                }
            }
            Argument::Object(members) => {
                for (member, value) in members {
                    self.deep(&format!("{name}%5B{}%5D", self.key(member)), value, pairs);
                }
            }
        }
    }

    /// A name. Its reserved characters never stay: they would change what is a name and what is a value.
    fn key(&self, name: &str) -> String {
        match self.escape {
            Escape::Nothing => name.to_owned(),
            _ => escaped(name),
        }
    }

    /// One of several values, which must not look like two.
    fn item(&self, text: &str) -> String {
        let separator = match self.style {
            Style::Matrix if self.explode => ";",
            Style::Simple | Style::Label | Style::Matrix => ",",
            _ if self.explode => "",
            _ => ",",
        };
        match (self.escape, separator) {
            (Escape::ButReserved(_), ",") => self.text(text).replace(',', "%2C"),
            (Escape::ButReserved(_), ";") => self.text(text).replace(';', "%3B"),
            _ => self.text(text),
        }
    }

    fn text(&self, text: &str) -> String {
        match self.escape {
            Escape::Reserved => escaped(text),
            #[cfg(part = "segments")]
            Escape::ButSlashes => utf8_percent_encode(text, SLASHES).to_string(),
            Escape::ButReserved(escaped) => but_escapes(text, escaped),
            Escape::Nothing => text.to_owned(),
        }
    }
}

/// A text with the characters of `escaped` escaped, but for what is an escape already.
fn but_escapes(text: &str, escaped: &'static AsciiSet) -> String {
    let mut written = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(percent) = rest.find('%') {
        let (before, after) = rest.split_at(percent);
        written.extend(utf8_percent_encode(before, escaped));
        let is_escape = |triple: &&str| triple.bytes().skip(1).all(|digit| digit.is_ascii_hexdigit());
        let triple = after.get(..3).filter(is_escape);
        written.push_str(triple.unwrap_or("%25"));
        rest = &after[triple.map_or(1, str::len)..];
    }
    written.extend(utf8_percent_encode(rest, escaped));
    written
}

/// `matrix` leaves the sign of equality out where the value is empty.
fn matrix(name: &str, value: &str) -> String {
    if value.is_empty() {
        format!(";{name}")
    } else {
        format!(";{name}={value}")
    }
}

fn present(members: &[(String, Argument)]) -> impl Iterator<Item = &(String, Argument)> {
    members.iter().filter(|(_, value)| *value != Argument::Null)
}

/// Whether a text is read from a cookie as it was written. Browsers and servers are less strict than RFC 6265, which has no
/// spaces, commas, quotes and backslashes; nobody reads past a semicolon.
pub(crate) fn is_in_cookies(text: &str) -> bool {
    text.trim() == text && text.bytes().all(|byte| matches!(byte, b' '..=b'~') && byte != b';')
}
