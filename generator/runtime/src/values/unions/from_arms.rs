//! Conversions into an enum: its variants with what they hold in, `From` for each of these out.

/// Implements `From` for what the variants of an enum hold.
///
/// ```text
/// from_arms! { Owner { User: boxed User, Name: plain String, Name: text &str } }
/// from_arms! { Owner or Maybe { User: boxed User } }      // for `Maybe<Owner>` too
/// from_arms! { Filter { Names: texts String, Ids: array i64, Members: pairs String } }
/// ```
///
/// A variant holds a `boxed` value or a `plain` one. A `text` becomes the `String` that it holds, arrays of `texts` or of other
/// values (`array`) the list, and an array of `pairs` the map.
#[allow(unused_macros, reason = "a document may describe no union")]
macro_rules! from_arms {
    ($type:ident { $($variant:ident: $kind:ident $held:ty),* $(,)? }) => {
        $($crate::runtime::values::unions::from_arms::from_arm! { itself $type $variant: $kind $held })*
    };
    ($type:ident or Maybe { $($variant:ident: $kind:ident $held:ty),* $(,)? }) => {$(
        $crate::runtime::values::unions::from_arms::from_arm! { itself $type $variant: $kind $held }
        $crate::runtime::values::unions::from_arms::from_arm! { maybe $type $variant: $kind $held }
    )*};
}
#[allow(unused_imports, reason = "a document may describe no union")]
pub(crate) use from_arms;

/// Implements `From` for what one variant holds: for the enum `itself`, or for a `Maybe` of it.
#[allow(unused_macros, reason = "a document may describe no union")]
macro_rules! from_arm {
    ($target:ident $type:ident $variant:ident: boxed $held:ty) => {
        $crate::runtime::values::unions::from_arms::from_arm! {
            @ $target $type $variant [] $held, value => ::std::boxed::Box::new(value)
        }
    };
    ($target:ident $type:ident $variant:ident: plain $held:ty) => {
        $crate::runtime::values::unions::from_arms::from_arm! { @ $target $type $variant [] $held, value => value }
    };
    ($target:ident $type:ident $variant:ident: text $held:ty) => {
        $crate::runtime::values::unions::from_arms::from_arm! {
            @ $target $type $variant [] $held, value => ::std::borrow::ToOwned::to_owned(value)
        }
    };
    ($target:ident $type:ident $variant:ident: array $held:ty) => {
        $crate::runtime::values::unions::from_arms::from_arm! {
            @ $target $type $variant [const N: usize] [$held; N], value => ::std::vec::Vec::from(value)
        }
    };
    ($target:ident $type:ident $variant:ident: texts $held:ty) => {
        $crate::runtime::values::unions::from_arms::from_arm! { $target $type $variant: array $held }
        $crate::runtime::values::unions::from_arms::from_arm! {
            @ $target $type $variant [const N: usize] [&str; N],
            value => value.into_iter().map(<$held>::from).collect()
        }
    };
    ($target:ident $type:ident $variant:ident: pairs $held:ty) => {
        $crate::runtime::values::unions::from_arms::from_arm! {
            @ $target $type $variant
            [K: ::core::convert::Into<::std::string::String>, V: ::core::convert::Into<$held>, const N: usize]
            [(K, V); N],
            value => value.into_iter().map(|(name, value)| (name.into(), value.into())).collect()
        }
    };
    (@ itself $type:ident $variant:ident [$($generics:tt)*] $from:ty, $value:ident => $held:expr) => {
        impl<$($generics)*> ::core::convert::From<$from> for $type {
            fn from($value: $from) -> Self {
                Self::$variant($held)
            }
        }
    };
    (@ maybe $type:ident $variant:ident [$($generics:tt)*] $from:ty, $value:ident => $held:expr) => {
        impl<$($generics)*> ::core::convert::From<$from> for $crate::runtime::values::maybe::Maybe<$type> {
            fn from($value: $from) -> Self {
                Self::Value($type::$variant($held))
            }
        }
    };
}
#[allow(unused_imports, reason = "a document may describe no union")]
pub(crate) use from_arm;
