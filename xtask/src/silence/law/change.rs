//! A document in, every change to it that must show out: each member taken away, each value made another one.

use std::fmt;

use serde_json::{Map, Value, json};

use super::site::Holder;

/// One change to a document.
#[derive(Debug, Clone)]
pub(crate) struct Change {
    /// The names and positions that lead to the place.
    tokens: Vec<String>,
    /// The kind of place: names of the author's and positions are `*`.
    pub(crate) site: String,
    pub(crate) act: Act,
}

/// What is done at a place.
#[derive(Debug, Clone)]
pub(crate) enum Act {
    /// It is taken away.
    Take,
    /// Another value takes its place.
    Put(Value),
    /// It stands under another name.
    Rename(String),
}

impl fmt::Display for Change {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.pointer())?;
        match &self.act {
            Act::Take => formatter.write_str(" taken away"),
            Act::Put(value) => write!(formatter, " made {value}"),
            Act::Rename(name) => write!(formatter, " renamed {name:?}"),
        }
    }
}

impl Change {
    /// The place, as a JSON pointer.
    pub(crate) fn pointer(&self) -> String {
        let tokens = self.tokens.iter();
        let tokens = tokens.map(|token| format!("/{}", token.replace('~', "~0").replace('/', "~1")));
        tokens.collect()
    }

    /// What stands at the place.
    pub(crate) fn value<'d>(&self, document: &'d Value) -> Option<&'d Value> {
        self.tokens
            .iter()
            .try_fold(document, |value, token| below(value, token))
    }

    /// What holds the place.
    pub(crate) fn holder<'d>(&self, document: &'d Value) -> Option<&'d Value> {
        let (_, holder) = self.tokens.split_last()?;
        holder.iter().try_fold(document, |value, token| below(value, token))
    }

    /// The object that holds the place, or the list that the place is in.
    pub(crate) fn object<'d>(&self, document: &'d Value) -> Option<&'d Value> {
        let held = (0..self.tokens.len()).rev().map(|end| &self.tokens[..end]);
        let mut around = held.map(|tokens| tokens.iter().try_fold(document, |value, token| below(value, token)));
        around.find_map(|value| value.filter(|value| value.is_object()))
    }

    /// The names that lead to the place.
    pub(crate) fn tokens(&self) -> &[String] {
        &self.tokens
    }

    /// Whether something is taken away.
    pub(crate) fn is_taken(&self) -> bool {
        matches!(self.act, Act::Take)
    }

    /// The document after it.
    pub(crate) fn made_to(&self, document: &Value) -> Value {
        let mut changed = document.clone();
        let Some((last, path)) = self.tokens.split_last() else {
            return changed;
        };
        let holder = path.iter().try_fold(&mut changed, |value, token| match value {
            Value::Object(members) => members.get_mut(token),
            Value::Array(items) => items.get_mut(token.parse::<usize>().ok()?),
            _ => None,
        });
        match holder {
            Some(Value::Object(members)) => self.in_object(members, last),
            Some(Value::Array(items)) => {
                if let Ok(position) = last.parse::<usize>() {
                    match &self.act {
                        Act::Take => _ = items.remove(position),
                        Act::Put(value) => items[position] = value.clone(),
                        Act::Rename(_) => {}
                    }
                }
            }
            _ => {}
        }
        changed
    }

    fn in_object(&self, members: &mut Map<String, Value>, last: &str) {
        match &self.act {
            Act::Take => _ = members.shift_remove(last),
            Act::Put(value) => _ = members.insert(last.to_owned(), value.clone()),
            Act::Rename(name) => {
                let renamed = std::mem::take(members).into_iter();
                let renamed = renamed.map(|(key, value)| (if key == last { name.clone() } else { key }, value));
                *members = renamed.collect();
            }
        }
    }
}

fn below<'d>(value: &'d Value, token: &str) -> Option<&'d Value> {
    match value {
        Value::Object(members) => members.get(token),
        Value::Array(items) => items.get(token.parse::<usize>().ok()?),
        _ => None,
    }
}

/// Every change to `document` that must show.
pub(crate) fn changes(document: &Value) -> Vec<Change> {
    let mut walk = Walk {
        document,
        tokens: Vec::new(),
        site: String::new(),
        changes: Vec::new(),
    };
    walk.below(document, Holder::Object);
    walk.changes
}

struct Walk<'d> {
    document: &'d Value,
    tokens: Vec<String>,
    site: String,
    changes: Vec<Change>,
}

