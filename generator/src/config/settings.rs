//! The text of a `codegen.toml` in, [`Settings`] out: targets by name, or every problem with its place.

use std::collections::BTreeMap;

use indexmap::IndexMap;

use super::{
    Config, FieldSetting, Mount, Rename, Selector,
    calls::{calls, operations},
    names::{is_identifier, is_package_name, is_path, is_type},
    package::package,
    reader::{Reader, Section, list, location},
    source::{Origin, origin},
};
use crate::{
    Source,
    diagnostics::{Code, Diagnostic, Location, Refusal, Sources},
    ir::Pointer,
};

/// What a `codegen.toml` says.
#[derive(Debug, Clone)]
pub struct Settings {
    /// What to generate, by name, in the file's order.
    pub targets: IndexMap<String, Target>,
    places: BTreeMap<Pointer, Location>,
}

/// One crate to generate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Target {
    /// The document, relative to the file that holds the settings.
    pub document: String,
    /// Where that comes from.
    pub source: Option<Origin>,
    /// Folders beside the document's own that its references may lead into, relative to the file that holds the settings.
    pub files: Vec<String>,
    /// Overlays, in the order in which they are laid over the document, relative to the file that holds the settings.
    pub overlays: Vec<String>,
    /// The crate's folder, relative to the file that holds the settings. A build script needs none: it makes a module.
    pub output: Option<String>,
    /// Everything else.
    pub config: Config,
}

const TARGET: [&str; 26] = [
    "document",
    "source",
    "files",
    "overlays",
    "output",
    "name",
    "package",
    "formats",
    "fields",
    "merged_types",
    "share",
    "mock",
    "features",
    "runtime",
    "rename",
    "relax",
    "bodies",
    "optional_bodies",
    "only",
    "skip",
    "prune",
    "derives",
    "calls",
    "operations",
    "modules",
    "standalone",
];
const RENAME: [&str; 7] = [
    "types",
    "fields",
    "variants",
    "operations",
    "parameters",
    "tags",
    "webhooks",
];
/// The modules of a crate that have their names already.
const GENERATED: [&str; 7] = ["api", "client", "models", "oauth", "prelude", "runtime", "webhooks"];
const SELECTOR: [&str; 3] = ["id", "tag", "path"];

impl Settings {
    /// Reads the settings in `source`.
    ///
    /// # Errors
    ///
    /// [`Refusal`] with every problem of the text.
    pub fn read(source: &Source<'_>) -> Result<Self, Refusal> {
        Self::of(source).map_err(|mut refusal| {
            refusal.sources = source.into();
            refusal
        })
    }

    fn of(source: &Source<'_>) -> Result<Self, Refusal> {
        let text = str::from_utf8(source.bytes).map_err(|error| {
            let valid = String::from_utf8_lossy(&source.bytes[..error.valid_up_to()]);
            refuse("the settings are not UTF-8".to_owned(), location(&valid, valid.len()))
        })?;
        let document = toml_edit::Document::parse(text).map_err(|error| {
            let start = error.span().unwrap_or_default().start;
            refuse(error.message().to_owned(), location(text, start))
        })?;
        let mut reader = Reader::new(text);
        let root = Section::root(document.as_table());
        reader.only(&root, &["targets"]);
        let mut targets = IndexMap::new();
        if let Some(section) = reader.section(&root, "targets") {
            for name in section.keys() {
                if let Some(target) = reader
                    .section(&section, name)
                    .and_then(|table| target(&mut reader, name, &table))
                {
                    targets.insert(name.to_owned(), target);
                }
            }
        }
        if targets.is_empty() && reader.problems.is_empty() {
            let message = "there is no target".to_owned();
            let hint = "start with `[targets.NAME]`, and under it `document` and `output`".to_owned();
            reader.problem(Pointer::root(), 0..0, message, Some(hint));
        }
        if reader.problems.is_empty() {
            Ok(Self {
                targets,
                places: reader.places,
            })
        } else {
            reader.problems.sort_by_key(|problem| problem.location);
            // A table that is read twice says twice what is wrong with it.
            reader.problems.dedup();
            Err(Refusal {
                problems: reader.problems,
                sources: Sources::default(),
            })
        }
    }

