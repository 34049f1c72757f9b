//! `oneOf` or `anyOf` in, a union out, or something simpler that means the same.

use indexmap::IndexMap;
use serde_json::Value;

use super::{
    all_of::{Choice, Conjunction, TooDeep},
    context::Lowering,
    implied::{Contradiction, leave_out_others, said_type},
    keywords::{Discriminator, Node},
    nullable::is_never,
    schema::{A_NAME, DEPTH, Site},
};
use crate::{
    diagnostics::Code,
    ir::{Parent, Pointer, Type},
};

/// How many definitions may be made of several schemas each, unless the settings say otherwise. Members of one name, and alternatives beside members,
/// combine with each other again, so that a short document can ask for more of them than any memory holds.
const MERGED: usize = 1_024;

/// How often each may be looked at, whether it is a new one, one that is there, or none in the end.
const VISITS: usize = 64;

/// One alternative of a choice.
#[derive(Debug, Clone)]
pub(super) struct Alternative<'d> {
    pub(super) node: Node<'d>,
    /// Where the alternative stands.
    pub(super) pointer: Pointer,
    /// The place of the schema that it is, at the end of all references.
    pub(super) end: Pointer,
    /// What it asks for by itself; `None` where it is nested too deeply.
    pub(super) flat: Option<Conjunction<'d>>,
}

impl<'d> Lowering<'d> {
    /// Lowers a conjunction with at least one choice in it.
    pub(super) fn lower_union(&mut self, mut conjunction: Conjunction<'d>, site: &Site) -> Type {
        for choice in &conjunction.choices {
            self.report_useless_discriminator(choice);
        }
        self.leave_out_implied(&mut conjunction.choices);
        if conjunction.choices.is_empty() {
            return Type::Any;
        }
        let choice = conjunction.choices.remove(0);
        if choice.nodes.iter().all(only_requires) {
            self.limit_combinations(&choice, &mut conjunction);
            return self.lower_alternative_requirements(&choice, conjunction, site);
        }
        let mut alternatives = self.alternatives(&choice);
        if let Err(Contradiction) = self.narrow(&mut alternatives, &mut conjunction.choices) {
            let message = "no value is of a type that all choices permit; it is typed as any JSON value";
            self.report(Code::UnsupportedSchema, &site.pointer(), message);
            return Type::Any;
        }
        self.limit_combinations(&choice, &mut conjunction);
        if let Some(decided) = conjunction.decided {
            leave_out_others(&mut alternatives, decided);
        }
        if alternatives.is_empty() {
            return Type::Any;
        }
        let around = said_type(&conjunction);
        let ty = self.lower_alternatives(&conjunction, (&choice, &alternatives), site);
        self.hear_type_around(&alternatives, around, &site.pointer());
        ty
    }

