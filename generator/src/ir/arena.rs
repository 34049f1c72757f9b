//! Definitions in, ids by which uses reach them out; and what can be said of a use by what it leads to.

use std::ops::{Index, IndexMut};

use super::{EnumRepr, Primitive, Shape, Type, TypeDef};

/// The arena of all definitions, in the order in which `lower` met them.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Types(Vec<TypeDef>);

/// How many aliases, one behind the other, are looked through.
const ALIASES: usize = 32;

/// Position of a [`TypeDef`] in [`Types`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TypeId(u32);

impl TypeId {
    /// The position as an index.
    #[must_use]
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

impl Types {
    /// Adds a definition and returns the way to reach it.
    pub fn push(&mut self, definition: TypeDef) -> TypeId {
        let Ok(id) = u32::try_from(self.0.len()).map(TypeId) else {
            unreachable!("memory ends before four thousand million definitions")
        };
        self.0.push(definition);
        id
    }

    /// How many definitions there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there is no definition.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// All definitions with their ids, in order.
    pub fn iter(&self) -> impl Iterator<Item = (TypeId, &TypeDef)> {
        (0..).map(TypeId).zip(&self.0)
    }

    /// All ids, in order. They borrow nothing, so definitions may be changed in the loop.
    pub fn ids(&self) -> impl Iterator<Item = TypeId> + use<> {
        (0..).map(TypeId).take(self.0.len())
    }
}

impl Types {
    /// Whether every value of a type has a text of its own: strings, numbers, booleans, and enums and choices of these.
    #[must_use]
    pub fn is_scalar(&self, ty: &Type) -> bool {
        self.is_scalar_within(ty, 8)
    }

    /// What a type is, past all its aliases.
    #[must_use]
    pub fn resolve<'t>(&'t self, mut ty: &'t Type) -> &'t Type {
        while let Type::Def(id) = ty
            && let Shape::Alias(inner) = &self[*id].shape
        {
            ty = inner;
        }
        ty
    }

    /// The same where an alias may still lead back to itself: none then.
    #[must_use]
    pub fn past_aliases<'t>(&'t self, mut ty: &'t Type) -> Option<&'t Type> {
        for _ in 0..ALIASES {
            let Type::Def(id) = ty else { return Some(ty) };
            let Shape::Alias(inner) = &self[*id].shape else {
                return Some(ty);
            };
            ty = inner;
        }
        None
    }

    /// What a type is, past its aliases and `null`, as far as these end.
    #[must_use]
    pub fn seen_through<'t>(&'t self, mut ty: &'t Type) -> &'t Type {
        for _ in 0..ALIASES {
            ty = match self.past_aliases(ty) {
                Some(Type::Nullable(inner)) => inner,
                Some(other) => return other,
                None => return ty,
            };
        }
        ty
    }

    /// What a type is made of, past all its lists and maps: scalars, objects, enums, unions.
    #[must_use]
    pub fn leaves<'t>(&'t self, ty: &'t Type) -> Vec<&'t Type> {
        match self.resolve(ty) {
            Type::List(inner) | Type::Map(inner) | Type::Nullable(inner) => self.leaves(inner),
            Type::Tuple(items) => items.iter().flat_map(|item| self.leaves(item)).collect(),
            leaf => vec![leaf],
        }
    }

    /// Whether it is an object, a union, or a list whose items have a type each: what stands in a `Box` in every enum,
    /// whatever its size is, so that nothing that changes inside of it moves a box.
    #[must_use]
    pub fn is_composite(&self, ty: &Type) -> bool {
        match self.resolve(ty) {
            Type::Nullable(inner) => self.is_composite(inner),
            Type::Tuple(_) => true,
            Type::Def(id) => !matches!(self[*id].shape, Shape::Enum(_)),
            Type::Primitive(_) | Type::List(_) | Type::Map(_) | Type::Constant(_) | Type::Any => false,
        }
    }

    /// Whether no value of the type is an object.
    #[must_use]
    pub fn is_no_object(&self, ty: &Type) -> bool {
        match self.resolve(ty) {
            Type::Primitive(Primitive::Custom { .. }) | Type::Map(_) | Type::Nullable(_) | Type::Any => false,
            Type::Primitive(_) | Type::List(_) | Type::Tuple(_) | Type::Constant(_) => true,
            Type::Def(id) => match &self[*id].shape {
                Shape::Enum(values) => values.repr != EnumRepr::Mixed,
                Shape::Tuple(_) => true,
                Shape::Struct(_) | Shape::Union(_) | Shape::Alias(_) => false,
            },
        }
    }

    fn is_scalar_within(&self, ty: &Type, depth: usize) -> bool {
        let Some(depth) = depth.checked_sub(1) else {
            return false;
        };
        match ty {
            Type::Primitive(primitive) => *primitive != Primitive::Binary,
            Type::Constant(_) => true,
            Type::Nullable(inner) => self.is_scalar_within(inner, depth),
            Type::Def(id) => match &self[*id].shape {
                Shape::Enum(_) => true,
                Shape::Alias(inner) => self.is_scalar_within(inner, depth),
                Shape::Union(union) => union
                    .variants
                    .iter()
                    .all(|variant| self.is_scalar_within(&variant.ty, depth)),
                Shape::Struct(_) | Shape::Tuple(_) => false,
            },
            Type::List(_) | Type::Tuple(_) | Type::Map(_) | Type::Any => false,
        }
    }
}

impl Index<TypeId> for Types {
    type Output = TypeDef;

    fn index(&self, id: TypeId) -> &TypeDef {
        &self.0[id.index()]
    }
}

impl IndexMut<TypeId> for Types {
    fn index_mut(&mut self, id: TypeId) -> &mut TypeDef {
        &mut self.0[id.index()]
    }
}
