//! A definition in, its lines out: what it is, then its members.

use std::fmt::{self, Display, Formatter};

use super::{
    Description,
    label::{self, Literal, Name, list},
    primitive,
};
use crate::ir::{
    Access, Additional, Before, Capability, Direction, Discriminator, Enum, EnumValue, Equality, Field, Item, Presence,
    Shape, Struct, Tuple, Type, TypeDef, Union, Variant,
};

impl Description<'_> {
    pub(super) fn definition(&self, label: &str, definition: &TypeDef, out: &mut Formatter<'_>) -> fmt::Result {
        let TypeDef {
            docs,
            shape,
            capability,
            direction,
            same_as,
            origin: _,
            pointer: _,
        } = definition;
        let Direction { request, response } = direction;
        let Capability { eq, default, maybe: _ } = capability;
        let facts = [
            (*request, "sent"),
            (*response, "received"),
            (*eq != Equality::None, "eq"),
            (*default, "default"),
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
        let remarks = self.remarks(docs);
        if let Some(kept) = same_as {
            return writeln!(out, "alias {label} = {}{facts}{remarks}", self.ty(&Type::Def(*kept)));
        }
        match shape {
            Shape::Alias(ty) => writeln!(out, "alias {label} = {}{facts}{remarks}", self.ty(ty)),
            Shape::Enum(Enum { repr, values }) => {
                writeln!(out, "enum {label}: {repr:?}{facts}{remarks}")?;
                values.iter().try_for_each(|value| self.value(value, out))
            }
            Shape::Union(Union {
                variants,
                discriminator,
            }) => {
                write!(out, "union {label}")?;
                discriminator
                    .iter()
                    .try_for_each(|discriminator| write!(out, "{}", By(discriminator)))?;
                writeln!(out, "{facts}{remarks}")?;
                variants.iter().try_for_each(|variant| self.variant(variant, out))
            }
            Shape::Struct(Struct { fields, additional }) => {
                writeln!(out, "struct {label}{facts}{remarks}")?;
                fields.iter().try_for_each(|field| self.field(field, out))?;
                match additional {
                    Additional::Denied => writeln!(out, "  no others"),
                    Additional::Implied => Ok(()),
                    Additional::Declared(ty) => writeln!(out, "  others: {}", self.ty(ty)),
                }
            }
            Shape::Tuple(Tuple { items, rest }) => {
                writeln!(out, "tuple {label}{facts}{remarks}")?;
                items.iter().try_for_each(|item| self.item(item, out))?;
                match rest {
                    Some(ty) => writeln!(out, "  others: {}", self.ty(ty)),
                    None => Ok(()),
                }
            }
        }
    }

    fn value(&self, value: &EnumValue, out: &mut Formatter<'_>) -> fmt::Result {
        let EnumValue { wire, name, docs } = value;
        write!(out, "  {}", Literal(wire))?;
        if let Some(name) = name {
            write!(out, " called {}", Name(name))?;
        }
        writeln!(out, "{}", self.remarks(docs))
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
        writeln!(out, "{}", self.remarks(docs))
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
        writeln!(out, "{}", self.remarks(docs))
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
        writeln!(out, "{}", self.remarks(docs))
    }

    pub(super) fn ty(&self, ty: &Type) -> String {
        match ty {
            Type::Def(id) => self.labels.get(*id).to_owned(),
            Type::Primitive(of) => primitive(of),
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

/// What tells the arms of a union apart.
struct By<'a>(&'a Discriminator);

impl Display for By<'_> {
    fn fmt(&self, out: &mut Formatter<'_>) -> fmt::Result {
        let Discriminator {
            property,
            inferred,
            optional,
            default,
            absent,
        } = self.0;
        let inferred = if *inferred { ", inferred" } else { "" };
        let optional = if *optional { "?" } else { "" };
        write!(out, " by {}{optional}{inferred}", Name(property))?;
        if let Some(default) = default {
            write!(out, ", else {}", default + 1)?;
        }
        if let Some(absent) = absent {
            write!(out, ", absent {}", absent + 1)?;
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
