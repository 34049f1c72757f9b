//! Where the runtime of a crate is, and so what stands beside its models and calls.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::Emitter;

/// Where the runtime is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Home<'a> {
    /// In the crate, for one document.
    Own,
    /// In the crate, beside the modules of several documents, of which this is one.
    Above(&'a str),
    /// In a package of its own, for several crates.
    Shared(&'a str),
}

impl<'a> Home<'a> {
    /// The module that the document becomes, in a crate of several.
    pub(super) const fn module(self) -> &'a str {
        match self {
            Self::Above(module) => module,
            Self::Own | Self::Shared(_) => "",
        }
    }

    /// Whether the runtime is marked with `part` for it; none, if the part has nothing to do with where it is.
    pub(super) fn has(self, part: &str) -> Option<bool> {
        match part {
            "apart" => Some(self != Self::Own),
            "shared" => Some(matches!(self, Self::Shared(_))),
            _ => None,
        }
    }
}

impl Emitter<'_> {
    /// What a program writes before the names of what is generated for the document.
    pub(super) fn krate(self) -> String {
        let krate = self.config.crate_name.replace('-', "_");
        match self.home {
            Home::Own | Home::Shared(_) => krate,
            Home::Above(module) => format!("{krate}::{module}"),
        }
    }

    /// The runtime as a module of what is generated: declared, or another name for it where it is.
    pub(super) fn runtime(self) -> TokenStream {
        match self.home {
            Home::Own => quote! {
                #[rustfmt::skip]
                pub mod runtime;
            },
            Home::Above(_) => quote! {
                #[doc(no_inline)]
                pub use crate::runtime;
            },
            Home::Shared(name) => {
                let krate = format_ident!("{}", name.replace('-', "_"));
                quote! {
                    #[doc(no_inline)]
                    pub use ::#krate::runtime;
                }
            }
        }
    }

    /// The import of the builder, where it is no part of the runtime: methods for credentials can only be given to what is
    /// one's own.
    pub(super) fn own_builder(self) -> Option<TokenStream> {
        (self.home != Home::Own).then(|| {
            quote!(
                use crate::builder::ClientBuilder;
            )
        })
    }
}
