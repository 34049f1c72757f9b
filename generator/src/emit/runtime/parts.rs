//! The API in, the parts of the runtime that its crate needs out.
//!
//! To make something optional: a row here, its name in `build.rs` of the runtime, and marks there
//! (`#[cfg(part = "name")]`) on what belongs to it. What rustc finds unused in a crate that does without is the rest.

use crate::{
    emit::{Emitter, Home, Subject},
    ir::{
        Additional, Content, Encoding, EnumRepr, Equality, Operation, Parameter, Payload, Presence, Primitive,
        RequestBody, Response, Shape, Status, Type, TypeDef, Webhook,
    },
};

/// Parts of the runtime, by name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::emit) struct Parts(u64);

/// One row of the table.
struct Part {
    name: &'static str,
    /// What it is made of, beside what is always there.
    needs: &'static [&'static str],
    /// Whether a crate has a use for it.
    is_needed: fn(&Facts<'_>) -> bool,
}

const fn part(name: &'static str, needs: &'static [&'static str], is_needed: fn(&Facts<'_>) -> bool) -> Part {
    Part { name, needs, is_needed }
}

/// All that is optional.
#[rustfmt::skip]
#[expect(clippy::redundant_closure_for_method_calls, reason = "a method of `Facts` is for one lifetime, a closure for any")]
const TABLE: [Part; 37] = [
    // What models are made of.
    part("base64", &[], |facts| facts.has(&[Primitive::Byte, Primitive::ByteUrl])),
    part("conversions", &[], |facts| facts.bodies().any(|body| body.contents.len() > 1)),
    part("denied", &["objects"], |facts| facts.has_shape(|shape| matches!(shape, Shape::Struct(object) if object.additional == Additional::Denied))),
    part("enums", &[], |facts| facts.has_enums_of(EnumRepr::Integer)),
    part("text_enums", &["enums"], |facts| facts.has_enums_of(EnumRepr::String)),
    part("mixed_enums", &["enums"], |facts| facts.has_enums_of(EnumRepr::Mixed)),
    part("floating", &[], |facts| facts.has_written_equality()),
    part("maybe", &[], |facts| facts.has_maybe()),
    part("objects", &[], |facts| facts.has_shape(|shape| matches!(shape, Shape::Struct(_)))),
    part("time", &[], |facts| facts.has(&[Primitive::Time])),
    part("tuples", &[], |facts| facts.has_shape(|shape| matches!(shape, Shape::Tuple(_)))),
    part("unions", &["conversions"], |facts| facts.has_shape(|shape| matches!(shape, Shape::Union(_)))),
    // What comes by itself, and what is asked for.
    part("webhooks", &[], |facts| facts.emitter.has_webhooks()),
    part("webhook_forms", &["webhooks"], |facts| facts.has_webhook_forms()),
    part("calls", &[], |facts| facts.emitter.has_client()),
    part("pages", &["builders"], |facts| facts.operations().any(|operation| operation.pagination.is_some())),
    part("mock", &["calls"], |facts| facts.emitter.config.mock && facts.emitter.has_client()),
    part("bulk", &["bodies"], |facts| facts.operations().any(|operation| operation.batch.is_some())),
    // Who asks.
    part("credentials", &["calls"], |facts| facts.emitter.has_client() && !facts.emitter.api.security_schemes.is_empty()),
    part("oauth", &["credentials"], |facts| facts.emitter.has_client() && facts.emitter.oauth().is_some()),
    // What is sent.
    part("builders", &["calls"], |facts| facts.has_builders()),
    part("collected", &["calls"], |facts| facts.has_collected()),
    part("styles", &["calls"], |facts| facts.has_styles()),
    part("segments", &["styles"], |facts| facts.parameters().any(|parameter| parameter.segments.is_some())),
    part("bodies", &["calls"], |facts| facts.sends(|_| true)),
    part("forms", &["bodies", "styles"], |facts| facts.has_forms()),
    part("texts", &["bodies"], |facts| facts.sends(|payload| matches!(payload, Payload::Text(_)))),
    part("uploads", &["bodies"], |facts| facts.sends_uploads()),
    part("multipart", &["uploads", "styles"], |facts| facts.sends(|payload| matches!(payload, Payload::Multipart(_)))),
    part("item_uploads", &["uploads"], |facts| facts.sends(|payload| matches!(payload, Payload::Items(..)))),
    part("idempotency", &["calls"], |facts| facts.operations().any(|operation| operation.idempotency_key.is_some())),
    part("xml", &["bodies"], |facts| facts.sends(is_xml) || facts.receives(is_xml)),
    // What is received.
    part("plain", &["calls"], |facts| facts.has_plain()),
    part("headers", &["calls"], |facts| facts.responses().any(|response| !response.headers.is_empty())),
    part("elsewhere", &["calls"], |facts| facts.has_elsewhere()),
    part("events", &["calls"], |facts| facts.receives(|payload| matches!(payload, Payload::EventStream(..) | Payload::Events(..)))),
    part("items", &["calls"], |facts| facts.receives(|payload| matches!(payload, Payload::Items(..)))),
];

