//! Definitions in, a short unique text for each out; and the way in which the document's own words are shown.

use std::{
    collections::BTreeMap,
    fmt::{self, Display, Formatter},
};

use serde_json::Value;

use crate::ir::{Api, Operation, Origin, Parent, Role, TypeId, Webhook};

/// What each definition is called, by where it comes from.
pub(super) struct Labels(Vec<String>);

impl Labels {
    pub(super) fn of(api: &Api) -> Self {
        let mut labels: Vec<String> = api.types.ids().map(|id| label(api, id)).collect();
        let mut uses: BTreeMap<String, usize> = BTreeMap::new();
        for label in &mut labels {
            let seen = uses.entry(label.clone()).or_default();
            *seen += 1;
            if *seen > 1 {
                *label = format!("{label}#{seen}");
            }
        }
        Self(labels)
    }

    pub(super) fn get(&self, id: TypeId) -> &str {
        self.0.get(id.index()).map_or("?", String::as_str)
    }
}

/// From the definition outwards to the first thing with a name.
fn label(api: &Api, id: TypeId) -> String {
    let mut roles = Vec::new();
    let mut at = id;
    let root = loop {
        match &api.types[at].origin {
            Origin::Component(name) | Origin::Entry { name, .. } => break Name(name).to_string(),
            Origin::Inline { parent, role } => {
                roles.push(shown(role));
                match parent {
                    // A parent is never inside its own child, but a text must not depend on it.
                    Parent::Type(parent) if roles.len() < api.types.len() => at = *parent,
                    Parent::Type(_) => break "?".to_owned(),
                    Parent::Operation(id) => break api.operations.get(id.0).map_or_else(|| "?".to_owned(), called),
                    Parent::Webhook(id) => {
                        let webhook = api.webhooks.get(id.0);
                        break webhook.map_or_else(|| "?".to_owned(), |webhook| sent(api, webhook));
                    }
                    Parent::Component(name) => break Name(name).to_string(),
                }
            }
        }
    };
    roles.into_iter().rev().fold(root, |label, role| label + &role)
}

/// What an operation is called.
pub(super) fn called(operation: &Operation) -> String {
    operation.id.as_ref().map_or_else(
        || format!("<{} {}>", operation.method.as_str(), operation.template),
        |id| Name(id).to_string(),
    )
}

/// What a webhook is called, or a callback behind its operation.
pub(super) fn sent(api: &Api, webhook: &Webhook) -> String {
    let operation = webhook.origin.operation().and_then(|id| api.operations.get(id.0));
    let operation = operation.map_or_else(String::new, |operation| called(operation) + "!");
    format!("{operation}{}", Name(&webhook.key))
}

fn shown(role: &Role) -> String {
    match role {
        Role::Property(name) => format!(".{}", Name(name)),
        Role::Item => "[]".to_owned(),
        Role::Position(index) => format!("[{index}]"),
        Role::Definition(name) => format!("#{}", Name(name)),
        Role::AdditionalProperty => "{}".to_owned(),
        Role::Variant(index) => format!("|{index}"),
        Role::Base => "|base".to_owned(),
        Role::RequestBody(None) => ".request".to_owned(),
        Role::RequestBody(Some(media_type)) => format!(".request<{media_type}>"),
        Role::Response(status, None) => format!(".{status}"),
        Role::Response(status, Some(media_type)) => format!(".{status}<{media_type}>"),
        Role::Header(name) => format!(".header {}", Name(name)),
        Role::Parameter(name) => format!(".parameter {}", Name(name)),
    }
}

/// A name of the document's own; in quotes where it could be taken for something else.
pub(super) struct Name<'a>(pub(super) &'a str);

impl Display for Name<'_> {
    fn fmt(&self, out: &mut Formatter<'_>) -> fmt::Result {
        let plain = |character: char| character.is_alphanumeric() || "_-./:{}$@*+;=~%#<>".contains(character);
        if !self.0.is_empty() && self.0.chars().all(plain) {
            out.write_str(self.0)
        } else {
            write!(out, "{:?}", self.0)
        }
    }
}

/// A value that selects a variant: a text as a name, anything else as JSON.
pub(super) struct Tag<'a>(pub(super) &'a Value);

impl Display for Tag<'_> {
    fn fmt(&self, out: &mut Formatter<'_>) -> fmt::Result {
        match self.0 {
            Value::String(text) => Name(text).fmt(out),
            other => Literal(other).fmt(out),
        }
    }
}

/// A value of the document's own, as JSON on one line.
pub(super) struct Literal<'a>(pub(super) &'a Value);

impl Display for Literal<'_> {
    fn fmt(&self, out: &mut Formatter<'_>) -> fmt::Result {
        write!(out, "{}", self.0)
    }
}

/// The items one after the other.
pub(super) fn list(items: impl Iterator<Item = impl Display>, separator: &str) -> String {
    items.map(|item| item.to_string()).collect::<Vec<_>>().join(separator)
}

/// A text without anything that would end its line.
pub(super) fn one_line(text: &str) -> String {
    text.chars()
        .map(|character| if character.is_control() { ' ' } else { character })
        .collect()
}
