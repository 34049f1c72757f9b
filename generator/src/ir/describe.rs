//! The IR as stable text, for `cargo xtask ir` and for the snapshots of `lower`: a line for each thing that the rest of
//! the pipeline can tell apart, in the order of the IR. Prose is shown where it is asked for.

mod definition;
mod label;
mod operation;
mod pagination;
mod payload;
mod remarks;
mod webhook;
mod xml;

use std::fmt::{self, Display, Formatter};

use label::{Labels, Name, list};
use remarks::Remarks;

use super::{
    Api, Contact, Docs, Flow, Info, License, Primitive, SecurityKind, SecurityScheme, Server, ServerVariable, Tag, Xml,
};

/// Prints the whole of `api`, one definition or operation a paragraph, without its prose.
#[must_use]
pub fn describe(api: &Api) -> String {
    Description::of(api, false).to_string()
}

/// The same with its prose: summaries, descriptions, links and examples, each behind what it is about.
#[must_use]
pub fn describe_with_prose(api: &Api) -> String {
    Description::of(api, true).to_string()
}

struct Description<'a> {
    api: &'a Api,
    labels: Labels,
    has_prose: bool,
}

impl<'a> Description<'a> {
    fn of(api: &'a Api, has_prose: bool) -> Self {
        Self {
            api,
            labels: Labels::of(api),
            has_prose,
        }
    }

    fn base<'s>(&self, server: &'s Server) -> Base<'s> {
        Base {
            server,
            has_prose: self.has_prose,
        }
    }

    /// What is said of something, at the end of its line.
    fn remarks<'d>(&self, docs: &'d Docs) -> Remarks<'d> {
        Remarks {
            docs,
            has_prose: self.has_prose,
        }
    }
}

impl Display for Description<'_> {
    fn fmt(&self, out: &mut Formatter<'_>) -> fmt::Result {
        let Api {
            info,
            servers,
            types,
            xml: Xml { roots: _, objects },
            tags,
            operations,
            webhooks,
            telling,
            security_schemes,
            client: _,
            recursion_limit: _,
        } = self.api;
        self.info(info, out)?;
        for server in servers {
            writeln!(out, "server {}", self.base(server))?;
        }
        for scheme in security_schemes {
            let SecurityScheme {
                name,
                kind,
                flows,
                docs,
            } = scheme;
            write!(out, "security {}: ", Name(name))?;
            match kind {
                SecurityKind::Bearer => write!(out, "bearer")?,
                SecurityKind::Basic => write!(out, "basic")?,
                SecurityKind::Http(scheme) => write!(out, "http {scheme}")?,
                SecurityKind::ApiKey { location, parameter } => {
                    write!(out, "key in {location:?} {}", Name(parameter))?;
                }
                SecurityKind::MutualTls => write!(out, "certificate")?,
            }
            writeln!(out, "{}", self.remarks(docs))?;
            for flow in flows {
                describe_flow(flow, out)?;
            }
        }
        for tag in tags {
            let Tag { name, within, docs } = tag;
            match name {
                Some(name) => write!(out, "tag {}", Name(name))?,
                None => write!(out, "tag (none)")?,
            }
            within.iter().try_for_each(|tag| write!(out, " in {}", Name(tag)))?;
            writeln!(out, "{}", self.remarks(docs))?;
        }
        for operation in operations {
            writeln!(out)?;
            self.operation(operation, out)?;
        }
        for webhook in webhooks {
            writeln!(out)?;
            self.webhook(webhook, out)?;
        }
        if !telling.is_empty() {
            writeln!(out)?;
        }
        telling.iter().try_for_each(|telling| self.telling(telling, out))?;
        for (index, object) in objects.iter().enumerate() {
            write!(out, "\n{}", xml::Object(index, object))?;
        }
        for (id, definition) in types.iter() {
            writeln!(out)?;
            self.definition(self.labels.get(id), definition, out)?;
        }
        Ok(())
    }
}

impl Description<'_> {
    fn info(&self, info: &Info, out: &mut Formatter<'_>) -> fmt::Result {
        let Info {
            title,
            version,
            summary,
            description,
            link,
            terms,
            contact,
            license,
        } = info;
        writeln!(out, "api {} {}", Name(title), Name(version))?;
        let prose = [("summary", summary), ("description", description), ("link", link)];
        for (what, text) in prose.iter().filter(|_| self.has_prose) {
            if let Some(text) = text {
                writeln!(out, "{what} {}", label::one_line(text.trim()))?;
            }
        }
        if let Some(terms) = terms {
            writeln!(out, "terms {}", Name(terms))?;
        }
        if let Some(Contact { name, url, email }) = contact {
            let parts = [name, url, email].into_iter().flatten();
            writeln!(out, "contact {}", list(parts.map(|part| Name(part)), ", "))?;
        }
        if let Some(License { name, url, identifier }) = license {
            let parts = [Some(name), url.as_ref(), identifier.as_ref()].into_iter().flatten();
            writeln!(out, "licence {}", list(parts.map(|part| Name(part)), ", "))?;
        }
        Ok(())
    }
}

/// What the type is called in documents.
pub(super) fn primitive(primitive: &Primitive) -> String {
    let name = match primitive {
        Primitive::Boolean => "boolean",
        Primitive::Int32 => "int32",
        Primitive::Int64 => "int64",
        Primitive::UInt32 => "uint32",
        Primitive::UInt64 => "uint64",
        Primitive::Float => "float",
        Primitive::Double => "double",
        Primitive::String => "string",
        Primitive::DateTime => "date-time",
        Primitive::LocalDateTime => "date-time-local",
        Primitive::Date => "date",
        Primitive::Time => "time",
        Primitive::Uuid => "uuid",
        Primitive::Byte => "byte",
        Primitive::ByteUrl => "byte for URLs",
        Primitive::Binary => "binary",
        Primitive::Custom { format, path } => return format!("{format} as {path}"),
    };
    name.to_owned()
}

/// A base URL with its variables.
struct Base<'a> {
    server: &'a Server,
    has_prose: bool,
}

impl Display for Base<'_> {
    fn fmt(&self, out: &mut Formatter<'_>) -> fmt::Result {
        let Server {
            name,
            url,
            variables,
            description,
        } = self.server;
        let told = |description: &Option<String>, out: &mut Formatter<'_>| {
            let mut description = description.iter().filter(|_| self.has_prose);
            description.try_for_each(|text| write!(out, " ({})", label::one_line(text)))
        };
        if let Some(name) = name {
            write!(out, "{} at ", Name(name))?;
        }
        write!(out, "{}", Name(url))?;
        told(description, out)?;
        for ServerVariable {
            name,
            default,
            values,
            description,
        } in variables
        {
            write!(out, ", {} = {}", Name(name), Name(default))?;
            told(description, out)?;
            if !values.is_empty() {
                write!(out, " of {}", list(values.iter().map(|value| Name(value)), " | "))?;
            }
        }
        Ok(())
    }
}

fn describe_flow(flow: &Flow, out: &mut Formatter<'_>) -> fmt::Result {
    let Flow {
        kind,
        authorization_url,
        token_url,
        refresh_url,
        scopes,
    } = flow;
    write!(out, "  {kind:?}")?;
    for (what, url) in [
        ("user", authorization_url.as_str()),
        ("tokens", token_url),
        ("refresh", refresh_url.as_deref().unwrap_or_default()),
    ] {
        if !url.is_empty() {
            write!(out, ", {what} {url}")?;
        }
    }
    for (scope, docs) in scopes {
        write!(out, ", {} ({docs})", Name(scope))?;
    }
    writeln!(out)
}
