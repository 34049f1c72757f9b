//! A media type and its schema in, a [`Payload`] out.

use serde_json::{Map, Value};

use super::{
    context::Lowering,
    keywords::{JsonType, Node},
    schema::Place,
};
use crate::{
    diagnostics::Code,
    ir::{Content, Framing, Parent, Payload, Pointer, Role, Type},
};

/// Where a body travels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Travel {
    Request,
    Response,
    /// Arrives like a response, in whichever of the described media types the server chooses.
    Webhook,
}

/// What a media type is, as far as bodies go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Family {
    Json,
    Form,
    Multipart,
    EventStream,
    /// JSON texts one after the other.
    Items(Framing),
    Text,
    /// Nothing that has a structure: images, archives, and what is only called bytes.
    Bytes,
    /// Has a structure that is not read: XML, YAML, CSV and the like.
    Opaque,
    /// `*/*` and `application/*`: whatever the schema says.
    Wildcard,
}

/// A media type without its parameters, in lower case.
pub(super) fn essence(media_type: &str) -> String {
    let essence = media_type.split(';').next().unwrap_or_default();
    essence.trim().to_ascii_lowercase()
}

/// Which family a media type or range belongs to.
pub(super) fn family(media_type: &str) -> Family {
    let essence = essence(media_type);
    let (top, sub) = essence.split_once('/').unwrap_or((essence.as_str(), ""));
    match (top, sub) {
        ("*" | "application", "*" | "") => Family::Wildcard,
        ("application", "x-www-form-urlencoded") => Family::Form,
        ("multipart", _) => Family::Multipart,
        ("text", "event-stream") => Family::EventStream,
        (
            _,
            "jsonl" | "x-jsonl" | "jsonlines" | "x-jsonlines" | "json-lines" | "ndjson" | "x-ndjson" | "stream+json",
        ) => Family::Items(Framing::Lines),
        (_, sub) if sub == "json-seq" || sub.ends_with("+json-seq") => Family::Items(Framing::Sequence),
        (_, sub) if sub == "json" || sub == "x-json" || sub.ends_with("+json") => Family::Json,
        (_, sub) if sub == "xml" || sub.ends_with("+xml") => Family::Opaque,
        ("text", _) => Family::Text,
        ("application", "octet-stream" | "pdf" | "zip" | "gzip" | "x-gzip" | "x-tar" | "binary")
        | ("image" | "audio" | "video" | "font", _) => Family::Bytes,
        _ => Family::Opaque,
    }
}

/// A media type with the place of what is said of it.
pub(super) type Alternative<'d> = (&'d str, Pointer);

