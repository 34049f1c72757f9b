//! Uses of types: what stands where a value is described.

use super::TypeId;

/// The most items of a Rust tuple that std and serde implement their traits for.
pub const LONGEST_TUPLE: usize = 12;

/// A use of a type.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Type {
    /// A definition.
    Def(TypeId),
    /// A scalar.
    Primitive(Primitive),
    /// A JSON array.
    List(Box<Type>),
    /// A JSON array of exactly these items, at most [`LONGEST_TUPLE`] of them.
    Tuple(Vec<Type>),
    /// A JSON object with free names.
    Map(Box<Type>),
    /// This type, or `null`. Never nested in itself.
    Nullable(Box<Type>),
    /// This text and no other. Only as an arm of a union: elsewhere it is an enum, whose values may become more.
    Constant(String),
    /// Any JSON value.
    Any,
}

impl Type {
    /// Whether it is a number with floating point.
    #[must_use]
    pub fn is_floating_point(&self) -> bool {
        matches!(self, Self::Primitive(Primitive::Float | Primitive::Double))
    }

    /// The definitions that this use mentions, at any depth.
    #[must_use]
    pub fn definitions(&self) -> Vec<TypeId> {
        match self {
            Self::Def(id) => vec![*id],
            Self::List(inner) | Self::Map(inner) | Self::Nullable(inner) => inner.definitions(),
            Self::Tuple(items) => items.iter().flat_map(Self::definitions).collect(),
            Self::Primitive(_) | Self::Constant(_) | Self::Any => Vec::new(),
        }
    }

    /// The same, to be changed.
    #[must_use]
    pub fn definitions_mut(&mut self) -> Vec<&mut TypeId> {
        match self {
            Self::Def(id) => vec![id],
            Self::List(inner) | Self::Map(inner) | Self::Nullable(inner) => inner.definitions_mut(),
            Self::Tuple(items) => items.iter_mut().flat_map(Self::definitions_mut).collect(),
            Self::Primitive(_) | Self::Constant(_) | Self::Any => Vec::new(),
        }
    }

    /// The definition that this use mentions, at any depth, where it is about no other.
    #[must_use]
    pub fn definition(&self) -> Option<TypeId> {
        match self {
            Self::Def(id) => Some(*id),
            Self::List(inner) | Self::Map(inner) | Self::Nullable(inner) => inner.definition(),
            Self::Tuple(_) | Self::Primitive(_) | Self::Constant(_) | Self::Any => None,
        }
    }

    /// This type, or `null`. What permits any JSON value permits that already.
    #[must_use]
    pub fn or_null(self) -> Self {
        match self {
            Self::Any | Self::Nullable(_) => self,
            other => Self::Nullable(Box::new(other)),
        }
    }

    /// This type, without `null` at its top.
    #[must_use]
    pub fn without_null(self) -> Self {
        match self {
            Self::Nullable(inner) => *inner,
            other => other,
        }
    }
}

/// A scalar, named by what it is in the document rather than by the Rust type it becomes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Primitive {
    /// `true` or `false`.
    Boolean,
    /// 32 bits, signed.
    Int32,
    /// 64 bits, signed; also an `integer` without a format.
    Int64,
    /// 32 bits, unsigned.
    UInt32,
    /// 64 bits, unsigned.
    UInt64,
    /// Single precision.
    Float,
    /// Double precision; also a `number` without a format.
    Double,
    /// Text.
    String,
    /// RFC 3339 date and time with offset.
    DateTime,
    /// Date and time as in RFC 3339, without an offset.
    LocalDateTime,
    /// RFC 3339 full date.
    Date,
    /// RFC 3339 partial or full time.
    Time,
    /// RFC 4122 UUID.
    Uuid,
    /// Bytes, as base64 text in JSON.
    Byte,
    /// Bytes, as base64 text in JSON, of the alphabet that is safe in URLs and file names.
    ByteUrl,
    /// Bytes, as they are. Only where a body or a part of one is not JSON.
    Binary,
    /// Text whose format the target's settings map to a Rust type of the user's.
    Custom {
        /// The format in the document.
        format: String,
        /// The Rust path that the settings give for it.
        path: String,
    },
}
