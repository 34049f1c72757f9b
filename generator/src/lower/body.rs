//! A request body in, its alternatives out: forms and multipart bodies part by part.

use openapiv3::{MediaType, Operation, QueryStyle};
use serde_json::Value;

use super::{
    context::Lowering,
    docs,
    keywords::{JsonType, Keywords, Node},
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
        operation: &'d Operation,
        pointer: &Pointer,
        parent: &Parent,
    ) -> Option<RequestBody> {
        let node = operation.request_body.as_ref()?;
        let (body, place) = self.resolve(node, &pointer.child("requestBody"))?;
        let parent = Self::component_parent(&place).unwrap_or_else(|| parent.clone());
        let several = body.content.len() > 1;
        let role = |media_type: &str| Role::RequestBody(several.then(|| media_type.to_owned()));
        let contents = self.lower_contents(&body.content, &place, &parent, role);
        let docs = Docs {
            description: docs::text(body.description.as_ref()),
            ..Docs::default()
        };
        (!contents.is_empty()).then_some(RequestBody {
            required: body.required,
            contents,
            docs,
        })
    }

    /// A form is an object; members that are encoded in another way than the default are listed.
    pub(super) fn lower_form(&mut self, node: Node<'d>, media: &'d MediaType, place: Place) -> Payload {
        let pointer = place.pointer.clone();
        match self.end_of(node).and_then(Keywords::ty) {
            Some(JsonType::Object | JsonType::Other(_)) | None => {}
            Some(other) => {
                let message = format!(
                    "a form is an object, not of type `{}`; its text is written by hand",
                    other.as_str()
                );
                self.report(Code::UnsupportedMediaType, &pointer, message);
                return Payload::Text;
            }
        }
        let ty = self.lower_node(node, place).without_null();
        let encodings = media
            .encoding
            .iter()
            .filter_map(|(name, encoding)| {
                let place = super::parent_of(&pointer).child("encoding").child(name);
                let style = encoding.style.as_ref().map(query_style);
                // The typed value cannot tell an absent `explode` from a false one.
                let explode = self.document.value_at(&place.child("explode")).and_then(Value::as_bool);
                let json = encoding
                    .content_type
                    .as_deref()
                    .is_some_and(|media_type| media_type.contains("json"));
                let encoding = if let Some(delimited) = self.delimited(&place) {
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
                let usual = Encoding::Style {
                    style: Style::Form,
                    explode: true,
                    allow_reserved: false,
                };
                (encoding != usual).then(|| (name.clone(), encoding))
            })
            .collect();
        Payload::Form { ty, encodings }
    }

    /// A multipart body is a part for each member of its object.
    pub(super) fn lower_multipart(&mut self, node: Node<'d>, media: &'d MediaType, place: &Place) -> Payload {
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
        for (name, encoding) in &media.encoding {
            let place = super::parent_of(&place.pointer).child("encoding").child(name);
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
                let ty = self.part_type(&member, &place.parent, name);
                let content_type = media
                    .encoding
                    .get(name)
                    .and_then(|encoding| encoding.content_type.clone())
                    .or_else(|| self.part_content_type(&member));
                let facts = self.facts(&member);
                let said = super::parent_of(&place.pointer).child("encoding").child(name);
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
        let items = self.end_of(node).and_then(Keywords::items);
        let file = [Some(node), items]
            .into_iter()
            .flatten()
            .find(|node| self.is_file(*node))?;
        self.content_type(file).map(str::to_owned)
    }

    /// The type of a part: bytes stay bytes here, as they could not inside JSON.
    fn part_type(&mut self, member: &Member<'d>, parent: &Parent, name: &str) -> Type {
        if let Some(occurrence) = member.occurrences.last() {
            if self.is_file(occurrence.node) {
                return Type::Primitive(Primitive::Binary);
            }
            if let Some(keywords) = self.end_of(occurrence.node)
                && keywords.ty() == Some(JsonType::Array)
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
