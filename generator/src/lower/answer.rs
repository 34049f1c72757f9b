//! The media types of an answer in, the bodies that it may have out: each once, the one that is asked for first.
//!
//! A body is told from the others by what it is read as: media types that have one schema are one body.

use super::{
    context::Lowering,
    keywords::{Keywords, Node},
    media::{Alternative, Family, Travel, essence, family},
};
use crate::{
    diagnostics::Code,
    ir::{Content, Parent, Payload, Pointer, Role, Status},
};

/// What an answer may have as its body.
#[derive(Debug, Default)]
pub(super) struct Answered {
    pub(super) contents: Vec<Content>,
    /// Media types that say the same in a writing that is not read.
    pub(super) unread: Vec<String>,
}

impl<'d> Lowering<'d> {
    /// Lowers the bodies of the answer at `pointer`.
    pub(super) fn lower_answer(&mut self, pointer: &Pointer, (parent, status): (&Parent, Status)) -> Answered {
        let alternatives = self.contents(pointer);
        let mut ordered: Vec<&Alternative<'d>> = alternatives.iter().collect();
        ordered.sort_by_cached_key(|alternative| (self.rank_of_answer(alternative), alternative.media_type));
        let mut answered = Answered::default();
        let mut leaders: Vec<&Alternative<'d>> = Vec::new();
        for alternative in ordered {
            let media_type = alternative.media_type.to_owned();
            let twin = leaders.iter().position(|leader| self.is_same_body(leader, alternative));
            if let Some(content) = twin.and_then(|index| answered.contents.get_mut(index)) {
                content.others.push(media_type);
                if content.example.is_none() && self.config.mock {
                    content.example = self.example_of_answer(alternative);
                }
                continue;
            }
            if let Some(leader) = leaders.iter().find(|leader| self.says_the_same(leader, alternative)) {
                let asked = leader.media_type;
                let message = if family(&media_type) == Family::Xml {
                    format!("the body may be `{media_type}` too; `{asked}` says the same, and is asked for")
                } else {
                    format!("the body may be `{media_type}` too, which is not read; `{asked}` says the same")
                };
                self.report(Code::OtherMediaType, &alternative.key, message);
                answered.unread.push(media_type);
                continue;
            }
            // What comes first is called after the status alone, whatever else there is.
            let role = Role::Response(status, (!leaders.is_empty()).then(|| media_type.clone()));
            let content = self.lower_content(alternative, (parent, &role), Travel::Response);
            let equal = |known: &&mut Content| match (&known.payload, &content.payload) {
                // Both are handed over as they are.
                (Payload::Bytes | Payload::Multipart(_), Payload::Bytes | Payload::Multipart(_)) => true,
                (known, payload) => known == payload,
            };
            if let Some(known) = answered.contents.iter_mut().find(equal) {
                known.others.push(media_type);
                continue;
            }
            leaders.push(alternative);
            answered.contents.push(content);
        }
        answered
    }

    /// Whether two media types are two names of what is read in one way.
    fn is_same_body(&mut self, one: &Alternative<'d>, other: &Alternative<'d>) -> bool {
        let is_one_way = if self.is_xml(one) {
            family(other.media_type) == Family::Xml
        } else {
            self.is_json(one) && matches!(family(other.media_type), Family::Json | Family::Wildcard | Family::Text)
        };
        is_one_way && self.have_one_schema(one, other)
    }

    /// Whether `other` is what is read as `one`, in a writing that is not read.
    fn says_the_same(&mut self, one: &Alternative<'d>, other: &Alternative<'d>) -> bool {
        let is_described = self.node_at(&one.described.child("schema")).is_some();
        let is_unread = matches!(
            family(other.media_type),
            Family::Opaque | Family::Xml | Family::Form | Family::Multipart
        );
        is_described && is_unread && self.is_json(one) && self.have_one_schema(one, other)
    }

    pub(super) fn have_one_schema(&self, one: &Alternative<'d>, other: &Alternative<'d>) -> bool {
        let schema = |alternative: &Alternative<'d>| self.document.value_at(&alternative.described.child("schema"));
        schema(one) == schema(other)
    }

    /// How early a body is asked for, whatever order the document has: what is read with the most structure first.
    ///
    /// JSON of which nothing is said gives way to all but what is not read: frameworks write it beside the type that they
    /// send.
    fn rank_of_answer(&mut self, alternative: &Alternative<'d>) -> u8 {
        if self.is_silent_json(alternative) {
            return 8;
        }
        let is_json = self.is_json(alternative);
        match family(alternative.media_type) {
            Family::Json if essence(alternative.media_type) == "application/json" => 0,
            Family::Json if is_json => 1,
            Family::Wildcard if is_json => 2,
            Family::Xml if self.is_xml(alternative) => 3,
            Family::EventStream | Family::Items(_) if self.has_described_items(alternative) => 4,
            Family::Text => 5,
            Family::EventStream | Family::Items(_) => 6,
            Family::Json | Family::Bytes | Family::Wildcard => 7,
            Family::Opaque | Family::Xml | Family::Form | Family::Multipart => 9,
        }
    }

    /// Whether an alternative is XML that is read.
    fn is_xml(&mut self, alternative: &Alternative<'d>) -> bool {
        let node = self.node_at(&alternative.described.child("schema"));
        family(alternative.media_type) == Family::Xml && node.is_some_and(|node| self.is_of_xml(node))
    }

    /// Whether an alternative is JSON, and no more is said of it.
    fn is_silent_json(&mut self, alternative: &Alternative<'d>) -> bool {
        let node = self.node_at(&alternative.described.child("schema"));
        family(alternative.media_type) == Family::Json && node.is_none_or(|node| self.says_nothing(node))
    }

    /// Whether a schema says nothing about the type of a value.
    pub(super) fn says_nothing(&mut self, node: Node<'d>) -> bool {
        self.end_of(node).is_some_and(Keywords::is_annotation)
    }
}
