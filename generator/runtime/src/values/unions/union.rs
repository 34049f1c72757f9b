//! One of several types: a list of arms in, serde impls out that keep what no arm understands.
//!
//! The JSON is read into a [`Tree`] first, because which arm it is shows only once all of it is there. Arms decode
//! from that tree by reference, so whatever they refuse is still whole.

use serde::de::{DeserializeOwned, Error as _};
use serde_json::Error;

use crate::runtime::values::number::integer;
use crate::runtime::values::unions::looks::Looks;
use crate::runtime::values::unions::loss::{self, Decoded};
use crate::runtime::values::unions::trail;
use crate::runtime::values::unions::tree::Tree;

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
/// tagged_union! { Pet by "petType" else Other { Cat = "cat", Other = "other" as members } }
/// tagged_union! { Pet by "petType" absent Plain { Cat = "cat", Plain = "plain" as optional } }
/// tagged_union! { Pet by "petType" { => Nobody: unit[""], => Age: some, Cat = "cat", Dog = "dog" } }
/// ```
///
/// Tags are all texts, all flags or all numbers.
///
/// Each variant holds one value, boxed or not. Those after an arrow are no objects, and need no tag: what is no object is the
/// first of them that it fits, as in `untagged_union`. There is a
/// variant `Unknown(Value)`. It takes what has a tag that
/// no variant has, no tag, a tag of another kind, or is not an object: without a tag there is nothing to go by, and a
/// guess could be wrong in silence. The variant after `else` goes before it, if the value fits that one, and that after `absent`,
/// if the tag is missing or `null`. `Unknown` also takes what
/// would lose something in the variant that the tag has chosen: a member that the variant has no place for, or digits. An
/// object that does not fit the chosen variant is an error.
///
/// Encoding writes the value of the variant, and its tag whatever the member of that name has; of several tags the one that the
/// member has, or else the first. A variant that is a union (`as tagged_union`) hands the tag on to its own variant, unless it
/// has a tag of that name itself. What is no object (`as written`), or is for all other tags too (`as members`, `as union`), is
/// written as it is; one for what has no tag (`as optional`) gets none where it has none.
#[allow(unused_macros, reason = "a document may describe no union")]
macro_rules! tagged_union {
    ($type:ident by $tag:literal $(else $other:ident)? $(absent $plain:ident)? {
        $(=> $other_kind:ident: $hint:ident $([$($text:literal),* $(,)?])?,)*
        $($variant:ident = $($value:literal)|+ $(as $kind:ident)?),* $(,)?
    }) => {
        impl<'de> $crate::runtime::values::unions::union::Deserialize<'de> for $type {
            fn deserialize<D: $crate::runtime::values::unions::union::Deserializer<'de>>(
                deserializer: D,
            ) -> ::core::result::Result<Self, D::Error> {
                $crate::runtime::values::unions::union::read(deserializer, |value| match $crate::runtime::values::unions::union::tag(&value, $tag) {
                    $(::core::option::Option::Some($($value)|+) => $crate::runtime::values::unions::union::arm(&value, ::core::option::Option::Some($tag)).map(|arm| {
                        arm.map_or_else(|| Self::Unknown($crate::runtime::values::unions::union::unknown(value)), Self::$variant)
                    }),)*
                    _ if $crate::runtime::values::unions::union::is_beside(&value, &[$(stringify!($other_kind)),*]) => {
                        $crate::runtime::values::unions::union::first_or_unknown! {
                            $type of value { $($other_kind: $hint $([$($text),*])?),* }
                        }
                    }
                    _ => {
                        $(if !$crate::runtime::values::unions::union::says(&value, $tag)
                            && let ::core::option::Option::Some(arm) = $crate::runtime::values::unions::union::fallback(&value)
                        {
                            return ::core::result::Result::Ok(Self::$plain(arm));
                        })?
                        $(if let ::core::option::Option::Some(arm) = $crate::runtime::values::unions::union::fallback(&value) {
                            return ::core::result::Result::Ok(Self::$other(arm));
                        })?
                        ::core::result::Result::Ok(Self::Unknown($crate::runtime::values::unions::union::unknown(value)))
                    }
                })
            }
        }

        $crate::runtime::values::unions::union_writer::serialize_union! {
            $type by $tag {
                $($variant = [$($value),+] as tagged $($kind)?,)*
                $($other_kind = [$($($text),*)?] as plain $hint,)*
            }
        }
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
/// * `some`: a few of all values of its kind (an integer, a list of two items),
/// * `form`: a few of all texts, which may be written in several ways (a date, a UUID, base64),
/// * `union`: nothing, since it is another union,
/// * `any`: nothing (a string, a list, a map),
/// * `all`: every value,
/// * `unit["auto"]`: this text; the variant holds nothing.
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
/// Which variant a value is, is decided in this order:
///
/// 1. It decodes, and nothing is lost: no member, no digit of a number.
/// 2. The fewer of the parts after `where` have a value that the variant does not permit there, the better.
/// 3. Of what is no object: the less of it the variant takes for `Unknown`, be it all or what unions and enums inside of it do
///    not know, the better. A text or number that is listed in none of several `values` is of none of them.
/// 4. It would be written back exactly as it came, rather than in another form (a date in another zone, a `null` left out).
/// 5. The less it leaves unexplained, the better. Of an object, that are the members that it does not name. A text or number is
///    explained by the `values` that list it; next come `some` and `form`, then `any`, and `all`, then all others.
/// 6. Of an object: the less of it is `Unknown`, the better.
/// 7. The fewer members inside of its parts have no name in it, the better.
/// 8. As listed.
///
/// A value that no variant takes so is `Unknown`, which keeps all of it.
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
        $variant:ident = $($value:literal)|+ $(as $of:ident)?: $hint:ident $([$($text:literal),* $(,)?])?
    ),* $(,)? }) => {
        impl<'de> $crate::runtime::values::unions::union::Deserialize<'de> for $type {
            fn deserialize<D: $crate::runtime::values::unions::union::Deserializer<'de>>(
                deserializer: D,
            ) -> ::core::result::Result<Self, D::Error> {
                $crate::runtime::values::unions::union::read(deserializer, |value| match $crate::runtime::values::unions::union::tag(&value, $tag) {
                    $(::core::option::Option::Some($($value)|+) => $crate::runtime::values::unions::union::arm(&value, ::core::option::Option::None).map(|arm| {
                        arm.map_or_else(|| Self::Unknown($crate::runtime::values::unions::union::unknown(value)), Self::$variant)
                    }),)*
                    _ if $crate::runtime::values::unions::union::has(&value, $tag) => {
                        ::core::result::Result::Ok(Self::Unknown($crate::runtime::values::unions::union::unknown(value)))
                    }
                    _ => $crate::runtime::values::unions::union::first_or_unknown! {
                        $type of value { $($variant: $hint $([$($text),*])?),* }
                    },
                })
            }
        }

        $crate::runtime::values::unions::union_writer::serialize_union! {
            $type by $tag { $($variant = [$($value),+] as optional $($of)?),* }
        }
    };
    ($type:ident { $(
        $variant:ident: $hint:ident $([$($text:literal),* $(,)?])?
        $(where [$($part:literal is $($kind:ident $($known:literal)?)|+),* $(,)?])?
    ),* $(,)? }) => {
        impl<'de> $crate::runtime::values::unions::union::Deserialize<'de> for $type {
            fn deserialize<D: $crate::runtime::values::unions::union::Deserializer<'de>>(
                deserializer: D,
            ) -> ::core::result::Result<Self, D::Error> {
                let value = $crate::runtime::values::unions::union::buffer(deserializer)?;
                $crate::runtime::values::unions::union::first_or_unknown! { $type of value { $(
                    $variant: $hint $([$($text),*])?
                    $(where [$($part is $($kind $($known)?)|+),*])?
                ),* } }
            }
        }

        $crate::runtime::values::unions::union_writer::serialize_union! { $type by "" {
            $($variant = [$($($text),*)?] as plain $hint),*
        } }
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
        const ARMS: &[$crate::runtime::values::unions::arm::Arm<$type>] = &[$(
            $crate::runtime::values::unions::arm::Arm {
                hint: $crate::runtime::values::unions::arm::hint::$hint(&[$($($text),*)?]),
                known: &[$($(
                    ($part, &[$($crate::runtime::values::unions::arm::known::$kind($($known)?)),+]),
                )*)?],
                decode: |value| $crate::runtime::values::unions::arm::decoded!(
                    $hint $([$($text),*])?, value, $type::$variant
                ),
            },
        )*];
        ::core::result::Result::Ok(match $crate::runtime::values::unions::arm::first(ARMS, &$value) {
            ::core::option::Option::Some(arm) => arm,
            ::core::option::Option::None => $type::Unknown($crate::runtime::values::unions::union::unknown($value)),
        })
    }};
}
#[allow(unused_imports, reason = "a document may describe no union")]
pub(crate) use first_or_unknown;

