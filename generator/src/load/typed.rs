//! A repaired [`Value`] in, `openapiv3` values out, piece by piece: what that crate cannot read costs its own piece.

use indexmap::IndexMap;
use openapiv3::{Components, OpenAPI, PathItem, Paths, ReferenceOr};
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use super::path::Path;
use crate::{
    diagnostics::{Code, Diagnostics},
    ir::Pointer,
};

/// The methods of a path item, as it writes them.
pub(super) const METHODS: [&str; 8] = ["get", "put", "post", "delete", "options", "head", "patch", "trace"];

/// Types the whole of `root`, and takes out of it what has no type.
pub(super) fn typed(root: &mut Value, diagnostics: &mut Diagnostics) -> OpenAPI {
    let Value::Object(root) = root else {
        return OpenAPI::default();
    };
    let mut pieces = Pieces { diagnostics };
    let at = Path::Root;
    OpenAPI {
        openapi: root
            .get("openapi")
            .and_then(Value::as_str)
            .unwrap_or_default()
            .to_owned(),
        info: pieces.member(root, &at, "info").unwrap_or_default(),
        servers: pieces.list(root, &at, "servers"),
        paths: pieces.paths(root),
        components: pieces.components(root),
        security: pieces.member(root, &at, "security"),
        tags: pieces.list(root, &at, "tags"),
        external_docs: pieces.member(root, &at, "externalDocs"),
        extensions: extensions(root),
    }
}

/// Takes out of a path item at `place` what has no type.
pub(super) fn trim_path_item(item: &mut Value, place: &Pointer, diagnostics: &mut Diagnostics) {
    if let Value::Object(item) = item {
        _ = Pieces { diagnostics }.path_item(item, &Path::Moved("", place));
    }
}

struct Pieces<'d> {
    diagnostics: &'d mut Diagnostics,
}

impl Pieces<'_> {
    fn piece<T: DeserializeOwned>(&mut self, value: &Value, path: &Path<'_>, code: Code) -> Option<T> {
        T::deserialize(&around_schemas(value))
            .inspect_err(|error| {
                self.diagnostics
                    .report(code, &path.pointer(), format!("this cannot be read: {error}"));
            })
            .ok()
    }

    fn member<T: DeserializeOwned>(&mut self, parent: &mut Map<String, Value>, at: &Path<'_>, name: &str) -> Option<T> {
        let piece = self.piece(parent.get(name)?, &at.key(name), Code::WrongShape);
        if piece.is_none() {
            parent.shift_remove(name);
        }
        piece
    }

    fn list<T: DeserializeOwned>(&mut self, parent: &mut Map<String, Value>, at: &Path<'_>, name: &str) -> Vec<T> {
        self.member(parent, at, name).unwrap_or_default()
    }

    fn map<T: DeserializeOwned>(
        &mut self,
        parent: &mut Map<String, Value>,
        at: &Path<'_>,
        name: &str,
    ) -> IndexMap<String, T> {
        let Some(Value::Object(entries)) = parent.get_mut(name) else {
            return IndexMap::new();
        };
        let at = at.key(name);
        let mut pieces = IndexMap::with_capacity(entries.len());
        entries.retain(|key, value| {
            let piece = self.piece(value, &at.key(key), Code::WrongShape);
            piece.map(|piece| pieces.insert(key.clone(), piece)).is_some()
        });
        pieces
    }

    fn paths(&mut self, root: &mut Map<String, Value>) -> Paths {
        let Some(Value::Object(entries)) = root.get_mut("paths") else {
            return Paths::default();
        };
        let at = Path::Root;
        let at = at.key("paths");
        let mut paths = IndexMap::with_capacity(entries.len());
        for (template, item) in entries.iter_mut().filter(|(template, _)| template.starts_with('/')) {
            let Value::Object(item) = item else { continue };
            let item = match item.get("$ref").and_then(Value::as_str) {
                Some(reference) => ReferenceOr::Reference {
                    reference: reference.to_owned(),
                },
                None => ReferenceOr::Item(self.path_item(item, &at.key(template))),
            };
            paths.insert(template.clone(), item);
        }
        Paths {
            paths,
            extensions: extensions(entries),
        }
    }

    fn path_item(&mut self, item: &mut Map<String, Value>, at: &Path<'_>) -> PathItem {
        let [get, put, post, delete, options, head, patch, trace] =
            METHODS.map(|method| self.operation(item, at, method));
        PathItem {
            summary: self.member(item, at, "summary"),
            description: self.member(item, at, "description"),
            get,
            put,
            post,
            delete,
            options,
            head,
            patch,
            trace,
            servers: self.list(item, at, "servers"),
            parameters: self.list(item, at, "parameters"),
            extensions: extensions(item),
        }
    }

    fn operation(
        &mut self,
        item: &mut Map<String, Value>,
        at: &Path<'_>,
        method: &str,
    ) -> Option<openapiv3::Operation> {
        item.get(method)?.as_object()?;
        let piece = self.piece(item.get(method)?, &at.key(method), Code::SkippedOperation);
        if piece.is_none() {
            item.shift_remove(method);
        }
        piece
    }

    fn components(&mut self, root: &mut Map<String, Value>) -> Option<Components> {
        let Some(Value::Object(components)) = root.get_mut("components") else {
            return None;
        };
        let at = Path::Root;
        let at = at.key("components");
        Some(Components {
            schemas: IndexMap::new(),
            responses: self.map(components, &at, "responses"),
            parameters: self.map(components, &at, "parameters"),
            examples: IndexMap::new(),
            request_bodies: self.map(components, &at, "requestBodies"),
            headers: self.map(components, &at, "headers"),
            security_schemes: self.map(components, &at, "securitySchemes"),
            links: IndexMap::new(),
            callbacks: IndexMap::new(),
            extensions: extensions(components),
        })
    }
}

/// The members whose own members have names of the document's choice.
const MAPS: [&str; 6] = ["headers", "content", "encoding", "links", "variables", "responses"];

/// What stands around schemas. They are read where they are, so that an empty one takes the place of each here.
pub(super) fn around_schemas(value: &Value) -> Value {
    around(value, false)
}

fn around(value: &Value, is_map: bool) -> Value {
    match value {
        Value::Object(members) => {
            // A client does not receive calls, and `openapiv3` cannot read a callback that is a `$ref`.
            let members = members.iter().filter(|(name, _)| is_map || *name != "callbacks");
            let members = members.map(|(name, member)| {
                let member = match name.as_str() {
                    "schema" if !is_map => Value::Object(Map::new()),
                    "example" | "examples" if !is_map => member.clone(),
                    word if word.starts_with("x-") => member.clone(),
                    word => around(member, !is_map && MAPS.contains(&word)),
                };
                (name.clone(), member)
            });
            Value::Object(members.collect())
        }
        Value::Array(items) => Value::Array(items.iter().map(|item| around(item, false)).collect()),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => value.clone(),
    }
}

fn extensions(object: &Map<String, Value>) -> IndexMap<String, Value> {
    object
        .iter()
        .filter(|(key, _)| key.starts_with("x-"))
        .map(|(key, value)| (key.clone(), value.clone()))
        .collect()
}
