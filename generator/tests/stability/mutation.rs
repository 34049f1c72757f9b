//! A document in, ways to change one thing of it out.

use std::fmt;

use fastrand::Rng;
use serde_json::{Map, Value, json};

use crate::names::What;

/// What can be done, and where.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    RemoveSchema,
    RenameSchema,
    AddSchema,
    RemoveOperation,
    RenameOperation,
    AddOperation,
    RemoveTag,
    RenameTag,
    RemoveProperty,
    RenameProperty,
    AddProperty,
    RemoveParameter,
    RenameParameter,
    RemoveValue,
    RenameValue,
    ReverseSchemas,
    ReversePaths,
    ReverseProperties,
    RemoveWebhook,
    RenameWebhook,
    AddWebhook,
    ReverseWebhooks,
    TwinSchema,
    TwinProperty,
    TwinValue,
    TwinParameter,
    ParameterElsewhere,
    TwinOperation,
    TwinWebhook,
    FirstArm,
}

pub(crate) const KINDS: [Kind; 30] = [
    Kind::RemoveSchema,
    Kind::RenameSchema,
    Kind::AddSchema,
    Kind::RemoveOperation,
    Kind::RenameOperation,
    Kind::AddOperation,
    Kind::RemoveTag,
    Kind::RenameTag,
    Kind::RemoveProperty,
    Kind::RenameProperty,
    Kind::AddProperty,
    Kind::RemoveParameter,
    Kind::RenameParameter,
    Kind::RemoveValue,
    Kind::RenameValue,
    Kind::ReverseSchemas,
    Kind::ReversePaths,
    Kind::ReverseProperties,
    Kind::RemoveWebhook,
    Kind::RenameWebhook,
    Kind::AddWebhook,
    Kind::ReverseWebhooks,
    Kind::TwinSchema,
    Kind::TwinProperty,
    Kind::TwinValue,
    Kind::TwinParameter,
    Kind::ParameterElsewhere,
    Kind::TwinOperation,
    Kind::TwinWebhook,
    Kind::FirstArm,
];

/// One change of a document.
#[derive(Debug, Clone)]
pub(crate) struct Mutation {
    kind: Kind,
    /// The map or list that changes.
    at: String,
    /// The key or position in it.
    key: String,
    /// The operations that it is about, as `GET /pets`.
    about: Vec<String>,
}

impl fmt::Display for Mutation {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{:?} {} in {}", self.kind, self.key, self.at)
    }
}

const METHODS: [&str; 8] = ["get", "put", "post", "delete", "options", "head", "patch", "trace"];

