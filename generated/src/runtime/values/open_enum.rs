// @generated from an OpenAPI description: the runtime, the same for every API.

//! Sets of values that a server may extend: a value table in, conversions and serde impls out.
//!
//! A value that the table does not name is kept in `Unknown`, so that it survives a round trip; a value that it does
//! name is always the variant, however it came in.

use std::fmt;
use std::marker::PhantomData;

use serde::de::{Error, Visitor};

// What the macro names, so that a generated file need not import it.
#[doc(hidden)]
pub use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// Implements the conversions of an enum whose values are listed, and which has a variant `Unknown` for all others.
///
/// ```text
/// open_enum! { Status: str { Complete = "COMPLETE", Failed = "FAILED" } }       // Unknown(String)
/// open_enum! { Level: i64 { Low = 1, High = 2 } }                               // Unknown(i64)
/// open_enum! { Mixed: Value { Text = r#""text""#, One = "1", Yes = "true" } }   // Unknown(Value); each is a JSON text
/// ```
///
/// | representation | gives |
/// |---|---|
/// | `str` | `as_str(&self) -> &str`, `From<&str>`, `From<String>`, `FromStr`, `AsRef<str>`, `Display` |
/// | `i64` | `value(&self) -> i64`, `From<i64>`, `Display` |
/// | `Value` | `value(&self) -> Value`, `From<Value>`, `Display` (as JSON text) |
///
/// and `KNOWN: &[Self]`, `Serialize` and `Deserialize` for all. The enum must be `Clone`.
#[allow(unused_macros, reason = "a document may describe no enum")]
macro_rules! open_enum {
    ($type:ident: str { $($variant:ident = $text:literal),* $(,)? }) => {
        impl $type {
            /// The values that the description names, in its order.
            #[allow(dead_code, reason = "not every program asks for them")]
            pub const KNOWN: &'static [Self] = &[$(Self::$variant),*];

            /// The text on the wire.
            #[must_use]
            pub fn as_str(&self) -> &str {
                match self {
                    $(Self::$variant => $text,)*
                    Self::Unknown(text) => text,
                }
            }

            fn known(text: &str) -> ::core::option::Option<Self> {
                static NAMES: $crate::runtime::values::names::Names = $crate::runtime::values::names::Names::new(&[$($text),*]);
                Self::KNOWN.get(NAMES.find(text)?).cloned()
            }
        }

        impl ::core::convert::From<&str> for $type {
            fn from(text: &str) -> Self {
                Self::known(text).unwrap_or_else(|| Self::Unknown(text.into()))
            }
        }

        impl ::core::convert::From<::std::string::String> for $type {
            fn from(text: ::std::string::String) -> Self {
                Self::known(&text).unwrap_or(Self::Unknown(text))
            }
        }

        impl ::core::str::FromStr for $type {
            type Err = ::core::convert::Infallible;

            fn from_str(text: &str) -> ::core::result::Result<Self, ::core::convert::Infallible> {
                ::core::result::Result::Ok(Self::from(text))
            }
        }

        impl ::core::convert::AsRef<str> for $type {
            fn as_ref(&self) -> &str {
                self.as_str()
            }
        }

        impl ::core::fmt::Display for $type {
            fn fmt(&self, formatter: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                formatter.pad(self.as_str())
            }
        }

        impl $crate::runtime::values::open_enum::Serialize for $type {
            fn serialize<S: $crate::runtime::values::open_enum::Serializer>(
                &self,
                serializer: S,
            ) -> ::core::result::Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }

        impl<'de> $crate::runtime::values::open_enum::Deserialize<'de> for $type {
            fn deserialize<D: $crate::runtime::values::open_enum::Deserializer<'de>>(
                deserializer: D,
            ) -> ::core::result::Result<Self, D::Error> {
                let value = $crate::runtime::values::open_enum::deserialize_text(deserializer);
                value
            }
        }
    };
    ($type:ident: i64 { $($variant:ident = $number:literal),* $(,)? }) => {
        impl $type {
            /// The values that the description names, in its order.
            #[allow(dead_code, reason = "the enum may be private")]
            #[allow(dead_code, reason = "not every program asks for them")]
            pub const KNOWN: &'static [Self] = &[$(Self::$variant),*];

            /// The number on the wire.
            #[must_use]
            pub const fn value(&self) -> i64 {
                match self {
                    $(Self::$variant => $number,)*
                    Self::Unknown(number) => *number,
                }
            }
        }

        impl ::core::convert::From<i64> for $type {
            fn from(number: i64) -> Self {
                match number {
                    $($number => Self::$variant,)*
                    _ => Self::Unknown(number),
                }
            }
        }

        impl ::core::fmt::Display for $type {
            fn fmt(&self, formatter: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                ::core::fmt::Display::fmt(&self.value(), formatter)
            }
        }

        impl $crate::runtime::values::open_enum::Serialize for $type {
            fn serialize<S: $crate::runtime::values::open_enum::Serializer>(
                &self,
                serializer: S,
            ) -> ::core::result::Result<S::Ok, S::Error> {
                serializer.serialize_i64(self.value())
            }
        }

        impl<'de> $crate::runtime::values::open_enum::Deserialize<'de> for $type {
            fn deserialize<D: $crate::runtime::values::open_enum::Deserializer<'de>>(
                deserializer: D,
            ) -> ::core::result::Result<Self, D::Error> {
                let value = <i64 as $crate::runtime::values::open_enum::Deserialize>::deserialize(deserializer).map(Self::from);
                value
            }
        }
    };
    ($type:ident: Value { $($variant:ident = $json:literal),* $(,)? }) => {
        impl $type {
            /// The values that the description names, in its order.
            #[allow(dead_code, reason = "the enum may be private")]
            #[allow(dead_code, reason = "not every program asks for them")]
            pub const KNOWN: &'static [Self] = &[$(Self::$variant),*];

            /// The value on the wire.
            #[must_use]
            pub fn value(&self) -> $crate::runtime::values::open_enum::Value {
                match self {
                    $(Self::$variant => $crate::runtime::values::open_enum::parse($json),)*
                    Self::Unknown(value) => value.clone(),
                }
            }
        }

        impl ::core::convert::From<$crate::runtime::values::open_enum::Value> for $type {
            fn from(value: $crate::runtime::values::open_enum::Value) -> Self {
                const VALUES: &[(&str, $type)] = &[$(($json, $type::$variant)),*];
                let known = VALUES.iter().find(|(json, _)| $crate::runtime::values::open_enum::is(json, &value));
                known.map_or(Self::Unknown(value), |(_, variant)| variant.clone())
            }
        }

        impl ::core::fmt::Display for $type {
            fn fmt(&self, formatter: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                ::core::fmt::Display::fmt(&self.value(), formatter)
            }
        }

        impl $crate::runtime::values::open_enum::Serialize for $type {
            fn serialize<S: $crate::runtime::values::open_enum::Serializer>(
                &self,
                serializer: S,
            ) -> ::core::result::Result<S::Ok, S::Error> {
                $crate::runtime::values::open_enum::Serialize::serialize(&self.value(), serializer)
            }
        }

        impl<'de> $crate::runtime::values::open_enum::Deserialize<'de> for $type {
            fn deserialize<D: $crate::runtime::values::open_enum::Deserializer<'de>>(
                deserializer: D,
            ) -> ::core::result::Result<Self, D::Error> {
                let value =
                    <$crate::runtime::values::open_enum::Value as $crate::runtime::values::open_enum::Deserialize>::deserialize(deserializer);
                let value = value.map(Self::from);
                value
            }
        }
    };
}
#[allow(unused_imports, reason = "a document may describe no enum")]
pub(crate) use open_enum;

/// Decodes an enum of texts.
///
/// # Errors
///
/// When the input is not text.
pub fn deserialize_text<'de, T, D>(deserializer: D) -> Result<T, D::Error>
where
    T: From<String> + for<'a> From<&'a str>,
    D: Deserializer<'de>,
{
    deserializer.deserialize_string(TextVisitor(PhantomData))
}

struct TextVisitor<T>(PhantomData<T>);

impl<T: From<String> + for<'a> From<&'a str>> Visitor<'_> for TextVisitor<T> {
    type Value = T;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a string")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<T, E> {
        Ok(T::from(text))
    }

    fn visit_string<E: Error>(self, text: String) -> Result<T, E> {
        Ok(T::from(text))
    }
}
