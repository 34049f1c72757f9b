//! A request body in, its alternatives out, and forms member by member.

use indexmap::IndexMap;
use openapiv3::{Operation, QueryStyle};
use serde_json::Value;

use super::{
    context::Lowering,
    docs,
    keywords::{JsonType, Keywords, Node},
    schema::Place,
};
use crate::{
    diagnostics::Code,
    ir::{Docs, Encoding, Parent, Payload, Pointer, RequestBody, Role, Style},
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
            constraints: self.limits_of_contents(&place),
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

    pub(super) fn encodings(&self, media: &Pointer) -> IndexMap<String, openapiv3::Encoding> {
        self.document.typed_at(&media.child("encoding")).unwrap_or_default()
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
