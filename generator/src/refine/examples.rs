//! What a stand-in answers by itself: the examples of a document in, those that a client can read out.
//!
//! Where an answer has no example of its own, one is made of the examples of its parts, if all that must be there has one: of
//! nothing here the document has not said that it is like that.

use serde_json::{Map, Value};

use super::fit::{Misfit, misfit};
use crate::{
    Config,
    diagnostics::{Code, Diagnostics},
    ir::{Access, Api, Content, Field, Payload, Pointer, Presence, Shape, Status, Struct, Type, TypeId, Types, Union},
};

/// How many parts are looked at to make one: what is made of itself in many ways would take forever.
const BUDGET: usize = 2_000;

/// Sees to the examples of all answers that are no errors, where the settings want a stand-in.
pub(super) fn choose(api: &mut Api, config: &Config, diagnostics: &mut Diagnostics) {
    if !config.mock {
        return;
    }
    let Api { types, operations, .. } = api;
    for operation in operations {
        let is_answer = |status: Status| status.is_answer() || status == Status::Default;
        for response in &mut operation.responses {
            let place = operation.pointer.child("responses").child(response.status.to_string());
            for content in &mut response.contents {
                let given = content.example.take().filter(|_| is_answer(response.status));
                if is_answer(response.status) {
                    content.example = example(types, content, given, &place, diagnostics);
                }
            }
        }
    }
}

fn example(
    types: &Types,
    content: &Content,
    given: Option<Value>,
    place: &Pointer,
    diagnostics: &mut Diagnostics,
) -> Option<Value> {
    match &content.payload {
        Payload::Json(ty) | Payload::Text(ty) => {
            let is_text = matches!(content.payload, Payload::Text(_));
            // A list or an object is no text, whatever it is an example of.
            let given = given.filter(|given| !is_text || !given.is_array() && !given.is_object());
            match given.map(|given| read(types, ty, given, is_text)) {
                Some(Ok(value)) => return Some(value),
                Some(Err((at, why))) => {
                    let within = if at == Pointer::root() {
                        String::new()
                    } else {
                        format!(" at `{at}`")
                    };
                    let message = format!(
                        "the example of the body as `{}` is none of its type: {why}{within}; a stand-in does not answer with it",
                        content.media_type
                    );
                    diagnostics.report(Code::UnreadableExample, place, message);
                }
                None => {}
            }
            Made {
                types,
                budget: BUDGET,
                open: Vec::new(),
            }
            .of(ty)
        }
        // What is no JSON is sent as it is written.
        Payload::Xml(..)
        | Payload::Form { .. }
        | Payload::Multipart(_)
        | Payload::Bytes
        | Payload::EventStream(..)
        | Payload::Events(..)
        | Payload::Items(..) => given.filter(Value::is_string),
    }
}

/// An example of a body: in JSON, which some write as its text; or in text, which YAML may read as a number.
fn read(types: &Types, ty: &Type, given: Value, is_text: bool) -> Result<Value, Misfit> {
    let Some(wrong) = misfit(types, ty, &given) else {
        return Ok(given);
    };
    let read = match given.as_str() {
        Some(text) => serde_json::from_str(text).ok(),
        None => is_text.then(|| Value::String(given.to_string())),
    };
    let read = read.filter(|read| misfit(types, ty, read).is_none());
    read.ok_or(wrong)
}

/// Makes an example of those of its parts.
struct Made<'t> {
    types: &'t Types,
    budget: usize,
    /// What it is within.
    open: Vec<TypeId>,
}

impl Made<'_> {
    fn of(&mut self, ty: &Type) -> Option<Value> {
        self.budget = self.budget.checked_sub(1)?;
        match ty {
            Type::Def(id) => self.of_definition(*id),
            Type::List(item) => Some(Value::Array(vec![self.of(item)?])),
            Type::Tuple(items) => items.iter().map(|item| self.of(item)).collect(),
            Type::Nullable(inner) => self.of(inner),
            Type::Constant(text) => Some(Value::String(text.clone())),
            Type::Primitive(_) | Type::Map(_) | Type::Any => None,
        }
    }

    fn of_definition(&mut self, id: TypeId) -> Option<Value> {
        if self.open.contains(&id) {
            return None;
        }
        let types = self.types;
        let definition = &types[id];
        if let Some(own) = self.fitting(&Type::Def(id), definition.docs.example.as_ref()) {
            return Some(own);
        }
        self.open.push(id);
        let made = match &definition.shape {
            Shape::Alias(ty) => self.of(ty),
            Shape::Struct(object) => self.of_object(object),
            Shape::Enum(values) => match values.values.as_slice() {
                [only] => Some(only.wire.clone()),
                _ => None,
            },
            Shape::Union(union) => self.of_union(union),
            Shape::Tuple(tuple) => {
                let items = tuple.items.iter();
                let needed = items.filter(|item| item.presence == Presence::Required);
                needed
                    .map(|item| item.constant.clone().or_else(|| self.of(&item.ty)))
                    .collect()
            }
        };
        self.open.pop();
        made
    }

    fn of_object(&mut self, object: &Struct) -> Option<Value> {
        let mut members = Map::new();
        for field in &object.fields {
            match self.of_field(field) {
                Some(value) if field.access != Access::WriteOnly => _ = members.insert(field.wire.clone(), value),
                None if field.presence == Presence::Required => return None,
                Some(_) | None => {}
            }
        }
        // Of an object that needs nothing and has examples of nothing, nothing is known.
        (!members.is_empty()).then_some(Value::Object(members))
    }

    fn of_field(&mut self, field: &Field) -> Option<Value> {
        let fixed = field.constant.as_ref().or(field.tag.as_ref());
        fixed
            .cloned()
            .or_else(|| self.fitting(&field.ty, field.docs.example.as_ref()))
            .or_else(|| self.fitting(&field.ty, field.default.as_ref()))
            .or_else(|| self.of(&field.ty))
    }

    fn of_union(&mut self, union: &Union) -> Option<Value> {
        union.variants.iter().find_map(|variant| {
            let mut made = self.of(&variant.ty)?;
            let Some(discriminator) = &union.discriminator else {
                return Some(made);
            };
            // An arm that is another one by its own example says so falsely.
            let members = made.as_object_mut()?;
            let tag = variant.tags.first()?;
            let said = members
                .entry(discriminator.property.clone())
                .or_insert_with(|| tag.clone());
            variant.tags.contains(said).then_some(made)
        })
    }

    fn fitting(&self, ty: &Type, value: Option<&Value>) -> Option<Value> {
        let value = value.filter(|value| !value.is_null())?;
        misfit(self.types, ty, value).is_none().then(|| value.clone())
    }
}

#[cfg(test)]
mod tests;
