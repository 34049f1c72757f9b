//! Webhooks and callbacks: requests that the server makes and the user of the crate answers.

use super::{Content, Docs, Location, Method, OperationId, Payload, Pointer, Response, Type};

/// Position of a [`Webhook`] in [`Api::webhooks`](super::Api::webhooks).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct WebhookId(pub usize);

/// A request that the server makes.
#[derive(Debug, Clone, PartialEq)]
pub struct Webhook {
    /// What the document calls it: the key of the webhook, or of the callback.
    pub name: String,
    /// What tells it from the others of its origin: its name, with the method before it or the expression behind it where
    /// several have that name.
    pub key: String,
    /// Who asked for it.
    pub origin: WebhookOrigin,
    /// The document's own `operationId`, where there is one.
    pub id: Option<String>,
    /// Its place in the document.
    pub pointer: Pointer,
    /// The HTTP method.
    pub method: Method,
    /// What it carries beside its body.
    pub parameters: Vec<WebhookParameter>,
    /// What arrives as a body, by media type: the one that is read unless another is asked for comes first. Empty where
    /// there is none.
    pub payloads: Vec<Content>,
    /// Whether it may arrive without the body that is described.
    pub optional: bool,
    /// What it may be answered with: exact statuses in document order, then classes, then the default.
    pub responses: Vec<Response>,
    /// The values of the member that tells it from the others of its origin ([`Telling`]), each as text; set by `refine`.
    pub tags: Vec<String>,
    /// Its documentation.
    pub docs: Docs,
}

/// Who asked for a request of the server's.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum WebhookOrigin {
    /// Nobody in particular: a webhook, which is set up apart from the described operations.
    Api,
    /// The caller of an operation: a callback.
    Operation {
        /// The operation.
        operation: OperationId,
        /// Where the request goes, as a runtime expression.
        expression: String,
    },
}

impl WebhookOrigin {
    /// The operation that asked for it.
    #[must_use]
    pub fn operation(&self) -> Option<OperationId> {
        match self {
            Self::Api => None,
            Self::Operation { operation, .. } => Some(*operation),
        }
    }
}

/// What somebody receives of a payload, whichever way it was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Arrival<'a> {
    /// A value of a type.
    Typed(&'a Type),
    /// Text.
    Text,
    /// Bytes.
    Bytes,
}

impl Payload {
    /// What somebody receives of it.
    #[must_use]
    pub fn arrival(&self) -> Arrival<'_> {
        match self {
            Self::Json(ty) | Self::Form { ty, .. } => Arrival::Typed(ty),
            Self::Text(_) => Arrival::Text,
            // What has parts or goes on is for the receiver to take apart.
            Self::Bytes
            | Self::Xml(..)
            | Self::Multipart(_)
            | Self::EventStream(..)
            | Self::Events(..)
            | Self::Items(..) => Arrival::Bytes,
        }
    }
}

/// What a webhook carries beside its body. Whoever receives it reads it from the request.
#[derive(Debug, Clone, PartialEq)]
pub struct WebhookParameter {
    /// The name on the wire.
    pub wire: String,
    /// Where it travels.
    pub location: Location,
    /// Whether it is always there.
    pub required: bool,
    /// Its documentation.
    pub docs: Docs,
}

/// The member of their payloads that tells the webhooks of an origin apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Telling {
    /// Whose webhooks it tells apart: those of an operation, or those of the API.
    pub operation: Option<OperationId>,
    /// The member's name on the wire.
    pub property: String,
}

impl Webhook {
    /// What the settings call it: its name, or the operation's and its own; and its `operationId`.
    #[must_use]
    pub fn keys(&self, operation: Option<&super::Operation>) -> Vec<String> {
        let own = match operation {
            None => vec![self.key.clone()],
            Some(operation) => {
                let keys = operation.keys().into_iter();
                keys.map(|key| format!("{key}.{}", self.key)).collect()
            }
        };
        own.into_iter().chain(self.id.clone()).collect()
    }

    /// What may be received with it: the values of its payloads, each once and in their order.
    #[must_use]
    pub fn arrivals(&self) -> Vec<Arrival<'_>> {
        let mut arrivals: Vec<Arrival<'_>> = Vec::new();
        for content in &self.payloads {
            let arrival = content.payload.arrival();
            if !arrivals.contains(&arrival) {
                arrivals.push(arrival);
            }
        }
        arrivals
    }

    /// The types that arrive with it.
    #[must_use]
    pub fn arriving(&self) -> Vec<&Type> {
        self.payloads
            .iter()
            .flat_map(|content| content.payload.types())
            .collect()
    }

    /// The types that it is answered with.
    #[must_use]
    pub fn answered(&self) -> Vec<&Type> {
        self.responses.iter().flat_map(Response::types).collect()
    }
}
