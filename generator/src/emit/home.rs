//! Where the runtime of a crate is, and so what stands beside its models and calls.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::Emitter;

/// Where the runtime is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Home<'a> {
    /// The module that the document becomes beside others, of a crate of several; the runtime is for all of them.
    pub(super) module: Option<&'a str>,
    /// The package that has the runtime, where that is for several crates.
    pub(super) package: Option<&'a str>,
}

impl Home<'_> {
    /// In the crate, for one document.
    pub(super) const OWN: Self = Self {
        module: None,
        package: None,
    };

    /// Whether the runtime is there for this document alone.
    pub(super) const fn is_own(self) -> bool {
        self.module.is_none() && self.package.is_none()
    }

    /// Whether the runtime is for several crates.
    pub(super) const fn is_shared(self) -> bool {
        self.package.is_some()
    }

    /// Whether the runtime is marked with `part` for it; none, if the part has nothing to do with where it is.
    pub(super) fn has(self, part: &str) -> Option<bool> {
        match part {
            "apart" => Some(!self.is_own()),
            "shared" => Some(self.is_shared()),
            _ => None,
        }
    }

    /// The runtime as an item of the root of the crate.
    pub(super) fn runtime(self) -> TokenStream {
        let Some(package) = self.package else {
            return quote! {
                #[rustfmt::skip]
                pub mod runtime;
            };
        };
        let krate = format_ident!("{}", package.replace('-', "_"));
        quote! {
            #[doc(no_inline)]
            pub use ::#krate::runtime;
        }
    }
}

impl Emitter<'_> {
    /// What a program writes before the names of what is generated for the document.
    pub(super) fn krate(self) -> String {
        let krate = self.config.crate_name.replace('-', "_");
        match self.home.module {
            None => krate,
            Some(module) => format!("{krate}::{module}"),
        }
    }

    /// The runtime as an item of what is generated for the document.
    pub(super) fn runtime(self) -> TokenStream {
        if self.home.module.is_none() {
            return self.home.runtime();
        }
        quote! {
            #[doc(no_inline)]
            pub use crate::runtime;
        }
    }

    /// The import of the builder, where it is no part of the runtime: methods for credentials can only be given to what is
    /// one's own.
    pub(super) fn own_builder(self) -> Option<TokenStream> {
        (!self.home.is_own()).then(|| {
            quote!(
                use crate::builder::ClientBuilder;
            )
        })
    }
}
