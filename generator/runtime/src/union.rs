//! One of several types: a list of arms in, serde impls out that keep what no arm understands.
//!
//! The JSON is read into a [`Value`] first, because which arm it is shows only once all of it is there. Arms decode
//! from that value by reference, so whatever they refuse is still whole.

use std::cell::Cell;

use serde::de::{DeserializeOwned, Error};

// What the macros name, so that a generated file need not import it.
#[doc(hidden)]
pub use serde::{Deserialize, Deserializer, Serialize, Serializer};
#[doc(hidden)]
pub use serde_json::Value;

/// Implements `Serialize` and `Deserialize` for an enum whose arm is named by a member of the object.
///
/// ```text
/// tagged_union! { Pet by "petType" { Cat = "cat" | "Cat", Dog = "dog" } }
/// ```
///
/// Each variant holds one value, boxed or not, and there is a variant `Unknown(Value)`. It takes what has a tag that
/// no variant has, no tag, a tag that is not text, or is not an object: without a tag there is nothing to go by, and a
/// guess could be wrong in silence. Once the tag has chosen a variant, an object that does not fit it is an error.
///
/// Encoding writes the value of the variant; the tag is one of its members.
#[allow(unused_macros, reason = "a document may describe no union")]
macro_rules! tagged_union {
    ($type:ident by $tag:literal { $($variant:ident = $($value:literal)|+),* $(,)? }) => {
        impl<'de> $crate::runtime::union::Deserialize<'de> for $type {
            fn deserialize<D: $crate::runtime::union::Deserializer<'de>>(
                deserializer: D,
            ) -> ::core::result::Result<Self, D::Error> {
                let value = $crate::runtime::union::buffer(deserializer)?;
                match $crate::runtime::union::tag(&value, $tag) {
                    $(::core::option::Option::Some($($value)|+) => $crate::runtime::union::arm(&value).map(Self::$variant),)*
                    _ => ::core::result::Result::Ok(Self::Unknown(value)),
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
/// * `any`: nothing (a string, a list, a map, another union).
///
/// Variants are tried in the order of how much they leave unexplained, and as listed where that is equal. For an object
/// that is the number of its members that a variant does not name. A text or number is explained by the `values` that
/// list it; next comes `any`, then all others. The first variant that decodes is taken, `Unknown` where none does.
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
                ::core::result::Result::Ok($crate::runtime::union::first(ARMS, &value).unwrap_or(Self::Unknown(value)))
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

/// The text of the member `name`.
#[must_use]
pub fn tag<'a>(value: &'a Value, name: &str) -> Option<&'a str> {
    value.get(name)?.as_str()
}

/// Decodes the arm that a tag has chosen.
///
/// # Errors
///
/// When the value does not fit.
pub fn arm<T: DeserializeOwned, E: Error>(value: &Value) -> Result<T, E> {
    T::deserialize(value).map_err(E::custom)
}

/// Reads all of a union's JSON.
///
/// # Errors
///
/// When it is malformed.
pub fn buffer<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Value, D::Error> {
    Value::deserialize(deserializer)
}

/// Decodes an arm that may not be the right one.
#[must_use]
pub fn attempt<T: DeserializeOwned>(value: &Value) -> Option<T> {
    T::deserialize(value).ok()
}

/// One arm of a union without a tag.
#[derive(Debug)]
pub struct Arm<T> {
    /// What is known about its values.
    pub hint: Hint,
    /// Decodes it.
    pub decode: fn(&Value) -> Option<T>,
}

/// What is known about the values of an arm.
#[derive(Debug, Clone, Copy)]
pub enum Hint {
    /// An object with these members.
    Members(&'static [&'static str]),
    /// One of these texts, or numbers written as text.
    Values(&'static [&'static str]),
    /// Nothing.
    Any,
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

    /// Nothing is known.
    #[must_use]
    pub const fn any(_: &'static [&'static str]) -> Hint {
        Hint::Any
    }
}

impl Hint {
    /// How much of `value` the hint leaves unexplained.
    fn unexplained(self, value: &Value) -> usize {
        match (value, self) {
            (Value::Object(members), Self::Members(names)) => {
                members.keys().filter(|name| !names.contains(&name.as_str())).count()
            }
            (Value::Object(members), Self::Values(_) | Self::Any) => members.len(),
            (Value::String(text), Self::Values(texts)) if texts.contains(&text.as_str()) => 0,
            (Value::Number(number), Self::Values(texts)) if texts.contains(&number.to_string().as_str()) => 0,
            (_, Self::Any) => 1,
            (_, Self::Values(_) | Self::Members(_)) => 2,
        }
    }
}

/// The first arm that decodes, in the order of how much of `value` they leave unexplained.
#[must_use]
pub fn first<T>(arms: &[Arm<T>], value: &Value) -> Option<T> {
    let mut order: Vec<(usize, usize)> = arms.iter().map(|arm| arm.hint.unexplained(value)).zip(0..).collect();
    order.sort_unstable();
    let _budget = Budget::enter(value);
    let arms = order.into_iter().filter_map(|(_, index)| arms.get(index));
    arms.take_while(|_| Budget::spend()).find_map(|arm| (arm.decode)(value))
}

thread_local! {
    /// How many arms may still be tried inside the outermost union that this thread is decoding.
    static ATTEMPTS: Cell<Option<usize>> = const { Cell::new(None) };
}

/// Bounds the work on unions inside unions. An arm that fails late has decoded all that is below it, and the next arm
/// does so again: twice the work for each level, which a hostile answer could drive to any height. Where the budget is
/// used up, what is left stays `Unknown`.
struct Budget {
    outermost: bool,
}

impl Budget {
    /// More attempts for each JSON value than an honest answer needs.
    const PER_VALUE: usize = 64;

    fn enter(value: &Value) -> Self {
        let outermost = ATTEMPTS.get().is_none();
        if outermost {
            ATTEMPTS.set(Some(count(value).saturating_mul(Self::PER_VALUE)));
        }
        Self { outermost }
    }

    fn spend() -> bool {
        let left = ATTEMPTS.get().unwrap_or_default();
        ATTEMPTS.set(Some(left.saturating_sub(1)));
        left > 0
    }
}

impl Drop for Budget {
    fn drop(&mut self) {
        if self.outermost {
            ATTEMPTS.set(None);
        }
    }
}

/// How many JSON values there are in `value`, itself included.
fn count(value: &Value) -> usize {
    1 + match value {
        Value::Array(items) => items.iter().map(count).sum(),
        Value::Object(members) => members.values().map(count).sum(),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => 0,
    }
}
