// @generated from an OpenAPI description: the runtime, the same for every API.

//! The members of a JSON object, read into one slot each: what all models share of their decoding.

use std::collections::BTreeMap;
use std::fmt;

use serde::de::{Deserialize, DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, Unexpected, Visitor};

use crate::runtime::values::maybe::Maybe;
use crate::runtime::values::names::Names;

/// Reads all members of an object: those in `names` into the slot at the same place, all others into `rest`.
///
/// Slots are trait objects so that this loop is compiled once per data format, and a model has nothing to say but where
/// its slots are.
///
/// # Errors
///
/// When the input is malformed, a member in `names` comes twice, or a value does not fit.
pub fn read<'de, A: MapAccess<'de>, R: Rest<'de>>(
    mut map: A,
    names: &'static Names,
    slots: &mut [&mut dyn Slot<'de, A>],
    mut rest: R,
) -> Result<Seen, A::Error> {
    let mut keys = Keys {
        names,
        next: 0,
        seen: Seen::default(),
        unknown: None,
    };
    loop {
        match map.next_key_seed(KeySeed {
            keys: &mut keys,
            keep: R::KEEP,
        })? {
            None => return Ok(keys.seen),
            Some(Key::Known(index)) => match slots.get_mut(index) {
                Some(slot) => slot.read(&mut map)?,
                None => rest.take(None, &mut map)?,
            },
            Some(Key::Unknown) => rest.take(keys.unknown.take(), &mut map)?,
        }
    }
}

/// A slot that nothing has been read into. The name is there because a macro can only repeat by something that it names.
#[must_use]
pub fn empty<T: Default>(_name: &str) -> T {
    T::default()
}

/// Where the value of a member goes.
pub trait Slot<'de, A: MapAccess<'de>> {
    /// Reads the value of the member that `map` stands at.
    ///
    /// # Errors
    ///
    /// When the value does not fit.
    fn read(&mut self, map: &mut A) -> Result<(), A::Error>;
}

/// The slot of a member that is a value where it is there, whatever its JSON is.
#[derive(Debug)]
pub struct Required<T>(pub Option<T>);

impl<T> Required<T> {
    /// What was read, if anything was.
    #[allow(dead_code, reason = "a document may describe no member of this kind")]
    #[must_use]
    pub fn value(self) -> Option<T> {
        self.0
    }
}

impl<T> Default for Required<T> {
    fn default() -> Self {
        Self(None)
    }
}

impl<'de, A: MapAccess<'de>, T: Deserialize<'de>> Slot<'de, A> for Required<T> {
    fn read(&mut self, map: &mut A) -> Result<(), A::Error> {
        self.0 = Some(map.next_value()?);
        Ok(())
    }
}

impl<'de, A: MapAccess<'de>, T: Deserialize<'de>> Slot<'de, A> for Option<T> {
    fn read(&mut self, map: &mut A) -> Result<(), A::Error> {
        *self = map.next_value()?;
        Ok(())
    }
}

impl<'de, A: MapAccess<'de>, T: Deserialize<'de>> Slot<'de, A> for Maybe<T> {
    fn read(&mut self, map: &mut A) -> Result<(), A::Error> {
        *self = map.next_value()?;
        Ok(())
    }
}

/// Where the members go that a model does not list.
pub trait Rest<'de> {
    /// Whether their names are needed.
    const KEEP: bool;

    /// Takes the value of the member that `map` stands at.
    ///
    /// # Errors
    ///
    /// When the value does not fit.
    fn take<A: MapAccess<'de>>(&mut self, name: Option<String>, map: &mut A) -> Result<(), A::Error>;
}

impl<'de> Rest<'de> for () {
    const KEEP: bool = false;

    fn take<A: MapAccess<'de>>(&mut self, _: Option<String>, map: &mut A) -> Result<(), A::Error> {
        map.next_value::<IgnoredAny>().map(drop)
    }
}

impl<'de, T: Deserialize<'de>> Rest<'de> for &mut BTreeMap<String, T> {
    const KEEP: bool = true;

    fn take<A: MapAccess<'de>>(&mut self, name: Option<String>, map: &mut A) -> Result<(), A::Error> {
        let value = map.next_value()?;
        self.insert(name.unwrap_or_default(), value);
        Ok(())
    }
}

enum Key {
    Known(usize),
    Unknown,
}

/// What is known about the names of the members so far.
struct Keys {
    names: &'static Names,
    next: usize,
    seen: Seen,
    unknown: Option<String>,
}

struct KeySeed<'a> {
    keys: &'a mut Keys,
    keep: bool,
}

impl<'de> DeserializeSeed<'de> for KeySeed<'_> {
    type Value = Key;

    #[inline]
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Key, D::Error> {
        deserializer.deserialize_identifier(self)
    }
}

impl Visitor<'_> for KeySeed<'_> {
    type Value = Key;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("the name of a member")
    }

    #[inline]
    fn visit_str<E: Error>(self, name: &str) -> Result<Key, E> {
        let Some(index) = self.keys.names.find_from(self.keys.next, name) else {
            self.keys.unknown = self.keep.then(|| name.to_owned());
            return Ok(Key::Unknown);
        };
        self.keys.next = index + 1;
        if self.keys.seen.insert(index) {
            Ok(Key::Known(index))
        } else {
            Err(E::duplicate_field(self.keys.names.get(index).unwrap_or_default()))
        }
    }

    fn visit_bytes<E: Error>(self, name: &[u8]) -> Result<Key, E> {
        match std::str::from_utf8(name) {
            Ok(name) => self.visit_str(name),
            Err(_) => Err(E::invalid_value(Unexpected::Bytes(name), &self)),
        }
    }
}

/// Which members were there: a bit each, the first 64 without an allocation.
#[derive(Debug, Default)]
pub struct Seen {
    first: u64,
    others: Vec<u64>,
}

impl Seen {
    /// An error that names the first of the `required` members that was not there.
    #[cold]
    pub fn missing<E: Error>(&self, names: &Names, required: &[&'static str]) -> E {
        let missing = required
            .iter()
            .find(|name| names.find(name).is_none_or(|index| !self.contains(index)));
        E::missing_field(missing.copied().unwrap_or_default())
    }

    fn contains(&self, index: usize) -> bool {
        let word = match (index / 64).checked_sub(1) {
            None => self.first,
            Some(other) => self.others.get(other).copied().unwrap_or_default(),
        };
        word & (1 << (index % 64)) != 0
    }

    /// Whether `index` is new.
    #[inline]
    fn insert(&mut self, index: usize) -> bool {
        let word = if index < 64 {
            &mut self.first
        } else {
            self.other(index / 64 - 1)
        };
        let bit = 1 << (index % 64);
        let new = *word & bit == 0;
        *word |= bit;
        new
    }

    #[cold]
    fn other(&mut self, word: usize) -> &mut u64 {
        if self.others.len() <= word {
            self.others.resize(word + 1, 0);
        }
        &mut self.others[word]
    }
}
