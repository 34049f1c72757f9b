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

    /// Where the walks of objects of `kind` began.
    pub(super) fn of_kind(&self, kind: &'static Kind) -> impl Iterator<Item = &Pointer> {
        let walked = self.walked.iter();
        let of_kind = walked.filter(move |(_, shape)| shape.kind().is_some_and(|other| std::ptr::eq(other, kind)));
        of_kind.map(|(place, _)| place)
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
        let is_path = !uri::split(&text).0.contains('\\');
        if is_path && uri::split(written).0.contains('\\') {
            let message = format!("paths of references are written with `/`; `{written}` is read as `{text}`");
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

    /// `text`, a reference at `place`, as seen from the document of record.
    pub(super) fn absolute(&mut self, text: &str, place: &Pointer) -> String {
        let written = |(resource, fragment): (String, String)| format!("{resource}#{fragment}");
        let plain = written(uri::join(place.whole_as_str().trim_end_matches('#'), text));
        let resource = self.reader.resources.around(place);
        let is_file = resource.within().is_empty();
        match self.reader.resources.own_name(&resource) {
            Some(own) if !is_file || !text.starts_with('#') => {
                let meant = written(uri::join(own, text));
                if meant != plain {
                    self.links.otherwise.insert(meant.clone(), plain);
                }
                meant
            }
            Some(_) | None => plain,
        }
    }

    /// The place that `text` names, as [`Self::refer`] left it.
    pub(super) fn resolve(&mut self, text: &str, version: Version) -> Option<Pointer> {
        let found = self.find(text, version);
        found.or_else(|| {
            let text = self.links.otherwise.get(text)?.clone();
            self.find(&text, version)
        })
    }

    fn find(&mut self, text: &str, version: Version) -> Option<Pointer> {
        let (resource, fragment) = uri::split(text);
        let place = self.reader.place(resource, version, &mut self.diagnostics)?;
        let fragment = percent_decoded(fragment);
        if let Some(pointer) = Pointer::parse(&fragment) {
            let from = |place: Pointer| pointer.tokens().fold(place, |place, token| place.child(token));
            let places = [place.clone(), place.whole()].map(from);
            return places
                .into_iter()
                .find(|place| self.reader.texts.value_at(place).is_some());
        }
        let resources = &self.reader.resources;
        let anchor = resources.anchored(&place, &fragment);
        let anchor = anchor.or_else(|| resources.anchored(&place.whole(), &fragment))?;
        Some(anchor.clone())
    }
}
