//! A document in, the requests that the server makes out, each with its place: webhooks, and the callbacks of operations.

use std::collections::{BTreeMap, BTreeSet};

use openapiv3::Operation;
use serde_json::{Map, Value};

use super::super::{path_item::PathItem, reference::Broken};
use crate::{
    ir::{Method, Pointer},
    load::{self, Document},
};

/// Where webhooks stand at the top of a document; what is in the first counts. Documents of versions that have no
/// `webhooks` have taken to the other one.
const PLACES: [&str; 2] = ["webhooks", "x-webhooks"];

/// After how many path items no more callbacks are looked at: many operations may refer to the same ones, and each has them
/// for itself.
const ITEMS: usize = 20_000;

/// Everything that the server sends by itself.
#[derive(Debug, Default)]
pub(crate) struct Found<'d> {
    pub(super) webhooks: Vec<Request<'d>>,
    /// By the place of the operation whose caller asks for them.
    pub(super) callbacks: BTreeMap<Pointer, Vec<Request<'d>>>,
    pub(super) problems: Vec<(Pointer, Problem)>,
}

/// A request that the server makes.
#[derive(Debug)]
pub(super) struct Request<'d> {
    pub(super) name: String,
    /// What tells it from all others of its origin.
    pub(super) key: String,
    /// Where it goes, if it is a callback.
    pub(super) expression: String,
    pub(super) method: Method,
    /// The place of the operation, at the end of all references.
    pub(super) pointer: Pointer,
    pub(super) operation: Operation,
    pub(super) item: PathItem<'d>,
}

/// Why something is left out.
#[derive(Debug)]
pub(super) enum Problem {
    Broken(Broken),
    Unread(String),
}

impl<'d> Found<'d> {
    /// Reads everything that the server sends, for as long as it is lowered.
    pub(crate) fn in_document(document: &'d Document) -> Self {
        let mut finder = Finder {
            document,
            looked_at: 0,
            problems: Vec::new(),
        };
        let mut webhooks = Vec::new();
        for place in PLACES {
            let pointer = Pointer::root().child(place);
            for (name, _) in finder.members(&pointer) {
                finder.requests(&pointer.child(name), name, None, &mut webhooks);
            }
        }
        let webhooks = finder.one_of_each_key(webhooks);
        let mut callbacks = BTreeMap::new();
        let paths = Pointer::root().child("paths");
        for (template, _) in finder.members(&paths) {
            // What cannot be reached is reported with the operations.
            let (item, _) = PathItem::at(document, paths.child(template));
            for layer in &item.0 {
                for (_, pointer) in layer.operations() {
                    let found = |pointer: &Pointer| finder.callbacks(&pointer.child("callbacks"));
                    callbacks.entry(pointer).or_insert_with_key(found);
                }
            }
        }
        Self {
            webhooks,
            callbacks,
            problems: finder.problems,
        }
    }
}

struct Finder<'d> {
    document: &'d Document,
    looked_at: usize,
    problems: Vec<(Pointer, Problem)>,
}

