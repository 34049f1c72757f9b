//! An operation that takes many inputs: a second method, for any number of them.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::{Emitter, docs::Text, operation::data_name, response::Answer, types::From};
use crate::{
    ir::{Batch, BatchIdentity, Correlation, Operation, Payload, Shape, Struct, Type},
    name::{Group, OperationNames},
};

impl<'a> Emitter<'a> {
    /// The method and the items, where the document says how many inputs travel in one call.
    pub(super) fn batch(
        self,
        group: &Group,
        operation: &'a Operation,
        names: &OperationNames,
        error: &Answer,
    ) -> Option<(TokenStream, TokenStream)> {
        let batch = operation.batch.as_ref()?;
        let request = operation
            .body
            .as_ref()?
            .contents
            .iter()
            .find_map(|content| match &content.payload {
                Payload::Json(ty) => Some(ty),
                _ => None,
            })?;
        let input = self.items(self.member(request, &batch.inputs)?)?;
        let success = operation
            .widest_success
            .and_then(|index| operation.responses.get(index));
        let success = success
            .and_then(|response| response.content.as_ref())
            .and_then(|content| match &content.payload {
                Payload::Json(ty) => Some(ty),
                _ => None,
            });
        let part = |path: &Option<String>| {
            let list = path
                .as_deref()
                .and_then(|path| self.items(self.member(success?, path)?));
            list.map(|ty| self.ty(ty, From::Api))
        };
        let output = part(&batch.results).unwrap_or_else(|| quote!(()));
        let failure = part(&batch.errors).unwrap_or_else(|| quote!(Value));
        let (input, request) = (self.ty(input, From::Api), self.ty(request, From::Api));
        let marker = format_ident!("{}All", names.builder.as_str());
        let method = format_ident!("{}_all", names.method.as_str());
        let (data, error) = (data_name(names), &error.ty);
        let layout = layout(batch);
        let identified = match (&batch.identity, &batch.results) {
            (Some(identity), Some(_)) => format!(
                "\n\nResults are told apart by `{}`; where they have the id of an input elsewhere, say so with \
                 [`Bulk::identified_by`].",
                identity.result
            ),
            (None, _) | (_, None) => String::new(),
        };
        let docs = Text::ours(format!(
            "As [`Self::{}`], for any number of inputs, with an outcome for each.\n\n\
             They are sent in calls of up to {} inputs.{identified}",
            names.method.as_str(),
            batch.limit
        ));
        let docs = docs.outer();
        let marker_docs = Text::ours(format!(
            "What [`{}::{method}`] sends and receives.",
            group.handle.as_str()
        ))
        .outer();
        let method = quote! {
            #docs
            pub fn #method<'a>(&self, inputs: impl Into<Source<'a, #input>>) -> Bulk<'a, #marker> {
                Bulk::new(self.core, inputs)
            }
        };
        let items = quote! {
            #marker_docs
            #[derive(Debug, Clone, Copy)]
            pub enum #marker {}

            impl BatchOperation for #marker {
                type Request = #request;
                type Input = #input;
                type Output = #output;
                type Failure = #failure;
                type Error = #error;

                const OPERATION: &'static Operation = &#data;
                const LAYOUT: BatchLayout<'static> = #layout;
            }
        };
        Some((method, items))
    }

    /// The type of the member at a dotted path.
    fn member(self, ty: &'a Type, path: &str) -> Option<&'a Type> {
        path.split('.').try_fold(ty, |ty, member| {
            let field = self.object_of(ty)?.fields.iter().find(|field| field.wire == member)?;
            Some(&field.ty)
        })
    }

    fn object_of(self, ty: &'a Type) -> Option<&'a Struct> {
        match self.resolve(ty) {
            Type::Nullable(inner) => self.object_of(inner),
            Type::Def(id) => match &self.api.types[*id].shape {
                Shape::Struct(object) => Some(object),
                Shape::Enum(_) | Shape::Union(_) | Shape::Alias(_) => None,
            },
            Type::Primitive(_) | Type::List(_) | Type::Map(_) | Type::Any => None,
        }
    }

    fn items(self, ty: &'a Type) -> Option<&'a Type> {
        match self.resolve(ty) {
            Type::List(item) => Some(item),
            Type::Nullable(inner) => self.items(inner),
            Type::Def(_) | Type::Primitive(_) | Type::Map(_) | Type::Any => None,
        }
    }
}

fn layout(batch: &Batch) -> TokenStream {
    let Batch {
        inputs,
        limit,
        results,
        errors,
        correlation,
        identity,
    } = batch;
    let limit = proc_macro2::Literal::u32_unsuffixed(*limit);
    let (results, errors) = (option(results.as_ref()), option(errors.as_ref()));
    let correlation = correlation
        .as_ref()
        .map(|Correlation { input, result, error }| key(input, result, Some(error)));
    let identity = identity
        .as_ref()
        .map(|BatchIdentity { input, result, error }| key(input, result, error.as_ref()));
    let (correlation, identity) = (option(correlation), option(identity));
    quote! {
        BatchLayout {
            inputs: #inputs,
            limit: #limit,
            results: #results,
            errors: #errors,
            correlation: #correlation,
            identity: #identity,
        }
    }
}

fn key(input: &str, result: &str, error: Option<&String>) -> TokenStream {
    let error = option(error);
    quote!(BatchKey { input: #input, result: #result, error: #error })
}

pub(super) fn option(value: Option<impl quote::ToTokens>) -> TokenStream {
    if let Some(value) = value {
        quote!(Some(#value))
    } else {
        quote!(None)
    }
}
