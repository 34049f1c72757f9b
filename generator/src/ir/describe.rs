//! The IR as stable text, for `cargo xtask ir` and for the snapshots of `lower`: a line for each thing that the rest of
//! the pipeline can tell apart, in the order of the IR. Prose is left out.

mod label;
mod operation;
mod pagination;
mod webhook;
mod xml;

use std::fmt::{self, Display, Formatter};

use label::{Labels, Literal, Name, list};

use super::{
    Access, Additional, Api, Before, Contact, Docs, EnumValue, Equality, Field, Flow, Info, Item, License, Presence,
    Primitive, SecurityKind, SecurityScheme, Server, Shape, Tag, Type, TypeDef, Variant,
};

/// Prints the whole of `api`, one definition or operation a paragraph.
#[must_use]
pub fn describe(api: &Api) -> String {
    Description {
        api,
        labels: Labels::of(api),
    }
    .to_string()
}

struct Description<'a> {
    api: &'a Api,
    labels: Labels,
}

impl Display for Description<'_> {
    fn fmt(&self, out: &mut Formatter<'_>) -> fmt::Result {
        let Api {
            info,
            servers,
            types,
            xml,
            tags,
            operations,
            webhooks,
            telling,
            security_schemes,
            client: _,
            recursion_limit: _,
        } = self.api;
        describe_info(info, out)?;
        for server in servers {
            writeln!(out, "server {}", Base(server))?;
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
            writeln!(out, "{}", Remarks(docs))?;
            for flow in flows {
                describe_flow(flow, out)?;
            }
        }
        for tag in tags {
            let Tag { name, within, docs: _ } = tag;
            match name {
                Some(name) => write!(out, "tag {}", Name(name))?,
                None => write!(out, "tag (none)")?,
            }
            within.iter().try_for_each(|tag| write!(out, " in {}", Name(tag)))?;
            writeln!(out)?;
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
        for (index, object) in xml.objects.iter().enumerate() {
            write!(out, "\n{}", xml::Object(index, object))?;
        }
        for (id, definition) in types.iter() {
            writeln!(out)?;
            self.definition(self.labels.get(id), definition, out)?;
        }
        Ok(())
    }
}

fn describe_value(value: &EnumValue, out: &mut Formatter<'_>) -> fmt::Result {
    let EnumValue { wire, name, docs } = value;
    write!(out, "  {}", Literal(wire))?;
    if let Some(name) = name {
        write!(out, " called {}", Name(name))?;
    }
    writeln!(out, "{}", Remarks(docs))
}