/// The value of the member `name`, if it is of the kind of a tag.
#[must_use]
pub fn tag<'a, T: Tag<'a>>(tree: &'a Tree, name: &str) -> Option<T> {
    T::of(tree.member(name)?)
}

/// Whether it is no object, and a union has variants for such.
#[must_use]
pub fn is_beside(tree: &Tree, variants: &[&str]) -> bool {
    !variants.is_empty() && !matches!(tree, Tree::Object(_))
}

/// Whether the member `name` says anything.
#[must_use]
pub fn says(tree: &Tree, name: &str) -> bool {
    tree.member(name).is_some_and(|value| !matches!(value, Tree::Null))
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
            Tree::Number(number) => integer(number)?.try_into().ok(),
            Tree::Null | Tree::Bool(_) | Tree::String(_) | Tree::Array(_) | Tree::Object(_) => None,
        }
    }
}

/// Decodes the arm that a tag has chosen; nothing where something would be lost in it. A member `written`, which the union
/// writes, is not lost.
///
/// # Errors
///
/// When the value does not fit. The message begins with the path to the part that does not.
pub fn arm<T: DeserializeOwned>(tree: &Tree, written: Option<&str>) -> Result<Option<T>, Error> {
    let looks = Looks::begin(tree);
    if looks.is_outermost() {
        trail::begin();
    }
    let written = written.and_then(|name| tree.member(name));
    let (value, decoded) = loss::of(|| loss::apart_from(written, || T::deserialize(tree)));
    let value = value.map_err(|error| {
        if looks.is_outermost() {
            Error::custom(trail::with_path(&error))
        } else {
            error
        }
    })?;
    // The tag has said what it is, whatever else a newer server sends along.
    Ok(kept(value, decoded.told()))
}

