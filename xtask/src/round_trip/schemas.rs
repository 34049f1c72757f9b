//! A document in, its component schemas out: as a document of their own for the generator, and as JSON Schema for whoever makes
//! instances.
//!
//! What OpenAPI says in its own way becomes JSON Schema's: `nullable`, limits of 3.0 that are exclusive, and tags: an instance
//! with the tag of an heir or an arm is an instance of that. No type says a `pattern`, and without it there are more instances.
//! Values of an `enum` are of its `type` by their spelling, or else they count. What has `properties` is an object, and what has `items` an array, as everybody means it who writes them.

use indexmap::IndexSet;
use serde_json::{Map, Value, json};

/// Keywords whose value is a schema, and a list of them.
const ONE: [&str; 3] = ["items", "additionalProperties", "not"];
const SEVERAL: [&str; 4] = ["allOf", "oneOf", "anyOf", "prefixItems"];

/// What else says what is valid; everything else is left out.
const KEPT: [&str; 17] = [
    "const",
    "enum",
    "exclusiveMaximum",
    "exclusiveMinimum",
    "format",
    "maxItems",
    "maxLength",
    "maxProperties",
    "maximum",
    "minItems",
    "minLength",
    "minProperties",
    "minimum",
    "multipleOf",
    "required",
    "type",
    "uniqueItems",
];

/// The component schemas of a document.
#[derive(Debug)]
pub(super) struct Schemas {
    /// What the generator is given.
    pub(super) document: Value,
    /// Their names; what is made of them has their position.
    pub(super) names: IndexSet<String>,
}

impl Schemas {
    /// None where the document is of no version that has them, or has none.
    pub(super) fn of(document: &Value) -> Option<Self> {
        let schemas = document.pointer("/components/schemas")?.as_object()?;
        let names: IndexSet<String> = schemas.keys().cloned().collect();
        if names.is_empty() {
            return None;
        }
        let document = json!({
            "openapi": document.get("openapi")?,
            "info": { "title": "Round trip", "version": "1" },
            "paths": {},
            "components": { "schemas": schemas },
        });
        Some(Self { document, names })
    }

    /// The same as JSON Schema, with what `instances.mjs` asks beside them.
    pub(super) fn plain(&self) -> Value {
        let mut definitions = Map::new();
        for (position, name) in self.names.iter().enumerate() {
            let schema = self.schema(self.of_name(name));
            let heirs = self.heirs(name);
            if heirs.is_empty() {
                definitions.insert(format!("s{position}"), schema);
                continue;
            }
            let property = tag_property(self.of_name(name)).unwrap_or_default();
            let tags: Vec<&String> = heirs.iter().map(|(tag, _)| tag).collect();
            let other = json!({ "properties": { property: { "not": { "enum": tags } } } });
            let mut arms = vec![json!({ "allOf": [{ "$ref": base(position) }, other] })];
            arms.extend(heirs.iter().map(|(tag, heir)| self.tagged(heir, property, tag)));
            definitions.insert(format!("s{position}"), json!({ "anyOf": arms }));
            definitions.insert(format!("base{position}"), schema);
        }
        json!({ "$defs": definitions, "positions": self.names.len() })
    }

    fn schema(&self, schema: &Value) -> Value {
        let Value::Object(schema) = schema else {
            return schema.clone();
        };
        if let Some(Value::String(reference)) = schema.get("$ref") {
            return json!({ "$ref": self.reference(reference) });
        }
        let mut plain = Map::new();
        for (name, value) in schema {
            let value = match (name.as_str(), value) {
                (name, value) if ONE.contains(&name) => self.schema(value),
                ("properties", Value::Object(schemas)) => {
                    let schemas = schemas.iter().map(|(name, schema)| (name.clone(), self.schema(schema)));
                    Value::Object(schemas.collect())
                }
                (name, Value::Array(parts)) if SEVERAL.contains(&name) => {
                    parts.iter().map(|part| self.part(part, name, schema)).collect()
                }
                (name, value) if KEPT.contains(&name) => value.clone(),
                _ => continue,
            };
            plain.insert(name.clone(), value);
        }
        let kind = [("properties", "object"), ("items", "array")];
        if let Some((_, kind)) = kind.into_iter().find(|(keyword, _)| plain.contains_key(*keyword)) {
            plain.entry("type").or_insert_with(|| json!(kind));
        }
        believe_values(&mut plain);
        permit_null(schema, &mut plain);
        let encoding = schema.get("contentEncoding").and_then(Value::as_str);
        let format = [("base64", "byte"), ("base64url", "base64url")];
        if let Some((_, format)) = format.into_iter().find(|(name, _)| encoding == Some(name)) {
            plain.insert("format".to_owned(), json!(format));
        }
        limit_unsigned(&mut plain);
        exclude_limits(&mut plain);
        Value::Object(plain)
    }

