// @generated from an OpenAPI description: the runtime, the same for every API.

//! JSON objects with known members: a field table in, `Serialize` and `Deserialize` out, without a derive.
//!
//! `model!` expands to two short functions per type. Everything that does not depend on the types of the members is
//! compiled once per data format instead of once per model.

use std::collections::BTreeMap;
use std::fmt;
use std::marker::PhantomData;

use serde::de::Visitor;

use crate::runtime::values::maybe::Maybe;

// What the macro names, so that a generated file need not import it.
#[doc(hidden)]
pub use serde::de::MapAccess;
#[doc(hidden)]
pub use serde::ser::SerializeMap;
#[doc(hidden)]
pub use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// Implements `Serialize` and `Deserialize` for a struct whose members are listed.
///
/// ```text
/// model! {
///     Ticket {
///         required   id = "id",                      // T
///         optional   archived = "archived",          // Option<T>, left out when `None`
///         anything   data = "data",                  // Option<T>, left out when `None`; `null` is a T
///         nullable   note = "note",                  // Option<T>, must be there, `null` when `None`
///         maybe      requested_at = "requestedAt",   // Maybe<T>, three states
///         additional additional_properties,          // BTreeMap<String, T>, every other member
///     }
///     Closed {
///         denied     additional_properties,          // BTreeMap<String, Value>, what there should not be
///     }
/// }
/// ```
///
/// Each line is a kind, a field and, after `=`, the member's name, and ends in a comma; the field may have a `Box` in
/// its type. Lines stand in any order, one of `additional` and `denied` at most once; without either, unknown members are
/// ignored.
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
        $(anything $anything:ident = $anything_name:literal)?
        $(nullable $nullable:ident = $nullable_name:literal)?
        $(maybe $maybe:ident = $maybe_name:literal)?
        $(additional $additional:ident)?
        $(denied $denied:ident)?
    ,)* }) => {
        impl $crate::runtime::values::model::Model for $type {
            fn read<'de, A: $crate::runtime::values::model::MapAccess<'de>>(map: A) -> ::core::result::Result<Self, A::Error> {
                static NAMES: $crate::runtime::values::names::Names = $crate::runtime::values::names::Names::new(&[$(
                    $($required_name,)? $($optional_name,)? $($anything_name,)? $($nullable_name,)? $($maybe_name,)?
                )*]);
                // One statement for all: each would open a scope inside the one before, and thousands of nested scopes
                // overflow the stack of the compiler.
                let ($(
                    $(mut $required,)? $(mut $optional,)? $(mut $anything,)? $(mut $nullable,)? $(mut $maybe,)?
                )*) = ($(
                    $($crate::runtime::values::members::empty($required_name),)?
                    $($crate::runtime::values::members::empty($optional_name),)?
                    $($crate::runtime::values::members::empty($anything_name),)?
                    $($crate::runtime::values::members::empty($nullable_name),)?
                    $($crate::runtime::values::members::empty($maybe_name),)?
                )*);
                $(
                    $(let mut $additional = ::std::collections::BTreeMap::new();)?
                    $(let mut $denied = ::std::collections::BTreeMap::new();)?
                )*
                let seen = $crate::runtime::values::members::read(
                    map,
                    &NAMES,
                    &mut [$(
                        $(&mut $required,)? $(&mut $optional,)? $(&mut $anything,)? $(&mut $nullable,)? $(&mut $maybe,)?
                    )*],
                    ($($(&mut $additional)? $($crate::runtime::values::members::Denied(&mut $denied))?)*),
                )?;
                #[allow(irrefutable_let_patterns, reason = "a model may have no required member")]
                let ($(
                    $($crate::runtime::values::members::Required(::core::option::Option::Some($required)),)?
                    $($crate::runtime::values::members::Required(::core::option::Option::Some($nullable)),)?
                )*) = ($($($required,)? $($nullable,)?)*) else {
                    let required = &[$($($required_name,)? $($nullable_name,)?)*];
                    return ::core::result::Result::Err(seen.missing(&NAMES, required));
                };
                ::core::result::Result::Ok(Self { $(
                    $($required,)? $($optional,)? $($nullable,)? $($maybe,)? $($additional,)? $($denied,)?
                    $($anything: $crate::runtime::values::members::Required::value($anything),)?
                )* })
            }

            fn write<M: $crate::runtime::values::model::SerializeMap>(
                &self,
                members: &mut $crate::runtime::values::model::Writer<'_, M>,
            ) -> ::core::result::Result<(), M::Error> {
                $(
                    $(members.member($required_name, &self.$required);)?
                    $(members.optional($optional_name, self.$optional.as_ref());)?
                    $(members.optional($anything_name, self.$anything.as_ref());)?
                    $(members.member($nullable_name, &self.$nullable);)?
                    $(members.maybe($maybe_name, &self.$maybe);)?
                    $(members.additional(&self.$additional);)?
                    $(members.additional(&self.$denied);)?
                )*
                members.end()
            }
        }

        impl<'de> $crate::runtime::values::model::Deserialize<'de> for $type {
            fn deserialize<D: $crate::runtime::values::model::Deserializer<'de>>(
                deserializer: D,
            ) -> ::core::result::Result<Self, D::Error> {
                $crate::runtime::values::model::deserialize(deserializer)
            }
        }

        impl $crate::runtime::values::model::Serialize for $type {
            fn serialize<S: $crate::runtime::values::model::Serializer>(
                &self,
                serializer: S,
            ) -> ::core::result::Result<S::Ok, S::Error> {
                $crate::runtime::values::model::serialize(self, serializer)
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
    fn write<M: SerializeMap>(&self, members: &mut Writer<'_, M>) -> Result<(), M::Error>;
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
    let mut map = serializer.serialize_map(None)?;
    model.write(&mut Writer::new(&mut map))?;
    map.end()
}

impl<T: Model> Model for Box<T> {
    fn read<'de, A: MapAccess<'de>>(map: A) -> Result<Self, A::Error> {
        T::read(map).map(Self::new)
    }

    fn write<M: SerializeMap>(&self, members: &mut Writer<'_, M>) -> Result<(), M::Error> {
        T::write(self, members)
    }
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

/// The members of an object that is being encoded. Keeps the first error, after which nothing more is written.
pub struct Writer<'m, M: SerializeMap> {
    map: &'m mut M,
    error: Option<M::Error>,
}

#[allow(dead_code, reason = "a document may describe no member of some kind")]
impl<'m, M: SerializeMap> Writer<'m, M> {
    const fn new(map: &'m mut M) -> Self {
        Self {
            map,
            // Nothing has gone wrong so far.
            error: None,
        }
    }

    /// Writes a member, or the tag that stands in its place.
    pub fn member<T: Serialize + ?Sized>(&mut self, name: &str, value: &T) {
        if self.error.is_some() {
            return;
        }
        self.error = self.map.serialize_entry(name, value).err();
    }

    /// Writes a member that is left out when `None`.
    pub fn optional<T: Serialize>(&mut self, name: &'static str, value: Option<&T>) {
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
            self.member(name, value);
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
