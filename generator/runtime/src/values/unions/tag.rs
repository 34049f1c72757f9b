//! The members that say which arm of a union a value is: the tags of all unions around an object in, those that it is
//! encoded with out.

use std::cell::Cell;
use std::fmt;

use serde::ser::{Impossible, Serialize, Serializer};

/// A value that tells arms apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TagValue {
    /// A text.
    Text(&'static str),
    /// `true` or `false`.
    Flag(bool),
    /// An integer.
    Number(i64),
}

impl From<&'static str> for TagValue {
    fn from(text: &'static str) -> Self {
        Self::Text(text)
    }
}

impl From<bool> for TagValue {
    fn from(flag: bool) -> Self {
        Self::Flag(flag)
    }
}

impl From<i64> for TagValue {
    fn from(number: i64) -> Self {
        Self::Number(number)
    }
}

impl Serialize for TagValue {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Text(text) => serializer.serialize_str(text),
            Self::Flag(flag) => serializer.serialize_bool(*flag),
            Self::Number(number) => serializer.serialize_i64(*number),
        }
    }
}

/// The tag that a union gives one of its arms.
#[derive(Debug)]
pub struct Tag<'t> {
    name: &'static str,
    values: &'t [TagValue],
    is_optional: bool,
    is_written: Cell<bool>,
    outer: Tags<'t>,
}

impl<'t> Tag<'t> {
    /// The member `name`, which has one of `values`: the one that it has anyway, if that is one of them, else the first.
    /// One that `is_optional` is not added where it is missing, and stays `null` where it is.
    #[must_use]
    pub const fn new(name: &'static str, values: &'t [TagValue], is_optional: bool, outer: Tags<'t>) -> Self {
        Self {
            name,
            values,
            is_optional,
            is_written: Cell::new(false),
            outer,
        }
    }

    /// What stands in the place of `value`; nothing, where that may stay.
    fn in_place_of<T: Serialize + ?Sized>(&self, value: &T) -> Option<TagValue> {
        let (first, others) = self.values.split_first()?;
        if others.is_empty() && !self.is_optional {
            return Some(*first);
        }
        match value.serialize(Scalar(self.values)) {
            Ok(Found::Nothing) if self.is_optional => None,
            Ok(Found::Value(value)) => Some(value),
            Ok(Found::Nothing | Found::Another) | Err(_) => Some(*first),
        }
    }
}

/// The tags of all unions that an object is an arm of, the innermost first. Of two of one name, the inner one counts: it
/// is the one that knows more, and what the outer one reads as well.
#[derive(Debug, Clone, Copy, Default)]
pub struct Tags<'t>(Option<&'t Tag<'t>>);

impl<'t> From<&'t Tag<'t>> for Tags<'t> {
    fn from(tag: &'t Tag<'t>) -> Self {
        Self(Some(tag))
    }
}

/// What becomes of a member of an object.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Standing {
    /// It is no tag, or one that may stay as it is.
    Own,
    /// It is a tag, and this is its value.
    Replaced(TagValue),
    /// It is a tag that stands there already.
    Twice,
}

impl<'t> Tags<'t> {
    /// No tag.
    pub const NONE: Self = Self(None);

    fn all(self) -> impl Iterator<Item = &'t Tag<'t>> {
        std::iter::successors(self.0, |tag| tag.outer.0)
    }

    /// Notes that the member `name` is written, and returns what it is written with.
    pub(crate) fn replace<T: Serialize + ?Sized>(self, name: &str, value: &T) -> Standing {
        let Some(tag) = self.all().find(|tag| tag.name == name) else {
            return Standing::Own;
        };
        if tag.is_written.get() {
            return Standing::Twice;
        }
        self.note(name);
        tag.in_place_of(value).map_or(Standing::Own, Standing::Replaced)
    }

    fn note(self, name: &str) {
        self.all()
            .filter(|tag| tag.name == name)
            .for_each(|tag| tag.is_written.set(true));
    }

