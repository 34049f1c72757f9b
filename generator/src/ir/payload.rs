//! Bodies: what they are made of, under which media type.

use serde_json::Value;

use super::{Delimited, Docs, Encoding, Primitive, Type, XmlRootId};

/// A body with its media type.
#[derive(Debug, Clone, PartialEq)]
pub struct Content {
    /// The media type or range, as written.
    pub media_type: String,
    /// Further media types under which the same value may come, in document order. Responses only.
    pub others: Vec<String>,
    /// What the body is made of.
    pub payload: Payload,
    /// An example of it, for a stand-in: where the settings want one, and in what comes back. `refine` leaves those that can
    /// be read, and makes one of the examples of its parts where there is none.
    pub example: Option<Value>,
}

/// What a body is made of.
#[derive(Debug, Clone, PartialEq)]
pub enum Payload {
    /// A JSON text.
    Json(Type),
    /// An XML text, and the element that it is.
    Xml(Type, XmlRootId),
    /// `application/x-www-form-urlencoded`: the members of an object, each with the way in which it becomes text.
    Form {
        /// The object.
        ty: Type,
        /// Members that are not encoded in the default way (form style, exploded), by wire name.
        encodings: Vec<(String, Encoding)>,
    },
    /// `multipart/form-data` or its kin; without parts where the document names none: the caller puts them together.
    Multipart(Vec<Part>),
    /// The text of a value: of a string as it stands, of a number or boolean as JSON writes it.
    Text(Type),
    /// Bytes, streamed.
    Bytes,
    /// Server-sent events, each with data of this type, up to one whose data is this text, where the document says so. Responses
    /// only.
    EventStream(Type, Option<String>),
    /// Server-sent events with data that depends on their kind, up to one whose data is this text, where the document says so.
    /// Responses only.
    Events(Vec<Event>, Option<String>),
    /// JSON texts one after the other, each of this type.
    Items(Framing, Type),
}

/// A way to read a body, of which an operation has a door each.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Reading {
    /// As a value.
    Value,
    /// As text, or a value that is written as text.
    Text,
    /// As a stream of items.
    Items,
    /// As a stream of events.
    Events,
    /// As bytes.
    Bytes,
}

impl Reading {
    /// What the door is called that leads to it.
    #[must_use]
    pub fn method(self) -> &'static str {
        match self {
            Self::Value => "value",
            Self::Text => "text",
            Self::Items => "items",
            Self::Events => "events",
            Self::Bytes => "bytes",
        }
    }

    /// Whether the body is handed over as it arrives.
    #[must_use]
    pub fn is_stream(self) -> bool {
        match self {
            Self::Value | Self::Text => false,
            Self::Items | Self::Events | Self::Bytes => true,
        }
    }
}

impl Payload {
    /// The parts of a multipart body, where the document names them.
    #[must_use]
    pub fn parts(&self) -> Option<&[Part]> {
        match self {
            Self::Multipart(parts) if !parts.is_empty() => Some(parts),
            _ => None,
        }
    }

    /// The same, to be changed.
    pub fn parts_mut(&mut self) -> Option<&mut [Part]> {
        match self {
            Self::Multipart(parts) if !parts.is_empty() => Some(parts),
            _ => None,
        }
    }

    /// Any text.
    #[must_use]
    pub fn text() -> Self {
        Self::Text(Type::Primitive(Primitive::String))
    }

    /// The way in which it is read.
    #[must_use]
    pub fn reading(&self) -> Reading {
        match self {
            Self::Json(_) | Self::Xml(..) | Self::Form { .. } => Reading::Value,
            Self::Text(_) => Reading::Text,
            Self::Bytes | Self::Multipart(_) => Reading::Bytes,
            Self::EventStream(..) | Self::Events(..) => Reading::Events,
            Self::Items(..) => Reading::Items,
        }
    }

    /// The types that it is made of.
    #[must_use]
    pub fn types(&self) -> Vec<&Type> {
        match self {
            Self::Json(ty)
            | Self::Xml(ty, _)
            | Self::Form { ty, .. }
            | Self::EventStream(ty, _)
            | Self::Items(_, ty)
            | Self::Text(ty) => {
                vec![ty]
            }
            Self::Multipart(parts) => parts.iter().map(|part| &part.ty).collect(),
            Self::Events(events, _) => events.iter().filter_map(|event| event.data.ty()).collect(),
            Self::Bytes => Vec::new(),
        }
    }

    /// The same, to be changed.
    pub fn types_mut(&mut self) -> Vec<&mut Type> {
        match self {
            Self::Json(ty)
            | Self::Xml(ty, _)
            | Self::Form { ty, .. }
            | Self::EventStream(ty, _)
            | Self::Items(_, ty)
            | Self::Text(ty) => {
                vec![ty]
            }
            Self::Multipart(parts) => parts.iter_mut().map(|part| &mut part.ty).collect(),
            Self::Events(events, _) => events.iter_mut().filter_map(|event| event.data.ty_mut()).collect(),
            Self::Bytes => Vec::new(),
        }
    }
}

/// A kind of server-sent event.
#[derive(Debug, Clone, PartialEq)]
pub struct Event {
    /// The text of its field `event`; `None` is any that no other has.
    pub kind: Option<String>,
    /// Its data.
    pub data: EventData,
    /// Its documentation.
    pub docs: Docs,
}

/// The data of an [`Event`].
#[derive(Debug, Clone, PartialEq)]
pub enum EventData {
    /// A JSON text.
    Json(Type),
    /// Any text.
    Text,
    /// This text and no other.
    Exactly(String),
}

impl EventData {
    /// The type of what is read from it.
    #[must_use]
    pub fn ty(&self) -> Option<&Type> {
        match self {
            Self::Json(ty) => Some(ty),
            Self::Text | Self::Exactly(_) => None,
        }
    }

    fn ty_mut(&mut self) -> Option<&mut Type> {
        match self {
            Self::Json(ty) => Some(ty),
            Self::Text | Self::Exactly(_) => None,
        }
    }
}

/// How JSON texts that follow each other are told apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Framing {
    /// Each is a line.
    Lines,
    /// Each begins with a record separator (RFC 7464).
    Sequence,
}

/// One part of a multipart body.
#[derive(Debug, Clone, PartialEq)]
pub struct Part {
    /// The name on the wire.
    pub wire: String,
    /// The type of the value; [`Primitive::Binary`](super::Primitive::Binary) is a file.
    pub ty: Type,
    /// Whether it must be there.
    pub required: bool,
    /// The text, number or boolean that it always is, where it must be there.
    pub constant: Option<Value>,
    /// The content type, where the document gives one.
    pub content_type: Option<String>,
    /// How a list becomes text, where it is not a part for each element.
    pub delimited: Option<Delimited>,
    /// Headers of the part that have one value only.
    pub headers: Vec<(String, String)>,
    /// Its documentation.
    pub docs: Docs,
}
