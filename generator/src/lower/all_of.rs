//! A schema with `allOf` in, everything that a value has to satisfy at once out, flattened.

use std::collections::BTreeSet;

use serde_json::Value;

use super::{
    context::Lowering,
    keywords::{Discriminator, JsonType, Keywords, Node},
    schema::{Place, Site},
    sentences,
};
use crate::{
    diagnostics::Code,
    ir::{Parent, Pointer, Role},
};

/// How deep `allOf` may be nested. Every level repeats the members of the levels below it, so that depth costs its square.
const DEPTH: usize = 128;

/// How many choices are followed from one to another.
const CHOICES: usize = 8;

/// Schemas that a value has to satisfy all at once.
#[derive(Debug, Clone, Default)]
pub(super) struct Conjunction<'d> {
    /// The schemas, those of an `allOf` before the one that holds it.
    pub(super) arms: Vec<Arm<'d>>,
    /// The alternatives that go with them: each asks for one of its arms as well.
    pub(super) choices: Vec<Choice<'d>>,
    /// The type that an alternative of one choice has decided on, where there are others.
    pub(super) decided: Option<JsonType<'d>>,
}

/// One schema of a [`Conjunction`].
#[derive(Debug, Clone)]
pub(super) struct Arm<'d> {
    pub(super) keywords: Keywords<'d>,
    pub(super) pointer: Pointer,
    /// The definition that it is written in; `None` is the one at hand.
    pub(super) parent: Option<Parent>,
}

impl Arm<'_> {
    /// The place of what it has at `pointer`, without a name of its own: inside the definition that it is written in.
    pub(super) fn place(&self, pointer: Pointer, role: Role, site: &Site) -> Place {
        match &self.parent {
            Some(parent) => Place {
                pointer,
                parent: parent.clone(),
                role,
            },
            None => site.inside(pointer, role),
        }
    }
}

/// A `oneOf` or `anyOf`.
#[derive(Debug, Clone)]
pub(super) struct Choice<'d> {
    pub(super) nodes: &'d [Value],
    /// The place of the keyword.
    pub(super) pointer: Pointer,
    pub(super) discriminator: Option<Discriminator<'d>>,
    /// The definition that it is written in; `None` is the one at hand.
    pub(super) parent: Option<Parent>,
}

/// `allOf` is nested too deeply.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct TooDeep;

impl TooDeep {
    /// What is reported; `instead` says what becomes of the place.
    pub(super) fn message(instead: &str) -> String {
        format!("`allOf` is nested more than {DEPTH} deep; {instead}")
    }
}

/// What is being flattened.
struct Flattening<'d> {
    conjunction: Conjunction<'d>,
    seen: BTreeSet<Pointer>,
    path: Vec<Pointer>,
}

impl<'d> Lowering<'d> {
    /// Flattens `nodes`, each with its place and the definition that it is written in.
    pub(super) fn flatten(
        &mut self,
        nodes: impl IntoIterator<Item = (Node<'d>, Pointer, Option<Parent>)>,
    ) -> Result<Conjunction<'d>, TooDeep> {
        let mut flattening = Flattening {
            conjunction: Conjunction::default(),
            seen: BTreeSet::new(),
            path: Vec::new(),
        };
        for (node, pointer, parent) in nodes {
            self.flatten_node(node, &pointer, parent, &mut flattening)?;
        }
        let Flattening {
            mut conjunction, seen, ..
        } = flattening;
        conjunction.choices.retain(|choice| !self.is_made(choice, &seen));
        self.leave_out_wider(&mut conjunction.choices);
        Ok(conjunction)
    }