/// A value, if nothing is lost of it, and nothing is there that should not be.
fn kept<T>(value: T, decoded: Decoded) -> Option<T> {
    if !decoded.is_whole() {
        return None;
    }
    loss::note_part(decoded);
    Some(value)
}

/// The JSON of what is of no variant.
#[must_use]
pub fn unknown(tree: Tree) -> Value {
    loss::note_unknown(1 + tree.width());
    tree.into()
}

/// Decodes the arm of what no tag has chosen, if it is one.
#[must_use]
pub fn fallback<T: DeserializeOwned>(tree: &Tree) -> Option<T> {
    let _looks = Looks::begin(tree);
    let (value, decoded) = loss::of(|| trail::attempt(|| T::deserialize(tree)));
    kept(value.ok()?, decoded)
}

/// Reads all of a union's JSON, and decodes it.
///
/// # Errors
///
/// When it is malformed, or an arm does not fit.
pub fn read<'de, T, D: Deserializer<'de>>(
    deserializer: D,
    decode: impl Fn(Tree) -> Result<T, Error>,
) -> Result<T, D::Error> {
    let mut decoded = None;
    Tree::with(deserializer, &mut |tree| {
        decoded = Some(decode(tree)?);
        Ok(())
    })?;
    decoded.ok_or_else(|| D::Error::custom("there is no value"))
}

/// Reads all of a union's JSON.
///
/// # Errors
///
/// When it is malformed.
pub fn buffer<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Tree, D::Error> {
    Tree::read(deserializer)
}