    /// Where the setting `at` of the target `name` stands.
    #[must_use]
    pub fn place(&self, name: &str, at: &Pointer) -> Option<Location> {
        let mut place = Pointer::root().child("targets").child(name);
        for token in at.tokens() {
            place = place.child(token);
        }
        self.places.get(&place).copied()
    }
}

fn refuse(message: String, location: Location) -> Refusal {
    Refusal::from(Diagnostic {
        code: Code::Setting,
        pointer: Pointer::root(),
        message,
        hint: None,
        location: Some(location),
    })
}

fn target<'t>(reader: &mut Reader<'t>, name: &str, section: &Section<'t>) -> Option<Target> {
    reader.only(section, &TARGET);
    let document = reader.required(section, "document");
    let source = origin(reader, section);
    let files = reader.strings(section, "files");
    let output = reader.string(section, "output");
    let crate_name = reader.string(section, "name").unwrap_or_else(|| name.to_owned());
    if !is_package_name(&crate_name) {
        reader.reject(section, "name", format!("`{crate_name}` is not a package name"));
    }
    let config = Config {
        crate_name,
        package: package(reader, section),
        standalone: reader.flag(section, "standalone"),
        formats: formats(reader, section),
        fields: fields(reader, section),
        share: reader.said(section, "share"),
        tag_features: is_said_to_be(reader, section, "features", "tags", "that features can be for"),
        whole_runtime: is_said_to_be(reader, section, "runtime", "whole", "that the runtime can be"),
        mock: reader.flag(section, "mock"),
        merged_types: reader.count(section, "merged_types"),
        rename: rename(reader, section),
        relax: reader.strings(section, "relax"),
        bodies: reader.map(section, "bodies"),
        optional_bodies: reader.strings(section, "optional_bodies"),
        only: selectors(reader, section, "only"),
        skip: selectors(reader, section, "skip"),
        prune: reader.flag(section, "prune"),
        derives: derives(reader, section),
        calls: calls(reader, section, "calls"),
        operations: operations(reader, section),
        modules: modules(reader, section),
    };
    Some(Target {
        document: document?,
        source,
        files,
        overlays: reader.strings(section, "overlays"),
        output,
        config,
    })
}

/// Whether a format may be given `ty`: a word of ours, or a type that generated code can name.
fn is_format(ty: &str) -> bool {
    const OF_RUST: [&str; 19] = [
        "bool", "char", "f32", "f64", "i8", "i16", "i32", "i64", "i128", "isize", "u8", "u16", "u32", "u64", "u128",
        "usize", "String", "Vec", "Box",
    ];
    let name = ty.trim().split('<').next().unwrap_or_default();
    is_type(ty) && (name.contains("::") || ["jiff", "string"].contains(&name) || OF_RUST.contains(&name))
}

fn formats<'t>(reader: &mut Reader<'t>, section: &Section<'t>) -> IndexMap<String, String> {
    let formats = reader.map(section, "formats");
    if let Some(table) = reader.section(section, "formats") {
        for (format, ty) in formats.iter().filter(|(_, ty)| !is_format(ty)) {
            let message =
                format!("`{ty}` is not a type: expected `jiff`, `string`, or a type such as `::a_crate::Type`");
            reader.reject(&table, format, message);
        }
    }
    formats
}

fn fields<'t>(reader: &mut Reader<'t>, section: &Section<'t>) -> IndexMap<String, FieldSetting> {
    let Some(table) = reader.section(section, "fields") else {
        return IndexMap::new();
    };
    let mut fields = IndexMap::new();
    for name in table.keys() {
        let Some(field) = reader.section(&table, name) else {
            continue;
        };
        reader.only(&field, &["format"]);
        if let Some(format) = reader.required(&field, "format") {
            if format.contains("::") && !is_type(&format) {
                let message = format!("`{format}` is not a type: expected one such as `::a_crate::Type`, or a format");
                reader.reject(&field, "format", message);
            }
            fields.insert(name.to_owned(), FieldSetting { format });
        }
    }
    fields
}

