//! `application/x-www-form-urlencoded` that came in: one line of text in, a value of any type out.
//!
//! A form says nothing about types, so each text is read as what the member is: a number, a truth value, a text, or the
//! JSON of an object.

use std::collections::BTreeMap;
use std::{fmt, vec};

use percent_encoding::percent_decode;
use serde::de::value::SeqDeserializer;
use serde::de::{
    DeserializeOwned, DeserializeSeed, Deserializer, Error as _, IntoDeserializer, MapAccess, Unexpected, Visitor,
};
use serde::forward_to_deserialize_any;

use super::error::{WebhookError, shown};
use crate::runtime::values::number;

/// The most characters of a member's name that an error shows.
const LONGEST_NAME: usize = 100;

/// Reads the members of a form.
pub(super) fn read<T: DeserializeOwned>(text: &str) -> Result<T, FormError> {
    let mut members: Vec<(String, Texts)> = Vec::new();
    let mut places: BTreeMap<String, usize> = BTreeMap::new();
    for pair in text.split('&').filter(|pair| !pair.is_empty()) {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        let [name, value] = [decoded(name)?, decoded(value)?];
        let place = *places.entry(name.clone()).or_insert_with(|| {
            members.push((name, Texts(Vec::new())));
            members.len() - 1
        });
        if let Some((_, texts)) = members.get_mut(place) {
            texts.0.push(value);
        }
    }
    T::deserialize(Form {
        members: members.into_iter(),
        value: None,
    })
}

fn decoded(text: &str) -> Result<String, FormError> {
    let spaced = text.replace('+', " ");
    let decoded = percent_decode(spaced.as_bytes()).decode_utf8();
    decoded.map(String::from).map_err(FormError::custom)
}

/// What is wrong with a form, and with which member of it.
#[derive(Debug)]
pub(super) struct FormError {
    name: Option<String>,
    message: String,
}

impl FormError {
    fn at(self, name: &str) -> Self {
        Self {
            name: Some(self.name.unwrap_or_else(|| name.to_owned())),
            ..self
        }
    }
}

impl From<FormError> for WebhookError {
    fn from(error: FormError) -> Self {
        let name = error.name.unwrap_or_default();
        Self::new(shown(name.as_bytes(), LONGEST_NAME), error.message)
    }
}

impl fmt::Display for FormError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.message)
    }
}

impl std::error::Error for FormError {}

impl serde::de::Error for FormError {
    fn custom<M: fmt::Display>(message: M) -> Self {
        Self {
            name: None,
            message: message.to_string(),
        }
    }
}

/// The members that are still to be read.
struct Form {
    members: vec::IntoIter<(String, Texts)>,
    value: Option<(String, Texts)>,
}

impl<'de> Deserializer<'de> for Form {
    type Error = FormError;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, FormError> {
        visitor.visit_map(self)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, FormError> {
        visitor.visit_some(self)
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit unit_struct
        newtype_struct seq tuple tuple_struct map struct enum identifier ignored_any
    }
}

impl<'de> MapAccess<'de> for Form {
    type Error = FormError;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, FormError> {
        self.value = self.members.next();
        let name = self.value.as_ref().map(|(name, _)| name.clone());
        name.map(|name| seed.deserialize(name.into_deserializer())).transpose()
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, FormError> {
        let (name, texts) = self.value.take().unwrap_or_default();
        seed.deserialize(texts).map_err(|error| error.at(&name))
    }
}

/// The values of one name, in their order.
#[derive(Debug, Default)]
struct Texts(Vec<String>);

impl Texts {
    /// The only value.
    fn one(self) -> Result<String, FormError> {
        let count = self.0.len();
        let one = self.0.into_iter().next().filter(|_| count == 1);
        one.ok_or_else(|| FormError::custom(format_args!("it is there {count} times")))
    }

    fn json(text: &str) -> Option<serde_json::Value> {
        let is_structure = text.trim_ascii_start().starts_with(['{', '[']);
        is_structure.then(|| serde_json::from_str(text).ok()).flatten()
    }
}

impl IntoDeserializer<'_, FormError> for Texts {
    type Deserializer = Self;

    fn into_deserializer(self) -> Self {
        self
    }
}

macro_rules! parsed {
    ($($method:ident => $visit:ident,)*) => {$(
        fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, FormError> {
            let text = self.one()?;
            let whole = number::whole(&text);
            match whole.as_ref().unwrap_or(&text).parse() {
                Ok(value) => visitor.$visit(value),
                Err(_) => Err(FormError::invalid_value(Unexpected::Str(&text), &visitor)),
            }
        }
    )*};
}

impl<'de> Deserializer<'de> for Texts {
    type Error = FormError;

    parsed! {
        deserialize_bool => visit_bool,
        deserialize_i8 => visit_i8,
        deserialize_i16 => visit_i16,
        deserialize_i32 => visit_i32,
        deserialize_i64 => visit_i64,
        deserialize_u8 => visit_u8,
        deserialize_u16 => visit_u16,
        deserialize_u32 => visit_u32,
        deserialize_u64 => visit_u64,
        deserialize_f32 => visit_f32,
        deserialize_f64 => visit_f64,
    }

    /// What may be anything is a list where it is there several times, JSON where it looks like a list or an object, and
    /// otherwise text.
    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, FormError> {
        if self.0.len() > 1 {
            return self.deserialize_seq(visitor);
        }
        let text = self.one()?;
        match Self::json(&text) {
            Some(value) => value.deserialize_any(visitor).map_err(FormError::custom),
            None => visitor.visit_string(text),
        }
    }

    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, FormError> {
        visitor.visit_string(self.one()?)
    }

    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, FormError> {
        self.deserialize_str(visitor)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, FormError> {
        visitor.visit_some(self)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        visitor: V,
    ) -> Result<V::Value, FormError> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, FormError> {
        let items = self.0.into_iter().map(|text| Self(vec![text]));
        visitor.visit_seq(SeqDeserializer::new(items))
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, FormError> {
        let text = self.one()?;
        let text = number::with_integers(&text).unwrap_or(text);
        let mut json = serde_json::Deserializer::from_reader(text.as_bytes());
        let value = json.deserialize_map(visitor).map_err(FormError::custom)?;
        json.end().map_err(FormError::custom)?;
        Ok(value)
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        _fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, FormError> {
        self.deserialize_map(visitor)
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, FormError> {
        visitor.visit_unit()
    }

    forward_to_deserialize_any! {
        i128 u128 char bytes byte_buf unit unit_struct tuple tuple_struct enum identifier
    }
}
