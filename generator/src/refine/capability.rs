//! What can be derived for each definition.

use crate::{
    Config,
    diagnostics::Diagnostics,
    ir::{Api, Capability, Equality, Presence, Primitive, Shape, Type, TypeId, Types},
};

/// Starts from what each definition permits by itself, and takes away what the ones inside it do not permit.
pub(super) fn derive(api: &mut Api, _: &Config, _: &mut Diagnostics) {
    let mut users: Vec<Vec<TypeId>> = vec![Vec::new(); api.types.len()];
    let mut unequal = Vec::new();
    let maybe = held_by_maybe(&api.types);
    for id in api.types.ids() {
        let shape = &api.types[id].shape;
        let eq = equality(&api.types, shape);
        let default = has_default(shape);
        for part in shape.parts().into_iter().flat_map(Type::definitions) {
            users[part.index()].push(id);
        }
        api.types[id].capability = Capability {
            eq,
            default,
            maybe: maybe[id.index()],
        };
        if eq == Equality::None {
            unequal.push(id);
        }
    }
    spread(&mut api.types, &users, unequal);
}

/// What a member may be that may be absent or `null`, by position.
fn held_by_maybe(types: &Types) -> Vec<bool> {
    let mut held = vec![false; types.len()];
    for (_, definition) in types.iter() {
        let Shape::Struct(object) = &definition.shape else {
            continue;
        };
        for field in &object.fields {
            if let (Presence::Optional, Type::Nullable(inner)) = (field.presence, &field.ty)
                && let Type::Def(id) = types.resolve(inner)
            {
                held[id.index()] = true;
            }
        }
    }
    held
}

/// Takes equality from everything that holds a definition without it.
fn spread(types: &mut Types, users: &[Vec<TypeId>], mut open: Vec<TypeId>) {
    while let Some(id) = open.pop() {
        for &user in &users[id.index()] {
            let before = std::mem::replace(&mut types[user].capability.eq, Equality::None);
            if before != Equality::None {
                open.push(user);
            }
        }
    }
}

/// What can be said without looking into definitions that are no aliases.
fn equality(types: &Types, shape: &Shape) -> Equality {
    let parts = shape.parts();
    if parts.iter().any(|ty| !is_equal_to_itself(ty)) {
        Equality::None
    } else if parts
        .iter()
        .flat_map(|ty| types.leaves(ty))
        .any(Type::is_floating_point)
    {
        Equality::Written
    } else {
        Equality::Derived
    }
}

fn is_equal_to_itself(ty: &Type) -> bool {
    match ty {
        // Numbers of free JSON are equal where their digits are.
        Type::Any | Type::Constant(_) | Type::Def(_) => true,
        Type::List(inner) | Type::Map(inner) | Type::Nullable(inner) => is_equal_to_itself(inner),
        Type::Tuple(items) => items.iter().all(is_equal_to_itself),
        Type::Primitive(primitive) => match primitive {
            Primitive::Binary | Primitive::Custom { .. } => false,
            Primitive::Boolean
            // JSON has no NaN.
            | Primitive::Float
            | Primitive::Double
            | Primitive::Int32
            | Primitive::Int64
            | Primitive::UInt32
            | Primitive::UInt64
            | Primitive::String
            | Primitive::DateTime
            | Primitive::LocalDateTime
            | Primitive::Date
            | Primitive::Time
            | Primitive::Uuid
            | Primitive::Byte
            | Primitive::ByteUrl => true,
        },
    }
}

fn has_default(shape: &Shape) -> bool {
    match shape {
        Shape::Struct(object) => object.fields.iter().all(|field| field.presence == Presence::Optional),
        Shape::Tuple(tuple) => tuple.items.iter().all(|item| item.presence == Presence::Optional),
        Shape::Enum(_) | Shape::Union(_) | Shape::Alias(_) => false,
    }
}
