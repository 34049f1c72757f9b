//! The `$ref`s that a walk meets in, the places that they mean out.
//!
//! A walk only makes a text absolute, since what it means may be a name that a file gives itself which nobody has
//! opened yet. [`gather`](super::gather) resolves it once the walk is done.

use std::{
    collections::{BTreeMap, BTreeSet, VecDeque},
    ops::Bound,
};

use super::{
    notes::Notes,
    path::Path,
    shape::{Kind, Shape},
    uri,
    version::Version,
};
use crate::{
    diagnostics::Code,
    ir::{Pointer, percent_decoded},
};

/// How a `$dynamicRef` begins, once it is a `$ref`. No URI does.
pub(super) const DYNAMIC: &str = "dynamic ";

/// How a reference begins that was written in another file, once it is seen from the document of record. No URI does.
const SEEN: &str = "seen ";

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
    seen: BTreeSet<(String, Option<*const Kind>)>,
    /// What a reference means inside of a schema with an `$id`, where what it should mean is not there.
    otherwise: BTreeMap<String, String>,
    /// How many values were copied.
    pub(super) copies: usize,
    /// How many references are followed on the way to others.
    depth: usize,
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

impl Notes<'_> {
    /// Makes `text`, a reference at `path` to something of `shape`, one that means the same from the document of record, and
    /// sees to it that it is followed.
    pub(super) fn refer(&mut self, text: &str, path: &Path<'_>, shape: Shape) -> String {
        let place = path.pointer();
        let (text, is_dynamic) = match text.strip_prefix(DYNAMIC) {
            Some(text) => (text, true),
            None => (text, false),
        };
        let written = text;
        let text = self.absolute(written, &place);
        let is_path = !uri::split(plain(&text)).0.contains('\\');
        if is_path && uri::split(written).0.contains('\\') {
            let message = format!(
                "paths of references are written with `/`; `{written}` is read as `{}`",
                plain(&text)
            );
            self.diagnostics.report(Code::WrongShape, &place, message);
        }
        let wanted = Wanted {
            text: text.clone(),
            shape,
            version: self.version,
            place,
        };
        if is_dynamic {
            self.links.dynamic.push(wanted);
            return format!("{DYNAMIC}{text}");
        }
        if self
            .links
            .seen
            .insert((text.clone(), shape.kind().map(std::ptr::from_ref)))
        {
            self.links.wanted.push_back(wanted);
        }
        text
    }

    /// Takes note of `text`, a reference at `path` where `shape` is expected and no reference.
    pub(super) fn refer_instead(&mut self, text: &str, path: &Path<'_>, shape: Shape) {
        let place = path.pointer();
        let text = self.absolute(text, &place);
        let version = self.version;
        self.links.misplaced.push(Wanted {
            text,
            shape,
            version,
            place,
        });
    }

    /// `text`, a reference at `place`, as seen from the document of record. What is so already stays.
    pub(super) fn absolute(&mut self, text: &str, place: &Pointer) -> String {
        if text.starts_with(SEEN) {
            return text.to_owned();
        }
        let resource = self.reader.resources.around(place);
        let own = self.reader.resources.own_name(&resource);
        let own = own.filter(|_| !resource.within().is_empty() || !text.starts_with('#'));
        let is_seen = own.is_some() || place.file().is_some();
        let written = |(resource, fragment): (String, String)| {
            let mark = if is_seen { SEEN } else { "" };
            format!("{mark}{resource}#{fragment}")
        };
        let plain = written(uri::join(place.whole_as_str().trim_end_matches('#'), text));
        let Some(own) = own else { return plain };
        let meant = written(uri::join(own, text));
        if meant != plain {
            self.links.otherwise.insert(meant.clone(), plain);
        }
        meant
    }

    /// The place that `text` names, as [`Self::refer`] left it.
    pub(super) fn resolve(&mut self, text: &str, version: Version) -> Option<Pointer> {
        if self.links.depth > LONGEST {
            return None;
        }
        self.links.depth += 1;
        let found = self.find(text, version).or_else(|| {
            let text = self.links.otherwise.get(text)?.clone();
            self.find(&text, version)
        });
        self.links.depth -= 1;
        found
    }

    fn find(&mut self, text: &str, version: Version) -> Option<Pointer> {
        let (resource, fragment) = uri::split(plain(text));
        let place = self.reader.place(resource, version, &mut self.diagnostics)?;
        let fragment = percent_decoded(fragment);
        if let Some(pointer) = Pointer::parse(&fragment) {
            let found = self.descend(place.clone(), &pointer, version);
            return found.or_else(|| self.descend(place.whole(), &pointer, version));
        }
        let resources = &self.reader.resources;
        let anchor = resources.anchored(&place, &fragment);
        let anchor = anchor.or_else(|| resources.anchored(&place.whole(), &fragment))?;
        Some(anchor.clone())
    }

    /// The place at the end of `pointer`, which begins at `place`. Where a part is written elsewhere, the way goes on there.
    fn descend(&mut self, place: Pointer, pointer: &Pointer, version: Version) -> Option<Pointer> {
        let texts = &self.reader.texts;
        let end = pointer.tokens().fold(place.clone(), |place, token| place.child(token));
        if texts.value_at(&end).is_some() {
            return Some(end);
        }
        let mut place = place;
        for token in pointer.tokens() {
            while self.reader.texts.value_at(&place.child(&token)).is_none() {
                let reference = self.reader.texts.value_at(&place)?.get("$ref")?.as_str()?.to_owned();
                let text = self.absolute(&reference, &place);
                place = self.resolve(&text, version)?;
            }
            place = place.child(token);
        }
        Some(place)
    }
}

/// A reference as messages write it.
pub(super) fn plain(text: &str) -> &str {
    text.strip_prefix(SEEN).unwrap_or(text)
}
