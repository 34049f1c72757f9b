//! Text in, a [`Value`] out, read as JSON or as YAML.
//!
//! `serde_yaml` is the key under which Cargo brings `yaml_serde`, the continuation of the archived crate by the YAML
//! organisation. Side by side on hostile texts the two answer alike, down to the message, so that what decides is that
//! only one of them, and the `libyaml` under it, will ever be mended. What both leave to their callers is done here:
//!
//! | text | what they do | what is done about it |
//! |---|---|---|
//! | merge keys | leave `<<` as a member | `tree` applies them |
//! | equal keys | refuse at the first, and place it at the object | `tree` notes all; the last one counts |
//! | `200:`, `1.10:`, `null:` | numbers and null as keys | asked for as text, they come as written |
//! | an integer beyond 64 bits | refuse the text | `tree` reads a floating point number, as JSON readers do |
//! | an alias in its own anchor | refuse at a depth of 128 | refused at a depth of ours |
//! | aliases that multiply | refuse by the number of jumps; a list of 3,000 repeated 3,000 times passes | `tree` counts values |
//! | brackets without end | time grows with the square: 100,000 take a minute | [`locate::endless_brackets`] |
//! | a text behind a broken one | panic when asked to go on | nobody goes on |
//! | UTF-16 | refuse | `decode` comes first |
//!
//! They are right about `yes` and `on` (text), dates (text), `017` (text), tabs, tags, marks and line ends.

use serde_json::Value;

use super::{
    Format, locate, refuse, refuse_at,
    tree::{DEEPEST, MOST_COPIES, Tree},
};
use crate::{
    diagnostics::{Code, Diagnostic, Location},
    ir::Pointer,
};

/// What a text says.
pub(super) struct Parsed {
    /// The value of the whole.
    pub(super) root: Value,
    /// In which of the two forms it was written.
    pub(super) format: Format,
    /// The keys that were given more than once.
    pub(super) duplicates: Vec<Pointer>,
}

impl Parsed {
    /// What a text says that cannot be read.
    pub(super) fn nothing() -> Self {
        Self {
            root: Value::Null,
            format: Format::Yaml,
            duplicates: Vec::new(),
        }
    }
}

/// Reads `text`.
pub(super) fn parse(text: &str) -> Result<Parsed, Diagnostic> {
    if !text.trim_start().starts_with('{') {
        return yaml(text);
    }
    // A text in braces may be a YAML flow mapping; when it is neither, the words of the JSON parser are the better ones.
    json(text).or_else(|problem| {
        if problem.code == Code::Syntax {
            yaml(text).map_err(|_| problem)
        } else {
            Err(problem)
        }
    })
}

fn json(text: &str) -> Result<Parsed, Diagnostic> {
    read_json(text).or_else(|error| {
        if !error.to_string().starts_with("number out of range") {
            return Err(json_problem(&error));
        }
        // Where this one is not JSON either, its places are not those of the text, but near them.
        read_json(&quote_numbers(text)).map_err(|error| json_problem(&error))
    })
}

fn read_json(text: &str) -> Result<Parsed, serde_json::Error> {
    let tree = Tree::new(text.len(), false);
    let mut deserializer = serde_json::Deserializer::from_str(text);
    let root = tree.read(&mut deserializer)?;
    deserializer.end()?;
    Ok(Parsed {
        root,
        format: Format::Json,
        duplicates: tree.into_duplicates(),
    })
}

/// Numbers beyond all floating point numbers, such as `1e400`, would cost the whole document. As text each costs the
/// one member that holds it, as it does in YAML.
fn quote_numbers(text: &str) -> String {
    let of_number = |char: char| char.is_ascii_digit() || matches!(char, '+' | '-' | '.' | 'e' | 'E');
    let mut quoted = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(next) = rest.find(|char: char| matches!(char, '"' | '-') || char.is_ascii_digit()) {
        let (before, from) = rest.split_at(next);
        quoted.push_str(before);
        let length = if from.starts_with('"') {
            length_of_string(from)
        } else {
            from.find(|char| !of_number(char)).unwrap_or(from.len())
        };
        let (token, after) = from.split_at(length);
        let is_beyond = token.parse::<f64>().is_ok_and(f64::is_infinite);
        let mark = if is_beyond { "\"" } else { "" };
        quoted.extend([mark, token, mark]);
        rest = after;
    }
    quoted.push_str(rest);
    quoted
}

