//! A value and a type in, where and why the type would not read the value out.

use serde_json::Value;

use crate::ir::{Additional, Enum, EnumRepr, Pointer, Presence, Primitive, Shape, Struct, Type, Types, Union};

/// How many definitions and lists are looked through before a value passes.
const DEPTH: usize = 64;

/// A place in a value, and what is wrong there.
pub(super) type Misfit = (Pointer, String);

/// What of a value its type does not read; nothing where it fits.
pub(super) fn misfit(types: &Types, ty: &Type, value: &Value) -> Option<Misfit> {
    Fit { types }.of(ty, value, &Pointer::root(), DEPTH)
}

struct Fit<'t> {
    types: &'t Types,
}

impl Fit<'_> {
    fn of(&self, ty: &Type, value: &Value, place: &Pointer, depth: usize) -> Option<Misfit> {
        let depth = depth.checked_sub(1)?;
        let none_of = |what: &str| Some((place.clone(), format!("expected {what}, found {}", kind(value))));
        match ty {
            Type::Any => None,
            Type::Constant(text) if value == text => None,
            Type::Constant(text) => none_of(&format!("`{text}`")),
            Type::Nullable(_) if value.is_null() => None,
            Type::Nullable(inner) => self.of(inner, value, place, depth),
            Type::Primitive(primitive) if primitive.permits(value) => None,
            Type::Primitive(primitive) => none_of(said(primitive)),
            Type::List(item) => {
                let Some(items) = value.as_array() else {
                    return none_of("a list");
                };
                let mut items = items.iter().enumerate();
                items.find_map(|(index, value)| self.of(item, value, &place.item(index), depth))
            }
            Type::Tuple(types) => {
                let Some(items) = value.as_array().filter(|items| items.len() == types.len()) else {
                    return none_of(&format!("a list of {} items", types.len()));
                };
                let mut pairs = types.iter().zip(items).enumerate();
                pairs.find_map(|(index, (ty, value))| self.of(ty, value, &place.item(index), depth))
            }
            Type::Map(inner) => {
                let Some(members) = value.as_object() else {
                    return none_of("an object");
                };
                let mut members = members.iter();
                members.find_map(|(name, value)| self.of(inner, value, &place.child(name), depth))
            }
            Type::Def(id) => match &self.types[*id].shape {
                Shape::Alias(ty) => self.of(ty, value, place, depth),
                Shape::Struct(object) => self.of_object(object, value, place, depth),
                Shape::Enum(Enum { repr, .. }) => match repr {
                    // What the document does not list is read all the same.
                    EnumRepr::String if !value.is_string() => none_of("a text"),
                    EnumRepr::Integer if !value.is_i64() => none_of("an integer"),
                    EnumRepr::String | EnumRepr::Integer | EnumRepr::Mixed => None,
                },
                Shape::Union(union) => self.of_union(union, value, place, depth),
                Shape::Tuple(tuple) => {
                    let needed = tuple.items.iter().filter(|item| item.presence == Presence::Required);
                    let Some(items) = value.as_array().filter(|items| items.len() >= needed.count()) else {
                        return none_of("a list with all its items");
                    };
                    let types = tuple.items.iter().map(|item| &item.ty);
                    let mut pairs = types.chain(tuple.rest.iter().cycle()).zip(items).enumerate();
                    pairs.find_map(|(index, (ty, value))| self.of(ty, value, &place.item(index), depth))
                }
            },
        }
    }

    fn of_object(&self, object: &Struct, value: &Value, place: &Pointer, depth: usize) -> Option<Misfit> {
        let Some(members) = value.as_object() else {
            return Some((place.clone(), format!("expected an object, found {}", kind(value))));
        };
        for field in &object.fields {
            let is_required = field.presence == Presence::Required;
            match members.get(&field.wire) {
                None if is_required => return Some((place.clone(), format!("there is no member `{}`", field.wire))),
                None => {}
                Some(Value::Null) if !is_required => {}
                Some(value) => {
                    let wrong = self.of(&field.ty, value, &place.child(&field.wire), depth);
                    if wrong.is_some() {
                        return wrong;
                    }
                }
            }
        }
        let Additional::Declared(ty) = &object.additional else {
            return None;
        };
        let is_other = |name: &str| object.fields.iter().all(|field| field.wire != name);
        let mut others = members.iter().filter(|(name, _)| is_other(name));
        others.find_map(|(name, value)| self.of(ty, value, &place.child(name), depth))
    }

    /// A union keeps what is none of its arms, but for what names one that it is not.
    fn of_union(&self, union: &Union, value: &Value, place: &Pointer, depth: usize) -> Option<Misfit> {
        let discriminator = union.discriminator.as_ref()?;
        let tag = value.get(&discriminator.property)?;
        let arm = union.variants.iter().find(|variant| variant.tags.contains(tag))?;
        self.of(&arm.ty, value, place, depth)
    }
}

fn said(primitive: &Primitive) -> &'static str {
    match primitive {
        Primitive::Boolean => "`true` or `false`",
        Primitive::Int32 => "an integer of 32 bits",
        Primitive::Int64 => "an integer of 64 bits",
        Primitive::UInt32 => "an integer of 32 bits from 0 on",
        Primitive::UInt64 => "an integer of 64 bits from 0 on",
        Primitive::Float | Primitive::Double => "a number",
        Primitive::String | Primitive::Binary => "a text",
        Primitive::DateTime => "a date and time with an offset",
        Primitive::LocalDateTime => "a date and time without an offset",
        Primitive::Date => "a date",
        Primitive::Time => "a time",
        Primitive::Uuid => "a UUID",
        Primitive::Byte | Primitive::ByteUrl => "bytes in base64",
        Primitive::Custom { .. } => "a value",
    }
}

fn kind(value: &Value) -> String {
    match value {
        Value::Null => "`null`".to_owned(),
        Value::Bool(_) | Value::Number(_) => format!("`{value}`"),
        Value::String(text) if text.chars().count() <= 40 => format!("the text `{text}`"),
        Value::String(_) => "a text".to_owned(),
        Value::Array(items) if items.len() == 1 => "a list of 1 item".to_owned(),
        Value::Array(items) => format!("a list of {} items", items.len()),
        Value::Object(_) => "an object".to_owned(),
    }
}
