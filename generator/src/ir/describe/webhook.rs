//! A webhook or a callback in, its lines out: what arrives, then what it may be answered with.

use std::fmt::{self, Formatter};

use super::{
    Description,
    label::{Name, called, list, sent},
};
use crate::ir::{Telling, Webhook, WebhookOrigin, WebhookParameter};

impl Description<'_> {
    pub(super) fn webhook(&self, webhook: &Webhook, out: &mut Formatter<'_>) -> fmt::Result {
        let Webhook {
            name,
            key: _,
            origin,
            id,
            pointer: _,
            method,
            parameters,
            payloads,
            optional,
            responses,
            tags,
            docs,
        } = webhook;
        write!(out, "sent {} {}", method.as_str(), sent(self.api, webhook))?;
        if *name != webhook.key {
            write!(out, ", called {}", Name(name))?;
        }
        if let Some(id) = id {
            write!(out, ", id {}", Name(id))?;
        }
        match origin {
            WebhookOrigin::Api => {}
            WebhookOrigin::Operation { expression, .. } => write!(out, ", to {}", Name(expression))?,
        }
        if !tags.is_empty() {
            write!(out, ", tagged {}", list(tags.iter().map(|tag| Name(tag)), " or "))?;
        }
        writeln!(out, "{}", self.remarks(docs))?;
        for WebhookParameter {
            wire,
            location,
            required,
            docs,
        } in parameters
        {
            let optional = if *required { "" } else { "?" };
            writeln!(out, "  {location:?} {}{optional}{}", Name(wire), self.remarks(docs))?;
        }
        let optional = if *optional { "?" } else { "" };
        for content in payloads {
            writeln!(out, "  Body{optional} {}", self.content(content))?;
        }
        responses
            .iter()
            .try_for_each(|response| self.response(response, false, out))
    }

    pub(super) fn telling(&self, telling: &Telling, out: &mut Formatter<'_>) -> fmt::Result {
        let Telling { operation, property } = telling;
        let operation = operation.and_then(|id| self.api.operations.get(id.0));
        let whose = operation.map_or_else(|| "webhooks".to_owned(), |operation| called(operation) + "!");
        writeln!(out, "told {whose} by {}", Name(property))
    }
}
