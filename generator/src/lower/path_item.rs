//! A path item in, its layers out: what is written in its own place, then what its `$ref` leads to, and so on.
//!
//! What a nearer layer says goes before what a farther one says of the same; parameters are added to each other.

use serde_json::{Map, Value};

use super::{
    context::Lowering,
    reference::{self, Broken},
};
use crate::{
    diagnostics::Code,
    ir::{Method, Pointer},
    load::{Document, METHODS},
};

/// A path item, the nearest layer first.
#[derive(Debug, Clone)]
pub(super) struct PathItem<'d>(pub(super) Vec<Layer<'d>>);

/// What is written in one place.
#[derive(Debug, Clone)]
pub(super) struct Layer<'d> {
    pub(super) pointer: Pointer,
    pub(super) members: &'d Map<String, Value>,
}

impl<'d> PathItem<'d> {
    /// The layers that begin at `pointer`, as far as they can be followed, and why not farther.
    pub(super) fn at(document: &'d Document, pointer: Pointer) -> (Self, Option<Broken>) {
        let mut layers = Vec::new();
        let broken = follow(document, pointer, &mut layers).err();
        (Self(layers), broken)
    }

    /// Every method, with the layer and the place of its operation.
    pub(super) fn operations(&self) -> Vec<(Method, Pointer)> {
        let mut operations: Vec<(Method, Pointer)> = Vec::new();
        for layer in &self.0 {
            let known = operations.len();
            for (method, pointer) in layer.operations() {
                if operations[..known].iter().all(|(nearer, _)| *nearer != method) {
                    operations.push((method, pointer));
                }
            }
        }
        operations
    }

    /// The text of the nearest layer that has one.
    pub(super) fn text(&self, name: &str) -> Option<&'d str> {
        let mut texts = self.0.iter().filter_map(|layer| layer.members.get(name)?.as_str());
        texts.find(|text| !text.trim().is_empty())
    }

    /// The place of the servers that the nearest layer with any lists.
    pub(super) fn servers(&self) -> Option<Pointer> {
        let is_listed = |layer: &&Layer<'_>| {
            let servers = layer.members.get("servers").and_then(Value::as_array);
            servers.is_some_and(|servers| !servers.is_empty())
        };
        self.0
            .iter()
            .find(is_listed)
            .map(|layer| layer.pointer.child("servers"))
    }
}

impl Layer<'_> {
    /// Methods have an order of their own, whatever that of the document: those with a word in the grammar, then the
    /// others by name.
    pub(super) fn operations(&self) -> impl Iterator<Item = (Method, Pointer)> {
        let fixed = METHODS.into_iter().filter(|name| self.members.contains_key(*name));
        let fixed = fixed.map(|name| (Method::of(&name.to_ascii_uppercase()), self.pointer.child(name)));
        let list = self.pointer.child("additionalOperations");
        let additional = self.members.get("additionalOperations").and_then(Value::as_object);
        let mut additional: Vec<&String> = additional.into_iter().flat_map(Map::keys).collect();
        additional.sort_unstable();
        let additional = additional.into_iter();
        fixed.chain(additional.map(move |name| (Method::of(name), list.child(name))))
    }
}

/// More layers than any path item has. Each path may have as many as the document has path items.
const DEEPEST: usize = 100;

impl<'d> Lowering<'d> {
    /// The path item at `pointer`. Where a `$ref` leads nowhere is reported: the operations there are missing.
    pub(super) fn path_item(&mut self, pointer: Pointer) -> PathItem<'d> {
        let (item, broken) = PathItem::at(self.document, pointer);
        if let (Some(broken), Some(first), Some(last)) = (broken, item.0.first(), item.0.last()) {
            let lost = "the operations of this path are left out";
            if first.pointer == last.pointer {
                let (_, message, hint) = self.why_broken(&broken);
                let message = format!("{message}; {lost}");
                self.report_reference(Code::SkippedOperation, &first.pointer, message, hint);
            } else {
                // Other paths may lead there, too.
                self.report_broken(&broken, &last.pointer, "the path item is left out");
                self.report(Code::SkippedOperation, &first.pointer, lost);
            }
        }
        item
    }
}

fn follow<'d>(document: &'d Document, start: Pointer, layers: &mut Vec<Layer<'d>>) -> Result<(), Broken> {
    let mut pointer = start;
    let mut reference = "";
    loop {
        if let Some(start) = layers.iter().position(|layer| layer.pointer == pointer) {
            let steps = layers[start..].iter().map(|layer| layer.pointer.clone());
            return Err(Broken::Ring(steps.collect()));
        }
        let members = document.value_at(&pointer).and_then(Value::as_object);
        let members = members.ok_or_else(|| Broken::Dangling(reference.to_owned()))?;
        if layers.len() == DEEPEST {
            return Err(Broken::Far(DEEPEST));
        }
        layers.push(Layer { pointer, members });
        let Some(next) = members.get("$ref").and_then(Value::as_str) else {
            return Ok(());
        };
        reference = next;
        pointer = reference::parse(next)?;
    }
}
