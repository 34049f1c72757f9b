//! A media type and its schema in, a [`Payload`] out.

use openapiv3::MediaType;

use super::{
    context::Lowering,
    keywords::{JsonType, Node},
    schema::Place,
};
use crate::{
    diagnostics::Code,
    ir::{Content, Parent, Payload, Pointer, Primitive, Role, Type},
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
    Text,
    /// Nothing that has a structure: images, archives, and what is only called bytes.
    Bytes,
    /// Has a structure that is not read: XML, YAML, CSV and the like.
    Opaque,
    /// `*/*` and `application/*`: whatever the schema says.
    Wildcard,
}

/// Which family a media type or range belongs to.
pub(super) fn family(media_type: &str) -> Family {
    let essence = media_type
        .split(';')
        .next()
        .unwrap_or_default()
        .trim()
        .to_ascii_lowercase();
    let (top, sub) = essence.split_once('/').unwrap_or((essence.as_str(), ""));
    match (top, sub) {
        ("*" | "application", "*" | "") => Family::Wildcard,
        ("application", "x-www-form-urlencoded") => Family::Form,
        ("multipart", "form-data" | "*") => Family::Multipart,
        ("text", "event-stream") => Family::EventStream,
        (_, sub) if sub == "json" || sub == "x-json" || sub.ends_with("+json") => Family::Json,
        (_, sub) if sub == "xml" || sub.ends_with("+xml") => Family::Opaque,
        ("text", _) => Family::Text,
        ("application", "octet-stream" | "pdf" | "zip" | "gzip" | "x-gzip" | "x-tar" | "binary")
        | ("image" | "audio" | "video" | "font", _) => Family::Bytes,
        _ => Family::Opaque,
    }
}

impl<'d> Lowering<'d> {
    /// Lowers one alternative of a body. `parent` and `role` seed the name of what is written in it.
    pub(super) fn lower_content(
        &mut self,
        media_type: &str,
        media: &'d MediaType,
        pointer: &Pointer,
        (parent, role): (&Parent, &Role),
        travel: Travel,
    ) -> Content {
        let place = Place {
            pointer: pointer.child("schema"),
            parent: parent.clone(),
            role: role.clone(),
        };
        let node = self.node_at(&place.pointer);
        let raw = node.is_some_and(|node| self.is_raw(node));
        let payload = match (family(media_type), node) {
            (Family::Json | Family::Wildcard, Some(_)) if raw => Payload::Bytes,
            (Family::Json | Family::Wildcard, Some(node)) => Payload::Json(self.lower_node(node, place)),
            (Family::Json, None) => Payload::Json(Type::Any),
            (Family::Wildcard, None) | (Family::Bytes, _) => Payload::Bytes,
            (Family::Form, Some(node)) if travel != Travel::Response => self.lower_form(node, media, place),
            (Family::Form, None) if travel != Travel::Response => Payload::Form {
                ty: Type::Map(Box::new(Type::Any)),
                encodings: Vec::new(),
            },
            (Family::Multipart, None) if travel == Travel::Request => Payload::Multipart(Vec::new()),
            (Family::Multipart, Some(node)) if travel == Travel::Request => self.lower_multipart(node, media, &place),
            (Family::EventStream, node) if travel == Travel::Response => Payload::EventStream(
                node.map_or(Type::Primitive(Primitive::String), |node| self.lower_node(node, place)),
            ),
            (Family::Text, None) => Payload::Text,
            (Family::Text, Some(node)) => {
                self.report_unread(node, media_type, pointer, "text");
                if raw { Payload::Bytes } else { Payload::Text }
            }
            (Family::Opaque | Family::Form | Family::Multipart | Family::EventStream, node) => {
                if let Some(node) = node {
                    self.report_unread(node, media_type, pointer, "bytes");
                }
                Payload::Bytes
            }
        };
        Content {
            media_type: media_type.to_owned(),
            payload,
        }
    }

    /// A schema that asks for more than a text says what nobody will read.
    fn report_unread(&mut self, node: Node<'d>, media_type: &str, pointer: &Pointer, instead: &str) {
        let plain = match self.end_of(node) {
            Some(keywords) => matches!(keywords.ty(), Some(JsonType::String | JsonType::Other("file"))),
            None => true,
        };
        if !plain {
            let message = format!("`{media_type}` is not read or written; the body is handed over as {instead}");
            self.report(Code::UnsupportedMediaType, pointer, message);
        }
    }

    /// All alternatives of a request's body, in document order.
    pub(super) fn lower_contents(
        &mut self,
        contents: &'d openapiv3::Content,
        pointer: &Pointer,
        parent: &Parent,
        role: impl Fn(&str) -> Role,
    ) -> Vec<Content> {
        let list = pointer.child("content");
        contents
            .iter()
            .map(|(media_type, media)| {
                let role = role(media_type);
                let place = list.child(media_type);
                self.lower_content(media_type, media, &place, (parent, &role), Travel::Request)
            })
            .collect()
    }

    /// The alternative of a response's body that is asked for: JSON where there is any, else the first.
    pub(super) fn lower_answer(
        &mut self,
        contents: &'d openapiv3::Content,
        pointer: &Pointer,
        (parent, role): (&Parent, &Role),
    ) -> Option<Content> {
        let list = pointer.child("content");
        let json = contents.iter().find(|(media_type, _)| self.is_json(media_type, &list));
        let (chosen, media) = json.or(contents.first())?;
        let schema = |media_type: &str| self.document.value_at(&list.child(media_type).child("schema"));
        let others = contents
            .keys()
            .filter(|other| family(other) != family(chosen) || schema(other) != schema(chosen));
        for other in others.collect::<Vec<_>>() {
            let message = format!("the body may be `{other}` too; `{chosen}` is asked for");
            self.report(Code::OtherMediaType, &list.child(other), message);
        }
        Some(self.lower_content(chosen, media, &list.child(chosen), (parent, role), Travel::Response))
    }

    pub(super) fn is_json(&mut self, media_type: &str, list: &Pointer) -> bool {
        match (
            family(media_type),
            self.node_at(&list.child(media_type).child("schema")),
        ) {
            (Family::Json | Family::Wildcard, Some(node)) => !self.is_raw(node),
            (family, _) => family == Family::Json,
        }
    }

    /// The schema of a parameter or a header that is described by a media type.
    pub(super) fn sole_content(
        &self,
        contents: &'d openapiv3::Content,
        pointer: &Pointer,
    ) -> Option<(&'d str, Option<Node<'d>>, Pointer)> {
        let media_type = contents.keys().next()?;
        let place = pointer.child("content").child(media_type).child("schema");
        Some((media_type, self.node_at(&place), place))
    }
}
