//! Defaults and the types that they are for in, only those that fit out.

use serde_json::Value;

use super::{
    context::{Holder, Lowering},
    number,
};
use crate::{
    diagnostics::Code,
    ir::{Operation, Shape, Type, Types},
};

/// How many aliases, lists and maps are looked through.
const DEPTH: usize = 32;

impl Lowering<'_> {
    /// Drops every default that is no value of its type. They are only documentation, but it has to be true.
    pub(super) fn check_defaults(&mut self, operations: &mut [Operation]) {
        for default in std::mem::take(&mut self.defaults) {
            let fits = {
                let Self { types, .. } = self;
                let place = match default.holder {
                    Holder::Field(id, index) => match &types[id].shape {
                        Shape::Struct(body) => {
                            let field = body.fields.get(index);
                            field.map(|field| (&field.default, &field.ty, &field.constant))
                        }
                        Shape::Enum(_) | Shape::Union(_) | Shape::Tuple(_) | Shape::Alias(_) => None,
                    },
                    Holder::Parameter(operation, index) => operations
                        .get(operation)
                        .and_then(|operation| operation.parameters.get(index))
                        .map(|parameter| (&parameter.default, &parameter.ty, &parameter.constant)),
                };
                match place {
                    Some((Some(value), ty, constant)) => {
                        constant.as_ref().is_none_or(|only| same(only, value))
                            && fits(&number::plain(value), ty, types, DEPTH)
                    }
                    Some((None, ..)) | None => true,
                }
            };
            if fits {
                continue;
            }
            match default.holder {
                Holder::Field(id, index) => {
                    if let Shape::Struct(body) = &mut self.types[id].shape {
                        body.fields[index].default = None;
                    }
                }
                Holder::Parameter(operation, index) => operations[operation].parameters[index].default = None,
            }
            let value = self.document.value_at(&default.pointer);
            let value = value.map(|value| format!(" `{value}`")).unwrap_or_default();
            let message = format!("the default{value} is no value of its schema; it is left out of the documentation");
            self.report(Code::MismatchedDefault, &default.pointer, message);
        }
    }
}

/// Whether two values are one: `1` and `1.0` are.
pub(super) fn same(one: &Value, other: &Value) -> bool {
    one == other || one.as_f64().is_some_and(|number| other.as_f64() == Some(number))
}

fn fits(value: &Value, ty: &Type, types: &Types, depth: usize) -> bool {
    let Some(depth) = depth.checked_sub(1) else { return true };
    match ty {
        Type::Any => true,
        Type::Constant(text) => value == text,
        Type::Nullable(inner) => value.is_null() || fits(value, inner, types, depth),
        Type::List(item) => value
            .as_array()
            .is_some_and(|items| items.iter().all(|value| fits(value, item, types, depth))),
        Type::Tuple(items) => value.as_array().is_some_and(|values| {
            let mut pairs = values.iter().zip(items);
            values.len() == items.len() && pairs.all(|(value, ty)| fits(value, ty, types, depth))
        }),
        Type::Map(item) => value
            .as_object()
            .is_some_and(|members| members.values().all(|value| fits(value, item, types, depth))),
        Type::Def(id) => match &types[*id].shape {
            Shape::Alias(ty) => fits(value, ty, types, depth),
            Shape::Struct(_) => value.is_object(),
            Shape::Tuple(_) => value.is_array(),
            Shape::Enum(body) => body.values.iter().any(|known| known.wire == *value),
            Shape::Union(body) => body
                .variants
                .iter()
                .any(|variant| fits(value, &variant.ty, types, depth)),
        },
        Type::Primitive(primitive) => primitive.permits(value),
    }
}
