//! A schema in, the nodes of XML out that its values become.
//!
//! The tables stand beside the types: models are types of JSON, whatever they are written as. Where several schemas describe a
//! value, its members are those of all.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use indexmap::IndexMap;
use serde_json::Value;

use super::{
    context::Lowering,
    keywords::{JsonType, Keywords, Node},
    reference,
    xml_facts::Facts,
};
use crate::{
    diagnostics::Code,
    ir::{Pointer, Xml, XmlKind, XmlMember, XmlNode, XmlObject, XmlObjectId, XmlRootId, XmlShape},
};

/// How deep lists within lists are looked into.
const LISTS: usize = 16;

/// How the outermost element is called where nobody says.
const ROOT: &str = "body";

/// What is known of objects in XML so far.
#[derive(Debug, Default)]
pub(super) struct Nodes {
    pub(super) described: Xml,
    known: BTreeMap<Pointer, XmlObjectId>,
    pending: VecDeque<(XmlObjectId, View)>,
}

/// What all schemas of a value say of it together.
#[derive(Debug, Default)]
struct View {
    properties: IndexMap<String, Pointer>,
    required: BTreeSet<String>,
    additional: Option<Pointer>,
    items: Option<Pointer>,
    positions: Vec<Pointer>,
    is_object: bool,
    is_list: bool,
    scalars: Vec<XmlShape>,
}

impl View {
    fn scalar(&mut self, scalar: XmlShape) {
        if !self.scalars.contains(&scalar) {
            self.scalars.push(scalar);
        }
    }

    /// What it is where it is neither an object nor a list.
    fn of_scalars(&self) -> XmlShape {
        match self.scalars.as_slice() {
            [] => XmlShape::Any,
            scalars if scalars.contains(&XmlShape::Text) => XmlShape::Text,
            [only] => only.clone(),
            _ => XmlShape::Guess,
        }
    }
}

impl Lowering<'_> {
    /// The element that a body becomes whose schema is at `place`. Where one is `sent`, it has to have a name.
    pub(super) fn lower_xml(&mut self, place: &Pointer, sent: bool) -> XmlRootId {
        let facts = self.xml_facts(place);
        let end = self.xml_end(place);
        let component = reference::component(&end).map(|(_, name)| name);
        let name = component.or_else(|| reference::entry(&end).map(|(name, _)| name));
        if name.is_none() && facts.name.is_none() && sent {
            let message = format!("the outermost element of this body has no name; it is sent as `{ROOT}`");
            let hint = "`xml.name` of the schema names it; else the component does that it is";
            self.report_with_hint(Code::UndefinedStyle, place, message, hint);
        }
        let name = name.unwrap_or_else(|| ROOT.to_owned());
        let shape = self.xml_shape(place, facts.name.as_deref().unwrap_or(&name), LISTS);
        let node = self.xml_node_of(facts, shape, &name, place);
        let root = XmlNode {
            kind: XmlKind::Element,
            ..node
        };
        XmlRootId(self.xml.described.roots.insert_full(root).0)
    }

    /// Describes the objects that were met.
    pub(super) fn lower_pending_xml(&mut self) {
        while let Some((id, view)) = self.xml.pending.pop_front() {
            let mut members = Vec::new();
            for (key, place) in &view.properties {
                members.push(XmlMember {
                    key: key.clone(),
                    node: self.xml_node(place, key, LISTS),
                    required: view.required.contains(key),
                });
            }
            let rest = match &view.additional {
                Some(place) => self.xml_shape(place, "item", LISTS),
                None => XmlShape::Any,
            };
            if let Some(object) = self.xml.described.objects.get_mut(id.0) {
                object.members = members;
                object.rest = rest;
            }
        }
    }

    /// The node that a value becomes which is called `name`.
    fn xml_node(&mut self, place: &Pointer, name: &str, lists: usize) -> XmlNode {
        let facts = self.xml_facts(place);
        // The name of a list is that of the element around its items, where there is one; else it says nothing.
        let of_items = match &facts.name {
            Some(own) if facts.is_wrapped() => own,
            _ => name,
        };
        let shape = self.xml_shape(place, of_items, lists);
        self.xml_node_of(facts, shape, name, place)
    }

    fn xml_node_of(&mut self, facts: Facts, shape: XmlShape, name: &str, place: &Pointer) -> XmlNode {
        let is_list = matches!(shape, XmlShape::List(..));
        let mut kind = facts.kind.unwrap_or(match (is_list, facts.wrapped) {
            (true, Some(true)) | (false, _) => XmlKind::Element,
            (true, _) => XmlKind::None,
        });
        let is_text = matches!(kind, XmlKind::Attribute | XmlKind::Text | XmlKind::CData);
        if is_text && matches!(shape, XmlShape::Object(_)) {
            let message = "an object is written as an element in XML, and not as text or as an attribute";
            self.report(Code::UndefinedStyle, &place.child("xml"), message);
            kind = XmlKind::Element;
        }
        XmlNode {
            kind,
            name: facts.name.unwrap_or_else(|| name.to_owned()),
            prefix: facts.prefix,
            namespace: facts.namespace,
            shape,
        }
    }

    /// What stands in the node of a value; items that have no name are called `name`.
    fn xml_shape(&mut self, place: &Pointer, name: &str, lists: usize) -> XmlShape {
        let end = self.xml_end(place);
        if let Some(id) = self.xml.known.get(&end) {
            return XmlShape::Object(*id);
        }
        let mut view = View::default();
        self.look(&end, &mut view, &mut BTreeSet::new());
        if view.is_object {
            let id = XmlObjectId(self.xml.described.objects.len());
            self.xml.described.objects.push(XmlObject {
                pointer: end.clone(),
                members: Vec::new(),
                rest: XmlShape::Any,
            });
            self.xml.known.insert(end, id);
            self.xml.pending.push_back((id, view));
            return XmlShape::Object(id);
        }
        let Some(lists) = lists.checked_sub(1).filter(|_| view.is_list) else {
            return if view.is_list { XmlShape::Any } else { view.of_scalars() };
        };
        let positions = view.positions.iter().map(|place| self.xml_node(place, name, lists));
        let positions: Vec<XmlNode> = positions.collect();
        let rest = match &view.items {
            Some(place) => self.xml_node(place, name, lists),
            None => XmlNode {
                kind: XmlKind::Element,
                name: name.to_owned(),
                prefix: None,
                namespace: None,
                shape: XmlShape::Any,
            },
        };
        XmlShape::List(positions, Box::new(rest))
    }

    /// Where the schema stands that `place` is another name for, with words of its own or without.
    pub(super) fn xml_end(&mut self, place: &Pointer) -> Pointer {
        let mut place = place.clone();
        let mut seen = BTreeSet::new();
        while seen.insert(place.clone()) {
            let Ok(end) = self.end_of_references(&place) else { break };
            place = end;
            let Some(part) = self.described_reference(&place) else {
                break;
            };
            place = part;
        }
        place
    }

    /// The reference that a schema is which only adds words to it.
    pub(super) fn described_reference(&self, place: &Pointer) -> Option<Pointer> {
        let Node::Schema(keywords) = self.node_at(place)? else {
            return None;
        };
        let list = place.child("allOf");
        let parts = keywords.all_of().iter().enumerate();
        let telling = parts.filter(|(_, part)| super::keywords::tells(part));
        let mut telling = telling.map(|(index, part)| (list.child(index.to_string()), Node::of(part)));
        match (telling.next()?, telling.next()) {
            ((place, Some(Node::Reference(_))), None) if keywords.is_bare() => Some(place),
            _ => None,
        }
    }

    /// Adds what the schemas at `place` say.
    fn look(&mut self, place: &Pointer, view: &mut View, seen: &mut BTreeSet<Pointer>) {
        if !seen.insert(place.clone()) {
            return;
        }
        match self.node_at(place) {
            Some(Node::Reference(_)) => {
                if let Ok(end) = self.end_of_references(place) {
                    self.look(&end, view, seen);
                }
            }
            Some(Node::Schema(keywords)) => {
                note(keywords, place, view);
                for name in ["allOf", "oneOf", "anyOf"] {
                    let list = place.child(name);
                    for index in 0..keywords.list(name).len() {
                        self.look(&list.child(index.to_string()), view, seen);
                    }
                }
                if let Some(discriminator) = keywords.discriminator() {
                    let targets: Vec<&str> = discriminator.targets().collect();
                    let mut heirs = self.heirs_of(place);
                    heirs.extend(
                        targets
                            .into_iter()
                            .filter_map(|target| Some(self.terminal(target).ok()?.1)),
                    );
                    for heir in heirs {
                        self.look(&heir, view, seen);
                    }
                }
            }
            None => {}
        }
    }
}

