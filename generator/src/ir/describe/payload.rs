//! A body in, its text out: what is in it, and how it is written.

use std::fmt::{self, Formatter};

use super::{
    Description,
    label::{Literal, Name, list},
    operation::{delimited, shown},
};
use crate::ir::{Content, Event, EventData, Framing, Part, Payload, Primitive, RequestBody, Type};

impl Description<'_> {
    pub(super) fn body(&self, body: &RequestBody, out: &mut Formatter<'_>) -> fmt::Result {
        let RequestBody {
            required,
            contents,
            example,
            docs,
        } = body;
        let optional = if *required { "" } else { "?" };
        for content in contents {
            writeln!(out, "  Body{optional} {}{}", self.content(content), self.remarks(docs))?;
            match &content.payload {
                Payload::Multipart(parts) => parts.iter().try_for_each(|part| self.part(part, out))?,
                Payload::Form { encodings, .. } => {
                    for (name, encoding) in encodings {
                        writeln!(out, "    {}: {}", Name(name), shown(encoding))?;
                    }
                }
                Payload::Json(_)
                | Payload::Xml(..)
                | Payload::Text(_)
                | Payload::Bytes
                | Payload::EventStream(..)
                | Payload::Events(..)
                | Payload::Items(..) => {}
            }
        }
        let mut example = example.iter().filter(|_| self.has_prose);
        example.try_for_each(|example| writeln!(out, "    example {}", Literal(example)))
    }

    fn part(&self, part: &Part, out: &mut Formatter<'_>) -> fmt::Result {
        let Part {
            wire,
            ty,
            required,
            constant,
            content_type,
            delimited: how,
            headers,
            docs,
        } = part;
        let optional = if *required { "" } else { "?" };
        write!(out, "    {}{optional}: {}", Name(wire), self.ty(ty))?;
        if let Some(constant) = constant {
            write!(out, ", always {}", Literal(constant))?;
        }
        if let Some(content_type) = content_type {
            write!(out, ", {content_type}")?;
        }
        if let Some(how) = how {
            write!(out, ", {}", delimited(how))?;
        }
        headers
            .iter()
            .try_for_each(|(name, value)| write!(out, ", {} is {}", Name(name), Name(value)))?;
        writeln!(out, "{}", self.remarks(docs))
    }

    fn event(&self, event: &Event) -> String {
        let Event { kind, data, docs } = event;
        let kind = kind
            .as_ref()
            .map_or_else(String::new, |kind| format!("{} with ", Name(kind)));
        let data = match data {
            EventData::Json(ty) => self.ty(ty),
            EventData::Text => "text".to_owned(),
            EventData::Exactly(text) => format!("the text {}", Name(text)),
        };
        format!("{kind}{data}{}", self.remarks(docs))
    }

    pub(super) fn content(&self, content: &Content) -> String {
        let Content {
            media_type,
            others,
            payload,
            example,
        } = content;
        let payload = match payload {
            Payload::Json(ty) => format!("json {}", self.ty(ty)),
            Payload::Xml(ty, node) => format!("xml {} as {}", self.ty(ty), self.api.xml.roots[node.0]),
            Payload::Form { ty, .. } => format!("form {}", self.ty(ty)),
            Payload::Multipart(_) => "multipart".to_owned(),
            Payload::Text(Type::Primitive(Primitive::String)) => "text".to_owned(),
            Payload::Text(ty) => format!("text of {}", self.ty(ty)),
            Payload::Bytes => "bytes".to_owned(),
            Payload::EventStream(ty, end) => format!("events of {}{}", self.ty(ty), up_to(end.as_ref())),
            Payload::Events(events, end) => {
                let events = events.iter().map(|event| self.event(event));
                format!("events {}{}", list(events, " or "), up_to(end.as_ref()))
            }
            Payload::Items(Framing::Lines, ty) => format!("lines of {}", self.ty(ty)),
            Payload::Items(Framing::Sequence, ty) => format!("sequence of {}", self.ty(ty)),
        };
        let others = others.iter().map(|name| format!(", {}", Name(name)));
        let example = example.as_ref().filter(|_| self.has_prose);
        let example = example.map_or_else(String::new, |example| format!(", such as {}", Literal(example)));
        format!("{}{} {payload}{example}", Name(media_type), others.collect::<String>())
    }
}

fn up_to(end: Option<&String>) -> String {
    end.map_or_else(String::new, |end| format!(" up to {}", Name(end)))
}
