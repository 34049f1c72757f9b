//! A list of packages in, a folder of the documents that they ship out: `cargo xtask documents`.
//!
//! They belong to others and never enter the repository. Every package is named with its exact version, so that what
//! was found in a document can be found in it again.
//!
//! ```text
//! DIR/documents.tsv                    package, version, path, OpenAPI version, operations, webhooks
//! DIR/{2.0,3.0,3.1,3.2}/PACKAGE/…      documents that need no other file
//! DIR/others/PACKAGE/…                 documents of a version that nobody published
//! DIR/files/PACKAGE/…                  folders whose documents refer to other files, whole
//! DIR/overlays/PACKAGE/…               overlays
//! DIR/typespec/{3.0.0,3.1.0,3.2.0}/…   what the compiler of TypeSpec makes of its own suite
//! DIR/.packages                        what was fetched, kept for the next time
//! ```

pub(crate) mod fetch;
pub(crate) mod npm;
mod package;
mod sort;
mod survey;
pub(crate) mod typespec;

use std::fs;

use indexmap::IndexMap;

use crate::{
    cli::Documents,
    exit::{Exit, Failure},
    terminal,
};
pub(crate) use package::{Package, Registry};
use sort::Row;

pub(crate) fn run(arguments: &Documents) -> Result<Exit, Failure> {
    let wanted = |name: &str| arguments.filter.as_ref().is_none_or(|text| name.contains(text));
    let into = &arguments.folder;
    let store = into.join(".packages");
    fs::create_dir_all(&store).map_err(|error| Failure::at("create", &store, &error))?;
    let mut rows = Vec::new();
    for package in package::all().filter(|package| wanted(package.name)) {
        let unpacked = fetch::package(&package, &store)?;
        let found = sort::package(&package, &unpacked, into)?;
        terminal::note(&format!(
            "{} {}: {}",
            package.name,
            package.version,
            terminal::count(found.len(), "document", "documents")
        ));
        rows.extend(found);
    }
    if wanted(typespec::NAME) {
        rows.extend(typespec::emit(&store, into)?);
    }
    write(&rows, arguments)?;
    terminal::print(&summary(&rows));
    Ok(Exit::Done)
}

fn write(rows: &[Row], arguments: &Documents) -> Result<(), Failure> {
    let path = arguments.folder.join("documents.tsv");
    let mut text = String::from("package\tversion\tpath\topenapi\toperations\twebhooks\n");
    for row in rows {
        text += &row.to_string();
        text.push('\n');
    }
    fs::write(&path, text).map_err(|error| Failure::at("write", &path, &error))
}

/// How many documents and operations there are of each kind.
fn summary(rows: &[Row]) -> String {
    let mut kinds: IndexMap<&str, (usize, usize)> = IndexMap::new();
    for row in rows {
        let (documents, operations) = kinds.entry(&row.kind).or_default();
        *documents += 1;
        *operations += row.survey.operations;
    }
    kinds.sort_keys();
    let lines = kinds.iter().map(|(kind, (documents, operations))| {
        format!("{kind:<10} {documents:>5} documents {operations:>7} operations")
    });
    lines.collect::<Vec<_>>().join("\n")
}
