//! Conversions into an enum: its variants with what they hold in, `From` for each of these out.

/// Implements `From` for what the variants of an enum hold.
///
/// ```text
/// from_arms! { Owner { User: boxed User, Name: plain String, Name: text &str } }
/// from_arms! { Owner or Maybe { User: boxed User } }      // for `Maybe<Owner>` too
/// ```
///
/// A variant holds a `boxed` value, a `plain` one, or a `String` that a `text` becomes.
#[allow(unused_macros, reason = "a document may describe no union")]
macro_rules! from_arms {
    ($type:ident { $($variant:ident: $kind:ident $held:ty),* $(,)? }) => {$(
        impl ::core::convert::From<$held> for $type {
            fn from(value: $held) -> Self {
                Self::$variant($crate::runtime::values::unions::from_arms::from_arms!(@$kind value))
            }
        }
    )*};
    ($type:ident or Maybe { $($variant:ident: $kind:ident $held:ty),* $(,)? }) => {
        $crate::runtime::values::unions::from_arms::from_arms! { $type { $($variant: $kind $held),* } }

        $(
            impl ::core::convert::From<$held> for $crate::runtime::values::maybe::Maybe<$type> {
                fn from(value: $held) -> Self {
                    Self::Value($type::from(value))
                }
            }
        )*
    };
    (@boxed $value:ident) => {
        ::std::boxed::Box::new($value)
    };
    (@plain $value:ident) => {
        $value
    };
    (@text $value:ident) => {
        ::std::borrow::ToOwned::to_owned($value)
    };
}
#[allow(unused_imports, reason = "a document may describe no union")]
pub(crate) use from_arms;
