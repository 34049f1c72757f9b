//! Text in, an untyped value in document order out.

use serde_json::{Map, Number, Value};

use crate::{
    diagnostics::{Code, Diagnostic, Location, Refusal},
    ir::Pointer,
};

/// Reads JSON, or YAML where the text does not start like JSON.
pub(super) fn parse(text: &str) -> Result<Value, Refusal> {
    if text.trim_start().starts_with('{') {
        return serde_json::from_str(text)
            .map_err(|error| syntax(error.to_string(), Some((error.line(), error.column()))));
    }
    let mut value: serde_yaml::Value = serde_yaml::from_str(text).map_err(yaml)?;
    value.apply_merge().map_err(yaml)?;
    Ok(convert(value))
}

fn yaml(error: serde_yaml::Error) -> Refusal {
    let place = error.location().map(|location| (location.line(), location.column()));
    syntax(error.to_string(), place)
}

fn syntax(message: String, place: Option<(usize, usize)>) -> Refusal {
    let location = place.map(|(line, column)| Location { line, column });
    Refusal {
        problems: vec![Diagnostic {
            code: Code::Syntax,
            pointer: Pointer::root(),
            message,
            hint: None,
            location,
        }],
    }
}

/// Every key becomes text, since OpenAPI knows no other: `200:` and `'200':` mean the same.
fn convert(value: serde_yaml::Value) -> Value {
    match value {
        serde_yaml::Value::Null => Value::Null,
        serde_yaml::Value::Bool(value) => Value::Bool(value),
        serde_yaml::Value::Number(number) => convert_number(&number),
        serde_yaml::Value::String(text) => Value::String(text),
        serde_yaml::Value::Sequence(items) => items.into_iter().map(convert).collect(),
        serde_yaml::Value::Mapping(members) => {
            let member = |(key, value)| Some((convert_key(key)?, convert(value)));
            Value::Object(members.into_iter().filter_map(member).collect::<Map<_, _>>())
        }
        serde_yaml::Value::Tagged(tagged) => convert(tagged.value),
    }
}

fn convert_key(key: serde_yaml::Value) -> Option<String> {
    match convert(key) {
        Value::String(text) => Some(text),
        Value::Null => Some("null".to_owned()),
        Value::Bool(value) => Some(value.to_string()),
        Value::Number(number) => Some(number.to_string()),
        Value::Array(_) | Value::Object(_) => None,
    }
}

fn convert_number(number: &serde_yaml::Number) -> Value {
    let number = number
        .as_i64()
        .map(Number::from)
        .or_else(|| number.as_u64().map(Number::from))
        .or_else(|| number.as_f64().and_then(Number::from_f64));
    number.map_or(Value::Null, Value::Number)
}
