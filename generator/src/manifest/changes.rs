//! Two manifests in, what changed for a caller out: one sentence a change, with what it asks.

mod types;

use indexmap::{IndexMap, IndexSet};

use self::types::{parted, types};
use super::{
    About, ClientEntry, Manifest, OperationEntry, WebhookEntry,
    about::about,
    change::{Change, Gather as _, Kind},
};

/// What `new` adds to, takes from or changes in the Rust API that `old` describes, in words.
#[must_use]
pub fn changes(old: &Manifest, new: &Manifest) -> Vec<String> {
    compare(old, new).into_iter().map(|change| change.text).collect()
}

/// The same, with what each asks of callers.
#[must_use]
pub fn compare(old: &Manifest, new: &Manifest) -> Vec<Change> {
    let mut changes = Vec::new();
    features(&old.features, &new.features, &mut changes);
    if let (Some(old), Some(new)) = (&old.client, &new.client) {
        client(old, new, &mut changes);
    }
    operations(&old.operations, &new.operations, &mut changes);
    webhooks(&old.webhooks, &new.webhooks, &mut changes);
    types(&old.types, &new.types, &mut changes);
    changes
}

/// The same for a crate of several documents, of each of which there is the name of its module.
#[must_use]
pub fn compare_several(old: &[(&str, &Manifest)], new: &[(&str, &Manifest)]) -> Vec<Change> {
    let mut changes = Vec::new();
    for pair in pair(old, new, |(module, _)| *module) {
        match pair {
            (Some((_, old)), Some((module, new))) => {
                let of_one = compare(old, new).into_iter();
                changes.extend(of_one.map(|change| Change {
                    text: format!("{module}: {}", change.text),
                    ..change
                }));
            }
            (Some((module, _)), None) => changes.breaking(format!("removed the module `{module}`")),
            (None, Some((module, _))) => changes.additive(format!("added the module `{module}`")),
            (None, None) => {}
        }
    }
    parted(old, new, &mut changes);
    changes
}

/// Pairs the entries of two lists that mean the same thing. What is gone comes first, then the new list in its order.
fn pair<'e, E, K: Eq + std::hash::Hash>(
    old: &'e [E],
    new: &'e [E],
    key: impl Fn(&'e E) -> K,
) -> Vec<(Option<&'e E>, Option<&'e E>)> {
    let mut before: IndexMap<K, &E> = old.iter().map(|entry| (key(entry), entry)).collect();
    let kept: Vec<_> = new
        .iter()
        .map(|entry| (before.shift_remove(&key(entry)), Some(entry)))
        .collect();
    before
        .into_values()
        .map(|entry| (Some(entry), None))
        .chain(kept)
        .collect()
}

fn features(old: &[String], new: &[String], changes: &mut Vec<Change>) {
    for pair in pair(old, new, |name| name) {
        match pair {
            (Some(old), None) => changes.breaking(format!("removed the feature `{old}`")),
            (None, Some(new)) => changes.additive(format!("added the feature `{new}`")),
            (Some(_), Some(_)) | (None, None) => {}
        }
    }
}

fn client(old: &ClientEntry, new: &ClientEntry, changes: &mut Vec<Change>) {
    match (&old.new, &new.new) {
        (Some(before), Some(after)) if before != after => changes.breaking(format!(
            "changed `Client::new`: the arguments are ({}), were ({})",
            after.join(", "),
            before.join(", ")
        )),
        (Some(_), Some(_)) if old.scheme != new.scheme => {
            let shown = |scheme: &Option<String>| scheme.clone().unwrap_or_default();
            changes.behaviour(format!(
                "changed `Client::new`: the credential is that of `{}`, was that of `{}`",
                shown(&new.scheme),
                shown(&old.scheme)
            ));
        }
        (Some(_), None) => changes.breaking("removed `Client::new`".to_owned()),
        (None, Some(_)) => changes.additive("added `Client::new`".to_owned()),
        _ => {}
    }
    lost("ClientBuilder", &old.credentials, &new.credentials, changes);
    lost("Server", &old.servers, &new.servers, changes);
    added("Server", &old.servers, &new.servers, changes);
    added("ClientBuilder", &old.credentials, &new.credentials, changes);
}

/// The names that something of `owner` has no longer, by what it is called in the document.
fn lost(owner: &str, old: &IndexMap<String, String>, new: &IndexMap<String, String>, changes: &mut Vec<Change>) {
    for (key, before) in old {
        match new.get(key) {
            None => changes.breaking(format!("removed `{owner}::{before}`")),
            Some(after) if before != after => {
                changes.breaking(format!("renamed `{owner}::{before}` to `{owner}::{after}`"));
            }
            Some(_) => {}
        }
    }
}

