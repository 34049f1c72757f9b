//! The `xml` objects of a schema in, what they say together out.

use serde_json::{Map, Value};

use crate::{
    ir::{Pointer, XmlKind},
    lower::{
        context::Lowering,
        keywords::{Node, tells},
    },
};

/// What is said of the node that a value becomes.
#[derive(Debug, Default)]
pub(super) struct Facts {
    pub(super) kind: Option<XmlKind>,
    pub(super) wrapped: Option<bool>,
    pub(super) name: Option<String>,
    pub(super) prefix: Option<String>,
    pub(super) namespace: Option<String>,
}

impl Facts {
    /// Whether there is an element around the items of a list.
    pub(super) fn is_wrapped(&self) -> bool {
        match self.kind {
            Some(kind) => kind == XmlKind::Element,
            None => self.wrapped == Some(true),
        }
    }

    /// Adds what another object says that this one does not.
    fn add(&mut self, object: &Map<String, Value>) {
        let text = |name: &str| object.get(name).and_then(Value::as_str).filter(|text| !text.is_empty());
        let flag = |name: &str| object.get(name).and_then(Value::as_bool);
        let kind = text("nodeType").and_then(kind).or_else(|| {
            let is_text = flag("x-ms-text") == Some(true) || flag("x-text") == Some(true);
            match flag("attribute") {
                Some(true) => Some(XmlKind::Attribute),
                _ => is_text.then_some(XmlKind::Text),
            }
        });
        self.kind = self.kind.or(kind);
        self.wrapped = self.wrapped.or(flag("wrapped"));
        if self.name.is_none()
            && let Some(name) = text("name")
        {
            // Many a document writes the prefix into the name.
            let (prefix, local) = name
                .split_once(':')
                .map_or((None, name), |(prefix, local)| (Some(prefix), local));
            self.name = Some(local.to_owned());
            self.prefix = self.prefix.take().or(prefix.map(str::to_owned));
        }
        self.prefix = self.prefix.take().or(text("prefix").map(str::to_owned));
        self.namespace = self.namespace.take().or(text("namespace").map(str::to_owned));
    }
}

impl Lowering<'_> {
    /// What the schema at `place` says of XML, and then that which it is another name for.
    pub(super) fn xml_facts(&mut self, place: &Pointer) -> Facts {
        let mut facts = Facts::default();
        for place in self.names_of(place) {
            self.add_xml(&place, &mut facts);
            // Words beside a reference may be a part of their own.
            if let Some(Node::Schema(keywords)) = self.node_at(&place) {
                let list = place.child("allOf");
                let parts = keywords.all_of().iter().enumerate().filter(|(_, part)| !tells(part));
                for (index, _) in parts {
                    self.add_xml(&list.item(index), &mut facts);
                }
            }
        }
        facts
    }

    fn add_xml(&self, place: &Pointer, facts: &mut Facts) {
        if let Some(object) = self.document.value_at(&place.child("xml")).and_then(Value::as_object) {
            facts.add(object);
        }
    }
}

/// The words of OpenAPI 3.2.
fn kind(name: &str) -> Option<XmlKind> {
    match name {
        "element" => Some(XmlKind::Element),
        "attribute" => Some(XmlKind::Attribute),
        "text" => Some(XmlKind::Text),
        "cdata" => Some(XmlKind::CData),
        "none" => Some(XmlKind::None),
        _ => None,
    }
}