    /// The tags that no member has stood for, each with its value.
    pub(crate) fn missing(self) -> impl Iterator<Item = (&'static str, TagValue)> {
        self.all().filter_map(move |tag| {
            if tag.is_optional || tag.is_written.get() {
                return None;
            }
            self.note(tag.name);
            Some((tag.name, *tag.values.first()?))
        })
    }
}

/// What a member has.
enum Found {
    /// `null`.
    Nothing,
    /// One of the values.
    Value(TagValue),
    /// Something else.
    Another,
}

/// Looks for a scalar among some values. It does not look into what is no scalar.
struct Scalar<'v>(&'v [TagValue]);

impl Scalar<'_> {
    fn find(&self, is_it: impl Fn(TagValue) -> bool) -> Found {
        let found = self.0.iter().copied().find(|value| is_it(*value));
        found.map_or(Found::Another, Found::Value)
    }

    fn integer(&self, integer: Option<i64>) -> Found {
        self.find(|value| integer.is_some_and(|integer| value == TagValue::Number(integer)))
    }
}

macro_rules! integers {
    ($($method:ident $type:ty),*) => {$(
        fn $method(self, value: $type) -> Result<Found, fmt::Error> {
            Ok(self.integer(value.try_into().ok()))
        }
    )*};
}

/// What has parts.
macro_rules! others {
    ($($method:ident($($argument:ty),*) -> $result:ty),* $(,)?) => {$(
        fn $method(self, $(_: $argument),*) -> Result<$result, fmt::Error> {
            Err(fmt::Error)
        }
    )*};
}

type None = Impossible<Found, fmt::Error>;

impl Serializer for Scalar<'_> {
    type Ok = Found;
    type Error = fmt::Error;
    type SerializeSeq = None;
    type SerializeTuple = None;
    type SerializeTupleStruct = None;
    type SerializeTupleVariant = None;
    type SerializeMap = None;
    type SerializeStruct = None;
    type SerializeStructVariant = None;

    integers! {
        serialize_i8 i8, serialize_i16 i16, serialize_i32 i32, serialize_i64 i64, serialize_i128 i128,
        serialize_u8 u8, serialize_u16 u16, serialize_u32 u32, serialize_u64 u64, serialize_u128 u128
    }

    others! {
        serialize_bytes(&[u8]) -> Found,
        serialize_unit_struct(&'static str) -> Found,
        serialize_seq(Option<usize>) -> None,
        serialize_tuple(usize) -> None,
        serialize_tuple_struct(&'static str, usize) -> None,
        serialize_tuple_variant(&'static str, u32, &'static str, usize) -> None,
        serialize_map(Option<usize>) -> None,
        serialize_struct(&'static str, usize) -> None,
        serialize_struct_variant(&'static str, u32, &'static str, usize) -> None,
    }

    fn serialize_bool(self, flag: bool) -> Result<Found, fmt::Error> {
        Ok(self.find(|value| value == TagValue::Flag(flag)))
    }

    fn serialize_f32(self, number: f32) -> Result<Found, fmt::Error> {
        self.serialize_f64(number.into())
    }

    /// JSON knows no difference between `1` and `1.0`.
    fn serialize_f64(self, number: f64) -> Result<Found, fmt::Error> {
        Ok(self.integer(number.to_string().parse().ok()))
    }

    fn serialize_char(self, character: char) -> Result<Found, fmt::Error> {
        self.serialize_str(character.encode_utf8(&mut [0; 4]))
    }

    fn serialize_str(self, text: &str) -> Result<Found, fmt::Error> {
        Ok(self.find(|value| matches!(value, TagValue::Text(known) if known == text)))
    }

    fn serialize_none(self) -> Result<Found, fmt::Error> {
        Ok(Found::Nothing)
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<Found, fmt::Error> {
        value.serialize(self)
    }

    fn serialize_unit(self) -> Result<Found, fmt::Error> {
        Ok(Found::Nothing)
    }

    fn serialize_unit_variant(self, _: &'static str, _: u32, variant: &'static str) -> Result<Found, fmt::Error> {
        self.serialize_str(variant)
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(self, _: &'static str, value: &T) -> Result<Found, fmt::Error> {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: &T,
    ) -> Result<Found, fmt::Error> {
        Err(fmt::Error)
    }
}