impl Parts {
    /// Nothing that is optional.
    pub(in crate::emit) const NONE: Self = Self(0);
    /// Everything.
    pub(in crate::emit) const ALL: Self = Self((1 << TABLE.len()) - 1);

    /// What the crate of a document needs, or all where its settings say so.
    pub(in crate::emit) fn of(subject: Subject<'_>) -> Self {
        if subject.config.whole_runtime && subject.config.shared_runtime.is_none() {
            return Self::ALL;
        }
        // What it finds out is not asked for.
        let facts = Facts::of(Emitter::new(subject, Home::OWN, Self::NONE));
        let mut parts = Self::NONE;
        for part in TABLE.iter().filter(|part| (part.is_needed)(&facts)) {
            parts.add(part);
        }
        parts
    }

    fn add(&mut self, part: &Part) {
        self.0 |= 1 << position(part.name);
        for needed in part.needs.iter().filter(|needed| !self.has(needed)).collect::<Vec<_>>() {
            self.add(&TABLE[position(needed)]);
        }
    }

    /// What is among these, or those.
    pub(in crate::emit) const fn and(self, others: Self) -> Self {
        Self(self.0 | others.0)
    }

    /// Whether a part is among them.
    pub(in crate::emit) fn has(self, name: &str) -> bool {
        self.0 & (1 << position(name)) != 0
    }
}

fn position(name: &str) -> usize {
    match TABLE.iter().position(|part| part.name == name) {
        Some(position) => position,
        None => unreachable!("the runtime is marked with parts of the table only, of which `{name}` is none"),
    }
}

/// What the table asks about an API.
struct Facts<'a> {
    emitter: Emitter<'a>,
    /// The scalars that it is made of, each once.
    scalars: Vec<&'a Primitive>,
}

impl<'a> Facts<'a> {
    fn of(emitter: Emitter<'a>) -> Self {
        let api = emitter.api;
        let mut scalars = Vec::new();
        let types = api.types.iter().flat_map(|(_, definition)| definition.shape.parts());
        let operations = api.operations.iter().flat_map(Operation::types);
        let webhooks = api.webhooks.iter().flat_map(Webhook::arriving);
        for ty in types.chain(operations).chain(webhooks) {
            note_scalars(ty, &mut scalars);
        }
        Self { emitter, scalars }
    }

