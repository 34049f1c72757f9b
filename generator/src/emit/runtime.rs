//! The hand-written half of the crate: those files of the runtime that it needs, as they stand.

use std::borrow::Cow;

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::{Content, Module, docs::Text, package};

/// A file of the runtime: its name and its text.
type File = (&'static str, &'static str);

macro_rules! files {
    ($($name:literal,)*) => {
        &[$(($name, include_str!(concat!("../../runtime/src/", $name, ".rs"))),)*]
    };
}

/// What a crate needs of the runtime beside models.
#[derive(Debug, Clone, Copy)]
pub(super) struct Parts {
    /// A client.
    pub(super) calls: bool,
    /// Decoders of what the server sends by itself.
    pub(super) webhooks: bool,
}

/// What models are made of.
const VALUES: &[File] = files! {
    "arm",
    "base64",
    "from_arms",
    "maybe",
    "json",
    "looks",
    "loss",
    "members",
    "model",
    "names",
    "number",
    "open_enum",
    "optionally",
    "parts",
    "prelude",
    "tag",
    "time",
    "trail",
    "tree",
    "tuple",
    "union",
    "union_writer",
};

/// What everybody needs who decodes what a peer sent.
const DECODING: &[File] = files! {
    "place",
    "visible",
};

/// What decodes webhooks.
const WEBHOOKS: &[File] = files! {
    "webhook/error",
    "webhook/form",
    "webhook/mod",
    "webhook/table",
};

/// What makes calls.
const CALLS: &[File] = files! {
    "ambiguity",
    "answer_error",
    "argument",
    "attempt",
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
    "call_builder",
    "certificate",
    "charset",
    "clock",
    "core",
    "correlation",
    "credentials",
    "decode",
    "defaults",
    "ended",
    "error",
    "event",
    "event_data",
    "event_id",
    "event_parser",
    "excerpt",
    "exchange",
    "extras",
    "file",
    "form",
    "frames",
    "hooks",
    "host",
    "idempotency",
    "idle",
    "item_upload",
    "items",
    "limit/mod",
    "limit/queue",
    "limit/state",
    "mask",
    "media",
    "message",
    "multipart",
    "network/connect",
    "network/gzip",
    "network/mod",
    "network/pools",
    "network/reqwest",
    "network/resolve",
    "network/route",
    "network/tls",
    "network/unsent",
    "oauth/builder",
    "oauth/code",
    "oauth/device",
    "oauth/exchange",
    "oauth/mod",
    "operation",
    "outcome",
    "outside",
    "oversight",
    "panic",
    "parameter",
    "parameter_error",
    "plain",
    "promised",
    "pulse",
    "rate",
    "reading",
    "reconnect",
    "reply",
    "request",
    "response",
    "retry",
    "retry_after",
    "secret",
    "segments",
    "server",
    "stream",
    "style",
    "task",
    "timer",
    "token",
    "tower",
    "trace",
    "transport",
    "upload",
};

/// The runtime's own root, which says who may see which module.
const LIBRARY: &str = include_str!("../../runtime/src/lib.rs");

impl Parts {
    /// The files that are copied, by name.
    fn files(self) -> Vec<File> {
        let chosen = [
            (VALUES, true),
            (DECODING, self.calls || self.webhooks),
            (WEBHOOKS, self.webhooks),
            (CALLS, self.calls),
        ];
        let mut files: Vec<File> = chosen
            .into_iter()
            .filter(|(_, is_chosen)| *is_chosen)
            .flat_map(|(files, _)| files)
            .copied()
            .collect();
        files.sort_unstable_by_key(|(name, _)| *name);
        files
    }

    /// Whether a module of the runtime is copied.
    fn has_module(self, name: &str) -> bool {
        self.files()
            .iter()
            .any(|(file, _)| file.strip_suffix("/mod").unwrap_or(file) == name)
    }
}

/// The module that holds the files.
pub(super) fn root(parts: Parts) -> TokenStream {
    let docs = Text::ours(if parts.calls {
        "The part of the client that is the same for every API."
    } else {
        "The part of the crate that is the same for every API."
    })
    .inner();
    let modules = LIBRARY.lines().filter_map(|line| {
        let declaration = line.strip_suffix(';')?;
        let (is_public, name) = match declaration.strip_prefix("pub mod ") {
            Some(name) => (true, name),
            None => (false, declaration.strip_prefix("mod ")?),
        };
        let visibility = is_public.then(|| quote!(pub));
        let ident = format_ident!("{name}");
        parts.has_module(name).then(|| quote!(#visibility mod #ident;))
    });
    quote!(#docs #(#modules)*)
}

/// The files.
pub(super) fn files<'a>(parts: Parts) -> impl Iterator<Item = Module<'a>> {
    parts.files().into_iter().map(move |(name, text)| Module {
        path: format!("src/runtime/{name}.rs"),
        content: Content::Text(if name == "prelude" && !parts.calls {
            Cow::Owned(prelude(text, parts))
        } else {
            Cow::Borrowed(text)
        }),
    })
}

/// The prelude without what is not there.
fn prelude(text: &str, parts: Parts) -> String {
    let is_there = |item: &&str| {
        let Some((_, path)) = item.split_once("use ") else {
            return true;
        };
        match path.strip_prefix("crate::runtime::") {
            Some(path) => parts.has_module(path.split("::").next().unwrap_or_default()),
            None => package::is_needed(path.split("::").next().unwrap_or_default(), parts),
        }
    };
    text.split_inclusive(";\n").filter(is_there).collect()
}
