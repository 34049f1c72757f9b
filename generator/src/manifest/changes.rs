//! Two manifests in, what changed for a caller out: one sentence a change.

use std::fmt;

use indexmap::{IndexMap, IndexSet};

use super::{ClientEntry, Manifest, Member, OperationEntry, TypeEntry, WebhookEntry};

/// What `new` adds to, takes from or changes in the Rust API that `old` describes.
#[must_use]
pub fn changes(old: &Manifest, new: &Manifest) -> Vec<String> {
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

fn features(old: &[String], new: &[String], changes: &mut Vec<String>) {
    for pair in pair(old, new, |name| name) {
        match pair {
            (Some(old), None) => changes.push(format!("removed the feature `{old}`")),
            (None, Some(new)) => changes.push(format!("added the feature `{new}`")),
            (Some(_), Some(_)) | (None, None) => {}
        }
    }
}

fn client(old: &ClientEntry, new: &ClientEntry, changes: &mut Vec<String>) {
    match (&old.new, &new.new) {
        (Some(before), Some(after)) if before != after => changes.push(format!(
            "changed `Client::new`: the arguments are ({}), were ({})",
            after.join(", "),
            before.join(", ")
        )),
        (Some(_), Some(_)) if old.scheme != new.scheme => {
            let shown = |scheme: &Option<String>| scheme.clone().unwrap_or_default();
            changes.push(format!(
                "changed `Client::new`: the credential is that of `{}`, was that of `{}`",
                shown(&new.scheme),
                shown(&old.scheme)
            ));
        }
        (Some(_), None) => changes.push("removed `Client::new`".to_owned()),
        (None, Some(_)) => changes.push("added `Client::new`".to_owned()),
        _ => {}
    }
    lost("ClientBuilder", &old.credentials, &new.credentials, changes);
    lost("Server", &old.servers, &new.servers, changes);
    added("Server", &old.servers, &new.servers, changes);
    added("ClientBuilder", &old.credentials, &new.credentials, changes);
}

/// The names that something of `owner` has no longer, by what it is called in the document.
fn lost(owner: &str, old: &IndexMap<String, String>, new: &IndexMap<String, String>, changes: &mut Vec<String>) {
    for (key, before) in old {
        match new.get(key) {
            None => changes.push(format!("removed `{owner}::{before}`")),
            Some(after) if before != after => {
                changes.push(format!("renamed `{owner}::{before}` to `{owner}::{after}`"));
            }
            Some(_) => {}
        }
    }
}

/// The names of what is new in `owner`.
fn added(owner: &str, old: &IndexMap<String, String>, new: &IndexMap<String, String>, changes: &mut Vec<String>) {
    for (_, name) in new.iter().filter(|(key, _)| !old.contains_key(*key)) {
        changes.push(format!("added `{owner}::{name}`"));
    }
}

fn operations(old: &[OperationEntry], new: &[OperationEntry], changes: &mut Vec<String>) {
    for pair in pair(old, new, |entry| (&entry.method, &entry.path)) {
        match pair {
            (Some(old), Some(new)) => operation(old, new, changes),
            (Some(old), None) => changes.push(format!("removed `{}` ({} {})", old.call, old.method, old.path)),
            (None, Some(new)) => changes.push(format!("added `{}` ({} {})", new.call, new.method, new.path)),
            (None, None) => {}
        }
    }
}

fn operation(old: &OperationEntry, new: &OperationEntry, changes: &mut Vec<String>) {
    let call = &new.call;
    if old.call != new.call {
        changes.push(format!("renamed `{}` to `{call}`", old.call));
    }
    if old.rejected != new.rejected {
        let shown = |rejected: &[String]| match rejected {
            [] => "none".to_owned(),
            rejected => rejected.join(", "),
        };
        let (before, after) = (shown(&old.rejected), shown(&new.rejected));
        changes.push(format!("changed `{call}`: rejected with {after}, was {before}"));
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
                    changes.push(format!("changed `{call}`: {before} is now {after}"));
                }
            }
            (Some(old), None) => changes.push(format!("changed `{call}`: `{}` is gone", old.name)),
            (None, Some(new)) => {
                changes.push(format!(
                    "changed `{call}`: takes {}",
                    argument(&new.name, &new.ty, new.required)
                ));
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
            fields(&format!("`{call}` ({media_type}): the part"), before, parts, changes);
        }
    }
    texts(&format!("`{call}`: the body"), &old.request, &new.request, changes);
    texts(
        &format!("`{call}`: the answer"),
        &old.responses,
        &new.responses,
        changes,
    );
    texts(&format!("`{call}`: the reading"), &old.doors, &new.doors, changes);
    texts(&format!("`{call}`: the stream"), &old.pages, &new.pages, changes);
    fields(&format!("`{call}`: the header"), &old.headers, &new.headers, changes);
    if let (Some(before), Some(after)) = (&old.body, &new.body)
        && before != after
    {
        changes.push(format!(
            "changed `{call}`: the body is set by `{after}`, was by `{before}`"
        ));
    }
}

