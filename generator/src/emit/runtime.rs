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
    "prelude",
    "values/json",
    "values/maybe",
    "values/members",
    "values/mod",
    "values/model",
    "values/names",
    "values/number",
    "values/open_enum",
    "values/optionally",
    "values/scalars/base64",
    "values/scalars/floating",
    "values/scalars/mod",
    "values/scalars/time",
    "values/tuple",
    "values/unions/arm",
    "values/unions/from_arms",
    "values/unions/looks",
    "values/unions/loss",
    "values/unions/mod",
    "values/unions/parts",
    "values/unions/tag",
    "values/unions/trail",
    "values/unions/tree",
    "values/unions/union",
    "values/unions/union_writer",
};

/// What everybody needs who decodes what a peer sent.
const DECODING: &[File] = files! {
    "received/mod",
    "received/place",
    "shown/mod",
    "shown/visible",
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
    "auth/certificate",
    "auth/credentials",
    "auth/mod",
    "auth/oauth/builder",
    "auth/oauth/code",
    "auth/oauth/device",
    "auth/oauth/exchange",
    "auth/oauth/mod",
    "auth/token",
    "bulk/account",
    "bulk/departure",
    "bulk/exchange",
    "bulk/flights",
    "bulk/index",
    "bulk/layout",
    "bulk/mod",
    "bulk/proof",
    "bulk/refusal",
    "bulk/results/mod",
    "bulk/results/outcome",
    "bulk/results/outcomes",
    "bulk/results/progress",
    "bulk/results/typed",
    "bulk/source",
    "calls/any_call",
    "calls/call",
    "calls/call_builder",
    "calls/ended",
    "calls/error",
    "calls/extras",
    "calls/mod",
    "calls/operation",
    "calls/outcome",
    "calls/request",
    "calls/sending/attempt",
    "calls/sending/elsewhere",
    "calls/sending/exchange",
    "calls/sending/message",
    "calls/sending/mod",
    "client/blocking",
    "client/builder",
    "client/core",
    "client/correlation",
    "client/defaults",
    "client/hooks",
    "client/host",
    "client/mod",
    "client/oversight",
    "client/server",
    "client/trace",
    "network/connect",
    "network/gzip",
    "network/mod",
    "network/pools",
    "network/reqwest",
    "network/resolve",
    "network/route",
    "network/tls",
    "network/tower",
    "network/transport",
    "network/unsent",
    "pace/clock",
    "pace/idempotency",
    "pace/limit/mod",
    "pace/limit/queue",
    "pace/limit/state",
    "pace/mod",
    "pace/panic",
    "pace/pulse",
    "pace/rate",
    "pace/retry",
    "pace/retry_after",
    "pace/task",
    "pace/timer",
    "received/answer_error",
    "received/decode",
    "received/idle",
    "received/media",
    "received/plain",
    "received/reading",
    "received/reply",
    "received/response",
    "received/stream",
    "received/streams/event",
    "received/streams/event_data",
    "received/streams/event_id",
    "received/streams/event_parser",
    "received/streams/items",
    "received/streams/mod",
    "received/streams/reconnect",
    "sent/ambiguity",
    "sent/argument",
    "sent/body",
    "sent/charset",
    "sent/collected",
    "sent/form",
    "sent/frames",
    "sent/mod",
    "sent/parameter",
    "sent/parameter_error",
    "sent/segments",
    "sent/style",
    "sent/uploads/file",
    "sent/uploads/item_upload",
    "sent/uploads/mod",
    "sent/uploads/multipart",
    "sent/uploads/promised",
    "sent/uploads/upload",
    "shown/excerpt",
    "shown/mask",
    "shown/outside",
    "shown/secret",
};

/// The runtime's own root, which says who may see which module.
const LIBRARY: &str = include_str!("../../runtime/src/lib.rs");

/// What generated code takes by its short name, and users too.
const PRELUDE: &str = include_str!("../../runtime/src/prelude.rs");

impl Parts {
    /// The files that are copied.
    fn files(self) -> impl Iterator<Item = File> {
        let chosen = [
            (VALUES, true),
            (DECODING, self.calls || self.webhooks),
            (WEBHOOKS, self.webhooks),
            (CALLS, self.calls),
        ];
        let chosen = chosen.into_iter().filter(|(_, is_chosen)| *is_chosen);
        chosen.flat_map(|(files, _)| files).copied()
    }

    /// Whether anything of a room or a module of the runtime is copied, by its path.
    fn has(self, path: &str) -> bool {
        self.files().any(|(file, _)| {
            let file = file.strip_suffix("/mod").unwrap_or(file);
            file == path
        })
    }
}

