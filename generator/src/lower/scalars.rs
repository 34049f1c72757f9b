//! The alternatives of a choice in, a scalar or an enum out, where they are nothing but values and scalars of one kind.

use serde_json::Value;

use super::{
    context::Lowering,
    docs, enumeration,
    keywords::{JsonType, Node},
    schema::Site,
    union::Alternative,
};
use crate::ir::{Docs, EnumValue, Primitive, Shape, Type};

impl<'d> Lowering<'d> {
    /// Alternatives that are all strings, or all of another scalar, are that scalar; if some of them name values, an
    /// enum, which is open anyway. So are alternatives of one value each, whatever it is.
    pub(super) fn lower_scalars(
        &mut self,
        alternatives: &[Alternative<'d>],
        beside: Option<JsonType<'d>>,
        site: &Site,
    ) -> Option<Type> {
        let values = constants(alternatives).or_else(|| {
            let mut scalar: Option<Primitive> = None;
            let mut values = Vec::new();
            for alternative in alternatives {
                let (primitive, named) = self.scalar(alternative, beside)?;
                if scalar.as_ref().is_some_and(|scalar| *scalar != primitive) {
                    return None;
                }
                values.extend(named);
                scalar = Some(primitive);
            }
            // Any text may be empty: that is no name for one.
            if values.iter().all(says_only_empty) {
                return scalar.map(Err);
            }
            Some(Ok(values))
        })?;
        let values = match values {
            Ok(values) => values,
            Err(scalar) => return Some(Type::Primitive(scalar)),
        };
        let id = self.define(site);
        let flats = alternatives.iter().filter_map(|alternative| alternative.flat.as_ref());
        let mut arms = flats.flat_map(|flat| &flat.arms);
        let has_fractions = arms.any(|arm| arm.keywords.ty() == Some(JsonType::Number));
        let mut values = enumeration::of_values(enumeration::each_value_once(values), has_fractions);
        for flat in alternatives.iter().filter_map(|alternative| alternative.flat.as_ref()) {
            self.describe_values(flat, &mut values);
        }
        self.types[id].shape = Shape::Enum(values);
        Some(Type::Def(id))
    }

    /// The texts that an alternative permits and nothing else, where they are written in place.
    pub(super) fn texts_in_place(&mut self, alternative: &Alternative<'d>) -> Vec<EnumValue> {
        let Node::Schema(_) = alternative.node else {
            return Vec::new();
        };
        let Some(flat) = alternative.flat.as_ref().filter(|flat| flat.choices.is_empty()) else {
            return Vec::new();
        };
        let [arm] = flat.arms.as_slice() else {
            return Vec::new();
        };
        let named = enumeration::values_of(arm.keywords);
        if !named.iter().all(Value::is_string) {
            return Vec::new();
        }
        let mut values = enumeration::of_values(named.into_iter().map(EnumValue::from).collect(), false);
        self.describe_values(flat, &mut values);
        values.values
    }

    /// The scalar that an alternative is, which may be what stands beside it, and the values that it names.
    fn scalar(
        &mut self,
        alternative: &Alternative<'d>,
        beside: Option<JsonType<'d>>,
    ) -> Option<(Primitive, Vec<EnumValue>)> {
        let flat = alternative.flat.as_ref().filter(|flat| flat.choices.is_empty())?;
        let [arm] = flat.arms.as_slice() else { return None };
        let keywords = arm.keywords;
        let named = enumeration::values_of(keywords);
        let ty = keywords.ty().or_else(|| type_of(&named)).or(beside)?;
        let is_encoded = keywords.text("contentEncoding").is_some();
        let format = keywords.format().unwrap_or_default();
        let primitive = self.primitive(ty, format).filter(|_| !is_encoded)?;
        let is_declared = |value: &Value| match ty {
            JsonType::String => value.is_string(),
            JsonType::Integer => value.is_i64(),
            JsonType::Number => value.is_number(),
            _ => false,
        };
        if !named.iter().all(is_declared) {
            return None;
        }
        let docs = docs_of(alternative, &named);
        let named = named.into_iter().map(|wire| EnumValue {
            wire,
            name: None,
            docs: docs.clone(),
        });
        Some((primitive, named.collect()))
    }
}

/// Whether a value is the empty text, without a word about it.
fn says_only_empty(value: &EnumValue) -> bool {
    value.wire == "" && value.docs == Docs::default()
}

/// The values of alternatives that are written in place and permit one value each.
fn constants(alternatives: &[Alternative<'_>]) -> Option<Result<Vec<EnumValue>, Primitive>> {
    let values = alternatives.iter().map(constant).collect::<Option<Vec<_>>>()?;
    if values.iter().all(|value| value.wire.is_boolean()) {
        return Some(Err(Primitive::Boolean));
    }
    Some(Ok(values))
}

/// The one value of an alternative that is written in place.
fn constant(alternative: &Alternative<'_>) -> Option<EnumValue> {
    let Node::Schema(_) = alternative.node else { return None };
    let flat = alternative.flat.as_ref().filter(|flat| flat.choices.is_empty())?;
    let [arm] = flat.arms.as_slice() else { return None };
    let named = enumeration::values_of(arm.keywords);
    let docs = docs_of(alternative, &named);
    match <[Value; 1]>::try_from(named) {
        Ok([wire]) => Some(EnumValue { wire, name: None, docs }),
        Err(_) => None,
    }
}

/// What an alternative of one value says about it.
fn docs_of(alternative: &Alternative<'_>, named: &[Value]) -> Docs {
    match (alternative.node, named) {
        (Node::Schema(keywords), [_]) => {
            let docs = docs::of_schema(keywords);
            Docs {
                constraints: Vec::new(),
                ..docs
            }
        }
        _ => Docs::default(),
    }
}

/// The type that values have without saying so.
fn type_of<'d>(values: &[Value]) -> Option<JsonType<'d>> {
    if values.is_empty() {
        None
    } else if values.iter().all(Value::is_string) {
        Some(JsonType::String)
    } else {
        values.iter().all(Value::is_i64).then_some(JsonType::Integer)
    }
}
