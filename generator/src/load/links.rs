//! The `$ref`s that a walk meets in, the places that they mean out.
//!
//! A walk only makes a text absolute, since what it means may be a name that a file gives itself which nobody has
//! opened yet. [`gather`](super::gather) resolves it once the walk is done.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use serde_json::Value;

use super::{
    notes::Notes,
    path::Path,
    reader::Reader,
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
    /// What was put in the place of a `$ref`: where it is written, and where it is now.
    instead: Vec<(Pointer, Pointer)>,
    /// Where walks began.
    pub(super) walked: BTreeMap<Pointer, Shape>,
}

impl Links {
    /// Notes that what is written at `source` stands at `place` now.
    pub(super) fn stands_instead(&mut self, source: Pointer, place: Pointer) {
        self.instead.push((source, place));
    }

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
            .range::<str, _>((std::ops::Bound::Included(start.as_str()), std::ops::Bound::Unbounded));
        after
            .next()
            .is_some_and(|(begun, _)| begun.as_str().starts_with(&start))
    }

    /// Where what is written at `place` stands now.
    pub(super) fn now(&self, mut place: Pointer) -> Pointer {
        for _ in 0..=self.instead.len() {
            let moved = self.instead.iter().find_map(|(source, instead)| {
                let rest = place.as_str().strip_prefix(source.as_str())?;
                let rest = Pointer::parse(rest)?;
                Some(rest.tokens().fold(instead.clone(), |place, token| place.child(token)))
            });
            match moved {
                Some(moved) if moved != place => place = moved,
                Some(_) | None => break,
            }
        }
        place
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
        if uri::split(text).0.contains('\\') {
            let message = "must be written with `/`; it is read as if it were";
            self.say(Code::WrongShape, path, message, None);
        }
        let text = self.absolute(text, &place);
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
            let places = [place.clone(), place.whole()].map(|place| self.links.now(from(place)));
            return places
                .into_iter()
                .find(|place| self.reader.texts.value_at(place).is_some());
        }
        let resources = &self.reader.resources;
        let anchor = resources.anchored(&place, &fragment);
        let anchor = anchor.or_else(|| resources.anchored(&place.whole(), &fragment))?;
        Some(self.links.now(anchor.place.clone()))
    }

    /// The place that a `$dynamicRef` means, where it can mean one only.
    pub(super) fn resolve_dynamic(&mut self, text: &str, version: Version) -> Result<Pointer, Vec<Pointer>> {
        let first = self.resolve(text, version).ok_or_else(Vec::new)?;
        let (_, name) = uri::split(text);
        let links = &self.links;
        let all: Vec<Pointer> = self
            .reader
            .resources
            .dynamic(name)
            .map(|place| links.now(place.clone()))
            .collect();
        if !all.contains(&first) {
            return Ok(first);
        }
        let mut meant = all.iter().filter(|place| !is_placeholder(&self.reader, place));
        match (meant.next(), meant.next(), all.as_slice()) {
            (Some(only), None, _) | (_, _, [only]) => Ok(only.clone()),
            _ => Err(all),
        }
    }
}

/// Whether a schema with a `$dynamicAnchor` only stands where another is to come.
fn is_placeholder(reader: &Reader<'_>, place: &Pointer) -> bool {
    const SILENT: [&str; 7] = [
        "$dynamicAnchor",
        "$anchor",
        "$id",
        "$comment",
        "title",
        "description",
        "not",
    ];
    let members = reader.texts.value_at(place).and_then(Value::as_object);
    members.is_some_and(|members| members.keys().all(|name| SILENT.contains(&name.as_str())))
}