/// Adds what one schema says, without those in it.
fn note(keywords: Keywords<'_>, place: &Pointer, view: &mut View) {
    let properties = place.child("properties");
    for (name, _) in keywords.properties() {
        let known = view.properties.entry(name.to_owned());
        known.or_insert_with(|| properties.child(name));
    }
    view.required.extend(keywords.required().map(str::to_owned));
    for name in ["additionalProperties", "unevaluatedProperties"] {
        if keywords.get(name).is_some_and(Value::is_object) {
            view.additional.get_or_insert_with(|| place.child(name));
        }
    }
    if keywords.items().is_some() {
        view.items.get_or_insert_with(|| place.child("items"));
    }
    if view.positions.is_empty() {
        let list = place.child("prefixItems");
        let positions = 0..keywords.prefix_items().len();
        view.positions = positions.map(|index| list.child(index.to_string())).collect();
    }
    view.is_object |= keywords.types_members();
    view.is_list |= !keywords.says_nothing_of_a_list();
    match keywords.ty() {
        Some(JsonType::Object) => view.is_object = true,
        Some(JsonType::Array) => view.is_list = true,
        Some(JsonType::String | JsonType::Other(_)) if keywords.is_enumerated() || keywords.format().is_some() => {
            view.scalar(XmlShape::Word);
        }
        Some(JsonType::String | JsonType::Other(_)) => view.scalar(XmlShape::Text),
        Some(JsonType::Integer | JsonType::Number) => view.scalar(XmlShape::Number),
        Some(JsonType::Boolean) => view.scalar(XmlShape::Boolean),
        Some(JsonType::Null) => {}
        None => {
            for value in keywords.enumeration() {
                match value {
                    Value::Null => {}
                    Value::Bool(_) => view.scalar(XmlShape::Boolean),
                    Value::Number(_) => view.scalar(XmlShape::Number),
                    Value::String(_) => view.scalar(XmlShape::Word),
                    Value::Array(_) => view.is_list = true,
                    Value::Object(_) => view.is_object = true,
                }
            }
        }
    }
}
