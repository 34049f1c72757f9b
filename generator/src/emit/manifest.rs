//! What everything is called and typed, as data.

use indexmap::{IndexMap, IndexSet};
use proc_macro2::TokenStream;

use super::{Emitter, Home, Subject, runtime::Parts};
use super::{constant::filling, types::SeenFrom};
use crate::{
    ir::{
        Arrival, Content, Field, Item, Operation, Origin, Parameter, Payload, Presence, Response, Shape, Type, TypeDef,
        TypeId, Variant, Webhook,
    },
    manifest::{Manifest, Member, OperationEntry, ParameterEntry, TypeEntry, WebhookEntry},
    name::{self, Members, OperationNames, WebhookNames, WebhookSet},
};

/// The manifest of a crate.
pub(crate) fn manifest(subject: Subject<'_>) -> Manifest {
    let emitter = Emitter::new(subject, Home::OWN, Parts::of(subject));
    let Subject { api, names, .. } = subject;
    Manifest {
        files: Vec::new(),
        features: emitter.features().into_iter().map(str::to_owned).collect(),
        client: emitter.client_entry(),
        types: api.types.ids().map(|id| emitter.type_entry(id)).collect(),
        operations: api
            .operations
            .iter()
            .zip(&names.operations)
            .map(|(operation, own)| emitter.operation_entry(operation, own))
            .collect(),
        webhooks: names
            .webhooks
            .iter()
            .flat_map(|set| set.webhooks.iter().map(|own| emitter.webhook_entry(set, own)))
            .collect(),
    }
}

impl<'a> Emitter<'a> {
    fn type_entry(self, id: TypeId) -> TypeEntry {
        let definition = &self.api.types[id];
        let TypeDef {
            origin,
            pointer: _,
            docs: _,
            shape,
            capability: _,
            direction: _,
            same_as,
        } = definition;
        let kind = match shape {
            Shape::Struct(_) => "struct",
            Shape::Enum(_) => "enum",
            Shape::Union(_) => "union",
            Shape::Tuple(_) => "tuple",
            Shape::Alias(_) => "alias",
        };
        let (schema, pointer) = match origin {
            Origin::Component(name) => (Some(name.clone()), None),
            Origin::Entry { .. } | Origin::Inline { .. } => (None, Some(definition.key())),
        };
        TypeEntry {
            schema,
            pointer,
            path: self.names.path_of(id),
            kind: kind.to_owned(),
            same_as: same_as.map(|id| self.names.path_of(id)),
            one_with: None,
            members: self.members(id),
        }
    }

    fn members(self, id: TypeId) -> IndexMap<String, Member> {
        let shape = &self.api.types[id].shape;
        match (&self.names.members[id.index()], shape) {
            (Members::Fields(names), Shape::Struct(object)) => {
                let entry = |(field, names): (&Field, &name::FieldNames)| {
                    let filled = self.filled(field).and_then(|_| filling(field));
                    let Field {
                        wire,
                        ty: _,
                        presence,
                        access: _,
                        default: _,
                        constant: _,
                        docs: _,
                        tag: _,
                        before: _,
                        boxed: _,
                    } = field;
                    let is_required = *presence == Presence::Required;
                    let member = Member {
                        wire: wire.clone(),
                        ty: text(&self.field_type(field, SeenFrom::Api)),
                        required: is_required && filled.is_none(),
                        filled: filled.filter(|_| is_required).cloned(),
                        holds: None,
                    };
                    (names.field.to_string(), member)
                };
                object.fields.iter().zip(names).map(entry).collect()
            }
            (Members::Variants(names), Shape::Union(union)) => {
                let entry = |(variant, name): (&Variant, &name::TypeName)| {
                    let Variant {
                        ty,
                        name: _,
                        tags: _,
                        docs: _,
                    } = variant;
                    let member = if let Type::Constant(wire) = ty {
                        Member {
                            wire: wire.clone(),
                            ..Member::default()
                        }
                    } else {
                        Member {
                            wire: variant.tag_texts().join(", "),
                            ty: text(&self.held_by_variant(ty, SeenFrom::Api)),
                            holds: name::holds(self.api, &self.names.types, variant),
                            ..Member::default()
                        }
                    };
                    (name.to_string(), member)
                };
                union.variants.iter().zip(names).map(entry).collect()
            }
            (Members::Variants(names), Shape::Enum(values)) => {
                let entry = |(wire, name): (String, &name::TypeName)| {
                    (
                        name.to_string(),
                        Member {
                            wire,
                            ..Member::default()
                        },
                    )
                };
                values.texts().into_iter().zip(names).map(entry).collect()
            }
            (Members::Items(_), Shape::Tuple(tuple)) => {
                let entry = |(index, item): (usize, &Item)| {
                    let Item {
                        ty,
                        presence,
                        constant,
                        docs: _,
                        boxed: _,
                    } = item;
                    let member = Member {
                        wire: index.to_string(),
                        ty: text(&self.item_type(item)),
                        required: *presence == Presence::Required && self.constant(ty, constant.as_ref()).is_none(),
                        ..Member::default()
                    };
                    (index.to_string(), member)
                };
                tuple.items.iter().enumerate().map(entry).collect()
            }
            (Members::Fields(_) | Members::Variants(_) | Members::Items(_) | Members::None, _) => IndexMap::new(),
        }
    }

