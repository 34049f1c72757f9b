//! The hand-written half of the crate: those files of the runtime that it needs, and of them what it needs.

mod files;
mod marks;
mod parts;
mod published;

use std::borrow::Cow;

use proc_macro2::TokenStream;
use quote::quote;

use self::published::published;
pub(super) use self::{files::Files, parts::Parts};
use super::{Content, Home, Module, docs::Text, package};
use crate::lexis::declared;

/// What generated code takes by its short name, and users too.
const PRELUDE: &str = "prelude";

/// The module that holds the files, and names of them what users meet.
pub(super) fn root<'a>(files: &Files, parts: Parts, home: Home<'_>) -> Module<'a> {
    let docs = if parts.has("calls") {
        "The part of the client that is the same for every API."
    } else {
        "The part of the crate that is the same for every API."
    };
    let rooms = files.root.lines().filter_map(declared).filter(|name| files.has(name));
    let rooms = rooms.map(|name| {
        if OPEN.contains(&name) {
            format!("pub mod {name};\n")
        } else if home.is_shared() {
            format!("#[doc(hidden)]\npub mod {name};\n")
        } else {
            format!("pub(crate) mod {name};\n")
        }
    });
    let named = named(files).map(|(feature, path)| format!("{feature}pub use self::{path}"));
    let items: String = rooms.chain(named).collect();
    Module::new("src/runtime/mod.rs", move || {
        let docs = Text::ours(docs).inner();
        let items: TokenStream = match items.parse() {
            Ok(items) => items,
            Err(error) => unreachable!("the root of the runtime is Rust: {error}"),
        };
        quote!(#docs #items)
    })
}

/// The builder of clients, for one of several that share the runtime.
pub(super) fn builder<'a>(there: Parts, home: Home<'_>) -> Module<'a> {
    Module {
        path: "src/builder.rs".to_owned(),
        content: Content::Text(files::lone("client/builder", there, home)),
    }
}

/// What the root of the runtime names of what is copied: the condition, which may be empty, and the path.
fn named(files: &Files) -> impl Iterator<Item = (&str, &str)> {
    files.root.split_inclusive(";\n").filter_map(|item| {
        let (before, path) = item.split_once("pub use self::")?;
        let feature = before.lines().last().filter(|line| line.starts_with("#["));
        files
            .has(&module_of(path)?)
            .then_some((feature.unwrap_or_default(), path))
    })
}

/// What the root of the runtime names, whatever the features.
pub(super) fn names(files: &Files) -> impl Iterator<Item = &str> {
    let whatever = named(files).filter(|(feature, _)| feature.is_empty());
    whatever.flat_map(|(_, path)| names_of(path))
}

/// What the prelude has for users.
pub(super) fn prelude_names(files: &Files, parts: Parts) -> Vec<&str> {
    let items = prelude_items(files, parts);
    let items = items.filter_map(|item| item.split_once("pub use ").map(|(_, path)| path));
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

/// The files of the crate.
pub(super) fn modules<'a>(files: &Files, parts: Parts, home: Home<'_>) -> Vec<Module<'a>> {
    let modules = files.all().map(|(name, text)| {
        let text = if name == PRELUDE {
            Cow::Owned(prelude(files, parts))
        } else {
            text.clone()
        };
        let text = if home.is_shared() {
            Cow::Owned(published(&text))
        } else {
            text
        };
        Module {
            path: format!("src/runtime/{name}.rs"),
            content: Content::Text(text),
        }
    });
    modules.collect()
}

/// The prelude, in as many groups as before.
fn prelude(files: &Files, parts: Parts) -> String {
    let mut written = String::new();
    let mut begins_group = false;
    for (item, is_there) in all_prelude_items(files, parts) {
        begins_group |= item.starts_with('\n');
        if is_there {
            if begins_group && !item.starts_with('\n') {
                written.push('\n');
            }
            written.push_str(item);
            begins_group = false;
        }
    }
    written
}

/// The items of the prelude that are there.
fn prelude_items(files: &Files, parts: Parts) -> impl Iterator<Item = &str> {
    all_prelude_items(files, parts).filter_map(|(item, is_there)| is_there.then_some(item))
}

/// The items of the prelude, each with whether its file, or its crate, is there.
fn all_prelude_items(files: &Files, parts: Parts) -> impl Iterator<Item = (&str, bool)> {
    let is_there = move |item: &str| {
        let mut declared = item.lines().filter(|line| line.starts_with("pub"));
        let Some((_, path)) = declared.next().and_then(|line| line.split_once("use ")) else {
            return true;
        };
        match path.strip_prefix("crate::runtime::") {
            Some(path) => module_of(path).is_some_and(|module| files.has(&module)),
            None => package::is_needed(path.split("::").next().unwrap_or_default(), parts),
        }
    };
    let items = files.text(PRELUDE).split_inclusive(";\n");
    items.map(move |item| (item, is_there(item)))
}
