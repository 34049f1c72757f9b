//! The one value that the document permits somewhere: an expression for it, where its type has one.

use proc_macro2::{Literal, TokenStream};
use quote::quote;
use serde_json::Value;

use super::Emitter;
use crate::{
    ir::{Before, Field, Primitive, Shape, Type},
    name::Members,
};

impl Emitter<'_> {
    /// What a member has that need not be asked for, in a file of `models`.
    pub(super) fn filled(self, field: &Field) -> Option<TokenStream> {
        self.constant(&field.ty, Some(filling(field)?))
    }

    /// The expression for `constant` as a value of type `ty`, in a file of `models`.
    pub(super) fn constant(self, ty: &Type, constant: Option<&Value>) -> Option<TokenStream> {
        let constant = constant?;
        match (self.resolve(ty), constant) {
            (Type::Def(id), _) => {
                let Shape::Enum(values) = &self.api.types[*id].shape else {
                    return None;
                };
                let Members::Variants(variants) = &self.names.members[id.index()] else {
                    return None;
                };
                let name = self.names.of(*id);
                let mut pairs = values.values.iter().zip(variants);
                let (_, variant) = pairs.find(|(value, _)| value.wire == *constant)?;
                Some(quote!(#name::#variant))
            }
            (Type::Primitive(Primitive::Boolean), Value::Bool(flag)) => Some(quote!(#flag)),
            (Type::Primitive(Primitive::String), Value::String(text)) => Some(quote!(#text.to_owned())),
            (Type::Primitive(Primitive::Int32), Value::Number(number)) => {
                let number = number.as_i64().and_then(|number| i32::try_from(number).ok())?;
                let number = Literal::i32_unsuffixed(number);
                Some(quote!(#number))
            }
            (Type::Primitive(Primitive::Int64), Value::Number(number)) => {
                let number = Literal::i64_unsuffixed(number.as_i64()?);
                Some(quote!(#number))
            }
            (Type::Any, Value::Null) => Some(quote!(Value::Null)),
            _ => None,
        }
    }
}

/// The value that a member has from the start, whether or not there is an expression for it.
pub(super) fn filling(field: &Field) -> Option<&Value> {
    match &field.before {
        Some(Before::Given) => None,
        Some(Before::Filled(value)) => Some(value),
        None => field.constant.as_ref().or(field.tag.as_ref()),
    }
}

/// A text, number or boolean as what is lent to be sent; nothing for another value.
pub(super) fn sent(constant: &Value) -> Option<TokenStream> {
    match constant {
        Value::String(text) => Some(quote!(#text)),
        Value::Bool(flag) => Some(quote!(&#flag)),
        Value::Number(number) => {
            let signed = number.as_i64().map(Literal::i64_suffixed);
            let unsigned = || number.as_u64().map(Literal::u64_suffixed);
            let float = || number.as_f64().map(Literal::f64_suffixed);
            let literal = signed.or_else(unsigned).or_else(float)?;
            Some(quote!(&#literal))
        }
        Value::Null | Value::Array(_) | Value::Object(_) => None,
    }
}
