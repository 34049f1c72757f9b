//! Path items and operations in, the same with bodies, servers and answers in the words of the one vocabulary out.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use super::{
    Translation,
    collection::{Location, without_format},
    given::{Given, Role},
    media::MediaTypes,
    members,
};
use crate::{ir::Pointer, load::METHODS};

/// The parameters of a list, taken apart.
struct Parameters<'s> {
    /// Those before the body, translated.
    heads: Vec<Value>,
    /// Those that the body is made of.
    body: Vec<Given<'s>>,
}

impl<'s> Translation<'s> {
    pub(super) fn path_item(&mut self, item: &'s Value, place: &Pointer) -> Value {
        if item.get("$ref").is_some_and(Value::is_string) {
            return item.clone();
        }
        let shared = self.parameters(item, place);
        // The first of them has what they share, so that it must not be the first that is written.
        let mut operations: BTreeMap<&str, Value> = BTreeMap::new();
        for method in METHODS {
            if let Some(operation) = item.get(method) {
                operations.insert(method, self.operation(operation, &place.child(method), &shared.body));
            }
        }
        let mut translated = Map::new();
        for (name, value) in members(Some(item)) {
            let value = if let Some(operation) = operations.remove(name) {
                operation
            } else if name == "additionalOperations" {
                let list = place.child(name);
                let additional = members(Some(value)).map(|(method, operation)| {
                    let operation = self.operation(operation, &list.child(method), &shared.body);
                    (method.to_owned(), operation)
                });
                Value::Object(additional.collect())
            } else if name == "parameters" {
                Value::Array(shared.heads.clone())
            } else {
                value.clone()
            };
            translated.insert(name.to_owned(), value);
        }
        Value::Object(translated)
    }

    /// `inherited` are those parameters of the path item that the body is made of.
    fn operation(&mut self, operation: &'s Value, place: &Pointer, inherited: &[Given<'s>]) -> Value {
        let consumes = MediaTypes::of_operation(operation, "consumes", place, &self.consumes);
        let produces = MediaTypes::of_operation(operation, "produces", place, &self.produces);
        let Parameters { heads, body: own } = self.parameters(operation, place);
        let is_replaced = |old: &Given<'s>| {
            let mut own = own.iter();
            own.any(|new| new.role == old.role && (new.role == Role::Body || new.name() == old.name()))
        };
        let inherited = inherited.iter().filter(|old| !is_replaced(old)).cloned();
        let parts: Vec<Given<'s>> = inherited.chain(own.iter().cloned()).collect();
        let mut body = self.body(parts, &consumes, place);
        let mut translated = Map::new();
        for (name, value) in members(Some(operation)) {
            let value = match name {
                "consumes" | "produces" | "schemes" => continue,
                "parameters" => Value::Array(heads.clone()),
                "responses" => {
                    translated.extend(body.take().map(|body| ("requestBody".to_owned(), body)));
                    self.responses(value, &place.child("responses"), &produces)
                }
                _ => value.clone(),
            };
            translated.insert(name.to_owned(), value);
        }
        let servers = self.own_servers(operation, place, &place.child("servers"));
        translated.extend(servers.map(|servers| ("servers".to_owned(), servers)));
        Value::Object(translated)
    }

    /// Takes the parameters of `holder`, which stands at `place`, apart.
    fn parameters(&mut self, holder: &'s Value, place: &Pointer) -> Parameters<'s> {
        let list = place.child("parameters");
        let mut parameters = Parameters {
            heads: Vec::new(),
            body: Vec::new(),
        };
        let nodes = holder.get("parameters").and_then(Value::as_array);
        for (index, node) in nodes.into_iter().flatten().enumerate() {
            let place = list.item(index);
            match self.given(node, &place) {
                Some(given) if given.role != Role::Head => parameters.body.push(given),
                Some(_) | None => {
                    let here = list.item(parameters.heads.len());
                    parameters.heads.push(self.parameter(node, &place, &here));
                }
            }
        }
        parameters
    }

    /// A parameter before the body, which stands at `place` and goes to `here`.
    pub(super) fn parameter(&mut self, node: &'s Value, place: &Pointer, here: &Pointer) -> Value {
        if here != place {
            self.places.moved(here.clone(), place.clone());
        }
        if node.get("$ref").is_some_and(Value::is_string) {
            return node.clone();
        }
        let mut translated = Map::new();
        for (name, value) in members(Some(node)) {
            let value = if name == "schema" {
                without_format(value)
            } else {
                value.clone()
            };
            translated.insert(name.to_owned(), value);
        }
        let location = match node.get("in").and_then(Value::as_str) {
            Some("path" | "header") => Location::Value,
            Some(_) | None => Location::Pairs,
        };
        if let Some(schema) = node.get("schema") {
            let source = place.child("schema");
            let words = self.collection(schema, &source, location);
            for word in words.keys() {
                self.places
                    .stands_for(here.child(word), source.child("collectionFormat"));
            }
            translated.extend(words);
        }
        Value::Object(translated)
    }
}
