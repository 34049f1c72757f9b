//! Property values: numbers, truth values, dates and lists go in, the text that travels comes out.

use jiff::Timestamp;
use jiff::civil::{Date, DateTime};

/// The text that a property value travels as.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct PropertyValue(String);

impl PropertyValue {
    /// The value that clears a property.
    #[must_use]
    pub const fn cleared() -> Self {
        Self(String::new())
    }

    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<PropertyValue> for String {
    fn from(value: PropertyValue) -> Self {
        value.0
    }
}

impl From<String> for PropertyValue {
    fn from(text: String) -> Self {
        Self(text)
    }
}

macro_rules! from_display {
    ($($ty:ty),+) => {$(
        impl From<$ty> for PropertyValue {
            fn from(value: $ty) -> Self {
                Self(value.to_string())
            }
        }
    )+};
}

// Rust writes numbers without exponents and thousands separators, `jiff` writes ISO 8601: what the server reads.
from_display!(
    &str, &String, bool, i8, i16, i32, i64, isize, u8, u16, u32, u64, usize, f32, f64, Date, Timestamp
);

impl From<DateTime> for PropertyValue {
    /// The server takes a time without a zone for one in UTC.
    fn from(value: DateTime) -> Self {
        Self(format!("{value}Z"))
    }
}

/// Several choices. None of them may contain a `;`, which the server would take for the end of a choice.
impl<T: Into<PropertyValue>> FromIterator<T> for PropertyValue {
    fn from_iter<I: IntoIterator<Item = T>>(choices: I) -> Self {
        let texts: Vec<_> = choices.into_iter().map(|choice| choice.into().0).collect();
        Self(texts.join(";"))
    }
}

impl<T: Into<PropertyValue>> From<Vec<T>> for PropertyValue {
    fn from(choices: Vec<T>) -> Self {
        choices.into_iter().collect()
    }
}

impl<T: Into<PropertyValue>, const N: usize> From<[T; N]> for PropertyValue {
    fn from(choices: [T; N]) -> Self {
        choices.into_iter().collect()
    }
}
