//! An answer of the emulator before it becomes bytes: status, headers, body.

use serde_json::{Value, json};

/// What the server says to a request.
#[derive(Debug, Clone)]
pub(super) struct Answer {
    pub(super) status: u16,
    pub(super) headers: Vec<(&'static str, String)>,
    pub(super) body: Option<Value>,
}

impl Answer {
    /// An answer with a body.
    pub(super) fn json(status: u16, body: Value) -> Self {
        Self {
            status,
            headers: Vec::new(),
            body: Some(body),
        }
    }

    /// An answer without a body.
    pub(super) fn empty(status: u16) -> Self {
        Self {
            status,
            headers: Vec::new(),
            body: None,
        }
    }

    /// The answer with more headers.
    pub(super) fn with_headers(mut self, headers: impl IntoIterator<Item = (&'static str, String)>) -> Self {
        self.headers.extend(headers);
        self
    }

    /// The error object of the API.
    pub(super) fn error(status: u16, category: &str, message: &str) -> Self {
        Self::json(
            status,
            json!({
                "status": "error",
                "message": message,
                "correlationId": correlation_id(),
                "category": category,
            }),
        )
    }
}

/// An id as the server puts it into errors: a UUID of version 4.
pub(super) fn correlation_id() -> String {
    let random = fastrand::u128(..);
    uuid::Builder::from_random_bytes(random.to_be_bytes())
        .into_uuid()
        .to_string()
}
