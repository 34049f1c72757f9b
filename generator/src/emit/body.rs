//! The body of a request: how it is taken as an argument, and how it becomes bytes.

use proc_macro2::TokenStream;
use quote::quote;

use super::{
    Emitter,
    conversion::{Held, Twins},
    docs::{self, Text},
    media::concrete,
    parameter,
    types::SeenFrom,
};
use crate::{
    ir::{Content, Framing, Payload, RequestBody, Type},
    name::{ContentNames, Group, OperationNames, TypeName},
};

/// How an operation takes its body.
pub(super) struct Argument {
    /// The type of the argument.
    pub(super) ty: TokenStream,
    /// The same where nothing is imported but the crate's modules and its prelude.
    pub(super) full: TokenStream,
    /// The types that it needs.
    pub(super) items: TokenStream,
    send: Send,
}

/// How the argument `body` gets into a call.
enum Send {
    /// By a method of the call.
    Method(TokenStream),
    /// By a method of what the argument becomes.
    Itself(TokenStream),
}

impl<'a> Emitter<'a> {
    /// How an operation of `group` takes its body.
    pub(super) fn body(self, group: &Group, body: &'a RequestBody, names: &'a OperationNames) -> Argument {
        let title = format!("The body of [`{}::{}`]", group.handle, names.method.as_str());
        let forms = body.contents.iter().zip(&names.contents);
        let forms = forms.filter_map(|(content, names)| {
            let parts = content.payload.parts()?;
            Some(self.form(
                parts,
                names,
                &format!("{title} as {}.", docs::code(&content.media_type)),
            ))
        });
        let forms = quote!(#(#forms)*);
        let module = &group.module;
        match (body.contents.as_slice(), names.contents.as_slice()) {
            ([content], [own]) => {
                let ty = self.body_argument(&content.payload, own);
                let full = match &content.payload {
                    payload if payload.parts().is_some() => quote!(api::#module::#ty),
                    Payload::Bytes => quote!(Upload),
                    Payload::Items(_, ty) => {
                        let ty = self.ty(ty, SeenFrom::Api);
                        quote!(ItemUpload<#ty>)
                    }
                    _ => ty.clone(),
                };
                let send = Send::Method(self.send(content, &quote!(body), false));
                Argument {
                    ty,
                    full,
                    items: forms,
                    send,
                }
            }
            (contents, own) => {
                let name = &names.body;
                let alternatives = self.alternatives(contents, own, name, &title);
                Argument {
                    ty: quote!(impl Into<#name>),
                    full: quote!(api::#module::#name),
                    items: quote!(#alternatives #forms),
                    send: Send::Itself(quote!(#name)),
                }
            }
        }
    }

    fn body_argument(self, payload: &Payload, names: &ContentNames) -> TokenStream {
        match payload {
            Payload::Json(ty) => self.given_as(ty, &quote!(body)).0,
            Payload::Form { ty, .. } | Payload::Text(ty) | Payload::Xml(ty, _) => self.lent(ty),
            Payload::Items(_, ty) => {
                let ty = self.ty(ty, SeenFrom::Api);
                quote!(impl Into<ItemUpload<#ty>>)
            }
            Payload::Multipart(_) => multipart(payload, names),
            Payload::Bytes | Payload::EventStream(..) | Payload::Events(..) => quote!(impl Into<Upload>),
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
            Payload::Json(ty) => {
                let value = if owned {
                    quote!(&#value)
                } else {
                    self.given_as(ty, value).1
                };
                if media_type == "application/json" {
                    quote!(.json(#value))
                } else {
                    quote!(.body(Body::json(#media_type, #value)))
                }
            }
            Payload::Xml(ty, root) => {
                let value = lent(ty);
                let root = self.xml_root(*root);
                quote!(.body(Body::xml(#media_type, #value, #root)))
            }
            Payload::Form { ty, encodings } => {
                let value = lent(ty);
                let encodings = parameter::members_of_form(encodings);
                quote!(.body(Body::form(#value, &[#encodings])))
            }
            Payload::Multipart(parts) => {
                let parts = match (parts.is_empty(), owned) {
                    (true, _) => value.clone(),
                    (false, true) => quote!((*#value).into()),
                    (false, false) => quote!(#value.into()),
                };
                if media_type.starts_with("multipart/form-data") {
                    quote!(.body(Body::multipart(#parts)))
                } else {
                    quote!(.body(Body::multipart_as(#media_type, #parts)))
                }
            }
            Payload::Text(ty) => {
                let media_type = if media_type == "application/octet-stream" {
                    "text/plain"
                } else {
                    media_type
                };
                // A text that is not written in UTF-8 has to be written in something else.
                if self.is_string(ty) && !media_type.to_ascii_lowercase().contains("charset") {
                    quote!(.body(Body::raw(#media_type, #value)))
                } else {
                    let value = lent(ty);
                    quote!(.body(Body::text(#media_type, #value)))
                }
            }
            // Whoever gives the bytes knows what they are.
            Payload::Bytes if content.media_type.contains('*') => quote!(.body(Body::any(#value))),
            Payload::Bytes | Payload::EventStream(..) | Payload::Events(..) => {
                quote!(.body(Body::raw(#media_type, #value)))
            }
            Payload::Items(Framing::Lines, _) => quote!(.body(Body::lines(#media_type, #value))),
            Payload::Items(Framing::Sequence, _) => quote!(.body(Body::sequence(#media_type, #value))),
        }
    }

    fn alternatives(self, contents: &[Content], names: &[ContentNames], name: &TypeName, title: &str) -> TokenStream {
        let variants = names.iter().zip(contents).map(|(names, content)| {
            let docs = Text::ours(docs::code(&content.media_type)).outer();
            let ty = match &content.payload {
                Payload::Json(ty) | Payload::Xml(ty, _) | Payload::Form { ty, .. } | Payload::Text(ty) => {
                    self.held_by_variant(ty, SeenFrom::Api)
                }
                Payload::Items(_, ty) => {
                    let ty = self.ty(ty, SeenFrom::Api);
                    quote!(ItemUpload<#ty>)
                }
                payload @ Payload::Multipart(parts) => {
                    let form = multipart(payload, names);
                    if parts.is_empty() { form } else { quote!(Box<#form>) }
                }
                Payload::Bytes | Payload::EventStream(..) | Payload::Events(..) => quote!(Upload),
            };
            let variant = &names.variant;
            quote!(#docs #variant(#ty))
        });
        let sends = names.iter().zip(contents).map(|(names, content)| {
            let variant = &names.variant;
            let send = self.send(content, &quote!(body), true);
            quote!(Self::#variant(body) => call #send)
        });
        let held: Vec<Held> = names
            .iter()
            .zip(contents)
            .filter_map(|(names, content)| match &content.payload {
                Payload::Json(ty) | Payload::Xml(ty, _) | Payload::Form { ty, .. } | Payload::Text(ty) => {
                    Some(self.held(&names.variant, ty, SeenFrom::Api))
                }
                payload @ Payload::Multipart(_) if payload.parts().is_some() => {
                    Some(Held::own(&names.variant, &multipart(payload, names)))
                }
                Payload::Multipart(_)
                | Payload::Bytes
                | Payload::EventStream(..)
                | Payload::Events(..)
                | Payload::Items(..) => None,
            })
            .collect();
        let conversions = self.conversions(name, None, &held, Twins::None);
        let docs = Text::ours(format!("{title}, in one of the media types that it takes.")).outer();
        quote! {
            #docs
            #[derive(Debug, Clone)]
            #[non_exhaustive]
            pub enum #name { #(#variants,)* }

            #conversions

            impl #name {
                fn send<T, E>(self, call: Call<'_, T, E>) -> Call<'_, T, E> {
                    match self { #(#sends,)* }
                }
            }
        }
    }
}

fn multipart(payload: &Payload, names: &ContentNames) -> TokenStream {
    let form = &names.form;
    if payload.parts().is_some() {
        quote!(#form)
    } else {
        quote!(Multipart)
    }
}

impl Argument {
    /// The call with the body `body` in it.
    pub(super) fn put_into(&self, call: &TokenStream) -> TokenStream {
        match &self.send {
            Send::Method(send) => quote!(#call #send),
            Send::Itself(name) => quote!(Into::<#name>::into(body).send(#call)),
        }
    }
}
