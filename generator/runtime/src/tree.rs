//! JSON that is read once and looked into many times: any input in, a [`Tree`] out, which serde reads like the input.
//!
//! A union decodes its arms one after the other from the same value, and an arm may have unions inside. Those take the part
//! of the tree that they stand at as it is, where a plain value would be copied at every level.

use std::cell::Cell;
use std::collections::BTreeMap;
use std::fmt;
use std::rc::Rc;

use serde::de::value::{MapDeserializer, SeqDeserializer};
use serde::de::{Deserialize, Deserializer, Error as _, IntoDeserializer, MapAccess, SeqAccess, Visitor};
use serde::forward_to_deserialize_any;
use serde_json::{Error, Map, Number, Value};

/// A JSON value whose parts can be shared.
#[derive(Debug, Clone)]
pub enum Tree {
    /// `null`.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A number.
    Number(Number),
    /// A text.
    String(Rc<str>),
    /// A list.
    Array(Rc<Vec<Tree>>),
    /// The members of an object; of equal names, the last.
    Object(Rc<BTreeMap<String, Tree>>),
}

/// Under this name, a union asks for the tree that it stands at.
const HANDOVER: &str = "$runtime::tree::Tree";

thread_local! {
    /// The tree that is handed over.
    static HANDED: Cell<Option<Tree>> = const { Cell::new(None) };
    /// How many more values may be looked at inside the outermost union that this thread is decoding.
    static LOOKS: Cell<Option<usize>> = const { Cell::new(None) };
}

impl Tree {
    /// Reads all of a value, or takes it as it is, where it is part of a tree.
    pub(crate) fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_newtype_struct(HANDOVER, Builder)
    }

    /// The member `name` of an object.
    pub(crate) fn member(&self, name: &str) -> Option<&Self> {
        match self {
            Self::Object(members) => members.get(name),
            Self::Null | Self::Bool(_) | Self::Number(_) | Self::String(_) | Self::Array(_) => None,
        }
    }

    /// Whether it is `value`.
    pub(crate) fn is(&self, value: &Value) -> bool {
        match (self, value) {
            (Self::Null, Value::Null) => true,
            (Self::Bool(own), Value::Bool(other)) => own == other,
            (Self::Number(own), Value::Number(other)) => own == other,
            (Self::String(own), Value::String(other)) => own.as_ref() == other,
            (Self::Array(own), Value::Array(others)) => {
                own.len() == others.len() && own.iter().zip(others).all(|(own, other)| own.is(other))
            }
            (Self::Object(own), Value::Object(others)) => {
                let is_there = |(name, other)| own.get(name).is_some_and(|own| own.is(other));
                own.len() == others.len() && others.iter().all(is_there)
            }
            _ => false,
        }
    }

    /// How many values there are, this one included.
    fn count(&self) -> usize {
        1 + match self {
            Self::Array(items) => items.iter().map(Self::count).sum(),
            Self::Object(members) => members.values().map(Self::count).sum(),
            Self::Null | Self::Bool(_) | Self::Number(_) | Self::String(_) => 0,
        }
    }
}

impl From<Tree> for Value {
    fn from(tree: Tree) -> Self {
        match tree {
            Tree::Null => Self::Null,
            Tree::Bool(value) => Self::Bool(value),
            Tree::Number(number) => Self::Number(number),
            Tree::String(text) => Self::String(text.as_ref().to_owned()),
            Tree::Array(items) => match Rc::try_unwrap(items) {
                Ok(items) => items.into_iter().map(Self::from).collect(),
                Err(items) => items.iter().cloned().map(Self::from).collect(),
            },
            Tree::Object(members) => {
                let value = |(name, value)| (name, Self::from(value));
                let members: Map<String, Self> = match Rc::try_unwrap(members) {
                    Ok(members) => members.into_iter().map(value).collect(),
                    Err(members) => members.as_ref().clone().into_iter().map(value).collect(),
                };
                Self::Object(members)
            }
        }
    }
}

struct Builder;

