//! A repaired [`Value`] in, typed values of what stands around schemas out: `openapiv3`'s where it can say all of it, own
//! ones in [`objects`](super::objects) where it cannot. The rest is read where it stands.
//!
//! * `openapiv3` speaks OpenAPI 3.0. A member that came later, and that it passes over, is asked for by its place
//!   ([`Document::text_at`](super::Document::text_at)).
//! * A value that it would refuse (`in: querystring`, `type: mutualTLS`) is of a type of our own.
//! * A path item is not typed as a whole, since it may refer to others and have any number of methods: each of its parts is
//!   when its turn comes.

use indexmap::IndexMap;
use openapiv3::{Header, Info, ReferenceOr, RequestBody, Response, SecurityRequirement, Tag};
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use super::{
    objects::{Parameter, SecurityScheme},
    path::Path,
};
use crate::diagnostics::{Code, Diagnostics};

/// What a document says of all its operations.
#[derive(Debug, Default)]
pub(crate) struct OpenApi {
    pub(crate) info: Info,
    pub(crate) security: Vec<SecurityRequirement>,
    pub(crate) tags: Vec<Tag>,
    pub(crate) components: Components,
}

/// What a `$ref` leads to by a name, but for schemas and path items.
#[derive(Debug, Default)]
pub(crate) struct Components {
    pub(crate) responses: IndexMap<String, ReferenceOr<Response>>,
    pub(crate) parameters: IndexMap<String, ReferenceOr<Parameter>>,
    pub(crate) request_bodies: IndexMap<String, ReferenceOr<RequestBody>>,
    pub(crate) headers: IndexMap<String, ReferenceOr<Header>>,
    pub(crate) security_schemes: IndexMap<String, ReferenceOr<SecurityScheme>>,
}

/// Types `root`, and takes out of it what has no type.
pub(super) fn document(root: &mut Value, diagnostics: &mut Diagnostics) -> OpenApi {
    let Value::Object(root) = root else {
        return OpenApi::default();
    };
    let mut pieces = Pieces { diagnostics };
    let at = Path::Root;
    OpenApi {
        info: pieces.member(root, &at, "info"),
        security: pieces.member(root, &at, "security"),
        tags: pieces.member(root, &at, "tags"),
        components: pieces.components(root),
    }
}

struct Pieces<'d> {
    diagnostics: &'d mut Diagnostics,
}

impl Pieces<'_> {
    fn piece<T: DeserializeOwned>(&mut self, value: &Value, path: &Path<'_>) -> Option<T> {
        T::deserialize(&around_schemas(value))
            .inspect_err(|error| {
                let message = format!("this cannot be read: {error}");
                self.diagnostics.report(Code::WrongShape, &path.pointer(), message);
            })
            .ok()
    }

    fn member<T: DeserializeOwned + Default>(
        &mut self,
        parent: &mut Map<String, Value>,
        at: &Path<'_>,
        name: &str,
    ) -> T {
        let Some(value) = parent.get(name) else {
            return T::default();
        };
        let piece = self.piece(value, &at.key(name));
        if piece.is_none() {
            parent.shift_remove(name);
        }
        piece.unwrap_or_default()
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
            let piece = self.piece(value, &at.key(key));
            piece.map(|piece| pieces.insert(key.clone(), piece)).is_some()
        });
        pieces
    }

    fn components(&mut self, root: &mut Map<String, Value>) -> Components {
        let Some(Value::Object(components)) = root.get_mut("components") else {
            return Components::default();
        };
        let at = Path::Root;
        let at = at.key("components");
        Components {
            responses: self.map(components, &at, "responses"),
            parameters: self.map(components, &at, "parameters"),
            request_bodies: self.map(components, &at, "requestBodies"),
            headers: self.map(components, &at, "headers"),
            security_schemes: self.map(components, &at, "securitySchemes"),
        }
    }
}

/// The members whose own members have names of the document's choice.
const MAPS: [&str; 5] = ["headers", "content", "encoding", "variables", "responses"];

/// What stands around schemas, for readers that need not understand these: an empty one takes the place of each. What
/// they might refuse and nobody asks them for is left out.
pub(super) fn around_schemas(value: &Value) -> Value {
    around(value, false)
}

fn around(value: &Value, is_map: bool) -> Value {
    match value {
        Value::Object(members) => {
            let members = members.iter().filter_map(|(name, member)| {
                let member = match name.as_str() {
                    "parameters" | "callbacks" | "links" | "itemSchema" if !is_map => return None,
                    "schema" if !is_map => Value::Object(Map::new()),
                    "example" | "examples" if !is_map => member.clone(),
                    word if word.starts_with("x-") => member.clone(),
                    word => around(member, !is_map && MAPS.contains(&word)),
                };
                Some((name.clone(), member))
            });
            Value::Object(members.collect())
        }
        Value::Array(items) => Value::Array(items.iter().map(|item| around(item, false)).collect()),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => value.clone(),
    }
}
