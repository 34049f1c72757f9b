//! A request body in, its alternatives out: forms and multipart bodies part by part.

use indexmap::IndexMap;
use openapiv3::{Operation, QueryStyle};
use serde_json::Value;

use super::{
    context::Lowering,
    docs,
    keywords::{JsonType, Keywords, Node},
    media::{Family, family},
    object::{self, Member},
    schema::Place,
};
use crate::{
    diagnostics::Code,
    ir::{Docs, Encoding, Parent, Part, Payload, Pointer, Primitive, RequestBody, Role, Style, Type},
};

impl<'d> Lowering<'d> {
    /// Lowers the body of the operation at `pointer`; `None` where there is none.
    pub(super) fn lower_body(
        &mut self,
        operation: &Operation,
        pointer: &Pointer,
        parent: &Parent,
    ) -> Option<RequestBody> {
        let node = operation.request_body.as_ref()?;
        let (body, place) = self.resolve(node, &pointer.child("requestBody"))?;
        let parent = Self::component_parent(&place).unwrap_or_else(|| parent.clone());
        let several = body.content.len() > 1;
        let role = |media_type: &str| Role::RequestBody(several.then(|| media_type.to_owned()));
        let contents = self.lower_contents(&place, &parent, role);
        let of_use = self.text_of_use(&pointer.child("requestBody"), "description");
        let docs = Docs {
            description: docs::text(of_use.or(body.description.as_deref())),
            ..Docs::default()
        };
        (!contents.is_empty()).then_some(RequestBody {
            required: body.required,
            contents,
            docs,
        })
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
                return Payload::Text;
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
            let json = encoding
                .content_type
                .as_deref()
                .is_some_and(|media_type| media_type.contains("json"));
            let encoding = if let Some(delimited) = self.delimited(&list.child(&name)) {
                Encoding::Delimited(delimited)
            } else if json && style.is_none() && explode.is_none() {
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

    fn encodings(&self, media: &Pointer) -> IndexMap<String, openapiv3::Encoding> {
        self.document.typed_at(&media.child("encoding")).unwrap_or_default()
    }

    /// A multipart body is a part for each member of its object.
    pub(super) fn lower_multipart(&mut self, node: Node<'d>, media: &Pointer, place: &Place) -> Payload {
        let Ok(flat) = self.flatten([(node, place.pointer.clone(), None)]) else {
            let message = "`allOf` is nested too deeply; the parts are put together by hand";
            self.report(Code::UnsupportedMediaType, &place.pointer, message);
            return Payload::Multipart(Vec::new());
        };
        let members = object::members(&flat);
        if members.is_empty() || !flat.choices.is_empty() {
            let message = "a multipart body without fixed members: its parts are put together by hand";
            self.report(Code::UnsupportedMediaType, &place.pointer, message);
            return Payload::Multipart(Vec::new());
        }
        let encodings = self.encodings(media);
        for (name, encoding) in &encodings {
            let place = media.child("encoding").child(name);
            if !encoding.headers.is_empty() {
                let message = format!("the headers of the part `{name}` are not sent");
                self.report(Code::UnsupportedMediaType, &place.child("headers"), message);
            }
            if !members.contains_key(name.as_str()) {
                let message = format!("there is no part `{name}`; what is said of it is ignored");
                self.report(Code::WrongShape, &place, message);
            }
        }
        let parts = members
            .into_iter()
            .map(|(name, member)| {
                let declared = encodings.get(name).and_then(|encoding| encoding.content_type.clone());
                let ty = self.part_type(&member, &place.parent, name, declared.as_deref());
                let content_type = declared.or_else(|| self.part_content_type(&member));
                let facts = self.facts(&member);
                let said = media.child("encoding").child(name);
                Part {
                    wire: name.to_owned(),
                    ty,
                    required: member.required,
                    content_type,
                    delimited: self.delimited(&said),
                    docs: facts.docs,
                }
            })
            .collect();
        Payload::Multipart(parts)
    }

    /// The media type of a file, or of the files of a list, where its schema gives one.
    fn part_content_type(&mut self, member: &Member<'d>) -> Option<String> {
        let node = member.occurrences.last()?.node;
        let list = self.end_of(node).filter(|keywords| keywords.prefix_items().is_empty());
        let items = list.and_then(Keywords::items);
        let file = [Some(node), items]
            .into_iter()
            .flatten()
            .find(|node| self.is_file(*node))?;
        self.content_type(file).map(str::to_owned)
    }

    /// The type of a part: bytes stay bytes here, as they could not inside JSON.
    fn part_type(&mut self, member: &Member<'d>, parent: &Parent, name: &str, declared: Option<&str>) -> Type {
        let is_json = declared.is_some_and(|media_type| family(media_type) == Family::Json);
        if let Some(occurrence) = member.occurrences.last().filter(|_| !is_json) {
            if self.is_file(occurrence.node) {
                return Type::Primitive(Primitive::Binary);
            }
            if let Some(keywords) = self.end_of(occurrence.node)
                && keywords.ty() == Some(JsonType::Array)
                && keywords.prefix_items().is_empty()
                && keywords.items().is_some_and(|items| self.is_file(items))
            {
                return Type::List(Box::new(Type::Primitive(Primitive::Binary)));
            }
        }
        self.lower_member(member, parent, &Role::Property(name.to_owned()))
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
