//! Bytes that travel as base64 text (`format: byte`, `contentEncoding`).

use std::fmt;

use base64::Engine as _;
use base64::alphabet;
use base64::engine::DecodePaddingMode;
use base64::engine::general_purpose::{GeneralPurpose, GeneralPurposeConfig, STANDARD, URL_SAFE_NO_PAD};
use bytes::Bytes;
use serde::de::{Error, Unexpected, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

#[cfg(part = "unions")]
use crate::runtime::values::unions::loss::{self, Loss};

const LENIENT: GeneralPurposeConfig =
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent);
const ANY_PADDING: GeneralPurpose = GeneralPurpose::new(&alphabet::STANDARD, LENIENT);
const URL_SAFE: GeneralPurpose = GeneralPurpose::new(&alphabet::URL_SAFE, LENIENT);

/// The bytes of a text, whichever way it is written.
fn parse(text: &str) -> Option<Bytes> {
    let text = text.trim();
    let joined: String;
    let text = if text.contains(|character: char| character.is_ascii_whitespace()) {
        joined = text.split_ascii_whitespace().collect();
        &joined
    } else {
        text
    };
    let engine = if text.contains(['-', '_']) {
        &URL_SAFE
    } else {
        &ANY_PADDING
    };
    engine.decode(text).ok().map(Bytes::from)
}

macro_rules! bytes {
    ($(#[$docs:meta])+ $type:ident by $engine:ident) => {
        $(#[$docs])+
        #[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
        pub struct $type(pub Bytes);

        impl $type {
            /// The bytes.
            #[must_use]
            pub fn as_bytes(&self) -> &[u8] {
                &self.0
            }
        }

        impl AsRef<[u8]> for $type {
            fn as_ref(&self) -> &[u8] {
                &self.0
            }
        }

        impl From<Vec<u8>> for $type {
            fn from(bytes: Vec<u8>) -> Self {
                Self(bytes.into())
            }
        }

        impl From<Bytes> for $type {
            fn from(bytes: Bytes) -> Self {
                Self(bytes)
            }
        }

        impl From<&[u8]> for $type {
            fn from(bytes: &[u8]) -> Self {
                Self(Bytes::copy_from_slice(bytes))
            }
        }

        impl fmt::Debug for $type {
            fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(formatter, concat!(stringify!($type), "({} bytes)"), self.0.len())
            }
        }

        impl fmt::Display for $type {
            fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                base64::display::Base64Display::new(&self.0, &$engine).fmt(formatter)
            }
        }

        impl Serialize for $type {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }

        impl<'de> Deserialize<'de> for $type {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                deserializer.deserialize_string(TextVisitor(&$engine)).map(Self)
            }
        }
    };
}

bytes! {
    /// Bytes that are base64 text on the wire.
    ///
    /// Written with the standard alphabet and padding. Read with either alphabet, with or without padding, and with line
    /// breaks: servers do all of it, and none of it is ambiguous.
    Base64 by STANDARD
}

bytes! {
    /// Bytes that are base64 text on the wire, of the alphabet that is safe in URLs and file names.
    ///
    /// Written without padding, which is not safe there. Read as [`Base64`] is.
    Base64Url by URL_SAFE_NO_PAD
}

/// Reads a text, which `.0` would have written.
struct TextVisitor(&'static GeneralPurpose);

impl Visitor<'_> for TextVisitor {
    type Value = Bytes;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("base64 text")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Bytes, E> {
        if let Ok(bytes) = self.0.decode(text) {
            return Ok(bytes.into());
        }
        #[cfg(part = "unions")]
        loss::note(Loss::Form);
        parse(text).ok_or_else(|| E::invalid_value(Unexpected::Str(text), &self))
    }
}
