//! A repaired Swagger 2.0 document in, the same API in the one vocabulary out, with the way back to each place.
//!
//! ```text
//! Value ─repair (2.0's own grammar)→ Value ─translate→ Value ─typed→ openapiv3 values
//!        └─ rules: one object at a time    └─ here: what several objects say together
//! ```
//!
//! What one object says is translated by rules of the grammar, before the members are looked at: a schema inside of a
//! parameter, `x-nullable`, a discriminator that is a name. What is left is what Swagger 2.0 spreads over several objects, and that
//! is here, a file for each:
//!
//! | Swagger 2.0 | becomes | in |
//! |---|---|---|
//! | `host`, `basePath`, `schemes` of document and operation, `x-ms-parameterized-host` | `servers` | `server` |
//! | parameters in `body` and `formData`, `consumes` | `requestBody` | `body`, `form` |
//! | `collectionFormat`, at every depth | `style` and `explode`; `delimiters` where no style says it | `collection` |
//! | `schema` and `examples` of responses, `produces` | `content` | `response` |
//! | `definitions`, shared parameters and responses, `securityDefinitions` | `components` | here, `security` |
//! | path items, parameters and responses of other files | part of the document | `elsewhere`, before all others |
//! | a `$ref` to any of them, or to anything inside of them | a `$ref` to where it went | `reference` |
//!
//! [`Places`] remembers what went where. A diagnostic of a later stage goes back by it to the repaired document, and from
//! there by [`Moves`] to the text.

mod body;
mod collection;
mod elsewhere;
mod form;
mod given;
mod media;
mod operation;
mod places;
mod reference;
mod response;
mod security;
mod server;

use serde_json::{Map, Value, json};

pub(super) use self::{elsewhere::bring_home, places::Places};
use self::{given::Role, media::MediaTypes};
use super::moves::Moves;
use crate::{
    diagnostics::{Code, Diagnostics},
    ir::Pointer,
};

/// Translates the document `source`, whose way back to the text is `moves`, and lets the references of other `files` follow.
pub(super) fn translate<'f>(
    source: &Value,
    files: impl Iterator<Item = &'f mut Value>,
    moves: &Moves,
    diagnostics: &mut Diagnostics,
) -> (Value, Places) {
    let mut translation = Translation {
        source,
        consumes: MediaTypes::of_document(source, "consumes"),
        produces: MediaTypes::of_document(source, "produces"),
        places: Places::default(),
        moves,
        diagnostics,
    };
    let mut root = translation.document();
    translation.lead_references(&mut root);
    files.for_each(|file| translation.lead_references_of_file(file));
    (root, translation.places)
}

/// A document on its way.
struct Translation<'s> {
    source: &'s Value,
    /// What requests are written in where an operation does not say it.
    consumes: MediaTypes<'s>,
    /// What answers are written in where an operation does not say it.
    produces: MediaTypes<'s>,
    places: Places,
    moves: &'s Moves,
    diagnostics: &'s mut Diagnostics,
}

/// The members of the document that become others.
const REPLACED: [&str; 10] = [
    "swagger",
    "host",
    "basePath",
    "schemes",
    "consumes",
    "produces",
    "definitions",
    "parameters",
    "responses",
    "securityDefinitions",
];

impl Translation<'_> {
    fn document(&mut self) -> Value {
        let root = Pointer::root();
        let mut document = Map::new();
        document.insert("openapi".to_owned(), json!("3.0.4"));
        for (name, value) in members(Some(self.source)) {
            let place = root.child(name);
            if name == "paths" {
                let paths = members(Some(value)).map(|(template, item)| {
                    let translated = if template.starts_with("x-") {
                        item.clone()
                    } else {
                        self.path_item(item, &place.child(template))
                    };
                    (template.to_owned(), translated)
                });
                let paths = paths.collect();
                document.insert("servers".to_owned(), self.servers());
                document.insert(name.to_owned(), Value::Object(paths));
            } else if !REPLACED.contains(&name) {
                document.insert(name.to_owned(), value.clone());
            }
        }
        document.insert("components".to_owned(), self.components());
        Value::Object(document)
    }

    fn components(&mut self) -> Value {
        let home = Pointer::root().child("components");
        let mut schemas = Map::new();
        self.places
            .stands_for(home.child("schemas"), Pointer::root().child("definitions"));
        for (name, schema) in members(self.source.get("definitions")) {
            let place = Pointer::root().child("definitions").child(name);
            self.places.moved(home.child("schemas").child(name), place);
            schemas.insert(name.to_owned(), schema.clone());
        }
        let (mut parameters, mut bodies) = (Map::new(), Map::new());
        let folder = Pointer::root().child("parameters");
        for (name, node) in members(self.source.get("parameters")) {
            let place = folder.child(name);
            match self.given(node, &place) {
                Some(given) if given.role == Role::Body => {
                    let here = home.child("requestBodies").child(name);
                    let consumes = self.consumes.clone();
                    let body = self.shared_body(node, &given, &consumes, &place, &here);
                    bodies.insert(name.to_owned(), body);
                }
                // The members of a form are written anew in each form that they are part of.
                Some(given) if given.role == Role::Form => {}
                Some(_) | None => {
                    let here = home.child("parameters").child(name);
                    parameters.insert(name.to_owned(), self.parameter(node, &place, &here));
                }
            }
        }
        let mut responses = Map::new();
        for (name, node) in members(self.source.get("responses")) {
            let place = Pointer::root().child("responses").child(name);
            let here = home.child("responses").child(name);
            responses.insert(name.to_owned(), self.shared_response(node, &place, &here));
        }
        let security = self.security_schemes(&home.child("securitySchemes"));
        let folders = [
            ("schemas", schemas),
            ("parameters", parameters),
            ("requestBodies", bodies),
            ("responses", responses),
            ("securitySchemes", security),
        ];
        let folders = folders.map(|(name, folder)| (name.to_owned(), Value::Object(folder)));
        Value::Object(folders.into_iter().collect())
    }

    /// Reports something about the place `pointer` of the document as it was written.
    fn report(&mut self, code: Code, pointer: &Pointer, message: impl Into<String>) {
        self.diagnostics.report(code, &self.moves.source(pointer), message);
    }
}

/// The members of an object; none where there is none.
fn members(value: Option<&Value>) -> impl Iterator<Item = (&str, &Value)> {
    let members = value.and_then(Value::as_object).into_iter().flatten();
    members.map(|(name, value)| (name.as_str(), value))
}