fn describe_info(info: &Info, out: &mut Formatter<'_>) -> fmt::Result {
    let Info {
        title,
        version,
        summary: _,
        description: _,
        link: _,
        terms,
        contact,
        license,
    } = info;
    writeln!(out, "api {} {}", Name(title), Name(version))?;
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

impl Description<'_> {
    fn definition(&self, label: &str, definition: &TypeDef, out: &mut Formatter<'_>) -> fmt::Result {
        let TypeDef {
            docs,
            shape,
            capability,
            direction,
            same_as,
            origin: _,
            pointer: _,
        } = definition;
        let facts = [
            (direction.request, "sent"),
            (direction.response, "received"),
            (capability.eq != Equality::None, "eq"),
            (capability.default, "default"),
        ];
        let facts: Vec<_> = facts
            .iter()
            .filter(|(holds, _)| *holds)
            .map(|(_, fact)| *fact)
            .collect();
        let facts = if facts.is_empty() {
            String::new()
        } else {
            format!("  ({})", facts.join(", "))
        };
        let remarks = Remarks(docs);
        if let Some(kept) = same_as {
            return writeln!(out, "alias {label} = {}{facts}{remarks}", self.ty(&Type::Def(*kept)));
        }
        match shape {
            Shape::Alias(ty) => writeln!(out, "alias {label} = {}{facts}{remarks}", self.ty(ty)),
            Shape::Enum(body) => {
                writeln!(out, "enum {label}: {:?}{facts}{remarks}", body.repr)?;
                body.values.iter().try_for_each(|value| describe_value(value, out))
            }
            Shape::Union(body) => {
                write!(out, "union {label}")?;
                if let Some(discriminator) = &body.discriminator {
                    let inferred = if discriminator.inferred { ", inferred" } else { "" };
                    let optional = if discriminator.optional { "?" } else { "" };
                    write!(out, " by {}{optional}{inferred}", Name(&discriminator.property))?;
                    if let Some(default) = discriminator.default {
                        write!(out, ", else {}", default + 1)?;
                    }
                    if let Some(absent) = discriminator.absent {
                        write!(out, ", absent {}", absent + 1)?;
                    }
                }
                writeln!(out, "{facts}{remarks}")?;
                body.variants.iter().try_for_each(|variant| self.variant(variant, out))
            }
            Shape::Struct(body) => {
                writeln!(out, "struct {label}{facts}{remarks}")?;
                body.fields.iter().try_for_each(|field| self.field(field, out))?;
                match &body.additional {
                    Additional::Denied => writeln!(out, "  no others"),
                    Additional::Implied => Ok(()),
                    Additional::Declared(ty) => writeln!(out, "  others: {}", self.ty(ty)),
                }
            }
            Shape::Tuple(body) => {
                writeln!(out, "tuple {label}{facts}{remarks}")?;
                body.items.iter().try_for_each(|item| self.item(item, out))?;
                match &body.rest {
                    Some(ty) => writeln!(out, "  others: {}", self.ty(ty)),
                    None => Ok(()),
                }
            }
        }
    }

    fn field(&self, field: &Field, out: &mut Formatter<'_>) -> fmt::Result {
        let Field {
            wire,
            ty,
            presence,
            access,
            default,
            constant,
            docs,
            tag,
            before,
            boxed,
        } = field;
        let optional = match presence {
            Presence::Required => "",
            Presence::Optional => "?",
        };
        write!(out, "  {}{optional}: {}{}", Name(wire), Boxed(*boxed), self.ty(ty))?;
        match access {
            Access::ReadWrite => {}
            Access::ReadOnly => write!(out, ", read-only")?,
            Access::WriteOnly => write!(out, ", write-only")?,
        }
        if let Some(default) = default {
            write!(out, " = {}", Literal(default))?;
        }
        if let Some(constant) = constant {
            write!(out, ", always {}", Literal(constant))?;
        } else if let Some(tag) = tag {
            write!(out, ", tagged {}", Literal(tag))?;
        }
        match before {
            Some(Before::Given) => write!(out, ", given before")?,
            Some(Before::Filled(value)) => write!(out, ", {} before", Literal(value))?,
            None => {}
        }
        writeln!(out, "{}", Remarks(docs))
    }

    fn item(&self, item: &Item, out: &mut Formatter<'_>) -> fmt::Result {
        let Item {
            ty,
            presence,
            constant,
            docs,
            boxed,
        } = item;
        let optional = match presence {
            Presence::Required => "-",
            Presence::Optional => "-?",
        };
        write!(out, "  {optional} {}{}", Boxed(*boxed), self.ty(ty))?;
        if let Some(constant) = constant {
            write!(out, ", always {}", Literal(constant))?;
        }
        writeln!(out, "{}", Remarks(docs))
    }

    fn variant(&self, variant: &Variant, out: &mut Formatter<'_>) -> fmt::Result {
        let Variant { ty, name, tags, docs } = variant;
        write!(out, "  | {}", self.ty(ty))?;
        if let Some(name) = name {
            write!(out, " called {name}")?;
        }
        if !tags.is_empty() {
            write!(out, " as {}", list(tags.iter().map(label::Tag), " or "))?;
        }
        writeln!(out, "{}", Remarks(docs))
    }

    fn ty(&self, ty: &Type) -> String {
        match ty {
            Type::Def(id) => self.labels.get(*id).to_owned(),
            Type::Primitive(primitive) => self::primitive(primitive),
            Type::List(item) => format!("[{}]", self.ty(item)),
            Type::Tuple(items) => match items.as_slice() {
                [item] => format!("({},)", self.ty(item)),
                items => format!("({})", list(items.iter().map(|item| self.ty(item)), ", ")),
            },
            Type::Map(value) => format!("{{{}}}", self.ty(value)),
            Type::Nullable(inner) => format!("{} or null", self.ty(inner)),
            Type::Constant(text) => format!("{text:?}"),
            Type::Any => "any".to_owned(),
        }
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
struct Base<'a>(&'a Server);

impl Display for Base<'_> {
    fn fmt(&self, out: &mut Formatter<'_>) -> fmt::Result {
        if let Some(name) = &self.0.name {
            write!(out, "{} at ", Name(name))?;
        }
        write!(out, "{}", Name(&self.0.url))?;
        for variable in &self.0.variables {
            write!(out, ", {} = {}", Name(&variable.name), Name(&variable.default))?;
            if !variable.values.is_empty() {
                write!(
                    out,
                    " of {}",
                    list(variable.values.iter().map(|value| Name(value)), " | ")
                )?;
            }
        }
        Ok(())
    }
}

struct Boxed(bool);

impl Display for Boxed {
    fn fmt(&self, out: &mut Formatter<'_>) -> fmt::Result {
        out.write_str(if self.0 { "boxed " } else { "" })
    }
}

/// What the documentation adds to the types, at the end of a line.
struct Remarks<'a>(&'a Docs);

impl Display for Remarks<'_> {
    fn fmt(&self, out: &mut Formatter<'_>) -> fmt::Result {
        let deprecated = self.0.deprecated.then_some("Deprecated.");
        let constraints = self.0.constraints.iter().map(String::as_str);
        let sentences: Vec<_> = deprecated.into_iter().chain(constraints).map(label::one_line).collect();
        if sentences.is_empty() {
            Ok(())
        } else {
            write!(out, "  -- {}", sentences.join(" "))
        }
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
