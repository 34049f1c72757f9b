//! The encoding half of unions: arms with what is known about them in, `Serialize` out, with the tags of all unions around.
//!
//! Each union has a function `serialize_within` beside its impl, which takes the tags of the unions that it is an arm of and
//! hands them on to its own arm, down to the object that has the members. Nothing is encoded twice on that way.

use serde::{Serialize, Serializer};

#[cfg(part = "objects")]
use crate::runtime::values::model::{self, Model};
use crate::runtime::values::unions::tag::Tags;
#[cfg(part = "objects")]
use crate::runtime::values::unions::tag::{Tag, TagValue};

/// Implements `Serialize` for a union. What a variant is stands after `as`, the last word for itself, if there are two:
///
/// * `tagged`: an object that gets a tag,
/// * `optional`: an object that gets a tag in the place of one that it has,
/// * `members`: an object,
/// * `tagged_union`: a union that gets a tag, unless it has one of that name,
/// * `union`: a union,
/// * `unit`: the text, which is all that the variant says,
/// * anything else: what has no members that could be tags.
#[allow(unused_macros, reason = "a document may describe no union")]
macro_rules! serialize_union {
    ($type:ident by $tag:literal { $($variant:ident = [$($value:literal),*] as $($kind:ident)+),* $(,)? }) => {
        impl $type {
            /// Encodes it as an arm of other unions.
            pub(crate) fn serialize_within<S: $crate::runtime::values::unions::union::Serializer>(
                &self,
                tags: $crate::runtime::values::unions::tag::Tags<'_>,
                serializer: S,
            ) -> ::core::result::Result<S::Ok, S::Error> {
                match self {
                    $($crate::runtime::values::unions::union_writer::variant!([$($kind)+] Self $variant value) => $crate::runtime::values::unions::union_writer::serialize_arm!(
                        [$($kind)+], value, $tag, [$($value),*], tags, serializer
                    ),)*
                    Self::Unknown(value) => $crate::runtime::values::unions::union::Serialize::serialize(value, serializer),
                }
            }
        }

        impl $crate::runtime::values::unions::union::Serialize for $type {
            fn serialize<S: $crate::runtime::values::unions::union::Serializer>(
                &self,
                serializer: S,
            ) -> ::core::result::Result<S::Ok, S::Error> {
                self.serialize_within($crate::runtime::values::unions::tag::Tags::NONE, serializer)
            }
        }
    };
}
#[allow(unused_imports, reason = "a document may describe no union")]
pub(crate) use serialize_union;

/// A variant, with what it holds.
#[allow(unused_macros, reason = "a document may describe no union")]
macro_rules! variant {
    ([plain unit] $type:ident $variant:ident $value:ident) => {
        $type::$variant
    };
    ([$($kind:ident)+] $type:ident $variant:ident $value:ident) => {
        $type::$variant($value)
    };
}
#[allow(unused_imports, reason = "a document may describe no union")]
pub(crate) use variant;

/// Encodes an arm of which it is known what it is.
#[allow(unused_macros, reason = "a document may describe no union")]
macro_rules! serialize_arm {
    ([tagged], $arm:ident, $tag:literal, [$($value:literal),+], $tags:ident, $serializer:ident) => {
        $crate::runtime::values::unions::union_writer::tagged(
            $arm,
            $tag,
            &[$($crate::runtime::values::unions::tag::TagValue::from($value)),+],
            false,
            $tags,
            $serializer,
        )
    };
    ([$(tagged)? optional], $arm:ident, $tag:literal, [$($value:literal),+], $tags:ident, $serializer:ident) => {
        $crate::runtime::values::unions::union_writer::tagged(
            $arm,
            $tag,
            &[$($crate::runtime::values::unions::tag::TagValue::from($value)),+],
            true,
            $tags,
            $serializer,
        )
    };
    ([plain unit], $arm:ident, $tag:literal, [$text:literal], $tags:ident, $serializer:ident) => {
        $crate::runtime::values::unions::union_writer::as_it_is($text, $tags, $serializer)
    };
    ([$default:ident members], $arm:ident, $tag:literal, [$($value:literal),*], $tags:ident, $serializer:ident) => {
        $crate::runtime::values::model::serialize_with($arm, $tags, $serializer)
    };
    ([$default:ident union], $arm:ident, $tag:literal, [$($value:literal),*], $tags:ident, $serializer:ident) => {
        $arm.serialize_within($tags, $serializer)
    };
    ([tagged tagged_union], $arm:ident, $tag:literal, [$($value:literal),+], $tags:ident, $serializer:ident) => {{
        let values = [$($crate::runtime::values::unions::tag::TagValue::from($value)),+];
        let tag = $crate::runtime::values::unions::tag::Tag::new($tag, &values, false, $tags);
        $arm.serialize_within((&tag).into(), $serializer)
    }};
    ([optional tagged_union], $arm:ident, $tag:literal, [$($value:literal),+], $tags:ident, $serializer:ident) => {{
        let values = [$($crate::runtime::values::unions::tag::TagValue::from($value)),+];
        let tag = $crate::runtime::values::unions::tag::Tag::new($tag, &values, true, $tags);
        $arm.serialize_within((&tag).into(), $serializer)
    }};
    ([$default:ident $other:ident], $arm:ident, $tag:literal, [$($value:literal),*], $tags:ident, $serializer:ident) => {
        $crate::runtime::values::unions::union_writer::as_it_is($arm, $tags, $serializer)
    };
}
#[allow(unused_imports, reason = "a document may describe no union")]
pub(crate) use serialize_arm;

/// Encodes an object with one of its tags: the one that its member has, if that is one of them, else the first.
///
/// # Errors
///
/// When the serializer or a member refuses.
#[cfg(part = "objects")]
pub fn tagged<T: Model, S: Serializer>(
    arm: &T,
    name: &'static str,
    values: &[TagValue],
    is_optional: bool,
    tags: Tags<'_>,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    model::serialize_with(arm, Tags::from(&Tag::new(name, values, is_optional, tags)), serializer)
}

/// Encodes what has no place for a tag.
///
/// # Errors
///
/// When the serializer or a member refuses.
pub fn as_it_is<T: Serialize + ?Sized, S: Serializer>(arm: &T, _: Tags<'_>, serializer: S) -> Result<S::Ok, S::Error> {
    arm.serialize(serializer)
}
