//! Definitions in, their names and files out.

use std::collections::BTreeMap;

use super::{
    Model, OperationNames,
    ident::{Ident, TypeName},
    reserved::Namespace,
    scope::{Scope, Wish},
    words::words,
};
use crate::{
    Config,
    ir::{Api, Origin, Parent, Role, Status, TypeId},
};

/// The name of every definition, in their order, and the files of `models`.
///
/// Components are named first, then what is written inside what has a name already, generation by generation: so a
/// schema that is written in place never takes a component's name.
pub(super) fn types(
    api: &Api,
    config: &Config,
    operations: &[OperationNames],
    groups: &[&str],
) -> (Vec<TypeName>, Vec<Model>) {
    let mut names: BTreeMap<TypeId, TypeName> = BTreeMap::new();
    let mut scope = Scope::default();
    loop {
        let generation: Vec<(TypeId, Wish)> = api
            .types
            .ids()
            .filter(|id| !names.contains_key(id))
            .filter_map(|id| Some((id, wish(api, config, operations, groups, &names, id)?)))
            .collect();
        if generation.is_empty() {
            break;
        }
        let components = names.is_empty() && generation.iter().any(|(id, _)| is_component(api, *id));
        let (ids, wishes): (Vec<_>, Vec<_>) = generation
            .into_iter()
            .filter(|(id, _)| !components || is_component(api, *id))
            .unzip();
        names.extend(ids.into_iter().zip(scope.settle::<TypeName>(&wishes, Namespace::Model)));
    }
    let models = models(api, &names);
    let names = api.types.ids().map(|id| match names.remove(&id) {
        Some(name) => name,
        None => unreachable!("parents form no ring, so every definition gets its turn"),
    });
    (names.collect(), models)
}

fn is_component(api: &Api, id: TypeId) -> bool {
    matches!(api.types[id].origin, Origin::Component(_))
}

/// What a definition would like to be called; nothing until its parent has a name.
fn wish(
    api: &Api,
    config: &Config,
    operations: &[OperationNames],
    groups: &[&str],
    names: &BTreeMap<TypeId, TypeName>,
    id: TypeId,
) -> Option<Wish> {
    let (parent, role) = match &api.types[id].origin {
        Origin::Component(name) => return Some(Wish::wire(name).unless(config.rename.types.get(name))),
        Origin::Inline { parent, role } => (parent, role),
    };
    let parent = match parent {
        Parent::Type(parent) => names.get(parent)?.as_str().to_owned(),
        Parent::Operation(operation) => {
            let operation = operations.get(operation.0)?;
            format!("{} {}", groups.get(operation.group)?, operation.method.as_str())
        }
        Parent::Component(name) => name.clone(),
    };
    let mut best = words(&parent);
    best.extend(role_words(role));
    // The place tells twins apart: it is theirs alone.
    Some(Wish::words(api.types[id].pointer.as_str(), vec![best]))
}

fn role_words(role: &Role) -> Vec<String> {
    match role {
        Role::Property(name) | Role::Parameter(name) | Role::Header(name) => words(name),
        Role::Item => vec!["item".to_owned()],
        Role::AdditionalProperty => vec!["value".to_owned()],
        Role::Variant(index) => vec!["variant".to_owned(), (index + 1).to_string()],
        Role::RequestBody(None) => vec!["body".to_owned()],
        Role::RequestBody(Some(media_type)) => [words(media_type), vec!["body".to_owned()]].concat(),
        Role::Response(status) => match status {
            Status::Code(200) => vec!["response".to_owned()],
            Status::Default => vec!["error".to_owned()],
            Status::Code(_) | Status::Class(_) => vec!["response".to_owned(), status.to_string().to_lowercase()],
        },
    }
}

/// A file for every definition that is not written inside another one, with all that is written inside it.
fn models(api: &Api, names: &BTreeMap<TypeId, TypeName>) -> Vec<Model> {
    let mut members: BTreeMap<TypeId, Vec<TypeId>> = BTreeMap::new();
    for id in api.types.ids() {
        members.entry(root(api, id)).or_default().push(id);
    }
    let wishes: Vec<Wish> = members
        .keys()
        .filter_map(|id| names.get(id))
        .map(|name| Wish::wire(name.as_str()))
        .collect();
    let modules: Vec<Ident> = Scope::of_files().settle(&wishes, Namespace::Module);
    members
        .into_values()
        .zip(modules)
        .map(|(types, module)| Model { module, types })
        .collect()
}

/// The definition that `id` is written in, at whatever depth.
fn root(api: &Api, mut id: TypeId) -> TypeId {
    while let Origin::Inline {
        parent: Parent::Type(parent),
        ..
    } = api.types[id].origin
    {
        id = parent;
    }
    id
}
