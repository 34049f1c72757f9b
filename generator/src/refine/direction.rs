//! Where each definition travels.

use super::graph;
use crate::{
    Config,
    diagnostics::Diagnostics,
    ir::{Api, Direction},
};

/// Follows every operation and webhook to all that its requests and responses are made of.
pub(super) fn direct(api: &mut Api, _: &Config, _: &mut Diagnostics) {
    let request = graph::reached(&api.types, graph::sent(api));
    let response = graph::reached(&api.types, graph::received(api));
    for (id, (request, response)) in api.types.ids().zip(request.into_iter().zip(response)) {
        api.types[id].direction = Direction { request, response };
    }
}
