//! `lib.rs`: what the crate is, and what it offers.

use proc_macro2::TokenStream;
use quote::quote;

use super::{
    Emitter,
    docs::{self, Text},
};

impl Emitter<'_> {
    /// `lib.rs`.
    pub(super) fn library(self) -> TokenStream {
        let info = &self.api.info;
        let title = Text::theirs(&info.title).or("A client.");
        let description = info.description.as_deref().map(Text::theirs).unwrap_or_default();
        let version = Text::ours(format!("Version {} of the API.", docs::code(&info.version)));
        let docs = title.and(description).and(version).inner();
        let mounted = self.config.modules.iter().filter_map(|(name, mount)| {
            let name: TokenStream = name.parse().ok()?;
            let path = format!("../{}", mount.path);
            let feature = mount.feature.as_ref().map(|feature| quote!(#[cfg(feature = #feature)]));
            Some(quote!(#feature #[path = #path] pub mod #name;))
        });
        quote! {
            #docs
            #![forbid(unsafe_code)]

            #[rustfmt::skip]
            pub mod api;
            #[rustfmt::skip]
            mod client;
            #[rustfmt::skip]
            pub mod models;
            #[rustfmt::skip]
            pub mod runtime;
            #(#mounted)*

            pub use client::*;
            pub use runtime::error::Error;
            pub use runtime::prelude;
        }
    }
}
