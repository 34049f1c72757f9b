// @generated from an OpenAPI description: the runtime, the same for every API.

//! Whether a success without results is one of every input: the described body and the one that came go in, yes or no
//! comes out.

use serde_json::{Map, Value};

use crate::runtime::bulk::layout::SuccessBody;
use crate::runtime::received::decode::{self, DecodeError};
use crate::runtime::received::response::Response;

/// Members by which answers say that something failed, in small letters and without what stands between words.
const FAILED: [&str; 12] = [
    "error",
    "errors",
    "errorcount",
    "errorscount",
    "exception",
    "failed",
    "failedcount",
    "failure",
    "failurecount",
    "failures",
    "haserrors",
    "numerrors",
];

/// Reads any body: JSON as what it is, nothing as `null`, and all else as text.
#[expect(clippy::unnecessary_wraps, reason = "the signature of all decoders")]
pub(super) fn read(response: Response) -> Result<Value, DecodeError> {
    let (status, headers) = (response.status(), response.headers().clone());
    let body = response.into_bytes().unwrap_or_default();
    if body.trim_ascii().is_empty() {
        return Ok(Value::Null);
    }
    let json = decode::json::<Value>(Response::new(status, headers, body.clone()));
    Ok(json.unwrap_or_else(|_| String::from_utf8_lossy(&body).into()))
}

/// Whether a body, read so, is the described one and does not say that more than `attributed` things failed.
pub(super) fn is_whole_success(described: SuccessBody, body: &Value, attributed: usize) -> bool {
    let fits = match (described, body) {
        (SuccessBody::Nothing | SuccessBody::Json, Value::Object(_) | Value::Array(_))
        | (SuccessBody::Nothing, Value::Null)
        | (SuccessBody::Json, Value::Bool(true) | Value::Number(_))
        | (SuccessBody::Other, _) => true,
        (SuccessBody::Nothing | SuccessBody::Json, _) => false,
    };
    fits && !says_failure(body, attributed)
}

/// Whether a body says that more than `attributed` things failed.
pub(super) fn says_failure(body: &Value, attributed: usize) -> bool {
    match body {
        Value::Object(members) => has_failure(members, attributed),
        Value::Array(items) => items
            .iter()
            .filter_map(Value::as_object)
            .any(|members| has_failure(members, attributed)),
        _ => false,
    }
}

fn has_failure(members: &Map<String, Value>, attributed: usize) -> bool {
    members.iter().any(|(name, value)| {
        let name: String = name
            .chars()
            .filter(char::is_ascii_alphanumeric)
            .map(|letter| letter.to_ascii_lowercase())
            .collect();
        match name.as_str() {
            "success" | "succeeded" | "ok" => value == false,
            "status" => value
                .as_str()
                .is_some_and(|status| ["error", "failed", "failure"].contains(&status.to_ascii_lowercase().as_str())),
            name if FAILED.contains(&name) => says_something(value, attributed),
            _ => false,
        }
    })
}

/// Whether a value is more than nothing, none and no.
fn says_something(value: &Value, attributed: usize) -> bool {
    match value {
        Value::Null => false,
        Value::Bool(yes) => *yes && attributed == 0,
        Value::Number(count) => count.as_u64().is_none_or(|count| count > attributed as u64),
        Value::String(text) => !text.is_empty(),
        Value::Array(list) => !list.is_empty(),
        Value::Object(members) => !members.is_empty(),
    }
}
