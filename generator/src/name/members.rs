//! A definition in, the names of its fields or variants out.

use serde_json::Value;

use super::{
    FieldNames, Members, arm,
    ident::{Ident, TypeName},
    reserved::Namespace,
    scope::{Scope, Wish},
    words::words,
};
use crate::{
    Config,
    ir::{
        Api, Enum, EnumValue, Field, Item, Origin, Primitive, Role, Shape, Struct, Tuple, Type, TypeDef, TypeId, Union,
        Variant,
    },
    manifest::{Earlier, Member, TypeEntry},
};

pub(super) fn members(api: &Api, config: &Config, earlier: &Earlier<'_>, types: &[TypeName], id: TypeId) -> Members {
    let definition = &api.types[id];
    let before = earlier
        .named(types[id.index()].as_str())
        .or_else(|| earlier.ty(definition));
    match &definition.shape {
        Shape::Struct(object) => Members::Fields(fields(config, definition, object, before)),
        Shape::Enum(values) => Members::Variants(values_names(config, definition, values, before)),
        Shape::Union(union) => {
            let wishes: Vec<Wish> = union
                .variants
                .iter()
                .map(|variant| {
                    let Variant {
                        ty,
                        name: _,
                        tags: _,
                        docs: _,
                    } = variant;
                    let mut keys = api.types.variant_keys(definition, variant).into_iter();
                    let chosen = keys.find_map(|key| config.rename.variants.get(&key));
                    let wish = variant_wish(api, config, types, (&types[id.index()], union), variant).unless(chosen);
                    let held = match ty {
                        Type::Def(id) => earlier.key(&api.types[*id]),
                        _ => holds(api, types, variant),
                    };
                    let before = before.and_then(|before| variant_before(before, variant, held.as_deref()));
                    let wish = wish.or(before.and_then(|(_, before)| arm::told_by(before)).into_iter());
                    wish.keeping::<TypeName>(before.map(|(name, _)| name), Namespace::Variant)
                })
                .collect();
            Members::Variants(Scope::default().settle(&wishes, Namespace::Variant))
        }
        Shape::Tuple(tuple) => Members::Items(items(tuple)),
        Shape::Alias(_) => Members::None,
    }
}

fn fields(config: &Config, definition: &TypeDef, object: &Struct, earlier: Option<&TypeEntry>) -> Vec<FieldNames> {
    let renamed = |wire: &str| config.rename.fields.get(&definition.member_key(wire));
    let wishes: Vec<Wish> = object
        .fields
        .iter()
        .map(|field| {
            let Field {
                wire,
                ty: _,
                presence: _,
                access: _,
                default: _,
                constant: _,
                docs: _,
                tag: _,
                before: _,
                boxed: _,
            } = field;
            let before = earlier.and_then(|earlier| earlier.member(wire));
            let wish = Wish::wire(wire).unless(renamed(wire));
            wish.keeping::<Ident>(before, Namespace::Field)
        })
        .collect();
    let fields = Scope::default().settle(&wishes, Namespace::Field);
    let setters = Scope::default().settle(&wishes, Namespace::Setter);
    fields
        .into_iter()
        .zip(setters)
        .map(|(field, setter)| FieldNames { field, setter })
        .collect()
}

/// An item is called by its title, else by its position.
fn items(tuple: &Tuple) -> Vec<Ident> {
    let wishes: Vec<Wish> = (1..)
        .zip(&tuple.items)
        .map(|(number, item)| {
            let Item {
                ty: _,
                presence: _,
                constant: _,
                docs,
                boxed: _,
            } = item;
            let position = format!("item {number}");
            let title = docs.summary.as_deref().map(words);
            let title = title.filter(|title| title.len() <= arm::TITLE_WORDS);
            let names = title.into_iter().chain([words(&position)]).collect();
            Wish::words(position, names)
        })
        .collect();
    Scope::default().settle(&wishes, Namespace::Field)
}

fn values_names(config: &Config, definition: &TypeDef, values: &Enum, earlier: Option<&TypeEntry>) -> Vec<TypeName> {
    let twins = values.twins();
    let wishes: Vec<Wish> = values
        .values
        .iter()
        .zip(values.texts())
        .map(|(value, text)| {
            let EnumValue { wire, name, docs: _ } = value;
            let chosen = config.rename.variants.get(&definition.member_key(&text));
            // It was called by its text before its twin came.
            let before = earlier.and_then(|earlier| earlier.member(&text).or_else(|| earlier.member(&value.text())));
            let wish = match name {
                Some(name) => Wish::words(text, vec![words(name), words(&value.text())]),
                // The text keeps the name that it would have alone.
                None if !wire.is_string() && twins.contains(&value.text()) => {
                    Wish::words(text, vec![words(&format!("{} {}", kind_of(wire), value.text()))])
                }
                None => Wish::wire(&value.text()),
            };
            wish.unless(chosen).keeping::<TypeName>(before, Namespace::Variant)
        })
        .collect();
    Scope::default().settle(&wishes, Namespace::Variant)
}

