//! The members of a form in, the body that has them out.

use serde_json::{Map, Value, json};

use super::{
    Translation,
    collection::{Location, without_format},
    given::Given,
    media::{Content, MULTIPART, MediaTypes, URL_ENCODED, is_form, is_multipart},
};
use crate::{diagnostics::Code, ir::Pointer};

impl<'s> Translation<'s> {
    /// The body of the operation at `place`, for `here`.
    pub(super) fn form(
        &mut self,
        parts: &[Given<'s>],
        consumes: &MediaTypes<'s>,
        place: &Pointer,
        here: &Pointer,
    ) -> Value {
        let (media_type, listed) = self.form_type(parts, consumes, place);
        let location = if is_multipart(media_type) {
            Location::Parts
        } else {
            Location::Pairs
        };
        let list = place.child("parameters");
        let media = here.child("content").child(media_type);
        self.places.stands_for(here.clone(), list.clone());
        self.places.stands_for(media.clone(), listed);
        self.places.stands_for(media.child("schema"), list);
        let (mut properties, mut encoding, mut required) = (Map::new(), Map::new(), Vec::new());
        for part in parts {
            let (name, source) = (part.name(), part.place.child("schema"));
            let Some(schema) = part.schema() else { continue };
            if properties.contains_key(name) {
                let message = format!("the form has two members `{name}`; the first one counts");
                self.report(Code::WrongShape, &part.listed, message);
                continue;
            }
            let property = media.child("schema").child("properties").child(name);
            if part.is_shared() || self.places.is_moved(&source) {
                self.places.stands_for(property.clone(), source.clone());
            } else {
                self.places.moved(property.clone(), source.clone());
            }
            self.places
                .stands_for(property.child("description"), part.place.child("description"));
            // Each of several files is a part in any case.
            let words = if self.is_file(schema, &source) {
                Map::new()
            } else {
                self.collection(schema, &source, location)
            };
            if !words.is_empty() {
                self.places
                    .stands_for(media.child("encoding").child(name), source.child("collectionFormat"));
                encoding.insert(name.to_owned(), Value::Object(words));
            }
            properties.insert(name.to_owned(), described(part, schema));
            if part.is_required() {
                required.push(json!(name));
            }
        }
        let is_required = !required.is_empty();
        let mut content = Map::new();
        content.insert(
            media_type.to_owned(),
            json!({
                "schema": { "type": "object", "properties": properties, "required": required },
                "encoding": encoding,
            }),
        );
        json!({ "required": is_required, "content": content })
    }

    /// What a form is written in: files travel in parts only, and everything else in the first that is listed.
    fn form_type(&mut self, parts: &[Given<'s>], consumes: &MediaTypes<'s>, place: &Pointer) -> (&'s str, Pointer) {
        let has_file = parts.iter().any(|part| {
            let schema = part.schema();
            schema.is_some_and(|schema| self.is_file(schema, &part.place.child("schema")))
        });
        let fits = |name: &str| if has_file { is_multipart(name) } else { is_form(name) };
        if let Some((name, listed)) = consumes.listed.iter().find(|(name, _)| fits(name)) {
            return (name, listed.clone());
        }
        let media_type = if has_file { MULTIPART } else { URL_ENCODED };
        if consumes.is_own && !consumes.listed.is_empty() {
            let message = format!("a form like this one is written in `{media_type}`, which is not listed");
            self.report(Code::WrongShape, &place.child("consumes"), message);
        }
        (media_type, place.child("parameters"))
    }

    /// Whether a member is a file, or several.
    fn is_file(&self, schema: &'s Value, place: &Pointer) -> bool {
        let items = schema
            .get("items")
            .filter(|_| schema.get("type").is_some_and(|ty| ty == "array"));
        let (schema, place) = items.map_or((schema, place.clone()), |items| (items, place.child("items")));
        self.content(schema, &place) == Content::File
    }
}

/// The schema of a member, with what its parameter says of it.
fn described(part: &Given<'_>, schema: &Value) -> Value {
    let mut schema = without_format(schema);
    if let Value::Object(members) = &mut schema {
        for name in ["description", "deprecated"] {
            if let Some(value) = part.members.get(name) {
                members.entry(name).or_insert_with(|| value.clone());
            }
        }
    }
    schema
}