impl<'d> Lowering<'d> {
    /// The media types in the `content` of what is at `pointer`, in document order.
    pub(super) fn contents(&mut self, pointer: &Pointer) -> Vec<Alternative<'d>> {
        let list = pointer.child("content");
        let members = self.document.value_at(&list).and_then(Value::as_object);
        let media_types = members.into_iter().flat_map(Map::keys);
        media_types
            .map(|media_type| {
                let place = list.child(media_type);
                let end = self.end_of_references(&place);
                let media = end.unwrap_or_else(|broken| {
                    self.report_broken(&broken, &place, "nothing is known of the body but its media type");
                    place
                });
                (media_type.as_str(), media)
            })
            .collect()
    }

    /// The media type that describes a parameter or a header, in place of a schema.
    pub(super) fn sole_content(&mut self, pointer: &Pointer) -> Option<Alternative<'d>> {
        self.contents(pointer).into_iter().next()
    }

    /// What the schema of the media type at a place is named after: itself where it is shared, not the first that uses it.
    pub(super) fn named_after(media: &Pointer, first: impl FnOnce() -> (Parent, Role)) -> (Parent, Role) {
        let is_shared = media.parent().tokens().last().as_deref() == Some("mediaTypes");
        let parent = Self::component_parent(media).filter(|_| is_shared);
        parent.map_or_else(first, |parent| (parent, Role::RequestBody(None)))
    }

    /// Lowers one alternative of a body. `parent` and `role` seed the name of what is written in it.
    pub(super) fn lower_content(
        &mut self,
        (media_type, pointer): &Alternative<'d>,
        (parent, role): (&Parent, &Role),
        travel: Travel,
    ) -> Content {
        let (parent, role) = Self::named_after(pointer, || {
            let parent = Self::component_parent(pointer).unwrap_or_else(|| parent.clone());
            (parent, role.clone())
        });
        let place = Place {
            pointer: pointer.child("schema"),
            parent,
            role,
        };
        let node = self.node_at(&place.pointer);
        self.note_items(media_type, pointer);
        let raw = node.is_some_and(|node| self.is_raw(node));
        let payload = match (family(media_type), node) {
            (Family::Json | Family::Wildcard | Family::Items(_), Some(_)) if raw => Payload::Bytes,
            (Family::Json | Family::Wildcard, Some(node)) => Payload::Json(self.lower_node(node, place)),
            (Family::Json, None) => Payload::Json(Type::Any),
            (Family::Wildcard, None) | (Family::Bytes, _) => Payload::Bytes,
            (Family::Form, Some(node)) if travel != Travel::Response => self.lower_form(node, pointer, place),
            (Family::Form, None) if travel != Travel::Response => Payload::Form {
                ty: Type::Map(Box::new(Type::Any)),
                encodings: Vec::new(),
            },
            (Family::Multipart, node) if travel == Travel::Request => self.lower_multipart(node, pointer, &place),
            (Family::EventStream, _) if travel == Travel::Response => self.lower_events(place),
            (Family::Items(framing), _) if travel != Travel::Webhook => self.lower_items(framing, place),
            (Family::Text, None) => Payload::Text,
            (Family::Text, Some(node)) => {
                self.report_unread(node, media_type, pointer, "text");
                if raw { Payload::Bytes } else { Payload::Text }
            }
            (Family::Opaque | Family::Form | Family::Multipart | Family::EventStream | Family::Items(_), node) => {
                if let Some(node) = node.or_else(|| self.node_at(&pointer.child("itemSchema"))) {
                    self.report_unread(node, media_type, pointer, "bytes");
                }
                Payload::Bytes
            }
        };
        Content {
            media_type: (*media_type).to_owned(),
            payload,
        }
    }

    /// Says where a schema for items is not one for anything.
    fn note_items(&mut self, media_type: &str, pointer: &Pointer) {
        let has_items = matches!(
            family(media_type),
            Family::EventStream | Family::Items(_) | Family::Multipart
        );
        let place = pointer.child("itemSchema");
        if !has_items && self.document.value_at(&place).is_some() {
            let message = format!("`{media_type}` is not known to be made of items; `itemSchema` is ignored");
            self.report(Code::UnsupportedMediaType, &place, message);
        }
    }

    /// A schema that asks for more than a text says what nobody will read.
    fn report_unread(&mut self, node: Node<'d>, media_type: &str, pointer: &Pointer, instead: &str) {
        if !self.is_text(node) {
            let message = format!("`{media_type}` is not read or written; the body is handed over as {instead}");
            self.report(Code::UnsupportedMediaType, pointer, message);
        }
    }

    /// Whether a schema asks for nothing more than a text, or bytes.
    pub(super) fn is_text(&mut self, node: Node<'d>) -> bool {
        self.end_of(node)
            .is_none_or(|keywords| matches!(keywords.ty(), Some(JsonType::String | JsonType::Other("file"))))
    }

    /// All alternatives of a request's body, in document order.
    pub(super) fn lower_contents(
        &mut self,
        pointer: &Pointer,
        parent: &Parent,
        role: impl Fn(&str) -> Role,
    ) -> Vec<Content> {
        let contents = self.contents(pointer).into_iter();
        contents
            .map(|content| {
                let role = role(content.0);
                self.lower_content(&content, (parent, &role), Travel::Request)
            })
            .collect()
    }

    /// The alternative of a response's body that is asked for: JSON where there is any, else the first.
    pub(super) fn lower_answer(&mut self, pointer: &Pointer, (parent, role): (&Parent, &Role)) -> Option<Content> {
        let contents = self.contents(pointer);
        let json = contents
            .iter()
            .find(|(media_type, media)| self.is_json(media_type, media));
        let chosen = json.or(contents.first())?;
        let schemas = |media: &Pointer| ["schema", "itemSchema"].map(|name| self.document.value_at(&media.child(name)));
        let is_other = |(media_type, media): &&Alternative<'_>| {
            family(media_type) != family(chosen.0) || schemas(media) != schemas(&chosen.1)
        };
        let list = pointer.child("content");
        for (other, _) in contents.iter().filter(is_other).collect::<Vec<_>>() {
            let message = format!("the body may be `{other}` too; `{}` is asked for", chosen.0);
            self.report(Code::OtherMediaType, &list.child(other), message);
        }
        Some(self.lower_content(chosen, (parent, role), Travel::Response))
    }

    pub(super) fn is_json(&mut self, media_type: &str, media: &Pointer) -> bool {
        match (family(media_type), self.node_at(&media.child("schema"))) {
            (Family::Json | Family::Wildcard, Some(node)) => !self.is_raw(node),
            (family, _) => family == Family::Json,
        }
    }
}