fn webhooks(old: &[WebhookEntry], new: &[WebhookEntry], changes: &mut Vec<String>) {
    for pair in pair(old, new, |entry| (&entry.operation, &entry.name)) {
        match pair {
            (Some(old), Some(new)) => webhook(old, new, changes),
            (Some(old), None) => changes.push(format!("removed `{}` (sent as `{}`)", old.path, old.name)),
            (None, Some(new)) => changes.push(format!("added `{}` (sent as `{}`)", new.path, new.name)),
            (None, None) => {}
        }
    }
}

fn webhook(old: &WebhookEntry, new: &WebhookEntry, changes: &mut Vec<String>) {
    let path = &new.path;
    if old.path != new.path {
        changes.push(format!("renamed `{}` to `{path}`", old.path));
    }
    if old.method != new.method {
        changes.push(format!("changed `{path}`: sent by {}, was {}", new.method, old.method));
    }
    if old.told_by != new.told_by {
        let shown = |told_by: &Option<String>| told_by.clone().unwrap_or_else(|| "nothing".to_owned());
        let (before, after) = (shown(&old.told_by), shown(&new.told_by));
        changes.push(format!("changed `{path}`: its body tells it by {after}, was {before}"));
    }
    texts(&format!("`{path}`: the body"), &old.payloads, &new.payloads, changes);
    texts(
        &format!("`{path}`: the answer"),
        &old.responses,
        &new.responses,
        changes,
    );
}

/// Says of a function that its arguments moved: where their types are the same, the compiler does not.
fn arguments(function: &str, old: &[String], new: &[String], changes: &mut Vec<String>) {
    if old.iter().zip(new).any(|(before, after)| before != after) {
        let (before, after) = (old.join(", "), new.join(", "));
        changes.push(format!(
            "changed `{function}`: the arguments are ({after}), were ({before}); look at every call"
        ));
    }
}

fn argument(name: &str, ty: &str, required: bool) -> String {
    format!("{} `{name}: {ty}`", if required { "required" } else { "optional" })
}

/// What became of fields, each by its name on the wire.
fn fields(what: &str, old: &IndexMap<String, String>, new: &IndexMap<String, String>, changes: &mut Vec<String>) {
    for (wire, before) in old {
        match new.get(wire) {
            None => changes.push(format!("changed {what} `{wire}` is gone")),
            Some(after) if before != after => {
                changes.push(format!("changed {what} `{wire}` is `{after}`, was `{before}`"));
            }
            Some(_) => {}
        }
    }
    for wire in new.keys().filter(|wire| !old.contains_key(*wire)) {
        changes.push(format!("changed {what} `{wire}` is new"));
    }
}

fn texts(what: &str, old: &IndexMap<String, String>, new: &IndexMap<String, String>, changes: &mut Vec<String>) {
    for (key, before) in old {
        match new.get(key) {
            Some(after) if before == after => {}
            Some(after) => changes.push(format!("changed {what} for {key} is `{after}`, was `{before}`")),
            None => changes.push(format!("changed {what} for {key} is gone")),
        }
    }
    for (key, after) in new.iter().filter(|(key, _)| !old.contains_key(*key)) {
        changes.push(format!("changed {what} for {key} is new: `{after}`"));
    }
}

