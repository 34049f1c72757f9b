//! A document in, the requests that the server makes out, each with its place: webhooks, and the callbacks of operations.

use std::{
    collections::{BTreeMap, BTreeSet},
    rc::Rc,
};

use openapiv3::{Operation, Parameter, ReferenceOr};
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use super::super::{
    operation::METHODS,
    reference::{self, Broken},
};
use crate::{
    ir::{Method, Pointer},
    load::Document,
};

/// Where webhooks stand at the top of a document; what is in the first counts. Documents of versions that have no
/// `webhooks` have taken to the other one.
const PLACES: [&str; 2] = ["webhooks", "x-webhooks"];

/// How many references may lead from one path item to the next.
const STEPS: usize = 1_000;

/// After how many path items no more callbacks are looked at: many operations may refer to the same ones, and each has them
/// for itself.
const ITEMS: usize = 20_000;

/// Everything that the server sends by itself.
#[derive(Debug, Default)]
pub(crate) struct Found {
    pub(super) webhooks: Vec<Request>,
    /// By the place of the operation whose caller asks for them.
    pub(super) callbacks: BTreeMap<Pointer, Vec<Request>>,
    pub(super) problems: Vec<(Pointer, Problem)>,
}

/// A request that the server makes.
#[derive(Debug)]
pub(super) struct Request {
    pub(super) name: String,
    /// What tells it from all others of its origin.
    pub(super) key: String,
    /// Where it goes, if it is a callback.
    pub(super) expression: String,
    pub(super) described: Rc<Described>,
}

/// An operation of a path item.
#[derive(Debug)]
pub(super) struct Described {
    pub(super) method: Method,
    /// The place of the operation, at the end of all references.
    pub(super) pointer: Pointer,
    pub(super) operation: Operation,
    pub(super) item: Rc<Item>,
}

/// What a path item says for all its methods.
#[derive(Debug, Default)]
pub(super) struct Item {
    pub(super) summary: Option<String>,
    pub(super) description: Option<String>,
    pub(super) parameters: Vec<ReferenceOr<Parameter>>,
    /// The place of the object that has the parameters.
    pub(super) pointer: Pointer,
}

/// Why something is left out.
#[derive(Debug)]
pub(super) enum Problem {
    Broken(Broken),
    Unread(String),
}

