//! The documents of a crate of several in, a module for each out.

use indexmap::IndexMap;

use super::{
    names::{is_identifier, is_package_name, package_name},
    reader::{Reader, Section},
};

/// The setting.
pub(super) const KEY: &str = "documents";

/// What is said of a document.
pub(super) enum Document<'t> {
    /// Where it is.
    At(String),
    /// More than that.
    Said(Section<'t>),
}

/// The documents by the names of their modules, none of which may be one of `taken`.
///
/// They are a list of paths, and each module is called like its file; or a table, by the names of the modules.
pub(super) fn documents<'t>(
    reader: &mut Reader<'t>,
    section: &Section<'t>,
    taken: &[&str],
) -> IndexMap<String, Document<'t>> {
    let mut documents = IndexMap::new();
    if Reader::shape(section, KEY) == Some(true) {
        for path in reader.strings(section, KEY) {
            let module = module_of(&path);
            if documents.contains_key(&module) || !is_module(&module, taken) {
                let message = format!("`{path}` cannot give its name to a module: `{module}` is none, or is taken");
                let hint = format!(
                    "give it one: `[{}.documents]`, and under it `NAME = \"{path}\"`",
                    target(section)
                );
                reader.reject_with(section, KEY, message, hint);
            }
            documents.insert(module, Document::At(path));
        }
    } else if let Some(table) = reader.section(section, KEY) {
        for module in table.keys() {
            if !is_module(module, taken) {
                reader.reject(
                    &table,
                    module,
                    format!("`{module}` cannot be the name of a module here"),
                );
            }
            let document = if Reader::is_table(&table, module) {
                reader.section(&table, module).map(Document::Said)
            } else {
                reader.string(&table, module).map(Document::At)
            };
            documents.extend(document.map(|document| (module.to_owned(), document)));
        }
    }
    if documents.is_empty() {
        reader.reject(section, KEY, "there is no document".to_owned());
    }
    documents
}

/// The table of a target, as it is written.
fn target(section: &Section<'_>) -> String {
    section.at.tokens().collect::<Vec<_>>().join(".")
}

/// The module of a file, after its name.
fn module_of(path: &str) -> String {
    let file = path.rsplit(['/', '\\']).next().unwrap_or_default();
    let stem = file.split_once('.').map_or(file, |(stem, _)| stem);
    package_name(stem).unwrap_or_default().replace('-', "_")
}

fn is_module(name: &str, taken: &[&str]) -> bool {
    // What may be called like a package is no keyword.
    is_identifier(name) && is_package_name(name) && !taken.contains(&name)
}
