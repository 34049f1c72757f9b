//! One of several types: a list of arms in, serde impls out that keep what no arm understands.
//!
//! The JSON is read into a [`Tree`] first, because which arm it is shows only once all of it is there. Arms decode
//! from that tree by reference, so whatever they refuse is still whole.

use serde::de::{DeserializeOwned, Error};

use crate::runtime::tree::{Looks, Tree};

// What the macros name, so that a generated file need not import it.
#[doc(hidden)]
pub use serde::{Deserialize, Deserializer, Serialize, Serializer};
#[doc(hidden)]
pub use serde_json::Value;

/// Implements `Serialize` and `Deserialize` for an enum whose arm is named by a member of the object.
///
/// ```text
/// tagged_union! { Pet by "petType" { Cat = "cat" | "Cat", Dog = "dog" } }
/// tagged_union! { Answer by "ok" { Yes = true, No = false } }
/// tagged_union! { Event by "version" { First = 1i64, Second = 2i64 } }
/// tagged_union! { Pet by "petType" else Other { Cat = "cat", Other = "other" } }
/// ```
///
/// Tags are all texts, all flags or all numbers.
///
/// Each variant holds one value, boxed or not, and there is a variant `Unknown(Value)`. It takes what has a tag that
/// no variant has, no tag, a tag of another kind, or is not an object: without a tag there is nothing to go by, and a
/// guess could be wrong in silence. The variant after `else` goes before it, if the value fits that one. Once the tag
/// has chosen a variant, an object that does not fit it is an error.
///
/// Encoding writes the value of the variant; the tag is one of its members.
#[allow(unused_macros, reason = "a document may describe no union")]
macro_rules! tagged_union {
    ($type:ident by $tag:literal $(else $other:ident)? { $($variant:ident = $($value:literal)|+),* $(,)? }) => {
        impl<'de> $crate::runtime::union::Deserialize<'de> for $type {
            fn deserialize<D: $crate::runtime::union::Deserializer<'de>>(
                deserializer: D,
            ) -> ::core::result::Result<Self, D::Error> {
                let value = $crate::runtime::union::buffer(deserializer)?;
                match $crate::runtime::union::tag(&value, $tag) {
                    $(::core::option::Option::Some($($value)|+) => $crate::runtime::union::arm(&value).map(Self::$variant),)*
                    _ => {
                        $(if let ::core::option::Option::Some(arm) = $crate::runtime::union::fallback(&value) {
                            return ::core::result::Result::Ok(Self::$other(arm));
                        })?
                        ::core::result::Result::Ok(Self::Unknown(value.into()))
                    }
                }
            }
        }

        $crate::runtime::union::serialize_union! { $type { $($variant),* } }
    };
}
#[allow(unused_imports, reason = "a document may describe no union")]
pub(crate) use tagged_union;

/// Implements `Serialize` and `Deserialize` for an enum whose arm shows in the shape of the value only.
///
/// ```text
/// untagged_union! { Owner { User: members["id", "name"], Name: any, State: values["on", "off"] } }
/// ```
///
/// Each variant holds one value, boxed or not, and there is a variant `Unknown(Value)`. After the colon stands what is
/// known about the value of a variant:
///
/// * `members["id", "name"]`: an object with these members,
/// * `values["on", "off"]`: one of these texts, or numbers written as text,
/// * `some`: a few of all values of its kind (an integer, a date, a list of two items),
/// * `any`: nothing (a string, a list, a map, another union),
/// * `all`: every value.
///
/// `where` says which values the document permits for some members, or for some positions of a list:
///
/// ```text
/// untagged_union! { Owner {
///     User: members["kind", "name"] where ["kind" is text "user" | text "person"],
///     Robot: members["kind", "model"] where ["kind" is number "1.5", "model" is null],
///     Pair: some where ["0" is json "{\"a\":1}", "1" is flag true],
/// } }
/// ```
///
/// A variant that permits the values of all of these that are there goes before one that does not. Otherwise, variants are
/// tried in the order of how much they leave unexplained, and as listed where that is equal. For an object
/// that is the number of its members that a variant does not name. A text or number is explained by the `values` that
/// list it; next come `some`, `any`, and `all`, then all others. The first variant that decodes is taken, `Unknown` where
/// none does.
///
/// Where a member names the variant whenever it is there, and need not be, its values stand before the colon. They choose as
/// in [`tagged_union`], and only what lacks the member is told by its shape:
///
/// ```text
/// untagged_union! { Pet by "kind" { Cat = "cat": members["kind", "lives"], Dog = "dog": members["kind"] } }
/// ```
#[allow(unused_macros, reason = "a document may describe no union")]
macro_rules! untagged_union {
    ($type:ident by $tag:literal { $(
        $variant:ident = $($value:literal)|+: $hint:ident $([$($text:literal),* $(,)?])?
    ),* $(,)? }) => {
        impl<'de> $crate::runtime::union::Deserialize<'de> for $type {
            fn deserialize<D: $crate::runtime::union::Deserializer<'de>>(
                deserializer: D,
            ) -> ::core::result::Result<Self, D::Error> {
                let value = $crate::runtime::union::buffer(deserializer)?;
                match $crate::runtime::union::tag(&value, $tag) {
                    $(::core::option::Option::Some($($value)|+) => $crate::runtime::union::arm(&value).map(Self::$variant),)*
                    _ if $crate::runtime::union::has(&value, $tag) => {
                        ::core::result::Result::Ok(Self::Unknown(value.into()))
                    }
                    _ => $crate::runtime::union::first_or_unknown! {
                        $type of value { $($variant: $hint $([$($text),*])?),* }
                    },
                }
            }
        }

        $crate::runtime::union::serialize_union! { $type { $($variant),* } }
    };
    ($type:ident { $(
        $variant:ident: $hint:ident $([$($text:literal),* $(,)?])?
        $(where [$($part:literal is $($kind:ident $($known:literal)?)|+),* $(,)?])?
    ),* $(,)? }) => {
        impl<'de> $crate::runtime::union::Deserialize<'de> for $type {
            fn deserialize<D: $crate::runtime::union::Deserializer<'de>>(
                deserializer: D,
            ) -> ::core::result::Result<Self, D::Error> {
                let value = $crate::runtime::union::buffer(deserializer)?;
                $crate::runtime::union::first_or_unknown! { $type of value { $(
                    $variant: $hint $([$($text),*])?
                    $(where [$($part is $($kind $($known)?)|+),*])?
                ),* } }
            }
        }

        $crate::runtime::union::serialize_union! { $type { $($variant),* } }
    };
}
#[allow(unused_imports, reason = "a document may describe no union")]
pub(crate) use untagged_union;

