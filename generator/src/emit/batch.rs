//! An operation that takes many inputs: a second method, for any number of them.

use std::fmt::Write as _;

use indexmap::IndexSet;
use proc_macro2::{Literal, TokenStream};
use quote::{format_ident, quote};

use super::{
    Emitter,
    docs::{self, Text},
    operation::data_name,
    response::Answer,
    types::SeenFrom,
};
use crate::{
    ir::{Batch, BatchIdentity, BatchProperty, Correlation, Operation, Payload, Response, Shape, Status, Struct, Type},
    name::{Group, OperationNames},
};

/// How many unions and lists are looked through for the members of a refusal.
const DEPTH: usize = 8;

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
        let request = batch_request(operation)?;
        let input = self.batch_input(operation)?;
        let success = operation
            .widest_success
            .and_then(|index| operation.responses.get(index));
        let success = success
            .and_then(|response| response.contents.first())
            .and_then(|content| match &content.payload {
                Payload::Json(ty) => Some(ty),
                _ => None,
            });
        let part = |path: &Option<String>| {
            let list = path
                .as_deref()
                .and_then(|path| self.items(self.member(success?, path)?));
            list.map(|ty| self.ty(ty, SeenFrom::Api))
        };
        let output = part(&batch.results).unwrap_or_else(|| quote!(()));
        let failure = part(&batch.errors).unwrap_or_else(|| quote!(Value));
        let (input, request) = (self.ty(input, SeenFrom::Api), self.ty(request, SeenFrom::Api));
        let marker = format_ident!("{}All", names.builder.as_str());
        let method = format_ident!("{}_all", names.method.as_str());
        let data = data_name(names);
        let error = refusal(operation, error);
        let layout = layout(batch, &successes(operation), &self.refusals(operation));
        let docs = Text::ours(format!(
            "As [`Self::{}`], for any number of inputs, with an outcome for each.\n\n\
             They are sent in calls of up to {} inputs.{}",
            names.method.as_str(),
            batch.limit,
            matching(batch)
        ));
        let docs = docs.outer_of(&operation.docs);
        let marker_docs = Text::ours(format!(
            "What [`{}::{method}`] sends and receives.",
            group.handle.as_str()
        ))
        .outer();
        let (core, _) = Self::reach(group);
        let method = quote! {
            #docs
            pub fn #method<'a>(&self, inputs: impl Into<Source<'a, #input>>) -> Bulk<'a, #marker> {
                Bulk::new(#core, inputs)
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

    /// The type of an input.
    pub(super) fn batch_input(self, operation: &'a Operation) -> Option<&'a Type> {
        let batch = operation.batch.as_ref()?;
        self.items(self.member(batch_request(operation)?, &batch.inputs)?)
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
                Shape::Enum(_) | Shape::Union(_) | Shape::Tuple(_) | Shape::Alias(_) => None,
            },
            Type::Primitive(_) | Type::List(_) | Type::Tuple(_) | Type::Map(_) | Type::Constant(_) | Type::Any => None,
        }
    }

    /// The members that the described bodies of refusals have; none where one of them may be any object.
    fn refusals(self, operation: &'a Operation) -> IndexSet<&'a str> {
        let mut members = IndexSet::new();
        let errors = operation
            .responses
            .iter()
            .filter(|response| !response.status.is_answer());
        for content in errors.flat_map(|response| &response.contents) {
            if let Payload::Json(ty) = &content.payload {
                let mut own = IndexSet::new();
                self.members_of(ty, DEPTH, &mut own);
                if own.is_empty() {
                    return own;
                }
                members.extend(own);
            }
        }
        members
    }

    /// Adds the members of an object, of the items of a list, and of the arms of a union.
    fn members_of(self, ty: &'a Type, depth: usize, members: &mut IndexSet<&'a str>) {
        let Some(depth) = depth.checked_sub(1) else { return };
        match self.resolve(ty) {
            Type::Nullable(inner) | Type::List(inner) => self.members_of(inner, depth, members),
            Type::Def(id) => match &self.api.types[*id].shape {
                Shape::Struct(object) => members.extend(object.fields.iter().map(|field| field.wire.as_str())),
                Shape::Union(union) => {
                    for variant in &union.variants {
                        self.members_of(&variant.ty, depth, members);
                    }
                }
                Shape::Enum(_) | Shape::Tuple(_) | Shape::Alias(_) => {}
            },
            Type::Primitive(_) | Type::Tuple(_) | Type::Map(_) | Type::Constant(_) | Type::Any => {}
        }
    }

    fn items(self, ty: &'a Type) -> Option<&'a Type> {
        match self.resolve(ty) {
            Type::List(item) => Some(item),
            Type::Nullable(inner) => self.items(inner),
            Type::Def(_) | Type::Primitive(_) | Type::Tuple(_) | Type::Map(_) | Type::Constant(_) | Type::Any => None,
        }
    }
}

/// The type of the body that the inputs travel in.
fn batch_request(operation: &Operation) -> Option<&Type> {
    let contents = &operation.body.as_ref()?.contents;
    contents.iter().find_map(|content| match &content.payload {
        Payload::Json(ty) => Some(ty),
        _ => None,
    })
}

/// The described successes, as data.
fn successes(operation: &Operation) -> Vec<TokenStream> {
    let success = |response: &Response, status: Status| {
        let statuses = match status {
            Status::Code(code) => {
                let code = Literal::u16_unsuffixed(code);
                quote!(Statuses::Code(#code))
            }
            // Nothing but a default is described, and all answers are meant by it.
            Status::Class(_) | Status::Default => quote!(Statuses::Class(2)),
        };
        let body = match response.contents.first().map(|content| &content.payload) {
            None => quote!(SuccessBody::Nothing),
            Some(Payload::Json(_)) => quote!(SuccessBody::Json),
            Some(_) => quote!(SuccessBody::Other),
        };
        quote!(Success::new(#statuses, #body))
    };
    let described: Vec<_> = operation
        .responses
        .iter()
        .filter(|response| response.status.is_success())
        .map(|response| success(response, response.status))
        .collect();
    if !described.is_empty() {
        return described;
    }
    let default = operation
        .responses
        .iter()
        .find(|response| response.status == Status::Default);
    default
        .map(|response| success(response, Status::Default))
        .into_iter()
        .collect()
}

/// How results and inputs find each other, in words.
fn matching(batch: &Batch) -> String {
    if batch.results.is_none() {
        return String::new();
    }
    let mut text = "\n\n".to_owned();
    if let Some(BatchIdentity {
        input: _,
        result,
        error: _,
        property,
    }) = &batch.identity
    {
        let _ = write!(text, "Results are told apart by {}", docs::code(result));
        if let Some(BatchProperty { name, result, request }) = property {
            let (name, result) = (docs::code(name), docs::code(result));
            let _ = write!(text, " or, where {name} names a property, by that of {result}");
            if let Some(request) = request {
                let _ = write!(text, ", which is then added to {}", docs::code(request));
            }
        }
        text.push_str("; where they have the id of an input elsewhere, say so with [`Bulk::identified_by`]. ");
    }
    text.push_str(if batch.complete {
        "A success mentions every input exactly once, so what carries no id is that of the inputs which are left over, as \
         far as only one way to do so exists."
    } else {
        "An input succeeds or fails only by what carries its id: a success may leave inputs out."
    });
    text
}

/// What the body of a refusal is decoded as: its type where there is one for all statuses, in JSON.
fn refusal(operation: &Operation, error: &Answer) -> TokenStream {
    let is_json = |response: &Response| {
        let mut contents = response.contents.iter();
        contents.all(|content| matches!(content.payload, Payload::Json(_)))
    };
    let errors = operation
        .responses
        .iter()
        .filter(|response| !response.status.is_answer());
    if error.item.is_none() && errors.into_iter().all(is_json) {
        error.ty.clone()
    } else {
        quote!(Value)
    }
}

fn layout(batch: &Batch, successes: &[TokenStream], refusal: &IndexSet<&str>) -> TokenStream {
    let Batch {
        inputs,
        limit,
        results,
        errors,
        complete,
        correlation,
        identity,
    } = batch;
    let limit = Literal::u32_unsuffixed(*limit);
    let (results, errors) = (option(results.as_ref()), option(errors.as_ref()));
    let correlation = correlation
        .as_ref()
        .map(|Correlation { input, result, error }| key(input, result, Some(error)));
    let property = identity.as_ref().and_then(|identity| identity.property.as_ref());
    let property = property.map(|BatchProperty { name, result, request }| {
        let request = option(request.as_ref());
        quote!(BatchProperty { name: #name, result: #result, request: #request })
    });
    let identity = identity
        .as_ref()
        .map(|identity| key(&identity.input, &identity.result, identity.error.as_ref()));
    let (correlation, identity, property) = (option(correlation), option(identity), option(property));
    let refusal = refusal.iter();
    quote! {
        BatchLayout {
            inputs: #inputs,
            limit: #limit,
            results: #results,
            errors: #errors,
            complete: #complete,
            correlation: #correlation,
            identity: #identity,
            property: #property,
            successes: &[#(#successes),*],
            refusal: &[#(#refusal),*],
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
