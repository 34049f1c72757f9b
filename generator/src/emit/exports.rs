//! What an API is made of in, what of the runtime its users meet out: that is what the root of the runtime names.

use super::Emitter;
use crate::ir::{Content, Payload, Primitive, Reading, Type};

impl Emitter<'_> {
    /// Whether users meet what a file of the runtime has. Most they do, whatever the API is.
    pub(super) fn meets(self, file: &str) -> bool {
        match file {
            "received/streams/event"
            | "received/streams/event_data"
            | "received/streams/event_id"
            | "received/streams/reconnect" => self.receives(Reading::Events),
            "received/streams/items" => self.receives(Reading::Items),
            "sent/uploads/item_upload" => self.sends(|payload| matches!(payload, Payload::Items(..))),
            "sent/uploads/multipart" => self.sends(|payload| matches!(payload, Payload::Multipart(_))),
            "sent/uploads/promised" | "sent/uploads/upload" => {
                self.sends(|payload| matches!(payload, Payload::Multipart(_) | Payload::Bytes | Payload::Items(..)))
            }
            "values/base64" => self.has(&[Primitive::Byte, Primitive::ByteUrl]),
            "values/time" => self.has(&[Primitive::Time]),
            _ => true,
        }
    }

    fn receives(self, reading: Reading) -> bool {
        let mut responses = self.api.operations.iter().flat_map(|operation| &operation.responses);
        responses.any(|response| {
            response
                .contents
                .iter()
                .any(|content| content.payload.reading() == reading)
        })
    }

    fn sends(self, is_it: impl Fn(&Payload) -> bool) -> bool {
        let is_it = |content: &Content| is_it(&content.payload);
        let mut bodies = self
            .api
            .operations
            .iter()
            .filter_map(|operation| operation.body.as_ref());
        bodies.any(|body| body.contents.iter().any(is_it))
    }

    /// Whether a value of one of these scalars is met. What webhooks bring is not looked into.
    fn has(self, scalars: &[Primitive]) -> bool {
        let is_it = |ty: &Type| is_made_of(ty, scalars);
        let mut operations = self.api.operations.iter();
        !self.api.webhooks.is_empty()
            || self
                .api
                .types
                .iter()
                .any(|(_, definition)| definition.shape.parts().into_iter().any(is_it))
            || operations.any(|operation| operation.types().into_iter().any(is_it))
    }
}

fn is_made_of(ty: &Type, scalars: &[Primitive]) -> bool {
    match ty {
        Type::Primitive(scalar) => scalars.contains(scalar),
        Type::List(inner) | Type::Map(inner) | Type::Nullable(inner) => is_made_of(inner, scalars),
        Type::Tuple(items) => items.iter().any(|item| is_made_of(item, scalars)),
        Type::Def(_) | Type::Any => false,
    }
}
