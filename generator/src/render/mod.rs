//! Tokens in, formatted text out, under the marker of machine-written files.

mod layout;
mod rooted;

use std::hash::{DefaultHasher, Hash as _, Hasher as _};

use indexmap::IndexMap;
use rayon::iter::{IntoParallelIterator, ParallelIterator};

pub(crate) use self::rooted::{Root, is_name, uncompiled, unrooted};
use crate::{
    emit::{Content, Emitted, Module, Package},
    manifest::MARKER,
};

/// What a document is called that came without a name.
pub const NAMELESS: &str = "<stdin>";

/// The file that gives way to one of the user's.
pub const README: &str = "README.md";

/// The files of a crate.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Files {
    /// Machine-written files: path relative to the crate's folder, with `/`, and text whose first line has [`MARKER`].
    pub sources: IndexMap<String, String>,
    /// What its `Cargo.toml` must say.
    pub package: Package,
}

/// Formats every module; `document` is what the header says it was made from, without the folder it lies in: the same
/// bytes give the same files wherever they are.
pub(crate) fn render(emitted: Emitted<'_>, document: &str) -> Files {
    Files {
        sources: rendered(emitted.modules, document),
        package: emitted.package,
    }
}

/// The same without a package: each path with its text.
pub(crate) fn rendered(modules: Vec<Module<'_>>, document: &str) -> IndexMap<String, String> {
    let document = named(document);
    let files = modules.into_par_iter().map(|module| file(module, &document));
    let files: Vec<(String, String)> = files.collect();
    files.into_iter().collect()
}

/// The line at the top of a file of code that says where it comes from.
pub(crate) fn heading(text: &str) -> &str {
    text.split_inclusive('\n').next().unwrap_or_default()
}

/// A file of code without its heading.
pub(crate) fn body(text: &str) -> &str {
    &text[heading(text).len()..]
}

/// Adds to `hasher` what every file would hold.
pub(crate) fn digest(emitted: Emitted<'_>, mut hasher: DefaultHasher) -> u64 {
    for Module { path, content } in emitted.modules {
        path.hash(&mut hasher);
        match content {
            Content::Text(text) => text.len().hash(&mut hasher),
            Content::Page(text) => text().hash(&mut hasher),
            Content::Code(code) => code().to_string().hash(&mut hasher),
        }
    }
    format!("{:?}", emitted.package).hash(&mut hasher);
    hasher.finish()
}

/// What stands behind the marker of the name of a document, without its folder.
fn named(document: &str) -> String {
    if document == NAMELESS {
        return String::new();
    }
    format!(
        ", {}",
        printable(document.rsplit(['/', '\\']).next().unwrap_or_default())
    )
}

/// A file name of any characters as one that ends no comment and turns no text around.
fn printable(name: &str) -> String {
    let is_plain = |char: char| char.is_alphanumeric() || char.is_ascii_graphic() || char == ' ';
    name.chars()
        .map(|char| if is_plain(char) { char } else { '\u{fffd}' })
        .collect()
}

fn file(Module { path, content }: Module<'_>, document: &str) -> (String, String) {
    let text = match content {
        Content::Text(text) => format!("// {MARKER}: the runtime, the same for every API.\n\n{text}"),
        Content::Page(text) => {
            // Two of them, and the comment is over.
            let document = document.replace('-', "\u{2010}");
            format!(
                "<!-- {MARKER}{document}: edit that, not this. A README of your own stays. -->\n\n{}",
                text()
            )
        }
        Content::Code(code) => {
            let file = match syn::parse2(code()) {
                Ok(file) => file,
                Err(error) => unreachable!("`emit` makes Rust whatever the document says, but not for {path}: {error}"),
            };
            let code = layout::format(file);
            format!("// {MARKER}{document}: edit that, not this.\n\n{code}")
        }
    };
    (path, text)
}
