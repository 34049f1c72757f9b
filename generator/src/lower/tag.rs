//! The tags of a document in, the groups of operations out.

use indexmap::IndexMap;

use super::{context::Lowering, docs, operation::Operations};
use crate::{
    diagnostics::Code,
    ir::{Docs, Pointer, Tag, TagId},
};

/// Tags of these kinds mark operations, and do not group them.
const MARKS: [&str; 2] = ["audience", "badge"];

impl Lowering<'_> {
    /// The tags that the document describes, in its order.
    pub(super) fn described_tags(&mut self) -> Vec<Tag> {
        let list = Pointer::root().child("tags");
        let parents = self.parents();
        let mut tags: Vec<Tag> = Vec::new();
        for (index, tag) in self.document.openapi.tags.iter().enumerate() {
            if tags.iter().any(|known| known.name.as_ref() == Some(&tag.name)) {
                continue;
            }
            let place = list.item(index);
            tags.push(Tag {
                name: Some(tag.name.clone()),
                within: self.within(&tag.name, &parents, &place.child("parent")),
                docs: Docs {
                    summary: docs::text(self.document.text_at(&place.child("summary"))),
                    description: docs::text(tag.description.as_ref()),
                    link: docs::link(tag.external_docs.as_ref()),
                    ..Docs::default()
                },
            });
        }
        tags
    }

    /// What each tag names as its parent.
    fn parents(&self) -> IndexMap<String, Option<String>> {
        let list = Pointer::root().child("tags");
        let tags = self.document.openapi.tags.iter().enumerate();
        tags.map(|(index, tag)| {
            let parent = self.document.text_at(&list.item(index).child("parent"));
            (tag.name.clone(), parent.map(str::to_owned))
        })
        .collect()
    }

    /// The tags around one, the nearest first; the place is that of its parent.
    fn within(&mut self, name: &str, parents: &IndexMap<String, Option<String>>, place: &Pointer) -> Vec<String> {
        let mut within: Vec<String> = Vec::new();
        let mut at = name;
        while let Some(Some(parent)) = parents.get(at) {
            let problem = if !parents.contains_key(parent) {
                "which the document does not describe"
            } else if parent == name || within.contains(parent) {
                "which is part of it"
            } else {
                within.push(parent.clone());
                at = parent;
                continue;
            };
            let message = format!("the parent of the tag `{name}` is `{parent}`, {problem}; that is ignored");
            self.report(Code::WrongShape, place, message);
            break;
        }
        within
    }

    /// The tag that an operation is grouped by: the first that does not only mark it.
    pub(super) fn group_of<'t>(&self, tags: &'t [String]) -> Option<&'t String> {
        let list = Pointer::root().child("tags");
        let marks = |tag: &&String| {
            let described = self.document.openapi.tags.iter();
            let index = described.into_iter().position(|known| known.name == **tag);
            let kind = index.and_then(|index| self.document.text_at(&list.item(index).child("kind")));
            kind.is_some_and(|kind| MARKS.contains(&kind))
        };
        tags.iter().find(|tag| !marks(tag)).or(tags.first())
    }
}

impl Operations {
    /// The group of the name.
    pub(super) fn tag(&mut self, name: Option<&String>) -> TagId {
        let known = self.tags.iter().position(|tag| tag.name.as_ref() == name);
        TagId(known.unwrap_or_else(|| {
            self.tags.push(Tag {
                name: name.cloned(),
                within: Vec::new(),
                docs: Docs::default(),
            });
            self.tags.len() - 1
        }))
    }

    /// Leaves out the groups that no operation is in.
    pub(super) fn drop_empty_tags(&mut self) {
        let mut kept = Vec::new();
        for (index, tag) in std::mem::take(&mut self.tags).into_iter().enumerate() {
            if self.lowered.iter().any(|operation| operation.tag == TagId(index)) {
                kept.push((TagId(index), tag));
            }
        }
        for operation in &mut self.lowered {
            if let Some(index) = kept.iter().position(|(id, _)| *id == operation.tag) {
                operation.tag = TagId(index);
            }
        }
        self.tags = kept.into_iter().map(|(_, tag)| tag).collect();
    }
}