fn rename<'t>(reader: &mut Reader<'t>, section: &Section<'t>) -> Rename {
    let Some(table) = reader.section(section, "rename") else {
        return Rename::default();
    };
    reader.only(&table, &RENAME);
    let mut names = |key: &str| {
        let names = reader.map(&table, key);
        if let Some(entries) = reader.section(&table, key) {
            for (from, to) in names.iter().filter(|(_, to)| !is_identifier(to)) {
                reader.reject(&entries, from, format!("`{to}` is not a Rust identifier"));
            }
        }
        names
    };
    let [types, fields, variants, operations, parameters, tags, webhooks] = RENAME.map(&mut names);
    Rename {
        types,
        fields,
        variants,
        operations,
        parameters,
        tags,
        webhooks,
    }
}

fn selectors<'t>(reader: &mut Reader<'t>, section: &Section<'t>, key: &str) -> Vec<Selector> {
    let tables = reader.sections(section, key);
    tables.iter().filter_map(|table| selector(reader, table)).collect()
}

fn selector<'t>(reader: &mut Reader<'t>, table: &Section<'t>) -> Option<Selector> {
    reader.only(table, &SELECTOR);
    let mut chosen = SELECTOR.map(|key| reader.string(table, key)).into_iter();
    let [id, tag, path] = [chosen.next()?, chosen.next()?, chosen.next()?];
    match (id, tag, path) {
        (Some(id), None, None) => Some(Selector::Id(id)),
        (None, Some(tag), None) => Some(Selector::Tag(tag)),
        (None, None, Some(path)) => Some(Selector::Path(path)),
        _ => {
            let message = format!("expected one of {}", list(&SELECTOR));
            reader.problem(table.at.clone(), table.start(), message, None);
            None
        }
    }
}

/// Whether a setting has the one word that it may have.
fn is_said_to_be<'t>(reader: &mut Reader<'t>, section: &Section<'t>, key: &str, word: &str, role: &str) -> bool {
    let Some(said) = reader.string(section, key) else {
        return false;
    };
    let is_known = said == word;
    if !is_known {
        reader.reject(section, key, format!("`{said}` is nothing {role}: expected `{word}`"));
    }
    is_known
}

fn derives<'t>(reader: &mut Reader<'t>, section: &Section<'t>) -> Vec<String> {
    let derives = reader.strings(section, "derives");
    for path in derives.iter().filter(|path| !is_path(path)) {
        reader.reject(
            section,
            "derives",
            format!("`{path}` is not the path of a derive macro"),
        );
    }
    derives
}

fn modules<'t>(reader: &mut Reader<'t>, section: &Section<'t>) -> IndexMap<String, Mount> {
    let Some(table) = reader.section(section, "modules") else {
        return IndexMap::new();
    };
    let mut modules = IndexMap::new();
    for name in table.keys() {
        let Some(mount) = reader.section(&table, name) else {
            continue;
        };
        reader.only(&mount, &["path", "feature"]);
        if !is_identifier(name) {
            reader.reject(&table, name, format!("`{name}` is not a Rust identifier"));
        }
        if GENERATED.contains(&name) {
            reader.reject(&table, name, format!("`{name}` is a module that is generated"));
        }
        let feature = reader.string(&mount, "feature");
        if let Some(path) = reader.required(&mount, "path") {
            let clean = std::path::Path::new(&path).extension().is_some_and(|kind| kind == "rs")
                && !path.starts_with('/')
                && !path.contains(['\\', '"']);
            if !clean {
                let message =
                    "expected a Rust file, relative to the crate's folder, with `/` between folders".to_owned();
                reader.reject(&mount, "path", message);
            }
            modules.insert(name.to_owned(), Mount { path, feature });
        }
    }
    modules
}

#[cfg(test)]
mod tests;
