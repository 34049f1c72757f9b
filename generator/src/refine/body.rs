//! Bodies that the document does not call required, though nothing could be sent that says nothing.

use crate::{
    Config,
    diagnostics::Diagnostics,
    ir::{Api, Content, Payload, Presence, Shape, Type, Types},
};

/// How many unions inside of each other are looked into.
const DEPTH: usize = 8;

/// Makes a body required that has a required member in each of its forms, unless a setting says that it may be left out.
pub(super) fn require(api: &mut Api, config: &Config, _: &mut Diagnostics) {
    for operation in &mut api.operations {
        let keys = operation.keys();
        let is_optional = keys.iter().any(|key| config.optional_bodies.contains(key));
        if let Some(body) = operation.body.as_mut().filter(|_| !is_optional) {
            body.required |= body.contents.iter().all(|content| demands(&api.types, content));
        }
    }
}

fn demands(types: &Types, content: &Content) -> bool {
    match &content.payload {
        Payload::Json(ty) | Payload::Xml(ty, _) | Payload::Form { ty, .. } => has_required(types, ty, DEPTH),
        Payload::Multipart(parts) => parts.iter().any(|part| part.required),
        Payload::Text(_) | Payload::Bytes | Payload::EventStream(..) | Payload::Events(..) | Payload::Items(..) => {
            false
        }
    }
}

/// Whether every value of a type is an object with some member that must be there.
fn has_required(types: &Types, ty: &Type, depth: usize) -> bool {
    let (Type::Def(id), Some(depth)) = (types.resolve(ty), depth.checked_sub(1)) else {
        return false;
    };
    match &types[*id].shape {
        Shape::Struct(object) => object.fields.iter().any(|field| field.presence == Presence::Required),
        Shape::Union(union) => union
            .variants
            .iter()
            .all(|variant| has_required(types, &variant.ty, depth)),
        Shape::Enum(_) | Shape::Tuple(_) | Shape::Alias(_) => false,
    }
}
