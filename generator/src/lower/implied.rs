//! Choices that are made at once in, what of them says something out: a list of types says nothing beside alternatives that
//! each are of one of them, and where one choice has decided on a type, alternatives of other types are none.

use serde_json::Value;

use super::{
    all_of::{Choice, Conjunction},
    context::Lowering,
    keywords::{JsonType, Node},
    schema::{DEPTH, Site},
    union::{Alternative, only_requires},
};
use crate::{
    diagnostics::Code,
    ir::{Pointer, Type},
};

/// No value is of a type that all choices permit.
pub(super) struct Contradiction;

/// How many alternatives two choices at once may multiply to.
const COMBINATIONS: usize = 64;

impl<'d> Lowering<'d> {
    /// Leaves out every choice among mere types that another one narrows.
    pub(super) fn leave_out_implied(&mut self, choices: &mut Vec<Choice<'d>>) {
        if choices.len() < 2 || !choices.iter().any(is_of_types) {
            return;
        }
        let told: Vec<Option<Vec<JsonType<'d>>>> = choices.iter().map(|choice| self.types_told(choice)).collect();
        let mut kept: Vec<bool> = vec![true; choices.len()];
        for index in (0..choices.len()).filter(|index| is_of_types(&choices[*index])) {
            let listed = told[index].as_deref().unwrap_or_default();
            let narrows = |types: &[JsonType<'_>]| types.iter().all(|ty| covers(listed, *ty));
            kept[index] =
                !told.iter().zip(&kept).enumerate().any(|(other, (types, is_kept))| {
                    other != index && *is_kept && types.as_deref().is_some_and(narrows)
                });
        }
        let mut kept = kept.into_iter();
        choices.retain(|_| kept.next().unwrap_or(true));
    }

    /// Leaves out the alternatives of types that another choice does not permit, and the choices among mere types that have
    /// nothing more to say by then. Where no alternative would be left, there is no value that all choices permit.
    pub(super) fn narrow(
        &mut self,
        alternatives: &mut Vec<Alternative<'d>>,
        choices: &mut Vec<Choice<'d>>,
    ) -> Result<(), Contradiction> {
        let said = |alternative: &Alternative<'d>| alternative.flat.as_ref().and_then(said_type);
        for types in choices
            .iter()
            .filter_map(|choice| self.types_told(choice))
            .collect::<Vec<_>>()
        {
            let meets = |said| covers(&types, said) || types.iter().any(|ty| covers(&[said], *ty));
            let is_possible = |alternative: &Alternative<'d>| said(alternative).is_none_or(meets);
            if !alternatives.is_empty() && !alternatives.iter().any(is_possible) {
                return Err(Contradiction);
            }
            alternatives.retain(is_possible);
        }
        choices.retain(|choice| {
            let types = is_of_types(choice).then(|| self.types_told(choice)).flatten();
            let is_covered = |types: &[JsonType<'d>]| {
                alternatives
                    .iter()
                    .all(|alternative| said(alternative).is_some_and(|said| covers(types, said)))
            };
            !types.is_some_and(|types| is_covered(&types))
        });
        Ok(())
    }

    /// Says which alternatives are of another type than what stands around them. They are kept: whoever writes them sends them.
    pub(super) fn hear_type_around(
        &mut self,
        alternatives: &[Alternative<'d>],
        around: Option<JsonType<'d>>,
        site: &Pointer,
    ) {
        let Some(around) = around else { return };
        for alternative in alternatives {
            let said = alternative.flat.as_ref().and_then(said_type);
            let meets = |said| covers(&[around], said) || covers(&[said], around);
            // Where both had to hold it was said already.
            let mut places = [site, &alternative.pointer].into_iter();
            let is_any = places.any(|place| self.is_reported(Code::UnsupportedSchema, place));
            if let Some(said) = said.filter(|said| !is_any && !meets(*said)) {
                let (said, around) = (said.as_str(), around.as_str());
                let message =
                    format!("an alternative of type `{said}` where a value is of type `{around}`; it is kept");
                self.report(Code::UnknownMember, &alternative.pointer, message);
            }
        }
    }

    /// Two choices at once are every pair of their alternatives. Beyond a bound the later ones are ignored.
    pub(super) fn limit_combinations(&mut self, choice: &Choice<'d>, conjunction: &mut Conjunction<'d>) {
        let mut combinations = choice.nodes.len();
        let mut kept = Vec::with_capacity(conjunction.choices.len());
        for other in std::mem::take(&mut conjunction.choices) {
            let product = combinations.saturating_mul(other.nodes.len());
            if product <= COMBINATIONS || other.nodes.iter().all(only_requires) {
                combinations = product;
                kept.push(other);
            } else {
                let message = format!(
                    "alternatives multiply with others: {product} ways, of which {COMBINATIONS} are the most; these are \
                     ignored, so the type is wider"
                );
                self.report(Code::UnsupportedSchema, &other.pointer, message);
            }
        }
        conjunction.choices = kept;
    }

    /// The only alternative that is left, with all that holds beside it. It may lead to the same choice again.
    pub(super) fn lower_only(
        &mut self,
        conjunction: &Conjunction<'d>,
        alternative: &Alternative<'d>,
        choice: &Choice<'d>,
        site: &Site,
    ) -> Type {
        if self.depth >= DEPTH {
            let message =
                format!("alternatives lead to each other more than {DEPTH} deep; this is typed as any JSON value");
            self.report(Code::UnsupportedSchema, &choice.pointer, message);
            return Type::Any;
        }
        let mut flat = self.flatten_with(conjunction, alternative, choice);
        if let Ok(flat) = &mut flat {
            flat.choices.retain(|other| other.pointer != choice.pointer);
        }
        self.depth += 1;
        let ty = self.lower_flat(flat, site);
        self.depth -= 1;
        ty
    }

    /// The types of the alternatives, where each says its own.
    fn types_told(&mut self, choice: &Choice<'d>) -> Option<Vec<JsonType<'d>>> {
        let mut types = Vec::new();
        for node in choice.nodes.iter().filter_map(Node::of) {
            let keywords = match node {
                Node::Schema(keywords) => keywords,
                Node::Reference(reference) => self.terminal(reference).ok()?.0,
            };
            match keywords.ty() {
                Some(ty) => types.push(ty),
                None if keywords.is_enumerated() => {
                    types.extend(keywords.enumeration().iter().map(type_of));
                }
                None => return None,
            }
        }
        Some(types)
    }
}

/// The type that a conjunction says by itself.
pub(super) fn said_type<'d>(conjunction: &Conjunction<'d>) -> Option<JsonType<'d>> {
    conjunction.arms.iter().find_map(|arm| arm.keywords.ty())
}

/// Leaves out the alternatives that say that they are of another type than `decided`, unless nothing would be left.
pub(super) fn leave_out_others(alternatives: &mut Vec<Alternative<'_>>, decided: JsonType<'_>) {
    let is_possible = |alternative: &Alternative<'_>| {
        let said = alternative.flat.as_ref().and_then(said_type);
        said.is_none_or(|said| covers(&[decided], said) || covers(&[said], decided))
    };
    if alternatives.iter().any(is_possible) {
        alternatives.retain(is_possible);
    }
}

/// Whether the alternatives are types and nothing else.
fn is_of_types(choice: &Choice<'_>) -> bool {
    let mut nodes = choice.nodes.iter().filter_map(Node::of);
    nodes.all(|node| matches!(node, Node::Schema(keywords) if keywords.is_only_a_type()))
}

/// Whether values of type `ty` are of one of these.
fn covers(types: &[JsonType<'_>], ty: JsonType<'_>) -> bool {
    types.contains(&ty) || ty == JsonType::Null || ty == JsonType::Integer && types.contains(&JsonType::Number)
}

fn type_of<'d>(value: &Value) -> JsonType<'d> {
    match value {
        Value::Null => JsonType::Null,
        Value::Bool(_) => JsonType::Boolean,
        Value::Number(number) if number.is_f64() => JsonType::Number,
        Value::Number(_) => JsonType::Integer,
        Value::String(_) => JsonType::String,
        Value::Array(_) => JsonType::Array,
        Value::Object(_) => JsonType::Object,
    }
}
