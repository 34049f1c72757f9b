//! What the server sends by itself in, webhooks and callbacks out. Every request that a document describes is lowered or
//! reported.

mod found;

use std::collections::BTreeMap;

use openapiv3::{MediaType, Parameter, ReferenceOr, RequestBody};

pub(super) use self::found::Found;
use self::found::{Described, Problem, Request};
use super::{
    context::Lowering,
    docs,
    media::{Family, Travel, family},
};
use crate::{
    diagnostics::Code,
    ir::{
        Content, Docs, Encoding, Location, Operation, OperationId, Parent, Payload, Pointer, Role, Type, Webhook,
        WebhookId, WebhookOrigin, WebhookParameter,
    },
};

/// A request for whoever asked for it.
struct Instance<'d> {
    request: &'d Request,
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
    pub(super) fn lower_webhooks(&mut self, found: &'d Found, operations: &[Operation]) -> Vec<Webhook> {
        for (pointer, problem) in &found.problems {
            match problem {
                Problem::Broken(broken) => self.report_broken(broken, pointer, "what the server sends is left out"),
                Problem::Unread(message) => {
                    self.report(Code::SkippedWebhook, pointer, format!("{message}; it is left out"));
                }
            }
        }
        let instances = self.instances(found, operations);
        let owners = owners(&instances);
        let mut bodies: BTreeMap<&Pointer, Body> = BTreeMap::new();
        let mut webhooks = Vec::with_capacity(instances.len());
        for Instance { request, origin, .. } in &instances {
            let described = request.described.as_ref();
            let pointer = &described.pointer;
            let lower = || {
                let owner = owners.get(pointer).copied().unwrap_or_default();
                self.lower_described(described, &Parent::Webhook(WebhookId(owner)))
            };
            let body = bodies.entry(pointer).or_insert_with(lower).clone();
            let id = described.operation.operation_id.clone();
            webhooks.push(Webhook {
                name: request.name.clone(),
                key: request.key.clone(),
                origin: origin.clone(),
                id: id.filter(|id| !id.is_empty()),
                pointer: pointer.clone(),
                method: described.method,
                parameters: body.parameters,
                payloads: body.payloads,
                optional: body.optional,
                responses: body.responses,
                tags: Vec::new(),
                boxed: false,
                docs: webhook_docs(described),
            });
        }
        webhooks
    }

    /// Everything that is sent for somebody, in the order of the IR.
    fn instances(&self, found: &'d Found, operations: &[Operation]) -> Vec<Instance<'d>> {
        let second = |pointer: &Pointer| pointer.tokens().nth(1);
        let mut instances = Vec::new();
        for request in &found.webhooks {
            let Described { method, operation, .. } = request.described.as_ref();
            if self.is_selected(&request.name, *method, operation) {
                instances.push(Instance {
                    request,
                    origin: WebhookOrigin::Api,
                    is_own: second(&request.described.pointer).as_ref() == Some(&request.name),
                });
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
            for request in found.callbacks.get(&operation.pointer).into_iter().flatten() {
                instances.push(Instance {
                    request,
                    origin: WebhookOrigin::Operation {
                        operation: OperationId(index),
                        expression: request.expression.clone(),
                    },
                    is_own: true,
                });
            }
        }
        instances
    }

    fn lower_described(&mut self, described: &'d Described, parent: &Parent) -> Body {
        let pointer = &described.pointer;
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
        let (payloads, optional) = match &described.operation.request_body {
            None => (Vec::new(), false),
            Some(body) => self.lower_arriving(body, &pointer.child("requestBody"), &parent),
        };
        Body {
            parameters: self.lower_carried(described),
            payloads,
            optional,
            responses: self.lower_responses(&described.operation, described.method, pointer, &parent),
        }
    }

    /// The body by media type, the one first that is read unless another is asked for. A body that is described and cannot
    /// be read is bytes.
    fn lower_arriving(
        &mut self,
        node: &'d ReferenceOr<RequestBody>,
        pointer: &Pointer,
        parent: &Parent,
    ) -> (Vec<Content>, bool) {
        let bytes = || Content {
            media_type: "*/*".to_owned(),
            payload: Payload::Bytes,
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
        let list = place.child("content");
        let mut media: Vec<(u8, &'d String, &'d MediaType)> = Vec::new();
        for (media_type, described) in &body.content {
            media.push((self.rank(media_type, &list), media_type, described));
        }
        media.sort_by_key(|(rank, media_type, _)| (*rank, *media_type));
        let mut contents: Vec<Content> = Vec::new();
        for &(_, media_type, described) in &media {
            let schema = |media_type: &str| self.document.value_at(&list.child(media_type).child("schema"));
            let first = media.first().zip(contents.first());
            let same =
                first.filter(|((_, first, _), _)| schema(media_type).is_some() && schema(media_type) == schema(first));
            let twin = same.and_then(|(_, content)| twin(content, media_type, described));
            contents.push(twin.unwrap_or_else(|| {
                // What comes first is called after the webhook alone, whatever else there is.
                let role = Role::RequestBody((!contents.is_empty()).then(|| media_type.clone()));
                let place = list.child(media_type);
                let content = self.lower_content(media_type, described, &place, (&parent, &role), Travel::Webhook);
                self.readable(content, &place)
            }));
        }
        if contents.is_empty() {
            contents.push(bytes());
        }
        (contents, !body.required)
    }

    /// JSON comes before forms, these before text, and that before bytes; whatever order the document has.
    fn rank(&mut self, media_type: &str, list: &Pointer) -> u8 {
        if self.is_json(media_type, list) {
            return u8::from(media_type != "application/json");
        }
        match family(media_type) {
            Family::Form => 2,
            Family::Text => 3,
            Family::Json
            | Family::Wildcard
            | Family::Multipart
            | Family::EventStream
            | Family::Bytes
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
            payload: Payload::Text,
            ..content
        }
    }

    /// What the request carries beside its body; what the operation says of it counts before what the path item says.
    fn lower_carried(&mut self, described: &'d Described) -> Vec<WebhookParameter> {
        let lists = [
            (&described.item.parameters, &described.item.pointer),
            (&described.operation.parameters, &described.pointer),
        ];
        let mut carried: Vec<WebhookParameter> = Vec::new();
        for (nodes, holder) in lists {
            let list = holder.child("parameters");
            for (index, node) in nodes.iter().enumerate() {
                let Some((parameter, _)) = self.resolve(node, &list.item(index)) else {
                    continue;
                };
                let new = carried_parameter(parameter);
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

    /// Says of the callbacks of an operation at `pointer`, which is left out, that they are too.
    pub(super) fn report_callbacks_of_skipped(&mut self, pointer: &Pointer) {
        let callbacks = pointer.child("callbacks");
        let names = self
            .document
            .value_at(&callbacks)
            .and_then(serde_json::Value::as_object);
        for name in names.into_iter().flat_map(serde_json::Map::keys) {
            let message = "the operation that asks for this callback is left out, and so is the callback";
            self.report(Code::SkippedWebhook, &callbacks.child(name), message);
        }
    }
}

/// For each place, the position of the one whose name is that of what is written there: the one that it is written in, else
/// the first by name.
fn owners<'d>(instances: &[Instance<'d>]) -> BTreeMap<&'d Pointer, usize> {
    let mut owners: BTreeMap<&Pointer, (bool, &str, usize)> = BTreeMap::new();
    for (index, Instance { request, is_own, .. }) in instances.iter().enumerate() {
        let rank = (!is_own, request.key.as_str(), index);
        let known = owners.entry(&request.described.pointer).or_insert(rank);
        *known = rank.min(*known);
    }
    owners
        .into_iter()
        .map(|(pointer, (.., index))| (pointer, index))
        .collect()
}

/// The same value under another media type, where the schemas are equal.
fn twin(first: &Content, media_type: &str, media: &MediaType) -> Option<Content> {
    let Payload::Json(ty) = &first.payload else {
        return None;
    };
    let payload = match family(media_type) {
        Family::Json | Family::Wildcard => Payload::Json(ty.clone()),
        Family::Form if media.encoding.is_empty() && matches!(ty, Type::Def(_)) => Payload::Form {
            ty: ty.clone(),
            encodings: Vec::new(),
        },
        Family::Form | Family::Multipart | Family::EventStream | Family::Text | Family::Bytes | Family::Opaque => {
            return None;
        }
    };
    Some(Content {
        media_type: media_type.to_owned(),
        payload,
    })
}

fn carried_parameter(parameter: &Parameter) -> WebhookParameter {
    let location = match parameter {
        Parameter::Query { .. } => Location::Query,
        Parameter::Header { .. } => Location::Header,
        Parameter::Path { .. } => Location::Path,
        Parameter::Cookie { .. } => Location::Cookie,
    };
    let data = parameter.parameter_data_ref();
    WebhookParameter {
        wire: data.name.clone(),
        location,
        required: data.required,
        docs: Docs {
            description: docs::text(data.description.as_ref()),
            deprecated: data.deprecated == Some(true),
            example: data.example.clone().filter(|example| !example.is_null()),
            ..Docs::default()
        },
    }
}

fn webhook_docs(described: &Described) -> Docs {
    let Described { operation, item, .. } = described;
    Docs {
        summary: docs::text(operation.summary.as_ref()).or_else(|| docs::text(item.summary.as_ref())),
        description: docs::text(operation.description.as_ref()).or_else(|| docs::text(item.description.as_ref())),
        deprecated: operation.deprecated,
        link: docs::link(operation.external_docs.as_ref()),
        ..Docs::default()
    }
}
