//! Random values of the unions of a document in; each is decoded and encoded again, and the same has to come out.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod random;

use std::env;

use random::Random;
use serde_json::{Map, Value, json};

/// What became of a value: its JSON, and whether no arm took it.
type Echo = fn(&str) -> Result<(Vec<u8>, bool), serde_json::Error>;

#[macro_export]
macro_rules! table {
    ($($name:ident)*) => {
        &[$((stringify!($name), |json: &str| {
            let read: it::models::$name = it::runtime::json::from_str(json)?;
            let is_unknown = matches!(read, it::models::$name::Unknown(_));
            Ok((it::runtime::json::to_vec(&read)?, is_unknown))
        })),*]
    };
}

const TABLE: &[(&str, Echo)] = include!("table.rs");

#[test]
fn what_is_read_is_written_the_same() {
    let document: Value = serde_json::from_str(include_str!("document.json")).unwrap();
    let values: usize = env::var("UNION_VALUES").unwrap().parse().unwrap();
    let seed: u64 = env::var("UNION_SEED").unwrap().parse().unwrap();
    let mut making = Making {
        random: Random(seed),
        schemas: &document["components"]["schemas"],
    };
    let (mut unknown, mut lost) = (0, 0);
    for index in 0..values {
        let (name, echo) = TABLE[index % TABLE.len()];
        let value = making.value(&making.schemas[name], 6);
        let written = echo(&value.to_string());
        let is_same = match &written {
            Ok((json, is_unknown)) => {
                unknown += usize::from(*is_unknown);
                is_same(&value, &serde_json::from_slice(json).unwrap())
            }
            Err(_) => false,
        };
        if !is_same {
            lost += 1;
            if lost <= 10 {
                let written = written.map(|(json, _)| String::from_utf8(json).unwrap());
                println!("{name} {}\n{value}\n{written:?}\n", making.schemas[name]);
            }
        }
    }
    println!("{values} values of {} unions: {lost} lost, {unknown} of no arm", TABLE.len());
    assert_eq!(lost, 0);
    assert!(unknown * 20 < values, "{unknown} values of {values} are of no arm");
}

/// Whether two values are the same, with all digits of their numbers.
fn is_same(one: &Value, other: &Value) -> bool {
    match (one, other) {
        (Value::Number(one), Value::Number(other)) => {
            let exact = |number: &serde_json::Number| {
                let float = number.as_f64().filter(|float| number.is_f64() && float.fract() == 0.0);
                float.map_or_else(|| number.to_string(), |float| format!("{float:.0}"))
            };
            exact(one) == exact(other)
        }
        (Value::Array(ones), Value::Array(others)) => {
            ones.len() == others.len() && ones.iter().zip(others).all(|(one, other)| is_same(one, other))
        }
        (Value::Object(ones), Value::Object(others)) => {
            let is_there = |(name, one)| others.get(name).is_some_and(|other| is_same(one, other));
            ones.len() == others.len() && ones.iter().all(is_there)
        }
        _ => one == other,
    }
}

struct Making<'d> {
    random: Random,
    schemas: &'d Value,
}

