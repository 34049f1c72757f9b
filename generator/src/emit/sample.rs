//! A type in, with an example of it where the document has one; an expression out that makes such a value.
//!
//! What the document says nothing about is called after where it goes: `get("pet_id")`.

use std::cell::Cell;

use serde_json::{Map, Value};

use super::{
    Emitter,
    literal::{any, quoted, scalar},
    shown::Shown,
};
use crate::{
    ir::{Access, Enum, Field, Presence, Primitive, Shape, Struct, Type, TypeId, Union},
    name::{FieldNames, Members},
};

/// How deep what stands in something else is looked into.
const DEEPEST: usize = 4;

/// How much is looked at to make one value: unions inside of unions would take forever.
const BUDGET: usize = 300;

/// How long what one of them is set to may be.
const LONGEST_SETTER: usize = 80;

/// How many members that need not be there are shown where nothing else is.
const MEMBERS: usize = 2;

/// How a value is handed over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Taken {
    /// As a call borrows it.
    Lent,
    /// As a call takes a parameter: lists and maps of texts in any form, all else lent.
    Given,
    /// As a constructor takes it: `impl Into<String>` for a text.
    Into,
    /// As what may turn into several types, so that it has to say which one it is.
    Told,
    /// As it is kept.
    Owned,
}

impl Taken {
    /// How texts in a list or a map are taken.
    const fn text_inside(self) -> Self {
        match self {
            Self::Given | Self::Into => Self::Into,
            Self::Lent | Self::Told | Self::Owned => Self::Owned,
        }
    }
}

/// What is known of a value beside its type.
#[derive(Debug, Clone, Copy)]
pub(super) struct Hint<'a> {
    /// An example of it.
    pub(super) example: Option<&'a Value>,
    /// What it is called on the wire.
    pub(super) name: &'a str,
    depth: usize,
    budget: &'a Budget,
}

/// What there is left to look at.
#[derive(Debug)]
pub(super) struct Budget(Cell<usize>);

impl Budget {
    pub(super) fn new() -> Self {
        Self(Cell::new(BUDGET))
    }

    fn spend(&self) -> Option<()> {
        self.0.set(self.0.get().checked_sub(1)?);
        Some(())
    }
}

impl<'a> Hint<'a> {
    pub(super) fn new(example: Option<&'a Value>, name: &'a str, budget: &'a Budget) -> Self {
        Self {
            example,
            name,
            depth: 0,
            budget,
        }
    }

    /// The same for what is not all that it is about.
    pub(super) fn within(self) -> Option<Self> {
        self.inner(self.example, self.name)
    }

    /// What is known of a part of it.
    fn inner(self, example: Option<&'a Value>, name: &'a str) -> Option<Self> {
        let depth = self.depth + 1;
        (depth <= DEEPEST).then_some(Self {
            example,
            name,
            depth,
            ..self
        })
    }
}

