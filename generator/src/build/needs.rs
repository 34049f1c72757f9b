//! The features that are wanted and the crate's `Cargo.toml` in; what the module depends on and the crate does not, out.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Write as _,
};

use toml_edit::{Array, DocumentMut, InlineTable, Item, TableLike, Value};

use super::BuildError;
use crate::{Dependency, Package, config::nearest, diagnostics::did_you_mean};

/// The feature that is on by default wherever there is one.
const STD: &str = "std";

/// The features of the module that are on, and what they switch on.
#[derive(Debug)]
pub(super) struct Features<'p> {
    pub(super) on: BTreeSet<&'p str>,
    /// Dependencies, each with features that it has besides.
    dependencies: BTreeMap<&'p str, BTreeSet<&'p str>>,
}

impl<'p> Features<'p> {
    /// Those that are `chosen`, else those that are on by default, and all that these lead to.
    pub(super) fn of(package: &'p Package, chosen: Option<&[String]>) -> Result<Self, BuildError> {
        let mut open = Vec::new();
        for name in chosen.unwrap_or(&["default".to_owned()]) {
            match package.features.get_key_value(name) {
                Some((name, _)) => open.push(name.as_str()),
                // A crate of types alone has no features, not even by default.
                None if name == "default" => {}
                None => {
                    let known = || package.features.keys().map(String::as_str);
                    let hint = nearest(name, known()).map(did_you_mean);
                    let hint = hint.unwrap_or_else(|| format!("there are {}", known().collect::<Vec<_>>().join(", ")));
                    return Err(BuildError::new(format!("the module has no feature `{name}`; {hint}")));
                }
            }
        }
        let mut features = Self {
            on: BTreeSet::new(),
            dependencies: BTreeMap::new(),
        };
        let mut weak = Vec::new();
        while let Some(name) = open.pop() {
            if !features.on.insert(name) {
                continue;
            }
            for part in package.features.get(name).into_iter().flatten() {
                if let Some(name) = part.strip_prefix("dep:") {
                    features.dependencies.entry(name).or_default();
                } else if let Some((name, feature)) = part.split_once("?/") {
                    weak.push((name, feature));
                } else if let Some((name, feature)) = part.split_once('/') {
                    features.dependencies.entry(name).or_default().insert(feature);
                } else {
                    open.push(part);
                }
            }
        }
        for (name, feature) in weak {
            if let Some(features) = features.dependencies.get_mut(name) {
                features.insert(feature);
            }
        }
        Ok(features)
    }

    /// What the module depends on, with all features.
    fn needed(&self, package: &Package) -> Vec<Dependency> {
        let wanted =
            |dependency: &&Dependency| !dependency.optional || self.dependencies.contains_key(&*dependency.name);
        let whole = |dependency: &Dependency| {
            let mut dependency = dependency.clone();
            let more = self.dependencies.get(&*dependency.name).into_iter().flatten();
            for feature in more.map(|feature| (*feature).to_owned()) {
                if !dependency.features.contains(&feature) {
                    dependency.features.push(feature);
                }
            }
            dependency
        };
        package.dependencies.iter().filter(wanted).map(whole).collect()
    }
}

/// Sees that a crate with the `Cargo.toml` in `text` has what the module `name` needs.
pub(super) fn check(text: &str, name: &str, package: &Package, features: &Features<'_>) -> Result<(), BuildError> {
    let manifest: DocumentMut = text
        .parse()
        .map_err(|error: toml_edit::TomlError| BuildError::new(format!("`Cargo.toml`: {}", error.message())))?;
    let edition = manifest.get("package").and_then(|package| package.get("edition"));
    if edition.and_then(Item::as_str).is_some_and(|edition| edition < "2024") || edition.is_none() {
        return Err(BuildError::new(format!(
            "the module `{name}` is written in the edition 2024: set `edition = \"2024\"` in `Cargo.toml`"
        )));
    }
    let (mut missing, mut other) = (String::new(), String::new());
    for dependency in features.needed(package) {
        match entry(&manifest, &dependency.name) {
            None => _ = writeln!(missing, "{}", line(&dependency)),
            Some(item) if !suits(item, &dependency) => _ = writeln!(other, "{}", line(&dependency)),
            Some(_) => {}
        }
    }
    if missing.is_empty() && other.is_empty() {
        return Ok(());
    }
    let mut message = String::new();
    if !missing.is_empty() {
        let _ = write!(
            message,
            "the module `{name}` needs crates that `Cargo.toml` does not name; add to it\n\n[dependencies]\n{missing}"
        );
    }
    if !other.is_empty() {
        let _ = write!(
            message,
            "{}the module `{name}` needs more of crates that `Cargo.toml` names; it needs\n\n[dependencies]\n{other}",
            if missing.is_empty() { "" } else { "\n" }
        );
    }
    Err(BuildError::new(message))
}

/// What a `Cargo.toml` says of the dependency `name`, for whatever platform.
fn entry<'m>(manifest: &'m DocumentMut, name: &str) -> Option<&'m Item> {
    let of = |table: &'m dyn TableLike| table.get("dependencies")?.get(name);
    let targets = manifest.get("target").and_then(Item::as_table_like);
    let mut targets = targets.into_iter().flat_map(TableLike::iter);
    of(manifest.as_table()).or_else(|| targets.find_map(|(_, target)| of(target.as_table_like()?)))
}

/// Whether an entry brings what is needed. What a workspace says of it is not looked at.
fn suits(item: &Item, needed: &Dependency) -> bool {
    let Some(table) = item.as_table_like() else {
        let is_compatible = |version| is_compatible(version, &needed.version);
        return item.as_str().is_some_and(is_compatible) && needed.features.iter().all(|feature| feature == STD);
    };
    if table.get("workspace").and_then(Item::as_bool) == Some(true) {
        return true;
    }
    let version = table.get("version").and_then(Item::as_str);
    let has_defaults = table.get("default-features").and_then(Item::as_bool) != Some(false);
    let features = table.get("features").and_then(Item::as_array).into_iter().flatten();
    let features: Vec<&str> = features.filter_map(Value::as_str).collect();
    let has = |feature: &String| features.contains(&feature.as_str()) || has_defaults && feature == STD;
    version.is_none_or(|version| is_compatible(version, &needed.version))
        && (has_defaults || !needed.default_features)
        && needed.features.iter().all(has)
}

/// Whether two requirements mean versions that can stand for each other, as far as plain ones tell.
fn is_compatible(version: &str, needed: &str) -> bool {
    let series = |text: &str| {
        let mut numbers = text.trim_start_matches('^').split('.').map(str::parse::<u64>);
        match (numbers.next(), numbers.next()) {
            (Some(Ok(0)), Some(Ok(minor))) => Some((0, minor)),
            (Some(Ok(major)), _) if major > 0 => Some((major, 0)),
            _ => None,
        }
    };
    match (series(version), series(needed)) {
        (Some(one), Some(other)) => one == other,
        // Who says something else knows why.
        _ => true,
    }
}

/// The line for a dependency.
fn line(dependency: &Dependency) -> String {
    let mut table = InlineTable::new();
    table.insert("version", dependency.version.as_str().into());
    if let Some(package) = &dependency.package {
        table.insert("package", package.as_str().into());
    }
    if !dependency.default_features {
        table.insert("default-features", false.into());
    }
    if !dependency.features.is_empty() {
        table.insert("features", Value::Array(dependency.features.iter().collect::<Array>()));
    }
    let value = if table.len() == 1 {
        Value::from(dependency.version.as_str())
    } else {
        Value::from(table)
    };
    format!("{} = {value}", dependency.name)
}
