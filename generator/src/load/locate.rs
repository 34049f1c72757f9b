//! Pointers in, lines and columns out, in one pass over the text for all of them; no place is kept for those that
//! nobody asks about.

use std::{
    borrow::{Borrow, Cow},
    collections::BTreeMap,
};

use indexmap::IndexMap;
use saphyr_parser::{Event, Marker, Parser, ScalarStyle, Span};
use serde::Deserialize;
use serde_json::value::RawValue;

use super::{Format, tree::DEEPEST};
use crate::{diagnostics::Location, ir::Pointer};

/// Where something stands.
#[derive(Debug, Clone, Copy)]
pub(super) struct Found {
    /// The value. One that begins on a later line than its key is where its key is.
    pub(super) value: Location,
    /// The key, where it has one.
    pub(super) key: Location,
}

/// Where the values at `pointers` stand in `text`; the nearest ancestor's place for a value that is not there.
pub(super) fn locate<'p>(text: &str, format: Format, pointers: impl Iterator<Item = &'p Pointer>) -> Vec<Found> {
    let (asked, nodes) = Asked::about(pointers, text, format);
    nodes.into_iter().map(|node| asked.place(node)).collect()
}

/// Where the keys at `pointers`, which `text` gives more than once, are given first.
pub(super) fn first_keys(text: &str, pointers: &[Pointer]) -> Vec<Option<Location>> {
    // JSON is YAML, and this reader meets every key.
    let (asked, nodes) = Asked::about(pointers.iter(), text, Format::Yaml);
    nodes.into_iter().map(|node| asked.0.get(node)?.first_key).collect()
}

/// The scalars at `pointers` as they stand in `text`, without a quote around them; `None` for what is no such scalar.
pub(super) fn written<'p>(
    text: &str,
    format: Format,
    pointers: impl Iterator<Item = &'p Pointer>,
) -> Vec<Option<String>> {
    let (asked, nodes) = Asked::about(pointers, text, format);
    nodes
        .into_iter()
        .map(|node| asked.0.get(node)?.written.clone())
        .collect()
}

/// Where the second document of a YAML stream begins.
pub(super) fn second_document(text: &str) -> Option<Location> {
    Parser::new_from_str(text)
        .map_while(Result::ok)
        .filter(|(event, _)| matches!(event, Event::DocumentStart(_)))
        .nth(1)
        .map(|(_, span)| of_marker(span.start))
}

/// Where brackets nest without end, if they do.
///
/// Each bracket that is open costs `libyaml` time at every token, so that a hundred thousand of them take minutes;
/// this parser stops at 255. It is asked only about texts with that many brackets more opened than closed, which in
/// others are a matter of prose.
pub(super) fn endless_brackets(text: &str) -> Option<Location> {
    let mut open = 0_usize;
    text.bytes().position(|byte| {
        match byte {
            b'[' | b'{' => open += 1,
            b']' | b'}' => open = open.saturating_sub(1),
            _ => {}
        }
        open > 2 * DEEPEST
    })?;
    let error = Parser::new_from_str(text).find_map(Result::err)?;
    error
        .info()
        .contains("recursion limit")
        .then(|| of_marker(*error.marker()))
}

/// The places at each offset of a text, and whether it is the key of one.
type Offsets = BTreeMap<usize, Vec<(usize, bool)>>;

/// A key, borrowed from the text where it is written as it is.
#[derive(PartialEq, Eq, Hash, Deserialize)]
#[serde(transparent)]
struct Key<'t>(#[serde(borrow)] Cow<'t, str>);

impl Borrow<str> for Key<'_> {
    fn borrow(&self) -> &str {
        &self.0
    }
}

/// The tree of all places asked for.
struct Asked(Vec<Place>);

struct Place {
    parent: Option<usize>,
    children: BTreeMap<String, usize>,
    location: Option<Location>,
    key: Option<Location>,
    /// The key where it is met first, should it be met again.
    first_key: Option<Location>,
    /// What is written there, if it is a scalar without quotes.
    written: Option<String>,
}

impl Default for Asked {
    fn default() -> Self {
        Self(vec![Place {
            parent: None,
            children: BTreeMap::new(),
            location: None,
            key: None,
            first_key: None,
            written: None,
        }])
    }
}

