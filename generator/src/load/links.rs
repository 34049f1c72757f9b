//! What is known of the `$ref`s that a walk met: which are to be followed, and where walks began.

use std::{
    collections::{BTreeMap, BTreeSet, VecDeque},
    ops::Bound,
};

use serde_json::Value;

use super::{
    shape::{Kind, Shape},
    version::Version,
};
use crate::ir::Pointer;

/// How a `$dynamicRef` begins, once it is a `$ref`. No URI does.
pub(super) const DYNAMIC: &str = "dynamic ";

/// How a reference begins that was written in another file, once it is seen from the document of record. No URI does.
pub(super) const SEEN: &str = "seen ";

/// How many references in a row are followed, and how deep one inside of another.
pub(super) const LONGEST: usize = 32;

/// How many values are copied for all references of a document.
pub(super) const MOST_COPIES: usize = 1_000_000;

/// A reference to be followed.
#[derive(Debug, Clone)]
pub(super) struct Wanted {
    pub(super) text: String,
    /// What it should lead to.
    pub(super) shape: Shape,
    /// The version of the file that it stands in.
    pub(super) version: Version,
    /// Where it stands.
    pub(super) place: Pointer,
}

/// What is known of references.
#[derive(Debug, Default)]
pub(super) struct Links {
    pub(super) wanted: VecDeque<Wanted>,
    pub(super) dynamic: Vec<Wanted>,
    pub(super) misplaced: Vec<Wanted>,
    pub(super) seen: BTreeSet<(String, Option<*const Kind>)>,
    /// What a reference means inside of a schema with an `$id`, where what it should mean is not there.
    pub(super) otherwise: BTreeMap<String, String>,
    /// How many values were copied.
    pub(super) copies: usize,
    /// How many references are followed on the way to others.
    pub(super) depth: usize,
    /// What these came to, or `None` while they are followed: none is followed twice on the way to one place.
    pub(super) on_the_way: BTreeMap<String, Option<Pointer>>,
    /// Where walks began.
    pub(super) walked: BTreeMap<Pointer, Shape>,
}

impl Links {
    /// Whether all but dynamic ones are followed.
    pub(super) fn is_done(&self) -> bool {
        self.wanted.is_empty() && self.misplaced.is_empty()
    }

    /// Where a walk has passed `place`, or would have if it were there.
    pub(super) fn has_passed(&self, place: &Pointer, version: Version) -> bool {
        let mut start = place.clone();
        loop {
            if let Some(shape) = self.walked.get(&start) {
                let passed = start.tokens().count();
                let mut tokens = place.tokens().skip(passed);
                return tokens
                    .try_fold(*shape, |shape, token| shape.below(&token, version))
                    .is_some();
            }
            if start.within().is_empty() {
                return false;
            }
            start = start.parent();
        }
    }

    /// Whether a walk began at `place`.
    pub(super) fn began_at(&self, place: &Pointer) -> bool {
        self.walked.contains_key(place)
    }

    /// Whether a walk began below `place`.
    pub(super) fn began_below(&self, place: &Pointer) -> bool {
        let start = format!("{}/", place.as_str());
        let mut after = self
            .walked
            .range::<str, _>((Bound::Included(start.as_str()), Bound::Unbounded));
        after
            .next()
            .is_some_and(|(begun, _)| begun.as_str().starts_with(&start))
    }
}

/// A reference as messages write it.
pub(super) fn plain(text: &str) -> &str {
    text.strip_prefix(SEEN).unwrap_or(text)
}

/// A reference to `place`.
pub(super) fn written(place: &Pointer) -> String {
    let within = place.within().replace('%', "%25");
    format!("{}#{within}", place.whole_as_str().trim_end_matches('#'))
}

/// Does `work` on the text of every reference in `value`, the targets of mappings included.
pub(super) fn each_reference(value: &mut Value, mut work: impl FnMut(&mut String)) {
    let mut pending = vec![value];
    while let Some(value) = pending.pop() {
        match value {
            Value::Object(members) => {
                for (name, member) in members {
                    match (name.as_str(), member) {
                        ("$ref", Value::String(text)) => work(text),
                        ("mapping", Value::Object(targets)) => {
                            for target in targets.values_mut() {
                                match target {
                                    Value::String(text) => work(text),
                                    // A property may be called so, too.
                                    other => pending.push(other),
                                }
                            }
                        }
                        (_, member) => pending.push(member),
                    }
                }
            }
            Value::Array(items) => pending.extend(items),
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
        }
    }
}