fn types(old: &[TypeEntry], new: &[TypeEntry], changes: &mut Vec<String>) {
    for pair in pair(old, new, |entry| entry.schema.as_ref().ok_or(&entry.path)) {
        match pair {
            (Some(old), Some(new)) => {
                if old.path != new.path {
                    changes.push(format!("renamed `{}` to `{}`", old.path, new.path));
                }
                if old.kind != new.kind {
                    let (before, after) = (with_article(&old.kind), with_article(&new.kind));
                    changes.push(format!("changed `{}`: was {before}, is {after}", new.path));
                }
                members(&new.path, &old.members, &new.members, changes);
                if new.kind == "struct" && old.kind == "struct" {
                    let function = format!("{}::new", new.path);
                    arguments(&function, &required(&old.members), &required(&new.members), changes);
                }
            }
            (Some(old), None) => changes.push(format!("removed `{}`", old.path)),
            (None, Some(new)) => changes.push(format!("added `{}`", new.path)),
            (None, None) => {}
        }
    }
    sharing(old, new, changes);
}

/// Says of types that are there before and after whether they have become one or have parted: who implements a trait for
/// both, or hands one over for the other, hears of it. Which of them is written out is nobody's concern.
fn sharing(old: &[TypeEntry], new: &[TypeEntry], changes: &mut Vec<String>) {
    let (before, after) = (written(old), written(new));
    let mut said = IndexSet::new();
    for path in new.iter().map(|entry| entry.path.as_str()) {
        let (Some(was), Some(is)) = (before.get(path), after.get(path)) else {
            continue;
        };
        if after.contains_key(was) && after.get(was) != Some(is) && said.insert([path, was]) {
            changes.push(format!("changed `{path}`: is no longer the same type as `{was}`"));
        }
        if before.contains_key(is) && before.get(is) != Some(was) && said.insert([path, is]) {
            changes.push(format!("changed `{path}`: is the same type as `{is}`"));
        }
    }
}

/// Each type, and the one that it is a name for: itself, if it is none.
fn written(types: &[TypeEntry]) -> IndexMap<&str, &str> {
    let types = types.iter();
    types
        .map(|entry| (entry.path.as_str(), entry.same_as.as_deref().unwrap_or(&entry.path)))
        .collect()
}

/// The members without which a value cannot be made, by their names on the wire.
fn required(members: &IndexMap<String, Member>) -> Vec<String> {
    let required = members.values().filter(|member| member.required);
    required.map(|member| member.wire.clone()).collect()
}

fn with_article(kind: &str) -> String {
    let article = if kind.starts_with(['a', 'e', 'i', 'o']) {
        "an"
    } else {
        "a"
    };
    format!("{article} {kind}")
}

fn members(path: &str, old: &IndexMap<String, Member>, new: &IndexMap<String, Member>, changes: &mut Vec<String>) {
    for (name, before) in old {
        match new.get(name) {
            None => changes.push(format!("changed `{path}`: `{name}` is gone")),
            Some(after) if before.ty != after.ty => {
                changes.push(format!(
                    "changed `{path}`: `{name}` is {}, was {}",
                    Shown(after),
                    Shown(before)
                ));
            }
            Some(after) if before.required != after.required => {
                let now = if after.required { "required" } else { "optional" };
                changes.push(format!("changed `{path}`: `{name}` is {now}"));
            }
            Some(after) if before.wire != after.wire => {
                let said = match (before.wire.as_str(), after.wire.as_str()) {
                    ("", after) => format!("is told by `{after}`, was by what it holds"),
                    (before, "") => format!("is told by what it holds, was by `{before}`"),
                    (before, after) => format!("is sent as `{after}`, was `{before}`"),
                };
                changes.push(format!("changed `{path}`: `{name}` {said}"));
            }
            Some(_) => {}
        }
    }
    for (name, after) in new.iter().filter(|(name, _)| !old.contains_key(*name)) {
        let required = if after.required { "required " } else { "" };
        match after.ty.as_str() {
            "" => changes.push(format!("changed `{path}`: `{name}` is new")),
            ty => changes.push(format!("changed `{path}`: {required}`{name}: {ty}` is new")),
        }
    }
}

/// A type, or the lack of one.
struct Shown<'m>(&'m Member);

impl fmt::Display for Shown<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0.ty.as_str() {
            "" => formatter.write_str("without a value"),
            ty => write!(formatter, "`{ty}`"),
        }
    }
}

#[cfg(test)]
mod tests;