impl Asked {
    /// What `text` says of `pointers`, with a node for each of them.
    fn about<'p>(pointers: impl Iterator<Item = &'p Pointer>, text: &str, format: Format) -> (Self, Vec<usize>) {
        let mut asked = Self::default();
        let nodes: Vec<usize> = pointers.map(|pointer| asked.ask(pointer)).collect();
        match format {
            _ if nodes.is_empty() => {}
            Format::Json => asked.read_json(text),
            Format::Yaml => asked.read_yaml(text),
        }
        (asked, nodes)
    }

    /// Adds `pointer` and returns its node. What lies deeper than any value can is not there to be found.
    fn ask(&mut self, pointer: &Pointer) -> usize {
        let mut node = 0;
        for token in pointer.tokens().take(DEEPEST + 1) {
            let next = self.0.len();
            let Some(place) = self.0.get_mut(node) else { break };
            let child = *place.children.entry(token).or_insert(next);
            if child == next {
                self.0.push(Place {
                    parent: Some(node),
                    children: BTreeMap::new(),
                    location: None,
                    key: None,
                    first_key: None,
                    written: None,
                });
            }
            node = child;
        }
        node
    }

    fn child(&self, node: usize, token: &str) -> Option<usize> {
        self.0.get(node)?.children.get(token).copied()
    }

    fn set(&mut self, node: usize, location: Location) {
        if let Some(place) = self.0.get_mut(node) {
            place.location = Some(location);
        }
    }

    fn note(&mut self, node: usize, written: &str) {
        if let Some(place) = self.0.get_mut(node) {
            place.written = Some(written.to_owned());
        }
    }

    fn set_key(&mut self, node: usize, location: Location) {
        if let Some(place) = self.0.get_mut(node) {
            place.first_key.get_or_insert(location);
            place.key = Some(location);
        }
    }

    fn place(&self, node: usize) -> Found {
        let mut next = Some(node);
        while let Some(place) = next.and_then(|node| self.0.get(node)) {
            if let Some(value) = place.location {
                let key = place.key.unwrap_or(value);
                return Found { value, key };
            }
            next = place.parent;
        }
        Found {
            value: Location::START,
            key: Location::START,
        }
    }

    fn read_json(&mut self, text: &str) {
        let mut offsets = Offsets::new();
        if let Ok(whole) = serde_json::from_str::<&RawValue>(text) {
            self.descend(0, whole.get(), text, &mut offsets);
        }
        let mut walked = 0;
        let mut location = Location::START;
        for (offset, nodes) in offsets {
            location = location.after(text.get(walked..offset).unwrap_or_default());
            walked = offset;
            let rest = text.get(offset..).unwrap_or_default();
            let scalar = rest.split([',', '}', ']']).next().unwrap_or_default().trim_ascii_end();
            let is_bare = !scalar.starts_with(['"', '{', '[']);
            for (node, is_key) in nodes {
                if is_key {
                    self.set_key(node, location);
                    continue;
                }
                self.set(node, location);
                if is_bare {
                    self.note(node, scalar);
                }
            }
        }
    }

    /// Notes the offset of `raw`, a part of `text`, and of those of its parts that were asked for.
    fn descend(&self, node: usize, raw: &str, text: &str, offsets: &mut Offsets) {
        let offset = |part: &str| part.as_ptr().addr().saturating_sub(text.as_ptr().addr());
        offsets.entry(offset(raw)).or_default().push((node, false));
        let Some(children) = self
            .0
            .get(node)
            .map(|place| &place.children)
            .filter(|children| !children.is_empty())
        else {
            return;
        };
        if let Ok(members) = serde_json::from_str::<IndexMap<Key<'_>, &RawValue>>(raw) {
            for (key, child) in children {
                if let Some((written, member)) = members.get_key_value(key.as_str()) {
                    // A key that is written with escapes is a text of its own, and stands nowhere.
                    if let Key(Cow::Borrowed(written)) = written {
                        let quote = offset(written).saturating_sub(1);
                        offsets.entry(quote).or_default().push((*child, true));
                    }
                    self.descend(*child, member.get(), text, offsets);
                }
            }
        } else if let Ok(items) = serde_json::from_str::<Vec<&RawValue>>(raw) {
            for (key, child) in children {
                if let Some(item) = key.parse::<usize>().ok().and_then(|index| items.get(index)) {
                    self.descend(*child, item.get(), text, offsets);
                }
            }
        }
    }

    fn read_yaml(&mut self, text: &str) {
        let mut frames = Vec::<Frame>::new();
        for (event, span) in Parser::new_from_str(text).map_while(Result::ok) {
            match event {
                Event::Scalar(value, style, ..) => {
                    let node = self.enter(&mut frames, Some(&value), &span);
                    if let Some(node) = node.filter(|_| style == ScalarStyle::Plain) {
                        self.note(node, &value);
                    }
                }
                Event::Alias(_) => _ = self.enter(&mut frames, None, &span),
                Event::SequenceStart(..) => {
                    let node = self.enter(&mut frames, None, &span);
                    frames.push(Frame {
                        node,
                        within: Within::Sequence { next: 0 },
                    });
                }
                Event::MappingStart(..) => {
                    let node = self.enter(&mut frames, None, &span);
                    frames.push(Frame {
                        node,
                        within: Within::Key,
                    });
                }
                Event::SequenceEnd | Event::MappingEnd => _ = frames.pop(),
                Event::DocumentEnd => return,
                Event::Nothing | Event::StreamStart | Event::StreamEnd | Event::DocumentStart(_) => {}
            }
        }
    }

    /// Takes note of a node that begins at `span` inside of the last of `frames`, and returns the place that it was asked for as.
    fn enter(&mut self, frames: &mut [Frame], scalar: Option<&str>, span: &Span) -> Option<usize> {
        let (node, key) = match frames.last_mut() {
            None => (Some(0), None),
            Some(Frame { node, within }) => match *within {
                Within::Sequence { next } => {
                    *within = Within::Sequence { next: next + 1 };
                    (node.and_then(|node| self.child(node, &next.to_string())), None)
                }
                Within::Key => {
                    let child = node.zip(scalar).and_then(|(node, key)| self.child(node, key));
                    *within = Within::Value { child, key: span.start };
                    return None;
                }
                Within::Value { child, key } => {
                    *within = Within::Key;
                    (child, Some(key))
                }
            },
        };
        if let (Some(node), Some(key)) = (node, key) {
            self.set_key(node, of_marker(key));
        }
        let start = key.filter(|key| key.line() != span.start.line()).unwrap_or(span.start);
        self.set(node?, of_marker(start));
        node
    }
}

/// A collection whose end has not come yet.
struct Frame {
    node: Option<usize>,
    within: Within,
}

/// What the next event inside of a collection is.
#[derive(Clone, Copy)]
enum Within {
    Sequence { next: usize },
    Key,
    Value { child: Option<usize>, key: Marker },
}

fn of_marker(marker: Marker) -> Location {
    Location {
        line: marker.line(),
        column: marker.col() + 1,
    }
}
