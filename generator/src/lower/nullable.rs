//! A schema in, whether it permits `null` out. Asked at each use, so that definitions are never nullable themselves.

use serde_json::Value;

use super::{
    context::Lowering,
    keywords::{self, Keywords, Node},
};

/// How many schemas are looked through.
const DEPTH: usize = 32;

impl<'d> Lowering<'d> {
    /// Whether `node` permits `null`, by any of the ways in which documents say so.
    pub(super) fn admits_null(&mut self, node: Node<'d>) -> bool {
        self.looks_nullable(node, DEPTH)
    }

    fn looks_nullable(&mut self, node: Node<'d>, depth: usize) -> bool {
        let Some(depth) = depth.checked_sub(1) else {
            return false;
        };
        match node {
            Node::Schema(keywords) => self.keywords_admit_null(keywords, depth),
            Node::Reference(reference) => {
                let Ok((keywords, pointer)) = self.terminal(reference) else {
                    return false;
                };
                if let Some(&known) = self.nullable.get(&pointer) {
                    return known;
                }
                // What is asked again on the way refers to itself, which adds nothing.
                self.nullable.insert(pointer.clone(), false);
                let answer = self.keywords_admit_null(keywords, depth);
                self.nullable.insert(pointer, answer);
                answer
            }
        }
    }

    fn keywords_admit_null(&mut self, keywords: Keywords<'d>, depth: usize) -> bool {
        keywords.is_nullable()
            || keywords.is_null()
            || keywords.is_enumerated() && keywords.enumeration().iter().any(Value::is_null)
            || self.any_admits_null(keywords.one_of(), depth)
            || self.any_admits_null(keywords.any_of(), depth)
            || self.all_admit_null(keywords, depth)
    }

    fn any_admits_null(&mut self, nodes: &'d [Value], depth: usize) -> bool {
        let mut nodes = nodes.iter().filter_map(Node::of);
        nodes.any(|node| self.looks_nullable(node, depth))
    }

    fn all_admit_null(&mut self, keywords: Keywords<'d>, depth: usize) -> bool {
        let telling = keywords.all_of().iter().filter(|value| keywords::tells(value));
        let mut telling = telling.filter_map(Node::of).peekable();
        telling.peek().is_some()
            && keywords.says_nothing_of_an_object()
            && telling.all(|node| self.looks_nullable(node, depth))
    }
}