/// A variant is called by its tag, else as what its schema's name adds to the union's, else like its schema, else like the
/// kind of its values.
fn variant_wish(
    api: &Api,
    config: &Config,
    types: &[TypeName],
    (name_of_union, union): (&TypeName, &Union),
    variant: &Variant,
) -> Wish {
    let tag = variant.tags.first().map(|tag| arm::tag_words(union, tag));
    let (text, rest) = match &variant.ty {
        Type::Def(id) => {
            let (definition, name) = (&api.types[*id], types[id.index()].as_str());
            let rest = match &definition.origin {
                Origin::Component(name) | Origin::Entry { name, .. } => {
                    let rest = arm::own(&words(name_of_union.as_str()), &words(name));
                    // What only repeats the schema's name is not the document's own tag.
                    let tag = tag.filter(|tag| variant.tags.len() == 1 && *tag != words(name));
                    let tag = tag.filter(|tag| (1..=arm::TITLE_WORDS).contains(&tag.len()));
                    let wish = Wish::wire(name).preferring(tag.into_iter().chain(rest));
                    return wish.or(arm::said_by_members(&definition.shape));
                }
                Origin::Inline {
                    role: Role::Variant(index),
                    ..
                } if !config.rename.types.contains_key(&definition.key()) => {
                    let numbers = arm::number(name).into_iter().chain([index + 1]);
                    arm::names(api, *id, numbers, &words(name_of_union.as_str()))
                }
                Origin::Inline { .. } => Vec::new(),
            };
            (name.to_owned(), [rest, vec![words(name)]].concat())
        }
        Type::Constant(text) => return Wish::wire(text).preferring(variant.name.iter().map(|name| words(name))),
        ty => {
            // Two lists are told apart by what they are lists of.
            let whole = whole_kind(types, ty);
            let names = vec![words(kind(ty)), whole.clone()];
            let of_named = matches!(ty, Type::List(item) | Type::Map(item) if has_name(api, item));
            let names = if of_named { vec![whole.clone()] } else { names };
            (whole.join(" "), names)
        }
    };
    let text = format!("{text} {}", variant.tag_texts().join(" "));
    Wish::words(text, tag.into_iter().chain(rest).collect())
}

/// What a variant holds, as the manifest says it: the schema as the settings call it, or the kind of value; nothing where it
/// holds nothing.
pub(crate) fn holds(api: &Api, types: &[TypeName], variant: &Variant) -> Option<String> {
    match &variant.ty {
        Type::Def(id) => Some(api.types[*id].key()),
        Type::Constant(_) => None,
        ty => Some(whole_kind(types, ty).join(" ")),
    }
}

/// The variant that held the same and had the same tags, or else one of both, with its name.
fn variant_before<'m>(earlier: &'m TypeEntry, variant: &Variant, held: Option<&str>) -> Option<(&'m str, &'m Member)> {
    let wire = match &variant.ty {
        Type::Constant(text) => text.clone(),
        _ => variant.tag_texts().join(", "),
    };
    let is_held = |member: &Member| member.holds.as_deref() == held;
    let is_told = |member: &Member| member.wire == wire;
    let both = earlier.member_where(|member| is_held(member) && is_told(member));
    both.or_else(|| earlier.member_where(|member| held.is_some() && is_held(member)))
        .or_else(|| earlier.member_where(|member| held.is_some() && !wire.is_empty() && is_told(member)))
}

fn kind_of(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "flag",
        Value::Number(_) => "number",
        Value::String(_) => "text",
        Value::Array(_) => "list",
        Value::Object(_) => "object",
    }
}

/// Whether a type has a name of its own in the document.
fn has_name(api: &Api, ty: &Type) -> bool {
    let origin = ty.definition().map(|id| &api.types[id].origin);
    matches!(ty, Type::Def(_)) && matches!(origin, Some(Origin::Component(_) | Origin::Entry { .. }))
}

/// What a type is, down to what it is made of: `food list`, `list of texts`, `list of lists of texts`.
fn whole_kind(types: &[TypeName], ty: &Type) -> Vec<String> {
    let kind_of_all = || words(kind(ty));
    match ty {
        Type::Def(id) => words(types[id.index()].as_str()),
        Type::List(item) | Type::Map(item) => match (&**item, whole_kind(types, item)) {
            (Type::Def(_), item) => [item, kind_of_all()].concat(),
            (_, item) => [kind_of_all(), vec!["of".to_owned()], several(item)].concat(),
        },
        Type::Nullable(inner) => whole_kind(types, inner),
        Type::Any | Type::Tuple(_) | Type::Primitive(_) | Type::Constant(_) => kind_of_all(),
    }
}

/// The same for several of them.
fn several(mut kind: Vec<String>) -> Vec<String> {
    let noun = match kind.iter().position(|word| word == "of") {
        Some(of) => of.checked_sub(1),
        None => kind.len().checked_sub(1),
    };
    if let Some(noun) = noun.and_then(|noun| kind.get_mut(noun))
        && noun != "any"
        && !noun.ends_with('s')
    {
        noun.push('s');
    }
    kind
}

pub(super) fn kind(ty: &Type) -> &'static str {
    match ty {
        Type::Def(_) | Type::Constant(_) | Type::Any => "any",
        Type::List(_) => "list",
        Type::Tuple(_) => "tuple",
        Type::Map(_) => "map",
        Type::Nullable(inner) => kind(inner),
        Type::Primitive(primitive) => match primitive {
            Primitive::Boolean => "boolean",
            Primitive::Int32 | Primitive::Int64 | Primitive::UInt32 | Primitive::UInt64 => "integer",
            Primitive::Float | Primitive::Double => "number",
            Primitive::String | Primitive::Custom { .. } => "text",
            Primitive::DateTime | Primitive::LocalDateTime => "date time",
            Primitive::Date => "date",
            Primitive::Time => "time",
            Primitive::Uuid => "uuid",
            Primitive::Byte | Primitive::ByteUrl | Primitive::Binary => "bytes",
        },
    }
}
