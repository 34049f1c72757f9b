//! `consumes` or `produces` in, the media types that a body is written in out.

use serde_json::Value;

use super::Translation;
use crate::ir::Pointer;

/// Media types, each with the place that names it.
#[derive(Debug, Clone, Default)]
pub(super) struct MediaTypes<'s> {
    pub(super) listed: Vec<(&'s str, Pointer)>,
    /// Whether an operation lists them, and not the document for all of them.
    pub(super) is_own: bool,
}

/// What is assumed where nothing is said.
pub(super) const JSON: &str = "application/json";
/// Whatever the other side takes or gives.
pub(super) const ANY: &str = "*/*";
pub(super) const TEXT: &str = "text/plain";
pub(super) const URL_ENCODED: &str = "application/x-www-form-urlencoded";
pub(super) const MULTIPART: &str = "multipart/form-data";

impl<'s> MediaTypes<'s> {
    /// What the document lists under `name`.
    pub(super) fn of_document(source: &'s Value, name: &str) -> Self {
        Self {
            listed: listed(source, name, &Pointer::root()),
            is_own: false,
        }
    }

    /// What the operation at `place` lists under `name`, which may be none at all; else what the document does.
    pub(super) fn of_operation(operation: &'s Value, name: &str, place: &Pointer, document: &Self) -> Self {
        if operation.get(name).is_some_and(Value::is_array) {
            Self {
                listed: listed(operation, name, place),
                is_own: true,
            }
        } else {
            document.clone()
        }
    }

    pub(super) fn names(&self) -> impl Iterator<Item = &'s str> {
        self.listed.iter().map(|(name, _)| *name)
    }
}

fn listed<'s>(holder: &'s Value, name: &str, place: &Pointer) -> Vec<(&'s str, Pointer)> {
    let list = place.child(name);
    let mut listed: Vec<(&'s str, Pointer)> = Vec::new();
    for (index, value) in holder
        .get(name)
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
        .enumerate()
    {
        if let Some(text) = value.as_str().map(str::trim).filter(|text| !text.is_empty())
            && listed.iter().all(|(known, _)| *known != text)
        {
            listed.push((text, list.item(index)));
        }
    }
    listed
}

/// The type and subtype in small letters, without parameters.
fn essence(media_type: &str) -> String {
    let essence = media_type.split(';').next().unwrap_or_default();
    essence.trim().to_ascii_lowercase()
}

/// Whether a media type is one in which forms are written.
pub(super) fn is_form(media_type: &str) -> bool {
    matches!(essence(media_type).as_str(), URL_ENCODED | MULTIPART)
}

pub(super) fn is_multipart(media_type: &str) -> bool {
    essence(media_type) == MULTIPART
}

/// Whether JSON is written in a media type.
pub(super) fn is_json(media_type: &str) -> bool {
    let essence = essence(media_type);
    let subtype = essence.split_once('/').map_or("", |(_, subtype)| subtype);
    matches!(subtype, "json" | "x-json" | "*") || subtype.ends_with("+json")
}

/// Whether objects and lists can be written in a media type.
pub(super) fn has_structure(media_type: &str) -> bool {
    let essence = essence(media_type);
    let (top, subtype) = essence.split_once('/').unwrap_or((essence.as_str(), ""));
    let files = ["octet-stream", "pdf", "zip", "gzip", "x-gzip", "x-tar", "binary"];
    let is_xml = subtype == "xml" || subtype.ends_with("+xml");
    is_json(media_type)
        || is_xml
        || !matches!(top, "image" | "audio" | "video" | "font" | "text") && !files.contains(&subtype)
}

/// What a schema is the schema of, as far as its media type matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Content {
    File,
    Text,
    /// Something that JSON is good for.
    Structure,
}

impl<'s> Translation<'s> {
    pub(super) fn content(&self, schema: &'s Value, place: &Pointer) -> Content {
        let end = self.end(schema, place).map(|(members, _)| members);
        let text = |name: &str| end.and_then(|members| members.get(name)?.as_str());
        match (text("type"), text("format")) {
            (Some("string"), Some("binary")) => Content::File,
            (Some("string"), _) => Content::Text,
            _ => Content::Structure,
        }
    }
}
