// @generated from an OpenAPI description: the runtime, the same for every API.

//! A request that was recorded and one that came in, what tells them apart out.

use std::fmt::Write as _;

use crate::runtime::mock::record::content::Content;
use crate::runtime::mock::record::exchange::Asked;
use crate::runtime::mock::record::pattern::{self, HIDDEN};
use crate::runtime::sent::argument::Argument;

/// How much of a value is shown.
const LONGEST: usize = 40;

/// How many differences are.
const SHOWN: usize = 3;

/// How much farther away another path is than another value.
const PATH: usize = 100;

/// What tells two requests apart.
#[derive(Default)]
pub(super) struct Difference {
    /// How far they are from each other; nothing where they are one.
    pub(super) far: usize,
    all: Vec<String>,
}

impl Difference {
    pub(super) fn between(recorded: &Asked, came: &Asked) -> Self {
        let mut difference = Self::default();
        for (what, own, other) in [
            ("method", &recorded.method, &came.method),
            ("path", &recorded.path, &came.path),
        ] {
            if !reads(own, other) {
                difference.add(PATH, format!("the {what} is another"));
            }
        }
        difference.queries(&recorded.query, &came.query);
        difference.contents(&recorded.content, &came.content);
        difference
    }

    fn add(&mut self, far: usize, why: String) {
        self.far += far;
        self.all.push(why);
    }

    fn queries(&mut self, recorded: &[String], came: &[String]) {
        let mut new = without_hidden(came, recorded);
        let mut gone = Vec::new();
        for pair in without_hidden(recorded, recorded) {
            match new.iter().position(|other| reads(pair, other)) {
                Some(index) => _ = new.remove(index),
                None => gone.push(pair),
            }
        }
        for pair in gone {
            let (name, own) = split(pair);
            let why = match new.iter().position(|other| split(other).0 == name) {
                Some(index) => {
                    let (_, other) = split(new.remove(index));
                    format!("`{name}` in the query is `{}`, and was `{}`", short(other), short(own))
                }
                None => format!("the query has no `{}`, and had", short(pair)),
            };
            self.add(1, why);
        }
        for pair in new {
            self.add(1, format!("the query has `{}`, and had not", short(pair)));
        }
    }

    fn contents(&mut self, own: &Content, other: &Content) {
        let why = match (own, other) {
            (Content::Nothing, Content::Nothing) => return,
            (Content::Json(own), Content::Json(other)) => return self.values(own, other, &mut String::new()),
            (Content::Text(own), Content::Text(other)) if reads(own, other) => return,
            (Content::Bytes(own), Content::Bytes(other)) if pattern::reads(own, other) => return,
            (Content::Text(own), Content::Text(other)) => {
                let mut lines = own.lines().zip(other.lines()).enumerate();
                let first = lines.find(|(_, (own, other))| !reads(own, other));
                first.map_or_else(
                    || "the body has another number of lines".to_owned(),
                    |(line, (own, other))| {
                        let (line, own, other) = (line + 1, short(own), short(other));
                        format!("line {line} of the body is `{other}`, and was `{own}`")
                    },
                )
            }
            (_, Content::Nothing) => "there is no body, and was one".to_owned(),
            (Content::Nothing, _) => "there is a body, and was none".to_owned(),
            _ => "the body is another".to_owned(),
        };
        self.add(1, why);
    }

    fn values(&mut self, own: &Argument, other: &Argument, at: &mut String) {
        let length = at.len();
        match (own, other) {
            (Argument::Text(own), Argument::Text(other)) if reads(own, other) => {}
            // A number may have been hidden.
            (Argument::Text(own), Argument::Number(_)) if own == HIDDEN => {}
            (Argument::Object(own), Argument::Object(members)) => {
                let mut new: Vec<_> = members.iter().collect();
                for (name, own) in own {
                    let _ = write!(at, "/{}", name.replace('~', "~0").replace('/', "~1"));
                    match new.iter().position(|(other, _)| reads(name, other)) {
                        Some(index) => self.values(own, &new.remove(index).1, at),
                        None => self.add(1, format!("the body has no `{at}`, and had")),
                    }
                    at.truncate(length);
                }
                for (name, _) in new {
                    self.add(1, format!("the body has `{at}/{name}`, and had not"));
                }
            }
            (Argument::List(own), Argument::List(items)) if own.len() == items.len() => {
                for (index, (own, other)) in own.iter().zip(items).enumerate() {
                    let _ = write!(at, "/{index}");
                    self.values(own, other, at);
                    at.truncate(length);
                }
            }
            (Argument::List(own), Argument::List(items)) => {
                let (had, has) = (own.len(), items.len());
                self.add(1, format!("the list at `{at}` has {has} items, and had {had}"));
            }
            (own, other) if own == other => {}
            (own, other) => {
                let (own, other) = (own.json(), other.json());
                self.add(
                    1,
                    format!("`{at}` of the body is `{}`, and was `{}`", short(&other), short(&own)),
                );
            }
        }
    }

    /// The first of all that is different.
    pub(super) fn why(&self) -> String {
        let shown: Vec<&str> = self.all.iter().take(SHOWN).map(String::as_str).collect();
        let more = match self.all.len().saturating_sub(SHOWN) {
            0 => String::new(),
            more => format!("; and {more} more"),
        };
        format!("{}{more}", shown.join("; "))
    }
}

/// The pairs of a query but for those whose value is hidden in the recorded one: they say who asks.
fn without_hidden<'q>(query: &'q [String], recorded: &[String]) -> Vec<&'q str> {
    let pairs = recorded.iter().map(|pair| split(pair));
    let hidden: Vec<&str> = pairs
        .filter(|(_, value)| *value == HIDDEN)
        .map(|(name, _)| name)
        .collect();
    let pairs = query.iter().map(String::as_str);
    pairs.filter(|pair| !hidden.contains(&split(pair).0)).collect()
}

fn split(pair: &str) -> (&str, &str) {
    pair.split_once('=').unwrap_or((pair, ""))
}

fn reads(recorded: &str, came: &str) -> bool {
    pattern::reads(recorded.as_bytes(), came.as_bytes())
}

fn short(text: &str) -> String {
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
        None => text.to_owned(),
    }
}
