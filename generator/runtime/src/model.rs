//! JSON objects with known members: a field table in, `Serialize` and `Deserialize` out, without a derive.
//!
//! `model!` expands to two short functions per type. Everything that does not depend on the type of a member lives
//! in [`Members`] and [`Writer`], which are compiled once per data format instead of once per model.

use std::collections::BTreeMap;
use std::fmt;
use std::marker::PhantomData;

use serde::de::{DeserializeSeed, Error as _, IgnoredAny, Unexpected, Visitor};

// What the macro names, so that a generated file need not import it.
#[doc(hidden)]
pub use serde::de::MapAccess;
#[doc(hidden)]
pub use serde::ser::SerializeMap;
#[doc(hidden)]
pub use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::runtime::maybe::Maybe;
use crate::runtime::names::Names;

/// Implements `Serialize` and `Deserialize` for a struct whose members are listed.
///
/// ```text
/// model! {
///     Ticket {
///         required   id = "id",                      // T
///         optional   archived = "archived",          // Option<T>, left out when `None`
///         nullable   note = "note",                  // Option<T>, must be there, `null` when `None`
///         maybe      requested_at = "requestedAt",   // Maybe<T>, three states
///         additional additional_properties,          // BTreeMap<String, T>, every other member
///     }
/// }
/// ```
///
/// Each line is a kind, a field and, after `=`, the member's name, and ends in a comma; the field may have a `Box` in its type. Lines stand
/// in any order, `additional` at most once; without it, unknown members are ignored.
///
/// Decoding takes JSON objects only. A missing `required` or `nullable` member is an error that names it. `null` for
/// an `optional` member is `None`. A member that comes twice is an error, as with serde's derive: which of the two the
/// sender meant cannot be known, and readers that pick differently are a way to smuggle data past one of them.
/// `additional` members that come twice keep the last value, as maps do.
#[allow(unused_macros, reason = "a document may describe no object")]
macro_rules! model {
    ($type:ident { $(
        $(required $required:ident = $required_name:literal)?
        $(optional $optional:ident = $optional_name:literal)?
        $(nullable $nullable:ident = $nullable_name:literal)?
        $(maybe $maybe:ident = $maybe_name:literal)?
        $(additional $additional:ident)?
    ,)* }) => {
        impl $crate::runtime::model::Model for $type {
            fn read<'de, A: $crate::runtime::model::MapAccess<'de>>(map: A) -> ::core::result::Result<Self, A::Error> {
                #[allow(non_camel_case_types, reason = "members are named as their fields are")]
                enum __Member { $(
                    $($required,)? $($optional,)? $($nullable,)? $($maybe,)?
                )* }
                const MEMBERS: &[__Member] = &[$(
                    $(__Member::$required,)? $(__Member::$optional,)?
                    $(__Member::$nullable,)? $(__Member::$maybe,)?
                )*];
                static NAMES: $crate::runtime::names::Names = $crate::runtime::names::Names::new(&[$(
                    $($required_name,)? $($optional_name,)? $($nullable_name,)? $($maybe_name,)?
                )*]);
                $(
                    $(let mut $required = ::core::option::Option::None;)?
                    $(let mut $optional = ::core::option::Option::None;)?
                    $(let mut $nullable = ::core::option::Option::None;)?
                    $(let mut $maybe = $crate::runtime::maybe::Maybe::Absent;)?
                    $(let mut $additional = ::std::collections::BTreeMap::new();)?
                )*
                let mut members = $crate::runtime::model::Members::new(map, &NAMES);
                while let ::core::option::Option::Some(index) = members.next(($($(&mut $additional)?)*))? {
                    match MEMBERS.get(index) {
                        $(
                            $(::core::option::Option::Some(__Member::$required) => members.required(&mut $required),)?
                            $(::core::option::Option::Some(__Member::$optional) => members.replace(&mut $optional),)?
                            $(::core::option::Option::Some(__Member::$nullable) => members.required(&mut $nullable),)?
                            $(::core::option::Option::Some(__Member::$maybe) => members.replace(&mut $maybe),)?
                        )*
                        _ => members.skip(),
                    }?;
                }
                ::core::result::Result::Ok(Self { $(
                    $($required: members.present($required, $required_name)?,)?
                    $($optional,)?
                    $($nullable: members.present($nullable, $nullable_name)?,)?
                    $($maybe,)?
                    $($additional,)?
                )* })
            }

            fn write<M: $crate::runtime::model::SerializeMap>(
                &self,
                members: &mut $crate::runtime::model::Writer<M>,
            ) -> ::core::result::Result<(), M::Error> {
                $(
                    $(members.member($required_name, &self.$required);)?
                    $(members.optional($optional_name, &self.$optional);)?
                    $(members.member($nullable_name, &self.$nullable);)?
                    $(members.maybe($maybe_name, &self.$maybe);)?
                    $(members.additional(&self.$additional);)?
                )*
                members.end()
            }
        }

        impl<'de> $crate::runtime::model::Deserialize<'de> for $type {
            fn deserialize<D: $crate::runtime::model::Deserializer<'de>>(
                deserializer: D,
            ) -> ::core::result::Result<Self, D::Error> {
                $crate::runtime::model::deserialize(deserializer)
            }
        }

        impl $crate::runtime::model::Serialize for $type {
            fn serialize<S: $crate::runtime::model::Serializer>(
                &self,
                serializer: S,
            ) -> ::core::result::Result<S::Ok, S::Error> {
                $crate::runtime::model::serialize(self, serializer)
            }
        }
    };
}
#[allow(unused_imports, reason = "a document may describe no object")]
pub(crate) use model;