/// The names of what is new in `owner`.
fn added(owner: &str, old: &IndexMap<String, String>, new: &IndexMap<String, String>, changes: &mut Vec<Change>) {
    for (_, name) in new.iter().filter(|(key, _)| !old.contains_key(*key)) {
        changes.additive(format!("added `{owner}::{name}`"));
    }
}

fn operations(old: &[OperationEntry], new: &[OperationEntry], changes: &mut Vec<Change>) {
    for pair in pair(old, new, |entry| (&entry.method, &entry.path)) {
        let start = changes.len();
        match pair {
            (Some(old), Some(new)) => operation(old, new, changes),
            (Some(old), None) => changes.breaking(format!("removed `{}` ({} {})", old.call, old.method, old.path)),
            (None, Some(new)) => changes.additive(format!("added `{}` ({} {})", new.call, new.method, new.path)),
            (None, None) => {}
        }
        about(changes, start, pair.1.or(pair.0).map(About::operation).as_ref());
    }
}

fn operation(old: &OperationEntry, new: &OperationEntry, changes: &mut Vec<Change>) {
    let call = &new.call;
    if old.call != new.call {
        changes.breaking(format!("renamed `{}` to `{call}`", old.call));
    }
    if old.rejected != new.rejected {
        let shown = |rejected: &[String]| match rejected {
            [] => "none".to_owned(),
            rejected => rejected.join(", "),
        };
        let (before, after) = (shown(&old.rejected), shown(&new.rejected));
        changes.behaviour(format!("changed `{call}`: rejected with {after}, was {before}"));
    }
    for pair in pair(&old.parameters, &new.parameters, |parameter| {
        (&parameter.location, &parameter.wire)
    }) {
        match pair {
            (Some(old), Some(new)) => {
                let (before, after) = (
                    argument(&old.name, &old.ty, old.required),
                    argument(&new.name, &new.ty, new.required),
                );
                if before != after {
                    changes.breaking(format!("changed `{call}`: {before} is now {after}"));
                }
            }
            (Some(old), None) => changes.breaking(format!("changed `{call}`: `{}` is gone", old.name)),
            (None, Some(new)) => {
                let kind = if new.required { Kind::Breaking } else { Kind::Additive };
                changes.add(
                    kind,
                    format!("changed `{call}`: takes {}", argument(&new.name, &new.ty, new.required)),
                );
            }
            (None, None) => {}
        }
    }
    let required = |entry: &OperationEntry| {
        let required = entry.parameters.iter().filter(|parameter| parameter.required);
        required.map(|parameter| parameter.wire.clone()).collect::<Vec<_>>()
    };
    arguments(call, &required(old), &required(new), changes);
    for (media_type, parts) in &new.parts {
        if let Some(before) = old.parts.get(media_type) {
            let place = format!("{call} ({media_type})");
            let wires = |parts: &IndexMap<String, String>| parts.keys().cloned().collect::<Vec<_>>();
            arguments(&place, &wires(before), &wires(parts), changes);
            // Whether it has to be given, nobody knows here.
            let what = format!("`{call}` ({media_type}): the part");
            fields(&what, (before, parts), Kind::Breaking, changes);
        }
    }
    let what = |part: &str| format!("`{call}`: the {part}");
    // A first body that need not be given has a setter; a further one makes a choice of what was a type.
    let body = if old.request.is_empty() && new.body.is_some() {
        Kind::Additive
    } else {
        Kind::Breaking
    };
    texts(&what("body"), (&old.request, &new.request), |_, _| body, changes);
    let answer = |status: &str, ty: &str| answer(&old.responses, status, ty);
    texts(&what("answer"), (&old.responses, &new.responses), answer, changes);
    let reading = |_: &str, _: &str| Kind::Additive;
    texts(&what("reading"), (&old.doors, &new.doors), reading, changes);
    texts(&what("stream"), (&old.pages, &new.pages), reading, changes);
    fields(&what("header"), (&old.headers, &new.headers), Kind::Additive, changes);
    if let (Some(before), Some(after)) = (&old.body, &new.body)
        && before != after
    {
        changes.breaking(format!(
            "changed `{call}`: the body is set by `{after}`, was by `{before}`"
        ));
    }
}