/// The first variant that fits a value, `Unknown` where none does.
#[allow(unused_macros, reason = "a document may describe no union")]
macro_rules! first_or_unknown {
    ($type:ident of $value:ident { $(
        $variant:ident: $hint:ident $([$($text:literal),*])?
        $(where [$($part:literal is $($kind:ident $($known:literal)?)|+),*])?
    ),* }) => {{
        const ARMS: &[$crate::runtime::arm::Arm<$type>] = &[$(
            $crate::runtime::arm::Arm {
                hint: $crate::runtime::arm::hint::$hint(&[$($($text),*)?]),
                known: &[$($(
                    ($part, &[$($crate::runtime::arm::known::$kind($($known)?)),+]),
                )*)?],
                decode: |value| $crate::runtime::union::attempt(value).map($type::$variant),
            },
        )*];
        ::core::result::Result::Ok(match $crate::runtime::arm::first(ARMS, &$value) {
            ::core::option::Option::Some(arm) => arm,
            ::core::option::Option::None => $type::Unknown($value.into()),
        })
    }};
}
#[allow(unused_imports, reason = "a document may describe no union")]
pub(crate) use first_or_unknown;

/// The encoding half of both kinds of union.
#[allow(unused_macros, reason = "a document may describe no union")]
macro_rules! serialize_union {
    ($type:ident { $($variant:ident),* }) => {
        impl $crate::runtime::union::Serialize for $type {
            fn serialize<S: $crate::runtime::union::Serializer>(
                &self,
                serializer: S,
            ) -> ::core::result::Result<S::Ok, S::Error> {
                match self {
                    $(Self::$variant(value) => $crate::runtime::union::Serialize::serialize(value, serializer),)*
                    Self::Unknown(value) => $crate::runtime::union::Serialize::serialize(value, serializer),
                }
            }
        }
    };
}
#[allow(unused_imports, reason = "a document may describe no union")]
pub(crate) use serialize_union;

/// The value of the member `name`, if it is of the kind of a tag.
#[must_use]
pub fn tag<'a, T: Tag<'a>>(tree: &'a Tree, name: &str) -> Option<T> {
    T::of(tree.member(name)?)
}

/// Whether there is a member `name`.
#[must_use]
pub fn has(tree: &Tree, name: &str) -> bool {
    tree.member(name).is_some()
}

/// What can tell arms apart.
pub trait Tag<'a>: Sized {
    /// The value of `tree`, if it is of this kind.
    fn of(tree: &'a Tree) -> Option<Self>;
}

impl<'a> Tag<'a> for &'a str {
    fn of(tree: &'a Tree) -> Option<Self> {
        match tree {
            Tree::String(text) => Some(text),
            Tree::Null | Tree::Bool(_) | Tree::Number(_) | Tree::Array(_) | Tree::Object(_) => None,
        }
    }
}

impl Tag<'_> for bool {
    fn of(tree: &Tree) -> Option<Self> {
        match tree {
            Tree::Bool(flag) => Some(*flag),
            Tree::Null | Tree::Number(_) | Tree::String(_) | Tree::Array(_) | Tree::Object(_) => None,
        }
    }
}

impl Tag<'_> for i64 {
    fn of(tree: &Tree) -> Option<Self> {
        match tree {
            Tree::Number(number) => number.as_i64(),
            Tree::Null | Tree::Bool(_) | Tree::String(_) | Tree::Array(_) | Tree::Object(_) => None,
        }
    }
}

/// Decodes the arm that a tag has chosen.
///
/// # Errors
///
/// When the value does not fit.
pub fn arm<T: DeserializeOwned, E: Error>(tree: &Tree) -> Result<T, E> {
    let _looks = Looks::begin(tree);
    T::deserialize(tree).map_err(E::custom)
}

/// Decodes the arm of what no tag has chosen, if it is one.
#[must_use]
pub fn fallback<T: DeserializeOwned>(tree: &Tree) -> Option<T> {
    let _looks = Looks::begin(tree);
    attempt(tree)
}

/// Reads all of a union's JSON.
///
/// # Errors
///
/// When it is malformed.
pub fn buffer<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Tree, D::Error> {
    Tree::read(deserializer)
}

/// Decodes an arm that may not be the right one.
#[must_use]
pub fn attempt<T: DeserializeOwned>(tree: &Tree) -> Option<T> {
    T::deserialize(tree).ok()
}