    /// The alternatives that are types: each once; `null` is none, and what permits nothing is none. A mapping may name
    /// further ones.
    pub(super) fn alternatives(&mut self, choice: &Choice<'d>) -> Vec<Alternative<'d>> {
        let mut alternatives: IndexMap<Pointer, Alternative<'d>> = IndexMap::new();
        for (index, node) in choice.nodes.iter().enumerate() {
            let Some(node) = Node::of(node) else { continue };
            let pointer = choice.pointer.item(index);
            if is_never(node) || self.permits_only_null(node, choice.nodes) {
                continue;
            }
            self.add_alternative(node, pointer, choice, &mut alternatives);
        }
        for target in choice.discriminator.into_iter().flat_map(Discriminator::targets) {
            if let Some((keywords, end)) = self.target_of(target, &choice.pointer)
                && !alternatives.contains_key(&end)
            {
                let node = Node::Schema(keywords);
                let parent = Parent::Type(self.shared(&end));
                let flat = self.flatten([(node, end.clone(), Some(parent))]).ok();
                // Lowered at its own place, where its definition is found again.
                alternatives.insert(
                    end.clone(),
                    Alternative {
                        node,
                        pointer: end.clone(),
                        end,
                        flat,
                    },
                );
            }
        }
        alternatives.into_values().collect()
    }

    fn add_alternative(
        &mut self,
        node: Node<'d>,
        pointer: Pointer,
        choice: &Choice<'d>,
        alternatives: &mut IndexMap<Pointer, Alternative<'d>>,
    ) {
        let end = match node {
            Node::Schema(_) => pointer.clone(),
            Node::Reference(reference) => match self.terminal(reference) {
                Ok((_, end)) => end,
                Err(broken) => {
                    self.report_broken(&broken, &pointer, "the alternative is typed as any JSON value");
                    pointer.clone()
                }
            },
        };
        if !alternatives.contains_key(&end) {
            let flat = self.flatten([(node, pointer.clone(), choice.parent.clone())]).ok();
            alternatives.insert(
                end.clone(),
                Alternative {
                    node,
                    pointer,
                    end,
                    flat,
                },
            );
        }
    }

    /// Alternatives that only require members are no types, but a sentence.
    fn lower_alternative_requirements(
        &mut self,
        choice: &Choice<'d>,
        conjunction: Conjunction<'d>,
        site: &Site,
    ) -> Type {
        let sets: Vec<String> = choice
            .nodes
            .iter()
            .filter_map(|node| match Node::of(node)? {
                Node::Schema(keywords) => {
                    let names = keywords.required();
                    Some(names.map(|name| format!("`{name}`")).collect::<Vec<_>>().join(" and "))
                }
                Node::Reference(_) => None,
            })
            .collect();
        let ty = self.lower_conjunction(conjunction, site);
        if let Type::Def(id) = &ty
            && self.definitions.get(&site.key) == Some(id)
        {
            self.types[*id]
                .docs
                .constraints
                .push(format!("Requires {}.", sets.join(", or ")));
        }
        ty
    }

    /// One alternative alone is no choice.
    pub(super) fn lower_sole(&mut self, alternative: &Alternative<'d>, choice: &Choice<'d>, site: &Site) -> Type {
        match alternative.node {
            Node::Reference(reference) => self.lower_reference(reference, &alternative.pointer).without_null(),
            node @ Node::Schema(keywords) => {
                if let Some(ty) = self.sole_reference(keywords, &alternative.pointer) {
                    return ty;
                }
                let flat = self.flatten([(node, alternative.pointer.clone(), choice.parent.clone())]);
                self.lower_nested(flat, site)
            }
        }
    }

    /// Lowers what several schemas say together, which may be new combinations of others without end.
    pub(super) fn lower_merged(&mut self, flat: Result<Conjunction<'d>, TooDeep>, site: &Site) -> Type {
        let most = self.config.merged_types.unwrap_or(MERGED);
        self.visited += 1;
        if self.merged >= most || self.visited >= most.saturating_mul(VISITS) {
            let message = if self.merged >= most {
                format!("more than {most} types are made of several schemas; this one is any JSON value")
            } else {
                let looks = most.saturating_mul(VISITS);
                format!(
                    "types that are made of several schemas are met more than {looks} times; this one is any JSON value"
                )
            };
            let hint = "`merged_types` in `codegen.toml` permits more";
            self.report_with_hint(Code::UnsupportedSchema, &site.pointer(), message, hint);
            return Type::Any;
        }
        let ty = self.lower_nested(flat, site);
        // What was found again, or is no definition, costs nothing.
        if let Type::Def(id) = ty
            && self.definitions.get(&site.key) == Some(&id)
        {
            self.merged += 1;
        }
        ty
    }

    /// Lowers what is written one level deeper.
    fn lower_nested(&mut self, flat: Result<Conjunction<'d>, TooDeep>, site: &Site) -> Type {
        if self.depth >= DEPTH {
            let message = format!(
                "schemas are put together inside each other more than {DEPTH} deep; this one is typed as any JSON value"
            );
            self.report_with_hint(Code::UnsupportedSchema, &site.pointer(), message, A_NAME);
            return Type::Any;
        }
        self.depth += 1;
        let ty = self.lower_flat(flat, site);
        self.depth -= 1;
        ty
    }

    /// What an alternative asks for together with what stands beside the choice.
    pub(super) fn flatten_with(
        &mut self,
        base: &Conjunction<'d>,
        alternative: &Alternative<'d>,
        choice: &Choice<'d>,
    ) -> Result<Conjunction<'d>, TooDeep> {
        let flat = self.flatten([(alternative.node, alternative.pointer.clone(), choice.parent.clone())])?;
        let mut merged = base.clone();
        if !base.choices.is_empty() {
            merged.decided = merged.decided.or(said_type(&flat));
        }
        for arm in flat.arms {
            if !merged.contains(&arm.pointer) {
                merged.arms.push(arm);
            }
        }
        merged.choices.extend(flat.choices);
        Ok(merged)
    }
}

pub(super) fn only_requires(value: &Value) -> bool {
    matches!(Node::of(value), Some(Node::Schema(keywords)) if keywords.only_requires())
}
