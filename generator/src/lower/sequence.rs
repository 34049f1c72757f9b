//! A media type that is made of JSON texts (JSON Lines, JSON sequences) in, the type of its items out.
//!
//! `itemSchema` describes an item. Without it, `schema` does, or describes the list of all of them: who wrote before there was
//! an `itemSchema` did one or the other.

use super::{
    context::Lowering,
    keywords::{JsonType, Keywords, Node},
    schema::Place,
};
use crate::ir::{Framing, Parent, Payload, Pointer, Role, Type};

/// A schema with its place.
type Described<'d> = (Node<'d>, Pointer);

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

    /// What `itemSchema` says, beside the `schema` at a place.
    pub(super) fn item_schema(&self, schema: &Pointer) -> Option<Described<'d>> {
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
}
