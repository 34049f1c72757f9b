//! `oneOf` or `anyOf` in, a union out, or something simpler that means the same.

use std::collections::BTreeSet;

use indexmap::IndexMap;
use serde_json::Value;

use super::{
    all_of::{Choice, Conjunction, TooDeep},
    context::Lowering,
    docs,
    implied::{Contradiction, leave_out_others, said_type},
    keywords::{Discriminator, JsonType, Keywords, Node},
    nullable::is_never,
    object,
    scalars::text_of,
    schema::{A_NAME, DEPTH, Home, Place, Site},
    sentences,
};
use crate::{
    diagnostics::Code,
    ir::{Docs, Parent, Pointer, Role, Shape, Type, Union, Variant},
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

    fn lower_alternatives(
        &mut self,
        conjunction: &Conjunction<'d>,
        (choice, alternatives): (&Choice<'d>, &[Alternative<'d>]),
        site: &Site,
    ) -> Type {
        let beside = scalar_beside(conjunction).filter(|_| !alternatives.iter().all(says_a_type));
        let plain = is_plain(conjunction) && beside.is_none();
        if let ([alternative], true) = (alternatives, plain) {
            self.note_sole(choice);
            return self.lower_sole(alternative, choice, site);
        }
        if is_plain(conjunction)
            && let Some(ty) = self.lower_scalars(alternatives, beside, site)
        {
            return ty;
        }
        if let [alternative] = alternatives {
            self.note_sole(choice);
            return self.lower_only(conjunction, alternative, choice, site);
        }
        let id = self.define(site);
        self.types[id].docs.constraints = docs::limits_of_all(conjunction);
        let union_parent = Parent::Type(id);
        let mut variants: Vec<Variant> = Vec::with_capacity(alternatives.len());
        for (index, alternative) in alternatives.iter().enumerate() {
            let parent = choice
                .parent
                .clone()
                .filter(|_| plain)
                .unwrap_or_else(|| union_parent.clone());
            let text = text_of(alternative).filter(|_| plain);
            let ty = if let Some(text) = text {
                Type::Constant(text)
            } else if plain || beside.is_none() && includes(alternative, conjunction) {
                let pointer = alternative.pointer.clone();
                self.lower_node(
                    alternative.node,
                    Place {
                        pointer,
                        parent,
                        role: Role::Variant(index),
                    },
                )
                .without_null()
            } else {
                let mut key: Vec<Pointer> = conjunction.arms.iter().map(|arm| arm.pointer.clone()).collect();
                key.push(alternative.pointer.clone());
                let home = Home::Inline {
                    parent,
                    role: Role::Variant(index),
                };
                if let Some(&id) = self.definitions.get(&key) {
                    Type::Def(id)
                } else {
                    let flat = self.flatten_with(conjunction, alternative, choice);
                    self.lower_merged(flat, &Site { key, home })
                }
            };
            let ty = match (ty, &alternative.flat) {
                // Beside other types, an object without a word on its members is still an object.
                (Type::Any, Some(flat)) => bare(flat),
                (ty, _) => ty,
            };
            let docs = match alternative.node {
                Node::Schema(keywords) => docs::of_schema(keywords).with(sentences::of_default(keywords)),
                Node::Reference(_) => Docs::default(),
            };
            variants.push(Variant {
                ty,
                tags: Vec::new(),
                docs,
            });
        }
        let discriminator = self.discriminate(choice, alternatives, conjunction, &mut variants);
        self.types[id].shape = Shape::Union(Union {
            variants,
            discriminator,
        });
        Type::Def(id)
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
        let mut texts = BTreeSet::new();
        let mut is_new = |alternative: &Alternative<'d>| text_of(alternative).is_none_or(|text| texts.insert(text));
        alternatives
            .into_values()
            .filter(|alternative| is_new(alternative))
            .collect()
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
    fn lower_sole(&mut self, alternative: &Alternative<'d>, choice: &Choice<'d>, site: &Site) -> Type {
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

/// Whether nothing beside a choice says anything about the type of a value.
fn is_plain(conjunction: &Conjunction<'_>) -> bool {
    conjunction.choices.is_empty()
        && conjunction.arms.iter().all(|arm| {
            arm.keywords.says_nothing_of_an_object()
                && arm.keywords.says_nothing_of_a_list()
                && !arm.keywords.is_enumerated()
        })
}

/// The scalar that stands beside a choice.
fn scalar_beside<'d>(conjunction: &Conjunction<'d>) -> Option<JsonType<'d>> {
    let mut types = conjunction.arms.iter().filter_map(|arm| arm.keywords.ty());
    types.find(|ty| !matches!(ty, JsonType::Object | JsonType::Array | JsonType::Other(_)))
}

/// Whether an alternative says by itself which type its values have, or leaves that to others.
fn says_a_type(alternative: &Alternative<'_>) -> bool {
    alternative.flat.as_ref().is_none_or(|flat| {
        let says = |keywords: Keywords<'_>| keywords.ty().is_some() || keywords.is_enumerated();
        !flat.choices.is_empty() || flat.arms.iter().any(|arm| says(arm.keywords))
    })
}

/// The type of what has no other keyword than a type, and is not a scalar.
fn bare(conjunction: &Conjunction<'_>) -> Type {
    match conjunction.arms.as_slice() {
        [arm] if arm.keywords.ty() == Some(JsonType::Object) && arm.keywords.says_nothing_of_an_object() => {
            Type::Map(Box::new(Type::Any))
        }
        _ => Type::Any,
    }
}

pub(super) fn only_requires(value: &Value) -> bool {
    matches!(Node::of(value), Some(Node::Schema(keywords)) if keywords.only_requires())
}

/// Whether an alternative says by itself all that stands beside the choice.
fn includes(alternative: &Alternative<'_>, base: &Conjunction<'_>) -> bool {
    let Some(flat) = alternative.flat.as_ref().filter(|_| base.choices.is_empty()) else {
        return false;
    };
    let own = object::members(flat);
    base.arms.iter().all(|arm| {
        flat.contains(&arm.pointer)
            || arm.keywords.additional().is_none()
                && arm.keywords.unevaluated().is_none()
                && arm.keywords.patterns().next().is_none()
                && !arm.keywords.is_enumerated()
                && arm.keywords.says_nothing_of_a_list()
                && arm.keywords.properties().all(|(name, _)| own.contains_key(name))
                && arm
                    .keywords
                    .required()
                    .all(|name| own.get(name).is_some_and(|member| member.required))
    })
}