impl<'a> Emitter<'a> {
    /// An expression for a value of a type; nothing where there is no simple one.
    pub(super) fn sample(self, ty: &'a Type, taken: Taken, hint: Hint<'a>) -> Option<Shown> {
        let is_lent = matches!(taken, Taken::Lent | Taken::Given);
        let lent = |value: Shown| if is_lent { value.lent() } else { value };
        hint.budget.spend()?;
        let hint = Hint {
            example: hint.example.or_else(|| self.example_of(ty)),
            ..hint
        };
        match self.resolve(ty) {
            Type::Primitive(primitive) => {
                let value = Shown::word(scalar(primitive, taken, hint)?);
                let is_lent = is_lent && !matches!(primitive, Primitive::String);
                Some(if is_lent && !super::parameter::is_copy(primitive) {
                    value.lent()
                } else {
                    value
                })
            }
            Type::Def(id) => self.sample_of(*id, hint).map(lent),
            Type::List(item) => {
                let items = match hint.example {
                    Some(Value::Array(items)) => items.first(),
                    other => other,
                };
                let inner = if self.is_string(item) {
                    taken.text_inside()
                } else {
                    Taken::Owned
                };
                let item = self.sample(item, inner, hint.inner(items, hint.name)?)?;
                let start = match taken {
                    Taken::Given if inner == Taken::Owned => "&[",
                    Taken::Given | Taken::Into => "[",
                    Taken::Lent => "&[",
                    Taken::Told | Taken::Owned => "vec![",
                };
                Some(Shown::Enclosed(start.to_owned(), vec![item], "]"))
            }
            Type::Tuple(types) => {
                let examples = hint.example.and_then(Value::as_array);
                let parts = types.iter().enumerate().map(|(index, ty)| {
                    let example = examples.and_then(|examples| examples.get(index));
                    self.sample(ty, Taken::Owned, hint.inner(example, hint.name)?)
                });
                let end = if types.len() == 1 { ",)" } else { ")" };
                Some(lent(Shown::Enclosed(
                    "(".to_owned(),
                    parts.collect::<Option<_>>()?,
                    end,
                )))
            }
            Type::Map(value) => {
                let first = hint
                    .example
                    .and_then(Value::as_object)
                    .and_then(|object| object.iter().min_by_key(|(name, _)| *name));
                let (name, example) = first.map_or(("name", None), |(name, value)| (name.as_str(), Some(value)));
                let name = quoted(name).unwrap_or_else(|| "\"name\"".to_owned());
                let inner = if self.is_string(value) {
                    taken.text_inside()
                } else {
                    Taken::Owned
                };
                let value = self.sample(value, inner, hint.inner(example, "value")?)?;
                let pair = |name: String| Shown::Enclosed("(".to_owned(), vec![Shown::word(name), value], ")");
                if taken == Taken::Into || taken == Taken::Given && inner == Taken::Into {
                    return Some(Shown::Enclosed("[".to_owned(), vec![pair(name)], "]"));
                }
                let pair = pair(name + ".to_owned()");
                Some(lent(Shown::Enclosed("BTreeMap::from([".to_owned(), vec![pair], "])")))
            }
            Type::Nullable(inner) => {
                let taken = if is_lent { Taken::Lent } else { Taken::Owned };
                match hint.example.and_then(|_| self.sample(inner, taken, hint)) {
                    Some(value) => Some(Shown::call("Some", vec![value])),
                    None => Some(Shown::word("None")),
                }
            }
            Type::Constant(_) => None,
            Type::Any => match hint.example? {
                Value::String(text) if taken == Taken::Into => quoted(text).map(Shown::word),
                example => any(example).map(lent),
            },
        }
    }

    /// The example that the document gives of a type, wherever it is used.
    fn example_of(self, ty: &'a Type) -> Option<&'a Value> {
        let mut ty = ty;
        while let Type::Def(id) = ty {
            let definition = &self.api.types[*id];
            if definition.docs.example.is_some() {
                return definition.docs.example.as_ref();
            }
            let Shape::Alias(inner) = &definition.shape else { break };
            ty = inner;
        }
        None
    }

    fn sample_of(self, id: TypeId, hint: Hint<'a>) -> Option<Shown> {
        let id = self.api.types[id].same_as.unwrap_or(id);
        let path = format!("models::{}", self.names.of(id));
        match &self.api.types[id].shape {
            Shape::Struct(object) => self.sample_object(id, &path, object, hint),
            Shape::Enum(values) => self.sample_enum(id, &path, values, hint),
            Shape::Union(union) => self.sample_union(id, &path, union, hint),
            Shape::Tuple(_) | Shape::Alias(_) => None,
        }
    }

    /// An object with its required members. One that needs none shows some of the others, where it is what all is about.
    fn sample_object(self, id: TypeId, path: &str, object: &'a Struct, hint: Hint<'a>) -> Option<Shown> {
        let Members::Fields(names) = &self.names.members[id.index()] else {
            return None;
        };
        let members = || object.fields.iter().zip(names);
        let is_asked = |field: &Field| field.presence == Presence::Required && self.filled(field).is_none();
        let examples = hint.example.and_then(Value::as_object);
        let known = |field: &'a Field| {
            let own = examples.and_then(|examples| examples.get(&field.wire));
            own.or(field.docs.example.as_ref()).or(field.default.as_ref())
        };
        let arguments = members()
            .filter(|(field, _)| is_asked(field))
            .map(|(field, _)| self.sample(&field.ty, Taken::Into, hint.inner(known(field), &field.wire)?));
        let arguments: Vec<Shown> = arguments.collect::<Option<_>>()?;
        let is_bare = arguments.is_empty() && hint.depth == 0;
        let made = Shown::call(format!("{path}::new"), arguments);
        if !is_bare {
            return Some(made);
        }
        Some(made.then(self.sample_setters(members(), examples, hint)))
    }

