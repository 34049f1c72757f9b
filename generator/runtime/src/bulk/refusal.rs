//! Whether a refusal is the word of the API or of something in between: headers and a body in, yes or no out.

use bytes::Bytes;
use http::{HeaderMap, StatusCode, header};
use serde_json::Value;

use crate::runtime::bulk::BatchOperation;
use crate::runtime::decode;
use crate::runtime::response::Response;

/// Whether a body is one that the description gives a refusal of the operation: JSON that decodes, and has a member of
/// those that are described. Where all of them may be left out, any object would decode.
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

fn has_described(value: &Value, members: &[&str]) -> bool {
    match value {
        Value::Object(object) if members.is_empty() => !object.is_empty(),
        Value::Object(object) => members
            .iter()
            .any(|&member| object.get(member).is_some_and(|value| !value.is_null())),
        // Some APIs answer with a list of errors.
        Value::Array(list) if !members.is_empty() => {
            !list.is_empty() && list.iter().all(|item| item.is_object() && has_described(item, members))
        }
        _ => false,
    }
}
