//! What the crate's `Cargo.toml` must say, as data: the dependencies of the runtime, and its features.
//! [`output`](crate::output) brings it to disk.

mod about;

use indexmap::IndexMap;
use toml_edit::{DocumentMut, Item, TableLike, Value};

pub(super) use self::about::About;
pub use self::about::{Entry, EntryValue};
use super::{Emitter, runtime::Parts};
use crate::{Config, config::SharedRuntime};

/// The part of a `Cargo.toml` that the generator owns.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Package {
    /// The name of the package.
    pub name: String,
    /// What is said of it, but for its name.
    pub about: Vec<Entry>,
    /// Whether the file opens a workspace of its own, so that the crate builds wherever it lies.
    pub standalone: bool,
    /// What the generated code needs, in the order in which it is written.
    pub dependencies: Vec<Dependency>,
    /// What the examples in the documentation need, in the order in which it is written.
    pub dev_dependencies: Vec<Dependency>,
    /// Cargo features to what they switch on. `default` is written when it is missing, the user's afterwards, but for features
    /// that come or go.
    pub features: IndexMap<String, Vec<String>>,
    /// What stands above a feature of these when it is written; the user's afterwards.
    pub comments: IndexMap<String, String>,
}

/// One entry of a dependency table.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Dependency {
    /// The name that the code uses.
    pub name: String,
    /// The name in the registry, where it is another one.
    pub package: Option<String>,
    /// The version requirement.
    pub version: String,
    /// The folder of a crate beside this one, relative to its own.
    pub path: Option<String>,
    /// The features that are needed.
    pub features: Vec<String>,
    /// Whether the default features of the dependency are on.
    pub default_features: bool,
    /// Whether a feature of the generated crate switches it on.
    pub optional: bool,
}

/// The runtime's own manifest, so that a generated crate is built with what the runtime is tested with.
const RUNTIME: &str = include_str!("../../runtime/manifest.toml");

/// The dependencies of models alone.
const VALUES: [&str; 6] = ["base64", "bytes", "jiff", "serde", "serde_json", "uuid"];

/// What decoders of webhooks need besides.
const WEBHOOKS: [&str; 1] = ["percent-encoding"];

/// The dependencies that only tokens by OAuth 2 need, and the feature that these stand behind.
const OAUTH: [&str; 3] = ["getrandom", "sha2", "oauth"];

/// The feature of crates that have a stand-in for tests.
const MOCK: &str = "mock";

/// What generated code names itself, beside the runtime.
const GENERATED: [&str; 3] = ["http", "serde", "serde_json"];

/// The dependency that only XML needs.
const XML: &str = "quick-xml";

/// Whether a crate depends on `name`, which may be `std`, or has a feature of that name.
pub(super) fn is_needed(name: &str, parts: Parts) -> bool {
    let is_of_calls = parts.has("calls") && (parts.has("oauth") || !OAUTH.contains(&name));
    if name == XML {
        return parts.has("xml");
    }
    if name == MOCK {
        return parts.has("mock");
    }
    is_of_calls || name == "std" || VALUES.contains(&name) || parts.has("webhooks") && WEBHOOKS.contains(&name)
}

impl Package {
    /// The entry `key` of `[package]`.
    #[must_use]
    pub fn entry(&self, key: &str) -> Option<&EntryValue> {
        self.about
            .iter()
            .find(|entry| entry.key == key)
            .map(|entry| &entry.value)
    }
}

/// What a package is made of.
pub(super) struct Contents<'a> {
    pub(super) config: &'a Config,
    /// What its crate has of the runtime.
    pub(super) parts: Parts,
    pub(super) about: About,
    /// Those of groups of operations, and what is said of each.
    pub(super) features: IndexMap<String, String>,
}

impl Emitter<'_> {
    /// The package of the crate, which needs these parts of the runtime.
    pub(super) fn package(self, own: Parts) -> Package {
        Package::of(Contents {
            config: self.config,
            parts: own,
            about: self.about_package(own.has("calls")),
            features: self.comments(),
        })
    }
}

