// @generated from an OpenAPI description: the runtime, the same for every API.

//! Bytes of a body in, what a person reads of them out, and back.

use ::base64::Engine as _;
use ::base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use serde_json::Value;

/// What a body is in a file.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Content {
    Nothing,
    Json(Value),
    Text(String),
    Bytes(Bytes),
    /// It was longer than what is kept.
    TooLong,
}

impl Content {
    /// A body under its media type.
    pub(super) fn of(media_type: &str, bytes: &Bytes) -> Self {
        if bytes.is_empty() {
            return Self::Nothing;
        }
        let is_json = is_json(media_type);
        match (serde_json::from_slice(bytes), std::str::from_utf8(bytes)) {
            (Ok(value), _) if is_json => Self::Json(value),
            (_, Ok(text)) => Self::Text(text.to_owned()),
            (_, Err(_)) => Self::Bytes(bytes.clone()),
        }
    }

    /// The member that it is in a file.
    pub(super) fn member(&self) -> Option<(&'static str, Value)> {
        match self {
            Self::Nothing => None,
            Self::Json(value) => Some(("json", value.clone())),
            Self::Text(text) => Some(("text", text.as_str().into())),
            Self::Bytes(bytes) => Some(("base64", STANDARD.encode(bytes).into())),
            Self::TooLong => Some(("too_long", true.into())),
        }
    }

    /// The same, read again; nothing where it is not one.
    pub(super) fn read(message: &Value) -> Option<Self> {
        if let Some(value) = message.get("json") {
            return Some(Self::Json(value.clone()));
        }
        if let Some(text) = message.get("text") {
            return Some(Self::Text(text.as_str()?.to_owned()));
        }
        if let Some(bytes) = message.get("base64") {
            return Some(Self::Bytes(STANDARD.decode(bytes.as_str()?).ok()?.into()));
        }
        Some(match message.get("too_long") {
            Some(_) => Self::TooLong,
            None => Self::Nothing,
        })
    }

    /// The bytes that are sent for it; nothing where they were not kept.
    pub(super) fn bytes(&self) -> Option<Bytes> {
        match self {
            Self::Nothing => Some(Bytes::new()),
            Self::Json(value) => Some(value.to_string().into()),
            Self::Text(text) => Some(text.clone().into()),
            Self::Bytes(bytes) => Some(bytes.clone()),
            Self::TooLong => None,
        }
    }
}

/// Whether what goes under a media type is one value in JSON.
pub(super) fn is_json(media_type: &str) -> bool {
    let essence = media_type.split(';').next().unwrap_or_default();
    let essence = essence.trim().to_ascii_lowercase();
    essence.ends_with("/json") || essence.ends_with("+json")
}
