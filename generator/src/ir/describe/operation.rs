//! An operation in, its lines out: what is sent, then what may come back.

use std::fmt::{self, Formatter};

use super::{
    Description,
    label::{Literal, Name, called, list},
    pagination::pages,
};
use crate::ir::{
    Batch, BatchIdentity, BatchProperty, Correlation, Delimited, Delimiter, Encoding, Header, Operation, Parameter,
    Requirement, Response, Segment,
};

impl Description<'_> {
    pub(super) fn operation(&self, operation: &Operation, out: &mut Formatter<'_>) -> fmt::Result {
        let Operation {
            id: _,
            pointer: _,
            method,
            template,
            path: _,
            query: _,
            tag,
            tags: _,
            parameters,
            body,
            responses,
            security,
            servers,
            idempotent,
            idempotency_key,
            rejected,
            batch,
            pagination,
            widest_success,
            docs,
        } = operation;
        write!(out, "{} {template}  {}", method.as_str(), called(operation))?;
        if let Some(tag) = self.api.tags.get(tag.0).and_then(|tag| tag.name.as_ref()) {
            write!(out, " in {}", Name(tag))?;
        }
        if *idempotent {
            write!(out, ", idempotent")?;
        }
        if let Some(header) = idempotency_key {
            write!(out, ", key in {}", Name(header))?;
        }
        writeln!(out, "{}", self.remarks(docs))?;
        if !rejected.is_empty() {
            writeln!(out, "  rejected with {}", list(rejected.iter(), ", "))?;
        }
        describe_path(operation, out)?;
        servers
            .iter()
            .try_for_each(|server| writeln!(out, "  server {}", self.base(server)))?;
        if !security.is_empty() {
            let alternatives = security.iter().map(|alternative| self.alternative(alternative));
            writeln!(out, "  security {}", list(alternatives, " or "))?;
        }
        parameters
            .iter()
            .try_for_each(|parameter| self.parameter(parameter, out))?;
        body.iter().try_for_each(|body| self.body(body, out))?;
        for (index, response) in responses.iter().enumerate() {
            self.response(response, *widest_success == Some(index), out)?;
        }
        batch.iter().try_for_each(|batch| describe_batch(batch, out))?;
        let mut pagination = pagination.iter().map(pages);
        pagination.try_for_each(|text| writeln!(out, "  {text}"))
    }

    fn alternative(&self, requirements: &[Requirement]) -> String {
        if requirements.is_empty() {
            return "nothing".to_owned();
        }
        let shown = requirements.iter().map(|Requirement { scheme, scopes }| {
            let scheme = self.api.security_schemes.get(scheme.0);
            let name = scheme.map_or("?", |scheme| scheme.name.as_str());
            if scopes.is_empty() {
                Name(name).to_string()
            } else {
                format!("{}({})", Name(name), scopes.join(", "))
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
        writeln!(out, "{}", self.remarks(docs))
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
        writeln!(out, "  {status} {contents}{widest}{unread}{}", self.remarks(docs))?;
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
            writeln!(out, "{}", self.remarks(docs))?;
        }
        Ok(())
    }
}

pub(super) fn shown(encoding: &Encoding) -> String {
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

pub(super) fn delimited(how: &Delimited) -> String {
    let Delimited { explode, delimiters } = how;
    let explode = if *explode { "exploded, " } else { "" };
    format!("{explode}{}", between(delimiters))
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
    if let Some(Correlation { input, result, error }) = correlation {
        write!(out, ", correlated by {input} / {result} / {error}")?;
    }
    if let Some(BatchIdentity {
        input,
        result,
        error,
        property,
    }) = identity
    {
        let error = error.as_deref().unwrap_or("nothing");
        write!(out, ", identified by {input} / {result} / {error}")?;
        if let Some(BatchProperty { name, result, request }) = property {
            let request = request.as_deref().unwrap_or("nothing");
            write!(out, ", or by the property {name} / {result} / {request}")?;
        }
    }
    writeln!(out)
}