    /// A part of `keyword` of the schema `whole`.
    fn part(&self, part: &Value, keyword: &str, whole: &Map<String, Value>) -> Value {
        let plain = self.schema(part);
        let Some(position) = position(&plain) else {
            return plain;
        };
        let Some(name) = self.names.get_index(position) else {
            return plain;
        };
        if keyword == "allOf" {
            let is_base = !self.heirs(name).is_empty();
            return if is_base {
                json!({ "$ref": base(position) })
            } else {
                plain
            };
        }
        let Some(property) = tag_property_of(whole) else {
            return plain;
        };
        let place = format!("#/$defs/s{position}");
        let arms: Vec<Value> = self
            .tags(whole, name, &place)
            .iter()
            .map(|tag| self.tagged(&place, property, tag))
            .collect();
        json!({ "anyOf": arms })
    }

    /// The tags of the schema called `name`, at `place`, where `whole` has a discriminator.
    fn tags<'s>(&'s self, whole: &'s Map<String, Value>, name: &'s str, place: &str) -> Vec<&'s str> {
        let mapping = whole
            .get("discriminator")
            .and_then(|discriminator| discriminator.get("mapping"));
        let mapping = mapping.and_then(Value::as_object).into_iter().flatten();
        let leads_there = |target: &Value| {
            let target = target.as_str().unwrap_or_default();
            target == name || self.reference(target) == place
        };
        let tags = mapping
            .filter(|(_, target)| leads_there(target))
            .map(|(tag, _)| tag.as_str());
        let mut tags: Vec<&str> = tags.collect();
        let own = ["x-ms-discriminator-value", "x-discriminator-value"];
        tags.extend(
            own.iter()
                .filter_map(|keyword| self.of_name(name).get(keyword)?.as_str()),
        );
        if tags.is_empty() { vec![name] } else { tags }
    }

    /// What is at `place` and has this tag, unless it says itself which it has.
    fn tagged(&self, place: &str, property: &str, tag: &str) -> Value {
        let reference = json!({ "$ref": place });
        let name = position(&reference).and_then(|position| self.names.get_index(position));
        let schema = name.map_or(&Value::Null, |name| self.of_name(name));
        let parts = schema.get("allOf").and_then(Value::as_array).into_iter().flatten();
        let says = |part: &Value| {
            let tag = part.get("properties").and_then(|properties| properties.get(property));
            tag.is_some_and(|tag| tag.get("enum").or(tag.get("const")).is_some())
        };
        if parts.chain([schema]).any(says) {
            return reference;
        }
        let tag = json!({ "properties": { property: { "enum": [tag] } }, "required": [property] });
        json!({ "allOf": [reference, tag] })
    }

    fn of_name(&self, name: &str) -> &Value {
        let schemas = self.document.pointer("/components/schemas");
        schemas.and_then(|schemas| schemas.get(name)).unwrap_or(&Value::Null)
    }

    /// The schemas that are made of the one called `name`, where that has a discriminator and no arms: tags and places.
    fn heirs(&self, name: &str) -> Vec<(String, String)> {
        let Some(schema) = self.of_name(name).as_object() else {
            return Vec::new();
        };
        let has_arms = ["oneOf", "anyOf"].iter().any(|keyword| schema.contains_key(*keyword));
        if has_arms || tag_property_of(schema).is_none() {
            return Vec::new();
        }
        let mut heirs = Vec::new();
        for (position, heir) in self.names.iter().enumerate() {
            if heir != name && self.descends(heir, name, &mut Vec::new()) {
                let place = format!("#/$defs/s{position}");
                let tags = self.tags(schema, heir, &place);
                heirs.extend(tags.into_iter().map(|tag| (tag.to_owned(), place.clone())));
            }
        }
        heirs
    }

    /// Whether the schema called `heir` is made of the one called `base`, by any number of steps.
    fn descends<'s>(&'s self, heir: &'s str, base: &str, passed: &mut Vec<&'s str>) -> bool {
        if passed.contains(&heir) {
            return false;
        }
        passed.push(heir);
        let parts = self.of_name(heir).get("allOf").and_then(Value::as_array);
        let mut references = parts
            .into_iter()
            .flatten()
            .filter_map(|part| part.get("$ref")?.as_str());
        references.any(|reference| {
            let place = json!({ "$ref": self.reference(reference) });
            let parent = position(&place).and_then(|position| self.names.get_index(position));
            parent.is_some_and(|parent| parent == base || self.descends(parent, base, passed))
        })
    }

    /// Where a reference leads among the plain ones; what leads elsewhere leads nowhere there either.
    fn reference(&self, reference: &str) -> String {
        let place = reference.strip_prefix("#/components/schemas/").unwrap_or_default();
        let (token, below) = place.split_once('/').unwrap_or((place, ""));
        let name = token.replace("~1", "/").replace("~0", "~");
        let Some(position) = self.names.get_index_of(&name) else {
            return reference.to_owned();
        };
        let slash = if below.is_empty() { "" } else { "/" };
        format!("#/$defs/s{position}{slash}{below}")
    }
}

/// What the schema at a position says itself, without the heirs whose tags it has.
fn base(position: usize) -> String {
    format!("#/$defs/base{position}")
}

/// Which schema a plain reference is to.
fn position(plain: &Value) -> Option<usize> {
    plain.get("$ref")?.as_str()?.strip_prefix("#/$defs/s")?.parse().ok()
}

