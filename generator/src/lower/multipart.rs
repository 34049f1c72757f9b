//! A multipart body in, its parts out: one for each member of its object.

use indexmap::IndexMap;
use openapiv3::{Encoding, ReferenceOr};
use serde_json::Value;

use super::{
    context::Lowering,
    facts::Facts,
    files::Files,
    framing::impossible,
    keywords::{JsonType, Keywords, Node},
    object::Member,
    schema::Place,
    sentences,
};
use crate::{
    diagnostics::Code,
    ir::{Access, Docs, Location, Part, Payload, Pointer, Primitive, Type},
};

impl<'d> Lowering<'d> {
    /// Lowers the multipart body of which `media` is the media type.
    pub(super) fn lower_multipart(&mut self, node: Option<Node<'d>>, media: &Pointer, place: &Place) -> Payload {
        if self.note_positions(node, media) {
            return Payload::Multipart(Vec::new());
        }
        let Some(node) = node else {
            return Payload::Multipart(Vec::new());
        };
        if let Some(ty) = self
            .end_of(node)
            .and_then(Keywords::ty)
            .filter(|ty| *ty != JsonType::Object)
        {
            let message = format!(
                "a multipart body is an object, not of type `{}`; it is read as one",
                ty.as_str()
            );
            self.report(Code::UnsupportedMediaType, &place.pointer, message);
        }
        let members = self.members_of_forms(node, place);
        if members.is_empty() {
            let message = "a multipart body without fixed members: its parts are put together by hand";
            self.report(Code::UnsupportedMediaType, &place.pointer, message);
            return Payload::Multipart(Vec::new());
        }
        let encodings: IndexMap<String, Encoding> = self.encodings(media);
        let list = media.child("encoding");
        for name in encodings.keys().filter(|name| !members.contains_key(name.as_str())) {
            let message = format!("there is no part `{name}`; what is said of it is ignored");
            self.report(Code::WrongShape, &list.child(name), message);
        }
        let parts = members.into_iter().filter_map(|(name, described)| {
            let member = described.first()?;
            let encoding = encodings.get(name);
            let declared = encoding.and_then(|encoding| encoding.content_type.clone());
            let at = list.child(name);
            let mut files = described
                .iter()
                .filter_map(|member| self.files(name, member, declared.as_deref()));
            let files = files.next();
            let content_type = files.as_ref().and_then(Files::content_type);
            let unwritten = declared.as_deref().filter(|_| files.is_none());
            let unwritten = unwritten.and_then(|declared| self.unwritten(name, member, declared, &at));
            let delimited = self.delimited(&at);
            if delimited.is_none() {
                self.note_part_style(name, &at);
            }
            let mut constant = None;
            let ty = if self.note_parts(name, &at) {
                Type::Primitive(Primitive::Binary)
            } else if let Some(files) = files {
                files.ty()
            } else if let Some(ty) = unwritten {
                ty
            } else if let ([_], None, Some((value, ty))) = (described.as_slice(), &delimited, self.fixed(member)) {
                constant = Some(value);
                ty
            } else {
                self.lower_part(name, &described, &place.parent, &place.pointer)
            };
            let is_file = [
                Type::Primitive(Primitive::Binary),
                Type::List(Box::new(Type::Primitive(Primitive::Binary))),
            ]
            .contains(&ty);
            let content_type = declared.or(content_type);
            let content_type = match content_type {
                Some(content_type) if !is_file => Some(self.part_written_as(&content_type, &at.child("contentType"))),
                content_type => content_type,
            };
            let headers = encoding.map(|encoding| self.part_headers((name, &ty), encoding, &at));
            Some(Part {
                wire: name.to_owned(),
                ty,
                required: member.required && !self.is_relaxed(name, member, None),
                constant,
                delimited,
                headers: headers.unwrap_or_default(),
                docs: self.docs_of_part(member, content_type.as_deref().filter(|_| is_file)),
                content_type,
            })
        });
        Payload::Multipart(parts.collect())
    }

    /// Says where a part asks for a style, which is for what is no file and has no media type of its own.
    fn note_part_style(&mut self, part: &str, at: &Pointer) {
        let styled = ["style", "explode", "allowReserved"].map(|name| at.child(name));
        if let Some(place) = styled.iter().find(|place| self.document.value_at(place).is_some()) {
            let told = styled
                .iter()
                .filter_map(|place| self.document.value_at(place))
                .map(ToString::to_string);
            let told: Vec<String> = told.collect();
            let message = format!(
                "the part `{part}` is written as its media type says, and in no style ({})",
                told.join(", ")
            );
            self.report(Code::UndefinedStyle, place, message);
        }
    }

