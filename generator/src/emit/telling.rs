//! A union without a tag in, the values out that the parts of its variants may have where these tell variants apart.

use serde_json::Value;

use super::Emitter;
use crate::ir::{Shape, Type, Union};

/// A member, or a position of a list, and all values that are permitted there.
pub(super) type Part = (String, Vec<Value>);

impl Emitter<'_> {
    /// For each variant the parts whose values another variant does not have there as well.
    ///
    /// Of several values that one variant alone names nothing is told: the vendor may add to them any day.
    pub(super) fn telling_values(self, union: &Union) -> Vec<Vec<Part>> {
        let parts: Vec<Vec<Part>> = union
            .variants
            .iter()
            .map(|variant| self.known_parts(&variant.ty))
            .collect();
        let tells = |(name, values): &&Part| {
            let of_others = parts.iter().map(|parts| parts.iter().find(|(other, _)| other == name));
            let mut of_others = of_others.map(|part| part.map(|(_, values)| values));
            match values.as_slice() {
                [_] => of_others.any(|others| others != Some(values)),
                _ => of_others.flatten().any(|others| others != values),
            }
        };
        let telling = |parts: &Vec<Part>| parts.iter().filter(tells).cloned().collect();
        parts.iter().map(telling).collect()
    }

    /// The parts of a type whose values are all known.
    fn known_parts(self, ty: &Type) -> Vec<Part> {
        let Type::Def(id) = self.resolve(ty) else {
            return Vec::new();
        };
        match &self.api.types[*id].shape {
            Shape::Struct(object) => {
                let fields = object.fields.iter();
                let parts = fields.map(|field| (field.wire.clone(), self.values(&field.ty, field.constant.as_ref())));
                parts.filter(|(_, values)| !values.is_empty()).collect()
            }
            Shape::Tuple(tuple) => {
                let items = tuple.items.iter().enumerate();
                let parts =
                    items.map(|(index, item)| (index.to_string(), self.values(&item.ty, item.constant.as_ref())));
                parts.filter(|(_, values)| !values.is_empty()).collect()
            }
            Shape::Enum(_) | Shape::Union(_) | Shape::Alias(_) => Vec::new(),
        }
    }

    /// All values of a part, where they are known.
    fn values(self, ty: &Type, constant: Option<&Value>) -> Vec<Value> {
        let values = self.values_of(ty);
        match constant {
            Some(constant) if values.is_empty() => vec![constant.clone()],
            Some(_) | None => values,
        }
    }

    /// All values of a type, where it lists them.
    fn values_of(self, ty: &Type) -> Vec<Value> {
        match self.resolve(ty) {
            Type::Def(id) => match &self.api.types[*id].shape {
                Shape::Enum(values) => values.values.iter().map(|value| value.wire.clone()).collect(),
                Shape::Struct(_) | Shape::Union(_) | Shape::Tuple(_) | Shape::Alias(_) => Vec::new(),
            },
            Type::Nullable(inner) => {
                let mut values = self.values_of(inner);
                if !values.is_empty() {
                    values.push(Value::Null);
                }
                values
            }
            Type::Constant(text) => vec![text.as_str().into()],
            Type::Primitive(_) | Type::List(_) | Type::Tuple(_) | Type::Map(_) | Type::Any => Vec::new(),
        }
    }
}