impl<'d> Finder<'d> {
    fn members(&self, pointer: &Pointer) -> impl Iterator<Item = (&'d String, &'d Value)> + use<'d> {
        let members = self.document.value_at(pointer).and_then(Value::as_object);
        members.into_iter().flatten()
    }

    fn unread(&mut self, pointer: &Pointer, message: impl Into<String>) {
        self.problems.push((pointer.clone(), Problem::Unread(message.into())));
    }

    /// The callbacks at `pointer`, by name and, as the order among expressions means nothing, by expression.
    fn callbacks(&mut self, pointer: &Pointer) -> Vec<Request<'d>> {
        let mut requests = Vec::new();
        for (name, _) in self.members(pointer) {
            let callback = pointer.child(name);
            if self.looked_at >= ITEMS {
                self.unread(&callback, format!("there are more than {ITEMS} requests before it"));
                continue;
            }
            let Some(place) = self.layers(&callback, "callback").and_then(|mut item| item.0.pop()) else {
                continue;
            };
            let place = place.pointer;
            let expressions = self.members(&place).map(|(expression, _)| expression.as_str());
            let expressions: BTreeSet<_> = expressions.filter(|expression| !expression.starts_with("x-")).collect();
            if expressions.is_empty() {
                self.unread(&place, "the callback describes no request");
            }
            let is_sole = expressions.len() == 1;
            for expression in expressions {
                let target = Some((expression, is_sole));
                self.requests(&place.child(expression), name, target, &mut requests);
            }
        }
        self.one_of_each_key(requests)
    }

    /// Leaves one of those with the same key: one that has it as its name, whatever order they are in.
    fn one_of_each_key(&mut self, requests: Vec<Request<'d>>) -> Vec<Request<'d>> {
        let rank = |request: &Request<'_>| (request.key != request.name, request.name.clone());
        let mut best: BTreeMap<String, (bool, String)> = BTreeMap::new();
        for request in &requests {
            let known = best.entry(request.key.clone()).or_insert_with(|| rank(request));
            if rank(request) < *known {
                *known = rank(request);
            }
        }
        let mut distinct = Vec::with_capacity(requests.len());
        for request in requests {
            if best.get(&request.key) == Some(&rank(&request)) {
                best.remove(&request.key);
                distinct.push(request);
            } else {
                let message = format!("`{}` is the name of another one too", request.key);
                self.unread(&request.pointer, message);
            }
        }
        distinct
    }

    /// The requests of the path item at `pointer`, for a webhook or for a callback that goes to an expression, which may be
    /// the only one.
    fn requests(
        &mut self,
        pointer: &Pointer,
        name: &str,
        target: Option<(&str, bool)>,
        requests: &mut Vec<Request<'d>>,
    ) {
        self.looked_at += 1;
        let is_extension = |value: &Value| name.starts_with("x-") && !value.is_object();
        if target.is_none() && self.document.value_at(pointer).is_some_and(is_extension) {
            return;
        }
        let Some(item) = self.layers(pointer, "path item") else {
            return;
        };
        let described = item.operations();
        if described.is_empty() {
            self.unread(pointer, format!("`{name}` describes no request"));
        }
        let named = match target {
            Some((expression, false)) => format!("{name} {expression}"),
            Some((_, true)) | None => name.to_owned(),
        };
        let is_sole = described.len() == 1;
        for (method, pointer) in described {
            let key = if is_sole || method == Method::Post {
                named.clone()
            } else {
                format!("{} {named}", method.as_str())
            };
            match operation(self.document, &pointer) {
                Err(error) => self.unread(&pointer, error),
                Ok(operation) => requests.push(Request {
                    name: name.to_owned(),
                    key,
                    expression: target.map(|(expression, _)| expression.to_owned()).unwrap_or_default(),
                    method,
                    pointer,
                    operation,
                    item: item.clone(),
                }),
            }
        }
    }

    /// The objects that the one at `pointer` is made of: itself, what it refers to, and so on. What stands in one of them
    /// counts before what stands in those behind it.
    fn layers(&mut self, pointer: &Pointer, kind: &str) -> Option<PathItem<'d>> {
        match PathItem::at(self.document, pointer.clone()) {
            (item, None) => Some(item),
            (item, Some(_)) if item.0.is_empty() => {
                self.unread(pointer, format!("this is not an object (a {kind})"));
                None
            }
            (_, Some(broken)) => {
                self.problems.push((pointer.clone(), Problem::Broken(broken)));
                None
            }
        }
    }
}

/// The operation at `pointer`. A webhook needs no answer that is described, and what is called back is another request.
fn operation(document: &Document, pointer: &Pointer) -> Result<Operation, String> {
    let mut value = document.value_at(pointer).cloned().unwrap_or_default();
    if let Some(members) = value.as_object_mut() {
        members.entry("responses").or_insert_with(|| Value::Object(Map::new()));
    }
    load::typed(&value).map_err(|error| format!("this cannot be read: {error}"))
}