/// What `model!` writes for a type.
pub trait Model: Sized {
    /// Reads the members of an object.
    ///
    /// # Errors
    ///
    /// When a member is missing, comes twice or does not fit.
    fn read<'de, A: MapAccess<'de>>(map: A) -> Result<Self, A::Error>;

    /// Writes the members of an object.
    ///
    /// # Errors
    ///
    /// When the serializer or a member refuses.
    fn write<M: SerializeMap>(&self, members: &mut Writer<M>) -> Result<(), M::Error>;
}

/// Decodes a model.
///
/// # Errors
///
/// When the input is not an object, or [`Model::read`] refuses its members.
pub fn deserialize<'de, T: Model, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    deserializer.deserialize_map(ModelVisitor(PhantomData))
}

/// Encodes a model as an object.
///
/// # Errors
///
/// When the serializer or a member refuses.
pub fn serialize<T: Model, S: Serializer>(model: &T, serializer: S) -> Result<S::Ok, S::Error> {
    let mut members = Writer {
        map: serializer.serialize_map(None)?,
        error: None,
    };
    model.write(&mut members)?;
    members.map.end()
}

struct ModelVisitor<T>(PhantomData<T>);

impl<'de, T: Model> Visitor<'de> for ModelVisitor<T> {
    type Value = T;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<T, A::Error> {
        T::read(map)
    }
}

/// The members of an object that is being decoded.
pub struct Members<A> {
    map: A,
    keys: Keys,
}

impl<'de, A: MapAccess<'de>> Members<A> {
    /// The members of `map`, of which those in `names` are known.
    pub fn new(map: A, names: &'static Names) -> Self {
        Self {
            map,
            keys: Keys {
                names,
                next: 0,
                seen: Seen::default(),
                unknown: None,
            },
        }
    }

    /// Goes to the next known member and returns its place in the list of names; all others go to `rest`.
    ///
    /// # Errors
    ///
    /// When the input is malformed, a known member comes twice, or `rest` refuses a value.
    pub fn next<R: Rest<'de>>(&mut self, mut rest: R) -> Result<Option<usize>, A::Error> {
        loop {
            let key = KeySeed {
                keys: &mut self.keys,
                keep: R::KEEP,
            };
            match self.map.next_key_seed(key)? {
                None => return Ok(None),
                Some(Key::Known(index)) => return Ok(Some(index)),
                Some(Key::Unknown) => rest.take(self.keys.unknown.take(), &mut self.map)?,
            }
        }
    }

    /// Reads the value of a member that must be there.
    ///
    /// # Errors
    ///
    /// When the value does not fit.
    pub fn required<T: Deserialize<'de>>(&mut self, slot: &mut Option<T>) -> Result<(), A::Error> {
        *slot = Some(self.map.next_value()?);
        Ok(())
    }

    /// Reads the value of a member that has a state for its absence.
    ///
    /// # Errors
    ///
    /// When the value does not fit.
    pub fn replace<T: Deserialize<'de>>(&mut self, slot: &mut T) -> Result<(), A::Error> {
        *slot = self.map.next_value()?;
        Ok(())
    }

    /// Passes over a member's value.
    ///
    /// # Errors
    ///
    /// When it is malformed.
    pub fn skip(&mut self) -> Result<(), A::Error> {
        self.map.next_value::<IgnoredAny>().map(drop)
    }

    /// The value of a member that must have been there.
    ///
    /// # Errors
    ///
    /// When it was not.
    pub fn present<T>(&self, slot: Option<T>, name: &'static str) -> Result<T, A::Error> {
        slot.ok_or_else(|| A::Error::missing_field(name))
    }
}

