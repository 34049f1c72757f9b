//! Webhooks in, the names of their enums and of all that these have out.

use super::{
    Group, OperationNames, WebhookNames, WebhookSet,
    ident::{Ident, Name as _, TypeName},
    reserved::Namespace,
    scope::{Scope, Wish},
    words::words,
};
use crate::{
    Config,
    ir::{Api, Arrival, OperationId, Payload, Webhook, WebhookId},
    manifest::{Earlier, WebhookEntry},
};

/// An enum for the webhooks, and one for the callbacks of each operation that has some.
pub(super) fn webhooks(
    api: &Api,
    config: &Config,
    earlier: &Earlier<'_>,
    operations: &[OperationNames],
    groups: &[Group],
) -> Vec<WebhookSet> {
    let mut sets: Vec<(Option<OperationId>, Vec<WebhookId>)> = Vec::new();
    for (index, webhook) in api.webhooks.iter().enumerate() {
        let operation = webhook.origin.operation();
        match sets.last_mut() {
            Some((last, ids)) if *last == operation => ids.push(WebhookId(index)),
            Some(_) | None => sets.push((operation, vec![WebhookId(index)])),
        }
    }
    let wishes: Vec<Wish> = sets
        .iter()
        .map(|(operation, _)| type_wish(api, *operation, operations, groups))
        .collect();
    let types: Vec<TypeName> = Scope::default().settle(&wishes, Namespace::Api);
    let named = sets.into_iter().zip(types);
    named
        .map(|((operation, ids), ty)| WebhookSet {
            operation,
            ty,
            webhooks: members(api, config, earlier, &ids),
        })
        .collect()
}

fn type_wish(api: &Api, operation: Option<OperationId>, operations: &[OperationNames], groups: &[Group]) -> Wish {
    let asked = operation.and_then(|id| Some((&api.operations[id.0], operations.get(id.0)?)));
    let Some((operation, names)) = asked else {
        return Wish::wire("webhook");
    };
    let text = operation.method_and_path();
    let handle = groups.get(names.group).map(|group| words(group.handle.as_str()));
    let own = [words(names.method.as_str()), words("callback")].concat();
    Wish::words(text, vec![[handle.unwrap_or_default(), own].concat()])
}

fn members(api: &Api, config: &Config, earlier: &Earlier<'_>, ids: &[WebhookId]) -> Vec<WebhookNames> {
    let webhooks: Vec<&Webhook> = ids.iter().map(|id| &api.webhooks[id.0]).collect();
    let first = |webhook: &&Webhook| {
        let operation = webhook.origin.operation().map(|id| &api.operations[id.0]);
        let mut keys = webhook.keys(operation).into_iter();
        let wish = Wish::wire(&webhook.key).unless(keys.find_map(|key| config.rename.webhooks.get(&key)));
        let before = earlier.webhook(webhook, operation).map(WebhookEntry::name);
        wish.keeping::<TypeName>(before, Namespace::Variant)
    };
    let mut scope = Scope::default();
    let firsts: Vec<TypeName> = scope.settle(&webhooks.iter().map(first).collect::<Vec<_>>(), Namespace::Variant);
    // What may arrive in another form is called after the webhook, whatever that is called.
    let others: Vec<Vec<Wish>> = webhooks
        .iter()
        .zip(&firsts)
        .map(|(webhook, first)| others(webhook, &words(first.as_str())))
        .collect();
    let counts: Vec<usize> = others.iter().map(Vec::len).collect();
    let others: Vec<Wish> = others.into_iter().flatten().collect();
    let mut others = scope.settle::<TypeName>(&others, Namespace::Variant).into_iter();
    let constants = constants(&webhooks, &mut scope);
    let named = ids.iter().zip(firsts).zip(counts).zip(constants);
    named
        .map(|(((webhook, first), count), constant)| WebhookNames {
            webhook: *webhook,
            variants: std::iter::once(first).chain(others.by_ref().take(count)).collect(),
            constant,
        })
        .collect()
}

/// The wishes for all that may arrive but the first.
fn others(webhook: &Webhook, first: &[String]) -> Vec<Wish> {
    let mut seen: Vec<Arrival<'_>> = Vec::new();
    let mut wishes = Vec::new();
    for content in &webhook.payloads {
        let arrival = content.payload.arrival();
        if seen.contains(&arrival) {
            continue;
        }
        seen.push(arrival);
        let kind = match &content.payload {
            Payload::Json(_) => words(content.media_type.rsplit('/').next().unwrap_or_default()),
            Payload::Form { .. } => words("form"),
            Payload::Text(_) => words("text"),
            Payload::Bytes
            | Payload::Xml(..)
            | Payload::Multipart(_)
            | Payload::EventStream(..)
            | Payload::Events(..)
            | Payload::Items(..) => words("bytes"),
        };
        let names = [kind, words(&content.media_type)].map(|kind| [first, &kind].concat());
        wishes.push(Wish::words(
            format!("{} {}", webhook.key, content.media_type),
            names.into(),
        ));
    }
    if !wishes.is_empty() {
        wishes.remove(0);
    }
    wishes
}

/// The constants, which share the names of the enum with its variants.
fn constants(webhooks: &[&Webhook], variants: &mut Scope) -> Vec<Ident> {
    let wishes: Vec<Wish> = webhooks.iter().map(|webhook| Wish::wire(&webhook.key)).collect();
    let names: Vec<Ident> = Scope::default().settle(&wishes, Namespace::Constant);
    // Different letters may be the same in capitals.
    let free = |mut name: Ident| {
        while !variants.take(&name.to_constant()) {
            name = Ident::of(&[words(name.as_str()), words("webhook")].concat(), Namespace::Constant);
        }
        name
    };
    names.into_iter().map(free).collect()
}
