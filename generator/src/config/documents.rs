//! The documents of a crate of several in, a module for each out.

use indexmap::IndexMap;

use super::{
    names::{is_module_name, module_name},
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

/// The documents by the names of their modules, none of which may be one of `mounted`, which are modules of the user's.
///
/// They are a list of paths, and each module is called like its file; or a table, by the names of the modules.
pub(super) fn documents<'t>(
    reader: &mut Reader<'t>,
    section: &Section<'t>,
    mounted: &[&str],
) -> IndexMap<String, Document<'t>> {
    let mut documents = IndexMap::new();
    if Reader::shape(section, KEY) == Some(true) {
        for (at, span, path) in reader.placed_strings(section, KEY) {
            let module = module_of(&path);
            let problem = if documents.contains_key(&module) {
                Some(format!("another document gives its name to the module `{module}`"))
            } else {
                problem(&module, mounted)
            };
            if let Some(problem) = problem {
                let table = section.at.child(KEY);
                let table = table.tokens().collect::<Vec<_>>().join(".");
                let hint =
                    format!("name all of them, in a table `[{table}]` with a line for each, `NAME = \"{path}\"`");
                reader.problem(at, span, problem, Some(hint));
            }
            documents.insert(module, Document::At(path));
        }
    } else if let Some(table) = reader.section(section, KEY) {
        for module in table.keys() {
            if let Some(problem) = problem(module, mounted) {
                reader.reject_name(&table, module, problem, None);
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

/// The module of a file, after its name.
fn module_of(path: &str) -> String {
    let file = path.rsplit(['/', '\\']).next().unwrap_or_default();
    let stem = file.split_once('.').map_or(file, |(stem, _)| stem);
    module_name(stem)
}

/// Why no document can be a module of this name, if so.
fn problem(name: &str, mounted: &[&str]) -> Option<String> {
    if name == "runtime" {
        Some("`runtime` is the module of what all clients have".to_owned())
    } else if mounted.contains(&name) {
        Some(format!("`{name}` is a module of `modules` already"))
    } else if is_module_name(name) {
        None
    } else {
        Some(format!(
            "`{name}` cannot be the name of a module: expected small letters, and no word of Rust"
        ))
    }
}
