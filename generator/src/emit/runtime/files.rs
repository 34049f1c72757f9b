//! The files of the runtime: all of them, and those that a crate has, as they stand in it.

use std::{borrow::Cow, collections::BTreeMap};

use super::{marks::resolved, parts::Parts};
use crate::{emit::Home, lexis::declared};

macro_rules! files {
    ($($name:literal,)*) => {
        &[$(($name, include_str!(concat!("../../../runtime/src/", $name, ".rs"))),)*]
    };
}

/// Each file's name and text, but for the root's.
pub(super) const FILES: &[(&str, &str)] = files! {
    "auth/authorization",
    "auth/certificate",
    "auth/credentials",
    "auth/identity",
    "auth/mod",
    "auth/oauth/builder",
    "auth/oauth/code",
    "auth/oauth/device",
    "auth/oauth/exchange",
    "auth/oauth/mod",
    "auth/oauth/sign_in_error",
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
    "calls/members",
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
    "client/setup",
    "client/trace",
    "mock/answer",
    "mock/expectation",
    "mock/mod",
    "mock/received",
    "mock/record/content",
    "mock/record/difference",
    "mock/record/exchange",
    "mock/record/hiding",
    "mock/record/names",
    "mock/record/pattern",
    "mock/record/pretty",
    "mock/record/mod",
    "mock/record/recorder",
    "mock/record/replay",
    "mock/record/splice",
    "mock/service",
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
    "pages/cursor",
    "pages/items",
    "pages/link",
    "pages/mod",
    "pages/pagination",
    "pages/stream",
    "prelude",
    "received/answer_error",
    "received/decode",
    "received/headers",
    "received/idle",
    "received/media",
    "received/mod",
    "received/place",
    "received/plain",
    "received/reading",
    "received/reply",
    "received/response",
    "received/stream",
    "received/streams/decode",
    "received/streams/event",
    "received/streams/event_data",
    "received/streams/event_id",
    "received/streams/event_parser",
    "received/streams/framing",
    "received/streams/items",
    "received/streams/mod",
    "received/streams/reconnect",
    "sent/argument",
    "sent/arguments",
    "sent/body",
    "sent/charset",
    "sent/collected",
    "sent/form",
    "sent/frames",
    "sent/mod",
    "sent/parameter",
    "sent/parameter_error",
    "sent/styles/ambiguity",
    "sent/styles/mod",
    "sent/styles/segments",
    "sent/styles/style",
    "sent/styles/styled",
    "sent/uploads/file",
    "sent/uploads/item_upload",
    "sent/uploads/mod",
    "sent/uploads/multipart",
    "sent/uploads/promised",
    "sent/uploads/upload",
    "shown/excerpt",
    "shown/mask",
    "shown/mod",
    "shown/outside",
    "shown/secret",
    "shown/visible",
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
    "webhook/error",
    "webhook/form",
    "webhook/mod",
    "webhook/table",
    "xml/element",
    "xml/error",
    "xml/mod",
    "xml/node",
    "xml/read",
    "xml/write",
};

/// The runtime's own root, which says who may see which module.
const ROOT: &str = include_str!("../../../runtime/src/lib.rs");

/// What is copied.
pub(in crate::emit) struct Files {
    /// The root, from which the copy's is made.
    pub(super) root: Cow<'static, str>,
    by_name: BTreeMap<&'static str, Cow<'static, str>>,
}

impl Files {
    /// The files of these parts: those that the root declares, those that these declare, and so on.
    pub(in crate::emit) fn of(parts: Parts, home: Home<'_>) -> Self {
        let is_wanted = is_wanted(parts, home);
        let root = resolved(ROOT, &is_wanted);
        let mut files = Self {
            root: root.clone(),
            by_name: BTreeMap::new(),
        };
        files.add(&root, "", &is_wanted);
        files
    }

    fn add(&mut self, text: &str, folder: &str, is_wanted: &dyn Fn(&str) -> bool) {
        for module in text.lines().filter_map(declared) {
            let path = format!("{folder}{module}");
            let within = format!("{path}/mod");
            let file = FILES.iter().find(|(name, _)| **name == path || **name == within);
            let Some((name, text)) = file else { continue };
            let text = resolved(text, is_wanted);
            self.add(&text, &format!("{path}/"), is_wanted);
            self.by_name.insert(name, text);
        }
    }

    /// Whether anything of a room or a module is there, by its path.
    pub(super) fn has(&self, path: &str) -> bool {
        self.by_name.contains_key(path) || self.by_name.contains_key(format!("{path}/mod").as_str())
    }

    /// The text of a file.
    pub(super) fn text(&self, name: &str) -> &str {
        self.by_name.get(name).map_or("", |text| text)
    }

    /// All of them, in the order of their names.
    pub(super) fn all(&self) -> impl Iterator<Item = (&'static str, &Cow<'static, str>)> {
        self.by_name.iter().map(|(name, text)| (*name, text))
    }
}

/// One file by its name, with what it has of these parts.
pub(super) fn lone(name: &str, parts: Parts, home: Home<'_>) -> Cow<'static, str> {
    match FILES.iter().find(|(known, _)| *known == name) {
        Some((_, text)) => resolved(text, &is_wanted(parts, home)),
        None => unreachable!("the runtime has a file `{name}`"),
    }
}

fn is_wanted(parts: Parts, home: Home<'_>) -> impl Fn(&str) -> bool {
    move |part| home.has(part).unwrap_or_else(|| parts.has(part))
}
