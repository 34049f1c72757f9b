//! The parameters that a body is made of in, a request body out.

use serde_json::{Map, Value, json};

use super::{
    Translation,
    given::{Given, Role},
    media::{Content, JSON, MediaTypes, is_form, is_json},
};
use crate::{diagnostics::Code, ir::Pointer};

/// What bytes are when nobody says more.
const BYTES: &str = "application/octet-stream";

impl<'s> Translation<'s> {
    /// The body of the operation at `place`: one parameter, or all those of a form.
    pub(super) fn body(&mut self, parts: Vec<Given<'s>>, consumes: &MediaTypes<'s>, place: &Pointer) -> Option<Value> {
        let (mut bodies, mut forms): (Vec<_>, Vec<_>) = parts.into_iter().partition(|part| part.role == Role::Body);
        if !bodies.is_empty() && !forms.is_empty() {
            let is_form = consumes.listed.iter().all(|(name, _)| is_form(name)) && !consumes.listed.is_empty();
            let (rest, what) = if is_form {
                (
                    std::mem::take(&mut bodies),
                    "a form, which is what the operation consumes",
                )
            } else {
                (std::mem::take(&mut forms), "a body")
            };
            for part in rest {
                let message = format!(
                    "a request has either a body or a form, and this one has {what}; the parameter `{}` is left out",
                    part.name()
                );
                self.report(Code::WrongShape, &part.listed, message);
            }
        }
        let here = place.child("requestBody");
        let mut bodies = bodies.into_iter();
        let Some(body) = bodies.next() else {
            return (!forms.is_empty()).then(|| self.form(&forms, consumes, place, &here));
        };
        for part in bodies {
            let message = format!(
                "a request has one body, and `{}` is it; the parameter `{}` is left out",
                body.name(),
                part.name()
            );
            self.report(Code::WrongShape, &part.listed, message);
        }
        let is_component = body.place.as_str().starts_with("/parameters/");
        if body.is_shared() && is_component && !consumes.is_own {
            self.places.stands_for(here, body.listed);
            return Some(json!({ "$ref": format!("#{}", body.place) }));
        }
        Some(self.written_body(&body, consumes, &here))
    }

    /// A body that operations share: `node`, which stands at `place`, is or leads to `given`.
    pub(super) fn shared_body(
        &mut self,
        node: &'s Value,
        given: &Given<'s>,
        consumes: &MediaTypes<'s>,
        place: &Pointer,
        here: &Pointer,
    ) -> Value {
        if node.get("$ref").is_some() {
            self.places.moved(here.clone(), place.clone());
            return node.clone();
        }
        self.written_body(given, consumes, here)
    }

    fn written_body(&mut self, given: &Given<'s>, consumes: &MediaTypes<'s>, here: &Pointer) -> Value {
        let mut body = Map::new();
        for (name, value) in given.members {
            if !matches!(name.as_str(), "name" | "in" | "schema") {
                body.insert(name.clone(), value.clone());
            }
        }
        if given.is_shared() || self.places.is_moved(&given.place) {
            self.places.stands_for(here.clone(), given.listed.clone());
        } else {
            self.places.moved(here.clone(), given.place.clone());
        }
        let mut content = Map::new();
        let place = given.place.child("schema");
        for (media_type, listed) in self.body_types(given, consumes) {
            let here = here.child("content").child(media_type);
            self.places.stands_for(here.clone(), listed);
            let mut media = Map::new();
            if let Some(schema) = given.schema() {
                let schema = self.schema(schema, &place, given.is_shared(), here.child("schema"));
                media.insert("schema".to_owned(), schema);
            }
            content.insert(media_type.to_owned(), Value::Object(media));
        }
        body.insert("content".to_owned(), Value::Object(content));
        Value::Object(body)
    }

    /// What a body is written in. Forms have parameters of their own, so that what is said of them is meant for those,
    /// where anything else is said.
    fn body_types(&mut self, given: &Given<'s>, consumes: &MediaTypes<'s>) -> Vec<(&'s str, Pointer)> {
        let listed = &consumes.listed;
        let content = given
            .schema()
            .map(|schema| self.content(schema, &given.place.child("schema")));
        let is_file = content == Some(Content::File);
        let others: Vec<_> = listed.iter().filter(|(name, _)| !is_form(name)).cloned().collect();
        let unlikely = is_file && !consumes.is_own && others.iter().all(|(name, _)| is_json(name));
        if listed.is_empty() || unlikely {
            return vec![(if is_file { BYTES } else { JSON }, given.listed.clone())];
        }
        if others.is_empty() { listed.clone() } else { others }
    }

    /// The schema that stands at `place`, for `here`. One that has a type of its own is written once, and a `$ref` leads to it
    /// from everywhere else; `shared` says that it is written somewhere else in any case.
    pub(super) fn schema(&mut self, schema: &Value, place: &Pointer, shared: bool, here: Pointer) -> Value {
        if !shared && !self.places.is_moved(place) {
            self.places.moved(here, place.clone());
            return schema.clone();
        }
        self.places.stands_for(here, place.clone());
        if has_type_of_its_own(schema) {
            json!({ "$ref": format!("#{}", place.as_str().replace('%', "%25")) })
        } else {
            schema.clone()
        }
    }
}

/// Whether a schema becomes a definition, so that two copies of it would be two types.
fn has_type_of_its_own(schema: &Value) -> bool {
    let Value::Object(members) = schema else { return false };
    let says = |name: &str| members.contains_key(name);
    let has_inside = |name: &str| members.get(name).is_some_and(has_type_of_its_own);
    !says("$ref")
        && (["enum", "properties", "allOf", "oneOf", "anyOf"].into_iter().any(says)
            || has_inside("items")
            || has_inside("additionalProperties"))
}
