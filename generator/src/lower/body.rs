//! A request body in, its alternatives out, and forms member by member.

use indexmap::IndexMap;
use openapiv3::{Operation, QueryStyle};
use serde_json::Value;

use super::{
    context::Lowering,
    docs,
    keywords::{JsonType, Keywords, Node},
    media::{Alternative, Family, Travel, essence, family},
    schema::Place,
};
use crate::{
    diagnostics::Code,
    ir::{Content, Docs, Encoding, Parent, Payload, Pointer, RequestBody, Role, Style},
};

impl<'d> Lowering<'d> {
    /// Lowers the body of the operation at `pointer`; `None` where there is none.
    pub(super) fn lower_body(
        &mut self,
        operation: &Operation,
        pointer: &Pointer,
        parent: &Parent,
        chosen: Option<&str>,
    ) -> Option<RequestBody> {
        let node = operation.request_body.as_ref()?;
        let (body, place) = self.resolve(node, &pointer.child("requestBody"))?;
        if !body.required && body.description.is_none() && self.can_only_be_empty(&place) {
            return None;
        }
        let parent = Self::component_parent(&place).unwrap_or_else(|| parent.clone());
        let contents = self.lower_contents(&place, &parent, chosen);
        let of_use = self.text_of_use(&pointer.child("requestBody"), "description");
        let docs = Docs {
            description: docs::text(of_use.or(body.description.as_deref())),
            constraints: self.limits_of_contents(&place),
            ..Docs::default()
        };
        (!contents.is_empty()).then_some(RequestBody {
            required: body.required,
            contents,
            example: self.example_of_body(&place),
            docs,
        })
    }

    /// Whether the body at `pointer` is an object that may not have a member, so that there is nothing to say in it.
    fn can_only_be_empty(&mut self, pointer: &Pointer) -> bool {
        let all = self.contents(pointer);
        !all.is_empty()
            && all.iter().all(|alternative| {
                let is_written = matches!(family(alternative.media_type), Family::Json | Family::Form);
                let schema = self.end_of_references(&alternative.described.child("schema"));
                let schema = schema.ok().and_then(|place| self.document.value_at(&place));
                is_written && schema.is_some_and(has_no_members)
            })
    }

    /// An example of the body in the media type that comes first whatever order the document has: JSON, else by its name.
    fn example_of_body(&mut self, pointer: &Pointer) -> Option<Value> {
        let all = self.contents(pointer);
        let first = all.iter().min_by_key(|it| (rank(it.media_type), it.media_type))?;
        self.example_at(&first.described)
    }

