//! A refusal in, overlays without those of their actions that match nothing out.

use generator::{Refusal, diagnostics::Code, ir::Pointer};
use serde_json::{Value, json};

use crate::input::Document;

/// An action that does nothing to a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Idle {
    /// Which overlay it is of, and which of its actions it is.
    place: (usize, usize),
    pub(crate) overlay: String,
    pub(crate) target: String,
    /// What may be meant instead.
    pub(crate) hint: Option<String>,
}

impl Idle {
    pub(crate) fn is_same(&self, other: &Self) -> bool {
        self.place == other.place
    }
}

/// Takes the actions out of `overlays` of which `refusal` says that their target selects nothing; none where it says
/// anything else.
pub(crate) fn take_out(overlays: &mut [Document], refusal: &Refusal) -> Option<Vec<Idle>> {
    let places = refusal.problems.iter().map(|problem| {
        let place = action(&problem.pointer, overlays);
        place.filter(|_| problem.code == Code::Overlay)
    });
    let places: Vec<(usize, usize)> = places.collect::<Option<_>>()?;
    let hints = refusal.problems.iter().map(|problem| problem.hint.clone());
    let taken = places.into_iter().zip(hints);
    taken
        .map(|(place, hint)| {
            Some(Idle {
                hint,
                ..without(overlays, place)?
            })
        })
        .collect()
}

/// The overlay, and the action of it, the target of which is at `pointer`.
fn action(pointer: &Pointer, overlays: &[Document]) -> Option<(usize, usize)> {
    // An overlay that is laid twice has a longer name the second time.
    const FILE: &str = "overlay:";
    let file = pointer.file()?;
    let mut named = overlays.iter().enumerate().filter(|(_, overlay)| {
        file.strip_suffix(overlay.name.as_str())
            .is_some_and(|start| start.replace(FILE, "").is_empty())
    });
    let repeated = file.strip_suffix(named.clone().next()?.1.name.as_str())?.len() / FILE.len();
    let (overlay, _) = named.nth(repeated.checked_sub(1)?)?;
    let tokens: Vec<String> = pointer.tokens().collect();
    match tokens.as_slice() {
        [actions, index, target] if actions == "actions" && target == "target" => Some((overlay, index.parse().ok()?)),
        _ => None,
    }
}

/// Has an action of an overlay do nothing.
fn without(overlays: &mut [Document], place: (usize, usize)) -> Option<Idle> {
    let document = overlays.get_mut(place.0)?;
    let mut overlay: Value = serde_yaml::from_slice(&document.bytes).ok()?;
    let action = overlay.get_mut("actions")?.get_mut(place.1)?;
    let target = action.get("target")?.as_str()?.to_owned();
    *action = json!({ "target": "$", "update": {} });
    document.bytes = overlay.to_string().into_bytes();
    Some(Idle {
        place,
        overlay: document.name.clone(),
        target,
        hint: None,
    })
}
