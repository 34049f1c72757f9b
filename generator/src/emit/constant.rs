//! The one value that the document permits somewhere: an expression for it, where its type has one.

use proc_macro2::TokenStream;
use quote::quote;
use serde_json::Value;

use super::Emitter;
use crate::{
    ir::{Primitive, Shape, Type},
    name::Members,
};

impl Emitter<'_> {
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
            (Type::Any, Value::Null) => Some(quote!(Value::Null)),
            _ => None,
        }
    }
}
