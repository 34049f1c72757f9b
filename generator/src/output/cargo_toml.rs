//! The text of a `Cargo.toml` and a [`Package`] in, the text with the generator's entries up to date out.
//!
//! The file is the user's. `[package.metadata.codegen]` lists the entries that the generator answers for; it adds what
//! is missing from them, removes those that it no longer needs, keeps what the settings say of the package, and leaves
//! everything else as it stands: other entries, further features of a dependency, narrower versions, comments, order and layout.

mod about;

use toml_edit::{Array, DocumentMut, InlineTable, Item, Table, TableLike, Value, value};

use crate::{Dependency, Package};

pub(super) const PATH: &str = "Cargo.toml";

/// Parts of features that earlier versions wrote and that must not stay: they switch on TLS in `reqwest` for everybody, or
/// name as optional what no longer is. They are looked for one by one, since a user may have added others that look alike.
const RETIRED: [(&str, &str); 3] = [
    ("gzip", "reqwest/gzip"),
    ("rustls", "reqwest/rustls-no-provider"),
    ("tower", "dep:tower-service"),
];

/// The text of a new file.
pub(super) fn create(package: &Package) -> String {
    let mut document = DocumentMut::new();
    document.decor_mut().set_prefix(
        "# Created from an OpenAPI description, and yours to edit: only that is kept up to date which\n\
         # `package.metadata.codegen` lists, and what its settings say of the package.\n\n",
    );
    let mut table = Table::new();
    table["name"] = value(&package.name);
    for entry in &package.about {
        table[entry.key] = about::written(entry);
    }
    document["package"] = Item::Table(table);
    maintain(&mut document, package).expect("a new document has a table wherever one belongs");
    if package.standalone {
        document["workspace"] = Item::Table(Table::new());
    }
    document.to_string()
}

/// The text of an existing file, brought up to date.
pub(super) fn update(text: &str, package: &Package) -> Result<String, String> {
    let mut document: DocumentMut = text
        .parse()
        .map_err(|error: toml_edit::TomlError| error.message().to_owned())?;
    maintain(&mut document, package)?;
    Ok(document.to_string())
}

/// Whether the text says that the generator wrote it.
pub(super) fn is_generated(text: &str) -> bool {
    text.parse::<DocumentMut>().is_ok_and(|document| {
        document
            .get("package")
            .and_then(|item| item.get("metadata")?.get("codegen"))
            .is_some()
    })
}

fn maintain(document: &mut DocumentMut, package: &Package) -> Result<(), String> {
    about::maintain(document, &package.about)?;
    let wanted: Vec<&str> = package
        .dependencies
        .iter()
        .map(|dependency| dependency.name.as_str())
        .collect();
    let mut gone = known(document, "dependencies");
    gone.retain(|name| !wanted.contains(&name.as_str()));
    maintain_features(document, package, &gone)?;
    if !package.features.is_empty() {
        show_all_features(document)?;
    }
    maintain_dependencies(document, "dependencies", &package.dependencies)?;
    maintain_dependencies(document, "dev-dependencies", &package.dev_dependencies)
}

/// Brings features up to date; nothing stays in them of dependencies that are `gone`.
fn maintain_features(document: &mut DocumentMut, package: &Package, gone: &[String]) -> Result<(), String> {
    let names: Vec<&str> = package.features.keys().map(String::as_str).collect();
    let Owned { obsolete, new } = own(document, "features", &names)?;
    let Some(table) = table(document, "features", !names.is_empty())? else {
        return Ok(());
    };
    for name in obsolete {
        table.remove(&name);
        // Cargo reads no file that names a feature which is not there.
        if let Some(default) = table.get_mut("default").and_then(Item::as_array_mut) {
            default.retain(|part| part.as_str() != Some(&name));
        }
    }
    // Cargo reads no file that names a dependency which is not there, whoever wrote that.
    for (_, item) in table.iter_mut() {
        if let Some(array) = item.as_array_mut() {
            array.retain(|part| {
                !part
                    .as_str()
                    .is_some_and(|part| gone.iter().any(|name| is_of(part, name)))
            });
        }
    }
    let come: Vec<String> = new.into_iter().filter(|name| !table.contains_key(name)).collect();
    for (name, parts) in &package.features {
        match table.get_mut(name) {
            None => {
                table.insert(name, value(parts.iter().collect::<Array>()));
                if let (Some(comment), Some(mut key)) = (package.comments.get(name), table.key_mut(name)) {
                    key.leaf_decor_mut().set_prefix(format!("# {comment}\n"));
                }
            }
            // Which features are on by default is the user's decision, once they are there.
            Some(item) if name == "default" => {
                let parts: Vec<String> = parts.iter().filter(|part| come.contains(part)).cloned().collect();
                add_missing(item, &parts).ok_or_else(|| format!("`features.{name}` is not an array"))?;
            }
            Some(item) => {
                remove_retired(name, item, parts);
                add_missing(item, parts).ok_or_else(|| format!("`features.{name}` is not an array"))?;
            }
        }
    }
    Ok(())
}

