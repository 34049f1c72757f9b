//! The manifest of an earlier run and today's API in, what each thing of the API was called and typed then out.

mod moved;

use std::collections::{BTreeMap, BTreeSet};

use super::{ClientEntry, Manifest, OperationEntry, TypeEntry, WebhookEntry};
use crate::ir::{Api, Operation, Origin, TypeDef, Webhook};

/// The entries of an earlier run, by what finds them again.
#[derive(Debug, Default)]
pub(crate) struct Earlier<'m> {
    client: Option<&'m ClientEntry>,
    operations: BTreeMap<(&'m str, &'m str), &'m OperationEntry>,
    types: BTreeMap<&'m str, &'m TypeEntry>,
    named: BTreeMap<&'m str, &'m TypeEntry>,
    webhooks: BTreeMap<WebhookKey<'m>, &'m WebhookEntry>,
    /// Where parameters and arms of unions were, by where they are, if not there; nowhere, where they are new.
    moved: BTreeMap<String, Option<String>>,
}

/// Its name, the operation that it is a callback of, its method.
type WebhookKey<'m> = (&'m str, Option<&'m str>, &'m str);

impl<'m> Earlier<'m> {
    /// What `manifest` says, if there is one, to whoever asks for what is in `api`.
    pub(crate) fn of(manifest: Option<&'m Manifest>, api: &Api) -> Self {
        let Some(manifest) = manifest else {
            return Self::default();
        };
        let operations = manifest.operations.iter();
        let types = manifest.types.iter();
        let webhooks = manifest.webhooks.iter();
        let mut earlier = Self {
            client: manifest.client.as_ref(),
            operations: operations
                .map(|entry| ((entry.method.as_str(), entry.path.as_str()), entry))
                .collect(),
            types: types
                .filter_map(|entry| Some((entry.schema.as_deref().or(entry.pointer.as_deref())?, entry)))
                .collect(),
            named: manifest.types.iter().map(|entry| (entry.name(), entry)).collect(),
            webhooks: webhooks
                .map(|entry| {
                    let key = (entry.name.as_str(), entry.operation.as_deref(), entry.method.as_str());
                    (key, entry)
                })
                .collect(),
            moved: BTreeMap::new(),
        };
        moved::parameters(&mut earlier, api);
        moved::arms(&mut earlier, api);
        earlier
    }

    /// How a client was made.
    pub(crate) fn client(&self) -> Option<&'m ClientEntry> {
        self.client
    }

    /// What an operation was.
    pub(crate) fn operation(&self, operation: &Operation) -> Option<&'m OperationEntry> {
        let key = (operation.method.as_str(), operation.template.as_str());
        self.operations.get(&key).copied()
    }

    /// What a definition was.
    pub(crate) fn ty(&self, definition: &TypeDef) -> Option<&'m TypeEntry> {
        self.types.get(self.key(definition)?.as_str()).copied()
    }

    /// What the type of this name was: whatever it is called after, that is what callers know it by.
    pub(crate) fn named(&self, name: &str) -> Option<&'m TypeEntry> {
        self.named.get(name).copied()
    }

    /// What a definition was found by, if it was there.
    pub(crate) fn key(&self, definition: &TypeDef) -> Option<String> {
        let key = definition.key();
        match definition.origin {
            Origin::Inline { .. } => self.place(&key),
            Origin::Component(_) | Origin::Entry { .. } => Some(key),
        }
    }

    /// What a webhook was, or the callback of an operation.
    pub(crate) fn webhook(&self, webhook: &Webhook, operation: Option<&Operation>) -> Option<&'m WebhookEntry> {
        let operation = operation.map(Operation::method_and_path);
        let key = (webhook.key.as_str(), operation.as_deref(), webhook.method.as_str());
        self.webhooks.get(&key).copied()
    }

    /// The paths of the types that were written out.
    pub(crate) fn written(&self) -> BTreeSet<&'m str> {
        let entries = self.types.values().filter(|entry| entry.same_as.is_none());
        entries.map(|entry| entry.path.as_str()).collect()
    }

    /// Where that was which is at `place`: what is inside of what moved was where that was.
    fn place(&self, place: &str) -> Option<String> {
        let ends = place.match_indices('/').map(|(end, _)| end).chain([place.len()]);
        let mut ends: Vec<usize> = ends.collect();
        ends.reverse();
        for end in ends {
            if let Some(before) = self.moved.get(&place[..end]) {
                return before.as_ref().map(|before| format!("{before}{}", &place[end..]));
            }
        }
        Some(place.to_owned())
    }
}
