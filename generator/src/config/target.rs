//! The table of a target in, what is to be generated out: one document, or several for one crate.

use indexmap::IndexMap;

use super::{
    Config, FieldSetting, Mount, Rename, Selector,
    calls::{calls, operations},
    documents,
    made::{Many, Runtime, Target},
    names::{is_identifier, is_package_name, is_path, is_type},
    package::package,
    reader::{Reader, Section, list},
    source::origin,
};

/// What is said of one document.
const OF_DOCUMENT: [&str; 12] = [
    "document",
    "source",
    "files",
    "overlays",
    "fields",
    "rename",
    "relax",
    "bodies",
    "optional_bodies",
    "only",
    "skip",
    "operations",
];
/// What is said of a crate, however many documents it is made of.
const OF_CRATE: [&str; 14] = [
    "output",
    "name",
    "package",
    "formats",
    "merged_types",
    "share",
    "mock",
    "features",
    "runtime",
    "prune",
    "derives",
    "calls",
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
/// Whether a setting is about a crate, however many documents it is made of.
pub(crate) fn is_of_crate(setting: &str) -> bool {
    OF_CRATE.contains(&setting)
}

/// The modules of a crate that have their names already.
const GENERATED: [&str; 8] = [
    "api", "builder", "client", "models", "oauth", "prelude", "runtime", "webhooks",
];
const SELECTOR: [&str; 3] = ["id", "tag", "path"];

/// What the runtime can be said to be.
const WHOLE: &str = "whole";
const SHARED: &str = "shared";

/// What a table makes.
pub(super) enum Made {
    One(Target),
    /// A crate of several documents, each with the name of its module.
    Many(Many, IndexMap<String, Target>),
}

pub(super) fn target<'t>(
    reader: &mut Reader<'t>,
    name: &str,
    section: &Section<'t>,
    runtime: &Runtime,
) -> Option<Made> {
    if section.keys().any(|key| key == documents::KEY) {
        return Some(many(reader, name, section, runtime));
    }
    reader.only(section, &[&OF_DOCUMENT[..], &OF_CRATE, &[documents::KEY]].concat());
    let document = reader.required(section, "document");
    let of_crate = of_crate(reader, name, section, runtime);
    let target = of_document(reader, section, of_crate);
    Some(Made::One(Target {
        document: document?,
        ..target
    }))
}

fn many<'t>(reader: &mut Reader<'t>, name: &str, section: &Section<'t>, runtime: &Runtime) -> Made {
    for key in section.keys().filter(|key| OF_DOCUMENT.contains(key)) {
        if key == "document" {
            let message = "`document` is for one, and `documents` for several: expected one of these".to_owned();
            reader.reject_name(section, key, message, None);
        } else {
            let message = format!("`{key}` is about one document, and these are several");
            reader.reject_name(
                section,
                key,
                message,
                Some(format!("say it under `documents.NAME.{key}`")),
            );
        }
    }
    reader.only(section, &[&OF_DOCUMENT[..], &OF_CRATE, &[documents::KEY]].concat());
    let whole = of_crate(reader, name, section, runtime);
    let modules: Vec<&str> = whole.config.modules.keys().map(String::as_str).collect();
    let named = documents::documents(reader, section, &modules);
    let targets = named.into_iter().filter_map(|(module, document)| {
        let target = match document {
            documents::Document::At(document) => Target {
                document,
                ..whole.clone()
            },
            documents::Document::Said(table) => {
                for key in table.keys().filter(|key| OF_CRATE.contains(key)) {
                    let hint = format!("say it under `[targets.{name}]`");
                    let message = format!("`{key}` is about the crate, and this is one of its documents");
                    reader.reject_name(&table, key, message, Some(hint));
                }
                reader.only(&table, &[&OF_DOCUMENT[..], &OF_CRATE].concat());
                let document = reader.required(&table, "document");
                Target {
                    document: document?,
                    ..of_document(reader, &table, whole.clone())
                }
            }
        };
        Some((module, target))
    });
    let mut targets: IndexMap<String, Target> = targets.collect();
    for target in targets.values_mut() {
        // They are the crate's.
        target.config.modules.clear();
    }
    Made::Many(
        Many {
            output: whole.output,
            config: whole.config,
            documents: IndexMap::new(),
        },
        targets,
    )
}

/// What a table says of the crate.
fn of_crate<'t>(reader: &mut Reader<'t>, name: &str, section: &Section<'t>, runtime: &Runtime) -> Target {
    let output = reader.string(section, "output");
    let crate_name = reader.string(section, "name").unwrap_or_else(|| name.to_owned());
    if !is_package_name(&crate_name) {
        reader.reject(section, "name", format!("`{crate_name}` is not a package name"));
    }
    let words = [WHOLE, SHARED];
    let said = word(reader, section, "runtime", &words);
    let config = Config {
        crate_name,
        package: package(reader, section),
        standalone: reader.flag(section, "standalone"),
        formats: formats(reader, section),
        share: reader.said(section, "share"),
        tag_features: word(reader, section, "features", &["tags"]).is_some(),
        whole_runtime: said == Some(WHOLE),
        shared_runtime: (said == Some(SHARED)).then(|| runtime.seen_from(output.as_deref().unwrap_or_default())),
        mock: reader.flag(section, "mock"),
        merged_types: reader.count(section, "merged_types"),
        prune: reader.flag(section, "prune"),
        derives: derives(reader, section),
        calls: calls(reader, section, "calls"),
        modules: modules(reader, section),
        ..Config::default()
    };
    Target {
        document: String::new(),
        source: None,
        files: Vec::new(),
        overlays: Vec::new(),
        output,
        config,
    }
}

/// What a table says of its document, beside what is said of the crate.
fn of_document<'t>(reader: &mut Reader<'t>, section: &Section<'t>, whole: Target) -> Target {
    Target {
        document: String::new(),
        source: origin(reader, section),
        files: reader.strings(section, "files"),
        overlays: reader.strings(section, "overlays"),
        output: whole.output,
        config: Config {
            fields: fields(reader, section),
            rename: rename(reader, section),
            relax: reader.strings(section, "relax"),
            bodies: reader.map(section, "bodies"),
            optional_bodies: reader.strings(section, "optional_bodies"),
            only: selectors(reader, section, "only"),
            skip: selectors(reader, section, "skip"),
            operations: operations(reader, section),
            ..whole.config
        },
    }
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

/// The one of `words` that a setting has.
fn word<'t, 'w>(reader: &mut Reader<'t>, section: &Section<'t>, key: &str, words: &[&'w str]) -> Option<&'w str> {
    let said = reader.string(section, key)?;
    let known = words.iter().find(|word| **word == said);
    if known.is_none() {
        let words: Vec<String> = words.iter().map(|word| format!("`{word}`")).collect();
        reader.reject(
            section,
            key,
            format!("`{said}` is unknown here: expected {}", words.join(" or ")),
        );
    }
    known.copied()
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

/// Every setting of a target.
#[cfg(test)]
pub(super) fn settings() -> impl Iterator<Item = &'static str> {
    let tables = [&OF_DOCUMENT[..], &OF_CRATE, &[documents::KEY], &RENAME, &SELECTOR];
    tables.into_iter().flatten().copied()
}
