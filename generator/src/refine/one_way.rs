//! Members that travel one way only are not needed the other way.

use crate::{
    Config,
    diagnostics::Diagnostics,
    ir::{Access, Api, Presence, Shape},
};

/// Makes a read-only member optional in what is sent, and a write-only one in what is received.
pub(super) fn relax(api: &mut Api, _: &Config, _: &mut Diagnostics) {
    for id in api.types.ids() {
        let definition = &mut api.types[id];
        let Shape::Struct(object) = &mut definition.shape else {
            continue;
        };
        for field in &mut object.fields {
            let absent_one_way = match field.access {
                Access::ReadWrite => false,
                Access::ReadOnly => definition.direction.request,
                Access::WriteOnly => definition.direction.response,
            };
            if absent_one_way {
                field.presence = Presence::Optional;
            }
        }
    }
}
