//! The body of a request: how it is taken as an argument, and how it becomes bytes.

use proc_macro2::TokenStream;
use quote::quote;

use super::{Emitter, docs, parameter, types::From};
use crate::{
    ir::{Content, Location, Part, Payload, Primitive, RequestBody, Type},
    name::OperationNames,
};

/// How an operation takes its body.
pub(super) struct Argument {
    /// The type of the argument.
    pub(super) ty: TokenStream,
    /// What is called on the call, with the argument `body` in scope.
    pub(super) send: TokenStream,
    /// An item that the type needs.
    pub(super) item: Option<TokenStream>,
}

impl Emitter<'_> {
    /// How an operation takes its body.
    pub(super) fn body(self, body: &RequestBody, names: &OperationNames) -> Argument {
        match body.contents.as_slice() {
            [content] => {
                let send = self.send(content, &quote!(body), false);
                Argument {
                    ty: self.body_argument(&content.payload),
                    send,
                    item: None,
                }
            }
            contents => self.alternatives(contents, names),
        }
    }

    fn body_argument(self, payload: &Payload) -> TokenStream {
        match payload {
            Payload::Json(ty) | Payload::Form { ty, .. } | Payload::EventStream(ty) => self.lent(ty),
            Payload::Multipart(_) => quote!(Multipart),
            Payload::Text => quote!(&str),
            Payload::Bytes => quote!(impl Into<Upload>),
        }
    }

    /// The call that sends `value` as `content`. An owned value still has to be lent.
    fn send(self, content: &Content, value: &TokenStream, owned: bool) -> TokenStream {
        let media_type = concrete(&content.media_type);
        let lent = |ty: &Type| {
            if owned {
                quote!(&#value)
            } else {
                self.reference(ty, value)
            }
        };
        match &content.payload {
            Payload::Json(ty) | Payload::EventStream(ty) => {
                let value = lent(ty);
                if media_type == "application/json" {
                    quote!(.json(#value))
                } else {
                    quote!(.body(Body::json(#media_type, #value)))
                }
            }
            Payload::Form { ty, encodings } => {
                let value = lent(ty);
                let encodings = encodings.iter().map(|(name, encoding)| {
                    let encoding = parameter::encoding(encoding, Location::Query);
                    quote!(Parameter::query(#name)#encoding)
                });
                quote!(.body(Body::form(#value, &[#(#encodings),*])))
            }
            Payload::Multipart(_) => quote!(.body(Body::multipart(#value))),
            Payload::Text => {
                let media_type = if media_type == "application/octet-stream" {
                    "text/plain"
                } else {
                    media_type
                };
                quote!(.body(Body::raw(#media_type, #value.to_owned())))
            }
            Payload::Bytes => quote!(.body(Body::raw(#media_type, #value))),
        }
    }

    fn alternatives(self, contents: &[Content], names: &OperationNames) -> Argument {
        let name = &names.body;
        let variants = &names.contents;
        let arms = variants.iter().zip(contents).map(|(variant, content)| {
            let docs = docs::Text::ours(docs::code(&content.media_type)).outer();
            let ty = match &content.payload {
                Payload::Json(ty) | Payload::Form { ty, .. } | Payload::EventStream(ty) => self.ty(ty, From::Api),
                Payload::Multipart(_) => quote!(Multipart),
                Payload::Text => quote!(String),
                Payload::Bytes => quote!(Upload),
            };
            quote!(#docs #variant(#ty))
        });
        let sends = variants.iter().zip(contents).map(|(variant, content)| {
            let send = self.send(content, &quote!(body), true);
            quote!(#name::#variant(body) => call #send)
        });
        let text = docs::Text::ours("A body, in one of the media types that the operation takes.").outer();
        let item = quote! {
            #text
            #[derive(Debug)]
            #[non_exhaustive]
            pub enum #name { #(#arms,)* }

            impl #name {
                fn send<T, E>(self, call: Call<'_, T, E>) -> Call<'_, T, E> {
                    match self { #(#sends,)* }
                }
            }
        };
        Argument {
            ty: quote!(#name),
            send: TokenStream::new(),
            item: Some(item),
        }
    }

    /// What the documentation of an operation says about a multipart body's parts.
    pub(super) fn describe_parts(body: &RequestBody) -> Option<docs::Text> {
        let parts = body.contents.iter().find_map(|content| match &content.payload {
            Payload::Multipart(parts) => Some(parts),
            _ => None,
        })?;
        let line = |part: &Part| {
            let kind = if part.ty == Type::Primitive(Primitive::Binary) {
                "a file"
            } else {
                "a value"
            };
            let need = if part.required { "required" } else { "optional" };
            format!("* {}: {kind}, {need}", docs::code(&part.wire))
        };
        let lines: Vec<String> = parts.iter().map(line).collect();
        (!lines.is_empty()).then(|| docs::Text::ours(format!("The parts of the body:\n\n{}", lines.join("\n"))))
    }
}

/// The media type that is sent where the document gives a range.
pub(super) fn concrete(media_type: &str) -> &str {
    let essence = media_type.split(';').next().unwrap_or_default().trim();
    match essence {
        "*/*" | "application/*" => "application/json",
        essence if essence.contains('*') => "application/octet-stream",
        _ => media_type,
    }
}

impl Argument {
    /// The call with the body `body` in it.
    pub(super) fn put_into(&self, call: &TokenStream) -> TokenStream {
        if self.item.is_some() {
            quote!(body.send(#call))
        } else {
            let send = &self.send;
            quote!(#call #send)
        }
    }
}
