//! What an API is made of in, what of the runtime its users meet out: that is what the root of the runtime names, and the
//! root and the prelude of the crate.

use indexmap::IndexSet;
use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::{
    Emitter,
    runtime::{self, Files, Parts},
};

/// What a program that calls an API names, so that it stands at the root of the crate.
const ROOT: [&str; 9] = [
    "ByteStream",
    "ClientBuilder",
    "Credential",
    "Error",
    "Limiter",
    "Maybe",
    "Outcome",
    "RetryPolicy",
    "Upload",
];

/// What may be no part of the runtime.
const BUILDER: &str = "ClientBuilder";

/// What is of use without being named.
const TRAITS: [&str; 3] = ["AnyCall", "EventCall", "Optionally"];

impl Emitter<'_> {
    /// What stands at the root of the crate: the client, and of the runtime what programs name.
    pub(super) fn at_the_root(self, files: &Files, parts: Parts) -> TokenStream {
        let mut named: Vec<_> = runtime::names(files)
            .filter(|name| ROOT.contains(name))
            .map(|name| format_ident!("{name}"))
            .collect();
        named.sort_unstable();
        let bulk = parts.has("bulk").then(|| {
            quote!(
                #[doc(inline)]
                pub use runtime::bulk;
            )
        });
        let builder = (!self.home.is_own()).then(|| {
            quote!(
                pub use builder::ClientBuilder;
            )
        });
        quote! {
            #builder
            pub use client::*;
            #bulk
            #[doc(inline)]
            #[rustfmt::skip]
            pub use runtime::{#(#named),*};
        }
    }

    /// The prelude of users. Beside a glob of the models it leaves every name clear: the models have theirs.
    pub(super) fn prelude(self, files: &Files, parts: Parts) -> TokenStream {
        let models: IndexSet<&str> = self.names.types.iter().map(crate::name::TypeName::as_str).collect();
        let own = [("Client", true), (BUILDER, !self.home.is_own())].into_iter();
        let own = own.filter(|(name, is_here)| *is_here && self.has_client() && !models.contains(name));
        let own = own.map(|(name, _)| {
            let name = format_ident!("{name}");
            quote!(
                #[doc(no_inline)]
                pub use crate::#name;
            )
        });
        let mut named = runtime::prelude_names(files, parts);
        named.sort_unstable();
        let named = named.into_iter().filter_map(|name| {
            let ident = format_ident!("{name}");
            match (models.contains(name), TRAITS.contains(&name)) {
                (false, _) => Some(quote!(#ident)),
                (true, true) => Some(quote!(#ident as _)),
                (true, false) => None,
            }
        });
        quote! {
            /// What programs name most, by its short name. What a model is called like is the model's alone.
            #[rustfmt::skip]
            pub mod prelude {
                #(#own)*
                #[doc(no_inline)]
                pub use crate::runtime::prelude::{#(#named),*};
            }
        }
    }
}
