//! A schema in, whether it permits `null` out. Asked at each use, so that definitions are never nullable themselves.

use serde_json::Value;

use super::{
    context::Lowering,
    keywords::{self, JsonType, Keywords, Node, Others},
};

/// How many schemas are looked through.
const DEPTH: usize = 32;

impl Keywords<'_> {
    /// Whether it is an object of which nothing is said but that it may be `null`: what `OData` servers write beside a reference.
    pub(super) fn is_empty_nullable_object(self) -> bool {
        let is_silent = match self.additional() {
            None => self.is_bare(),
            Some(Others::Any(false)) => !self.has_properties() && !self.requires() && self.patterns().next().is_none(),
            Some(_) => false,
        };
        self.is_nullable() && self.ty() == Some(JsonType::Object) && is_silent && self.all_of().is_empty()
    }

    /// Whether it is there, as an alternative, to permit `null`.
    pub(super) fn adds_null(self) -> bool {
        self.is_null() || self.is_nullable() && self.is_annotation()
    }
}

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

    /// Whether `node`, one of the alternatives in `among`, is there to permit `null` and nothing else.
    pub(super) fn permits_only_null(&mut self, node: Node<'d>, among: &'d [Value]) -> bool {
        self.is_null_among(node, among, DEPTH)
    }

    fn is_null_among(&mut self, node: Node<'d>, among: &'d [Value], depth: usize) -> bool {
        if self.is_null(node, depth) {
            return true;
        }
        let mut others = among.iter().filter_map(Node::of);
        // Beside references only: beside other types it may be meant as an object.
        self.is_empty_nullable_object(node)
            && others
                .all(|other| self.is_null(other, depth) || self.is_empty_nullable_object(other) || is_reference(other))
            && among
                .iter()
                .filter_map(Node::of)
                .any(|other| !self.is_empty_nullable_object(other) && is_reference(other))
    }

    fn is_empty_nullable_object(&mut self, node: Node<'d>) -> bool {
        let keywords = match node {
            Node::Schema(keywords) => Some(keywords),
            Node::Reference(reference) => self.terminal(reference).ok().map(|(keywords, _)| keywords),
        };
        keywords.is_some_and(Keywords::is_empty_nullable_object)
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
            // One of the two is empty.
            let among = if keywords.one_of().is_empty() {
                keywords.any_of()
            } else {
                keywords.one_of()
            };
            let arms = among.iter().filter_map(Node::of).filter(|node| !is_never(*node));
            arms.filter(|node| !self.is_null_among(*node, among, depth)).collect()
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
        if keywords.is_bare() && is_one_and_null(keywords.all_of()) {
            return true;
        }
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

/// Whether all that these schemas say is another one, and that it may be `null`.
fn is_one_and_null(all: &[Value]) -> bool {
    let adds_null = |value| matches!(Node::of(value), Some(Node::Schema(keywords)) if keywords.adds_null());
    let mut telling = all.iter().filter(|value| keywords::tells(value));
    matches!((telling.next(), telling.next()), (Some(value), None) if !adds_null(value)) && all.iter().any(adds_null)
}

/// What leads to a schema by its name: the alternative itself, or all that it says.
fn is_reference(node: Node<'_>) -> bool {
    match node {
        Node::Reference(_) => true,
        Node::Schema(keywords) => {
            keywords.is_bare()
                && matches!(keywords.all_of(), [only] if matches!(Node::of(only), Some(Node::Reference(_))))
        }
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