    fn operation_entry(self, operation: &'a Operation, names: &'a OperationNames) -> OperationEntry {
        let Operation {
            id,
            pointer: _,
            method,
            template,
            path: _,
            query: _,
            tag: _,
            tags: _,
            parameters,
            body,
            responses,
            security: _,
            servers: _,
            idempotent: _,
            idempotency_key: _,
            rejected,
            batch: _,
            pagination: _,
            widest_success: _,
            docs: _,
        } = operation;
        let group = &self.names.groups[names.group];
        let contents = body.iter().flat_map(|body| &body.contents);
        let parts = contents.clone().zip(&names.contents).filter_map(|(content, own)| {
            let parts = content.payload.parts()?.iter().zip(&own.parts);
            let parts = parts.map(|(part, own)| (part.wire.clone(), own.field.to_string()));
            Some((content.media_type.clone(), parts.collect()))
        });
        let is_optional = body.as_ref().is_some_and(|body| !body.required);
        let headers = operation.headers().into_iter().zip(&names.header_fields);
        OperationEntry {
            id: id.clone(),
            method: method.as_str().to_owned(),
            path: template.clone(),
            call: format!("client.{}", Self::path_of(group, names)),
            rejected: rejected.iter().map(ToString::to_string).collect(),
            parameters: Self::parameters(operation, names)
                .filter(|(parameter, _)| Self::fixed(parameter).is_none())
                .map(|(parameter, own)| {
                    let Parameter {
                        wire,
                        location,
                        ty,
                        required,
                        encoding: _,
                        may_be_empty: _,
                        segments: _,
                        default: _,
                        constant: _,
                        before: _,
                        docs: _,
                    } = parameter;
                    let name = if *required { &own.argument } else { &own.setter };
                    ParameterEntry {
                        name: name.to_string(),
                        wire: wire.clone(),
                        location: location.as_str().to_owned(),
                        ty: text(&self.ty(ty, SeenFrom::Api)),
                        required: *required,
                        place: self.api.types.place_of(parameter),
                    }
                })
                .collect(),
            filled: parameters
                .iter()
                .filter_map(|parameter| Some((parameter.place(), Self::filling(parameter)?.clone())))
                .collect(),
            body: is_optional.then(|| names.call.body.to_string()),
            parts: parts.collect(),
            headers: headers.map(|(header, own)| (header.wire, own.to_string())).collect(),
            request: contents
                .zip(&names.contents)
                .map(|(content, own)| {
                    let ty = match &content.payload {
                        Payload::Multipart(parts) if !parts.is_empty() => {
                            format!("api::{}::{}", group.module, own.form)
                        }
                        Payload::Bytes => "Upload".to_owned(),
                        _ => self.payload_text(content),
                    };
                    (content.media_type.clone(), ty)
                })
                .collect(),
            responses: responses.iter().map(|response| self.response_text(response)).collect(),
            doors: self.door_texts(operation, names),
            pages: self.page_texts(operation, names),
        }
    }

