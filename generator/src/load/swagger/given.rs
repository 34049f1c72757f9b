//! A parameter as it is listed in, what it is at the end of all references out.

use serde_json::{Map, Value};

use super::{Translation, reference};
use crate::ir::Pointer;

/// What a parameter is part of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    /// It is the body.
    Body,
    /// A form, which is the body.
    Form,
    /// Something before the body: path, query, header or cookie.
    Head,
}

/// A parameter.
#[derive(Debug, Clone)]
pub(super) struct Given<'s> {
    pub(super) role: Role,
    pub(super) members: &'s Map<String, Value>,
    /// Where it is described.
    pub(super) place: Pointer,
    /// Where it is listed.
    pub(super) listed: Pointer,
}

impl<'s> Given<'s> {
    pub(super) fn name(&self) -> &'s str {
        self.members.get("name").and_then(Value::as_str).unwrap_or_default()
    }

    pub(super) fn is_required(&self) -> bool {
        self.members.get("required") == Some(&Value::Bool(true))
    }

    pub(super) fn schema(&self) -> Option<&'s Value> {
        self.members.get("schema")
    }

    /// Whether other operations may have it too.
    pub(super) fn is_shared(&self) -> bool {
        self.place != self.listed
    }
}

impl<'s> Translation<'s> {
    /// The parameter that `node`, which stands at `place`, is or leads to.
    pub(super) fn given(&self, node: &'s Value, place: &Pointer) -> Option<Given<'s>> {
        let (members, end) = self.end(node, place)?;
        let role = match members.get("in").and_then(Value::as_str)? {
            "body" => Role::Body,
            "formData" => Role::Form,
            _ => Role::Head,
        };
        Some(Given {
            role,
            members,
            place: end,
            listed: place.clone(),
        })
    }

    /// The object that `node`, which stands at `place`, is or leads to, and where that stands.
    pub(super) fn end(&self, node: &'s Value, place: &Pointer) -> Option<(&'s Map<String, Value>, Pointer)> {
        /// More steps than anybody takes, and fewer than a ring has.
        const STEPS: usize = 64;
        let (mut node, mut place) = (node.as_object()?, place.clone());
        for _ in 0..STEPS {
            let Some(reference) = node.get("$ref").and_then(Value::as_str) else {
                return Some((node, place));
            };
            place = reference::read(reference, self.source)?;
            node = self.source.pointer(place.as_str())?.as_object()?;
        }
        None
    }
}
