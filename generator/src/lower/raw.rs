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
        self.end_of(node).is_some_and(|keywords| are_bytes(&[keywords]))
    }
}

/// Whether schemas that hold at once stand for bytes as they are.
fn are_bytes(all: &[Keywords<'_>]) -> bool {
    stand_for(all, |family| !matches!(family, Family::Json | Family::Text))
}

/// Whether schemas of a part, which hold at once, stand for a file: bytes, or a text of a kind of its own.
pub(super) fn are_a_file(all: &[Keywords<'_>]) -> bool {
    are_bytes(all)
        || content_type(all).is_none_or(|name| essence(name) != "text/plain")
            && stand_for(all, |family| matches!(family, Family::Text))
}

/// The media type of what a text holds.
pub(super) fn content_type<'d>(all: &[Keywords<'d>]) -> Option<&'d str> {
    last(all, |keywords| keywords.text("contentMediaType"))
}

fn stand_for(all: &[Keywords<'_>], is_meant: impl Fn(Family) -> bool) -> bool {
    let encoding = last(all, |keywords| keywords.text("contentEncoding"));
    let is_encoded = encoding.is_some_and(|encoding| encoding != "binary");
    let media_type = content_type(all).filter(|_| !is_encoded);
    match last(all, Keywords::ty) {
        Some(JsonType::String) => {
            all.iter().any(|keywords| keywords.format() == Some("binary"))
                || media_type.is_some_and(|media_type| is_meant(family(media_type)))
        }
        Some(JsonType::Other("file")) => true,
        Some(_) => false,
        // What is no JSON has no type of JSON.
        None => media_type.is_some(),
    }
}

/// What the last of the schemas says that says anything.
fn last<'d, T>(all: &[Keywords<'d>], said: impl Fn(Keywords<'d>) -> Option<T>) -> Option<T> {
    all.iter().rev().find_map(|keywords| said(*keywords))
}
