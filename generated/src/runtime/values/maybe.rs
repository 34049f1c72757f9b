// @generated from an OpenAPI description: the runtime, the same for every API.

//! A member that may be absent, `null`, or a value: three things that mean three things in a partial update.

use std::collections::BTreeMap;
use std::ops::Deref;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// The state of a member that is optional and nullable.
///
/// ```text
/// {}                 Absent: leave it as it is
/// { "note": null }   Null: clear it
/// { "note": "hi" }   Value: set it
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Maybe<T> {
    /// The member is not there.
    #[default]
    Absent,
    /// The member is `null`.
    Null,
    /// The member has a value.
    Value(T),
}

impl<T> Maybe<T> {
    /// The value, by reference.
    #[must_use]
    pub const fn value(&self) -> Option<&T> {
        match self {
            Self::Absent | Self::Null => None,
            Self::Value(value) => Some(value),
        }
    }

    /// The value.
    #[must_use]
    pub fn into_value(self) -> Option<T> {
        match self {
            Self::Absent | Self::Null => None,
            Self::Value(value) => Some(value),
        }
    }

    /// The same with the value by reference.
    #[must_use]
    pub const fn as_ref(&self) -> Maybe<&T> {
        match self {
            Self::Absent => Maybe::Absent,
            Self::Null => Maybe::Null,
            Self::Value(value) => Maybe::Value(value),
        }
    }

    /// The same with what the value lends: of a `String` a `&str`, of a list a slice.
    #[must_use]
    pub fn as_deref(&self) -> Maybe<&T::Target>
    where
        T: Deref,
    {
        self.as_ref().map(Deref::deref)
    }

    /// The same with another value, where there is one.
    #[must_use]
    pub fn map<U>(self, change: impl FnOnce(T) -> U) -> Maybe<U> {
        match self {
            Self::Absent => Maybe::Absent,
            Self::Null => Maybe::Null,
            Self::Value(value) => Maybe::Value(change(value)),
        }
    }

    /// The value, or else the default one.
    #[must_use]
    pub fn unwrap_or_default(self) -> T
    where
        T: Default,
    {
        self.into_value().unwrap_or_default()
    }

    /// Whether the member is not there.
    #[must_use]
    pub const fn is_absent(&self) -> bool {
        matches!(self, Self::Absent)
    }

    /// Whether the member is `null`.
    #[must_use]
    pub const fn is_null(&self) -> bool {
        matches!(self, Self::Null)
    }
}

impl<T> From<T> for Maybe<T> {
    fn from(value: T) -> Self {
        Self::Value(value)
    }
}

impl<T> From<Option<T>> for Maybe<T> {
    /// `None` becomes [`Maybe::Null`]: whoever hands over a value, even an empty one, wants it sent.
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Null, Self::Value)
    }
}

impl<T> From<Maybe<T>> for Option<T> {
    /// Absent and `null` are both `None`.
    fn from(maybe: Maybe<T>) -> Self {
        maybe.into_value()
    }
}

impl From<&str> for Maybe<String> {
    fn from(value: &str) -> Self {
        Self::Value(value.to_owned())
    }
}

impl<T, const N: usize> From<[T; N]> for Maybe<Vec<T>> {
    fn from(items: [T; N]) -> Self {
        Self::Value(items.into())
    }
}

impl<const N: usize> From<[&str; N]> for Maybe<Vec<String>> {
    fn from(texts: [&str; N]) -> Self {
        Self::Value(texts.into_iter().map(str::to_owned).collect())
    }
}

impl<K: Into<String>, V, const N: usize> From<[(K, V); N]> for Maybe<BTreeMap<String, V>> {
    fn from(pairs: [(K, V); N]) -> Self {
        Self::Value(pairs.into_iter().map(|(name, value)| (name.into(), value)).collect())
    }
}

impl<K: Into<String>, const N: usize> From<[(K, &str); N]> for Maybe<BTreeMap<String, String>> {
    fn from(pairs: [(K, &str); N]) -> Self {
        let pairs = pairs.into_iter();
        Self::Value(pairs.map(|(name, text)| (name.into(), text.to_owned())).collect())
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Maybe<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Option::deserialize(deserializer).map(Self::from)
    }
}

impl<T: Serialize> Serialize for Maybe<T> {
    /// Outside a model, which leaves it out, [`Maybe::Absent`] is written as `null`.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.value().serialize(serializer)
    }
}
