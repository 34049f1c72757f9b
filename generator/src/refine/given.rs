//! An API and the crate that an earlier run made of it in, the members that callers give as they did out.
//!
//! A member that must be there and has one value only is filled in. When the document gives it a second value, callers who
//! never heard of it still mean the first; and who has always given it goes on, when the document leaves one value. So goes on
//! who gives a client a base URL or a credential, when the document names a server or calls may do without.

use super::order::Earlier;
use crate::{
    ir::{Api, Before, Client, Field, Presence, SecuritySchemeId, Shape, Type},
    manifest::{ClientEntry, Manifest, Member},
};

/// Notes for each member, and for the client, what callers of the earlier crate do about it, where the document would have
/// it otherwise.
pub(super) fn keep(api: &mut Api, earlier: Option<&Manifest>) {
    if let Some(entry) = earlier.and_then(|earlier| earlier.client.as_ref()) {
        api.client = client(api, entry);
    }
    let earlier = Earlier::of(earlier);
    for id in api.types.ids().collect::<Vec<_>>() {
        let definition = &mut api.types[id];
        let Some(entry) = earlier.types.get(&definition.key()) else {
            continue;
        };
        let Shape::Struct(object) = &mut definition.shape else {
            continue;
        };
        for field in &mut object.fields {
            let mut members = entry.members.values();
            if let Some(member) = members.find(|member| member.wire == field.wire) {
                field.before = before(field, member);
            }
        }
    }
}

fn client(api: &Api, entry: &ClientEntry) -> Client {
    let is_it = |name: &String| api.security_schemes.iter().position(|scheme| scheme.name == *name);
    Client {
        base_url: entry
            .new
            .iter()
            .flatten()
            .any(|argument| argument == ClientEntry::BASE_URL),
        secret: entry.scheme.as_ref().and_then(is_it).map(SecuritySchemeId),
    }
}

fn before(field: &Field, member: &Member) -> Option<Before> {
    if field.presence == Presence::Optional || matches!(field.ty, Type::Nullable(_)) {
        return None;
    }
    let is_filled = field.constant.is_some() || field.tag.is_some();
    match &member.filled {
        Some(value) if !is_filled => Some(Before::Filled(value.clone())),
        None if is_filled && member.required => Some(Before::Given),
        Some(_) | None => None,
    }
}
