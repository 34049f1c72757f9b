//! Server-sent events whose data depends on their kind: an enum with a variant for each, and how it is read.

use proc_macro2::TokenStream;
use quote::quote;

use super::{
    Emitter,
    docs::{self, Text},
    types::SeenFrom,
};
use crate::{
    ir::{Event, EventData, Operation, Payload},
    name::{EventsNames, Group, OperationNames},
};

impl Emitter<'_> {
    /// The enums of an operation's answers.
    pub(super) fn events(self, group: &Group, operation: &Operation, names: &OperationNames) -> Option<TokenStream> {
        let call = format!("{}::{}", group.handle, names.method.as_str());
        let mut enums: Vec<TokenStream> = Vec::new();
        for response in &operation.responses {
            for (index, content) in response.contents.iter().enumerate() {
                if let Payload::Events(events, _) = &content.payload {
                    let names = &names.events[&(response.status, index)];
                    enums.push(self.events_enum(events, names, &call));
                }
            }
        }
        (!enums.is_empty()).then(|| quote!(#(#enums)*))
    }

    fn events_enum(self, events: &[Event], names: &EventsNames, call: &str) -> TokenStream {
        let EventsNames { ty: name, variants } = names;
        let docs = Text::ours(format!("The data of an event of [`{call}`], by its kind.")).outer();
        let declared = events.iter().zip(variants).map(|(event, variant)| {
            let docs = docs::of(&event.docs, String::new).labelled(&title(event)).outer();
            match &event.data {
                EventData::Json(ty) => {
                    let ty = self.held_by_variant(ty, SeenFrom::Api);
                    quote!(#docs #variant(#ty))
                }
                EventData::Text => quote!(#docs #variant(String)),
                EventData::Exactly(_) => quote!(#docs #variant),
            }
        });
        let mut exact = Vec::new();
        let mut open = Vec::new();
        let mut tried = Vec::new();
        let mut rest = quote!(Ok(Self::Unknown(text.to_owned())));
        for (event, variant) in events.iter().zip(variants) {
            match (&event.kind, &event.data) {
                // What names more goes before what names less.
                (Some(kind), EventData::Exactly(text)) => exact.insert(0, quote!((#kind, #text) => Ok(Self::#variant))),
                (None, EventData::Exactly(text)) => exact.push(quote!((_, #text) => Ok(Self::#variant))),
                (Some(kind), EventData::Json(_)) => open.push(quote!((#kind, _) => event.json().map(Self::#variant))),
                (Some(kind), EventData::Text) => {
                    open.push(quote!((#kind, text) => Ok(Self::#variant(text.to_owned()))));
                }
                (None, EventData::Json(_)) => tried.push(quote! {
                    if let Ok(data) = event.json() {
                        return Ok(Self::#variant(data));
                    }
                }),
                (None, EventData::Text) => rest = quote!(Ok(Self::#variant(text.to_owned()))),
            }
        }
        // An end that has a variant is handed out like the others.
        let is_end = |event: &Event| event.data == EventData::Exactly("[DONE]".to_owned());
        let end = events.iter().any(is_end).then(|| {
            quote!(
                const END: Option<&'static str> = None;
            )
        });
        quote! {
            #docs
            #[derive(Debug, Clone, PartialEq)]
            #[non_exhaustive]
            pub enum #name {
                #(#declared,)*
                /// Data of an event that the description does not name.
                Unknown(String),
            }

            impl crate::runtime::EventData for #name {
                #end

                fn read(event: &crate::runtime::EventText<'_>) -> Result<Self, DecodeError> {
                    match (event.kind(), event.text()) {
                        #(#exact,)*
                        #(#open,)*
                        (_, text) => {
                            #(#tried)*
                            #rest
                        }
                    }
                }
            }
        }
    }
}

/// What is known of an event before it is read.
fn title(event: &Event) -> String {
    match (&event.kind, &event.data) {
        (Some(kind), _) => docs::code(kind),
        (None, EventData::Exactly(text)) => format!("The text {}", docs::code(text)),
        (None, EventData::Json(_) | EventData::Text) => "Any other kind".to_owned(),
    }
}
