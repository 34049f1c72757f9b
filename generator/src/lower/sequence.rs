//! A media type that is made of items (JSON Lines, JSON sequences, server-sent events) in, the types of its items out.
//!
//! `itemSchema` describes an item. Without it, `schema` does, or describes the list of all of them: who wrote before there was
//! an `itemSchema` did one or the other.

use serde_json::Value;

use super::{
    context::Lowering,
    docs,
    keywords::{JsonType, Keywords, Node},
    media::{Family, family},
    schema::Place,
};
use crate::{
    diagnostics::Code,
    ir::{Event, EventData, Framing, Parent, Payload, Pointer, Primitive, Role, Type},
};

/// A schema with its place.
type Described<'d> = (Node<'d>, Pointer);

/// The fields of a server-sent event.
const FIELDS: [&str; 4] = ["data", "event", "id", "retry"];

impl<'d> Lowering<'d> {
    /// Lowers JSON texts one after the other. `place` is that of the media type's `schema`.
    pub(super) fn lower_items(&mut self, framing: Framing, place: Place) -> Payload {
        let list = place.pointer.clone();
        if let Some((node, pointer)) = self.item_schema(&list) {
            return Payload::Items(framing, self.lower_node(node, Place { pointer, ..place }));
        }
        let ty = match self.node_at(&list) {
            None => Type::Any,
            // Text that nobody takes for JSON: the items are the caller's to tell apart.
            Some(node) if self.end_of(node).and_then(Keywords::ty) == Some(JsonType::String) => return Payload::Bytes,
            Some(Node::Reference(reference)) => match self.list_at(reference) {
                Some((node, place)) => self.lower_node(node, place),
                None => self.lower_node(Node::Reference(reference), place),
            },
            Some(node) => match self.lower_node(node, place).without_null() {
                Type::List(item) => *item,
                item => item,
            },
        };
        Payload::Items(framing, ty)
    }

    /// Lowers server-sent events. `place` is that of the media type's `schema`, which describes the data of each event;
    /// `itemSchema` describes events.
    pub(super) fn lower_events(&mut self, place: Place) -> Payload {
        let schema = place.pointer.clone();
        let Some((node, pointer)) = self.item_schema(&schema) else {
            let ty = match self.node_at(&schema) {
                Some(node) => self.lower_node(node, place),
                None => Type::Primitive(Primitive::String),
            };
            return Payload::EventStream(ty);
        };
        let place = Place { pointer, ..place };
        let Some((event, at)) = self.fields_of(node, &place.pointer) else {
            return Payload::EventStream(self.lower_node(node, place));
        };
        let data = field(event, &at, "data");
        let arms: Vec<(Keywords<'d>, Pointer)> = ["oneOf", "anyOf"]
            .into_iter()
            .flat_map(|choice| {
                let list = at.child(choice);
                let arms = event.get(choice).and_then(Value::as_array).map_or(0, Vec::len);
                (0..arms).map(move |index| list.item(index))
            })
            .filter_map(|arm| self.fields_of(self.node_at(&arm)?, &arm))
            .collect();
        if arms.is_empty() && field(event, &at, "event").is_none_or(|(node, _)| self.texts(node).is_empty()) {
            return match self.event_data(data, &place) {
                EventData::Json(ty) => Payload::EventStream(ty),
                EventData::Text | EventData::Exactly(_) => Payload::EventStream(Type::Primitive(Primitive::String)),
            };
        }
        let arms = if arms.is_empty() { vec![(event, at)] } else { arms };
        let mut events: Vec<Event> = Vec::new();
        for (arm, at) in arms {
            let texts = field(arm, &at, "event")
                .map(|(node, _)| self.texts(node))
                .unwrap_or_default();
            let kinds: Vec<Option<String>> = if texts.is_empty() {
                vec![None]
            } else {
                texts.into_iter().map(Some).collect()
            };
            for kind in kinds {
                let role = kind
                    .as_ref()
                    .map_or_else(|| place.role.clone(), |kind| Role::Property(kind.clone()));
                let data = self.event_data(
                    field(arm, &at, "data").or_else(|| data.clone()),
                    &Place { role, ..place.clone() },
                );
                let docs = docs::of_schema(arm);
                self.add_event(&mut events, Event { kind, data, docs }, &at);
            }
        }
        match events.as_slice() {
            [
                Event {
                    kind: None,
                    data: EventData::Json(ty),
                    ..
                },
            ] => Payload::EventStream(ty.clone()),
            [
                Event {
                    kind: None,
                    data: EventData::Text,
                    ..
                },
            ] => Payload::EventStream(Type::Primitive(Primitive::String)),
            _ => Payload::Events(events),
        }
    }

    fn add_event(&mut self, events: &mut Vec<Event>, event: Event, at: &Pointer) {
        let kind = event.kind.clone();
        let is_exact = |event: &Event| matches!(event.data, EventData::Exactly(_));
        let is_same = |known: &&mut Event| {
            let is_said_twice = kind.is_some() && !is_exact(known) && !is_exact(&event);
            known.kind == kind && (is_said_twice || known.data == event.data)
        };
        match events.iter_mut().find(is_same) {
            None => events.push(event),
            Some(known) if known.data == event.data => {}
            Some(known) => {
                known.data = EventData::Json(Type::Any);
                let kind = kind.unwrap_or_default();
                let message =
                    format!("the data of events `{kind}` is described in two ways; it is typed as any JSON value");
                self.report(Code::UnsupportedSchema, at, message);
            }
        }
    }

    /// What `itemSchema` says, beside the `schema` at a place.
    fn item_schema(&self, schema: &Pointer) -> Option<Described<'d>> {
        let pointer = super::parent_of(schema).child("itemSchema");
        Some((self.node_at(&pointer)?, pointer))
    }

