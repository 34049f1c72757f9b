//! What the server sends by itself in, webhooks and callbacks out. Every request that a document describes is lowered or
//! reported.

mod found;
mod told;

use std::collections::BTreeMap;

use openapiv3::{ReferenceOr, RequestBody};
use serde_json::{Map, Value};

pub(super) use self::found::Found;
use self::found::{Problem, Request};
use super::{
    context::Lowering,
    docs,
    media::{Alternative, Family, Travel, family},
};
use crate::{
    config::Described,
    diagnostics::Code,
    ir::{
        Content, Docs, Encoding, Location, Operation, OperationId, Parent, Payload, Pointer, Role, Type, Webhook,
        WebhookId, WebhookOrigin, WebhookParameter,
    },
    load::ParameterLocation,
};

/// A request for whoever asked for it.
struct Instance<'f, 'd> {
    request: &'f Request<'d>,
    origin: WebhookOrigin,
    /// Whether it is written in what asked for it, and so named after that.
    is_own: bool,
}

/// What is the same for all who ask for a request.
#[derive(Clone)]
struct Body {
    parameters: Vec<WebhookParameter>,
    payloads: Vec<Content>,
    optional: bool,
    responses: Vec<crate::ir::Response>,
}

impl<'d> Lowering<'d> {
    /// Lowers everything that was found, for the `operations` that are generated.
    pub(super) fn lower_webhooks(&mut self, found: &Found<'d>, operations: &[Operation]) -> Vec<Webhook> {
        for (pointer, problem) in &found.problems {
            match problem {
                Problem::Broken(broken) => self.report_broken(broken, pointer, "what the server sends is left out"),
                Problem::Unread(message) => {
                    self.report(Code::SkippedWebhook, pointer, format!("{message}; it is left out"));
                }
            }
        }
        let instances = self.instances(found, operations);
        let mut owners: BTreeMap<&Pointer, usize> = BTreeMap::new();
        for (index, instance) in instances.iter().enumerate() {
            let owner = owners.entry(&instance.request.pointer).or_insert(index);
            let rank = |index: usize| {
                let Instance {
                    request,
                    origin,
                    is_own,
                } = &instances[index];
                let template = origin.operation().map(|id| operations[id.0].template.as_str());
                (!is_own, template, &request.key)
            };
            if rank(index) < rank(*owner) {
                *owner = index;
            }
        }
        let mut bodies: BTreeMap<&Pointer, Body> = BTreeMap::new();
        let mut webhooks = Vec::with_capacity(instances.len());
        for Instance { request, origin, .. } in &instances {
            let pointer = &request.pointer;
            let lower = || {
                let owner = owners.get(pointer).copied().unwrap_or_default();
                self.lower_webhook(request, &Parent::Webhook(WebhookId(owner)))
            };
            let body = bodies.entry(pointer).or_insert_with(lower).clone();
            webhooks.push(Webhook {
                name: request.name.clone(),
                key: request.key.clone(),
                origin: origin.clone(),
                id: request.operation.operation_id.clone().filter(|id| !id.is_empty()),
                pointer: pointer.clone(),
                method: request.method.clone(),
                parameters: body.parameters,
                payloads: body.payloads,
                optional: body.optional,
                responses: body.responses,
                tags: Vec::new(),
                docs: self.webhook_docs(request),
            });
        }
        webhooks
    }

