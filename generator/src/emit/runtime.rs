//! The hand-written half of the crate: the files of the runtime, as they stand.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::{Content, Module, docs::Text};

macro_rules! files {
    ($($name:literal,)*) => {
        &[$(($name, include_str!(concat!("../../runtime/src/", $name, ".rs"))),)*]
    };
}

/// Every file of the runtime that goes into a crate.
const FILES: &[(&str, &str)] = files! {
    "argument",
    "base64",
};

/// The module that holds the files.
pub(super) fn root() -> TokenStream {
    let names = FILES.iter().filter_map(|(name, _)| match name.split_once('/') {
        None => Some(format_ident!("{name}")),
        Some((folder, "mod")) => Some(format_ident!("{folder}")),
        Some(_) => None,
    });
    let docs = Text::ours("The part of the client that is the same for every API.").inner();
    quote!(#docs #(pub mod #names;)*)
}

/// The files.
pub(super) fn files<'a>() -> impl Iterator<Item = Module<'a>> {
    FILES.iter().map(|(name, text)| Module {
        path: format!("src/runtime/{name}.rs"),
        content: Content::Text(text),
    })
}