impl<'de> Visitor<'de> for Builder {
    type Value = Tree;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("any JSON value")
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, deserializer: D) -> Result<Tree, D::Error> {
        deserializer.deserialize_any(self)
    }

    /// `null`, or what a tree hands over.
    fn visit_unit<E>(self) -> Result<Tree, E> {
        Ok(HANDED.take().unwrap_or(Tree::Null))
    }

    fn visit_none<E>(self) -> Result<Tree, E> {
        Ok(Tree::Null)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Tree, D::Error> {
        deserializer.deserialize_any(self)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Tree, E> {
        Ok(Tree::Bool(value))
    }

    fn visit_i64<E>(self, number: i64) -> Result<Tree, E> {
        Ok(Tree::Number(number.into()))
    }

    fn visit_u64<E>(self, number: u64) -> Result<Tree, E> {
        Ok(Tree::Number(number.into()))
    }

    fn visit_f64<E>(self, number: f64) -> Result<Tree, E> {
        Ok(Number::from_f64(number).map_or(Tree::Null, Tree::Number))
    }

    fn visit_str<E>(self, text: &str) -> Result<Tree, E> {
        Ok(Tree::String(text.into()))
    }

    fn visit_string<E>(self, text: String) -> Result<Tree, E> {
        Ok(Tree::String(text.into()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Tree, A::Error> {
        let mut list = Vec::new();
        while let Some(item) = items.next_element::<Tree>()? {
            list.push(item);
        }
        list.shrink_to_fit();
        Ok(Tree::Array(list.into()))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Tree, A::Error> {
        let mut members = BTreeMap::new();
        while let Some((name, value)) = entries.next_entry()? {
            members.insert(name, value);
        }
        Ok(Tree::Object(members.into()))
    }
}

impl<'de> Deserialize<'de> for Tree {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Builder)
    }
}

impl<'de, 't: 'de> IntoDeserializer<'de, Error> for &'t Tree {
    type Deserializer = Self;

    fn into_deserializer(self) -> Self {
        self
    }
}

impl<'de, 't: 'de> Deserializer<'de> for &'t Tree {
    type Error = Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        Looks::take(1)?;
        match self {
            Tree::Null => visitor.visit_unit(),
            Tree::Bool(value) => visitor.visit_bool(*value),
            Tree::Number(number) => number.deserialize_any(visitor),
            Tree::String(text) => visitor.visit_borrowed_str(text),
            Tree::Array(items) => {
                let mut items = SeqDeserializer::new(items.iter());
                let value = visitor.visit_seq(&mut items)?;
                items.end()?;
                Ok(value)
            }
            Tree::Object(members) => {
                let members = members.iter().map(|(name, value)| (name.as_str(), value));
                let mut members = MapDeserializer::new(members);
                let value = visitor.visit_map(&mut members)?;
                members.end()?;
                Ok(value)
            }
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self {
            Tree::Null => visitor.visit_none(),
            _ => visitor.visit_some(self),
        }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(self, name: &'static str, visitor: V) -> Result<V::Value, Error> {
        if name == HANDOVER {
            HANDED.set(Some(self.clone()));
            return visitor.visit_unit();
        }
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        name: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        Value::from(self.clone()).deserialize_enum(name, variants, visitor)
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_unit()
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit unit_struct seq tuple
        tuple_struct map struct identifier
    }
}

/// Bounds the work on unions inside unions. An arm that fails late has looked at all that is below it, and the next arm
/// does so again: twice the work for each level, which a hostile answer could drive to any height. Where so many looks
/// are used up, what is left stays `Unknown`.
pub(crate) struct Looks {
    outermost: bool,
}

impl Looks {
    /// More looks at each value than an honest answer needs.
    const PER_VALUE: usize = 64;

    pub(crate) fn begin(tree: &Tree) -> Self {
        let outermost = LOOKS.get().is_none();
        if outermost {
            LOOKS.set(Some(tree.count().saturating_mul(Self::PER_VALUE)));
        }
        Self { outermost }
    }

    /// Takes some of what is left.
    pub(crate) fn take(looks: usize) -> Result<(), Error> {
        let Some(left) = LOOKS.get() else {
            return Ok(());
        };
        LOOKS.set(Some(left.saturating_sub(looks)));
        if left >= looks {
            return Ok(());
        }
        Err(Error::custom("the unions in it take too many attempts"))
    }
}

impl Drop for Looks {
    fn drop(&mut self) {
        if self.outermost {
            LOOKS.set(None);
        }
    }
}
