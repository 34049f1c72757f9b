//! `webhooks.rs`: what the server sends by itself, an enum for the webhooks and one for the callbacks of each operation.

use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;

use super::{
    Emitter,
    docs::{self, Text},
    handle::begins_path,
    types::SeenFrom,
};
use crate::{
    ir::{Arrival, Content, Location, Operation, OperationId, Payload, Type, Webhook, WebhookOrigin},
    name::{TypeName, WebhookNames, WebhookSet},
};

impl<'a> Emitter<'a> {
    /// `webhooks.rs`.
    pub(super) fn webhooks(self) -> TokenStream {
        let docs = Text::ours("What the API sends by itself, as enums: its webhooks, and the callbacks of operations.")
            .and(self.receiving_example())
            .inner();
        let enums = self.names.webhooks.iter().map(|set| self.webhook_set(set));
        let code = quote!(#(#enums)*);
        let models = begins_path(&code, "models").then(|| {
            quote!(
                use crate::models;
            )
        });
        quote! {
            #docs

            #models
            use crate::runtime::prelude::*;
            use crate::runtime::webhook::webhooks;

            pub use crate::runtime::webhook::WebhookError;

            #code
        }
    }

    /// The enum of what comes back later from an operation; those that are one and the same have it together.
    pub(super) fn callbacks_of(self, operation: &Operation) -> Option<&'a TypeName> {
        let is_of = |id: OperationId| self.api.operations[id.0].pointer == operation.pointer;
        let mut sets = self.names.webhooks.iter();
        sets.find(|set| set.operation.is_some_and(is_of)).map(|set| &set.ty)
    }

    fn webhook_set(self, set: &'a WebhookSet) -> TokenStream {
        let WebhookSet {
            operation,
            ty,
            webhooks,
        } = set;
        let docs = self.set_docs(*operation, webhooks).outer();
        let members: Vec<(&Webhook, &WebhookNames)> = webhooks
            .iter()
            .map(|names| (&self.api.webhooks[names.webhook.0], names))
            .collect();
        let variants = members
            .iter()
            .map(|(webhook, names)| self.webhook_variants(webhook, names));
        let telling = self.api.telling.iter().find(|telling| telling.operation == *operation);
        let by = telling.map(|telling| {
            let property = &telling.property;
            quote!(by #property)
        });
        let typed = members
            .iter()
            .any(|(webhook, _)| webhook.payloads.len() > 1)
            .then(|| quote!(typed));
        let rows = members.iter().map(|(webhook, names)| row(webhook, names));
        quote! {
            #docs
            #[derive(Debug, Clone, PartialEq)]
            #[non_exhaustive]
            pub enum #ty {
                #(#variants)*
                /// What the description does not name, or what came without the body that it may have.
                Unknown {
                    /// What the sender called it.
                    name: String,
                    /// The body as it came.
                    body: Bytes,
                },
            }

            webhooks! {
                #ty #typed #by { #(#rows,)* }
            }
        }
    }

    fn set_docs(self, operation: Option<OperationId>, webhooks: &[WebhookNames]) -> Text {
        let Some((id, operation)) = operation.and_then(|id| Some((id, self.api.operations.get(id.0)?))) else {
            return Text::ours("A webhook of the API.");
        };
        let names = &self.names.operations[id.0];
        let group = &self.names.groups[names.group];
        let (module, handle, method) = (&group.module, &group.handle, names.method.as_str());
        let place = if group.is_call {
            "crate".to_owned()
        } else {
            format!("crate::api::{}", module.as_str())
        };
        let text = Text::ours(format!(
            "What the API sends to callers of [`{handle}::{method}`]({place}::{handle}::{method}), which is {}.",
            docs::code(&operation.method_and_path()),
        ));
        let places = webhooks.iter().filter_map(|names| {
            let webhook = &self.api.webhooks[names.webhook.0];
            match &webhook.origin {
                WebhookOrigin::Api => None,
                WebhookOrigin::Operation { expression, .. } => Some((names, expression)),
            }
        });
        let places = places.fold(Text::default(), |text, (names, expression)| {
            let variant = names.variants.first().map(TypeName::as_str).unwrap_or_default();
            text.with_item(
                &format!("[`{variant}`](Self::{variant})"),
                Some(Text::ours(docs::code(expression))),
            )
        });
        text.and(Text::ours("Where to, as an expression about that call:").and(places))
    }

