//! What settings say is to be made, as data.

use indexmap::IndexMap;

use super::{Config, SharedRuntime, source::Origin};

/// A crate of several documents.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Many {
    /// Its folder, relative to the file that holds the settings.
    pub output: Option<String>,
    /// What is said of the crate.
    pub config: Config,
    /// The documents: the name of each one's target by that of its module.
    pub documents: IndexMap<String, String>,
}

/// The crate with the runtime that several crates share.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Runtime {
    /// The name of its package.
    pub package: String,
    /// Its folder, relative to the file that holds the settings.
    pub output: String,
}

impl Default for Runtime {
    fn default() -> Self {
        Self {
            package: "client-runtime".to_owned(),
            output: "client-runtime".to_owned(),
        }
    }
}

impl Runtime {
    /// The crate as another one refers to it, whose folder is `output`.
    pub(super) fn seen_from(&self, output: &str) -> SharedRuntime {
        let [from, to] = [output, &self.output].map(|path| {
            let parts = path.split(['/', '\\']);
            parts
                .filter(|part| !part.is_empty() && *part != ".")
                .collect::<Vec<_>>()
        });
        let common = from.iter().zip(&to).take_while(|(one, other)| one == other).count();
        let up = from[common..].iter().map(|_| "..");
        SharedRuntime {
            package: self.package.clone(),
            path: up.chain(to[common..].iter().copied()).collect::<Vec<_>>().join("/"),
        }
    }
}

/// One crate to generate, or one document of a crate of several.
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
