//! The headers of an operation's answers: a struct with a field for each, read from what a reply or an error has.

use proc_macro2::TokenStream;
use quote::quote;

use super::{
    Emitter,
    docs::{self, Text},
    parameter,
    types::SeenFrom,
};
use crate::{
    ir::{Header, Operation},
    name::{Group, OperationNames},
};

impl Emitter<'_> {
    /// The struct, where the document declares any header.
    pub(super) fn headers(self, group: &Group, operation: &Operation, names: &OperationNames) -> Option<TokenStream> {
        let headers = operation.headers();
        if headers.is_empty() {
            return None;
        }
        let name = &names.headers;
        let docs = Text::ours(format!(
            "The headers of the answers of [`{}::{}`], from [`Reply::headers`] or [`Error::headers`].\n\n\
             A header that is missing, or that is not what the description says, is `None`.",
            group.handle,
            names.method.as_str(),
        ))
        .outer();
        let fields = headers.iter().zip(&names.header_fields).map(|(header, field)| {
            let Header {
                wire,
                ty,
                required: _,
                delimiters: _,
                docs: said,
            } = header;
            let docs = docs::of(said, || docs::code(wire)).outer_of(said);
            let ty = self.ty(&ty.clone().without_null(), SeenFrom::Api);
            quote!(#docs pub #field: Option<#ty>)
        });
        let reads = headers.iter().zip(&names.header_fields).map(|(header, field)| {
            let wire = &header.wire;
            if header.delimiters.is_empty() {
                quote!(#field: decode::header(headers, #wire))
            } else {
                let delimiters = parameter::delimiters(&header.delimiters);
                quote!(#field: decode::delimited_header(headers, #wire, #delimiters))
            }
        });
        Some(quote! {
            #docs
            #[derive(Debug, Clone, PartialEq)]
            #[non_exhaustive]
            pub struct #name {
                #(#fields,)*
            }

            impl From<&HeaderMap> for #name {
                fn from(headers: &HeaderMap) -> Self {
                    Self { #(#reads,)* }
                }
            }
        })
    }
}