impl Found {
    /// Reads everything that the server sends, for as long as it is lowered.
    pub(crate) fn in_document(document: &Document) -> Self {
        let mut finder = Finder {
            document,
            items: BTreeMap::new(),
            looked_at: 0,
            problems: Vec::new(),
        };
        let mut webhooks = Vec::new();
        for place in PLACES {
            let pointer = Pointer::root().child(place);
            for (name, value) in finder.members(&pointer) {
                if value.is_object() || !name.starts_with("x-") {
                    finder.requests(&pointer.child(name), name, None, &mut webhooks);
                }
            }
        }
        let webhooks = finder.distinct(webhooks);
        let mut callbacks = BTreeMap::new();
        let paths = Pointer::root().child("paths");
        for (template, _) in finder.members(&paths) {
            // What cannot be reached is reported with the operations.
            for (item, pointer) in finder.chain(&paths.child(template)).into_iter().flatten() {
                for method in METHODS
                    .map(key_of)
                    .into_iter()
                    .filter(|method| item.contains_key(method))
                {
                    let pointer = pointer.child(method);
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
    /// What was found at the places of path items.
    items: BTreeMap<Pointer, Vec<Rc<Described>>>,
    looked_at: usize,
    problems: Vec<(Pointer, Problem)>,
}

/// An object of a document and its place.
type Placed<'d> = (&'d Map<String, Value>, Pointer);

impl<'d> Finder<'d> {
    fn members(&self, pointer: &Pointer) -> impl Iterator<Item = (&'d String, &'d Value)> + use<'d> {
        let members = self.document.value_at(pointer).and_then(Value::as_object);
        members.into_iter().flatten()
    }

    fn unread(&mut self, pointer: &Pointer, message: impl Into<String>) {
        self.problems.push((pointer.clone(), Problem::Unread(message.into())));
    }

    /// The callbacks at `pointer`, by name and, as the order among expressions means nothing, by expression.
    fn callbacks(&mut self, pointer: &Pointer) -> Vec<Request> {
        let mut requests = Vec::new();
        for (name, _) in self.members(pointer) {
            if self.looked_at >= ITEMS {
                self.unread(pointer, format!("there are more than {ITEMS} requests before"));
                break;
            }
            let callback = pointer.child(name);
            let place = match self.chain(&callback) {
                Ok(chain) => chain.last().map(|(_, place)| place.clone()),
                Err(problem) => {
                    self.problems.push((callback, problem));
                    continue;
                }
            };
            let place = place.unwrap_or(callback);
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
        self.distinct(requests)
    }

    /// The requests of the path item at `pointer`, for a webhook or for a callback that goes to an expression, which may be
    /// the only one.
    fn requests(&mut self, pointer: &Pointer, name: &str, target: Option<(&str, bool)>, requests: &mut Vec<Request>) {
        self.looked_at += 1;
        let named = match target {
            Some((expression, false)) => format!("{name} {expression}"),
            Some((_, true)) | None => name.to_owned(),
        };
        let described = self.described(pointer, name);
        let is_sole = described.len() == 1;
        requests.extend(described.into_iter().map(|described| Request {
            name: name.to_owned(),
            key: if is_sole || described.method == Method::Post {
                named.clone()
            } else {
                format!("{} {named}", described.method.as_str())
            },
            expression: target.map(|(expression, _)| expression.to_owned()).unwrap_or_default(),
            described,
        }));
    }

    /// The operations of the path item at `pointer`, which is called `name`.
    fn described(&mut self, pointer: &Pointer, name: &str) -> Vec<Rc<Described>> {
        if let Some(known) = self.items.get(pointer) {
            return known.clone();
        }
        let mut described = Vec::new();
        match self.chain(pointer) {
            Err(problem) => self.problems.push((pointer.clone(), problem)),
            Ok(chain) => {
                let item = Rc::new(self.shared(&chain));
                let before = self.problems.len();
                for method in METHODS {
                    let key = key_of(method);
                    let Some((_, place)) = chain.iter().find(|(members, _)| members.contains_key(&key)) else {
                        continue;
                    };
                    let pointer = place.child(key);
                    match operation(self.document, &pointer) {
                        Err(error) => self.unread(&pointer, error),
                        Ok(operation) => described.push(Rc::new(Described {
                            method,
                            pointer,
                            operation,
                            item: Rc::clone(&item),
                        })),
                    }
                }
                if described.is_empty() && self.problems.len() == before {
                    self.unread(pointer, format!("`{name}` describes no request"));
                }
            }
        }
        self.items.insert(pointer.clone(), described.clone());
        described
    }

    /// Leaves one of those with the same key: one that has it as its name, whatever order they are in.
    fn distinct(&mut self, requests: Vec<Request>) -> Vec<Request> {
        let rank = |request: &Request| (request.key != request.name, request.name.clone());
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
                self.unread(&request.described.pointer, message);
            }
        }
        distinct
    }

    /// The objects that the one at `pointer` is made of: itself, what it refers to, and so on. What stands in one of them
    /// counts before what stands in those behind it.
    fn chain(&self, pointer: &Pointer) -> Result<Vec<Placed<'d>>, Problem> {
        let mut chain: Vec<Placed<'d>> = Vec::new();
        let mut seen = BTreeSet::new();
        let (mut place, mut reference) = (pointer.clone(), "");
        loop {
            if !seen.insert(place.clone()) {
                let steps = chain.into_iter().map(|(_, step)| step);
                let ring = steps.skip_while(|step| *step != place).collect();
                return Err(Problem::Broken(Broken::Ring(ring)));
            }
            let Some(Value::Object(members)) = self.document.value_at(&place) else {
                return Err(if chain.is_empty() {
                    Problem::Unread("this is no object".to_owned())
                } else {
                    Problem::Broken(Broken::Dangling(reference.to_owned()))
                });
            };
            chain.push((members, place));
            match members.get("$ref") {
                Some(Value::String(_)) if chain.len() > STEPS => {
                    return Err(Problem::Unread(format!("more than {STEPS} references lead to it")));
                }
                Some(Value::String(next)) => {
                    place = reference::parse(next).map_err(Problem::Broken)?;
                    reference = next;
                }
                Some(_) | None => return Ok(chain),
            }
        }
    }

    fn shared(&mut self, chain: &[Placed<'d>]) -> Item {
        let first = |name: &str| {
            chain
                .iter()
                .find_map(|(members, place)| Some((members.get(name)?, place)))
        };
        let text = |name: &str| first(name).and_then(|(value, _)| value.as_str()).map(str::to_owned);
        let mut item = Item {
            summary: text("summary"),
            description: text("description"),
            ..Item::default()
        };
        if let Some((value, place)) = first("parameters") {
            item.pointer = place.clone();
            match typed(value) {
                Ok(parameters) => item.parameters = parameters,
                Err(error) => self.unread(&place.child("parameters"), error),
            }
        }
        item
    }
}

/// The member of a path item for a method.
fn key_of(method: Method) -> String {
    method.as_str().to_ascii_lowercase()
}

/// The operation at `pointer`. A webhook needs no answer that is described, and what is called back is another request.
fn operation(document: &Document, pointer: &Pointer) -> Result<Operation, String> {
    let mut value = document.value_at(pointer).cloned().unwrap_or_default();
    if let Some(members) = value.as_object_mut() {
        members.shift_remove("callbacks");
        members.entry("responses").or_insert_with(|| Value::Object(Map::new()));
    }
    typed(&value)
}

fn typed<T: DeserializeOwned>(value: &Value) -> Result<T, String> {
    T::deserialize(value).map_err(|error| format!("this cannot be read: {error}"))
}
