//! A type that somebody wrote for a format.

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// An amount of money, as text.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Money(pub String);

impl Serialize for Money {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Money {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer).map(Self)
    }
}