    fn webhook_entry(self, set: &WebhookSet, own: &WebhookNames) -> WebhookEntry {
        let Webhook {
            name: _,
            key,
            origin: _,
            id: _,
            pointer: _,
            method,
            parameters: _,
            payloads,
            optional: _,
            responses,
            tags,
            docs: _,
        } = &self.api.webhooks[own.webhook.0];
        let operation = set.operation.and_then(|id| self.api.operations.get(id.0));
        let telling = self
            .api
            .telling
            .iter()
            .find(|telling| telling.operation == set.operation);
        let variant = own.variants.first().map(ToString::to_string).unwrap_or_default();
        let payload = |content: &Content| {
            let ty = match content.payload.arrival() {
                Arrival::Typed(ty) => text(&self.held_by_variant(ty, SeenFrom::Api)),
                Arrival::Text => "String".to_owned(),
                Arrival::Bytes => "Bytes".to_owned(),
            };
            (content.media_type.clone(), ty)
        };
        WebhookEntry {
            name: key.clone(),
            operation: operation.map(Operation::method_and_path),
            method: method.as_str().to_owned(),
            path: format!("webhooks::{}::{variant}", set.ty),
            payloads: payloads.iter().map(payload).collect(),
            told_by: telling
                .filter(|_| !tags.is_empty())
                .map(|telling| format!("{}: {}", telling.property, tags.join(", "))),
            responses: responses.iter().map(|response| self.response_text(response)).collect(),
        }
    }

    fn response_text(self, response: &Response) -> (String, String) {
        let read = if response.status.is_answer() {
            response.read_as(None)
        } else {
            response.contents.iter().enumerate().collect()
        };
        let types = self.payload_texts(read.into_iter().map(|(_, content)| content));
        let ty = if types.is_empty() { "()".to_owned() } else { types };
        (response.status.to_string(), ty)
    }

    /// The types of bodies, each once.
    fn payload_texts<'c>(self, contents: impl Iterator<Item = &'c Content>) -> String {
        let types: IndexSet<String> = contents.map(|content| self.payload_text(content)).collect();
        types.into_iter().collect::<Vec<_>>().join(" | ")
    }

    /// What each door gives.
    fn door_texts(self, operation: &Operation, names: &OperationNames) -> IndexMap<String, String> {
        let doors = operation.doors().into_iter().map(|door| {
            let contents = operation.answers().into_iter().flat_map(|response| &response.contents);
            let types = self.payload_texts(contents.filter(|content| content.payload.reading() == door));
            (names.call.doors[&door].to_string(), types)
        });
        doors.collect()
    }

    fn payload_text(self, content: &Content) -> String {
        match &content.payload {
            Payload::Json(ty) | Payload::Xml(ty, _) | Payload::Form { ty, .. } | Payload::Text(ty) => {
                text(&self.ty(ty, SeenFrom::Api))
            }
            Payload::Multipart(_) => "Multipart".to_owned(),
            Payload::Bytes => "ByteStream".to_owned(),
            Payload::EventStream(ty, _) => format!("EventStream<{}>", text(&self.ty(ty, SeenFrom::Api))),
            Payload::Events(events, _) => {
                let types: Vec<String> = events
                    .iter()
                    .filter_map(|event| event.data.ty())
                    .map(|ty| text(&self.ty(ty, SeenFrom::Api)))
                    .collect();
                format!("EventStream<{}>", types.join(" | "))
            }
            Payload::Items(_, ty) => format!("ItemStream<{}>", text(&self.ty(ty, SeenFrom::Api))),
        }
    }
}

/// A type as code writes it.
pub(super) fn text(ty: &TokenStream) -> String {
    ty.to_string()
        .replace(" :: ", "::")
        .replace("& ", "&")
        .replace(" < ", "<")
        .replace(" >", ">")
        .replace(" ,", ",")
}
