//! Objects and nodes of XML in, lines of text out.

use std::fmt::{self, Display, Formatter};

use super::label::Name;
use crate::ir::{XmlKind, XmlMember, XmlNode, XmlObject, XmlObjectId, XmlShape};

/// An object, with its number.
pub(super) struct Object<'a>(pub(super) usize, pub(super) &'a XmlObject);

impl Display for Object<'_> {
    fn fmt(&self, out: &mut Formatter<'_>) -> fmt::Result {
        let Self(
            id,
            XmlObject {
                pointer: _,
                members,
                rest,
                text,
            },
        ) = self;
        writeln!(out, "xml {}", XmlObjectId(*id))?;
        for XmlMember { key, node, required } in members {
            let optional = if *required { "" } else { "?" };
            writeln!(out, "  {}{optional}: {node}", Name(key))?;
        }
        writeln!(out, "  others: {rest}")?;
        if *text == XmlShape::Text {
            return Ok(());
        }
        writeln!(out, "  alone: {text}")
    }
}

impl Display for XmlNode {
    fn fmt(&self, out: &mut Formatter<'_>) -> fmt::Result {
        let XmlNode {
            kind,
            name,
            prefix,
            namespace,
            shape,
        } = self;
        let kind = match kind {
            XmlKind::Element => "",
            XmlKind::Attribute => "attribute ",
            XmlKind::Text => "text ",
            XmlKind::CData => "cdata ",
            XmlKind::None => "bare ",
        };
        write!(out, "{kind}<")?;
        if let Some(prefix) = prefix {
            write!(out, "{prefix}:")?;
        }
        write!(out, "{name}")?;
        if let Some(namespace) = namespace {
            write!(out, " in {namespace}")?;
        }
        write!(out, "> {shape}")
    }
}

impl Display for XmlObjectId {
    fn fmt(&self, out: &mut Formatter<'_>) -> fmt::Result {
        write!(out, "#{}", self.0)
    }
}

impl Display for XmlShape {
    fn fmt(&self, out: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text => write!(out, "text"),
            Self::Word => write!(out, "word"),
            Self::Number => write!(out, "number"),
            Self::Boolean => write!(out, "boolean"),
            Self::Guess => write!(out, "number, boolean or word"),
            Self::Any => write!(out, "anything"),
            Self::Object(id) => write!(out, "{id}"),
            Self::List(positions, rest) => {
                write!(out, "[")?;
                for node in positions {
                    write!(out, "{node}, ")?;
                }
                write!(out, "{rest}…]")
            }
        }
    }
}