impl Package {
    pub(super) fn of(contents: Contents<'_>) -> Self {
        let Contents {
            config,
            parts,
            about,
            features: mut groups,
        } = contents;
        groups.sort_keys();
        let manifest: DocumentMut = match RUNTIME.parse() {
            Ok(manifest) => manifest,
            Err(error) => unreachable!("the runtime was built from it: {error}"),
        };
        let mut dev_dependencies = Vec::new();
        if parts.has("calls") {
            dev_dependencies.push(Dependency {
                name: "tokio".to_owned(),
                version: "1".to_owned(),
                features: vec!["macros".to_owned(), "rt-multi-thread".to_owned()],
                default_features: false,
                ..Dependency::default()
            });
        }
        // All of them are about calls.
        let mut features: IndexMap<String, Vec<String>> = table(&manifest, "features")
            .filter(|(name, _)| parts.has("calls") && is_needed(name, parts))
            .map(|(name, item)| {
                let parts = match &config.shared_runtime {
                    Some(shared) if name != "default" => vec![format!("{}/{name}", shared.package)],
                    Some(_) | None => texts(item.as_value()),
                };
                (name.to_owned(), parts)
            })
            .collect();
        for feature in groups.keys() {
            features.entry("default".to_owned()).or_default().push(feature.clone());
            features.insert(feature.clone(), Vec::new());
        }
        let mut dependencies: Vec<Dependency> = table(&manifest, "dependencies")
            .filter(|(name, _)| is_needed(name, parts))
            .map(|(name, item)| dependency(name, item))
            .collect();
        if let Some(shared) = &config.shared_runtime {
            dependencies.retain(|dependency| GENERATED.contains(&dependency.name.as_str()));
            dependencies.insert(0, depended_on(shared));
        }
        Self {
            name: config.crate_name.clone(),
            about: about.entries(&config.package, parts.has("calls"), &rust_version(&manifest)),
            standalone: config.standalone,
            dependencies,
            dev_dependencies,
            features,
            comments: groups,
        }
    }
}

/// Whether the crate that has the runtime for others can have this name, or it depends on one that has.
pub(crate) fn can_have_runtime(name: &str) -> bool {
    let manifest: DocumentMut = match RUNTIME.parse() {
        Ok(manifest) => manifest,
        Err(error) => unreachable!("the runtime was built from it: {error}"),
    };
    let lib = |name: &str| name.replace('-', "_");
    !table(&manifest, "dependencies").any(|(dependency, _)| lib(dependency) == lib(name))
}

/// The entry for the crate that has the runtime.
fn depended_on(shared: &SharedRuntime) -> Dependency {
    Dependency {
        name: shared.package.clone(),
        version: "0.1".to_owned(),
        path: Some(shared.path.clone()),
        ..Dependency::default()
    }
}

/// The oldest compiler that takes what is generated, and all that it depends on: in a version that does, where there is one.
fn rust_version(runtime: &DocumentMut) -> String {
    let version = runtime
        .get("package")
        .and_then(|package| package.get("rust-version")?.as_str());
    match version {
        Some(version) => version.to_owned(),
        None => unreachable!("the runtime's manifest has it"),
    }
}

fn table<'m>(manifest: &'m DocumentMut, name: &str) -> impl Iterator<Item = (&'m str, &'m Item)> {
    manifest
        .get(name)
        .and_then(Item::as_table_like)
        .into_iter()
        .flat_map(TableLike::iter)
}

fn dependency(name: &str, item: &Item) -> Dependency {
    let member = |key: &str| item.get(key).and_then(Item::as_value);
    let version = item.as_str().or_else(|| member("version").and_then(Value::as_str));
    Dependency {
        name: name.to_owned(),
        package: member("package").and_then(Value::as_str).map(str::to_owned),
        version: version.unwrap_or("*").to_owned(),
        path: None,
        features: texts(member("features")),
        default_features: member("default-features").and_then(Value::as_bool).unwrap_or(true),
        optional: member("optional").and_then(Value::as_bool).unwrap_or(false),
    }
}

fn texts(list: Option<&Value>) -> Vec<String> {
    let items = list.and_then(Value::as_array).into_iter().flatten();
    items.filter_map(Value::as_str).map(str::to_owned).collect()
}
