//! Answers in, the same with their content by media type out.

use serde_json::{Map, Value};

use super::{
    Translation,
    collection::{Location, without_format},
    media::{ANY, Content, JSON, MediaTypes, TEXT, has_structure, is_json},
    members,
};
use crate::ir::Pointer;

/// An answer.
#[derive(Clone, Copy)]
struct Answer<'s, 'p> {
    members: &'s Map<String, Value>,
    /// Where it is described.
    place: &'p Pointer,
    /// Whether operations share it.
    shared: bool,
    /// Whether it cannot mean success.
    is_error: bool,
}

impl<'s> Translation<'s> {
    /// The answers that stand at `place`.
    pub(super) fn responses(&mut self, responses: &'s Value, place: &Pointer, produces: &MediaTypes<'s>) -> Value {
        let translated = members(Some(responses)).map(|(status, node)| {
            let place = place.child(status);
            let response = if status.starts_with("x-") {
                node.clone()
            } else {
                self.response(node, &place, produces, !status.starts_with(['1', '2', '3']))
            };
            (status.to_owned(), response)
        });
        Value::Object(translated.collect())
    }

    fn response(&mut self, node: &'s Value, place: &Pointer, produces: &MediaTypes<'s>, is_error: bool) -> Value {
        let refers = node.get("$ref").is_some_and(Value::is_string);
        // What operations share is written in what the document produces.
        let end = if refers && !produces.is_own {
            None
        } else {
            self.end(node, place)
        };
        let Some((members, end)) = end else {
            return node.clone();
        };
        let answer = Answer {
            members,
            place: &end,
            shared: refers,
            is_error,
        };
        self.written_response(answer, produces, place)
    }

    /// An answer that operations share, which stands at `place` and goes to `here`.
    pub(super) fn shared_response(&mut self, node: &'s Value, place: &Pointer, here: &Pointer) -> Value {
        self.places.moved(here.clone(), place.clone());
        let Some(members) = node.as_object().filter(|members| !members.contains_key("$ref")) else {
            return node.clone();
        };
        let answer = Answer {
            members,
            place,
            shared: false,
            is_error: false,
        };
        let produces = self.produces.clone();
        self.written_response(answer, &produces, here)
    }

    fn written_response(&mut self, answer: Answer<'s, '_>, produces: &MediaTypes<'s>, here: &Pointer) -> Value {
        let mut response = Map::new();
        for (name, value) in answer.members {
            match name.as_str() {
                "schema" | "examples" => {}
                "headers" => _ = response.insert(name.clone(), self.headers(value, answer, here)),
                _ => _ = response.insert(name.clone(), value.clone()),
            }
        }
        let source = answer.place.child("schema");
        let mut content = Map::new();
        for (media_type, listed) in self.response_types(answer, produces) {
            let here = here.child("content").child(media_type);
            self.places.stands_for(here.clone(), listed);
            let mut media = Map::new();
            if let Some(schema) = answer.members.get("schema") {
                let here = here.child("schema");
                let schema = if content.is_empty() {
                    self.schema(schema, &source, answer.shared, here)
                } else {
                    // Only one of them is read, and they are compared.
                    self.places.stands_for(here, source.clone());
                    first_schema(&content).unwrap_or_else(|| schema.clone())
                };
                media.insert("schema".to_owned(), schema);
            }
            let examples = answer.members.get("examples");
            if let Some(example) = examples.and_then(|examples| examples.get(media_type)) {
                media.insert("example".to_owned(), example.clone());
            }
            content.insert(media_type.to_owned(), Value::Object(media));
        }
        if !content.is_empty() {
            self.places.stands_for(here.child("content"), source);
            response.insert("content".to_owned(), Value::Object(content));
        }
        Value::Object(response)
    }

    fn headers(&mut self, headers: &'s Value, answer: Answer<'s, '_>, here: &Pointer) -> Value {
        let (list, here) = (answer.place.child("headers"), here.child("headers"));
        let translated = members(Some(headers)).map(|(name, header)| {
            let (place, here) = (list.child(name).child("schema"), here.child(name).child("schema"));
            let mut translated = header.as_object().cloned().unwrap_or_default();
            if let Some(schema) = header.get("schema") {
                translated.extend(self.collection(schema, &place, Location::Value));
                let schema = self.schema(&without_format(schema), &place, answer.shared, here);
                translated.insert("schema".to_owned(), schema);
            }
            (name.to_owned(), Value::Object(translated))
        });
        Value::Object(translated.collect())
    }

    /// What an answer is written in. Without a schema it has no body, but where an example of one is given.
    fn response_types(&self, answer: Answer<'s, '_>, produces: &MediaTypes<'s>) -> Vec<(&'s str, Pointer)> {
        let list = answer.place.child("examples");
        let examples = members(answer.members.get("examples"))
            .filter(|(name, _)| name.contains('/'))
            .map(|(name, _)| (name, list.child(name)));
        let mut examples: Vec<_> = examples.collect();
        examples.sort();
        let place = answer.place.child("schema");
        let Some(schema) = answer.members.get("schema") else {
            return examples;
        };
        let content = self.content(schema, &place);
        let assumed = |media_type| vec![(media_type, place.clone())];
        if produces.listed.is_empty() {
            return match (examples.is_empty(), content) {
                (false, _) => examples,
                (true, Content::Structure) => assumed(JSON),
                (true, Content::File | Content::Text) => assumed(ANY),
            };
        }
        // What is produced says what a success is; the files, pictures and texts among them cannot be what an object is
        // written in, and what all operations produce is no file where it is JSON.
        let is_odd_error = answer.is_error && !produces.names().any(has_structure);
        let is_odd_file = content == Content::File && !produces.is_own && produces.names().all(is_json);
        match content {
            Content::Structure if is_odd_error => {
                let examples: Vec<_> = examples.into_iter().filter(|(name, _)| is_json(name)).collect();
                if examples.is_empty() { assumed(JSON) } else { examples }
            }
            Content::Text if is_odd_error && !produces.names().any(|name| name.starts_with("text/")) => assumed(TEXT),
            _ if is_odd_file => assumed(ANY),
            Content::Structure | Content::Text | Content::File => produces.listed.clone(),
        }
    }
}

fn first_schema(content: &Map<String, Value>) -> Option<Value> {
    content.values().next()?.get("schema").cloned()
}
