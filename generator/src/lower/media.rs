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

/// How deep choices are looked into for what they are choices of.
const SCALAR_DEPTH: usize = 8;

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
    Xml,
    /// Has a structure that is not read: YAML, CSV and the like.
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
        (_, sub) if sub.ends_with("+jsonl") || sub.ends_with("+ndjson") || sub.ends_with("+x-ndjson") => {
            Family::Items(Framing::Lines)
        }
        (_, sub) if sub == "json-seq" || sub.ends_with("+json-seq") => Family::Items(Framing::Sequence),
        (_, sub) if sub == "json" || sub == "x-json" || sub.ends_with("+json") => Family::Json,
        (_, sub) if sub == "xml" || sub.ends_with("+xml") => Family::Xml,
        ("text", _) => Family::Text,
        ("application", "octet-stream" | "pdf" | "zip" | "gzip" | "x-gzip" | "x-tar" | "binary")
        | ("image" | "audio" | "video" | "font", _) => Family::Bytes,
        _ => Family::Opaque,
    }
}

/// One of the media types of a body.
#[derive(Debug, Clone)]
pub(super) struct Alternative<'d> {
    pub(super) media_type: &'d str,
    /// Where it is named.
    pub(super) key: Pointer,
    /// Where it is described: elsewhere, where several share what is said.
    pub(super) described: Pointer,
}