/// Where the members go that a model does not list.
pub trait Rest<'de> {
    /// Whether their names are needed.
    const KEEP: bool;

    /// Takes the value of the member that `map` stands at.
    ///
    /// # Errors
    ///
    /// When the value does not fit.
    fn take<A: MapAccess<'de>>(&mut self, name: Option<String>, map: &mut A) -> Result<(), A::Error>;
}

impl<'de> Rest<'de> for () {
    const KEEP: bool = false;

    fn take<A: MapAccess<'de>>(&mut self, _: Option<String>, map: &mut A) -> Result<(), A::Error> {
        map.next_value::<IgnoredAny>().map(drop)
    }
}

impl<'de, T: Deserialize<'de>> Rest<'de> for &mut BTreeMap<String, T> {
    const KEEP: bool = true;

    fn take<A: MapAccess<'de>>(&mut self, name: Option<String>, map: &mut A) -> Result<(), A::Error> {
        let value = map.next_value()?;
        self.insert(name.unwrap_or_default(), value);
        Ok(())
    }
}

enum Key {
    Known(usize),
    Unknown,
}

/// What is known about the names of the members so far.
struct Keys {
    names: &'static Names,
    next: usize,
    seen: Seen,
    unknown: Option<String>,
}

struct KeySeed<'a> {
    keys: &'a mut Keys,
    keep: bool,
}

impl<'de> DeserializeSeed<'de> for KeySeed<'_> {
    type Value = Key;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Key, D::Error> {
        deserializer.deserialize_identifier(self)
    }
}

impl Visitor<'_> for KeySeed<'_> {
    type Value = Key;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("the name of a member")
    }

    fn visit_str<E: serde::de::Error>(self, name: &str) -> Result<Key, E> {
        let Some(index) = self.keys.names.find_from(self.keys.next, name) else {
            self.keys.unknown = self.keep.then(|| name.to_owned());
            return Ok(Key::Unknown);
        };
        self.keys.next = index + 1;
        if self.keys.seen.insert(index) {
            Ok(Key::Known(index))
        } else {
            Err(E::duplicate_field(self.keys.names.get(index).unwrap_or_default()))
        }
    }

    fn visit_bytes<E: serde::de::Error>(self, name: &[u8]) -> Result<Key, E> {
        match std::str::from_utf8(name) {
            Ok(name) => self.visit_str(name),
            Err(_) => Err(E::invalid_value(Unexpected::Bytes(name), &self)),
        }
    }
}

/// Which members were there: a bit each, the first 64 without an allocation.
#[derive(Default)]
struct Seen {
    first: u64,
    others: Vec<u64>,
}

impl Seen {
    /// Whether `index` is new.
    fn insert(&mut self, index: usize) -> bool {
        let word = match (index / 64).checked_sub(1) {
            None => &mut self.first,
            Some(other) => {
                if self.others.len() <= other {
                    self.others.resize(other + 1, 0);
                }
                &mut self.others[other]
            }
        };
        let bit = 1 << (index % 64);
        let new = *word & bit == 0;
        *word |= bit;
        new
    }
}

/// The members of an object that is being encoded. Keeps the first error, after which nothing more is written.
pub struct Writer<M: SerializeMap> {
    map: M,
    error: Option<M::Error>,
}

impl<M: SerializeMap> Writer<M> {
    /// Writes a member.
    pub fn member<T: Serialize + ?Sized>(&mut self, name: &'static str, value: &T) {
        if self.error.is_none() {
            self.error = self.map.serialize_entry(name, value).err();
        }
    }

    /// Writes a member that is left out when `None`.
    pub fn optional<T: Serialize>(&mut self, name: &'static str, value: &Option<T>) {
        if let Some(value) = value {
            self.member(name, value);
        }
    }

    /// Writes a member that is left out when [`Maybe::Absent`].
    pub fn maybe<T: Serialize>(&mut self, name: &'static str, value: &Maybe<T>) {
        if !value.is_absent() {
            self.member(name, value);
        }
    }

    /// Writes every member of `rest`.
    pub fn additional<T: Serialize>(&mut self, rest: &BTreeMap<String, T>) {
        for (name, value) in rest {
            if self.error.is_none() {
                self.error = self.map.serialize_entry(name, value).err();
            }
        }
    }

    /// What came of it so far.
    ///
    /// # Errors
    ///
    /// The first error of a member.
    pub fn end(&mut self) -> Result<(), M::Error> {
        self.error.take().map_or(Ok(()), Err)
    }
}
