//! Where an operation keeps what belongs to one input: dotted paths go in, keys of inputs, results and errors come out.

use serde_json::{Map, Value};

/// The description of an operation that takes many inputs in one call (`x-batch`). Paths are dotted wire names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BatchLayout<'p> {
    /// The member of the request that holds the inputs.
    pub inputs: &'p str,
    /// The most inputs that one call takes.
    pub limit: usize,
    /// Where a success holds the results; `None` where a success says nothing about single inputs.
    pub results: Option<&'p str>,
    /// Where a success holds the errors.
    pub errors: Option<&'p str>,
    /// The caller's own id, which results and errors repeat.
    pub correlation: Option<BatchKey<'p>>,
    /// The server's id, which inputs, results and errors share.
    pub identity: Option<BatchKey<'p>>,
}

/// Where inputs, results and errors carry the same id.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BatchKey<'p> {
    /// Its member in an input.
    pub input: &'p str,
    /// Its path in a result.
    pub result: &'p str,
    /// The path in an error of the one id or the list of ids that the error is about.
    pub error: Option<&'p str>,
}

/// The value at a dotted path.
pub(super) fn at<'v>(value: &'v Value, path: &str) -> Option<&'v Value> {
    path.split('.').try_fold(value, |value, member| value.get(member))
}

/// The id at a dotted path, as text.
pub(super) fn id(value: &Value, path: &str) -> Option<String> {
    text(at(value, path)?)
}

/// The ids at a dotted path: those of a list, or the only one.
pub(super) fn ids(value: &Value, path: &str) -> Vec<String> {
    match at(value, path) {
        Some(Value::Array(list)) => list.iter().filter_map(text).collect(),
        Some(single) => text(single).into_iter().collect(),
        None => Vec::new(),
    }
}

/// Takes the list at a dotted path out of a value. What is not a list counts as none.
pub(super) fn take_list(value: &mut Value, path: &str) -> Vec<Value> {
    let list = path
        .split('.')
        .try_fold(value, |value, member| value.get_mut(member))
        .map(Value::take);
    match list {
        Some(Value::Array(list)) => list,
        _ => Vec::new(),
    }
}

/// Sets a member of an input that has none of that name, or an empty one.
pub(super) fn set_missing(input: &mut Map<String, Value>, member: &str, text: impl FnOnce() -> String) {
    if input.get(member).is_none_or(|value| value.is_null() || value == "") {
        input.insert(member.to_owned(), Value::String(text()));
    }
}

/// Ids travel as texts or as numbers, and not always as the same of the two in both directions.
fn text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) if !text.is_empty() => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}
