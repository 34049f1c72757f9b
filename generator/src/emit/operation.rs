//! One operation: a method of its group's handle, and the data and types that belong to it.

use std::fmt::Write as _;

use indexmap::IndexSet;
use proc_macro2::{Ident, Literal, Span, TokenStream};
use quote::quote;

use super::{
    Emitter,
    body::Argument,
    docs::{self, Text},
    parameter,
    response::{self, Answer},
};
use crate::{
    ir::{Method, Operation, OperationId, Parameter, Rejected, Requirement, Segment},
    name::{Group, Names, OperationNames},
};

/// What is emitted for an operation, by the place where it stands in the file.
pub(super) struct Emitted {
    /// The method of the handle.
    pub(super) method: TokenStream,
    /// The types around it.
    pub(super) items: TokenStream,
    /// Its data.
    pub(super) data: TokenStream,
}

impl<'a> Emitter<'a> {
    pub(super) fn operation(self, group: &'a Group, id: OperationId) -> Emitted {
        let operation = &self.api.operations[id.0];
        let names = &self.names.operations[id.0];
        let success = self.success(group, operation, names);
        let error = self.error(group, operation, names);
        let body = operation.body.as_ref().map(|body| self.body(group, body, names));
        let (method, builder) = self.call(group, operation, names, &success, &error, body.as_ref());
        let batch = self.batch(group, operation, names, &error);
        let headers = self.headers(group, operation, names);
        let events = self.events(group, operation, names);
        let body = body.map(|body| body.items);
        let items = [success.item, error.item, events, headers, body, builder]
            .into_iter()
            .flatten();
        let (batch_method, batch_items) = batch.unwrap_or_default();
        let constants = Self::parameter_constants(operation, names);
        let data = data(self, operation, names);
        Emitted {
            method: quote!(#method #batch_method),
            items: quote!(#(#items)* #batch_items),
            data: quote!(#data #constants),
        }
    }

    /// The method and, where anything is optional, the builder that it returns.
    fn call(
        self,
        group: &'a Group,
        operation: &'a Operation,
        names: &'a OperationNames,
        success: &Answer,
        error: &Answer,
        body: Option<&Argument>,
    ) -> (TokenStream, Option<TokenStream>) {
        let (required, optional): (Vec<_>, Vec<_>) =
            Self::parameters(operation, names).partition(|(parameter, _)| parameter.required);
        let needs_body = operation.body.as_ref().is_some_and(|body| body.required);
        let method = &names.method;
        let data = data_name(names);
        let (success_ty, success_decode) = (&success.ty, &success.decode);
        let (error_ty, error_decode) = (&error.ty, &error.decode);
        let mut call = quote!(Call::new(self.core, &#data, #success_decode, #error_decode));
        for (name, value) in &operation.query {
            call = quote!(#call.parameter(&Parameter::query(#name), #value));
        }
        let mut arguments = Vec::new();
        for (parameter, own) in &required {
            let constant = parameter::constant(own);
            let value = Self::fixed(parameter).unwrap_or_else(|| {
                let argument = &own.argument;
                let ty = self.lent(&parameter.ty);
                arguments.push(quote!(#argument: #ty));
                self.reference(&parameter.ty, &quote!(#argument))
            });
            call = quote!(#call.parameter(&#constant, #value));
        }
        if let Some(body) = body.filter(|_| needs_body) {
            let ty = &body.ty;
            arguments.push(quote!(body: #ty));
            call = body.put_into(&call);
        }
        let many = (arguments.len() > 6)
            .then(|| quote!(#[expect(clippy::too_many_arguments, reason = "so many parameters are required")]));
        let docs = self.operation_docs(group, operation, names, (success, error)).outer();
        let optional_body = body.filter(|_| !needs_body);
        if optional.is_empty() && optional_body.is_none() {
            let method = quote! {
                #docs
                #many
                pub fn #method(&self, #(#arguments),*) -> Call<'c, #success_ty, #error_ty> {
                    #call
                }
            };
            return (method, None);
        }
        let builder = &names.builder;
        let setters = optional
            .iter()
            .map(|(parameter, own)| self.parameter_setter(parameter, own));
        let body_setter = optional_body.map(|body| {
            let ty = &body.ty;
            let call = body.put_into(&quote!(self.call));
            let said = operation.body.as_ref().map(|body| docs::of(&body.docs, String::new));
            let docs = Text::ours("Sends a body.").and(said.unwrap_or_default()).outer();
            quote! {
                #docs
                pub fn body(mut self, body: #ty) -> Self {
                    self.call = #call;
                    self
                }
            }
        });
        let title = Text::ours(format!(
            "The call [`{}::{}`], before it is sent.",
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

            impl #builder<'_> {
                #(#setters)*
                #body_setter
            }

            call_builder! { #builder => #success_ty, #error_ty }
        };
        let method = quote! {
            #docs
            #many
            pub fn #method(&self, #(#arguments),*) -> #builder<'c> {
                #builder { call: #call }
            }
        };
        (method, Some(item))
    }

    fn operation_docs(
        self,
        group: &Group,
        operation: &'a Operation,
        names: &'a OperationNames,
        (success, error): (&Answer, &Answer),
    ) -> Text {
        let request = format!("{} {}", operation.method.as_str(), operation.template);
        let mut text = docs::of(&operation.docs, String::new).and(Text::ours(docs::code(&request)));
        let server = Self::own_server(operation);
        if server.starts_with('/') {
            text = text.and(Text::ours(format!(
                "Served from {} at the client's host.",
                docs::code(&server)
            )));
        } else if !server.is_empty() {
            text = text.and(Text::ours(format!(
                "Served from {}, unless [`ClientBuilder::operation_server`] or [`ClientBuilder::base_url`] says otherwise.",
                docs::code(&server)
            )));
        }
        for parameter in &operation.parameters {
            if let Some(value) = &parameter.constant {
                let (wire, value) = (docs::code(&parameter.wire), docs::code(&value.to_string()));
                text = text.and(Text::ours(format!("Sends {wire}, which is always {value}.")));
            }
        }
        text = text.and(Self::arguments(operation, names));
        if operation.tags.len() > 1 {
            let tags: Vec<String> = operation.tags.iter().map(|tag| docs::code(tag)).collect();
            text = text.and(Text::ours(format!("Tags: {}.", tags.join(", "))));
        }
        text = text.and(self.scopes(operation));
        if !operation.headers().is_empty() {
            let line = format!("[`{}`] reads the headers of the answer.", names.headers);
            text = text.and(Text::ours(line));
        }
        if let Some(set) = self.callbacks_of(operation) {
            let line = format!("What comes back later is a [`{set}`](crate::webhooks::{set}).");
            text = text.and(Text::ours(line));
        }
        text.and(Self::answers(operation, success, error))
            .and(self.example(group, operation, names))
    }

    /// What credentials must permit; of each alternative, where they must permit different things.
    fn scopes(self, operation: &Operation) -> Text {
        let scopes = |requirement: &Requirement| {
            let scopes = requirement.scopes.iter().map(|scope| docs::code(scope));
            scopes
                .collect::<IndexSet<_>>()
                .into_iter()
                .collect::<Vec<_>>()
                .join(", ")
        };
        let alternatives = operation.security.iter();
        let of_each: Vec<Vec<String>> = alternatives
            .map(|alternative| {
                alternative
                    .iter()
                    .map(scopes)
                    .filter(|scopes| !scopes.is_empty())
                    .collect()
            })
            .collect();
        match of_each.as_slice() {
            [] => Text::default(),
            [first, others @ ..] if first.len() < 2 && others.iter().all(|other| other == first) => {
                let first = first.first().map(|scopes| Text::ours(format!("Scopes: {scopes}.")));
                first.unwrap_or_default()
            }
            _ => {
                let lines = operation.security.iter().map(|alternative| {
                    let parts = alternative.iter().map(|requirement| {
                        let name = docs::code(&self.api.security_schemes[requirement.scheme.0].name);
                        match scopes(requirement) {
                            none if none.is_empty() => name,
                            scopes => format!("{name} with {scopes}"),
                        }
                    });
                    parts.collect::<Vec<_>>().join(" and ")
                });
                Text::ours(format!("Scopes: {}.", lines.collect::<Vec<_>>().join("; or ")))
            }
        }
    }

    /// A list of the arguments that there is something to say about.
    fn arguments(operation: &'a Operation, names: &'a OperationNames) -> Text {
        let required = Self::parameters(operation, names)
            .filter(|(parameter, _)| parameter.required && Self::fixed(parameter).is_none());
        let lines = required.fold(Text::default(), |text, (parameter, own)| {
            let about = Self::about(parameter, String::new);
            if about.is_empty() {
                return text;
            }
            text.with_item(&docs::code(&own.argument.to_string()), Some(about))
        });
        let body = operation.body.as_ref().filter(|body| body.required);
        let about = body.map(|body| docs::of(&body.docs, String::new)).unwrap_or_default();
        let lines = if about.is_empty() {
            lines
        } else {
            lines.with_item("`body`", Some(about))
        };
        if lines.is_empty() {
            return lines;
        }
        Text::ours("Arguments:").and(lines)
    }

    /// A list of the described answers, each with the variant that it arrives as.
    fn answers(operation: &Operation, success: &Answer, error: &Answer) -> Text {
        if operation.responses.is_empty() {
            return Text::default();
        }
        let lines = operation.responses.iter().fold(Text::default(), |text, response| {
            let mut title = docs::code(&response.status.to_string());
            let answer = if response.status.is_success() { success } else { error };
            if answer.variants.contains(&response.status) {
                let variant = Names::variant(response.status);
                let _ = write!(title, " ([`{}::{variant}`])", answer.ty);
            }
            text.with_item(&title, Some(Text::in_short(&response.docs)))
        });
        Text::ours("Answers:").and(lines)
    }

    /// A program that is compiled with the documentation's tests.
    fn example(self, group: &Group, operation: &'a Operation, names: &'a OperationNames) -> Text {
        let krate = self.config.crate_name.replace('-', "_");
        let mut given = vec!["client: Client".to_owned()];
        let mut passed = Vec::new();
        let is_argument = |parameter: &Parameter| parameter.required && Self::fixed(parameter).is_none();
        for (parameter, own) in Self::parameters(operation, names).filter(|(parameter, _)| is_argument(parameter)) {
            given.push(format!(
                "{}: {}",
                own.argument,
                Self::example_type(&self.lent(&parameter.ty))
            ));
            passed.push(own.argument.to_string());
        }
        if let Some(body) = operation.body.as_ref().filter(|body| body.required) {
            let argument = self.body(group, body, names);
            given.push(format!("body: {}", Self::example_type(&argument.full)));
            passed.push("body".to_owned());
        }
        Text::ours(format!(
            "```no_run\n# use {krate}::{{Client, api, models, prelude::*}};\n# async fn example({given}) -> Result<(), Box<dyn std::error::Error>> {{\nlet answer = client.{accessor}().{method}({passed}).await?;\n# Ok(())\n# }}\n```",
            given = given.join(", "),
            accessor = group.accessor,
            method = names.method,
            passed = passed.join(", "),
        ))
    }

    /// A type as the example writes it.
    fn example_type(ty: &TokenStream) -> String {
        ty.to_string()
            .replace(" :: ", "::")
            .replace("& ", "&")
            .replace(" < ", "<")
            .replace(" >", ">")
            .replace(" ,", ",")
    }
}

/// The static that holds an operation's data.
pub(super) fn data_name(names: &OperationNames) -> Ident {
    Ident::new(&names.method.to_constant(), Span::call_site())
}

fn data(emitter: Emitter<'_>, operation: &Operation, names: &OperationNames) -> TokenStream {
    let name = data_name(names);
    let id = operation
        .id
        .clone()
        .unwrap_or_else(|| format!("{} {}", operation.method.as_str(), operation.template));
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
    let rejected = operation.rejected.iter().map(|Rejected { status, wait_seconds }| {
        let status = Literal::u16_unsuffixed(*status);
        let wait_seconds = Literal::u32_unsuffixed(*wait_seconds);
        quote!(Rejected::new(#status, #wait_seconds))
    });
    let accept = response::accept(operation);
    let stream = response::streams(operation);
    let security = operation.security.iter().map(|alternative| {
        let schemes = alternative
            .iter()
            .map(|requirement| &emitter.api.security_schemes[requirement.scheme.0].name);
        quote!(&[#(#schemes),*])
    });
    quote! {
        static #name: Operation = Operation {
            id: #id,
            method: #method,
            path: #path,
            server: #server,
            idempotent: #idempotent,
            rejected: &[#(#rejected),*],
            security: &[#(#security),*],
            accept: #accept,
            stream: #stream,
        };
    }
}
