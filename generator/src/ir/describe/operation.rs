//! An operation in, its lines out: what is sent, then what may come back.

use std::fmt::{self, Formatter};

use super::{
    Base, Description, Remarks,
    label::{Literal, Name, called, list},
    pagination::pages,
};
use crate::ir::{
    Batch, BatchProperty, Content, Delimited, Delimiter, Encoding, Event, EventData, Framing, Header, Operation,
    Parameter, Part, Payload, Primitive, RequestBody, Requirement, Response, Segment, Type,
};

impl Description<'_> {
    pub(super) fn operation(&self, operation: &Operation, out: &mut Formatter<'_>) -> fmt::Result {
        write!(out, "{} {}", operation.method.as_str(), operation.template)?;
        write!(out, "  {}", called(operation))?;
        if let Some(tag) = self.api.tags.get(operation.tag.0).and_then(|tag| tag.name.as_ref()) {
            write!(out, " in {}", Name(tag))?;
        }
        if operation.idempotent {
            write!(out, ", idempotent")?;
        }
        if let Some(header) = &operation.idempotency_key {
            write!(out, ", key in {}", Name(header))?;
        }
        writeln!(out, "{}", Remarks(&operation.docs))?;
        if !operation.rejected.is_empty() {
            writeln!(out, "  rejected with {}", list(operation.rejected.iter(), ", "))?;
        }
        describe_path(operation, out)?;
        operation
            .servers
            .iter()
            .try_for_each(|server| writeln!(out, "  server {}", Base(server)))?;
        if !operation.security.is_empty() {
            let alternatives = operation
                .security
                .iter()
                .map(|alternative| self.alternative(alternative));
            writeln!(out, "  security {}", list(alternatives, " or "))?;
        }
        operation
            .parameters
            .iter()
            .try_for_each(|parameter| self.parameter(parameter, out))?;
        if let Some(body) = &operation.body {
            self.body(body, out)?;
        }
        for (index, response) in operation.responses.iter().enumerate() {
            self.response(response, operation.widest_success == Some(index), out)?;
        }
        operation
            .batch
            .iter()
            .try_for_each(|batch| describe_batch(batch, out))?;
        let pagination = operation.pagination.iter();
        pagination.map(pages).try_for_each(|text| writeln!(out, "  {text}"))
    }

    fn alternative(&self, requirements: &[Requirement]) -> String {
        if requirements.is_empty() {
            return "nothing".to_owned();
        }
        let shown = requirements.iter().map(|requirement| {
            let scheme = self.api.security_schemes.get(requirement.scheme.0);
            let name = scheme.map_or("?", |scheme| scheme.name.as_str());
            if requirement.scopes.is_empty() {
                Name(name).to_string()
            } else {
                format!("{}({})", Name(name), requirement.scopes.join(", "))
            }
        });
        list(shown, " and ")
    }

    fn parameter(&self, parameter: &Parameter, out: &mut Formatter<'_>) -> fmt::Result {
        let Parameter {
            wire,
            location,
            ty,
            required,
            encoding,
            may_be_empty,
            segments,
            default,
            constant,
            before,
            docs,
        } = parameter;
        let optional = if *required { "" } else { "?" };
        write!(
            out,
            "  {location:?} {}{optional}: {}, {}",
            Name(wire),
            self.ty(ty),
            shown(encoding)
        )?;
        if *may_be_empty {
            write!(out, ", may be empty")?;
        }
        if let Some(segments) = segments {
            write!(out, ", segments {segments}")?;
        }
        if let Some(default) = default {
            write!(out, " = {}", Literal(default))?;
        }
        if let Some(constant) = constant {
            write!(out, ", always {}", Literal(constant))?;
        }
        if let Some(before) = before {
            write!(out, ", {} from before", Literal(before))?;
        }
        writeln!(out, "{}", Remarks(docs))
    }

    fn body(&self, body: &RequestBody, out: &mut Formatter<'_>) -> fmt::Result {
        let optional = if body.required { "" } else { "?" };
        for content in &body.contents {
            writeln!(out, "  Body{optional} {}", self.content(content))?;
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
        Ok(())
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
        writeln!(out, "{}", Remarks(docs))
    }

    pub(super) fn response(&self, response: &Response, widest: bool, out: &mut Formatter<'_>) -> fmt::Result {
        let Response {
            status,
            contents,
            unread,
            headers,
            docs,
        } = response;
        let contents = match contents.as_slice() {
            [] => "nothing".to_owned(),
            contents => list(contents.iter().map(|content| self.content(content)), " or "),
        };
        let widest = if widest { ", widest" } else { "" };
        let unread = unread.iter().map(|name| format!(", unread as {}", Name(name)));
        let unread: String = unread.collect();
        writeln!(out, "  {status} {contents}{widest}{unread}{}", Remarks(docs))?;
        for Header {
            wire,
            ty,
            required,
            delimiters,
            docs,
        } in headers
        {
            let optional = if *required { "" } else { "?" };
            write!(out, "    Header {}{optional}: {}", Name(wire), self.ty(ty))?;
            if !delimiters.is_empty() {
                write!(out, ", {}", between(delimiters))?;
            }
            writeln!(out, "{}", Remarks(docs))?;
        }
        Ok(())
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
        format!("{kind}{data}{}", Remarks(docs))
    }

    pub(super) fn content(&self, content: &Content) -> String {
        let payload = match &content.payload {
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
        let others = content.others.iter().map(|name| format!(", {}", Name(name)));
        let example = content.example.as_ref();
        let example = example.map_or_else(String::new, |example| format!(", such as {}", Literal(example)));
        format!(
            "{}{} {payload}{example}",
            Name(&content.media_type),
            others.collect::<String>()
        )
    }
}

fn up_to(end: Option<&String>) -> String {
    end.map_or_else(String::new, |end| format!(" up to {}", Name(end)))
}

fn shown(encoding: &Encoding) -> String {
    match encoding {
        Encoding::Style {
            style,
            explode,
            allow_reserved,
        } => {
            let explode = if *explode { " exploded" } else { "" };
            let reserved = if *allow_reserved { " reserved" } else { "" };
            format!("{style:?}{explode}{reserved}")
        }
        Encoding::Json => "as JSON".to_owned(),
        Encoding::Delimited(how) => delimited(how),
        Encoding::Form(members) => {
            let members = members
                .iter()
                .map(|(name, encoding)| format!(", {} {}", Name(name), shown(encoding)));
            format!("as a form{}", members.collect::<String>())
        }
    }
}

fn delimited(how: &Delimited) -> String {
    let explode = if how.explode { "exploded, " } else { "" };
    format!("{explode}{}", between(&how.delimiters))
}

fn between(delimiters: &[Delimiter]) -> String {
    let words = delimiters.iter().map(|delimiter| format!("{delimiter:?}"));
    format!("delimited by {}", list(words, " of "))
}

/// The path as it is sent, where that is not just the template.
fn describe_path(operation: &Operation, out: &mut Formatter<'_>) -> fmt::Result {
    let sent: String = operation
        .path
        .iter()
        .map(|segment| match segment {
            Segment::Literal(text) => text.clone(),
            Segment::Parameter(index) => {
                let name = operation
                    .parameters
                    .get(*index)
                    .map_or("?", |parameter| parameter.wire.as_str());
                format!("{{{name}}}")
            }
        })
        .collect();
    if sent != operation.template {
        writeln!(out, "  sent as {sent}")?;
    }
    operation
        .query
        .iter()
        .try_for_each(|(name, value)| writeln!(out, "  Query {} is always {}", Name(name), Name(value)))
}

fn describe_batch(batch: &Batch, out: &mut Formatter<'_>) -> fmt::Result {
    let Batch {
        inputs,
        limit,
        results,
        errors,
        complete,
        correlation,
        identity,
    } = batch;
    write!(out, "  batch of {limit} {inputs}")?;
    if let Some(results) = results {
        write!(out, ", results {results}")?;
    }
    if let Some(errors) = errors {
        write!(out, ", errors {errors}")?;
    }
    if *complete {
        write!(out, ", complete")?;
    }
    if let Some(correlation) = correlation {
        write!(
            out,
            ", correlated by {} / {} / {}",
            correlation.input, correlation.result, correlation.error
        )?;
    }
    if let Some(identity) = identity {
        let error = identity.error.as_deref().unwrap_or("nothing");
        write!(
            out,
            ", identified by {} / {} / {error}",
            identity.input, identity.result
        )?;
        if let Some(BatchProperty { name, result, request }) = &identity.property {
            let request = request.as_deref().unwrap_or("nothing");
            write!(out, ", or by the property {name} / {result} / {request}")?;
        }
    }
    writeln!(out)
}