fn tag_property(schema: &Value) -> Option<&str> {
    tag_property_of(schema.as_object()?)
}

fn tag_property_of(schema: &Map<String, Value>) -> Option<&str> {
    schema.get("discriminator")?.get("propertyName")?.as_str()
}

/// Where no value is of the type, it is one by its spelling; and where that is none either, the values are what is sent.
fn believe_values(plain: &mut Map<String, Value>) {
    let Some(Value::String(kind)) = plain.get("type").cloned() else {
        return;
    };
    let Some(Value::Array(values)) = plain.get_mut("enum") else {
        return;
    };
    let is_of = |value: &Value| match kind.as_str() {
        "string" => value.is_string(),
        "boolean" => value.is_boolean(),
        "integer" | "number" => value.is_number(),
        _ => true,
    };
    if values.iter().any(is_of) {
        return;
    }
    let spelled = |value: &Value| match (kind.as_str(), value) {
        ("string", Value::Number(_) | Value::Bool(_)) => Some(Value::String(value.to_string())),
        ("integer" | "number", Value::String(text)) => text.parse().ok().map(Value::Number),
        _ => None,
    };
    match values.iter().map(spelled).collect::<Option<Vec<Value>>>() {
        Some(spelled) => *values = spelled,
        None => _ = plain.shift_remove("type"),
    }
}

/// A format that has no sign says so to those who know no formats.
fn limit_unsigned(plain: &mut Map<String, Value>) {
    let format = plain.get("format").and_then(Value::as_str);
    if format.is_some_and(|format| format.starts_with("uint")) {
        plain.entry("minimum").or_insert_with(|| json!(0));
    }
}

/// `nullable`, as 3.0 has it, is one more type, and one more value.
fn permit_null(schema: &Map<String, Value>, plain: &mut Map<String, Value>) {
    if schema.get("nullable") != Some(&Value::Bool(true)) {
        return;
    }
    let Some(Value::String(kind)) = plain.get("type").cloned() else {
        return;
    };
    plain.insert("type".to_owned(), json!([kind, "null"]));
    if let Some(Value::Array(values)) = plain.get_mut("enum")
        && !values.contains(&Value::Null)
    {
        values.push(Value::Null);
    }
}

/// In 3.0, that a limit is exclusive is said beside it.
fn exclude_limits(plain: &mut Map<String, Value>) {
    for (exclusive, limit) in [("exclusiveMinimum", "minimum"), ("exclusiveMaximum", "maximum")] {
        if let Some(Value::Bool(is_exclusive)) = plain.get(exclusive) {
            let limit = is_exclusive.then(|| plain.remove(limit)).flatten();
            plain.remove(exclusive);
            plain.extend(limit.map(|limit| (exclusive.to_owned(), limit)));
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::Schemas;

    fn plain(schemas: &Value) -> Option<Value> {
        let document = json!({ "openapi": "3.0.3", "components": { "schemas": schemas } });
        Some(Schemas::of(&document)?.plain().get_mut("$defs")?.take())
    }

    #[test]
    fn what_openapi_says_in_its_own_way_is_said_in_json_schemas() {
        let schemas = json!({
            "a/b": { "type": "integer", "nullable": true, "minimum": 1, "exclusiveMinimum": true, "description": "d" },
            "c": { "properties": { "type": { "$ref": "#/components/schemas/a~1b" } }, "required": ["type"] },
        });
        let expected = json!({
            "s0": { "type": ["integer", "null"], "exclusiveMinimum": 1 },
            "s1": { "properties": { "type": { "$ref": "#/$defs/s0" } }, "required": ["type"], "type": "object" },
        });
        assert_eq!(plain(&schemas), Some(expected));
        assert!(Schemas::of(&json!({ "swagger": "2.0" })).is_none());
    }

    #[test]
    fn values_count_where_none_is_of_the_type() {
        let schemas =
            json!({ "A": { "type": "integer", "enum": ["a"] }, "B": { "type": "integer", "enum": [1, "b"] } });
        let expected = json!({ "s0": { "enum": ["a"] }, "s1": { "type": "integer", "enum": [1, "b"] } });
        assert_eq!(plain(&schemas), Some(expected));
    }

    #[test]
    fn who_has_the_tag_of_an_heir_is_one() {
        let schemas = json!({
            "Pet": { "type": "object", "discriminator": { "propertyName": "kind" } },
            "Cat": { "allOf": [{ "$ref": "#/components/schemas/Pet" }] },
        });
        let tag = json!({ "properties": { "kind": { "enum": ["Cat"] } }, "required": ["kind"] });
        let other = json!({ "properties": { "kind": { "not": { "enum": ["Cat"] } } } });
        let expected = json!({
            "s0": { "anyOf": [
                { "allOf": [{ "$ref": "#/$defs/base0" }, other] },
                { "allOf": [{ "$ref": "#/$defs/s1" }, tag] },
            ] },
            "base0": { "type": "object" },
            "s1": { "allOf": [{ "$ref": "#/$defs/base0" }] },
        });
        assert_eq!(plain(&schemas), Some(expected));
    }
}
