//! A document and an overlay in, the document with the overlay's actions done to it out, and where each value came from.
//!
//! OpenAPI Overlay 1.0 and 1.1: each action selects values by `JSONPath` (RFC 9535) and updates or removes them, or copies
//! another value into them. Objects are merged member by member, lists are continued, and a scalar replaces a scalar.
//! An action that matches nothing is a mistake in one of the two files, and would go unnoticed.

use std::collections::BTreeMap;

use serde_json::{Map, Value};
use serde_json_path::JsonPath;

use super::{moves::Moves, refuse, words::nearest};
use crate::{
    diagnostics::{Code, Diagnostic, did_you_mean},
    ir::Pointer,
};

/// Does the actions of `overlay`, the whole of which is at `file`, to `root`: a layer of moves for each.
pub(super) fn lay(root: &mut Value, overlay: &Value, file: &Pointer) -> Result<Vec<Moves>, Vec<Diagnostic>> {
    let actions = actions(overlay, file).map_err(|problem| vec![problem])?;
    let list = file.child("actions");
    let mut layers = Vec::with_capacity(actions.len());
    let mut problems = Vec::new();
    for (index, action) in actions.iter().enumerate() {
        match Action::read(action, list.item(index)).and_then(|action| action.run(root)) {
            Ok(moves) => layers.push(moves),
            Err(problem) => problems.push(problem),
        }
    }
    if problems.is_empty() { Ok(layers) } else { Err(problems) }
}

/// The actions of an overlay, which says of itself that it is one.
fn actions<'o>(overlay: &'o Value, file: &Pointer) -> Result<&'o [Value], Diagnostic> {
    let Some(version) = overlay.get("overlay") else {
        let message = "this is no overlay: it lacks `overlay`";
        return Err(problem(file, message).with_hint("an overlay begins with `overlay: 1.0.0`"));
    };
    let known = version.as_str().is_some_and(|version| version.starts_with("1."));
    if !known {
        let message = format!("`{version}` is no version of overlays that is known");
        return Err(problem(&file.child("overlay"), message).with_hint("write `1.0.0` or `1.1.0`"));
    }
    match overlay.get("actions") {
        Some(Value::Array(actions)) if !actions.is_empty() => Ok(actions),
        Some(_) => Err(problem(
            &file.child("actions"),
            "`actions` must be a list with at least one action",
        )),
        None => Err(problem(file, "the overlay lacks `actions`")),
    }
}

/// What is done to the values that are selected.
enum Change<'o> {
    Update(&'o Value),
    Copy(&'o str),
    Remove,
}

/// One action of an overlay.
struct Action<'o> {
    place: Pointer,
    target: &'o str,
    change: Change<'o>,
}

impl<'o> Action<'o> {
    fn read(value: &'o Value, place: Pointer) -> Result<Self, Diagnostic> {
        const MEMBERS: [&str; 5] = ["target", "description", "update", "remove", "copy"];
        let Value::Object(members) = value else {
            return Err(problem(&place, "an action must be an object"));
        };
        let is_known = |name: &str| name.starts_with("x-") || MEMBERS.contains(&name);
        if let Some(name) = members.keys().find(|name| !is_known(name)) {
            let said = problem(&place.child(name), format!("`{name}` is no member of an action"));
            return Err(match nearest(name, MEMBERS.into_iter()) {
                Some(meant) => said.with_hint(did_you_mean(meant)),
                None => said,
            });
        }
        let Some(target) = members.get("target").and_then(Value::as_str) else {
            return Err(problem(&place, "the action lacks `target`, a JSONPath"));
        };
        let change = change(members, &place)?;
        Ok(Self { place, target, change })
    }

    /// Does it to `root`; what moved is told in places of `root` as it was before.
    fn run(&self, root: &mut Value) -> Result<Moves, Diagnostic> {
        let targets = Self::select(root, self.target, &self.place.child("target"))?;
        let mut moves = Moves::default();
        match self.change {
            Change::Remove => remove(root, &targets, &mut moves).map_err(|message| problem(&self.place, message))?,
            Change::Update(update) => {
                let source = self.place.child("update");
                Self::merge_into(root, &targets, update, &source, &mut moves)?;
            }
            Change::Copy(path) => {
                let place = self.place.child("copy");
                let [source] = Self::select(root, path, &place)?.try_into().map_err(|found: Vec<_>| {
                    problem(
                        &place,
                        format!("`{path}` matches {} values; a copy is of one", found.len()),
                    )
                })?;
                let copied = root.pointer(source.as_str()).cloned().unwrap_or_default();
                Self::merge_into(root, &targets, &copied, &source, &mut moves)?;
            }
        }
        Ok(moves)
    }

    /// The places that `path` selects, each once; none is a problem.
    fn select(root: &Value, path: &str, place: &Pointer) -> Result<Vec<Pointer>, Diagnostic> {
        let parsed = JsonPath::parse(path)
            .map_err(|error| problem(place, format!("`{path}` is no JSONPath: {}", error.message())))?;
        let found = parsed.query_located(root).dedup();
        let found: Vec<Pointer> = found
            .locations()
            .filter_map(|location| Pointer::parse(&location.to_json_pointer()))
            .collect();
        if !found.is_empty() {
            return Ok(found);
        }
        let said = problem(place, format!("`{path}` matches nothing in the document"));
        Err(match near(root, path) {
            Some(hint) => said.with_hint(hint),
            None => said,
        })
    }

