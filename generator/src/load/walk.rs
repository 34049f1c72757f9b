//! A document on its way through the grammar: what was said of it, which references it has, and the files that these lead into.
//!
//! A walk only makes the text of a `$ref` absolute, since what it means may be a name that a file gives itself which nobody
//! has opened yet. [`gather`](super::gather) resolves it once the walk is done.

use super::{
    links::{DYNAMIC, LONGEST, Links, SEEN, Wanted, plain},
    notes::Notes,
    path::Path,
    reader::Reader,
    shape::Shape,
    uri,
    version::Version,
};
use crate::{
    diagnostics::Code,
    ir::{Pointer, percent_decoded},
};

/// A document that is being read.
pub(super) struct Walk<'i> {
    pub(super) notes: Notes,
    pub(super) links: Links,
    pub(super) reader: Reader<'i>,
}

impl Walk<'_> {
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
            self.notes.diagnostics.report(Code::WrongShape, &place, message);
        }
        let wanted = Wanted {
            text: text.clone(),
            shape,
            version: self.notes.version,
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
        let version = self.notes.version;
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
        if let Some(found) = self.links.on_the_way.get(text) {
            return found.clone();
        }
        if self.links.depth > LONGEST {
            return None;
        }
        self.links.depth += 1;
        // Until it is found, what leads back here leads nowhere.
        self.links.on_the_way.insert(text.to_owned(), None);
        let found = self.find(text, version).or_else(|| {
            let text = self.links.otherwise.get(text)?.clone();
            self.find(&text, version)
        });
        self.links.depth -= 1;
        if self.links.depth == 0 {
            self.links.on_the_way.clear();
        } else {
            self.links.on_the_way.insert(text.to_owned(), found.clone());
        }
        found
    }

    fn find(&mut self, text: &str, version: Version) -> Option<Pointer> {
        let (resource, fragment) = uri::split(plain(text));
        let place = self.reader.place(resource, version, &mut self.notes.diagnostics)?;
        let fragment = percent_decoded(fragment);
        if let Some(pointer) = Pointer::parse(&fragment) {
            let whole = place.whole();
            let is_part = whole != place;
            let found = self.descend(place, &pointer, version);
            return found.or_else(|| is_part.then(|| self.descend(whole, &pointer, version))?);
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
            let mut followed = 0;
            while self.reader.texts.value_at(&place.child(&token)).is_none() {
                followed += 1;
                if followed > LONGEST {
                    return None;
                }
                let reference = self.reader.texts.value_at(&place)?.get("$ref")?.as_str()?.to_owned();
                let text = self.absolute(&reference, &place);
                place = self.resolve(&text, version)?;
            }
            place = place.child(token);
        }
        Some(place)
    }
}
