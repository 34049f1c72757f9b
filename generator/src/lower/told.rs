//! A member that is to tell alternatives apart in, what its values are out: texts, integers or flags.

use std::collections::BTreeSet;

use serde_json::Value;

use super::{
    all_of::Conjunction,
    context::Lowering,
    keywords::{JsonType, Keywords, Node},
    object, values,
};
use crate::ir::Pointer;

/// How deep choices may be alternatives of others, and the member's own schema may be made of others.
const DEPTH: usize = 8;

/// What the tags of a union are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Text,
    Integer,
    Flag,
}

/// Why a member cannot tell alternatives apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Untold {
    /// It is the path of a member inside of another.
    Path,
    /// Its values are lists or objects.
    Parts,
    /// Its values are of one kind here, and of another there.
    Mixed,
}

impl Untold {
    /// What is reported of the member `property`.
    pub(super) fn message(self, property: &str) -> String {
        let why = match self {
            Self::Path => "is the name of no member",
            Self::Parts => "is no text, integer or flag",
            Self::Mixed => "is not of the same kind in all alternatives",
        };
        format!("the discriminator `{property}` {why}; the alternatives are told apart by their shape")
    }
}

impl Kind {
    pub(super) fn of(tag: &Value) -> Self {
        match tag {
            Value::Bool(_) => Self::Flag,
            Value::Number(_) => Self::Integer,
            Value::Null | Value::String(_) | Value::Array(_) | Value::Object(_) => Self::Text,
        }
    }

    /// The tag that is written as `text` where only texts can be.
    pub(super) fn read(self, text: &str) -> Option<Value> {
        match self {
            Self::Text => Some(text.into()),
            Self::Integer => text.parse::<i64>().ok().map(Value::from),
            Self::Flag => text.parse::<bool>().ok().map(Value::from),
        }
    }
}

/// A scalar as it is written where only texts can be.
pub(super) fn text(value: &Value) -> Option<String> {
    let is_scalar = value.is_string() || value.is_boolean() || value.is_number();
    is_scalar.then(|| values::text(value))
}

/// What schemas say of a member.
#[derive(Debug, Default)]
struct Said {
    is_described: bool,
    kind: Option<Kind>,
    untold: Option<Untold>,
    seen: BTreeSet<Pointer>,
}

impl Said {
    fn hear(&mut self, kind: Result<Kind, Untold>) {
        match (kind, self.kind) {
            (Err(untold), _) => _ = self.untold.get_or_insert(untold),
            (Ok(kind), Some(other)) if kind != other => _ = self.untold.get_or_insert(Untold::Mixed),
            (Ok(kind), _) => self.kind = Some(kind),
        }
    }
}

impl<'d> Lowering<'d> {
    /// What the values of the member `property` are in what `flats` describe; texts, where nobody says it.
    pub(super) fn kind_of_tags<'c>(
        &mut self,
        flats: impl IntoIterator<Item = &'c Conjunction<'d>>,
        property: &str,
    ) -> Result<Kind, Untold>
    where
        'd: 'c,
    {
        let mut said = Said::default();
        for flat in flats {
            self.hear_member(flat, property, &mut said, DEPTH);
        }
        if let Some(untold) = said.untold {
            return Err(untold);
        }
        if !said.is_described && property.contains('.') {
            return Err(Untold::Path);
        }
        Ok(said.kind.unwrap_or(Kind::Text))
    }

    fn hear_member(&mut self, flat: &Conjunction<'d>, property: &str, said: &mut Said, depth: usize) {
        let Some(depth) = depth.checked_sub(1) else { return };
        let members = object::members(flat);
        for occurrence in members.get(property).into_iter().flat_map(|member| &member.occurrences) {
            said.is_described = true;
            if let Ok(member) = self.flatten([(occurrence.node, occurrence.pointer.clone(), None)]) {
                self.hear_kind(&member, said, depth);
            }
        }
        for choice in &flat.choices {
            if said.seen.insert(choice.pointer.clone()) {
                for alternative in self.alternatives(choice) {
                    if let Some(flat) = &alternative.flat {
                        self.hear_member(flat, property, said, depth);
                    }
                }
            }
        }
    }

    /// What the schema of the member says.
    fn hear_kind(&mut self, member: &Conjunction<'d>, said: &mut Said, depth: usize) {
        for arm in &member.arms {
            if let Some(kind) = kind_of(arm.keywords) {
                said.hear(kind);
            }
        }
        let Some(depth) = depth.checked_sub(1) else { return };
        for choice in &member.choices {
            for (index, node) in choice.nodes.iter().enumerate() {
                let Some(node) = Node::of(node) else { continue };
                if let Ok(flat) = self.flatten([(node, choice.pointer.item(index), None)]) {
                    self.hear_kind(&flat, said, depth);
                }
            }
        }
    }
}

/// What the values of one schema are, if it says so.
fn kind_of(keywords: Keywords<'_>) -> Option<Result<Kind, Untold>> {
    match keywords.ty() {
        Some(JsonType::String) => return Some(Ok(Kind::Text)),
        Some(JsonType::Integer | JsonType::Number) => return Some(Ok(Kind::Integer)),
        Some(JsonType::Boolean) => return Some(Ok(Kind::Flag)),
        Some(JsonType::Array | JsonType::Object) => return Some(Err(Untold::Parts)),
        Some(JsonType::Null | JsonType::Other(_)) | None => {}
    }
    if keywords.has_properties() || keywords.items().is_some() {
        return Some(Err(Untold::Parts));
    }
    let values = keywords.enumeration();
    let value = values.iter().find(|value| !value.is_null())?;
    Some(match value {
        Value::Array(_) | Value::Object(_) => Err(Untold::Parts),
        scalar => Ok(Kind::of(scalar)),
    })
}
