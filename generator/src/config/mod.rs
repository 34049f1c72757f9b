//! What the user decides about a target: the text of a `codegen.toml` in, one [`Config`] a target out.

mod calls;
mod documents;
mod made;
mod matching;
mod names;
mod package;
mod reader;
mod settings;
mod source;
mod target;

use std::collections::BTreeMap;
use std::path::Path;

use indexmap::IndexMap;

use crate::ir::{Method, Pointer};

pub use calls::Calls;
pub use made::{Many, Runtime, Target};
pub(crate) use matching::{nearest, unmatched};
pub(crate) use names::is_module_name;
pub use names::{is_package_name, package_name};
pub(crate) use package::is_url;
pub use package::{PackageSettings, Publish};
pub use settings::Settings;
pub use source::Origin;
pub(crate) use target::is_of_crate;

/// The settings of one target.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "they are switches, and none depends on another"
)]
pub struct Config {
    /// The package name of the generated crate; when empty, it is made from the document's title.
    pub crate_name: String,
    /// What its `Cargo.toml` says of it.
    pub package: PackageSettings,
    /// Whether the generated `Cargo.toml` opens a workspace of its own, so that it builds wherever it lies.
    pub standalone: bool,
    /// The Rust type for a format: `jiff` (what it is anyway), `string` (the plain type, without the format), or a type
    /// such as `::chrono::DateTime<::chrono::Utc>` that implements serde's traits.
    pub formats: IndexMap<String, String>,
    /// New names for what the document names.
    pub rename: Rename,
    /// Required members that the server may omit, as `Schema.member`. See [`Rename`] for what a schema is called.
    pub relax: Vec<String>,
    /// The media type in which an operation's body is sent, by its `operationId` or `METHOD /path`, where several say the same.
    pub bodies: IndexMap<String, String>,
    /// The operations, by `operationId` or `METHOD /path`, whose body may be left out though it has required members.
    pub optional_bodies: Vec<String>,
    /// Which operations and webhooks to generate; empty means all.
    pub only: Vec<Selector>,
    /// Which operations and webhooks to leave out. Callbacks go with their operation.
    pub skip: Vec<Selector>,
    /// Whether models that no operation and no webhook reaches are left out.
    pub prune: bool,
    /// Whether of equal types that are written in place one is written out, and the others are names for it; so where nothing
    /// is said.
    pub share: Option<bool>,
    /// Whether each group of operations is a Cargo feature of the crate, behind which stands what it alone needs.
    pub tag_features: bool,
    /// Whether all of the runtime is copied, what the document has no use for included: for hand-written modules that have.
    pub whole_runtime: bool,
    /// The crate that has the runtime for this and others; by itself, each has its own.
    pub shared_runtime: Option<SharedRuntime>,
    /// Whether there is a stand-in for the API, with the feature `mock`, for tests.
    pub mock: bool,
    /// How many types may be made of several schemas each; 1,024 where nothing is said.
    pub merged_types: Option<usize>,
    /// What is said of single members, as `Schema.member`. See [`Rename`] for what a schema is called.
    pub fields: IndexMap<String, FieldSetting>,
    /// Further derives on every model, as paths.
    pub derives: Vec<String>,
    /// How calls are made.
    pub calls: Calls,
    /// How those of single operations are made, where that differs; by operation id, or method and path.
    pub operations: IndexMap<String, Calls>,
    /// Hand-written modules to mount beside the generated ones, by the name of the module.
    pub modules: IndexMap<String, Mount>,
}

impl Config {
    /// How calls of the operation that is called by any of these `keys` are made, where that differs.
    pub(crate) fn calls_of(&self, keys: &[String]) -> Option<&Calls> {
        keys.iter().find_map(|key| self.operations.get(key))
    }

    /// The package that has the runtime, where several crates share one.
    pub(crate) fn runtime_package(&self) -> Option<&str> {
        self.shared_runtime.as_ref().map(|shared| shared.package.as_str())
    }