    fn docs_of_part(&mut self, member: &Member<'d>, content_type: Option<&str>) -> Docs {
        let Facts {
            mut docs,
            access,
            default,
        } = self.facts(member);
        docs.constraints.retain(|limit| !sentences::is_of_bytes(limit));
        let access = match access {
            Access::ReadOnly => Some("Read-only.".to_owned()),
            Access::WriteOnly => Some("Write-only.".to_owned()),
            Access::ReadWrite => None,
        };
        let default = default.map(|(value, _)| format!("Default: `{value}`."));
        // Which of several it is, only the caller knows.
        let is_open = |content_type: &&str| content_type.contains([',', '*']);
        let media_types = content_type.filter(is_open).map(|content_type| {
            format!("Its media type is one of `{content_type}`, which is the caller's to say; without it, `application/octet-stream` is sent.")
        });
        docs.constraints
            .extend(access.into_iter().chain(default).chain(media_types));
        docs
    }

    /// Whether parts are known by where they stand, which is said: they are put together by hand.
    fn note_positions(&mut self, node: Option<Node<'d>>, media: &Pointer) -> bool {
        let by_position = ["itemSchema", "prefixEncoding", "itemEncoding"]
            .into_iter()
            .map(|name| media.child(name));
        let by_position = by_position
            .into_iter()
            .find(|place| self.document.value_at(place).is_some());
        let is_list = node.and_then(|node| self.end_of(node)).and_then(Keywords::ty) == Some(JsonType::Array);
        let place = by_position.or_else(|| is_list.then(|| media.child("schema")));
        let Some(place) = place else { return false };
        let message = "parts without names: they are put together by hand, in their order";
        let hint = "`Multipart::part` and `Multipart::file_part` add one each";
        self.report_with_hint(Code::UnsupportedMediaType, &place, message, hint);
        true
    }

    /// Whether a part has parts of its own, which is said: they are the caller's to write.
    fn note_parts(&mut self, part: &str, at: &Pointer) -> bool {
        let places = ["encoding", "prefixEncoding", "itemEncoding"].map(|name| at.child(name));
        let Some(place) = places.iter().find(|place| self.document.value_at(place).is_some()) else {
            return false;
        };
        let message =
            format!("the part `{part}` has parts of its own, which are not told apart; it is handed over as bytes");
        self.report(Code::UnsupportedMediaType, place, message);
        true
    }

    /// The headers of a part that have one value only. The others are said to be missing.
    fn part_headers(&mut self, (part, ty): (&str, &Type), encoding: &Encoding, at: &Pointer) -> Vec<(String, String)> {
        let mut fixed = Vec::new();
        let mut lacking = Vec::new();
        for (name, node) in &encoding.headers {
            let place = at.child("headers").child(name);
            let is_described_elsewhere =
                ["content-type", "content-disposition"].contains(&name.to_ascii_lowercase().as_str());
            if let Some(why) = impossible(Location::Header, name) {
                self.report(Code::WrongShape, &place, format!("{why}; it is left out"));
                continue;
            }
            match self.only_value(node, &place) {
                _ if is_described_elsewhere => {}
                Some(value) => fixed.push((name.clone(), value)),
                None => {
                    let required = self.resolve(node, &place).is_some_and(|(header, _)| header.required);
                    lacking.push(format!("`{name}`{}", if required { " (required)" } else { "" }));
                }
            }
        }
        if !lacking.is_empty() {
            let message = format!("the headers of the part `{part}` are not sent: {}", lacking.join(", "));
            let at = at.child("headers");
            match ty {
                Type::Primitive(Primitive::Binary) => {
                    let hint = "`Upload::header` gives one to a file";
                    self.report_with_hint(Code::UnsupportedMediaType, &at, message, hint);
                }
                _ => self.report(Code::UnsupportedMediaType, &at, message),
            }
        }
        fixed
    }

    /// The value of a header that has no other.
    fn only_value(&mut self, node: &ReferenceOr<openapiv3::Header>, place: &Pointer) -> Option<String> {
        let (_, end) = self.resolve(node, place)?;
        let node = self.node_at(&end.child("schema"))?;
        match self.end_of(node)?.enumeration().as_slice() {
            [Value::String(text)] => Some(text.clone()),
            [value @ (Value::Number(_) | Value::Bool(_))] => Some(value.to_string()),
            _ => None,
        }
    }
}
