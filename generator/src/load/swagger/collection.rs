//! `collectionFormat` in, the words for how a list is written out: a style where there is one that says it, else delimiters,
//! the outermost list's first.

use serde_json::{Map, Value, json};

use super::Translation;
use crate::{diagnostics::Code, ir::Pointer};

/// Where a list is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Location {
    /// Query, cookie, or a form in the style of a query: pairs of a name and a value.
    Pairs,
    /// Path, header, or the header of an answer: the value alone.
    Value,
    /// A multipart form: a part for each value.
    Parts,
}

/// A list within lists.
struct Level<'s> {
    format: &'s str,
    place: Pointer,
}

impl<'s> Translation<'s> {
    /// What `schema`, which stands at `place`, says of how its lists are written.
    pub(super) fn collection(&mut self, schema: &'s Value, place: &Pointer, location: Location) -> Map<String, Value> {
        let levels = levels(schema, place);
        let Some((outer, inner)) = levels.split_first() else {
            return Map::new();
        };
        let exploded = outer.format == "multi" && location != Location::Value;
        let words = match (location, outer.format, inner.is_empty()) {
            (Location::Pairs, "csv", true) => json!({ "style": "form", "explode": false }),
            (Location::Pairs, "ssv", true) => json!({ "style": "spaceDelimited", "explode": false }),
            (Location::Pairs, "pipes", true) => json!({ "style": "pipeDelimited", "explode": false }),
            (Location::Value, "csv", true) => json!({}),
            (_, _, true) if exploded => json!({}),
            _ => {
                let first = if exploded { inner } else { &levels };
                let delimiters: Vec<&str> = first.iter().map(|level| delimiter(level.format)).collect();
                json!({ "explode": exploded, "delimiters": delimiters })
            }
        };
        let misplaced = if exploded { inner } else { &levels };
        for level in misplaced.iter().filter(|level| level.format == "multi") {
            let message = "`multi` is for the outermost list of a query or a form; it is read as `csv`";
            self.report(Code::WrongShape, &level.place.child("collectionFormat"), message);
        }
        match words {
            Value::Object(words) => words,
            _ => Map::new(),
        }
    }
}

fn delimiter(format: &str) -> &'static str {
    match format {
        "ssv" => "space",
        "tsv" => "tab",
        "pipes" => "pipe",
        _ => "comma",
    }
}

/// The list that a schema describes, the lists that are its items, and so on.
fn levels<'s>(schema: &'s Value, place: &Pointer) -> Vec<Level<'s>> {
    let mut levels = Vec::new();
    let (mut schema, mut place) = (schema, place.clone());
    while schema.get("type").is_some_and(|ty| ty == "array") {
        levels.push(Level {
            format: schema.get("collectionFormat").and_then(Value::as_str).unwrap_or("csv"),
            place: place.clone(),
        });
        let Some(items) = schema.get("items") else { break };
        (schema, place) = (items, place.child("items"));
    }
    levels
}

/// The same schema without what is not one's business.
pub(super) fn without_format(schema: &Value) -> Value {
    let mut schema = schema.clone();
    let mut next = Some(&mut schema);
    while let Some(Value::Object(members)) = next {
        members.shift_remove("collectionFormat");
        next = members.get_mut("items");
    }
    schema
}