impl<'d> Lowering<'d> {
    /// The media types in the `content` of what is at `pointer`, in document order.
    pub(super) fn contents(&mut self, pointer: &Pointer) -> Vec<Alternative<'d>> {
        let list = pointer.child("content");
        let members = self.document.value_at(&list).and_then(Value::as_object);
        let media_types = members.into_iter().flat_map(Map::keys);
        media_types
            .map(|media_type| {
                let key = list.child(media_type);
                let end = self.end_of_references(&key);
                let described = end.unwrap_or_else(|broken| {
                    self.report_broken(&broken, &key, "nothing is known of the body but its media type");
                    key.clone()
                });
                Alternative {
                    media_type,
                    key,
                    described,
                }
            })
            .collect()
    }

    /// The media type that describes a parameter or a header, in place of a schema.
    pub(super) fn sole_content(&mut self, pointer: &Pointer) -> Option<Alternative<'d>> {
        self.contents(pointer).into_iter().next()
    }

    /// Says where the `content` of a parameter or a header, `what`, does not name one media type; `instead` is what becomes of
    /// one that names none.
    pub(super) fn hear_contents(&mut self, pointer: &Pointer, what: &str, instead: &str) {
        let list = pointer.child("content");
        let Some(members) = self.document.value_at(&list).and_then(Value::as_object) else {
            return;
        };
        let mut names = members.keys();
        match (names.next(), names.next()) {
            (None, _) => {
                let message =
                    format!("the `content` of a {what} names one media type, and this one names none; {instead}");
                self.report(Code::WrongShape, &list, message);
            }
            (Some(first), Some(second)) => {
                let message = format!(
                    "the `content` of a {what} names one media type, and this one names {}; `{first}`, the first, counts",
                    members.len()
                );
                self.report(Code::WrongShape, &list.child(second), message);
            }
            (Some(_), None) => {}
        }
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
        alternative: &Alternative<'d>,
        (parent, role): (&Parent, &Role),
        travel: Travel,
    ) -> Content {
        let (media_type, pointer) = (alternative.media_type, &alternative.described);
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
        self.note_items(alternative);
        self.note_encoding(alternative);
        let raw = node.is_some_and(|node| self.is_raw(node));
        let payload = match (family(media_type), node) {
            (Family::Json | Family::Wildcard | Family::Items(_) | Family::Text, Some(_)) if raw => Payload::Bytes,
            // Whatever comes, nobody knows what it is before it is there.
            (Family::Wildcard, Some(node)) if travel != Travel::Webhook && self.says_nothing(node) => Payload::Bytes,
            (Family::Json | Family::Wildcard, Some(node)) => Payload::Json(self.lower_node(node, place)),
            (Family::Json, None) => Payload::Json(Type::Any),
            (Family::Wildcard | Family::Bytes | Family::Xml, None) => Payload::Bytes,
            (Family::Bytes, Some(node)) => {
                if !raw && !self.says_nothing(node) {
                    self.report_unread(node, alternative, "bytes");
                }
                Payload::Bytes
            }
            (Family::Xml, Some(node)) if travel != Travel::Webhook && self.is_of_xml(node) => {
                let root = self.lower_xml(&place.pointer, travel == Travel::Request);
                Payload::Xml(self.lower_node(node, place), root)
            }
            (Family::Form, Some(node)) if travel != Travel::Response => self.lower_form(node, pointer, place),
            (Family::Form, None) if travel != Travel::Response => Payload::Form {
                ty: Type::Map(Box::new(Type::Any)),
                encodings: Vec::new(),
            },
            (Family::Multipart, node) if travel == Travel::Request => self.lower_multipart(node, pointer, &place),
            (Family::EventStream, _) if travel == Travel::Response => self.lower_events(place),
            (Family::Items(framing), _) if travel != Travel::Webhook => self.lower_items(framing, place),
            (Family::Text, None) => Payload::text(),
            (Family::Text, Some(node)) => self.lower_text(node, alternative, place, travel),
            (
                Family::Opaque
                | Family::Xml
                | Family::Form
                | Family::Multipart
                | Family::EventStream
                | Family::Items(_),
                node,
            ) => {
                if let Some(node) = node.or_else(|| self.node_at(&pointer.child("itemSchema"))) {
                    self.report_unread(node, alternative, "bytes");
                }
                Payload::Bytes
            }
        };
        let media_type = match travel {
            Travel::Request => self.written_as(media_type, &payload, &alternative.key),
            Travel::Response | Travel::Webhook => media_type.to_owned(),
        };
        let is_wanted = travel == Travel::Response && self.config.mock;
        Content {
            media_type,
            others: Vec::new(),
            payload,
            example: is_wanted.then(|| self.example_of_answer(alternative)).flatten(),
        }
    }

    /// A text, or a value that is written as one: a number, a boolean, a date, one of some words.
    fn lower_text(&mut self, node: Node<'d>, alternative: &Alternative<'d>, place: Place, travel: Travel) -> Payload {
        if travel != Travel::Webhook && self.has_a_text(node, SCALAR_DEPTH) {
            return Payload::Text(self.lower_node(node, place));
        }
        if !self.says_nothing(node) {
            self.report_unread(node, alternative, "text");
        }
        Payload::text()
    }

    /// The same, at the usual depth.
    pub(super) fn is_of_text(&mut self, node: Node<'d>) -> bool {
        self.has_a_text(node, SCALAR_DEPTH)
    }

    /// Whether a schema is one of values that have a text: strings, numbers, booleans, and choices of these.
    fn has_a_text(&mut self, node: Node<'d>, depth: usize) -> bool {
        let (Some(keywords), Some(depth)) = (self.end_of(node), depth.checked_sub(1)) else {
            return false;
        };
        match keywords.ty() {
            Some(JsonType::String | JsonType::Integer | JsonType::Number | JsonType::Boolean | JsonType::Null) => {
                return true;
            }
            Some(JsonType::Array | JsonType::Object | JsonType::Other(_)) => return false,
            None => {}
        }
        let values = keywords.enumeration();
        if !values.is_empty() {
            return !values.iter().any(|value| value.is_array() || value.is_object());
        }
        let parts = [keywords.all_of(), keywords.one_of(), keywords.any_of()];
        let mut parts = parts.into_iter().flatten().filter_map(Node::of).peekable();
        parts.peek().is_some() && parts.all(|part| self.has_a_text(part, depth))
    }

    /// Says where a schema for items is not one for anything.
    fn note_items(&mut self, alternative: &Alternative<'d>) {
        let Alternative {
            media_type,
            key,
            described,
        } = alternative;
        let has_items = matches!(
            family(media_type),
            Family::EventStream | Family::Items(_) | Family::Multipart
        );
        let items = described.child("itemSchema");
        if !has_items && self.document.value_at(&items).is_some() {
            let message = format!("`{media_type}` is not known to be made of items; `itemSchema` is ignored");
            // What is shared may be made of items under another name.
            let place = if key == described { &items } else { key };
            self.report(Code::UnsupportedMediaType, place, message);
        }
    }

    /// Says where members or parts are encoded in what has none, and where headers are given to what is no part.
    fn note_encoding(&mut self, alternative: &Alternative<'d>) {
        let Alternative {
            media_type, described, ..
        } = alternative;
        let encoding = described.child("encoding");
        let Some(members) = self.document.value_at(&encoding).and_then(Value::as_object) else {
            return;
        };
        match family(media_type) {
            Family::Multipart => {}
            Family::Form => {
                let with_headers = members
                    .iter()
                    .filter(|(_, of_member)| of_member.get("headers").is_some());
                for (name, _) in with_headers {
                    let message =
                        format!("`headers` are for parts, and the member `{name}` of a form is none; they are ignored");
                    self.report(Code::UnknownMember, &encoding.child(name).child("headers"), message);
                }
            }
            _ if members.is_empty() => {}
            _ => {
                let message = format!("`encoding` says nothing of `{media_type}`; it is ignored");
                self.report(Code::UnknownMember, &encoding, message);
            }
        }
    }

    /// A schema that asks for more than a text says what nobody will read.
    fn report_unread(&mut self, node: Node<'d>, alternative: &Alternative<'d>, instead: &str) {
        if let Node::Reference(reference) = node
            && let Err(broken) = self.terminal(reference)
        {
            let place = alternative.described.child("schema");
            self.report_broken(&broken, &place, "nothing is known of the body but its media type");
        } else if !self.is_text(node) {
            let media_type = alternative.media_type;
            let message = format!("`{media_type}` is not read or written; the body is handed over as {instead}");
            self.report(Code::UnsupportedMediaType, &alternative.key, message);
        }
    }

    /// Whether a schema says what is in an XML text, and not only that it is one.
    pub(super) fn is_of_xml(&mut self, node: Node<'d>) -> bool {
        !self.is_text(node) && !self.says_nothing(node)
    }

    /// Whether a schema asks for nothing more than a text, or bytes.
    pub(super) fn is_text(&mut self, node: Node<'d>) -> bool {
        self.end_of(node)
            .is_none_or(|keywords| matches!(keywords.ty(), Some(JsonType::String | JsonType::Other("file"))))
    }

    /// Whether an alternative is made of items, of which something is said.
    pub(super) fn has_described_items(&mut self, alternative: &Alternative<'d>) -> bool {
        let whole = self.node_at(&alternative.described.child("schema"));
        let is_item_described = self.node_at(&alternative.described.child("itemSchema")).is_some();
        match family(alternative.media_type) {
            Family::EventStream => is_item_described || whole.is_some(),
            // A text is not taken apart.
            Family::Items(_) => is_item_described || whole.is_some_and(|node| !self.is_text(node)),
            _ => false,
        }
    }

    pub(super) fn is_json(&mut self, alternative: &Alternative<'d>) -> bool {
        let node = self.node_at(&alternative.described.child("schema"));
        match (family(alternative.media_type), node) {
            (Family::Wildcard, Some(node)) if self.says_nothing(node) => false,
            (Family::Json | Family::Wildcard, Some(node)) => !self.is_raw(node),
            (family, _) => family == Family::Json,
        }
    }
}
