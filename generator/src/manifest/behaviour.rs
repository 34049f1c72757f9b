//! Two documents as they were understood in, what calls do otherwise out: what no name and no type tells.

use std::collections::BTreeMap;

use serde_json::Value;

use super::{
    About, Manifest,
    about::about,
    change::{Change, Gather as _},
};
use crate::{
    Generated,
    ir::{Api, Batch, Operation, Requirement, Server, Shape},
};

/// What changes for callers of the crate `old` when it becomes `new`: all that [`compare`](super::compare) finds, and what
/// calls do otherwise.
#[must_use]
pub fn differences(old: &Generated, new: &Generated) -> Vec<Change> {
    let mut changes = super::compare(&old.manifest, &new.manifest);
    let (was, is) = (base(&old.api.servers), base(&new.api.servers));
    if was != is {
        changes.behaviour(format!("calls go to {is}, went to {was}"));
    }
    schemes(&old.api, &new.api, &mut changes);
    operations(old, new, &mut changes);
    filled(&old.manifest, &new.manifest, &mut changes);
    types(old, new, &mut changes);
    changes
}

/// Where calls go if nobody says otherwise.
fn base(servers: &[Server]) -> String {
    let first = servers.first();
    first.map_or_else(
        || "no server".to_owned(),
        |server| format!("`{}`", server.default_url()),
    )
}

fn schemes(old: &Api, new: &Api, changes: &mut Vec<Change>) {
    for is in &new.security_schemes {
        let Some(was) = old.security_schemes.iter().find(|was| was.name == is.name) else {
            continue;
        };
        if was.kind != is.kind {
            changes.behaviour(format!("the credential of `{}` is sent in another way", is.name));
        }
        let urls = |scheme: &crate::ir::SecurityScheme| {
            let flows = scheme.flows.iter();
            flows
                .map(|flow| {
                    (
                        flow.kind,
                        (
                            flow.authorization_url.clone(),
                            flow.token_url.clone(),
                            flow.refresh_url.clone(),
                        ),
                    )
                })
                .collect::<BTreeMap<_, _>>()
        };
        let (before, after) = (urls(was), urls(is));
        if after
            .iter()
            .any(|(kind, urls)| before.get(kind).is_some_and(|before| before != urls))
        {
            changes.behaviour(format!("tokens of `{}` come from elsewhere", is.name));
        }
    }
}

fn operations(old: &Generated, new: &Generated, changes: &mut Vec<Change>) {
    for is in &new.api.operations {
        let is_same = |was: &&Operation| was.method == is.method && was.template == is.template;
        let Some(was) = old.api.operations.iter().find(is_same) else {
            continue;
        };
        let mut entries = new.manifest.operations.iter();
        let entry = entries.find(|entry| entry.method == is.method.as_str() && entry.path == is.template);
        let Some(call) = entry.map(|entry| entry.call.as_str()) else {
            continue;
        };
        let start = changes.len();
        if was.servers != is.servers && base(&was.servers) != base(&is.servers) {
            let (before, after) = (base(&was.servers), base(&is.servers));
            changes.behaviour(format!(
                "changed `{call}`: it goes to {after} of its own, went to {before}"
            ));
        }
        if was.idempotent != is.idempotent {
            let what = if is.idempotent {
                "does no harm now"
            } else {
                "may do harm now"
            };
            changes.behaviour(format!("changed `{call}`: a repetition {what}"));
        }
        if was.idempotency_key != is.idempotency_key {
            let shown = |key: &Option<String>| key.as_ref().map_or("no header".to_owned(), |key| format!("`{key}`"));
            let (before, after) = (shown(&was.idempotency_key), shown(&is.idempotency_key));
            changes.behaviour(format!(
                "changed `{call}`: the key against repetition is in {after}, was in {before}"
            ));
        }
        for parameter in &is.parameters {
            let before = was.parameters.iter().find(|was| was.place() == parameter.place());
            if let Some(text) = before.and_then(|was| default(was.default.as_ref(), parameter.default.as_ref())) {
                changes.behaviour(format!("changed `{call}`: without `{}` {text}", parameter.wire));
            }
        }
        if was.query != is.query {
            changes.behaviour(format!("changed `{call}`: other pairs of the query are sent with it"));
        }
        let (before, after) = (security(&old.api, was), security(&new.api, is));
        if before != after {
            changes.behaviour(format!("changed `{call}`: it is sent with {after}, was with {before}"));
        }
        if let (Some(before), Some(after)) = (&was.pagination, &is.pagination)
            && before != after
        {
            changes.behaviour(format!("changed `{call}`: something else leads to its next page"));
        }
        batch(call, was.batch.as_ref(), is.batch.as_ref(), changes);
        about(changes, start, entry.map(About::operation).as_ref());
    }
}

