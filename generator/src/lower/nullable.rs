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

    /// Whether `node`, an alternative, is there to permit `null` and nothing else.
    pub(super) fn permits_only_null(&mut self, node: Node<'d>) -> bool {
        self.is_null(node, DEPTH)
    }

    fn is_null(&mut self, node: Node<'d>, depth: usize) -> bool {
        let Some(depth) = depth.checked_sub(1) else {
            return false;
        };
        match node {
            Node::Schema(keywords) => self.is_schema_of_null(keywords, depth),
            Node::Reference(reference) => {
                let Ok((keywords, pointer)) = self.terminal(reference) else {
                    return false;
                };
                if let Some(&known) = self.nulls.get(&pointer) {
                    return known;
                }
                // What is asked again on the way refers to itself, and is no `null` by that. Without this, schemas that
                // name each other twice are walked as often as there are ways through them.
                self.nulls.insert(pointer.clone(), false);
                let answer = self.is_schema_of_null(keywords, depth);
                self.nulls.insert(pointer, answer);
                answer
            }
        }
    }

    fn is_schema_of_null(&mut self, keywords: Keywords<'d>, depth: usize) -> bool {
        if keywords.adds_null() {
            return true;
        }
        if let Some(part) = self.part(keywords, depth) {
            return self.is_null(part, depth);
        }
        let arms = [keywords.one_of(), keywords.any_of()].concat();
        !arms.is_empty() && keywords.says_only_choices() && {
            let mut arms = [keywords.one_of(), keywords.any_of()]
                .into_iter()
                .flatten()
                .filter_map(Node::of);
            arms.all(|arm| self.is_null(arm, depth))
        }
    }

    /// What is left of a schema that only wraps another one, to annotate it or to permit `null`.
    pub(super) fn only_part(&mut self, keywords: Keywords<'d>) -> Option<Node<'d>> {
        self.part(keywords, DEPTH)
    }

    fn part(&mut self, keywords: Keywords<'d>, depth: usize) -> Option<Node<'d>> {
        let mut parts: Vec<Node<'d>> = if keywords.is_bare() {
            let telling = keywords.all_of().iter().filter(|value| keywords::tells(value));
            telling.filter_map(Node::of).collect()
        } else if keywords.says_only_choices() {
            let arms = [keywords.one_of(), keywords.any_of()].into_iter().flatten();
            let arms = arms.filter_map(Node::of).filter(|node| !is_never(*node));
            arms.filter(|node| !self.is_null(*node, depth)).collect()
        } else {
            return None;
        };
        if parts.len() == 1 { parts.pop() } else { None }
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
        // What stands beside an `allOf` has to permit `null` as its elements do.
        telling.peek().is_some()
            && keywords.ty().is_none()
            && !keywords.is_enumerated()
            && ![keywords.one_of(), keywords.any_of()].into_iter().any(are_typed)
            && keywords.says_nothing_of_an_object()
            && telling.all(|node| self.looks_nullable(node, depth))
    }
}

/// Whether a schema permits no value.
pub(super) fn is_never(node: Node<'_>) -> bool {
    matches!(node, Node::Schema(keywords) if keywords.is_never())
}

/// Whether these are alternatives that each say their type.
fn are_typed(nodes: &[Value]) -> bool {
    let is_typed = |node| matches!(node, Some(Node::Schema(keywords)) if keywords.ty().is_some());
    !nodes.is_empty() && nodes.iter().map(Node::of).all(is_typed)
}