    /// Everything that is sent for somebody, in the order of the IR.
    fn instances<'f>(&mut self, found: &'f Found<'d>, operations: &[Operation]) -> Vec<Instance<'f, 'd>> {
        let second = |pointer: &Pointer| pointer.tokens().nth(1);
        let mut instances = Vec::new();
        for request in &found.webhooks {
            let described = Described {
                id: request.operation.operation_id.clone(),
                method: request.method.clone(),
                path: request.name.clone(),
                tags: request.operation.tags.clone(),
            };
            let is_selected = self.is_selected(&described);
            self.described.webhooks.push(described);
            if is_selected {
                instances.push(Instance {
                    request,
                    origin: WebhookOrigin::Api,
                    is_own: second(&request.pointer).as_ref() == Some(&request.name),
                });
            } else {
                self.described.left_out.push(request.pointer.clone());
            }
        }
        // Of the operations that are one and the same, it is the one of the path where that is written.
        let mut askers: BTreeMap<&Pointer, (bool, &str, usize)> = BTreeMap::new();
        for (index, operation) in operations.iter().enumerate() {
            let is_own = second(&operation.pointer).as_ref() == Some(&operation.template);
            let rank = (!is_own, operation.template.as_str(), index);
            let known = askers.entry(&operation.pointer).or_insert(rank);
            *known = rank.min(*known);
        }
        for (index, operation) in operations.iter().enumerate() {
            if askers.get(&operation.pointer).is_none_or(|(.., asker)| *asker != index) {
                continue;
            }
            let is_own = true;
            for request in found.callbacks.get(&operation.pointer).into_iter().flatten() {
                let origin = WebhookOrigin::Operation {
                    operation: OperationId(index),
                    expression: request.expression.clone(),
                };
                instances.push(Instance {
                    request,
                    origin,
                    is_own,
                });
            }
        }
        instances
    }

    fn lower_webhook(&mut self, request: &Request<'d>, parent: &Parent) -> Body {
        let pointer = &request.pointer;
        let mut tokens = pointer.tokens();
        // What is shared is named after itself, not after the first who uses it.
        let parent = match (tokens.next().as_deref(), tokens.nth(1)) {
            (Some("components"), Some(name)) => Parent::Component(name),
            _ => parent.clone(),
        };
        let callbacks = pointer.child("callbacks");
        if self.document.value_at(&callbacks).is_some() {
            let message = "what the server sends after an answer to what it sends is left out";
            self.report(Code::SkippedWebhook, &callbacks, message);
        }
        let (payloads, optional) = match &request.operation.request_body {
            None => (Vec::new(), false),
            Some(body) => self.lower_arriving(body, &pointer.child("requestBody"), &parent),
        };
        Body {
            parameters: self.lower_carried(request),
            payloads,
            optional,
            responses: self.lower_responses(&request.operation, &request.method, pointer, &parent),
        }
    }

    /// The body by media type, the one first that is read unless another is asked for. A body that is described and cannot
    /// be read is bytes.
    fn lower_arriving(
        &mut self,
        node: &ReferenceOr<RequestBody>,
        pointer: &Pointer,
        parent: &Parent,
    ) -> (Vec<Content>, bool) {
        let bytes = || Content {
            media_type: "*/*".to_owned(),
            others: Vec::new(),
            payload: Payload::Bytes,
            example: None,
        };
        let (body, place) = match node {
            ReferenceOr::Item(body) => (body, pointer.clone()),
            ReferenceOr::Reference { reference } => match self.targets.follow::<RequestBody>(reference) {
                Ok(found) => found,
                Err(broken) => {
                    self.report_broken(&broken, pointer, "the body is handed over as bytes");
                    return (vec![bytes()], false);
                }
            },
        };
        let parent = Self::component_parent(&place).unwrap_or_else(|| parent.clone());
        let mut media: Vec<(u8, Alternative<'d>)> = Vec::new();
        for alternative in self.contents(&place) {
            media.push((self.rank(&alternative), alternative));
        }
        media.sort_by_key(|(rank, alternative)| (*rank, alternative.media_type));
        let mut contents: Vec<Content> = Vec::new();
        for (_, alternative) in &media {
            let place = &alternative.described;
            let schema = |media: &Pointer| self.document.value_at(&media.child("schema"));
            let first = media.first().zip(contents.first());
            let same =
                first.filter(|((_, first), _)| schema(place).is_some() && schema(place) == schema(&first.described));
            let twin = same.and_then(|(_, content)| self.twin(content, alternative));
            contents.push(twin.unwrap_or_else(|| {
                // What comes first is called after the webhook alone, whatever else there is.
                let role = Role::RequestBody((!contents.is_empty()).then(|| alternative.media_type.to_owned()));
                let content = self.lower_content(alternative, (&parent, &role), Travel::Webhook);
                self.readable(content, place)
            }));
        }
        if contents.is_empty() {
            contents.push(bytes());
        }
        (contents, !body.required)
    }

    /// JSON comes before forms, these before text, and that before bytes; whatever order the document has.
    fn rank(&mut self, alternative: &Alternative<'d>) -> u8 {
        if self.is_json(alternative) {
            return u8::from(alternative.media_type != "application/json");
        }
        match family(alternative.media_type) {
            Family::Form => 2,
            Family::Text => 3,
            Family::Json
            | Family::Wildcard
            | Family::Multipart
            | Family::EventStream
            | Family::Items(_)
            | Family::Bytes
            | Family::Xml
            | Family::Opaque => 4,
        }
    }

    /// A form arrives in the one way in which all write forms, or as text.
    fn readable(&mut self, content: Content, pointer: &Pointer) -> Content {
        let Payload::Form { encodings, .. } = &content.payload else {
            return content;
        };
        let odd = encodings.iter().find(|(_, encoding)| *encoding != Encoding::Json);
        let Some((name, _)) = odd else { return content };
        let message =
            format!("the member `{name}` arrives in a style that is not read; the form is handed over as text");
        self.report(
            Code::UnsupportedMediaType,
            &pointer.child("encoding").child(name),
            message,
        );
        Content {
            payload: Payload::text(),
            ..content
        }
    }

    /// What the request carries beside its body; what the operation says of it counts before what the path item says.
    fn lower_carried(&mut self, request: &Request<'_>) -> Vec<WebhookParameter> {
        let layers = request.item.0.iter().rev().map(|layer| &layer.pointer);
        let mut carried: Vec<WebhookParameter> = Vec::new();
        for holder in layers.chain([&request.pointer]) {
            for place in self.places_of_parameters(holder) {
                let Some(new) = self.carried_parameter(&place) else {
                    continue;
                };
                match carried
                    .iter_mut()
                    .find(|old| old.wire == new.wire && old.location == new.location)
                {
                    Some(old) => *old = new,
                    None => carried.push(new),
                }
            }
        }
        carried
    }

    fn carried_parameter(&mut self, place: &Pointer) -> Option<WebhookParameter> {
        let node = self.parameter_at(place)?;
        let (parameter, pointer) = self.resolve(&node, place)?;
        let location = match parameter.location {
            ParameterLocation::Path => Location::Path,
            ParameterLocation::Query => Location::Query,
            ParameterLocation::QueryString => Location::QueryString,
            ParameterLocation::Header => Location::Header,
            ParameterLocation::Cookie => Location::Cookie,
        };
        let of_use = docs::text(self.text_of_use(place, "description"));
        let docs = self.parameter_docs(parameter, &pointer);
        Some(WebhookParameter {
            wire: parameter.name.clone(),
            location,
            required: parameter.required,
            docs: Docs {
                description: of_use.or(docs.description),
                constraints: self.described_by(&pointer).into_iter().collect(),
                ..docs
            },
        })
    }

    /// How the value of the parameter at `place` is written, in the document's own words: nobody reads it but the receiver.
    fn described_by(&self, place: &Pointer) -> Option<String> {
        const TELLING: [&str; 6] = [
            "schema",
            "content",
            "style",
            "explode",
            "allowReserved",
            "allowEmptyValue",
        ];
        let parameter = self.document.value_at(place)?.as_object()?;
        let telling = TELLING
            .into_iter()
            .filter_map(|name| Some((name.to_owned(), parameter.get(name)?.clone())));
        let telling: Map<String, Value> = telling.collect();
        (!telling.is_empty()).then(|| format!("Described by `{}`.", Value::Object(telling)))
    }

    /// The same value under another media type, where the schemas are equal.
    fn twin(&self, first: &Content, alternative: &Alternative<'_>) -> Option<Content> {
        let media_type = alternative.media_type;
        let Payload::Json(ty) = &first.payload else {
            return None;
        };
        let encodings = self.document.value_at(&alternative.described.child("encoding"));
        let is_plain = encodings.and_then(Value::as_object).is_none_or(Map::is_empty);
        let payload = match family(media_type) {
            Family::Json | Family::Wildcard => Payload::Json(ty.clone()),
            Family::Form if is_plain && matches!(ty, Type::Def(_)) => Payload::Form {
                ty: ty.clone(),
                encodings: Vec::new(),
            },
            Family::Form
            | Family::Multipart
            | Family::EventStream
            | Family::Items(_)
            | Family::Text
            | Family::Bytes
            | Family::Xml
            | Family::Opaque => return None,
        };
        Some(Content {
            media_type: media_type.to_owned(),
            others: Vec::new(),
            payload,
            example: None,
        })
    }

    /// Says of the callbacks of an operation at `pointer`, which is left out, that they are too.
    pub(super) fn report_callbacks_of_skipped(&mut self, pointer: &Pointer) {
        let callbacks = pointer.child("callbacks");
        let names = self.document.value_at(&callbacks).and_then(Value::as_object);
        for name in names.into_iter().flat_map(Map::keys) {
            let message = "the operation that asks for this callback is left out, and so is the callback";
            self.report(Code::SkippedWebhook, &callbacks.child(name), message);
        }
    }
}