/// What it is for callers that an answer comes to those that were there: the first and the second of the successes, or of
/// the types of errors, change the type of all.
fn answer(old: &IndexMap<String, String>, status: &str, ty: &str) -> Kind {
    let is_error = |status: &str| status.starts_with(['4', '5']) || status == "default";
    let alike = old.iter().filter(|(other, _)| is_error(other) == is_error(status));
    let types: IndexSet<&str> = alike.clone().map(|(_, ty)| ty.as_str()).collect();
    let is_same_error = is_error(status) && types.len() == 1 && types.contains(ty);
    let are_several = if is_error(status) {
        types.len() > 1
    } else {
        alike.count() > 1
    };
    if are_several || is_same_error {
        Kind::Additive
    } else {
        Kind::Breaking
    }
}

fn webhooks(old: &[WebhookEntry], new: &[WebhookEntry], changes: &mut Vec<Change>) {
    for pair in pair(old, new, |entry| (&entry.operation, &entry.name)) {
        match pair {
            (Some(old), Some(new)) => webhook(old, new, changes),
            (Some(old), None) => changes.breaking(format!("removed `{}` (sent as `{}`)", old.path, old.name)),
            (None, Some(new)) => changes.additive(format!("added `{}` (sent as `{}`)", new.path, new.name)),
            (None, None) => {}
        }
    }
}

fn webhook(old: &WebhookEntry, new: &WebhookEntry, changes: &mut Vec<Change>) {
    let path = &new.path;
    if old.path != new.path {
        changes.breaking(format!("renamed `{}` to `{path}`", old.path));
    }
    if old.method != new.method {
        changes.behaviour(format!("changed `{path}`: sent by {}, was {}", new.method, old.method));
    }
    if old.told_by != new.told_by {
        let shown = |told_by: &Option<String>| told_by.clone().unwrap_or_else(|| "nothing".to_owned());
        let (before, after) = (shown(&old.told_by), shown(&new.told_by));
        changes.behaviour(format!("changed `{path}`: its body tells it by {after}, was {before}"));
    }
    // The first of them is what the variant holds.
    let first = |entry: &WebhookEntry| entry.payloads.keys().next().cloned();
    let body = if first(old) == first(new) {
        Kind::Additive
    } else {
        Kind::Breaking
    };
    let what = |part: &str| format!("`{path}`: the {part}");
    texts(&what("body"), (&old.payloads, &new.payloads), |_, _| body, changes);
    let answer = |_: &str, _: &str| Kind::Additive;
    texts(&what("answer"), (&old.responses, &new.responses), answer, changes);
}

/// Says of a function that its arguments moved: where their types are the same, the compiler does not.
fn arguments(function: &str, old: &[String], new: &[String], changes: &mut Vec<Change>) {
    if old.iter().zip(new).any(|(before, after)| before != after) {
        let (before, after) = (old.join(", "), new.join(", "));
        changes.breaking(format!(
            "changed `{function}`: the arguments are ({after}), were ({before}); look at every call"
        ));
    }
}

fn argument(name: &str, ty: &str, required: bool) -> String {
    format!("{} `{name}: {ty}`", if required { "required" } else { "optional" })
}

/// What there was and what there is.
type Texts<'m> = (&'m IndexMap<String, String>, &'m IndexMap<String, String>);

/// What became of fields, each by its name on the wire.
fn fields(what: &str, (old, new): Texts<'_>, coming: Kind, changes: &mut Vec<Change>) {
    for (wire, before) in old {
        match new.get(wire) {
            None => changes.breaking(format!("changed {what} `{wire}` is gone")),
            Some(after) if before != after => {
                changes.breaking(format!("changed {what} `{wire}` is `{after}`, was `{before}`"));
            }
            Some(_) => {}
        }
    }
    for wire in new.keys().filter(|wire| !old.contains_key(*wire)) {
        changes.add(coming, format!("changed {what} `{wire}` is new"));
    }
}

fn texts(what: &str, (old, new): Texts<'_>, coming: impl Fn(&str, &str) -> Kind, changes: &mut Vec<Change>) {
    for (key, before) in old {
        match new.get(key) {
            Some(after) if before == after => {}
            Some(after) => changes.breaking(format!("changed {what} for {key} is `{after}`, was `{before}`")),
            None => changes.breaking(format!("changed {what} for {key} is gone")),
        }
    }
    for (key, after) in new.iter().filter(|(key, _)| !old.contains_key(*key)) {
        changes.add(
            coming(key, after),
            format!("changed {what} for {key} is new: `{after}`"),
        );
    }
}

#[cfg(test)]
mod tests;