    fn flatten_node(
        &mut self,
        node: Node<'d>,
        pointer: &Pointer,
        parent: Option<Parent>,
        flattening: &mut Flattening<'d>,
    ) -> Result<(), TooDeep> {
        let (keywords, place, parent) = match node {
            Node::Schema(keywords) => (keywords, pointer.clone(), parent),
            Node::Reference(reference) => match self.terminal(reference) {
                Ok((keywords, place)) => {
                    self.hear_type_beside(pointer, keywords);
                    let parent = Parent::Type(self.shared(&place));
                    (keywords, place, Some(parent))
                }
                Err(broken) => {
                    self.report_broken(&broken, pointer, "it is left out");
                    return Ok(());
                }
            },
        };
        if flattening.path.contains(&place) {
            let source = self.document.source(&place);
            let message = format!("`#{source}` is part of itself through `allOf`; it is taken once");
            self.report(Code::ReferenceCycle, pointer, message);
            return Ok(());
        }
        if !flattening.seen.insert(place.clone()) {
            return Ok(());
        }
        if flattening.path.len() >= DEPTH {
            return Err(TooDeep);
        }
        flattening.path.push(place.clone());
        let list = place.child("allOf");
        for (index, value) in keywords.all_of().iter().enumerate() {
            if let Some(node) = Node::of(value) {
                self.flatten_node(node, &list.item(index), parent.clone(), flattening)?;
            }
        }
        flattening.path.pop();
        for (nodes, keyword) in [(keywords.one_of(), "oneOf"), (keywords.any_of(), "anyOf")] {
            if !nodes.is_empty() && !sentences::only_limit(nodes) {
                flattening.conjunction.choices.push(Choice {
                    nodes,
                    pointer: place.child(keyword),
                    discriminator: keywords.discriminator(),
                    parent: parent.clone(),
                });
            }
        }
        flattening.conjunction.arms.push(Arm {
            keywords,
            pointer: place,
            parent,
        });
        Ok(())
    }

    /// Leaves out the choices that another one makes: whatever an alternative of that one is, is an alternative of theirs.
    fn leave_out_wider(&mut self, choices: &mut Vec<Choice<'d>>) {
        if choices.len() < 2 {
            return;
        }
        let mut ends: Vec<Option<BTreeSet<Pointer>>> = choices
            .iter()
            .map(|choice| self.ends_of(choice.nodes, CHOICES))
            .collect();
        for wider in (0..choices.len()).rev() {
            let is_narrower = |&other: &usize| {
                let (Some(narrow), Some(wide)) = (&ends[other], &ends[wider]) else {
                    return false;
                };
                other != wider && narrow.is_subset(wide)
            };
            if let Some(narrower) = (0..choices.len()).find(is_narrower) {
                ends.remove(wider);
                let wider_choice = choices.remove(wider);
                let narrower = if narrower > wider { narrower - 1 } else { narrower };
                let discriminator = &mut choices[narrower].discriminator;
                *discriminator = discriminator.or(wider_choice.discriminator);
            }
        }
    }

    /// The schemas that the alternatives lead to; none where one is written in place.
    fn ends_of(&mut self, nodes: &'d [Value], depth: usize) -> Option<BTreeSet<Pointer>> {
        let depth = depth.checked_sub(1)?;
        let mut ends = BTreeSet::new();
        for node in nodes.iter().filter_map(Node::of) {
            let Node::Reference(reference) = node else { return None };
            let (keywords, end) = self.terminal(reference).ok()?;
            let inner = keywords.says_only_choices() && keywords.discriminator().is_none();
            let inner = inner.then(|| {
                [keywords.one_of(), keywords.any_of()]
                    .into_iter()
                    .find(|nodes| !nodes.is_empty())
            });
            let inner = inner.flatten().and_then(|nodes| self.ends_of(nodes, depth));
            match inner {
                Some(inner) => ends.extend(inner),
                None => _ = ends.insert(end),
            }
        }
        Some(ends)
    }

    /// Whether one of the alternatives is part of the conjunction already: the way in which a subtype names a base
    /// that lists its subtypes.
    fn is_made(&mut self, choice: &Choice<'d>, seen: &BTreeSet<Pointer>) -> bool {
        choice.nodes.iter().filter_map(Node::of).any(|node| match node {
            Node::Reference(reference) => self
                .terminal(reference)
                .is_ok_and(|(_, pointer)| seen.contains(&pointer)),
            Node::Schema(_) => false,
        })
    }
}

impl Conjunction<'_> {
    /// Whether the schema at `pointer` is one of its arms.
    pub(super) fn contains(&self, pointer: &Pointer) -> bool {
        self.arms.iter().any(|arm| arm.pointer == *pointer)
    }
}