impl Kind {
    /// This change, at every place where it can be made.
    pub(crate) fn everywhere(self, document: &Value) -> Vec<Mutation> {
        let one = |at: &str, key: &str, about: Vec<String>| Mutation {
            kind: self,
            at: at.to_owned(),
            key: key.to_owned(),
            about,
        };
        let keys_of = |at: &str| -> Vec<Mutation> {
            let map = document.pointer(at).and_then(Value::as_object);
            map.into_iter()
                .flat_map(Map::keys)
                .map(|key| one(at, key, Vec::new()))
                .collect()
        };
        match self {
            Self::RemoveSchema | Self::RenameSchema | Self::AddSchema | Self::TwinSchema => {
                keys_of("/components/schemas")
            }
            Self::RemoveOperation | Self::RenameOperation | Self::AddOperation | Self::TwinOperation => {
                operations(document)
                    .into_iter()
                    .map(|(path, method, _)| {
                        let at = format!("/paths/{}", escaped(path));
                        let same = document["paths"].as_object().into_iter().flatten();
                        let same = same.filter(|(_, item)| {
                            item.get("$ref").and_then(Value::as_str).is_some_and(|to| to[1..] == at)
                        });
                        let about = same.map(|(path, _)| path.as_str()).chain([path]);
                        one(&at, method, about.map(|path| key(path, method)).collect())
                    })
                    .collect()
            }
            Self::RemoveTag | Self::RenameTag => {
                let mut tags: Vec<&str> = operations(document).iter().filter_map(|(.., it)| tag(it)).collect();
                tags.sort_unstable();
                tags.dedup();
                let having = |wanted| {
                    let all = operations(document).into_iter();
                    let having = all.filter(move |(.., operation)| tag(operation) == Some(wanted));
                    having.map(|(path, method, _)| key(path, method)).collect()
                };
                tags.into_iter().map(|tag| one("", tag, having(tag))).collect()
            }
            Self::RemoveProperty | Self::RenameProperty | Self::AddProperty | Self::TwinProperty => {
                places(document, "properties")
                    .iter()
                    .flat_map(|at| keys_of(at))
                    .collect()
            }
            Self::FirstArm => {
                let lists = ["oneOf", "anyOf"].iter().flat_map(|name| places(document, name));
                lists.map(|at| one(&at, "0", Vec::new())).collect()
            }
            Self::RemoveParameter
            | Self::RenameParameter
            | Self::TwinParameter
            | Self::ParameterElsewhere
            | Self::RemoveValue
            | Self::RenameValue
            | Self::TwinValue => {
                let is_of_values = matches!(self, Self::RemoveValue | Self::RenameValue | Self::TwinValue);
                let name = if is_of_values { "enum" } else { "parameters" };
                let items = |at: &String| -> Vec<Mutation> {
                    let items = document.pointer(at).and_then(Value::as_array);
                    let items = items.into_iter().flatten().enumerate();
                    items
                        .map(|(index, _)| one(at, &index.to_string(), Vec::new()))
                        .collect()
                };
                places(document, name).iter().flat_map(items).collect()
            }
            Self::RemoveWebhook | Self::RenameWebhook | Self::AddWebhook | Self::TwinWebhook => keys_of("/x-webhooks"),
            Self::ReverseWebhooks => vec![one("/x-webhooks", "all", Vec::new())],
            Self::ReverseSchemas => vec![one("/components/schemas", "all", Vec::new())],
            Self::ReversePaths => vec![one("/paths", "all", Vec::new())],
            Self::ReverseProperties => places(document, "properties")
                .iter()
                .map(|at| one(at, "all", Vec::new()))
                .collect(),
        }
    }
}

/// So many changes of a document, of every kind in turn.
pub(crate) fn some(document: &Value, times: usize, random: &mut Rng) -> Vec<Mutation> {
    let mut kinds: Vec<Vec<Mutation>> = KINDS.iter().map(|kind| kind.everywhere(document)).collect();
    let mut some = Vec::new();
    while some.len() < times && kinds.iter().any(|mutations| !mutations.is_empty()) {
        for mutations in kinds.iter_mut().filter(|mutations| !mutations.is_empty()) {
            some.push(mutations.swap_remove(random.usize(..mutations.len())));
        }
    }
    some
}

impl Mutation {
    /// Whether it is no wonder that this is called otherwise afterwards.
    pub(crate) fn is_about(&self, what: &What) -> bool {
        if matches!(self.kind, Kind::RemoveProperty | Kind::RenameProperty) {
            // An alternative is called after its constant.
            let list = self.at.strip_suffix("/properties").and_then(|arm| arm.rsplit_once('/'));
            return list.is_some_and(|(list, _)| what.id.starts_with(&format!("#{list}/{{")))
                && what.id.contains(&format!("\"{}\":{{\"const\":", self.key));
        }
        let renames = matches!(self.kind, Kind::RenameOperation | Kind::RemoveTag | Kind::RenameTag);
        renames
            && self.about.iter().any(|operation| {
                let (method, path) = operation.split_once(' ').unwrap();
                let inside = format!("#/paths/{}/{}/", escaped(path), method.to_lowercase());
                let shared = format!("#/paths/{}/parameters/", escaped(path));
                what.id == *operation
                    || what.id.starts_with(&format!("{operation} "))
                    || what.id.starts_with(&inside)
                    || what.id.starts_with(&shared)
            })
    }

    /// Whether it brings something that would have the name of something else.
    pub(crate) fn makes_twins(&self) -> bool {
        matches!(
            self.kind,
            Kind::TwinSchema
                | Kind::TwinProperty
                | Kind::TwinValue
                | Kind::TwinParameter
                | Kind::ParameterElsewhere
                | Kind::TwinOperation
                | Kind::TwinWebhook
                | Kind::FirstArm
        )
    }

