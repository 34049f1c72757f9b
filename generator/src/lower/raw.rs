//! A schema of a body or of a part of one in, whether it stands for bytes as they are out.

use super::{
    context::Lowering,
    keywords::{JsonType, Keywords, Node},
    media::{Family, essence, family},
};

/// How many schemas that only wrap another one are looked through.
const WRAPPED: usize = 32;

impl<'d> Lowering<'d> {
    /// The keywords of a schema, at the end of all references and of what only wraps another schema, to annotate it or to
    /// permit `null`.
    pub(super) fn end_of(&mut self, node: Node<'d>) -> Option<Keywords<'d>> {
        let mut node = node;
        for _ in 0..WRAPPED {
            let keywords = match node {
                Node::Schema(keywords) => keywords,
                Node::Reference(reference) => self.terminal(reference).ok()?.0,
            };
            match self.only_part(keywords) {
                Some(part) => node = part,
                None => return Some(keywords),
            }
        }
        None
    }

    /// Whether a schema stands for bytes as they are.
    pub(super) fn is_raw(&mut self, node: Node<'d>) -> bool {
        self.stands_for(node, |family| !matches!(family, Family::Json | Family::Text))
    }

    /// Whether a schema of a part stands for a file: bytes, which a schema need not say anything of, or a text of a kind of
    /// its own.
    pub(super) fn is_file(&mut self, node: Node<'d>) -> bool {
        let says_nothing = |keywords: Keywords<'_>| keywords.is_annotation() && !keywords.is_nullable();
        self.is_raw(node)
            || self.end_of(node).is_some_and(says_nothing)
            || self.content_type(node).is_none_or(|name| essence(name) != "text/plain")
                && self.stands_for(node, |family| matches!(family, Family::Text))
    }

    /// The media type of what a text holds.
    pub(super) fn content_type(&mut self, node: Node<'d>) -> Option<&'d str> {
        self.end_of(node)?.text("contentMediaType")
    }

    fn stands_for(&mut self, node: Node<'d>, is_meant: impl Fn(Family) -> bool) -> bool {
        let Some(keywords) = self.end_of(node) else {
            return false;
        };
        let encoding = keywords.text("contentEncoding");
        let is_encoded = encoding.is_some_and(|encoding| encoding != "binary");
        let media_type = keywords.text("contentMediaType").filter(|_| !is_encoded);
        match keywords.ty() {
            Some(JsonType::String) => {
                keywords.format() == Some("binary") || media_type.is_some_and(|media_type| is_meant(family(media_type)))
            }
            Some(JsonType::Other("file")) => true,
            Some(_) => false,
            // What is no JSON has no type of JSON.
            None => media_type.is_some(),
        }
    }
}