    fn merge_into(
        root: &mut Value,
        targets: &[Pointer],
        update: &Value,
        source: &Pointer,
        moves: &mut Moves,
    ) -> Result<(), Diagnostic> {
        for target in targets {
            let Some(value) = root.pointer_mut(target.as_str()) else {
                continue;
            };
            let merged = match (&mut *value, update) {
                // What is given for a list as a whole continues it: another list, or one more element.
                (Value::Array(list), update) if !update.is_array() => {
                    moves.moved(target.clone(), list.len().to_string(), source.clone());
                    list.push(update.clone());
                    Ok(())
                }
                (value, update) => merge(value, update, target, source, moves),
            };
            merged.map_err(|message| problem(source, message))?;
        }
        Ok(())
    }
}

fn change<'o>(members: &'o Map<String, Value>, place: &Pointer) -> Result<Change<'o>, Diagnostic> {
    match (members.get("remove"), members.get("update"), members.get("copy")) {
        (Some(Value::Bool(true)), ..) => Ok(Change::Remove),
        (None | Some(Value::Bool(false)), Some(update), None) => Ok(Change::Update(update)),
        (None | Some(Value::Bool(false)), None, Some(Value::String(path))) => Ok(Change::Copy(path)),
        (None | Some(Value::Bool(false)), None, None) => Err(problem(
            place,
            "the action does nothing: it has neither `update` nor `remove` nor `copy`",
        )),
        (None | Some(Value::Bool(false)), Some(_), Some(_)) => Err(problem(
            place,
            "the action has `update` and `copy`; it can do one of them",
        )),
        (None | Some(Value::Bool(false)), None, Some(_)) => {
            Err(problem(&place.child("copy"), "`copy` must be a JSONPath"))
        }
        (Some(_), ..) => Err(problem(&place.child("remove"), "`remove` must be `true` or `false`")),
    }
}

/// Merges `update`, which stands at `source`, into the value at `place`.
fn merge(
    value: &mut Value,
    update: &Value,
    place: &Pointer,
    source: &Pointer,
    moves: &mut Moves,
) -> Result<(), String> {
    match (value, update) {
        (Value::Object(members), Value::Object(updates)) => {
            for (name, update) in updates {
                let source = source.child(name);
                if let Some(value) = members.get_mut(name) {
                    merge(value, update, &place.child(name), &source, moves)?;
                } else {
                    members.insert(name.clone(), update.clone());
                    moves.moved(place.clone(), name, source);
                }
            }
            Ok(())
        }
        (Value::Array(items), Value::Array(updates)) => {
            for (index, update) in updates.iter().enumerate() {
                moves.moved(place.clone(), items.len().to_string(), source.item(index));
                items.push(update.clone());
            }
            Ok(())
        }
        (value, update) if !is_container(value) && !is_container(update) => {
            *value = update.clone();
            if let Some(name) = place.last() {
                moves.moved(place.parent(), name, source.clone());
            }
            Ok(())
        }
        (value, update) => Err(format!(
            "{} cannot be merged into {} at `#{place}`",
            kind(update),
            kind(value)
        )),
    }
}

fn is_container(value: &Value) -> bool {
    value.is_array() || value.is_object()
}

fn kind(value: &Value) -> &'static str {
    match value {
        Value::Object(_) => "an object",
        Value::Array(_) => "a list",
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => "a scalar",
    }
}

/// Takes the values at `targets` out of what holds them.
fn remove(root: &mut Value, targets: &[Pointer], moves: &mut Moves) -> Result<(), String> {
    let mut holders: BTreeMap<Pointer, Vec<String>> = BTreeMap::new();
    for target in targets {
        let name = target.last().ok_or("the document itself cannot be removed")?;
        holders.entry(target.parent()).or_default().push(name);
    }
    // What is inside goes before what holds it, so that every place is found where it was.
    for (holder, names) in holders.into_iter().rev() {
        match root.pointer_mut(holder.as_str()) {
            Some(Value::Object(members)) => members.retain(|name, _| !names.contains(name)),
            Some(Value::Array(items)) => {
                let remaining: Vec<usize> = (0..items.len())
                    .filter(|index| !names.contains(&index.to_string()))
                    .collect();
                let mut index = 0..;
                items.retain(|_| index.next().is_some_and(|index| remaining.contains(&index)));
                moves.remaining(holder, remaining);
            }
            Some(_) | None => {}
        }
    }
    Ok(())
}

/// Up to where `path` matches something, and what there is instead of the rest.
fn near(root: &Value, path: &str) -> Option<String> {
    let ends = path.char_indices().rev().filter(|(_, char)| matches!(char, '.' | '['));
    for (end, _) in ends {
        let (start, rest) = path.split_at(end);
        let Ok(parsed) = JsonPath::parse(start) else { continue };
        let found = parsed.query(root).all();
        if found.is_empty() {
            continue;
        }
        let name = rest.trim_start_matches(['.', '[', '\'', '"']);
        let name = name.split(['\'', '"', ']', '[', '.']).next().unwrap_or_default();
        let names = found.iter().filter_map(|value| value.as_object()).flat_map(Map::keys);
        let meant = nearest(name, names.map(String::as_str));
        return Some(match meant {
            Some(meant) => format!("`{start}` has `{meant}`; did you mean that?"),
            None => format!("`{start}` is there, and what follows it is not"),
        });
    }
    None
}

fn problem(place: &Pointer, message: impl Into<String>) -> Diagnostic {
    Diagnostic {
        pointer: place.clone(),
        ..refuse(Code::Overlay, message)
    }
}
