//! `enum` in, an open enum out.

use std::collections::BTreeSet;

use serde_json::Value;

use super::{
    all_of::{Arm, Conjunction},
    context::Lowering,
    docs,
    keywords::{JsonType, Keywords},
    schema::Site,
};
use crate::{
    diagnostics::Code,
    ir::{Enum, EnumRepr, EnumValue, Shape, Type},
};

impl<'d> Lowering<'d> {
    /// The type of a conjunction that names its values; `None` where it does not.
    pub(super) fn lower_enumeration(
        &mut self,
        conjunction: &Conjunction<'d>,
        ty: Option<JsonType<'d>>,
        site: &Site,
    ) -> Option<Type> {
        let values = self.common_values(conjunction, ty)?;
        if ty == Some(JsonType::Boolean) {
            return None;
        }
        let values = each_value_once(values.into_iter().map(EnumValue::from).collect());
        if values.is_empty() {
            return Some(Type::Any);
        }
        if ty.is_none() && values.iter().all(|value| value.wire.is_boolean()) {
            return Some(Type::Primitive(crate::ir::Primitive::Boolean));
        }
        let mut values = of_values(values, ty == Some(JsonType::Number));
        self.describe_values(conjunction, &mut values);
        let id = match self.set_of(conjunction, site) {
            Some(id) if self.definitions.get(&site.key) == Some(&id) => id,
            Some(id) => return Some(Type::Def(id)),
            None => self.define(site),
        };
        self.types[id].docs.constraints = docs::limits_of_all(conjunction);
        self.types[id].shape = Shape::Enum(values);
        Some(Type::Def(id))
    }

    /// The values that every arm with an `enum` permits.
    fn common_values(&mut self, conjunction: &Conjunction<'d>, ty: Option<JsonType<'d>>) -> Option<Vec<Value>> {
        let mut arms = conjunction.arms.iter().filter(|arm| arm.keywords.is_enumerated());
        let mut values = self.as_declared(arms.next()?, ty);
        for arm in arms {
            let narrower = self.as_declared(arm, ty);
            let known: BTreeSet<String> = values.iter().map(Value::to_string).collect();
            if narrower.iter().any(|value| known.contains(&value.to_string())) {
                values = narrower
                    .into_iter()
                    .filter(|value| known.contains(&value.to_string()))
                    .collect();
            } else {
                let message = "no value is permitted by every `enum` here; all of them are taken";
                self.report(Code::UnsupportedSchema, &arm.pointer, message);
                values.extend(narrower);
            }
        }
        Some(values)
    }

    /// The values of an arm; those of another type than another arm says, as if they were of that type. What an arm says of
    /// its own values was held against them before.
    fn as_declared(&mut self, arm: &Arm<'d>, ty: Option<JsonType<'d>>) -> Vec<Value> {
        let mut values = arm.keywords.enumeration();
        let Some(ty) = ty.filter(|_| arm.keywords.ty().is_none()) else {
            return values;
        };
        for (index, value) in values.iter_mut().enumerate() {
            let read = match (ty, &*value) {
                (JsonType::String, Value::Number(_) | Value::Bool(_)) => Some(Value::String(value.to_string())),
                (JsonType::Integer, Value::String(text)) => text.parse::<i64>().ok().map(Value::from),
                _ => None,
            };
            if let Some(read) = read {
                let message = format!(
                    "the value `{value}` is not of the declared type `{}`; it is read as `{read}`",
                    ty.as_str()
                );
                let place = arm.pointer.child("enum").item(index);
                self.report(Code::WrongShape, &place, message);
                *value = read;
            }
        }
        values
    }
}

/// The values of a schema, read as they are.
pub(super) fn values_of(keywords: Keywords<'_>) -> Vec<Value> {
    let values = keywords.enumeration().into_iter().map(EnumValue::from).collect();
    each_value_once(values).into_iter().map(|value| value.wire).collect()
}

/// An enum of values that are distinct and not `null`. Others than those listed may have a fraction, where the document
/// `has_fractions`.
pub(super) fn of_values(values: Vec<EnumValue>, has_fractions: bool) -> Enum {
    let repr = if values.iter().all(|value| value.wire.is_string()) {
        EnumRepr::String
    } else if !has_fractions && values.iter().all(|value| value.wire.is_i64()) {
        EnumRepr::Integer
    } else {
        EnumRepr::Mixed
    };
    Enum { repr, values }
}

/// Every value once, without `null`, which is a fact of each use.
pub(super) fn each_value_once(values: Vec<EnumValue>) -> Vec<EnumValue> {
    let mut seen = BTreeSet::new();
    values
        .into_iter()
        .filter(|value| !value.wire.is_null() && seen.insert(value.wire.to_string()))
        .collect()
}