fn maintain_dependencies(document: &mut DocumentMut, key: &str, wanted: &[Dependency]) -> Result<(), String> {
    let names: Vec<&str> = wanted.iter().map(|dependency| dependency.name.as_str()).collect();
    let Owned { obsolete, new: _ } = own(document, key, &names)?;
    let Some(table) = table(document, key, !names.is_empty())? else {
        return Ok(());
    };
    for name in obsolete {
        table.remove(&name);
    }
    for dependency in wanted {
        let name = &dependency.name;
        match table.get_mut(name) {
            None => {
                table.insert(name, entry(dependency));
            }
            Some(item) => {
                maintain_entry(item, dependency).ok_or_else(|| format!("`{key}.{name}` is not a dependency"))?;
            }
        }
    }
    Ok(())
}

/// Whether a part of a feature is about the dependency `name`.
fn is_of(part: &str, name: &str) -> bool {
    let of = part.strip_prefix("dep:").or_else(|| Some(part.split_once('/')?.0));
    of.is_some_and(|of| of.strip_suffix('?').unwrap_or(of) == name)
}

/// The entries of the table `key` that the generator answers for so far.
fn known(document: &DocumentMut, key: &str) -> Vec<String> {
    let package = document.get("package");
    let names = package.and_then(|package| package.get("metadata")?.get("codegen")?.get(key)?.as_array());
    let names = names.into_iter().flatten().filter_map(Value::as_str);
    names.map(str::to_owned).collect()
}

/// The entries of a table that the generator answers for.
struct Owned {
    /// Those that it no longer answers for.
    obsolete: Vec<String>,
    /// Those that it did not answer for before.
    new: Vec<String>,
}

/// Notes `names` as the entries of the table `key` that the generator answers for.
fn own(document: &mut DocumentMut, key: &str, names: &[&str]) -> Result<Owned, String> {
    let mut at = document.as_table_mut() as &mut dyn TableLike;
    for step in ["package", "metadata", "codegen"] {
        let inner = at.entry(step).or_insert_with(|| {
            let mut table = Table::new();
            table.set_implicit(step == "metadata");
            Item::Table(table)
        });
        at = inner
            .as_table_like_mut()
            .ok_or_else(|| format!("`{step}` is not a table"))?;
    }
    let before: Vec<String> = at
        .get(key)
        .and_then(Item::as_array)
        .map(|array| array.iter().filter_map(Value::as_str).map(str::to_owned).collect())
        .unwrap_or_default();
    if before != names {
        at.insert(key, value(names.iter().copied().collect::<Array>()));
    }
    let is_new = |name: &&str| !before.iter().any(|known| known == name);
    let new = names.iter().copied().filter(is_new).map(str::to_owned).collect();
    let obsolete = before.into_iter().filter(|name| !names.contains(&name.as_str()));
    Ok(Owned {
        obsolete: obsolete.collect(),
        new,
    })
}

/// Has docs.rs show what stands behind features as well, where nobody has said what it is to show.
fn show_all_features(document: &mut DocumentMut) -> Result<(), String> {
    let mut at = document.as_table_mut() as &mut dyn TableLike;
    for step in ["package", "metadata"] {
        at = at
            .get_mut(step)
            .and_then(Item::as_table_like_mut)
            .ok_or_else(|| format!("`{step}` is not a table"))?;
    }
    let docs = at.entry("docs").or_insert_with(|| {
        let mut table = Table::new();
        table.set_implicit(true);
        Item::Table(table)
    });
    let docs = docs.as_table_like_mut().ok_or("`docs` is not a table")?;
    if !docs.contains_key("rs") {
        let mut table = Table::new();
        table["all-features"] = value(true);
        table["rustdoc-args"] = value(["--cfg", "docsrs"].into_iter().collect::<Array>());
        docs.insert("rs", Item::Table(table));
    }
    Ok(())
}

