// @generated from an OpenAPI description: the runtime, the same for every API.

//! Whether a refusal is the word of the API or of something in between: headers and a body in, yes or no out.

use bytes::Bytes;
use http::{HeaderMap, StatusCode, header};
use serde_json::Value;

use crate::runtime::bulk::BatchOperation;
use crate::runtime::received::decode;
use crate::runtime::received::response::Response;

/// Whether a body is one that the description gives a refusal of the operation: JSON that decodes, and has enough of what is
/// described. Where members may be left out, much else would decode as well.
pub(super) fn is_own<O: BatchOperation>(headers: &HeaderMap, body: &[u8]) -> bool {
    let body = Bytes::copy_from_slice(body);
    let response = || Response::new(StatusCode::BAD_REQUEST, headers.clone(), body.clone());
    is_json(headers)
        && decode::json::<Value>(response()).is_ok_and(|value| has_described(&value, O::LAYOUT.refusal))
        && decode::json::<O::Error>(response()).is_ok()
}

/// Whether the header `Content-Type`, where there is one, says JSON.
fn is_json(headers: &HeaderMap) -> bool {
    let Some(value) = headers.get(header::CONTENT_TYPE) else {
        return true;
    };
    let value = value.to_str().unwrap_or_default();
    let essence = value.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    essence.is_empty() || essence.ends_with("/json") || essence.ends_with("+json")
}

/// Whether a value has two of these members, or one with something inside. A single text proves nothing where more is
/// described: `{"message": "Bad Gateway"}` may be anybody's.
fn has_described(value: &Value, members: &[&str]) -> bool {
    match value {
        Value::Object(object) if members.is_empty() => !object.is_empty(),
        Value::Object(object) => {
            let present = members.iter().filter_map(|&member| object.get(member));
            let weight: usize = present.map(weight).sum();
            weight >= members.len().min(2)
        }
        // Some APIs answer with a list of errors.
        Value::Array(list) if !members.is_empty() => {
            !list.is_empty() && list.iter().all(|item| item.is_object() && has_described(item, members))
        }
        _ => false,
    }
}

/// What a member counts: one that is more than a text or a number, as much as two.
fn weight(value: &Value) -> usize {
    match value {
        Value::Null => 0,
        Value::Bool(_) | Value::Number(_) | Value::String(_) => 1,
        Value::Array(list) => 1 + usize::from(!list.is_empty()),
        Value::Object(members) => 1 + usize::from(!members.is_empty()),
    }
}
