//! Pointers in, lines and columns out, in one pass over the text.

use std::collections::{BTreeMap, BTreeSet};

use saphyr_parser::{Event, Parser, Span};

use crate::{diagnostics::Location, ir::Pointer};

/// Finds the places of all `pointers`. JSON is YAML here.
pub(super) fn locate<'p>(text: &str, pointers: impl IntoIterator<Item = &'p Pointer>) -> BTreeMap<Pointer, Location> {
    let wanted: BTreeSet<&Pointer> = pointers.into_iter().collect();
    let ancestors: BTreeSet<Pointer> = wanted.iter().flat_map(|pointer| lineage(pointer)).collect();
    let mut walk = Walk {
        ancestors: &ancestors,
        frames: Vec::new(),
        found: BTreeMap::new(),
    };
    for event in Parser::new_from_str(text) {
        let Ok((event, span)) = event else { break };
        walk.event(&event, span);
    }
    let found = walk.found;
    let nearest = |pointer: &Pointer| {
        lineage(pointer)
            .into_iter()
            .find_map(|place| found.get(&place).copied())
    };
    wanted
        .into_iter()
        .filter_map(|pointer| Some((pointer.clone(), nearest(pointer)?)))
        .collect()
}

/// A pointer and all that are above it, the deepest first.
fn lineage(pointer: &Pointer) -> Vec<Pointer> {
    let mut text = pointer.as_str();
    let mut lineage = Vec::new();
    loop {
        lineage.extend(Pointer::parse(text));
        match text.rfind('/') {
            Some(end) => text = text.get(..end).unwrap_or_default(),
            None => return lineage,
        }
    }
}

/// Where the walk is.
struct Walk<'a> {
    ancestors: &'a BTreeSet<Pointer>,
    frames: Vec<Frame>,
    found: BTreeMap<Pointer, Location>,
}

/// An open collection. Places that nobody asked for have no pointer, and neither has anything below them.
struct Frame {
    pointer: Option<Pointer>,
    position: Position,
}

enum Position {
    Item(usize),
    Key,
    Value(Option<Pointer>, Span),
}

impl Walk<'_> {
    fn event(&mut self, event: &Event<'_>, span: Span) {
        match event {
            Event::Scalar(text, ..) => self.value(Some(text), span),
            Event::Alias(_) => self.value(None, span),
            Event::SequenceStart(..) => self.open(Position::Item(0), span),
            Event::MappingStart(..) => self.open(Position::Key, span),
            Event::SequenceEnd | Event::MappingEnd => {
                self.frames.pop();
                self.advance();
            }
            _ => {}
        }
    }

    fn open(&mut self, position: Position, span: Span) {
        let pointer = self.place(span);
        self.frames.push(Frame { pointer, position });
    }

    fn value(&mut self, text: Option<&str>, span: Span) {
        let ancestors = self.ancestors;
        if let Some(Frame {
            pointer,
            position: position @ Position::Key,
        }) = self.frames.last_mut()
        {
            let child = pointer.as_ref().zip(text).map(|(pointer, key)| pointer.child(key));
            *position = Position::Value(child.filter(|child| ancestors.contains(child)), span);
            return;
        }
        self.place(span);
        self.advance();
    }

    /// Notes where the value that begins here stands, if anybody asked.
    fn place(&mut self, span: Span) -> Option<Pointer> {
        let (pointer, span) = match self.frames.last() {
            None => (Some(Pointer::root()), span),
            Some(Frame {
                pointer,
                position: Position::Item(index),
            }) => (pointer.as_ref().map(|pointer| pointer.item(*index)), span),
            Some(Frame {
                position: Position::Value(pointer, key),
                ..
            }) => (pointer.clone(), *key),
            Some(Frame {
                position: Position::Key,
                ..
            }) => (None, span),
        };
        let pointer = pointer.filter(|pointer| self.ancestors.contains(pointer))?;
        let location = Location {
            line: span.start.line(),
            column: span.start.col() + 1,
        };
        self.found.entry(pointer.clone()).or_insert(location);
        Some(pointer)
    }

    fn advance(&mut self) {
        if let Some(frame) = self.frames.last_mut() {
            frame.position = match &frame.position {
                Position::Item(index) => Position::Item(index + 1),
                Position::Key | Position::Value(..) => Position::Key,
            };
        }
    }
}