/// What the server does where callers say nothing, if that is something else.
fn default(was: Option<&Value>, is: Option<&Value>) -> Option<String> {
    match (was, is) {
        (Some(was), Some(is)) if was != is => Some(format!("the server takes `{is}`, took `{was}`")),
        (Some(was), None) => Some(format!(
            "the server took `{was}`, and it is not said any more what it takes"
        )),
        _ => None,
    }
}

/// What becomes of members that callers say nothing of: of those that are filled in, and of those of what is sent.
fn types(old: &Generated, new: &Generated, changes: &mut Vec<Change>) {
    let before = old.api.types.iter().zip(&old.manifest.types);
    let before: BTreeMap<&str, _> = before
        .map(|((_, was), entry)| (entry.path.as_str(), (was, entry)))
        .collect();
    for ((_, is), entry) in new.api.types.iter().zip(&new.manifest.types) {
        let Some((was, earlier)) = before.get(entry.path.as_str()) else {
            continue;
        };
        let start = changes.len();
        for (name, member) in &entry.members {
            let before = earlier.members.get(name).and_then(|member| member.filled.as_ref());
            if let (Some(before), Some(value)) = (before, &member.filled)
                && before != value
            {
                changes.behaviour(format!(
                    "changed `{}`: `{name}` is `{value}` from the start, was `{before}`",
                    entry.path
                ));
            }
        }
        if let (Shape::Struct(was), Shape::Struct(is), true) = (&was.shape, &is.shape, is.direction.request) {
            for field in &is.fields {
                let before = was.fields.iter().find(|was| was.wire == field.wire);
                if let Some(text) = before.and_then(|was| default(was.default.as_ref(), field.default.as_ref())) {
                    changes.behaviour(format!("changed `{}`: without `{}` {text}", entry.path, field.wire));
                }
            }
        }
        about(changes, start, About::ty(entry).as_ref());
    }
}

/// The credentials that an operation is sent with.
fn security(api: &Api, operation: &Operation) -> String {
    let name = |requirement: &Requirement| {
        let scheme = api.security_schemes.get(requirement.scheme.0);
        scheme.map_or_else(String::new, |scheme| format!("`{}`", scheme.name))
    };
    let alternatives = operation.security.iter().map(|all| match all.as_slice() {
        [] => "no credential".to_owned(),
        all => all.iter().map(name).collect::<Vec<_>>().join(" and "),
    });
    let alternatives: Vec<String> = alternatives.collect();
    if alternatives.is_empty() {
        "no credential".to_owned()
    } else {
        alternatives.join(" or ")
    }
}

fn batch(call: &str, old: Option<&Batch>, new: Option<&Batch>, changes: &mut Vec<Change>) {
    match (old, new) {
        (Some(was), Some(is)) if was.limit != is.limit => {
            let text = format!(
                "changed `{call}`: takes {} inputs at once, took {}",
                is.limit, was.limit
            );
            changes.behaviour(text);
        }
        (Some(was), Some(is)) if was != is => {
            changes.behaviour(format!(
                "changed `{call}`: what becomes of each input is told in another way"
            ));
        }
        (Some(_), None) => changes.breaking(format!("removed `{call}_all`")),
        (None, Some(_)) => changes.additive(format!("added `{call}_all`")),
        _ => {}
    }
}

/// What is sent without being asked for.
fn filled(old: &Manifest, new: &Manifest, changes: &mut Vec<Change>) {
    for is in &new.operations {
        let mut before = old.operations.iter();
        let Some(was) = before.find(|was| was.method == is.method && was.path == is.path) else {
            continue;
        };
        let start = changes.len();
        for (name, value) in &is.filled {
            if let Some(before) = was.filled.get(name).filter(|before| *before != value) {
                changes.behaviour(format!(
                    "changed `{}`: {name} is sent as `{value}`, was `{before}`",
                    is.call
                ));
            }
        }
        about(changes, start, Some(&About::operation(is)));
    }
}