    pub(crate) fn apply(&self, document: &Value) -> Value {
        let mut changed = document.clone();
        match self.kind {
            Kind::RenameSchema => {
                let renamed = format!("Aa{}Renamed", self.key);
                rename(
                    changed.pointer_mut(&self.at).and_then(Value::as_object_mut).unwrap(),
                    &self.key,
                    &renamed,
                );
                let place = |name: &str| format!("#/components/schemas/{}", escaped(name));
                redirect(&mut changed, &place(&self.key), &place(&renamed));
            }
            Kind::RemoveTag | Kind::RenameTag => self.change_tags(&mut changed),
            _ => match changed.pointer_mut(&self.at) {
                Some(Value::Object(map)) => self.change_map(map),
                Some(Value::Array(items)) => self.change_list(items),
                // There is nothing to turn around.
                _ => {}
            },
        }
        if self.kind == Kind::AddOperation {
            add_path(&mut changed, &self.at, &self.key);
        }
        changed
    }

    fn change_map(&self, map: &mut Map<String, Value>) {
        match self.kind {
            Kind::RemoveSchema | Kind::RemoveOperation | Kind::RemoveProperty | Kind::RemoveWebhook => {
                map.shift_remove(&self.key);
            }
            Kind::AddSchema => {
                let own = map[&self.key].clone();
                let properties =
                    json!({ "type": "object", "properties": { "id": { "type": "string", "enum": ["a"] } } });
                map.shift_insert(0, format!("Aa{}", self.key), own);
                map.insert(format!("{}Zz", self.key), properties);
            }
            Kind::RenameProperty | Kind::RenameWebhook => {
                rename(map, &self.key, &format!("aa_{}", self.key));
            }
            Kind::AddProperty | Kind::AddWebhook => {
                let own = map[&self.key].clone();
                map.shift_insert(0, format!("aa_{}", self.key), own);
            }
            Kind::TwinSchema | Kind::TwinProperty | Kind::TwinWebhook => {
                let own = map[&self.key].clone();
                map.shift_insert(0, twin(&self.key), own);
            }
            // With the same id, if it has one, and else with none.
            Kind::TwinOperation => {
                let own = map[&self.key].clone();
                for method in METHODS
                    .iter()
                    .filter(|method| !["head", "trace", "options"].contains(*method))
                {
                    if !map.contains_key(*method) {
                        map.shift_insert(0, (*method).to_owned(), own.clone());
                    }
                }
            }
            Kind::RenameOperation => {
                if let Some(operation) = map[&self.key].as_object_mut() {
                    operation.insert("operationId".to_owned(), json!("aaRenamed"));
                }
            }
            Kind::ReverseSchemas | Kind::ReversePaths | Kind::ReverseProperties | Kind::ReverseWebhooks => {
                *map = std::mem::take(map).into_iter().rev().collect();
            }
            _ => {}
        }
    }

    fn change_list(&self, items: &mut Vec<Value>) {
        let index: usize = self.key.parse().unwrap();
        let is_in = |item: &Value, place: &str| item.get("in").is_some_and(|location| location == place);
        match (self.kind, items.get_mut(index).unwrap()) {
            (Kind::RenameValue, Value::String(text)) => text.insert_str(0, "aa_"),
            // One of a path has its name in the path too.
            (Kind::RenameParameter, parameter) if is_in(parameter, "query") => {
                let name = parameter["name"].as_str().unwrap();
                parameter["name"] = json!(format!("aa_{name}"));
            }
            (Kind::RemoveParameter, parameter) if !is_in(parameter, "path") => {
                items.remove(index);
            }
            (Kind::TwinParameter, parameter) if is_in(parameter, "query") => {
                let mut own = parameter.clone();
                own["name"] = json!(twin(own["name"].as_str().unwrap()));
                own["required"] = json!(false);
                items.insert(0, own);
            }
            (Kind::ParameterElsewhere, parameter) if is_in(parameter, "query") => {
                let mut own = parameter.clone();
                own["in"] = json!("cookie");
                own["required"] = json!(false);
                items.insert(0, own);
            }
            (Kind::TwinValue, Value::String(text)) => {
                let twin = json!(twin(text));
                items.insert(0, twin);
            }
            (Kind::FirstArm, _) => {
                let properties = json!({ "aaFirst": { "type": "string" } });
                items.insert(
                    0,
                    json!({ "type": "object", "required": ["aaFirst"], "properties": properties }),
                );
            }
            (Kind::RemoveValue, _) => {
                items.remove(index);
            }
            _ => {}
        }
    }

