//! [`Api`] in, [`Api`] out: a table of passes, each of which answers one question.

mod alias;
mod body;
mod boxing;
mod capability;
mod depth;
mod direction;
mod examples;
mod fit;
mod given;
mod graph;
mod one_way;
mod order;
mod prune;
mod size;
mod tag;
mod telling;
mod widest;

use crate::{Config, diagnostics::Diagnostics, ir::Api, manifest::Earlier};

/// A question and the way to answer it.
type Pass = (&'static str, fn(&mut Api, &Config, &mut Diagnostics));

/// In this order: each pass may rely on the answers of those before it.
const PASSES: &[Pass] = &[
    ("which names stand for nothing but themselves?", alias::break_cycles),
    ("which definitions does nothing reach?", prune::prune),
    ("in which direction does each definition travel?", direction::direct),
    (
        "which members travel one way only, and need not be given?",
        one_way::relax,
    ),
    ("which bodies must be there, though no one says so?", body::require),
    ("which members only say which arm of a union it is?", tag::settle),
    ("which members need a box?", boxing::place_boxes),
    ("which members are too large to be held in place?", size::box_large),
    ("how deep are definitions nested?", depth::measure),
    ("what can be derived for each definition?", capability::derive),
    ("how is a success read whose status is not described?", widest::choose),
    ("which member tells the webhooks apart?", telling::find),
    ("what is an example of each answer?", examples::choose),
];

/// Runs every pass, after the arguments stand where callers of an earlier crate expect them, and before what these give
/// and do not give stays so.
pub(crate) fn refine(mut api: Api, config: &Config, earlier: &Earlier<'_>, diagnostics: &mut Diagnostics) -> Api {
    order::order(&mut api, earlier);
    for (_, pass) in PASSES {
        pass(&mut api, config, diagnostics);
    }
    given::keep(&mut api, earlier);
    api
}