impl Walk<'_> {
    fn below(&mut self, value: &Value, holder: Holder) {
        match value {
            Value::Object(members) if holder != Holder::Value => {
                for (name, member) in members {
                    if holder.documents(name) || only_documents(member, holder.member(name)) {
                        continue;
                    }
                    self.at(name, holder.kind_of(name), |walk| {
                        walk.push(Act::Take);
                        if holder.kind_of(name) == "*" {
                            walk.push(Act::Rename(renamed(name)));
                        }
                        walk.value(name, member, holder.member(name));
                    });
                }
            }
            Value::Array(items) => {
                let list = self.tokens.last().cloned().unwrap_or_default();
                for (position, item) in items.iter().enumerate() {
                    if only_documents(item, holder.item()) {
                        continue;
                    }
                    self.at(&position.to_string(), "*", |walk| {
                        walk.push(Act::Take);
                        walk.value(&list, item, holder.item());
                    });
                }
            }
            _ => {}
        }
    }

    fn value(&mut self, name: &str, value: &Value, holder: Holder) {
        if let Some(other) = self.other(name, value) {
            self.push(Act::Put(other));
        }
        self.below(value, holder);
    }

    fn at(&mut self, token: &str, kind: &str, inner: impl FnOnce(&mut Self)) {
        let length = self.site.len();
        self.tokens.push(token.to_owned());
        self.site.push('/');
        self.site.push_str(kind);
        inner(self);
        self.site.truncate(length);
        self.tokens.pop();
    }

    fn push(&mut self, act: Act) {
        self.changes.push(Change {
            tokens: self.tokens.clone(),
            site: self.site.clone(),
            act,
        });
    }

    /// A value that means something else under `name`.
    fn other(&self, name: &str, value: &Value) -> Option<Value> {
        // What is said of a scope documents it.
        let holder = self
            .tokens
            .len()
            .checked_sub(2)
            .and_then(|index| self.tokens.get(index));
        if holder.is_some_and(|holder| holder == "scopes") {
            return None;
        }
        Some(match value {
            Value::Bool(flag) => json!(!flag),
            Value::Number(number) => match number.as_i64() {
                Some(whole) => json!(whole.checked_add(1)?),
                // Twice it and one: beyond 53 bits, one more is the same.
                None => json!(number.as_f64()?.mul_add(2.0, 1.0)),
            },
            Value::String(text) => json!(self.other_text(name, text)),
            Value::Null | Value::Array(_) | Value::Object(_) => return None,
        })
    }

    fn other_text(&self, name: &str, text: &str) -> String {
        let instead = match (name, text) {
            ("type", "string") => "integer",
            ("type", _) => "string",
            ("format", "date-time") => "uuid",
            ("format", _) => "date-time",
            ("in", "query") => "header",
            ("in", _) => "query",
            ("style", "simple") => "label",
            ("style", "form") => "pipeDelimited",
            ("style", _) => "form",
            ("collectionFormat", "csv") => "pipes",
            ("collectionFormat", _) => "csv",
            ("openapi", version) if version.starts_with("3.0") => "3.1.1",
            ("openapi", _) => "3.0.4",
            ("consumes" | "produces", "application/json") => "text/plain",
            ("consumes" | "produces", _) => "application/json",
            ("schemes", "https") => "http",
            ("schemes", _) => "https",
            ("$ref", _) => return self.neighbour(text).unwrap_or_else(|| format!("{text}Other")),
            _ => return format!("{text}Other"),
        };
        instead.to_owned()
    }

    /// A reference to an entry beside the one that `reference` leads to.
    fn neighbour(&self, reference: &str) -> Option<String> {
        let (start, name) = reference.rsplit_once('/')?;
        let entries = self.document.pointer(start.strip_prefix('#')?)?.as_object()?;
        let other = entries
            .keys()
            .find(|key| *key != name && !key.contains(['/', '~', '%']))?;
        Some(format!("{start}/{other}"))
    }
}

/// Whether there is something in `value`, and nothing but documentation.
fn only_documents(value: &Value, holder: Holder) -> bool {
    let members = value
        .as_object()
        .filter(|members| holder == Holder::Object && !members.is_empty());
    members.is_some_and(|members| members.keys().all(|name| name == "xml" || holder.documents(name)))
}

fn renamed(name: &str) -> String {
    match name.parse::<u16>() {
        Ok(200) => "299".to_owned(),
        Ok(100..600) => format!("{}98", &name[..1]),
        _ if name.starts_with('/') => format!("/other{name}"),
        _ if name.contains('/') => format!("application/{}-other", name.replace('/', "-")),
        _ => format!("{name}Other"),
    }
}
