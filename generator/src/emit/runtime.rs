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
    "attempt",
    "base64",
    "blocking",
    "body",
    "builder",
    "bulk/account",
    "bulk/departure",
    "bulk/exchange",
    "bulk/flights",
    "bulk/index",
    "bulk/layout",
    "bulk/mod",
    "bulk/outcome",
    "bulk/outcomes",
    "bulk/progress",
    "bulk/proof",
    "bulk/refusal",
    "bulk/source",
    "bulk/typed",
    "call",
    "certificate",
    "clock",
    "core",
    "correlation",
    "credentials",
    "decode",
    "ended",
    "error",
    "event",
    "event_data",
    "event_id",
    "excerpt",
    "exchange",
    "file",
    "form",
    "frames",
    "hooks",
    "host",
    "idle",
    "item_upload",
    "items",
    "limit/mod",
    "limit/queue",
    "limit/state",
    "mask",
    "maybe",
    "members",
    "message",
    "model",
    "multipart",
    "names",
    "network/connect",
    "network/gzip",
    "network/mod",
    "network/reqwest",
    "network/resolve",
    "network/route",
    "network/tls",
    "network/unsent",
    "oauth",
    "open_enum",
    "operation",
    "outcome",
    "outside",
    "oversight",
    "panic",
    "parameter",
    "place",
    "prelude",
    "promised",
    "rate",
    "reply",
    "request",
    "response",
    "retry",
    "retry_after",
    "secret",
    "server",
    "stream",
    "style",
    "task",
    "token",
    "tower",
    "trace",
    "transport",
    "tree",
    "union",
    "upload",
};

/// The runtime's own root, which says who may see which module.
const LIBRARY: &str = include_str!("../../runtime/src/lib.rs");

/// The module that holds the files.
pub(super) fn root() -> TokenStream {
    let docs = Text::ours("The part of the client that is the same for every API.").inner();
    let modules = LIBRARY.lines().filter_map(|line| {
        let declaration = line.strip_suffix(';')?;
        let (is_public, name) = match declaration.strip_prefix("pub mod ") {
            Some(name) => (true, name),
            None => (false, declaration.strip_prefix("mod ")?),
        };
        let is_copied = FILES
            .iter()
            .any(|(file, _)| file.strip_suffix("/mod").unwrap_or(file) == name);
        let visibility = is_public.then(|| quote!(pub));
        let name = format_ident!("{name}");
        is_copied.then(|| quote!(#visibility mod #name;))
    });
    quote!(#docs #(#modules)*)
}

/// The files.
pub(super) fn files<'a>() -> impl Iterator<Item = Module<'a>> {
    FILES.iter().map(|(name, text)| Module {
        path: format!("src/runtime/{name}.rs"),
        content: Content::Text(text),
    })
}
