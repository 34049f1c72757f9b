//! Settings in, what they say about an operation or a member out.

use super::{context::Lowering, keywords::JsonType, object::Member};
use crate::{
    config::Described,
    ir::{Parent, Primitive, Shape, Type, TypeId},
};

/// How many aliases, lists and maps are looked through.
const ALIASES: usize = 32;

impl Lowering<'_> {
    /// Whether the settings ask for an operation.
    pub(super) fn is_selected(&self, operation: &Described) -> bool {
        let (only, skip) = (&self.config.only, &self.config.skip);
        (only.is_empty() || only.iter().any(|selector| selector.is_meant(operation)))
            && !skip.iter().any(|selector| selector.is_meant(operation))
    }

    /// The type of a member that the settings have a format for, here or where it is inherited from.
    pub(super) fn with_format_of_settings(
        &mut self,
        ty: Type,
        name: &str,
        described: &Member<'_>,
        id: Option<TypeId>,
    ) -> Type {
        if self.config.fields.is_empty() {
            return ty;
        }
        let mut owners = owners(described, id).into_iter();
        let key = owners.find_map(|owner| {
            let key = self.types[owner].member_key(name);
            self.config.fields.contains_key(&key).then_some(key)
        });
        let Some((key, format)) = key.and_then(|key| Some((key.clone(), self.config.fields.get(&key)?.format.clone())))
        else {
            return ty;
        };
        let Some(formatted) = self.formatted(&ty, &format, ALIASES) else {
            if !self.described.unfit.contains(&key) {
                self.described.unfit.push(key);
            }
            return ty;
        };
        formatted
    }

    fn formatted(&self, ty: &Type, format: &str, depth: usize) -> Option<Type> {
        let depth = depth.checked_sub(1)?;
        Some(match ty {
            Type::Primitive(primitive) => Type::Primitive(self.primitive_of_settings(primitive, format)?),
            Type::Nullable(inner) => Type::Nullable(Box::new(self.formatted(inner, format, depth)?)),
            Type::List(item) => Type::List(Box::new(self.formatted(item, format, depth)?)),
            Type::Map(value) => Type::Map(Box::new(self.formatted(value, format, depth)?)),
            Type::Def(id) => match &self.types[*id].shape {
                Shape::Alias(inner) => self.formatted(inner, format, depth)?,
                Shape::Struct(_) | Shape::Enum(_) | Shape::Union(_) | Shape::Tuple(_) => return None,
            },
            Type::Tuple(_) | Type::Constant(_) | Type::Any => return None,
        })
    }

    fn primitive_of_settings(&self, primitive: &Primitive, format: &str) -> Option<Primitive> {
        if format.contains("::") {
            let format = format.to_owned();
            return Some(Primitive::Custom {
                path: format.clone(),
                format,
            });
        }
        let ty = match primitive {
            Primitive::Boolean => JsonType::Boolean,
            Primitive::Int32 | Primitive::Int64 | Primitive::UInt32 | Primitive::UInt64 => JsonType::Integer,
            Primitive::Float | Primitive::Double => JsonType::Number,
            Primitive::String
            | Primitive::DateTime
            | Primitive::LocalDateTime
            | Primitive::Date
            | Primitive::Time
            | Primitive::Uuid
            | Primitive::Byte
            | Primitive::ByteUrl
            | Primitive::Binary
            | Primitive::Custom { .. } => JsonType::String,
        };
        let given = self.primitive(ty, format)?;
        let plain = self.primitive(ty, "")?;
        // A word that no type has a meaning for is a mistake; these two ask for the plain type.
        let is_plain = ["string", "number", "integer"].contains(&format);
        (given != plain || is_plain || self.config.formats.contains_key(format)).then_some(given)
    }

    /// Whether the settings allow the server to omit a member of `id`, here or where it is inherited from.
    pub(super) fn is_relaxed(&self, member: &str, described: &Member<'_>, id: Option<TypeId>) -> bool {
        if self.config.relax.is_empty() {
            return false;
        }
        let mut owners = owners(described, id).into_iter();
        owners.any(|owner| self.config.relax.contains(&self.types[owner].member_key(member)))
    }
}

/// The definitions that a member of `id` is described in, that one last. A body of parts has none of its own.
fn owners(described: &Member<'_>, id: Option<TypeId>) -> Vec<TypeId> {
    let inherited = described
        .occurrences
        .iter()
        .filter_map(|occurrence| match &occurrence.parent {
            Some(Parent::Type(id)) => Some(*id),
            Some(Parent::Operation(_) | Parent::Webhook(_) | Parent::Component(_)) | None => None,
        });
    inherited.chain(id).collect()
}