    /// All bodies that a request may have, in document order. Of media types that say the same, one is sent: the one that is
    /// `chosen`, else JSON, else the first by its name, whatever order the document has.
    fn lower_contents(&mut self, pointer: &Pointer, parent: &Parent, chosen: Option<&str>) -> Vec<Content> {
        let all = self.contents(pointer);
        let mut sent: Vec<(&Alternative<'d>, Vec<String>)> = Vec::new();
        for alternative in &all {
            let twins: Vec<&Alternative<'d>> = all
                .iter()
                .filter(|other| self.is_sent_for(other, alternative))
                .collect();
            let is_chosen = |twin: &&&Alternative<'d>| Some(twin.media_type) == chosen;
            let first = || twins.iter().min_by_key(|twin| (rank(twin.media_type), twin.media_type));
            let leader = twins.iter().find(is_chosen).or_else(first);
            if leader.is_none_or(|leader| leader.key == alternative.key) {
                let others = all.iter().filter(|other| other.key != alternative.key);
                let others = others.filter(|other| leader.is_some() && self.is_sent_for(alternative, other));
                let others = others.map(|other| other.media_type.to_owned()).collect();
                sent.push((alternative, others));
            } else if let Some(leader) = leader {
                let (media_type, sent) = (alternative.media_type, leader.media_type);
                let message =
                    format!("the body may be sent as `{media_type}` too; `{sent}` says the same, and is sent");
                self.report(Code::OtherMediaType, &alternative.key, message);
            }
        }
        let several = sent.len() > 1;
        let contents = sent.into_iter().map(|(alternative, others)| {
            let role = Role::RequestBody(several.then(|| alternative.media_type.to_owned()));
            let content = self.lower_content(alternative, (parent, &role), Travel::Request);
            Content { others, ..content }
        });
        contents.collect()
    }

    /// Whether a body can be sent as `one` in place of `other`: both say the same, and nothing gets lost on the way.
    fn is_sent_for(&mut self, one: &Alternative<'d>, other: &Alternative<'d>) -> bool {
        let place = one.described.child("schema");
        let Some(node) = self.node_at(&place) else { return false };
        let is_written = matches!(
            family(one.media_type),
            Family::Json | Family::Wildcard | Family::Form | Family::Xml
        );
        let is_alike = match family(other.media_type) {
            Family::Json | Family::Wildcard | Family::Form | Family::Xml | Family::Opaque => true,
            Family::Text => !self.is_text(node),
            Family::Multipart | Family::EventStream | Family::Items(_) | Family::Bytes => false,
        };
        is_written && is_alike && self.have_one_schema(one, other) && !self.is_raw(node) && !self.says_nothing(node)
    }

    /// A form is an object; members that are encoded in another way than the default are listed.
    pub(super) fn lower_form(&mut self, node: Node<'d>, media: &Pointer, place: Place) -> Payload {
        match self.end_of(node).and_then(Keywords::ty) {
            Some(JsonType::Object | JsonType::Other(_)) | None => {}
            Some(other) => {
                let message = format!(
                    "a form is an object, not of type `{}`; its text is written by hand",
                    other.as_str()
                );
                self.report(Code::UnsupportedMediaType, &place.pointer, message);
                return Payload::text();
            }
        }
        Payload::Form {
            ty: self.lower_node(node, place).without_null(),
            encodings: self.lower_encodings(media),
        }
    }

    /// The members of a form that are encoded in another way than the default.
    pub(super) fn lower_encodings(&mut self, media: &Pointer) -> Vec<(String, Encoding)> {
        let list = media.child("encoding");
        let usual = Encoding::Style {
            style: Style::Form,
            explode: true,
            allow_reserved: false,
        };
        let encodings = self.encodings(media).into_iter().map(|(name, encoding)| {
            let style = encoding.style.as_ref().map(query_style);
            // The typed value cannot tell an absent `explode` from a false one.
            let explode = self.document.value_at(&list.child(&name).child("explode"));
            let explode = explode.and_then(Value::as_bool);
            let declared = encoding.content_type.as_deref();
            let json = declared.is_some_and(|media_type| media_type.contains("json"));
            let is_styled = json && (style.is_some() || explode.is_some());
            let is_unwritten = |declared: &&str| is_styled || !json && !declared.trim_start().starts_with("text/");
            if let Some(declared) = declared.filter(is_unwritten) {
                let message = format!("the member `{name}` is written in a style, and not as `{declared}`");
                self.report(Code::UndefinedStyle, &list.child(&name).child("contentType"), message);
            }
            let encoding = if let Some(delimited) = self.delimited(&list.child(&name)) {
                Encoding::Delimited(delimited)
            } else if json && !is_styled {
                Encoding::Json
            } else {
                let style = style.unwrap_or(Style::Form);
                Encoding::Style {
                    style,
                    explode: explode.unwrap_or(matches!(style, Style::Form | Style::DeepObject)),
                    allow_reserved: encoding.allow_reserved,
                }
            };
            (name, encoding)
        });
        encodings.filter(|(_, encoding)| *encoding != usual).collect()
    }

    pub(super) fn encodings(&self, media: &Pointer) -> IndexMap<String, openapiv3::Encoding> {
        self.document.typed_at(&media.child("encoding")).unwrap_or_default()
    }
}

/// How early a media type is sent.
fn rank(media_type: &str) -> u8 {
    match family(media_type) {
        Family::Json if essence(media_type) == "application/json" => 0,
        Family::Json => 1,
        Family::Wildcard => 3,
        _ => 2,
    }
}

pub(super) fn query_style(style: &QueryStyle) -> Style {
    match style {
        QueryStyle::Form => Style::Form,
        QueryStyle::SpaceDelimited => Style::SpaceDelimited,
        QueryStyle::PipeDelimited => Style::PipeDelimited,
        QueryStyle::DeepObject => Style::DeepObject,
    }
}

/// Whether a schema says that it is an object without any member, and nothing else that a reader would miss.
fn has_no_members(schema: &Value) -> bool {
    let Some(keywords) = schema.as_object() else {
        return false;
    };
    let is_one = keywords.iter().all(|(keyword, value)| match keyword.as_str() {
        "type" => value == "object",
        "properties" => value.as_object().is_some_and(serde_json::Map::is_empty),
        "additionalProperties" | "unevaluatedProperties" => value == false,
        "maxProperties" => value == 0,
        "title" => true,
        extension => extension.starts_with("x-"),
    });
    let is_closed = ["additionalProperties", "unevaluatedProperties", "maxProperties"]
        .iter()
        .any(|keyword| keywords.contains_key(*keyword));
    is_one && keywords.contains_key("type") && is_closed
}