    /// The items of the list that a reference leads to.
    fn list_at(&mut self, reference: &str) -> Option<(Node<'d>, Place)> {
        let (keywords, end) = self.terminal(reference).ok()?;
        let node = keywords.items().filter(|_| keywords.ty() == Some(JsonType::Array))?;
        let place = Place {
            pointer: end.child("items"),
            parent: Parent::Type(self.shared(&end)),
            role: Role::Item,
        };
        Some((node, place))
    }

    /// The schema at the end of all references, if it describes any field of an event.
    fn fields_of(&mut self, node: Node<'d>, at: &Pointer) -> Option<(Keywords<'d>, Pointer)> {
        let (keywords, at) = match node {
            Node::Schema(keywords) => (keywords, at.clone()),
            Node::Reference(reference) => self.terminal(reference).ok()?,
        };
        let is_field = |name: &str| FIELDS.contains(&name);
        keywords
            .properties()
            .any(|(name, _)| is_field(name))
            .then_some((keywords, at))
    }

    /// The texts that a field is one of, where it is.
    fn texts(&mut self, node: Node<'d>) -> Vec<String> {
        let values = self.end_of(node).map(Keywords::enumeration).unwrap_or_default();
        values.iter().filter_map(Value::as_str).map(str::to_owned).collect()
    }

    /// What the field `data` is: a JSON text by its `contentSchema`, or where it is of another type than a string.
    fn event_data(&mut self, data: Option<Described<'d>>, place: &Place) -> EventData {
        let Some((node, pointer)) = data else {
            return EventData::Text;
        };
        let Some(keywords) = self.end_of(node) else {
            return EventData::Json(Type::Any);
        };
        let is_json = keywords
            .text("contentMediaType")
            .map(|name| family(name) == Family::Json);
        let inside = |pointer| Place {
            pointer,
            ..place.clone()
        };
        if keywords.get("contentSchema").is_some() && is_json != Some(false) {
            let end = self.end_of_references(&pointer).unwrap_or(pointer);
            let schema = end.child("contentSchema");
            let ty = self.node_at(&schema).map(|node| self.lower_node(node, inside(schema)));
            return EventData::Json(ty.unwrap_or(Type::Any));
        }
        match (self.texts(node).as_slice(), is_json) {
            ([only], _) => EventData::Exactly(only.clone()),
            (_, Some(true)) => EventData::Json(Type::Any),
            (_, Some(false)) => EventData::Text,
            (_, None)
                if matches!(keywords.ty(), None | Some(JsonType::String))
                    && keywords.is_bare()
                    && keywords.all_of().is_empty() =>
            {
                EventData::Text
            }
            (_, None) => EventData::Json(self.lower_node(node, inside(pointer))),
        }
    }
}

/// The schema of a field of an event.
fn field<'d>(event: Keywords<'d>, at: &Pointer, name: &str) -> Option<Described<'d>> {
    let (_, node) = event.properties().find(|(known, _)| *known == name)?;
    Some((node, at.child("properties").child(name)))
}
