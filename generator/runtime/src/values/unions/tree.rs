//! JSON that is read once and looked into many times: any input in, a [`Tree`] out, which serde reads like the input.
//!
//! A union decodes its arms one after the other from the same value, and an arm may have unions inside. Those take the part
//! of the tree that they stand at as it is, where a plain value would be copied at every level.

use std::cell::Cell;
use std::collections::BTreeMap;
use std::fmt;
use std::rc::Rc;
use std::str::FromStr;

use jiff::Timestamp;
use jiff::civil::Date;
use serde::de::value::{MapAccessDeserializer, SeqAccessDeserializer};
use serde::de::{self, Deserialize, Deserializer, IntoDeserializer, MapAccess, SeqAccess, Visitor};
use serde::forward_to_deserialize_any;
use serde_json::{Error, Map, Number, Value};
use uuid::Uuid;

#[cfg(part = "denied")]
use crate::runtime::values::members::APART;
use crate::runtime::values::number::{integer, is_same, is_same_text};
#[cfg(part = "time")]
use crate::runtime::values::scalars::time::Time;
use crate::runtime::values::unions::looks::Looks;
use crate::runtime::values::unions::loss::{self, Loss};
use crate::runtime::values::unions::parts::{Items, Members};

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
    String(Rc<String>),
    /// A list.
    Array(Rc<Vec<Tree>>),
    /// The members of an object; of equal names, the last.
    Object(Rc<BTreeMap<String, Tree>>),
}

/// Under this name, a union asks for the tree that it stands at.
const HANDOVER: &str = "$runtime::values::unions::tree::Tree";

thread_local! {
    /// The tree that is handed over.
    static HANDED: Cell<Option<Tree>> = const { Cell::new(None) };
}

impl Tree {
    /// Reads all of a value, or takes it as it is, where it is part of a tree.
    pub(crate) fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let mut read = Self::Null;
        Self::with(deserializer, &mut |tree| {
            read = tree;
            Ok(())
        })?;
        Ok(read)
    }

    /// The same, for `work` that is done before the reader of a text goes on, so that an error has its place there.
    pub(crate) fn with<'de, D: Deserializer<'de>>(deserializer: D, work: Work<'_>) -> Result<(), D::Error> {
        deserializer.deserialize_newtype_struct(HANDOVER, Builder(work))
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
            (Self::Number(own), Value::Number(other)) => is_same(own, other),
            (Self::String(own), Value::String(other)) => own.as_str() == other,
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

    /// How many items or members it has.
    pub(crate) fn width(&self) -> usize {
        match self {
            Self::Array(items) => items.len(),
            Self::Object(members) => members.len(),
            Self::Null | Self::Bool(_) | Self::Number(_) | Self::String(_) => 0,
        }
    }

    /// Where its parts lie, which no other tree has there while this one exists.
    pub(crate) fn address(&self) -> Option<usize> {
        match self {
            Self::Array(items) => Some(Rc::as_ptr(items).addr()),
            Self::Object(members) => Some(Rc::as_ptr(members).addr()),
            Self::Null | Self::Bool(_) | Self::Number(_) | Self::String(_) => None,
        }
    }

    /// How many values there are, this one included.
    pub(crate) fn count(&self) -> usize {
        1 + match self {
            Self::Array(items) => items.iter().map(Self::count).sum(),
            Self::Object(members) => members.values().map(Self::count).sum(),
            Self::Null | Self::Bool(_) | Self::Number(_) | Self::String(_) => 0,
        }
    }
}

impl From<Value> for Tree {
    fn from(value: Value) -> Self {
        match value {
            Value::Null => Self::Null,
            Value::Bool(value) => Self::Bool(value),
            Value::Number(number) => Self::Number(number),
            Value::String(text) => Self::String(Rc::new(text)),
            Value::Array(items) => Self::Array(Rc::new(items.into_iter().map(Self::from).collect())),
            Value::Object(members) => {
                let members = members.into_iter().map(|(name, value)| (name, Self::from(value)));
                Self::Object(Rc::new(members.collect()))
            }
        }
    }
}