/// The module that holds the files, and names of them what users meet.
pub(super) fn root(parts: Parts, meets: impl Fn(&str) -> bool) -> TokenStream {
    let docs = Text::ours(if parts.calls {
        "The part of the client that is the same for every API."
    } else {
        "The part of the crate that is the same for every API."
    })
    .inner();
    let rooms = LIBRARY.lines().filter_map(declared).filter(|name| parts.has(name));
    let rooms = rooms.map(|name| {
        let ident = format_ident!("{name}");
        if OPEN.contains(&name) {
            quote!(pub mod #ident;)
        } else {
            quote!(pub(crate) mod #ident;)
        }
    });
    let named = named(parts, meets).filter_map(|(feature, path)| {
        let item = format!("{feature}pub use self::{path}");
        item.parse::<TokenStream>().ok()
    });
    quote!(#docs #(#rooms)* #(#named)*)
}

/// What the root of the runtime names of what is copied: the condition, which may be empty, and the path.
fn named(parts: Parts, meets: impl Fn(&str) -> bool) -> impl Iterator<Item = (&'static str, &'static str)> {
    LIBRARY.split_inclusive(";\n").filter_map(move |item| {
        let (before, path) = item.split_once("pub use self::")?;
        let module = module_of(path)?;
        let feature = before.lines().last().filter(|line| line.starts_with("#["));
        (parts.has(&module) && meets(&module)).then_some((feature.unwrap_or_default(), path))
    })
}

/// What the root of the runtime names, whatever the features.
pub(super) fn names(parts: Parts, meets: impl Fn(&str) -> bool) -> impl Iterator<Item = &'static str> {
    let whatever = named(parts, meets).filter(|(feature, _)| feature.is_empty());
    whatever.flat_map(|(_, path)| names_of(path))
}

/// What the prelude has for users.
pub(super) fn prelude_names(parts: Parts, meets: impl Fn(&str) -> bool) -> Vec<&'static str> {
    let items = prelude_items(parts, meets).filter_map(|item| item.split_once("pub use ").map(|(_, path)| path));
    items.flat_map(names_of).collect()
}

/// The names that the path of an import brings.
fn names_of(path: &str) -> impl Iterator<Item = &str> {
    let path = path.trim_end().trim_end_matches(';');
    let last = path
        .rfind("::{")
        .map_or_else(|| path.rsplit("::").next(), |at| path.get(at + 3..));
    let names = last.unwrap_or_default().trim_end_matches('}').split(',');
    let names = names.map(|name| name.rsplit(" as ").next().unwrap_or(name).trim());
    names.filter(|name| !name.is_empty() && *name != "self")
}

/// The rooms that users look into; of the others they see what the root names.
const OPEN: [&str; 2] = ["bulk", "webhook"];

/// The file of what a path names, as it is called among the files.
fn module_of(path: &str) -> Option<String> {
    let path = path.trim_end().trim_end_matches(';');
    let end = path.find("::{").or_else(|| path.rfind("::"))?;
    Some(path[..end].replace("::", "/"))
}

/// The module that a line declares.
fn declared(line: &str) -> Option<&str> {
    line.strip_prefix("pub mod ")?.strip_suffix(';')
}

/// The files, with what users meet in the prelude.
pub(super) fn files<'a>(parts: Parts, meets: impl Fn(&str) -> bool) -> impl Iterator<Item = Module<'a>> {
    let mut files: Vec<File> = parts.files().collect();
    files.sort_unstable_by_key(|(name, _)| *name);
    files.into_iter().map(move |(name, text)| Module {
        path: format!("src/runtime/{name}.rs"),
        content: Content::Text(match name.strip_suffix("/mod") {
            Some(room) if !parts.calls => Cow::Owned(room_of(room, text, parts)),
            None if name == "prelude" => Cow::Owned(prelude(parts, &meets)),
            Some(_) | None => Cow::Borrowed(text),
        }),
    })
}

/// A room without the modules that are not there.
fn room_of(room: &str, text: &str, parts: Parts) -> String {
    let is_there = |line: &&str| declared(line.trim_end()).is_none_or(|name| parts.has(&format!("{room}/{name}")));
    text.split_inclusive('\n').filter(is_there).collect()
}

/// The prelude without what is not there.
fn prelude(parts: Parts, meets: impl Fn(&str) -> bool) -> String {
    prelude_items(parts, meets).collect()
}

/// The items of the prelude that are there.
fn prelude_items(parts: Parts, meets: impl Fn(&str) -> bool) -> impl Iterator<Item = &'static str> {
    let is_there = move |item: &&str| {
        let mut declared = item.lines().filter(|line| line.starts_with("pub"));
        let Some((_, path)) = declared.next().and_then(|line| line.split_once("use ")) else {
            return true;
        };
        match path.strip_prefix("crate::runtime::") {
            Some(path) => module_of(path).is_some_and(|module| parts.has(&module) && meets(&module)),
            None => package::is_needed(path.split("::").next().unwrap_or_default(), parts),
        }
    };
    PRELUDE.split_inclusive(";\n").filter(is_there)
}
