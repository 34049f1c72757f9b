// @generated from an OpenAPI description: the runtime, the same for every API.

//! Where an operation keeps what belongs to one input: dotted paths go in, keys of inputs, results and errors come out.

use http::StatusCode;
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
    /// Whether a described success mentions every input exactly once. Only then does what carries no id belong to the
    /// inputs that are left over.
    pub complete: bool,
    /// The caller's own id, which results and errors repeat.
    pub correlation: Option<BatchKey<'p>>,
    /// The server's id, which inputs, results and errors share.
    pub identity: Option<BatchKey<'p>>,
    /// How a caller chooses what else identifies results.
    pub property: Option<BatchProperty<'p>>,
    /// The successes that the description has.
    pub successes: &'p [Success],
    /// The members of the described body of a refusal. An answer with two of them, or with one that is a list or an object, is
    /// the API's. Without any, the description says nothing about it.
    pub refusal: &'p [&'p str],
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

/// How a caller says that the ids of inputs are values of a property of the records, and where results have it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BatchProperty<'p> {
    /// The member of an input, or of the request for all inputs, with the name of the property.
    pub name: &'p str,
    /// The path in a result of the object that has the property as a member.
    pub result: &'p str,
    /// The member of the request with the names of the properties that results are to have, where only those are sent.
    pub request: Option<&'p str>,
}

/// Successes that a description has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Success {
    /// Their statuses.
    pub statuses: Statuses,
    /// What their body is made of.
    pub body: SuccessBody,
}

impl Success {
    /// Successes with these statuses and such a body.
    #[must_use]
    pub const fn new(statuses: Statuses, body: SuccessBody) -> Self {
        Self { statuses, body }
    }
}

/// One status or a hundred of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Statuses {
    /// This one.
    Code(u16),
    /// All that begin with this digit, where none of their own is described.
    Class(u16),
}

/// What the body of a success is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SuccessBody {
    /// There is none.
    Nothing,
    /// JSON.
    Json,
    /// Something else.
    Other,
}

impl BatchLayout<'_> {
    /// The body that the description gives a success with this status, or `None` where it has no such success.
    pub(super) fn described(&self, status: StatusCode) -> Option<SuccessBody> {
        let status = status.as_u16();
        let by = |statuses: Statuses| self.successes.iter().find(|success| success.statuses == statuses);
        by(Statuses::Code(status))
            .or_else(|| by(Statuses::Class(status / 100)))
            .map(|success| success.body)
    }

    /// The property that identifies the result of an input, where the input or the request names one.
    pub(super) fn property_of<'v>(&self, members: &'v Map<String, Value>, input: &'v Value) -> Option<&'v str> {
        let name = self.property?.name;
        let named = |value: Option<&'v Value>| value.and_then(Value::as_str).filter(|name| !name.is_empty());
        named(input.get(name)).or_else(|| named(members.get(name)))
    }
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

/// Adds a text to a list, which is made where there is none.
pub(super) fn add_missing(members: &mut Map<String, Value>, list: &str, text: &str) {
    let list = members.entry(list).or_insert(Value::Null);
    if list.is_null() {
        *list = Value::Array(Vec::new());
    }
    if let Value::Array(list) = list
        && !list.iter().any(|known| known == text)
    {
        list.push(text.into());
    }
}

/// Sets a member of an input that has none of that name, or an empty one.
pub(super) fn set_missing(input: &mut Map<String, Value>, member: &str, text: impl FnOnce() -> String) {
    if input.get(member).is_none_or(|value| value.is_null() || value == "") {
        input.insert(member.to_owned(), Value::String(text()));
    }
}

/// Ids travel as texts or as numbers, and not always as the same of the two in both directions.
pub(super) fn text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) if !text.is_empty() => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}