    /// A variant for all that may arrive.
    fn webhook_variants(self, webhook: &Webhook, names: &WebhookNames) -> TokenStream {
        let arrivals = webhook.arrivals();
        let Some(first) = names.variants.first() else {
            return TokenStream::new();
        };
        let docs = self.webhook_docs(webhook).outer();
        let Some((arrival, others)) = arrivals.split_first() else {
            return quote!(#docs #first,);
        };
        let ty = self.arrival(*arrival);
        let others = others
            .iter()
            .zip(names.variants.iter().skip(1))
            .map(|(arrival, variant)| {
                let ty = self.arrival(*arrival);
                let docs = Text::ours(format!("[`{first}`](Self::{first}) in another form.")).outer();
                quote!(#docs #variant(#ty),)
            });
        quote!(#docs #first(#ty), #(#others)*)
    }

    fn arrival(self, arrival: Arrival<'_>) -> TokenStream {
        match arrival {
            Arrival::Typed(ty) => self.held_by_variant(ty, SeenFrom::Api),
            Arrival::Text => quote!(String),
            Arrival::Bytes => quote!(Bytes),
        }
    }

    fn webhook_docs(self, webhook: &Webhook) -> Text {
        let text = docs::of(&webhook.docs, || {
            let what = match webhook.origin {
                WebhookOrigin::Api => "webhook",
                WebhookOrigin::Operation { .. } => "callback",
            };
            format!("The {what} {}.", docs::code(&webhook.name))
        });
        let media_types: Vec<String> = webhook.payloads.iter().map(|it| docs::code(&it.media_type)).collect();
        let body = match media_types.as_slice() {
            [] => "without a body".to_owned(),
            several => format!("with a body of {}", several.join(", ")),
        };
        let method = docs::code(webhook.method.as_str());
        text.and(Text::ours(format!("Sent by {method}, {body}.")))
            .and(self.told(webhook))
            .and(carried(webhook))
            .and(self.replies(webhook))
    }

    /// What tells it from the others.
    fn told(self, webhook: &Webhook) -> Text {
        const SHOWN: usize = 8;
        let operation = webhook.origin.operation();
        let telling = self.api.telling.iter().find(|telling| telling.operation == operation);
        let Some(telling) = telling.filter(|_| !webhook.tags.is_empty()) else {
            return Text::default();
        };
        let mut tags: Vec<String> = webhook.tags.iter().take(SHOWN).map(|tag| docs::code(tag)).collect();
        if webhook.tags.len() > SHOWN {
            tags.push("…".to_owned());
        }
        let (property, tags) = (docs::code(&telling.property), tags.join(", "));
        Text::ours(format!("Its member {property} tells it: {tags}."))
    }

    /// What the sender expects back.
    fn replies(self, webhook: &Webhook) -> Text {
        if webhook.responses.is_empty() {
            return Text::default();
        }
        let lines = webhook.responses.iter().fold(Text::default(), |text, response| {
            let mut title = docs::code(&response.status.to_string());
            let ty = response.contents.first().and_then(typed_payload);
            if let Some(Type::Def(id)) = ty {
                let name = self.names.of(*id);
                title = format!("{title} with a [`{name}`](crate::models::{name})");
            }
            text.with_item(&title, Some(Text::in_short(&response.docs)))
        });
        Text::ours("Answers:").and(lines)
    }

    /// A program that is compiled with the documentation's tests.
    fn receiving_example(self) -> Text {
        let krate = self.krate();
        // Whatever order the document has, it is the same one that is shown.
        let sets = self.names.webhooks.iter();
        let Some(set) = sets.min_by_key(|set| (set.operation.is_some(), &set.ty)) else {
            return Text::default();
        };
        let ty = &set.ty;
        let members = set.webhooks.iter().filter_map(|names| {
            let is_empty = self.api.webhooks[names.webhook.0].payloads.is_empty();
            Some((is_empty, names.variants.first()?))
        });
        let Some((is_empty, variant)) = members.min() else {
            return Text::default();
        };
        let shown = if is_empty { "" } else { "(payload)" };
        let does = if is_empty {
            "println!(\"it is here\")"
        } else {
            "println!(\"{payload:?}\")"
        };
        Text::ours(format!(
            "A handler of any web framework takes the name from where the API puts it, such as a header or the path that it\n\
             sends to, and the body as the bytes that came. Who sent them is for the handler to check, over the same bytes\n\
             and before anything is made of them.\n\
             \n\
             ```\n\
             use {krate}::webhooks::{ty};\n\
             \n\
             fn receive(\n    \
                 name: &str,\n    \
                 body: &[u8],\n    \
                 is_signed: impl Fn(&[u8]) -> bool,\n\
             ) -> Result<(), Box<dyn std::error::Error>> {{\n    \
                 if !is_signed(body) {{\n        \
                     return Err(\"somebody else sent it\".into());\n    \
                 }}\n    \
                 match {ty}::decode(name, body)? {{\n        \
                     {ty}::{variant}{shown} => {does},\n        \
                     {ty}::Unknown {{ name, .. }} => println!(\"{{name}} is new\"),\n        \
                     other => println!(\"{{}} is of no interest\", other.name()),\n    \
                 }}\n    \
                 Ok(())\n\
             }}\n\
             ```"
        ))
    }
}

/// What comes beside the body, for the receiver to read from the request.
fn carried(webhook: &Webhook) -> Text {
    let lines = webhook.parameters.iter().fold(Text::default(), |text, parameter| {
        let place = match parameter.location {
            Location::Path => "the part of the path",
            Location::Query => "the query parameter",
            Location::Header => "the header",
            Location::Cookie => "the cookie",
            Location::QueryString => "the whole query",
        };
        let optional = if parameter.required { "" } else { ", not always" };
        let title = format!("{place} {}{optional}", docs::code(&parameter.wire));
        text.with_item(&title, Some(Text::in_short(&parameter.docs)))
    });
    if webhook.parameters.is_empty() {
        return Text::default();
    }
    Text::ours("It carries:").and(lines)
}

fn typed_payload(content: &Content) -> Option<&Type> {
    match content.payload.arrival() {
        Arrival::Typed(ty) => Some(ty),
        Arrival::Text | Arrival::Bytes => None,
    }
}

/// How a webhook is decoded.
fn row(webhook: &Webhook, names: &WebhookNames) -> TokenStream {
    let constant = Ident::new(&names.constant.to_constant(), Span::call_site());
    let key = &webhook.key;
    let tags = &webhook.tags;
    let tags = (!tags.is_empty()).then(|| quote!(as #(#tags)|*));
    let Some(first) = names.variants.first() else {
        return TokenStream::new();
    };
    let Some((preferred, others)) = webhook.payloads.split_first() else {
        return quote!(#constant = #key #tags: none #first);
    };
    let kind = match &preferred.payload {
        Payload::Json(_) if webhook.optional => quote!(optional_json),
        payload => decoder(payload),
    };
    let arrivals = webhook.arrivals();
    // The first decoder of a variant names it, and the rest refer to it.
    let mut introduced = vec![preferred.payload.arrival()];
    let mut media_types = vec![essence(&preferred.media_type)];
    let (mut new, mut further) = (Vec::new(), Vec::new());
    for content in others {
        let arrival = content.payload.arrival();
        let media_type = essence(&content.media_type);
        if media_types.contains(&media_type) {
            continue;
        }
        let place = arrivals.iter().position(|known| *known == arrival);
        let Some(variant) = place.and_then(|place| names.variants.get(place)) else {
            continue;
        };
        let kind = decoder(&content.payload);
        let decoding = quote!(#kind #media_type #variant);
        if introduced.contains(&arrival) {
            further.push(quote!(also #decoding));
        } else {
            introduced.push(arrival);
            new.push(quote!(or #decoding));
        }
        media_types.push(media_type);
    }
    quote!(#constant = #key #tags: #kind #first #(#new)* #(#further)*)
}

fn decoder(payload: &Payload) -> TokenStream {
    match payload {
        Payload::Json(_) => quote!(json),
        Payload::Form { .. } => quote!(form),
        Payload::Text(_) => quote!(text),
        Payload::Bytes
        | Payload::Xml(..)
        | Payload::Multipart(_)
        | Payload::EventStream(..)
        | Payload::Events(..)
        | Payload::Items(..) => {
            quote!(bytes)
        }
    }
}

/// A media type without its parameters, in lower case.
fn essence(media_type: &str) -> String {
    let essence = media_type.split(';').next().unwrap_or_default();
    essence.trim().to_ascii_lowercase()
}
