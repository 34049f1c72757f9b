//! What the `Cargo.toml` of a generated crate must say, as data; [`output`](crate::output) brings it to disk.

use indexmap::IndexMap;

/// The part of a `Cargo.toml` that the generator owns.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Package {
    /// The name of the package.
    pub name: String,
    /// One line about it. Written when the file is created, the user's afterwards.
    pub description: String,
    /// Whether the file opens a workspace of its own, so that the crate builds wherever it lies.
    pub standalone: bool,
    /// What the generated code needs, in the order in which it is written.
    pub dependencies: Vec<Dependency>,
    /// What the examples in the documentation need, in the order in which it is written.
    pub dev_dependencies: Vec<Dependency>,
    /// Cargo features to what they switch on. `default` is written when it is missing, the user's afterwards.
    pub features: IndexMap<String, Vec<String>>,
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
    /// The features that are needed.
    pub features: Vec<String>,
    /// Whether the default features of the dependency are on.
    pub default_features: bool,
    /// Whether a feature of the generated crate switches it on.
    pub optional: bool,
}