    /// These settings, with a package name: their own, or one made from the document's `title` or, where nothing of
    /// that can stand in a package name, from the name of its `file`.
    pub(crate) fn named_after(&self, title: &str, file: &str) -> Self {
        let mut named = self.clone();
        if named.crate_name.is_empty() {
            let stem = Path::new(file)
                .file_stem()
                .and_then(|stem| stem.to_str())
                .unwrap_or_default();
            let derived = package_name(title).or_else(|| package_name(stem));
            named.crate_name = derived.unwrap_or_else(|| "client".to_owned());
        }
        named
    }
}

/// A crate with the runtime of several others.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SharedRuntime {
    /// The name of its package.
    pub package: String,
    /// Its folder, relative to that of a crate that depends on it, with `/`.
    pub path: String,
}

/// What the settings say of one member.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldSetting {
    /// Its format, in place of the one in the document: the name of a format, or what [`Config::formats`] has for one.
    pub format: String,
}

/// A hand-written module that the generated `lib.rs` mounts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mount {
    /// Its file, relative to the crate's folder, with `/`.
    pub path: String,
    /// The Cargo feature that it needs.
    pub feature: Option<String>,
}

/// New names, by what the document calls things.
///
/// A schema of `components` is called by its name. One that is written in place is called by where it stands, as a JSON
/// pointer after a `#`; the manifest of the generated crate has the pointer of each.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Rename {
    /// Schema to Rust type.
    pub types: IndexMap<String, String>,
    /// `Schema.member` to Rust field.
    pub fields: IndexMap<String, String>,
    /// `Schema.value` of an enum, `Schema.tag` or `Schema.OtherSchema` of a union, to Rust variant.
    pub variants: IndexMap<String, String>,
    /// `operationId`, or `METHOD /path`, to Rust method.
    pub operations: IndexMap<String, String>,
    /// `operation.parameter` to Rust argument or setter.
    pub parameters: IndexMap<String, String>,
    /// Tag to Rust module and accessor.
    pub tags: IndexMap<String, String>,
    /// Webhook, or `operation.callback`, to Rust variant.
    pub webhooks: IndexMap<String, String>,
}

/// Which operations and webhooks are meant. A webhook has its name for a path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Selector {
    /// The one with this `operationId`, or with this method and path (`GET /pets`).
    Id(String),
    /// All with this tag.
    Tag(String),
    /// All with this path template, and with those below it.
    Path(String),
}

/// What the document says of an operation, generated or not, that it can be chosen by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Described {
    pub(crate) id: Option<String>,
    pub(crate) method: Method,
    pub(crate) path: String,
    pub(crate) tags: Vec<String>,
}

/// All that the document describes, generated or not.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Everything {
    pub(crate) operations: Vec<Described>,
    /// Each has its name for a path.
    pub(crate) webhooks: Vec<Described>,
    /// The members, as the settings call them, whose values cannot have the format that these give them.
    pub(crate) unfit: Vec<String>,
    /// The formats that the settings give a type, each with whether that can hold any of its values.
    pub(crate) formats: BTreeMap<String, bool>,
    /// Where the operations and webhooks stand that the settings leave out.
    pub(crate) left_out: Vec<Pointer>,
}

impl Everything {
    /// What can be chosen.
    pub(crate) fn all(&self) -> impl Iterator<Item = &Described> {
        self.operations.iter().chain(&self.webhooks)
    }
}

impl Selector {
    /// Whether `operation` is meant.
    pub(crate) fn is_meant(&self, operation: &Described) -> bool {
        match self {
            Self::Id(id) => operation.id.as_ref() == Some(id) || *id == operation.key(),
            Self::Tag(tag) => operation.tags.contains(tag),
            Self::Path(start) => operation
                .path
                .strip_prefix(start.as_str())
                .is_some_and(|rest| rest.is_empty() || rest.starts_with('/') || start.ends_with('/')),
        }
    }
}

impl Described {
    /// The method and the path: what an operation without an id is called.
    pub(crate) fn key(&self) -> String {
        format!("{} {}", self.method.as_str(), self.path)
    }

    /// What the settings may call it, as [`Operation::keys`](crate::ir::Operation::keys).
    pub(crate) fn keys(&self) -> Vec<String> {
        self.id.iter().cloned().chain([self.key()]).collect()
    }
}