impl Making<'_> {
    /// A value of a schema.
    fn value(&mut self, schema: &Value, depth: usize) -> Value {
        if let Some(reference) = schema["$ref"].as_str() {
            let name = reference.rsplit('/').next().unwrap().to_owned();
            return self.value(&self.schemas[name], depth);
        }
        if schema["nullable"] == true && self.random.chance(30) {
            return Value::Null;
        }
        if let Some(arms) = schema["oneOf"].as_array().or(schema["anyOf"].as_array()) {
            let arm = self.random.one(arms);
            let mut value = self.value(&arm, depth);
            if let (Value::Object(members), Some(reference)) = (&mut value, arm["$ref"].as_str())
                && let Some(discriminator) = schema.get("discriminator")
            {
                let mapping = discriminator["mapping"].as_object().into_iter().flatten();
                let tag = mapping.clone().find(|(_, target)| *target == reference).map(|(tag, _)| tag.as_str());
                let tag = tag.or(reference.rsplit('/').next());
                members.insert("kind".to_owned(), json!(tag));
            }
            return value;
        }
        if let Some(values) = schema["enum"].as_array() {
            return self.random.one(values);
        }
        match schema["type"].as_str() {
            Some("object") => self.object(schema, depth),
            Some("array") => (0..self.random.below(4)).map(|_| self.value(&schema["items"], depth)).collect(),
            Some("boolean") => json!(self.random.chance(50)),
            Some("integer") => self.integer(schema["format"] == "int32"),
            Some("number") => self.number(schema["format"] == "float"),
            Some(_) => self.text(schema["format"].as_str()),
            None => self.any(2),
        }
    }

    fn object(&mut self, schema: &Value, depth: usize) -> Value {
        let mut members = Map::new();
        let none = Map::new();
        let properties = schema["properties"].as_object().unwrap_or(&none);
        let required = schema["required"].as_array().cloned().unwrap_or_default();
        for (name, schema) in properties {
            if required.contains(&json!(name)) || depth > 0 && self.random.chance(50) {
                members.insert(name.clone(), self.value(schema, depth.saturating_sub(1)));
            }
        }
        for name in ["x", "y", "a"] {
            if schema["additionalProperties"] != false && !properties.contains_key(name) && self.random.chance(20) {
                let value = match schema.get("additionalProperties") {
                    Some(schema) => self.value(schema, depth.saturating_sub(1)),
                    None => self.any(2),
                };
                members.insert(name.to_owned(), value);
            }
        }
        Value::Object(members)
    }

    /// Any JSON value.
    fn any(&mut self, depth: usize) -> Value {
        match self.random.below(if depth == 0 { 5 } else { 7 }) {
            0 => Value::Null,
            1 => json!(self.random.chance(50)),
            2 => self.integer(false),
            3 => self.number(false),
            4 => self.text(None),
            5 => (0..self.random.below(3)).map(|_| self.any(depth - 1)).collect(),
            _ => {
                let names = ["a", "kind", "x"].into_iter().take(self.random.below(4));
                let members: Vec<_> = names.map(|name| (name.to_owned(), self.any(depth - 1))).collect();
                Value::Object(members.into_iter().collect())
            }
        }
    }

    fn integer(&mut self, is_short: bool) -> Value {
        let bits = self.random.bits().cast_signed();
        let wide = [0, 1, -1, 1 << 53, (1 << 53) + 1, i64::MAX, i64::MIN, bits];
        let short = [0, 1, -1, i64::from(i32::MAX), i64::from(i32::MIN), bits % 1000];
        json!(self.random.one(if is_short { &short[..] } else { &wide[..] }))
    }

    fn number(&mut self, is_single: bool) -> Value {
        let quotient = f64::from(u32::try_from(self.random.below(1 << 20)).unwrap()) / 1024.0;
        if is_single {
            return json!(self.random.one(&[0.5, 1.0, -2.25, quotient]));
        }
        let floats = [0.1, 1.0, -0.5, 1e300, 5e-324, 9_007_199_254_740_993.0, 1e20, quotient / 3.0];
        if self.random.chance(30) {
            return json!(self.random.one(&[0_i64, 7, -3, 1 << 40]));
        }
        json!(self.random.one(&floats))
    }

    fn text(&mut self, format: Option<&str>) -> Value {
        let number = self.random.below(28) + 1;
        json!(match format {
            Some("date-time") => format!("2026-02-{number:02}T12:30:{number:02}Z"),
            Some("date") => format!("2026-02-{number:02}"),
            Some("uuid") => format!("01234567-89ab-4def-8123-4567{number:08x}"),
            Some("byte") => self.random.one(&["", "aGk=", "AAEC", "+/8="]).to_owned(),
            _ => {
                let texts = ["", "on", "1", "a\"b\n", "2026-02-03", "2026-02-03T04:05:06+01:00", "AB==", "ä", "null"];
                self.random.one(&texts).to_owned()
            }
        })
    }
}
