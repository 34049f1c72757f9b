//! A schema in, the nodes of XML out that its values become.
//!
//! The tables stand beside the types: models are types of JSON, whatever they are written as. Where several schemas describe a
//! value, its members are those of all.

mod facts;
mod view;

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use self::{facts::Facts, view::View};
use super::{context::Lowering, keywords::Node, reference};
use crate::{
    diagnostics::Code,
    ir::{Pointer, Xml, XmlKind, XmlMember, XmlNode, XmlObject, XmlObjectId, XmlRootId, XmlShape},
};

/// How deep lists within lists are looked into.
const LISTS: usize = 8;

/// How the outermost element is called where nobody says.
const ROOT: &str = "body";

/// What is known of objects in XML so far.
#[derive(Debug, Default)]
pub(super) struct Nodes {
    pub(super) described: Xml,
    /// By the places that describe them.
    known: BTreeMap<Vec<Pointer>, XmlObjectId>,
    /// The lists that are being described.
    open: BTreeSet<Vec<Pointer>>,
    pending: VecDeque<(XmlObjectId, View)>,
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
        let shape = self.xml_shape(
            std::slice::from_ref(place),
            facts.name.as_deref().unwrap_or(&name),
            LISTS,
        );
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
            for (key, places) in &view.properties {
                members.push(XmlMember {
                    key: key.clone(),
                    node: self.xml_node(places, key, LISTS),
                    required: view.required.contains(key),
                });
            }
            self.tell_lists_apart(&mut members, &view);
            self.tell_nodes_apart(&mut members, &view);
            self.compare_descriptions(&view);
            let rest = match &view.additional {
                Some(place) => self.xml_shape(std::slice::from_ref(place), "item", LISTS),
                None => XmlShape::Any,
            };
            if let Some(object) = self.xml.described.objects.get_mut(id.0) {
                object.members = members;
                object.rest = rest;
                object.text = match view.of_scalars() {
                    XmlShape::Any => XmlShape::Text,
                    scalar => scalar,
                };
            }
        }
        self.close_rings();
    }

    /// Gives an element to objects that would stand directly in themselves.
    fn close_rings(&mut self) {
        for index in 0..self.xml.described.objects.len() {
            let id = XmlObjectId(index);
            let within = |node: &XmlNode| self.stands_in(id, node);
            let object = &self.xml.described.objects[index];
            let rings: Vec<usize> = (0..object.members.len())
                .filter(|member| within(&object.members[*member].node))
                .collect();
            let place = object.pointer.clone();
            for member in rings {
                self.xml.described.objects[index].members[member].node.kind = XmlKind::Element;
                let message = "an object cannot stand directly in itself; it is written as an element";
                self.report(Code::UndefinedStyle, &place, message);
            }
        }
    }

    /// Whether an object stands in a node without an element around it, however many are between.
    fn stands_in(&self, id: XmlObjectId, node: &XmlNode) -> bool {
        let mut seen = BTreeSet::new();
        let mut pending = vec![node];
        while let Some(node) = pending.pop() {
            let (XmlKind::None, XmlShape::Object(inner)) = (node.kind, &node.shape) else {
                continue;
            };
            if *inner == id {
                return true;
            }
            if seen.insert(*inner) {
                let members = &self.xml.described.objects[inner.0].members;
                pending.extend(members.iter().map(|member| &member.node));
            }
        }
        false
    }

    /// Writes elements around the items of lists that nobody could tell apart without.
    fn tell_lists_apart(&mut self, members: &mut [XmlMember], view: &View) {
        let bare = members.iter().filter(|member| member.node.kind == XmlKind::None);
        let mut lists: BTreeMap<String, Vec<&str>> = BTreeMap::new();
        for member in bare {
            if let XmlShape::List(_, rest) = &member.node.shape {
                lists.entry(rest.name.clone()).or_default().push(&member.key);
            }
        }
        let elements = members.iter().filter(|member| member.node.kind == XmlKind::Element);
        let elements: BTreeSet<&str> = elements.map(|member| member.node.name.as_str()).collect();
        let alike: Vec<(String, String)> = lists
            .into_iter()
            .filter(|(item, keys)| keys.len() > 1 || elements.contains(item.as_str()))
            .flat_map(|(item, keys)| keys.into_iter().map(move |key| (key.to_owned(), item.clone())))
            .collect();
        for (key, item) in alike {
            let member = members.iter_mut().find(|member| member.key == key);
            let place = view.properties.get(&key).and_then(|places| places.first());
            let (Some(member), Some(place)) = (member, place) else {
                continue;
            };
            member.node.kind = XmlKind::Element;
            let own = self.xml_facts(place).name;
            member.node.name = own.filter(|own| *own != item).unwrap_or(key);
            let message = format!(
                "the items of this list are called `{item}` in XML, as something beside them; they are written in an element `{}`",
                member.node.name
            );
            self.report(Code::UndefinedStyle, place, message);
        }
    }

    /// Gives members their own names whose nodes nobody could tell apart, as where two are of one type that has a name.
    fn tell_nodes_apart(&mut self, members: &mut [XmlMember], view: &View) {
        let mut alike: BTreeMap<(bool, String, Option<String>), Vec<usize>> = BTreeMap::new();
        for (index, member) in members.iter().enumerate() {
            let node = &member.node;
            if matches!(node.kind, XmlKind::Element | XmlKind::Attribute) {
                let name = (
                    node.kind == XmlKind::Attribute,
                    node.name.clone(),
                    node.namespace.clone(),
                );
                alike.entry(name).or_default().push(index);
            }
        }
        for ((_, name, _), indexes) in alike.into_iter().filter(|(_, indexes)| indexes.len() > 1) {
            for index in indexes {
                let member = &mut members[index];
                if member.node.name == member.key {
                    continue;
                }
                member.node.name.clone_from(&member.key);
                let place = view.properties.get(&member.key).and_then(|places| places.first());
                let message = format!(
                    "several members are called `{name}` in XML; this one is written as `{}`",
                    member.key
                );
                self.report(Code::UndefinedStyle, place.unwrap_or(&Pointer::root()), message);
            }
        }
    }

    /// Says of which members alternatives of a value disagree in XML: one table is there for all of them.
    fn compare_descriptions(&mut self, view: &View) {
        for (key, places) in view.properties.iter().filter(|(_, places)| places.len() > 1) {
            let mut said = Vec::new();
            for place in places {
                let Facts {
                    kind, name, namespace, ..
                } = self.xml_facts(place);
                said.push((kind.unwrap_or(XmlKind::Element), name, namespace));
            }
            let differs = said.iter().position(|other| Some(other) != said.first());
            if let Some(place) = differs.and_then(|index| places.get(index)) {
                let message = format!(
                    "`{key}` is another node of XML in other schemas of this value; it is sent as those have it"
                );
                self.report(Code::UnsupportedSchema, &place.clone(), message);
            }
        }
    }

    /// The node that a value becomes which is called `name`; what is said of it where it is described first counts.
    fn xml_node(&mut self, places: &[Pointer], name: &str, lists: usize) -> XmlNode {
        let Some(place) = places.first() else {
            return anything(name);
        };
        let facts = self.xml_facts(place);
        // The name of a list is that of the element around its items, where there is one; else it says nothing.
        let of_items = match &facts.name {
            Some(own) if facts.is_wrapped() => own,
            _ => name,
        };
        let shape = self.xml_shape(places, of_items, lists);
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
    fn xml_shape(&mut self, places: &[Pointer], name: &str, lists: usize) -> XmlShape {
        let mut ends: Vec<Pointer> = places.iter().map(|place| self.xml_end(place)).collect();
        ends.dedup();
        if let Some(id) = self.xml.known.get(&ends) {
            return XmlShape::Object(*id);
        }
        let mut view = View::default();
        let mut seen = BTreeSet::new();
        for end in &ends {
            self.look(end, &mut view, ends.len() == 1, &mut seen);
        }
        if view.is_object {
            let id = XmlObjectId(self.xml.described.objects.len());
            self.xml.described.objects.push(XmlObject {
                pointer: ends.first().cloned().unwrap_or_default(),
                members: Vec::new(),
                rest: XmlShape::Any,
                text: XmlShape::Text,
            });
            self.xml.known.insert(ends, id);
            self.xml.pending.push_back((id, view));
            return XmlShape::Object(id);
        }
        if !view.is_list {
            return view.of_scalars();
        }
        // A list of itself goes on for as long as anybody looks.
        let Some(lists) = lists.checked_sub(1).filter(|_| self.xml.open.insert(ends.clone())) else {
            return XmlShape::Any;
        };
        let positions = view.positions.iter();
        let positions = positions.map(|place| self.xml_node(std::slice::from_ref(place), name, lists));
        let positions: Vec<XmlNode> = positions.collect();
        let rest = self.xml_node(&view.items, name, lists);
        self.xml.open.remove(&ends);
        XmlShape::List(positions, Box::new(rest))
    }

    /// Where the schema stands that `place` is another name for, with words of its own or without.
    fn xml_end(&mut self, place: &Pointer) -> Pointer {
        let mut names = self.names_of(place);
        names.pop().unwrap_or_else(|| place.clone())
    }

    /// `place`, and what it is another name for, step by step.
    fn names_of(&mut self, place: &Pointer) -> Vec<Pointer> {
        let mut places = vec![place.clone()];
        let mut seen = BTreeSet::from([place.clone()]);
        let mut next = self.named_at(place);
        while let Some(place) = next.filter(|place| seen.insert(place.clone())) {
            next = self.named_at(&place);
            places.push(place);
        }
        places
    }

    /// What the schema at a place is another name for.
    fn named_at(&mut self, place: &Pointer) -> Option<Pointer> {
        match self.node_at(place)? {
            Node::Reference(reference) => {
                self.end_of_references(place).ok()?;
                reference::parse(reference).ok()
            }
            Node::Schema(keywords) => {
                let (index, _) = keywords.sole_reference()?;
                Some(place.child("allOf").item(index))
            }
        }
    }
}

/// An element of which nothing is known but its name.
fn anything(name: &str) -> XmlNode {
    XmlNode {
        kind: XmlKind::Element,
        name: name.to_owned(),
        prefix: None,
        namespace: None,
        shape: XmlShape::Any,
    }
}