    fn operations(&self) -> impl Iterator<Item = &'a Operation> {
        self.emitter.api.operations.iter()
    }

    fn parameters(&self) -> impl Iterator<Item = &'a Parameter> {
        self.operations().flat_map(|operation| &operation.parameters)
    }

    fn responses(&self) -> impl Iterator<Item = &'a Response> {
        self.operations().flat_map(|operation| &operation.responses)
    }

    fn bodies(&self) -> impl Iterator<Item = &'a RequestBody> {
        self.operations().filter_map(|operation| operation.body.as_ref())
    }

    fn has(&self, scalars: &[Primitive]) -> bool {
        self.scalars.iter().any(|scalar| scalars.contains(scalar))
    }

    fn has_definition(&self, is_it: impl Fn(&TypeDef) -> bool) -> bool {
        self.emitter.api.types.iter().any(|(_, definition)| is_it(definition))
    }

    fn has_shape(&self, is_it: impl Fn(&Shape) -> bool) -> bool {
        self.has_definition(|definition| is_it(&definition.shape))
    }

    fn has_written_equality(&self) -> bool {
        self.has_definition(|definition| {
            definition.capability.eq == Equality::Written && !matches!(definition.shape, Shape::Alias(_))
        })
    }

    /// Whether texts are taken from whatever can be iterated.
    fn has_collected(&self) -> bool {
        let is_it = |ty: &Type| match self.emitter.resolve(ty) {
            Type::Nullable(inner) => self.emitter.is_collected(inner),
            ty => self.emitter.is_collected(ty),
        };
        // One of several media types is given as the variant of an enum.
        let mut bodies = self.bodies().map(|body| body.contents.as_slice());
        self.parameters().any(|parameter| is_it(&parameter.ty))
            || bodies.any(|contents| matches!(contents, [Content { payload: Payload::Json(ty), .. }] if is_it(ty)))
    }

    fn has_enums_of(&self, repr: EnumRepr) -> bool {
        let is_it = |shape: &Shape| matches!(shape, Shape::Enum(values) if values.repr == repr);
        let mut variables = self.emitter.names.servers.iter().flat_map(|server| &server.variables);
        self.has_shape(is_it)
            // Those of a server have texts for values.
            || repr == EnumRepr::String && self.emitter.has_client() && variables.any(|variable| variable.values.is_some())
    }

    fn has_maybe(&self) -> bool {
        let is_maybe = |presence, ty: &Type| presence == Presence::Optional && matches!(ty, Type::Nullable(_));
        self.has_shape(|shape| match shape {
            Shape::Struct(object) => object.fields.iter().any(|field| is_maybe(field.presence, &field.ty)),
            Shape::Tuple(tuple) => tuple.items.iter().any(|item| is_maybe(item.presence, &item.ty)),
            Shape::Enum(_) | Shape::Union(_) | Shape::Alias(_) => false,
        })
    }

    fn sends(&self, is_it: fn(&Payload) -> bool) -> bool {
        let mut contents = self.bodies().flat_map(|body| &body.contents);
        contents.any(|content| is_it(&content.payload))
    }

    /// Whether anything is sent as it is: bytes, or text.
    fn sends_uploads(&self) -> bool {
        let mut contents = self.bodies().flat_map(|body| &body.contents);
        contents.any(|content| match &content.payload {
            Payload::Bytes => true,
            Payload::Text(ty) => self.emitter.is_string(ty),
            _ => false,
        })
    }

    fn receives(&self, is_it: impl Fn(&Payload) -> bool) -> bool {
        let mut contents = self.responses().flat_map(|response| &response.contents);
        contents.any(|content| is_it(&content.payload))
    }

    /// Whether any call has something that may be set or not.
    fn has_builders(&self) -> bool {
        self.operations().any(|operation| {
            operation.parameters.iter().any(|parameter| !parameter.required)
                || operation.body.as_ref().is_some_and(|body| !body.required)
                || !operation.doors().is_empty()
        })
    }

    /// Whether anything is written otherwise than as one text in the way that is usual where it stands.
    fn has_styles(&self) -> bool {
        let mut headers = self.responses().flat_map(|response| &response.headers);
        let is_plain = |parameter: &Parameter| {
            let usual = parameter.location.usual_style();
            let encoding = Encoding::Style {
                style: usual,
                explode: usual.is_usually_exploded(),
                allow_reserved: false,
            };
            parameter.encoding == encoding && !parameter.may_be_empty && self.is_one_text(&parameter.ty)
        };
        self.parameters().any(|parameter| !is_plain(parameter)) || headers.any(|header| !header.delimiters.is_empty())
    }

    /// Whether no value of a type has parts.
    fn is_one_text(&self, ty: &Type) -> bool {
        match self.emitter.resolve(ty) {
            Type::Primitive(scalar) => !matches!(scalar, Primitive::Custom { .. } | Primitive::Binary),
            Type::Constant(_) => true,
            Type::Nullable(inner) => self.is_one_text(inner),
            Type::Def(id) => match &self.emitter.api.types[*id].shape {
                Shape::Enum(values) => values.repr != EnumRepr::Mixed,
                Shape::Struct(_) | Shape::Union(_) | Shape::Tuple(_) | Shape::Alias(_) => false,
            },
            Type::List(_) | Type::Tuple(_) | Type::Map(_) | Type::Any => false,
        }
    }

    fn has_forms(&self) -> bool {
        self.sends(|payload| matches!(payload, Payload::Form { .. }))
            || self
                .parameters()
                .any(|parameter| matches!(parameter.encoding, Encoding::Form(_)))
    }

    fn has_webhook_forms(&self) -> bool {
        let mut payloads = self.emitter.api.webhooks.iter().flat_map(|webhook| &webhook.payloads);
        payloads.any(|content| matches!(content.payload, Payload::Form { .. }))
    }

    /// Whether anything may come as bare text.
    fn has_plain(&self) -> bool {
        self.receives(|payload| match payload {
            Payload::Text(_) => true,
            Payload::Json(ty) => self.emitter.api.types.is_scalar(ty),
            _ => false,
        })
    }

    /// Whether an answer may say where to look instead.
    fn has_elsewhere(&self) -> bool {
        self.responses().any(|response| match response.status {
            Status::Code(code) => (300..400).contains(&code),
            Status::Class(class) => class == 3,
            Status::Default => false,
        })
    }
}

fn is_xml(payload: &Payload) -> bool {
    matches!(payload, Payload::Xml(..))
}

/// Adds the scalars that a type is made of.
fn note_scalars<'a>(ty: &'a Type, scalars: &mut Vec<&'a Primitive>) {
    match ty {
        Type::Primitive(scalar) if !scalars.contains(&scalar) => scalars.push(scalar),
        Type::List(inner) | Type::Map(inner) | Type::Nullable(inner) => note_scalars(inner, scalars),
        Type::Tuple(items) => items.iter().for_each(|item| note_scalars(item, scalars)),
        Type::Primitive(_) | Type::Def(_) | Type::Constant(_) | Type::Any => {}
    }
}

#[cfg(test)]
mod tests;