fn table<'d>(document: &'d mut DocumentMut, key: &str, create: bool) -> Result<Option<&'d mut dyn TableLike>, String> {
    if !create && !document.contains_key(key) {
        return Ok(None);
    }
    let item = document.entry(key).or_insert_with(|| Item::Table(Table::new()));
    item.as_table_like_mut()
        .map(Some)
        .ok_or_else(|| format!("`{key}` is not a table"))
}

/// A new entry: only the version where that says it all.
fn entry(dependency: &Dependency) -> Item {
    let mut table = InlineTable::new();
    if let Some(path) = &dependency.path {
        table.insert("path", path.as_str().into());
    }
    table.insert("version", dependency.version.as_str().into());
    complete(&mut table, dependency);
    if table.len() == 1 {
        value(dependency.version.as_str())
    } else {
        value(table)
    }
}

/// Brings an entry of the user's layout up to date; `None` where it is no entry.
fn maintain_entry(item: &mut Item, dependency: &Dependency) -> Option<()> {
    if let Some(version) = item.as_str() {
        if is_plain(dependency) {
            if !is_narrower(version, &dependency.version) {
                set(item, &dependency.version);
            }
            return Some(());
        }
        let mut table = InlineTable::new();
        let kept = if is_narrower(version, &dependency.version) {
            version
        } else {
            &dependency.version
        };
        table.insert("version", kept.into());
        *item = value(table);
    }
    let table = item.as_table_like_mut()?;
    let elsewhere = ["path", "git", "workspace"]
        .iter()
        .any(|source| table.contains_key(source));
    match table.get_mut("version") {
        // Which version a crate beside this one has, its author says.
        Some(_) if dependency.path.is_some() => {}
        Some(version) if !is_narrower(version.as_str()?, &dependency.version) => set(version, &dependency.version),
        Some(_) => {}
        None if elsewhere => {}
        None => {
            table.insert("version", value(&dependency.version));
        }
    }
    complete(table, dependency);
    Some(())
}

/// Everything but the version.
fn complete(table: &mut dyn TableLike, dependency: &Dependency) {
    let inherited = table.contains_key("workspace");
    if let (Some(path), Some(item)) = (&dependency.path, table.get_mut("path")) {
        set(item, path);
    }
    match &dependency.package {
        Some(package) if !inherited && table.get("package").and_then(Item::as_str) != Some(package) => {
            table.insert("package", value(package));
        }
        Some(_) | None => {}
    }
    if dependency.default_features {
        table.remove("default-features");
    } else if !inherited && !table.contains_key("default-features") {
        table.insert("default-features", value(false));
    }
    if !dependency.features.is_empty() {
        let features = table.entry("features").or_insert_with(|| value(Array::new()));
        if add_missing(features, &dependency.features).is_none() {
            *features = value(dependency.features.iter().collect::<Array>());
        }
    }
    if !dependency.optional {
        table.remove("optional");
    } else if table.get("optional").and_then(Item::as_bool) != Some(true) {
        table.insert("optional", value(true));
    }
}

fn is_plain(dependency: &Dependency) -> bool {
    dependency.package.is_none()
        && dependency.default_features
        && dependency.features.is_empty()
        && !dependency.optional
}

/// Whether `version` asks for no less than `wanted`: `1.4` where `1` is wanted.
fn is_narrower(version: &str, wanted: &str) -> bool {
    version
        .strip_prefix(wanted)
        .is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
}

fn remove_retired(feature: &str, item: &mut Item, parts: &[String]) {
    let is_retired = |part: &str| RETIRED.contains(&(feature, part)) && !parts.iter().any(|wanted| wanted == part);
    if let Some(array) = item.as_array_mut()
        && array.iter().any(|part| part.as_str().is_some_and(is_retired))
    {
        array.retain(|part| !part.as_str().is_some_and(is_retired));
    }
}

fn add_missing(item: &mut Item, parts: &[String]) -> Option<()> {
    let array = item.as_array_mut()?;
    for part in parts {
        if !array.iter().any(|present| present.as_str() == Some(part)) {
            array.push(part);
        }
    }
    Some(())
}

/// Changes a text and keeps the comment behind it.
fn set(item: &mut Item, text: &str) {
    let decor = item.as_value().map(|value| value.decor().clone());
    *item = value(text);
    if let (Some(value), Some(decor)) = (item.as_value_mut(), decor) {
        *value.decor_mut() = decor;
    }
}

#[cfg(test)]
mod tests;