    /// Some members that need not be there, as setters: those that the document has examples for before the others, and simple
    /// ones before what is made of others.
    fn sample_setters(
        self,
        members: impl Iterator<Item = (&'a Field, &'a FieldNames)>,
        examples: Option<&'a Map<String, Value>>,
        hint: Hint<'a>,
    ) -> Vec<Shown> {
        let is_settable = |field: &Field| {
            field.presence == Presence::Optional && field.access != Access::ReadOnly && !field.docs.deprecated
        };
        let is_simple = |field: &Field| match self.resolve(&field.ty) {
            Type::List(item) => self.api.types.is_scalar(item),
            ty => self.api.types.is_scalar(ty),
        };
        let settable = members.filter(|(field, _)| is_settable(field)).map(|(field, names)| {
            let own = examples.and_then(|examples| examples.get(&field.wire));
            let is_shown = examples.map_or(field.docs.example.is_some(), |_| own.is_some());
            let example = own.or(field.docs.example.as_ref()).or(field.default.as_ref());
            ((!is_simple(field), !is_shown), (field, names), example)
        });
        let mut settable: Vec<_> = settable.collect();
        // Whatever order the document has, and what has a short name is likely to be what is always sent.
        settable.sort_by_key(|(rank, (field, _), _)| (*rank, field.wire.len(), &field.wire));
        let mut setters = Vec::new();
        for (rank, member, example) in settable {
            let wanted = if rank == (false, false) { MEMBERS } else { 1 };
            if setters.len() < wanted {
                setters.extend(self.sample_setter(member, example, hint));
            }
        }
        setters
    }

    fn sample_setter(
        self,
        (field, names): (&'a Field, &FieldNames),
        example: Option<&'a Value>,
        hint: Hint<'a>,
    ) -> Option<Shown> {
        let (ty, taken) = match &field.ty {
            Type::Nullable(inner) if !field.boxed => (&**inner, Taken::Told),
            Type::Nullable(inner) => (&**inner, Taken::Into),
            ty => (ty, Taken::Into),
        };
        let example = example.filter(|example| !example.is_null());
        let value = self.sample(ty, taken, hint.inner(example, &field.wire)?)?;
        if value.flat().len() > LONGEST_SETTER {
            return None;
        }
        Some(Shown::call(names.setter.to_string(), vec![value]))
    }

    fn sample_enum(self, id: TypeId, path: &str, values: &Enum, hint: Hint<'_>) -> Option<Shown> {
        let pairs = || values.values.iter().zip(self.variants(id));
        let shown = hint
            .example
            .and_then(|example| pairs().find(|(value, _)| value.wire == *example));
        let current = || pairs().find(|(value, _)| !value.docs.deprecated);
        let (_, variant) = shown.or_else(current).or_else(|| pairs().next())?;
        Some(Shown::word(format!("{path}::{variant}")))
    }

    /// The first variant that is simple, of those that the example may be.
    fn sample_union(self, id: TypeId, path: &str, union: &'a Union, hint: Hint<'a>) -> Option<Shown> {
        let arms = union.variants.iter().zip(self.variants(id));
        let mut fitting = arms.filter(|(arm, _)| hint.example.is_none_or(|example| self.may_be(&arm.ty, example)));
        fitting.find_map(|(arm, name)| {
            if let Type::Constant(_) = arm.ty {
                return Some(Shown::word(format!("{path}::{name}")));
            }
            let value = self.sample(&arm.ty, Taken::Owned, hint.inner(hint.example, hint.name)?)?;
            let value = if self.api.types.is_composite(&arm.ty) {
                Shown::call("Box::new", vec![value])
            } else {
                value
            };
            Some(Shown::call(format!("{path}::{name}"), vec![value]))
        })
    }

    /// Whether a value is of the JSON type of what an arm holds.
    fn may_be(self, ty: &Type, value: &Value) -> bool {
        match self.resolve(ty) {
            Type::Primitive(Primitive::Boolean) => value.is_boolean(),
            Type::Primitive(Primitive::Float | Primitive::Double) => value.is_number(),
            Type::Primitive(Primitive::Int32 | Primitive::Int64 | Primitive::UInt32 | Primitive::UInt64) => {
                value.is_i64() || value.is_u64()
            }
            Type::Primitive(_) => value.is_string(),
            Type::List(_) | Type::Tuple(_) => value.is_array(),
            Type::Map(_) => value.is_object(),
            Type::Constant(text) => value == text,
            Type::Nullable(_) | Type::Any => false,
            Type::Def(id) => match &self.api.types[*id].shape {
                Shape::Struct(object) => value.as_object().is_some_and(|members| {
                    let mut required = object
                        .fields
                        .iter()
                        .filter(|field| field.presence == Presence::Required);
                    required.all(|field| members.contains_key(&field.wire))
                }),
                Shape::Enum(values) => values.values.iter().any(|known| known.wire == *value),
                Shape::Union(_) => true,
                Shape::Tuple(_) | Shape::Alias(_) => false,
            },
        }
    }
}