    fn change_tags(&self, document: &mut Value) {
        let paths = document["paths"].as_object_mut().unwrap();
        let operations = paths
            .values_mut()
            .filter_map(Value::as_object_mut)
            .flat_map(Map::values_mut);
        for tags in operations
            .filter_map(|operation| operation.get_mut("tags"))
            .filter_map(Value::as_array_mut)
        {
            for tag in tags.iter_mut().filter(|tag| **tag == self.key) {
                *tag = json!(format!("aa {}", self.key));
            }
            if self.kind == Kind::RemoveTag {
                tags.retain(|tag| *tag != format!("aa {}", self.key));
            }
        }
    }
}

/// A copy of the path's item, so that everything in it is there twice, as another path with ids of its own.
fn add_path(document: &mut Value, at: &str, method: &str) {
    let item = document.pointer(at).unwrap();
    let mut copy: Map<String, Value> = item.as_object().unwrap().clone();
    copy.retain(|key, _| key == method || key == "parameters");
    if let Some(Value::String(id)) = copy
        .get_mut(method)
        .and_then(|operation| operation.get_mut("operationId"))
    {
        id.push_str("_aaMore");
    }
    let path = at.trim_start_matches("/paths/").replace("~1", "/").replace("~0", "~");
    let paths = document["paths"].as_object_mut().unwrap();
    paths.shift_insert(0, format!("{path}/aa-more"), Value::Object(copy));
}

/// A text of the same words.
fn twin(text: &str) -> String {
    if text.contains('_') {
        text.replace('_', "-")
    } else if text.contains('-') {
        text.replace('-', "_")
    } else if text.contains(char::is_lowercase) {
        text.to_uppercase()
    } else {
        text.to_lowercase()
    }
}

fn operations(document: &Value) -> Vec<(&str, &'static str, &Value)> {
    let paths = document.get("paths").and_then(Value::as_object).into_iter().flatten();
    // A reference to another path has its operations too: twins.
    let own = paths.filter(|(_, item)| item.get("$ref").is_none());
    own.flat_map(|(path, item)| {
        let operation = move |method: &&'static str| Some((path.as_str(), *method, item.get(*method)?));
        METHODS.iter().filter_map(operation)
    })
    .collect()
}

fn tag(operation: &Value) -> Option<&str> {
    operation.get("tags")?.get(0)?.as_str()
}

fn key(path: &str, method: &str) -> String {
    format!("{} {path}", method.to_uppercase())
}

fn escaped(token: &str) -> String {
    token.replace('~', "~0").replace('/', "~1")
}

fn rename(map: &mut Map<String, Value>, key: &str, renamed: &str) {
    let index = map.keys().position(|known| known == key).unwrap();
    let own = map.shift_remove(key).unwrap();
    map.shift_insert(index, renamed.to_owned(), own);
}

/// Lets everything that refers to `from`, or into it, refer to `to`.
fn redirect(value: &mut Value, from: &str, to: &str) {
    match value {
        Value::String(text) => {
            if let Some(rest) = text.strip_prefix(from)
                && (rest.is_empty() || rest.starts_with('/'))
            {
                *text = format!("{to}{rest}");
            }
        }
        Value::Array(items) => items.iter_mut().for_each(|item| redirect(item, from, to)),
        Value::Object(map) => map.values_mut().for_each(|value| redirect(value, from, to)),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

/// Where `name` is a keyword: neither in an example nor the name of a property.
fn places(document: &Value, name: &str) -> Vec<String> {
    let mut places = Vec::new();
    walk(document, "", name, false, &mut places);
    places
}

fn walk(value: &Value, at: &str, name: &str, is_map: bool, places: &mut Vec<String>) {
    match value {
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                walk(item, &format!("{at}/{index}"), name, false, places);
            }
        }
        Value::Object(map) => {
            for (key, value) in map {
                let place = format!("{at}/{}", escaped(key));
                if is_map {
                    walk(value, &place, name, false, places);
                } else if !["example", "examples", "default", "components"].contains(&key.as_str())
                    && !key.starts_with("x-")
                    || at.is_empty()
                {
                    if key == name && (value.is_array() || value.is_object()) {
                        places.push(place.clone());
                    }
                    let holds_names = ["properties", "schemas", "paths", "responses", "headers", "parameters"];
                    walk(value, &place, name, holds_names.contains(&key.as_str()), places);
                }
            }
        }
        _ => {}
    }
}
