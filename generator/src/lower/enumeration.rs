//! `enum` in, an open enum out.

use std::collections::BTreeSet;

use serde_json::Value;

use super::{
    all_of::Conjunction,
    context::Lowering,
    docs,
    keywords::{JsonType, Keywords},
    schema::Site,
};
use crate::{
    diagnostics::Code,
    ir::{Enum, EnumRepr, EnumValue, Pointer, Shape, Type},
};

impl<'d> Lowering<'d> {
    /// The type of a conjunction that names its values; `None` where it does not.
    pub(super) fn lower_enumeration(
        &mut self,
        conjunction: &Conjunction<'d>,
        ty: Option<JsonType<'d>>,
        site: &Site,
    ) -> Option<Type> {
        let values = self.common_values(conjunction)?;
        if ty == Some(JsonType::Boolean) {
            return None;
        }
        let values = self.as_declared(values, ty, &site.pointer());
        let values = distinct(values.into_iter().map(EnumValue::from).collect());
        if values.is_empty() {
            return Some(Type::Any);
        }
        if ty.is_none() && values.iter().all(|value| value.wire.is_boolean()) {
            return Some(Type::Primitive(crate::ir::Primitive::Boolean));
        }
        let mut values = of_values(values);
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
    fn common_values(&mut self, conjunction: &Conjunction<'d>) -> Option<Vec<Value>> {
        let mut arms = conjunction.arms.iter().filter(|arm| arm.keywords.is_enumerated());
        let mut values = arms.next()?.keywords.enumeration();
        for arm in arms {
            let narrower = arm.keywords.enumeration();
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

    /// Reads values that YAML took for another type (`on`, `1`) as the type that is declared.
    fn as_declared(&mut self, values: Vec<Value>, ty: Option<JsonType<'_>>, pointer: &Pointer) -> Vec<Value> {
        let mut odd = false;
        let read = values
            .into_iter()
            .map(|value| match (ty, value) {
                (Some(JsonType::String), value @ (Value::Number(_) | Value::Bool(_))) => {
                    odd = true;
                    Value::String(value.to_string())
                }
                (Some(JsonType::Integer), Value::String(text)) => {
                    odd = true;
                    text.parse::<i64>().map_or(Value::String(text), Value::from)
                }
                (_, value) => value,
            })
            .collect();
        if odd {
            let message = "a value is not of the declared type; it is read as if it were";
            self.report(Code::WrongShape, &pointer.child("enum"), message);
        }
        read
    }
}

/// The values of a schema, read as they are.
pub(super) fn values_of(keywords: Keywords<'_>) -> Vec<Value> {
    let values = keywords.enumeration().into_iter().map(EnumValue::from).collect();
    distinct(values).into_iter().map(|value| value.wire).collect()
}

/// An enum of values that are distinct and not `null`.
pub(super) fn of_values(values: Vec<EnumValue>) -> Enum {
    let repr = if values.iter().all(|value| value.wire.is_string()) {
        EnumRepr::String
    } else if values.iter().all(|value| value.wire.is_i64()) {
        EnumRepr::Integer
    } else {
        EnumRepr::Mixed
    };
    Enum { repr, values }
}

/// Every value once, without `null`, which is a fact of each use.
pub(super) fn distinct(values: Vec<EnumValue>) -> Vec<EnumValue> {
    let mut seen = BTreeSet::new();
    values
        .into_iter()
        .filter(|value| !value.wire.is_null() && seen.insert(value.wire.to_string()))
        .collect()
}
