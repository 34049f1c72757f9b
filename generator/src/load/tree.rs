//! Any serde deserializer in, a [`Value`] out, with what a plain `Value` would swallow: duplicate keys, YAML's merge
//! keys and tags, nesting without end, and aliases that multiply.

use std::{
    cell::{Cell, RefCell},
    collections::BTreeSet,
    fmt,
};

use serde::de::{self, DeserializeSeed, EnumAccess, MapAccess, SeqAccess, VariantAccess, Visitor};
use serde_json::{Map, Number, Value};

use super::path::Path;
use crate::ir::Pointer;

/// Below the limits of both parsers, so that the message is ours, and far above the deepest description in use.
pub(super) const DEEPEST: usize = 100;

/// How many values aliases may add to those that are written.
pub(super) const MOST_COPIES: usize = 1_000_000;

/// What a whole parse shares.
pub(super) struct Tree {
    remaining: Cell<usize>,
    duplicates: RefCell<Vec<Pointer>>,
    merge_keys: bool,
}

impl Tree {
    /// Prepares for a text of `length` bytes; `merge_keys` says whether `<<` means what it means in YAML.
    pub(super) fn new(length: usize, merge_keys: bool) -> Self {
        Self {
            remaining: Cell::new(length.saturating_add(MOST_COPIES)),
            duplicates: RefCell::default(),
            merge_keys,
        }
    }

    /// Reads the whole of `deserializer`.
    pub(super) fn read<'de, D: de::Deserializer<'de>>(&self, deserializer: D) -> Result<Value, D::Error> {
        Node {
            tree: self,
            path: &Path::Root,
            depth: 0,
        }
        .deserialize(deserializer)
    }

    /// The keys that were given more than once.
    pub(super) fn into_duplicates(self) -> Vec<Pointer> {
        self.duplicates.into_inner()
    }
}

#[derive(Clone, Copy)]
struct Node<'a> {
    tree: &'a Tree,
    path: &'a Path<'a>,
    depth: usize,
}

impl Node<'_> {
    fn deeper<E: de::Error>(&self) -> Result<usize, E> {
        if self.depth < DEEPEST {
            Ok(self.depth + 1)
        } else {
            Err(E::custom(format_args!("nested more than {DEEPEST} levels deep")))
        }
    }
}

impl<'de> DeserializeSeed<'de> for Node<'_> {
    type Value = Value;

    fn deserialize<D: de::Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        let Some(remaining) = self.tree.remaining.get().checked_sub(1) else {
            return Err(de::Error::custom(format_args!(
                "aliases add more than {MOST_COPIES} values"
            )));
        };
        self.tree.remaining.set(remaining);
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Node<'_> {
    type Value = Value;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a value")
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_none<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(Value::Bool(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_u64<E>(self, value: u64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_i128<E: de::Error>(self, value: i128) -> Result<Value, E> {
        #[expect(
            clippy::cast_precision_loss,
            reason = "what JSON readers make of an integer beyond 64 bits"
        )]
        self.visit_f64(value as f64)
    }

    fn visit_u128<E: de::Error>(self, value: u128) -> Result<Value, E> {
        #[expect(
            clippy::cast_precision_loss,
            reason = "what JSON readers make of an integer beyond 64 bits"
        )]
        self.visit_f64(value as f64)
    }

    fn visit_f64<E>(self, value: f64) -> Result<Value, E> {
        // JSON has no infinity and no NaN; as text they are reported wherever a number is expected.
        Ok(Number::from_f64(value).map_or_else(|| Value::String(value.to_string()), Value::Number))
    }

    fn visit_str<E>(self, value: &str) -> Result<Value, E> {
        Ok(Value::String(value.to_owned()))
    }

    fn visit_string<E>(self, value: String) -> Result<Value, E> {
        Ok(Value::String(value))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut sequence: A) -> Result<Value, A::Error> {
        let depth = self.deeper()?;
        let mut items = Vec::new();
        loop {
            let path = self.path.index(items.len());
            match sequence.next_element_seed(Node {
                tree: self.tree,
                path: &path,
                depth,
            })? {
                Some(item) => items.push(item),
                None => return Ok(Value::Array(items)),
            }
        }
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Value, A::Error> {
        let depth = self.deeper()?;
        let mut map = Map::new();
        let mut merged = BTreeSet::new();
        // A key asked for as text arrives as it is written: `200`, `1.10` and `null` stay what they look like.
        while let Some(key) = entries.next_key::<String>()? {
            let path = self.path.key(&key);
            let value = entries.next_value_seed(Node {
                tree: self.tree,
                path: &path,
                depth,
            })?;
            match value {
                Value::Object(base) if self.tree.merge_keys && key == "<<" => merge(&mut map, &mut merged, base),
                Value::Array(bases) if self.tree.merge_keys && key == "<<" && bases.iter().all(Value::is_object) => {
                    for base in bases {
                        if let Value::Object(base) = base {
                            merge(&mut map, &mut merged, base);
                        }
                    }
                }
                value => {
                    let own = !merged.remove(&key);
                    let pointer = (own && map.contains_key(&key)).then(|| path.pointer());
                    self.tree.duplicates.borrow_mut().extend(pointer);
                    map.insert(key, value);
                }
            }
        }
        Ok(Value::Object(map))
    }

    fn visit_enum<A: EnumAccess<'de>>(self, tagged: A) -> Result<Value, A::Error> {
        // An application's own tag means nothing here; what it marks does.
        let (_, content) = tagged.variant::<String>()?;
        content.newtype_variant_seed(self)
    }
}

fn merge(map: &mut Map<String, Value>, merged: &mut BTreeSet<String>, base: Map<String, Value>) {
    for (key, value) in base {
        if !map.contains_key(&key) {
            merged.insert(key.clone());
            map.insert(key, value);
        }
    }
}