/// How long the string is that `text` begins with, with both its quotes.
fn length_of_string(text: &str) -> usize {
    let mut escaped = false;
    let end = text.bytes().skip(1).position(|byte| {
        let ends = byte == b'"' && !escaped;
        escaped = byte == b'\\' && !escaped;
        ends
    });
    end.map_or(text.len(), |end| end + 2)
}

fn json_problem(error: &serde_json::Error) -> Diagnostic {
    let location = Location {
        line: error.line().max(1),
        column: error.column().max(1),
    };
    let text = error.to_string();
    let message = text
        .rsplit_once(" at line ")
        .map_or(text.as_str(), |(message, _)| message);
    limit(message, Some(location))
        .unwrap_or_else(|| refuse_at(Code::Syntax, format!("not valid JSON: {message}"), location))
}

/// The refusal of a text that is well formed and goes beyond a limit: one of ours, or one of the parser's own.
fn limit(message: &str, location: Option<Location>) -> Option<Diagnostic> {
    if message.contains("nested more than") || message.contains("recursion limit") {
        Some(too_deep(location))
    } else if message.contains("aliases add") {
        let reason = format!("the aliases of the document add more than {MOST_COPIES} values to it");
        Some(too_large(reason, location))
    } else if message.contains("repetition limit") {
        let reason = "the aliases of the document are followed more than 100 times for each value that it has";
        Some(too_large(reason.to_owned(), location))
    } else {
        None
    }
}

fn too_deep(location: Option<Location>) -> Diagnostic {
    let reason = format!("the document is nested more than {DEEPEST} levels deep");
    too_large(reason, location)
}

fn too_large(reason: String, location: Option<Location>) -> Diagnostic {
    Diagnostic {
        location,
        ..refuse(Code::TooLarge, reason)
    }
}

fn yaml(text: &str) -> Result<Parsed, Diagnostic> {
    if let Some(location) = locate::endless_brackets(text) {
        return Err(too_deep(Some(location)));
    }
    let mut documents = serde_yaml::Deserializer::from_str(text);
    let tree = Tree::new(text.len(), true);
    let root = match documents.next() {
        Some(document) => tree.read(document).map_err(|error| yaml_problem(&error, text))?,
        None => Value::Null,
    };
    if documents.next().is_some() {
        let mut problem = refuse(Code::Syntax, "the file holds more than one YAML document");
        problem.location = locate::second_document(text);
        problem.hint = Some("give each document a file of its own".to_owned());
        return Err(problem);
    }
    Ok(Parsed {
        root,
        format: Format::Yaml,
        duplicates: tree.into_duplicates(),
    })
}

fn yaml_problem(error: &serde_yaml::Error, text: &str) -> Diagnostic {
    let location = error.location().map(|place| Location {
        line: place.line(),
        column: place.column(),
    });
    let words = error.to_string();
    let place = location.map(|Location { line, column }| format!(" at line {line} column {column}"));
    let message = place.map_or_else(|| words.clone(), |place| words.replacen(&place, "", 1));
    limit(&message, location.or(Some(Location::START))).unwrap_or_else(|| {
        let index = error.location().map(|place| place.index());
        let tab = index
            .and_then(|index| text.get(index..))
            .is_some_and(|rest| rest.starts_with('\t'));
        Diagnostic {
            location,
            hint: if tab {
                Some("YAML is indented with spaces, never with tabs".to_owned())
            } else {
                unquoted_reference(text)
            },
            ..refuse(Code::Syntax, format!("not valid YAML: {message}"))
        }
    })
}

/// What to do about a `$ref: #/…` in a text that cannot be read: what follows is gone, often with the bracket that
/// closes something.
fn unquoted_reference(text: &str) -> Option<String> {
    let line = text.lines().position(|line| line.contains("$ref: #"))? + 1;
    let hint = format!("`#` begins a comment in line {line}; write the reference in quotes: `$ref: '#/…'`");
    Some(hint)
}
