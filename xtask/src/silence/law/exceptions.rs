//! The checked-in list of silences that are right in, the one that is meant by a change out.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::Value;

use super::{
    change::{Act, Change},
    given::Given,
};

/// Every silence that is right, kind by kind.
#[derive(Debug, Deserialize)]
#[serde(transparent)]
pub(crate) struct Exceptions(pub(crate) Vec<Exception>);

/// A kind of silence, and why it is right.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Exception {
    /// What it is.
    pub(crate) name: String,
    /// Why nothing has to show.
    pub(crate) reason: String,
    /// The kinds of places: `*` is one name or position, `**` any number of them.
    at: Vec<String>,
    /// The values that it is about; without any, all.
    #[serde(default)]
    value: Vec<Value>,
    /// The values that it is changed to; without any, all, and being taken away.
    #[serde(default)]
    becomes: Vec<Value>,
    /// Whether it is about what is taken away only.
    #[serde(default)]
    taken: bool,
    /// What stands beside it: a value, or null for any.
    #[serde(default)]
    beside: BTreeMap<String, Value>,
    /// What stands beside it: any of these.
    #[serde(default)]
    beside_any: Vec<String>,
    /// A fact about the document that no pattern can say.
    #[serde(default)]
    given: Option<Given>,
    /// What does not stand beside it.
    #[serde(default)]
    without: Vec<String>,
}

impl Exceptions {
    /// Reads the list.
    pub(crate) fn read(text: &str) -> Result<Self, serde_yaml::Error> {
        serde_yaml::from_str(text)
    }

    /// The position of the exception that `change` to `document` is.
    pub(crate) fn of(&self, change: &Change, document: &Value) -> Option<usize> {
        self.0.iter().position(|exception| exception.is_about(change, document))
    }
}

impl Exception {
    fn is_about(&self, change: &Change, document: &Value) -> bool {
        let site: Vec<&str> = change.site.split('/').skip(1).collect();
        let fits = self.at.iter().any(|pattern| {
            let pattern: Vec<&str> = pattern.split('/').skip(1).collect();
            matches(&pattern, &site)
        });
        if !fits || self.taken && !change.is_taken() {
            return false;
        }
        let value = change.value(document).unwrap_or(&Value::Null);
        if !self.value.is_empty() && !self.value.contains(value) {
            return false;
        }
        let becomes = match &change.act {
            Act::Put(value) => self.becomes.is_empty() || self.becomes.contains(value),
            Act::Take | Act::Rename(_) => self.becomes.is_empty(),
        };
        let holder = change.object(document);
        let beside = |name: &str| holder.and_then(|holder| holder.get(name));
        becomes
            && self.given.is_none_or(|given| given.holds(change, document))
            && (self.beside_any.is_empty() || self.beside_any.iter().any(|name| beside(name).is_some()))
            && self.beside.iter().all(|(name, wanted)| match beside(name) {
                Some(found) => wanted.is_null() || wanted == found,
                None => false,
            })
            && self.without.iter().all(|name| beside(name).is_none())
    }
}

/// Whether the names of a place fit those of a pattern.
fn matches(pattern: &[&str], site: &[&str]) -> bool {
    match (pattern.split_first(), site.split_first()) {
        (None, None) => true,
        (Some((&"**", rest)), _) => {
            matches(rest, site) || site.split_first().is_some_and(|(_, site)| matches(pattern, site))
        }
        (Some((first, pattern)), Some((name, site))) => (first == name || *first == "*") && matches(pattern, site),
        (None, Some(_)) | (Some(_), None) => false,
    }
}