impl From<Tree> for Value {
    fn from(tree: Tree) -> Self {
        match tree {
            Tree::Null => Self::Null,
            Tree::Bool(value) => Self::Bool(value),
            Tree::Number(number) => Self::Number(number),
            Tree::String(text) => Self::String(Rc::unwrap_or_clone(text)),
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

/// What is done with a tree. Behind a pointer, so that no reader is compiled for each union.
type Work<'w> = &'w mut dyn FnMut(Tree) -> Result<(), Error>;

struct Builder<'w>(Work<'w>);

impl Builder<'_> {
    fn built<E: de::Error>(self, tree: impl Into<Tree>) -> Result<(), E> {
        (self.0)(tree.into()).map_err(E::custom)
    }
}

macro_rules! scalars {
    ($($method:ident $type:ty),* $(,)?) => {$(
        fn $method<E: de::Error>(self, value: $type) -> Result<(), E> {
            self.built(Value::from(value))
        }
    )*};
}

impl<'de> Visitor<'de> for Builder<'_> {
    type Value = ();

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("any JSON value")
    }

    /// Whatever comes from elsewhere.
    fn visit_newtype_struct<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }

    fn visit_none<E: de::Error>(self) -> Result<(), E> {
        self.built(Tree::Null)
    }

    /// `null`, or what a tree hands over.
    fn visit_unit<E: de::Error>(self) -> Result<(), E> {
        self.built(HANDED.take().unwrap_or(Tree::Null))
    }

    scalars! {
        visit_bool bool, visit_i64 i64, visit_u64 u64, visit_f64 f64, visit_str &str, visit_string String
    }

    fn visit_seq<A: SeqAccess<'de>>(self, items: A) -> Result<(), A::Error> {
        let value = Value::deserialize(SeqAccessDeserializer::new(items))?;
        self.built(value)
    }

    /// A plain value knows what a number looks like under any features of `serde_json`.
    fn visit_map<A: MapAccess<'de>>(self, members: A) -> Result<(), A::Error> {
        let value = Value::deserialize(MapAccessDeserializer::new(members))?;
        self.built(value)
    }
}

impl<'de, 't: 'de> IntoDeserializer<'de, Error> for &'t Tree {
    type Deserializer = Self;

    fn into_deserializer(self) -> Self {
        self
    }
}

/// An integer may be written as `10.0`.
macro_rules! integers {
    ($($method:ident)*) => {$(
        fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
            let Tree::Number(number) = self else {
                return self.deserialize_any(visitor);
            };
            Looks::take(1)?;
            match integer(number).map(|integer| (i64::try_from(integer), u64::try_from(integer))) {
                Some((Ok(signed), _)) => visitor.visit_i64(signed),
                Some((_, Ok(unsigned))) => visitor.visit_u64(unsigned),
                _ => number.deserialize_any(visitor),
            }
        }
    )*};
}

impl Tree {
    fn float<'de, V: Visitor<'de>>(&'de self, visitor: V, written: fn(f64) -> String) -> Result<V::Value, Error> {
        let Self::Number(number) = self else {
            return self.deserialize_any(visitor);
        };
        Looks::take(1)?;
        match number.as_f64() {
            Some(float) => {
                if !is_same_text(&number.to_string(), &written(float)) {
                    loss::note(Loss::Part);
                }
                visitor.visit_f64(float)
            }
            None => number.deserialize_any(visitor),
        }
    }
}

impl<'de, 't: 'de> Deserializer<'de> for &'t Tree {
    type Error = Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        Looks::take(1)?;
        match self {
            Tree::Null => visitor.visit_unit(),
            Tree::Bool(value) => visitor.visit_bool(*value),
            Tree::Number(number) => match number.as_u64() {
                Some(number) => visitor.visit_u64(number),
                None => number.deserialize_any(visitor),
            },
            Tree::String(text) => visitor.visit_borrowed_str(text),
            Tree::Array(items) => {
                let mut items = Items::of(items);
                let value = visitor.visit_seq(&mut items)?;
                items.end()?;
                Ok(value)
            }
            Tree::Object(members) => {
                let mut members = Members::of(members);
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
        #[cfg(part = "denied")]
        if name == APART && loss::is_written(self) {
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

    /// Dates, times and identifiers ask for text in this way; texts that stay texts, for their own.
    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        if let Tree::String(text) = self
            && is_rewritten(text)
        {
            loss::note(Loss::Form);
        }
        self.deserialize_any(visitor)
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        loss::note_passed_over(self);
        visitor.visit_unit()
    }

    integers! {
        deserialize_i8 deserialize_i16 deserialize_i32 deserialize_i64 deserialize_u8 deserialize_u16 deserialize_u32
        deserialize_u64
    }

    fn deserialize_f32<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        #[expect(clippy::cast_possible_truncation, reason = "what the reader makes of it")]
        let written = |float: f64| (float as f32).to_string();
        self.float(visitor, written)
    }

    fn deserialize_f64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        self.float(visitor, |float| float.to_string())
    }

    forward_to_deserialize_any! {
        bool i128 u128 char string bytes byte_buf unit unit_struct seq tuple
        tuple_struct map struct identifier
    }
}

/// Whether a text is a date, a time or an identifier that would be written in another way.
fn is_rewritten(text: &str) -> bool {
    fn written<T: FromStr + ToString>(text: &str) -> Option<String> {
        text.parse::<T>().ok().map(|value| value.to_string())
    }
    let ways = [written::<Timestamp>, written::<Date>, written::<Uuid>].into_iter();
    #[cfg(part = "time")]
    let ways = ways.chain([written::<Time> as fn(&str) -> Option<String>]);
    let mut written = ways.filter_map(|way| way(text)).peekable();
    written.peek().is_some() && written.all(|written| written != text)
}
