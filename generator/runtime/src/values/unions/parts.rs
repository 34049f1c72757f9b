//! The items of a list and the members of an object in, one after the other out, each of which an error notes that leaves it.

use std::collections::{BTreeMap, btree_map};
use std::iter::Enumerate;
use std::slice;

use serde::de::{DeserializeSeed, Error as _, IntoDeserializer, MapAccess, SeqAccess};
use serde_json::Error;

use crate::runtime::values::unions::trail;
use crate::runtime::values::unions::tree::Tree;

/// The items of a list.
pub(crate) struct Items<'t>(Enumerate<slice::Iter<'t, Tree>>);

impl<'t> Items<'t> {
    pub(crate) fn of(items: &'t [Tree]) -> Self {
        Self(items.iter().enumerate())
    }

    /// Refuses what is left.
    pub(crate) fn end(mut self) -> Result<(), Error> {
        match self.0.next() {
            None => Ok(()),
            Some((read, _)) => {
                trail::item(read);
                let items = if read == 1 { "item" } else { "items" };
                Err(Error::custom(format_args!(
                    "the list is too long, expected {read} {items}"
                )))
            }
        }
    }
}

impl<'de, 't: 'de> SeqAccess<'de> for Items<'t> {
    type Error = Error;

    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, Error> {
        let read = |(index, item)| seed.deserialize(item).inspect_err(|_| trail::item(index));
        self.0.next().map(read).transpose()
    }

    fn size_hint(&self) -> Option<usize> {
        Some(self.0.len())
    }
}

/// The members of an object.
pub(crate) struct Members<'t> {
    left: btree_map::Iter<'t, String, Tree>,
    /// The one whose name was read.
    named: Option<(&'t str, &'t Tree)>,
}

impl<'t> Members<'t> {
    pub(crate) fn of(members: &'t BTreeMap<String, Tree>) -> Self {
        Self {
            left: members.iter(),
            named: None,
        }
    }

    /// Refuses what is left.
    pub(crate) fn end(mut self) -> Result<(), Error> {
        match self.left.next() {
            None => Ok(()),
            Some((name, _)) => {
                trail::member(name);
                Err(Error::custom("the object has more members than are read"))
            }
        }
    }
}

impl<'de, 't: 'de> MapAccess<'de> for Members<'t> {
    type Error = Error;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, Error> {
        self.named = self.left.next().map(|(name, value)| (name.as_str(), value));
        let name = self.named.map(|(name, _)| name);
        name.map(|name| seed.deserialize(name.into_deserializer())).transpose()
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Error> {
        let (name, value) = self
            .named
            .take()
            .ok_or_else(|| Error::custom("a value comes after its name"))?;
        seed.deserialize(value).inspect_err(|_| trail::member(name))
    }

    fn size_hint(&self) -> Option<usize> {
        Some(self.left.len())
    }
}
