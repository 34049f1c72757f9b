//! A document in OpenAPI 3.0 in, every object of it with what it is out, innermost first.

use std::collections::BTreeSet;

use serde_json::{Map, Value};

/// What an object of a document is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    Document,
    Components,
    PathItem,
    Operation,
    Callback,
    Parameter,
    Header,
    RequestBody,
    Response,
    MediaType,
    Encoding,
    Schema,
    SecurityScheme,
}

/// How objects stand in the one that holds them.
#[derive(Debug, Clone, Copy)]
enum Hold {
    One,
    List,
    Map,
}

/// Under which keys an object of a kind holds others.
fn children(kind: Kind) -> &'static [(&'static str, Hold, Kind)] {
    use self::{
        Hold::{List, Map, One},
        Kind::{
            Callback, Components, Document, Encoding, Header, MediaType, Operation, Parameter, PathItem, RequestBody,
            Response, Schema, SecurityScheme,
        },
    };
    match kind {
        Document => &[("paths", Map, PathItem), ("components", One, Components)],
        Components => &[
            ("schemas", Map, Schema),
            ("responses", Map, Response),
            ("parameters", Map, Parameter),
            ("requestBodies", Map, RequestBody),
            ("headers", Map, Header),
            ("callbacks", Map, Callback),
            ("securitySchemes", Map, SecurityScheme),
        ],
        PathItem => &[
            ("parameters", List, Parameter),
            ("get", One, Operation),
            ("put", One, Operation),
            ("post", One, Operation),
            ("delete", One, Operation),
            ("options", One, Operation),
            ("head", One, Operation),
            ("patch", One, Operation),
            ("trace", One, Operation),
        ],
        Operation => &[
            ("parameters", List, Parameter),
            ("requestBody", One, RequestBody),
            ("responses", Map, Response),
            ("callbacks", Map, Callback),
        ],
        Parameter | Header => &[("schema", One, Schema), ("content", Map, MediaType)],
        RequestBody => &[("content", Map, MediaType)],
        Response => &[("headers", Map, Header), ("content", Map, MediaType)],
        MediaType => &[("schema", One, Schema), ("encoding", Map, Encoding)],
        Encoding => &[("headers", Map, Header)],
        Schema => &[
            ("properties", Map, Schema),
            ("items", One, Schema),
            ("additionalProperties", One, Schema),
            ("allOf", List, Schema),
            ("oneOf", List, Schema),
            ("anyOf", List, Schema),
            ("not", One, Schema),
        ],
        SecurityScheme | Callback => &[],
    }
}

type Visit<'v> = dyn FnMut(Kind, &mut Map<String, Value>, &str) + 'v;

/// Calls `visit` with every object and its pointer; what an object holds is visited before it.
///
/// Schemas that lie in no place for schemas, and are referred to all the same, are visited too.
pub(super) fn walk(document: &mut Value, visit: &mut Visit<'_>) {
    let mut targets = BTreeSet::new();
    references(document, &mut targets);
    let mut walker = Walker {
        visit,
        seen: BTreeSet::new(),
    };
    walker.object(document, Kind::Document, "");
    for target in targets {
        if !walker.seen.contains(&target)
            && let Some(value) = document.pointer_mut(&target)
        {
            walker.object(value, Kind::Schema, &target);
        }
    }
}

struct Walker<'v, 'f> {
    visit: &'v mut Visit<'f>,
    seen: BTreeSet<String>,
}

impl Walker<'_, '_> {
    fn object(&mut self, value: &mut Value, kind: Kind, pointer: &str) {
        let Value::Object(map) = value else {
            return;
        };
        if !self.seen.insert(pointer.to_owned()) {
            return;
        }
        if kind == Kind::Callback {
            self.all(map, Kind::PathItem, pointer, true);
        }
        let has_extensions = matches!(kind, Kind::Document | Kind::Operation);
        for (key, hold, kind) in children(kind) {
            let pointer = format!("{pointer}/{key}");
            match (map.get_mut(*key), hold) {
                (Some(one), Hold::One) => self.object(one, *kind, &pointer),
                (Some(Value::Array(list)), Hold::List) => {
                    for (index, item) in list.iter_mut().enumerate() {
                        self.object(item, *kind, &format!("{pointer}/{index}"));
                    }
                }
                (Some(Value::Object(members)), Hold::Map) => self.all(members, *kind, &pointer, has_extensions),
                _ => {}
            }
        }
        (self.visit)(kind, map, pointer);
    }

    /// All members of an object; where names are patterns, an extension may stand among them.
    fn all(&mut self, members: &mut Map<String, Value>, kind: Kind, pointer: &str, has_extensions: bool) {
        for (name, member) in members.iter_mut() {
            if !has_extensions || !name.starts_with("x-") {
                let name = name.replace('~', "~0").replace('/', "~1");
                self.object(member, kind, &format!("{pointer}/{name}"));
            }
        }
    }
}

/// Where the references within the document lead, as pointers.
fn references(value: &Value, targets: &mut BTreeSet<String>) {
    match value {
        Value::Array(items) => items.iter().for_each(|item| references(item, targets)),
        Value::Object(members) => {
            let target = members.get("$ref").and_then(Value::as_str);
            if let Some(pointer) = target.and_then(|target| target.strip_prefix('#')) {
                targets.insert(pointer.to_owned());
            }
            members.values().for_each(|member| references(member, targets));
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}
