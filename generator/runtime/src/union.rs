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
/// tagged_union! { Pet by "petType" { Cat = "cat", Other = "other" } else Other }
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
    ($type:ident by $tag:literal { $($variant:ident = $($value:literal)|+),* $(,)? } $(else $other:ident)?) => {
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
/// Variants are tried in the order of how much they leave unexplained, and as listed where that is equal. For an object
/// that is the number of its members that a variant does not name. A text or number is explained by the `values` that
/// list it; next come `some`, `any`, and `all`, then all others. The first variant that decodes is taken, `Unknown` where
/// none does.
#[allow(unused_macros, reason = "a document may describe no union")]
macro_rules! untagged_union {
    ($type:ident { $($variant:ident: $hint:ident $([$($text:literal),* $(,)?])?),* $(,)? }) => {
        impl<'de> $crate::runtime::union::Deserialize<'de> for $type {
            fn deserialize<D: $crate::runtime::union::Deserializer<'de>>(
                deserializer: D,
            ) -> ::core::result::Result<Self, D::Error> {
                const ARMS: &[$crate::runtime::union::Arm<$type>] = &[$(
                    $crate::runtime::union::Arm {
                        hint: $crate::runtime::union::hint::$hint(&[$($($text),*)?]),
                        decode: |value| $crate::runtime::union::attempt(value).map($type::$variant),
                    },
                )*];
                let value = $crate::runtime::union::buffer(deserializer)?;
                ::core::result::Result::Ok(match $crate::runtime::union::first(ARMS, &value) {
                    ::core::option::Option::Some(arm) => arm,
                    ::core::option::Option::None => Self::Unknown(value.into()),
                })
            }
        }

        $crate::runtime::union::serialize_union! { $type { $($variant),* } }
    };
}
#[allow(unused_imports, reason = "a document may describe no union")]
pub(crate) use untagged_union;

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

/// One arm of a union without a tag.
#[derive(Debug)]
pub struct Arm<T> {
    /// What is known about its values.
    pub hint: Hint,
    /// Decodes it.
    pub decode: fn(&Tree) -> Option<T>,
}

/// What is known about the values of an arm.
#[derive(Debug, Clone, Copy)]
pub enum Hint {
    /// An object with these members.
    Members(&'static [&'static str]),
    /// One of these texts, or numbers written as text.
    Values(&'static [&'static str]),
    /// A few of all values of its kind.
    Some,
    /// Nothing.
    Any,
    /// Every value.
    All,
}

/// The hints under the names that the macro uses for them.
pub mod hint {
    use super::Hint;

    /// An object with these members.
    #[must_use]
    pub const fn members(names: &'static [&'static str]) -> Hint {
        Hint::Members(names)
    }

    /// One of these texts, or numbers written as text.
    #[must_use]
    pub const fn values(texts: &'static [&'static str]) -> Hint {
        Hint::Values(texts)
    }

    /// A few of all values of its kind.
    #[must_use]
    pub const fn some(_: &'static [&'static str]) -> Hint {
        Hint::Some
    }

    /// Nothing is known.
    #[must_use]
    pub const fn any(_: &'static [&'static str]) -> Hint {
        Hint::Any
    }

    /// Every value.
    #[must_use]
    pub const fn all(_: &'static [&'static str]) -> Hint {
        Hint::All
    }
}

impl Hint {
    /// How much of `tree` the hint leaves unexplained.
    fn unexplained(self, tree: &Tree) -> usize {
        match (tree, self) {
            (Tree::Object(members), Self::Members(names)) => {
                members.keys().filter(|name| !names.contains(&name.as_str())).count()
            }
            (Tree::Object(members), Self::Values(_) | Self::Some | Self::Any) => members.len(),
            (Tree::Object(members), Self::All) => members.len() + 1,
            (Tree::String(text), Self::Values(texts)) if texts.contains(&text.as_ref()) => 0,
            (Tree::Number(number), Self::Values(texts)) if texts.contains(&number.to_string().as_str()) => 0,
            (_, Self::Some) => 1,
            (_, Self::Any) => 2,
            (_, Self::All) => 3,
            (_, Self::Values(_) | Self::Members(_)) => 4,
        }
    }
}

/// The first arm that decodes, in the order of how much of `tree` they leave unexplained.
#[must_use]
pub fn first<T>(arms: &[Arm<T>], tree: &Tree) -> Option<T> {
    let _looks = Looks::begin(tree);
    let width = match tree {
        Tree::Object(members) => members.len(),
        Tree::Null | Tree::Bool(_) | Tree::Number(_) | Tree::String(_) | Tree::Array(_) => 1,
    };
    Looks::take(width).ok()?;
    let mut order: Vec<(usize, usize)> = arms.iter().map(|arm| arm.hint.unexplained(tree)).zip(0..).collect();
    order.sort_unstable();
    let arms = order.into_iter().filter_map(|(_, index)| arms.get(index));
    arms.take_while(|_| Looks::take(1).is_ok())
        .find_map(|arm| (arm.decode)(tree))
}
