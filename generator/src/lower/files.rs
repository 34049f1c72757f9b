//! The schemas of a part of a multipart body in, the files that it carries out.
//!
//! A part may be a file, any number of files under one name, or either: bytes stay bytes here, as they could not inside JSON.

use std::collections::BTreeSet;

use serde_json::Value;

use super::{
    context::Lowering,
    forms::Form,
    keywords::{JsonType, Keywords, Node, Others},
    media::{Family, essence, family},
    object::{Member, Occurrence},
    raw,
};
use crate::{
    diagnostics::Code,
    ir::{Pointer, Primitive, Type},
};

/// What a part carries.
#[derive(Debug, Default)]
pub(super) struct Files<'d> {
    /// Whether there may be several.
    several: bool,
    media_types: Vec<&'d str>,
    /// Where it may be something else.
    others: Vec<Pointer>,
    found: bool,
}

impl<'d> Files<'d> {
    fn add(&mut self, media_type: Option<&'d str>) {
        self.found = true;
        let new = media_type.filter(|name| !self.media_types.contains(name));
        self.media_types.extend(new);
    }

    pub(super) fn ty(&self) -> Type {
        let file = Type::Primitive(Primitive::Binary);
        if self.several { Type::List(Box::new(file)) } else { file }
    }

    /// What their schemas say that they are, several with commas between.
    pub(super) fn content_type(&self) -> Option<String> {
        (!self.media_types.is_empty()).then(|| self.media_types.join(", "))
    }
}

impl<'d> Lowering<'d> {
    /// The files that the part `name` carries, if it may be one. `declared` is its content type.
    pub(super) fn files(&mut self, name: &str, member: &Member<'d>, declared: Option<&str>) -> Option<Files<'d>> {
        let mut files = Files::default();
        let forms = self.forms(&member.occurrences);
        self.add_files(&forms, declared, &mut files, false);
        if !files.found {
            for form in &forms {
                self.note_files_inside(name, form);
            }
            return None;
        }
        for place in std::mem::take(&mut files.others) {
            let message = format!("the part `{name}` may be something else than a file, which is sent as one too");
            self.report(Code::UnsupportedMediaType, &place, message);
        }
        Some(files)
    }

    fn add_files(&mut self, forms: &[Form<'d>], declared: Option<&str>, files: &mut Files<'d>, is_list: bool) {
        for form in forms {
            let all: Vec<_> = form.keywords().collect();
            if is_file_as(&all, declared, forms.len() == 1) {
                files.add(raw::content_type(&all));
                continue;
            }
            let mut inside = Files::default();
            if let (Some(items), false) = (items(form), is_list) {
                let items = self.forms(&items);
                self.add_files(&items, declared, &mut inside, true);
            }
            if inside.found {
                files.several = true;
                files.others.append(&mut inside.others);
                files.found = true;
                inside.media_types.into_iter().for_each(|name| files.add(Some(name)));
            } else {
                files.others.push(form.at.clone());
            }
        }
    }

    /// Says where there is a file inside of something that is sent as a text.
    fn note_files_inside(&mut self, part: &str, form: &Form<'d>) {
        let mut open = Vec::new();
        for arm in &form.flat.arms {
            open.extend(parts_of(arm.keywords, &arm.pointer));
        }
        let mut seen = BTreeSet::new();
        while let Some((node, pointer)) = open.pop() {
            if self.is_raw(node) {
                let message = format!("a file inside of the part `{part}` is sent as a text");
                self.report(Code::UnsupportedMediaType, &pointer, message);
                return;
            }
            let found = match node {
                Node::Schema(keywords) => Some((keywords, pointer)),
                Node::Reference(reference) => self.terminal(reference).ok(),
            };
            if let Some((keywords, end)) = found
                && seen.insert(end.clone())
            {
                open.extend(parts_of(keywords, &end));
            }
        }
    }
}

/// Whether schemas that hold at once stand for a file in a part of the media type `declared`, which counts where they say
/// nothing and are no alternative.
fn is_file_as(all: &[Keywords<'_>], declared: Option<&str>, is_sole: bool) -> bool {
    let says_nothing =
        is_sole && !all.is_empty() && all.iter().all(|keywords| keywords.is_bare() && keywords.ty().is_none());
    let admits_null = all.iter().any(|keywords| keywords.is_nullable());
    match declared.map(family) {
        Some(Family::Json) => false,
        Some(Family::Bytes) if says_nothing => true,
        Some(Family::Text) if says_nothing && declared.is_some_and(|name| essence(name) == "text/plain") => false,
        Some(_) | None => says_nothing && !admits_null || raw::are_a_file(all),
    }
}

/// What is said of the items of a list that has no positions.
fn items<'d>(form: &Form<'d>) -> Option<Vec<Occurrence<'d>>> {
    let mut arms = form.flat.arms.iter();
    let is_list = arms.all(|arm| matches!(arm.keywords.ty(), None | Some(JsonType::Array)))
        && form.keywords().all(|keywords| keywords.prefix_items().is_empty());
    let items = form.flat.arms.iter().filter_map(|arm| {
        Some(Occurrence {
            node: arm.keywords.items()?,
            pointer: arm.pointer.child("items"),
            parent: arm.parent.clone(),
        })
    });
    let items: Vec<_> = items.collect();
    (is_list && !items.is_empty()).then_some(items)
}

/// The schemas inside of one.
fn parts_of<'d>(keywords: Keywords<'d>, at: &Pointer) -> Vec<(Node<'d>, Pointer)> {
    let members = keywords.properties();
    let mut parts: Vec<_> = members
        .map(|(name, node)| (node, at.child("properties").child(name)))
        .collect();
    if let Some(Others::Schema(node)) = keywords.additional() {
        parts.push((node, at.child("additionalProperties")));
    }
    parts.extend(keywords.items().map(|node| (node, at.child("items"))));
    for name in ["prefixItems", "allOf", "oneOf", "anyOf"] {
        let list = keywords.get(name).and_then(Value::as_array).into_iter().flatten();
        let nodes = list.enumerate().filter_map(|(index, value)| {
            let node = Node::of(value)?;
            Some((node, at.child(name).item(index)))
        });
        parts.extend(nodes);
    }
    parts
}
