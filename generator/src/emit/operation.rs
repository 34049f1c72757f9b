//! One operation: a method of its group's handle, and the data and types that belong to it.

use proc_macro2::{Ident, Literal, Span, TokenStream};
use quote::quote;

use super::{
    Emitter,
    body::Argument,
    defaults,
    docs::{self, Text},
    door::Doors,
    media,
    pages::Paged,
    parameter,
    response::Answer,
};
use crate::{
    ir::{Method, Operation, OperationId, Parameter, Rejected, Segment},
    name::{Group, OperationNames},
};

/// What is emitted for an operation, by the place where it stands in the file.
pub(super) struct Emitted {
    /// The method of the handle.
    pub(super) method: TokenStream,
    /// The types around it.
    pub(super) items: TokenStream,
    /// Its data.
    pub(super) data: TokenStream,
    /// What tests expect of it, where the settings want that.
    pub(super) mock: Option<TokenStream>,
}

impl<'a> Emitter<'a> {
    pub(super) fn operation(self, group: &'a Group, id: OperationId) -> Emitted {
        let operation = &self.api.operations[id.0];
        let names = &self.names.operations[id.0];
        let success = self.success(group, operation, names, None);
        let error = self.error(group, operation, names);
        let doors = self.doors(group, operation, names, &error);
        let body = operation.body.as_ref().map(|body| self.body(group, body, names));
        let paged = self.pages(operation, names, (&success, &error));
        let typed = (&success, &error, doors.as_ref(), paged.as_ref());
        let (method, builder) = self.call(group, operation, names, typed, body.as_ref());
        let batch = self.batch(group, operation, names, &error);
        let mock = self.mock(group, operation, names, &success);
        let headers = self.headers(group, operation, names);
        let events = self.events(group, operation, names);
        let body = body.map(|body| body.items);
        let doors = doors.map(|doors| doors.items);
        let items = [success.item, error.item, doors, events, headers, body, builder]
            .into_iter()
            .flatten();
        let (batch_method, batch_items) = batch.unwrap_or_default();
        let constants = Self::parameter_constants(operation, names);
        let data = data(self, operation, names);
        Emitted {
            method: quote!(#method #batch_method),
            items: quote!(#(#items)* #batch_items),
            data: quote!(#data #constants),
            mock,
        }
    }

    /// The method and, where anything is optional, the builder that it returns.
    fn call(
        self,
        group: &'a Group,
        operation: &'a Operation,
        names: &'a OperationNames,
        (success, error, doors, paged): (&Answer, &Answer, Option<&Doors>, Option<&Paged>),
        body: Option<&Argument>,
    ) -> (TokenStream, Option<TokenStream>) {
        let (required, optional): (Vec<_>, Vec<_>) =
            Self::parameters(operation, names).partition(|(parameter, _)| parameter.required);
        let needs_body = operation.body.as_ref().is_some_and(|body| body.required);
        let method = &names.method;
        let data = data_name(names);
        let (success_ty, success_decode) = (&success.ty, success.function());
        let (error_ty, error_decode) = (&error.ty, error.function());
        let (core, lifetime) = Self::reach(group);
        let mut call = quote!(Call::new(#core, &#data, #success_decode, #error_decode));
        for (name, value) in &operation.query {
            call = quote!(#call.parameter(&Parameter::query(#name), #value));
        }
        let mut arguments = Vec::new();
        for (parameter, own) in &required {
            let constant = parameter::constant(own);
            let value = Self::fixed(parameter).unwrap_or_else(|| {
                let argument = &own.argument;
                let (ty, value) = self.given(parameter, argument);
                arguments.push(quote!(#argument: #ty));
                value
            });
            call = quote!(#call.parameter(&#constant, #value));
        }
        let sent = |parameter: &Parameter| super::constant::sent(parameter.before.as_ref()?);
        for (value, own) in optional.iter().filter_map(|(it, own)| Some((sent(it)?, own))) {
            let constant = parameter::constant(own);
            call = quote!(#call.parameter(&#constant, #value));
        }
        if let Some(body) = body.filter(|_| needs_body) {
            let ty = &body.ty;
            arguments.push(quote!(body: #ty));
            call = body.put_into(&call);
        }
        let many = (arguments.len() > 6)
            .then(|| quote!(#[expect(clippy::too_many_arguments, reason = "so many parameters are required")]));
        let docs = self
            .operation_docs(group, operation, names, (success, error, doors, paged))
            .outer_of(&operation.docs);
        let optional_body = body.filter(|_| !needs_body);
        if optional.is_empty() && optional_body.is_none() && doors.is_none() && paged.is_none() {
            let method = quote! {
                #docs
                #many
                pub fn #method(&self, #(#arguments),*) -> Call<#lifetime, #success_ty, #error_ty> {
                    #call
                }
            };
            return (method, None);
        }
        let builder = &names.builder;
        let setters = optional
            .iter()
            .map(|(parameter, own)| self.parameter_setter(parameter, own));
        let body_setter = optional_body.map(|body| body_setter(operation, names, body));
        let setters = (!optional.is_empty() || body_setter.is_some()).then(|| {
            quote! {
                impl #builder<'_> {
                    #(#setters)*
                    #body_setter
                }
            }
        });
        let doors = doors.map(|Doors { methods, .. }| quote!(impl<'c> #builder<'c> { #methods }));
        let paged = paged.map(|Paged { methods, .. }| quote!(impl<'c> #builder<'c> { #methods }));
        let title = Text::ours(format!(
            "The call [`{}::{}`], before it is sent. Its settings, such as a time limit, are those of every call: [`AnyCall`].",
            group.handle.as_str(),
            names.method.as_str()
        ))
        .outer();
        let item = quote! {
            #title
            #[must_use = "a call does nothing until it is awaited"]
            pub struct #builder<'c> {
                call: Call<'c, #success_ty, #error_ty>,
            }

            #setters
            #doors
            #paged

            call_builder! { #builder => #success_ty, #error_ty }
        };
        let method = quote! {
            #docs
            #many
            pub fn #method(&self, #(#arguments),*) -> #builder<#lifetime> {
                #builder { call: #call }
            }
        };
        (method, Some(item))
    }
}

/// What sets a body that need not be sent.
fn body_setter(operation: &Operation, names: &OperationNames, body: &Argument) -> TokenStream {
    let ty = &body.ty;
    let name = &names.call.body;
    let call = body.put_into(&quote!(self.call));
    let said = operation.body.as_ref().map(|body| docs::of(&body.docs, String::new));
    let docs = Text::ours("Sends a body.").and(said.unwrap_or_default()).outer();
    quote! {
        #docs
        pub fn #name(mut self, body: #ty) -> Self {
            self.call = #call;
            self
        }
    }
}

/// The static that holds an operation's data.
pub(super) fn data_name(names: &OperationNames) -> Ident {
    Ident::new(&names.method.to_constant(), Span::call_site())
}

fn data(emitter: Emitter<'_>, operation: &Operation, names: &OperationNames) -> TokenStream {
    let name = data_name(names);
    let id = operation.id.clone().unwrap_or_else(|| operation.method_and_path());
    let method = match &operation.method {
        Method::Other(name) => quote!(Method::new(#name)),
        known => {
            let name = Ident::new(known.as_str(), Span::call_site());
            quote!(Method::#name)
        }
    };
    let path: String = operation
        .path
        .iter()
        .map(|segment| match segment {
            Segment::Literal(text) => text.clone(),
            Segment::Parameter(index) => format!("{{{}}}", operation.parameters[*index].wire),
        })
        .collect();
    let server = Emitter::own_server(operation);
    let idempotent = operation.idempotent;
    let idempotency_key = operation.idempotency_key.as_deref().unwrap_or_default();
    let defaults = defaults::data(emitter.config.calls_of(&operation.keys()));
    let rejected = operation.rejected.iter().map(|Rejected { status, wait_seconds }| {
        let status = Literal::u16_unsuffixed(*status);
        let wait_seconds = Literal::u32_unsuffixed(*wait_seconds);
        quote!(Rejected::new(#status, #wait_seconds))
    });
    let accept = emitter.accept(operation, None);
    let (stream, arrivals) = media::arrivals(operation, None);
    let security = operation.security.iter().map(|alternative| {
        let schemes = alternative
            .iter()
            .map(|requirement| &emitter.api.security_schemes[requirement.scheme.0].name);
        quote!(&[#(#schemes),*])
    });
    let security = emitter.has_credentials().then(|| quote!(security: &[#(#security),*],));
    let example = emitter.answered_by_itself(operation);
    quote! {
        static #name: Operation = Operation {
            id: #id,
            method: #method,
            path: #path,
            server: #server,
            idempotent: #idempotent,
            idempotency_key: #idempotency_key,
            defaults: #defaults,
            rejected: &[#(#rejected),*],
            #security
            accept: #accept,
            stream: #stream,
            arrivals: #arrivals,
            #example
        };
    }
}
