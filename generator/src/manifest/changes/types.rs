//! The types of two manifests in, what changed for callers of each out.

use std::fmt;

use indexmap::IndexMap;

use super::{arguments, pair};
use crate::manifest::{
    About, Manifest, Member, TypeEntry,
    about::about,
    change::{Change, Gather as _, Kind},
};

pub(super) fn types(old: &[TypeEntry], new: &[TypeEntry], changes: &mut Vec<Change>) {
    for pair in pair(old, new, |entry| entry.schema.as_ref().ok_or(&entry.path)) {
        let start = changes.len();
        match pair {
            (Some(old), Some(new)) => {
                if old.path != new.path {
                    changes.breaking(format!("renamed `{}` to `{}`", old.path, new.path));
                }
                if old.kind != new.kind {
                    let (before, after) = (with_article(&old.kind), with_article(&new.kind));
                    changes.breaking(format!("changed `{}`: was {before}, is {after}", new.path));
                }
                members(&new.path, &old.members, &new.members, &new.kind, changes);
                if new.kind == "struct" && old.kind == "struct" {
                    let function = format!("{}::new", new.path);
                    arguments(&function, &required(&old.members), &required(&new.members), changes);
                }
            }
            (Some(old), None) => changes.breaking(format!("removed `{}`", old.path)),
            (None, Some(new)) => changes.additive(format!("added `{}`", new.path)),
            (None, None) => {}
        }
        about(changes, start, pair.1.or(pair.0).and_then(About::ty).as_ref());
    }
    sharing(old, new, changes);
}

/// Says of types that are there before and after whether they have become one or have parted: who implements a trait for
/// both, or hands one over for the other, hears of it. Which of them is written out is nobody's concern.
fn sharing(old: &[TypeEntry], new: &[TypeEntry], changes: &mut Vec<Change>) {
    part(&written(old), &written(new), changes);
}

/// The same of the types of several documents, each with those that are one with another's; each document has the name of its
/// module.
pub(super) fn parted(old: &[(&str, &Manifest)], new: &[(&str, &Manifest)], changes: &mut Vec<Change>) {
    let [old, new] = [old, new].map(|documents| {
        let all = documents.iter().flat_map(|(module, manifest)| {
            manifest.types.iter().map(move |entry| {
                let path = format!("{module}::{}", entry.path);
                (path.clone(), entry.one_with.clone().unwrap_or(path))
            })
        });
        all.collect::<Vec<(String, String)>>()
    });
    let [old, new] = [&old, &new].map(|types| types.iter().map(|(path, is)| (path.as_str(), is.as_str())).collect());
    part(&old, &new, changes);
}

/// Says which types are no longer one, and which are now: of those that are there before and after.
fn part<'t>(before: &IndexMap<&'t str, &'t str>, after: &IndexMap<&'t str, &'t str>, changes: &mut Vec<Change>) {
    let stay = after
        .iter()
        .filter_map(|(path, is)| Some((*path, *before.get(path)?, *is)));
    let stay: Vec<(&str, &str, &str)> = stay.collect();
    // Each is compared with the one that is written out for it, and where that does not stay, with the first of its kind.
    let (mut of_was, mut of_is) = (IndexMap::new(), IndexMap::new());
    for (path, was, is) in &stay {
        let first = of_was.entry(*was).or_insert((*path, *is));
        if path == was {
            *first = (*path, *is);
        }
        let first = of_is.entry(*is).or_insert((*path, *was));
        if path == is {
            *first = (*path, *was);
        }
    }
    for (path, was, is) in stay {
        if let Some((other, _)) = of_was.get(was).filter(|(_, now)| *now != is) {
            changes.breaking(format!("changed `{path}`: is no longer the same type as `{other}`"));
        }
        if let Some((other, _)) = of_is.get(is).filter(|(_, then)| *then != was) {
            changes.breaking(format!("changed `{path}`: is the same type as `{other}`"));
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

fn members(
    path: &str,
    old: &IndexMap<String, Member>,
    new: &IndexMap<String, Member>,
    of: &str,
    changes: &mut Vec<Change>,
) {
    for (name, before) in old {
        match new.get(name) {
            None => changes.breaking(format!("changed `{path}`: `{name}` is gone")),
            Some(after) if before.ty != after.ty => {
                changes.breaking(format!(
                    "changed `{path}`: `{name}` is {}, was {}",
                    Shown(after),
                    Shown(before)
                ));
            }
            Some(after) if before.required != after.required => {
                let now = if after.required { "required" } else { "optional" };
                changes.breaking(format!("changed `{path}`: `{name}` is {now}"));
            }
            Some(after) if before.wire != after.wire => {
                let said = match (before.wire.as_str(), after.wire.as_str()) {
                    ("", after) => format!("is told by `{after}`, was by what it holds"),
                    (before, "") => format!("is told by what it holds, was by `{before}`"),
                    (before, after) => format!("is sent as `{after}`, was `{before}`"),
                };
                changes.behaviour(format!("changed `{path}`: `{name}` {said}"));
            }
            Some(_) => {}
        }
    }
    for (name, after) in new.iter().filter(|(name, _)| !old.contains_key(*name)) {
        let required = if after.required { "required " } else { "" };
        // Of tuples, everybody writes all items.
        let kind = if after.required || of == "tuple" {
            Kind::Breaking
        } else {
            Kind::Additive
        };
        match after.ty.as_str() {
            "" => changes.add(kind, format!("changed `{path}`: `{name}` is new")),
            ty => changes.add(kind, format!("changed `{path}`: {required}`{name}: {ty}` is new")),
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
