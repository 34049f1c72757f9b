//! Translations, a rule each: an object as its version writes it in, the one that means the same in the vocabulary that
//! `lower` reads out. That is OpenAPI 3.0's, with the words of JSON Schema that it lacks beside them.

pub(super) mod earlier;
mod paths;
mod schema;
pub(super) mod swagger;
mod types;

use serde_json::{Map, Value};

pub(super) use self::{
    paths::{PATH_ITEM, PATHS, SECURITY_SCHEME, SERVER_VARIABLE},
    schema::{SCHEMA, means_the_same_beside_reference},
};
use super::{
    notes::Notes,
    path::Path,
    shape::Rule,
    version::{Version, Versions},
};

type Apply = fn(&mut Map<String, Value>, &Path<'_>, &mut Notes);

/// A rule for all versions: a habit of people and tools.
const fn always(apply: Apply) -> Rule {
    Rule {
        versions: Versions::ALL,
        apply,
    }
}

/// A rule for a habit of those who write one version.
const fn only(version: Version, apply: Apply) -> Rule {
    Rule {
        versions: Versions {
            first: version,
            last: version,
        },
        ..always(apply)
    }
}

/// A rule for what a version brought.
const fn since(version: Version, apply: Apply) -> Rule {
    Rule {
        versions: Versions::since(version),
        ..always(apply)
    }
}

/// A rule for what a version was the last to have.
const fn until(version: Version, apply: Apply) -> Rule {
    Rule {
        versions: Versions::until(version),
        ..always(apply)
    }
}
