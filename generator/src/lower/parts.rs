//! The schema of a multipart body in, the members of all of its forms out.
//!
//! A base with heirs, `oneOf` and `anyOf` permit several forms. A body of parts has room for all of them: what every form has
//! is a part as it stands there, what only some have is a part that may be left out.

use indexmap::IndexMap;

use super::{
    context::Lowering,
    keywords::{Keywords, Node},
    media::{Family, family},
    object::{self, Member, Occurrence},
    schema::Place,
};
use crate::{
    diagnostics::Code,
    ir::{Parent, Pointer, Primitive, Role, Shape, Type},
};

/// How many lists are looked into for what a part carries.
const LISTS: usize = 8;

/// A member, in each of the ways in which forms describe it that have nothing in common.
pub(super) type Described<'d> = Vec<Member<'d>>;

impl<'d> Lowering<'d> {
    /// The members of a body that is described at `place`.
    pub(super) fn members_of_forms(&mut self, node: Node<'d>, place: &Place) -> IndexMap<&'d str, Described<'d>> {
        let schema = Occurrence {
            node,
            pointer: place.pointer.clone(),
            parent: None,
        };
        let forms = self.forms(&[schema]);
        let several = forms.len();
        let mut members: IndexMap<&'d str, Described<'d>> = IndexMap::new();
        for form in &forms {
            for (name, member) in object::members(&form.flat) {
                members.entry(name).or_default().push(member);
            }
        }
        if several > 1 && !members.is_empty() {
            let message = format!(
                "a multipart body of {several} forms: those of their parts are sent that are set, and nobody checks which belong \
                 together"
            );
            self.report(Code::UnsupportedMediaType, &place.pointer, message);
        }
        for described in members.values_mut() {
            let required = described.len() == several && described.iter().all(|member| member.required);
            *described = together(std::mem::take(described));
            for member in described.iter_mut() {
                member.required = required;
            }
        }
        members
    }

    /// The type of a part that is no file, with the format that the settings have for it.
    pub(super) fn lower_part(&mut self, name: &str, described: &[Member<'d>], parent: &Parent, at: &Pointer) -> Type {
        let mut types: Vec<Type> = Vec::new();
        for member in described {
            let ty = self.lower_member(member, parent, &Role::Property(name.to_owned()));
            let ty = self.with_format_of_settings(ty, name, member, None);
            if !types.contains(&ty) {
                types.push(ty);
            }
        }
        if let [sole] = types.as_slice() {
            return sole.clone();
        }
        if types.iter().all(|ty| self.is_of_texts(ty)) {
            return Type::Primitive(Primitive::String);
        }
        let message = format!("the forms describe the part `{name}` in different ways; it is typed as any JSON value");
        self.report(Code::UnsupportedMediaType, at, message);
        Type::Any
    }

    /// Whether a value of a type is a text, whatever is said of it: a tag, say, that each form has its own of.
    fn is_of_texts(&self, ty: &Type) -> bool {
        match ty {
            Type::Primitive(Primitive::String) => true,
            Type::Def(id) => match &self.types[*id].shape {
                Shape::Enum(body) => body.values.iter().all(|value| value.wire.is_string()),
                Shape::Struct(_) | Shape::Union(_) | Shape::Tuple(_) | Shape::Alias(_) => false,
            },
            Type::Primitive(_)
            | Type::List(_)
            | Type::Tuple(_)
            | Type::Map(_)
            | Type::Nullable(_)
            | Type::Constant(_)
            | Type::Any => false,
        }
    }

    /// What a part is handed over as whose media type nobody writes: it would hold JSON under another name.
    pub(super) fn unwritten(&mut self, name: &str, member: &Member<'d>, declared: &str, at: &Pointer) -> Option<Type> {
        let (ty, instead) = match family(declared) {
            Family::Json | Family::Wildcard => return None,
            Family::Text => (Primitive::String, "text"),
            Family::Form
            | Family::Multipart
            | Family::EventStream
            | Family::Items(_)
            | Family::Bytes
            | Family::Xml
            | Family::Opaque => (Primitive::Binary, "bytes"),
        };
        let has_a_text = member
            .occurrences
            .iter()
            .any(|occurrence| self.is_text_or_list(occurrence.node, LISTS));
        let nodes = member.occurrences.iter().map(|occurrence| occurrence.node);
        let is_free = nodes.filter_map(|node| self.end_of(node)).all(Keywords::is_bare);
        if has_a_text || is_free || declared.split(',').any(|name| family(name) == Family::Json) {
            return None;
        }
        let message = format!("the part `{name}` is not written as `{declared}`; it is handed over as {instead}");
        self.report(Code::UnsupportedMediaType, &at.child("contentType"), message);
        Some(Type::Primitive(ty))
    }

    /// Whether a value is one that has a text, or a list of these, which is a part for each.
    fn is_text_or_list(&mut self, node: Node<'d>, depth: usize) -> bool {
        if self.is_of_text(node) {
            return true;
        }
        let items = self.end_of(node).and_then(Keywords::items);
        items
            .zip(depth.checked_sub(1))
            .is_some_and(|(items, depth)| self.is_text_or_list(items, depth))
    }
}

/// The ways in which a member is described: what is said in all of them, where there is something; else each of them once.
fn together(mut described: Vec<Member<'_>>) -> Vec<Member<'_>> {
    let Some((first, others)) = described.split_first() else {
        return described;
    };
    let is_everywhere = |one: &&Occurrence<'_>| {
        let says_so = |member: &Member<'_>| member.occurrences.iter().any(|other| other.pointer == one.pointer);
        others.iter().all(says_so)
    };
    let common: Vec<_> = first.occurrences.iter().filter(is_everywhere).cloned().collect();
    if !common.is_empty() {
        return vec![Member {
            occurrences: common,
            required: first.required,
        }];
    }
    let mut seen: Vec<Vec<Pointer>> = Vec::new();
    described.retain(|member| {
        let places: Vec<_> = member.occurrences.iter().map(|one| one.pointer.clone()).collect();
        let is_new = !seen.contains(&places);
        seen.push(places);
        is_new
    });
    described
}
