// @generated from an OpenAPI description: the runtime, the same for every API.

//! The server's own id of a request, which its vendor's support asks for: an answer in, the id out.

use serde_json::Value;

use crate::runtime::received::response::Response;

/// Where APIs put it.
const HEADERS: [&str; 5] = [
    "x-hubspot-correlation-id",
    "x-correlation-id",
    "x-request-id",
    "request-id",
    "x-amzn-requestid",
];
const MEMBERS: [&str; 4] = ["correlationId", "correlation_id", "requestId", "request_id"];
/// Ids are short, and so is what is worth logging.
const LONGEST: usize = 128;

/// The names under which an answer has its id.
#[derive(Debug, Clone, Default)]
pub(crate) struct Names {
    pub(crate) headers: Vec<String>,
    pub(crate) members: Vec<String>,
}

impl Names {
    /// Finds the id in the body of an error or in the headers; names of the caller's go first.
    pub(crate) fn find(&self, response: &Response) -> Option<String> {
        let headers = self.headers.iter().map(String::as_str).chain(HEADERS);
        let members = self.members.iter().map(String::as_str).chain(MEMBERS);
        let in_headers = || {
            let mut values = headers.filter_map(|name| response.headers().get(name)?.to_str().ok());
            values.find_map(checked)
        };
        // A server that repeats a secret there says nothing by it.
        let id = in_body(response, members).or_else(in_headers)?;
        response.secrets().cut_out_of(&id)
    }
}

fn in_body<'n>(response: &Response, mut members: impl Iterator<Item = &'n str>) -> Option<String> {
    if response.status().is_success() {
        return None;
    }
    let body: Value = serde_json::from_slice(response.bytes()?).ok()?;
    members.find_map(|name| checked(body.get(name)?.as_str()?))
}

/// The id, where it looks like one.
fn checked(id: &str) -> Option<String> {
    let fits = !id.is_empty() && id.len() <= LONGEST && id.bytes().all(|byte| byte.is_ascii_graphic());
    fits.then(|| id.to_owned())
}
