//! Definitions in, their names and files out.

use std::collections::BTreeMap;

use serde_json::Value;

use super::{
    Model, OperationNames,
    ident::{Ident, TypeName},
    reserved::Namespace,
    scope::{Scope, Wish},
    words::{spelled, words},
};
use crate::{
    Config,
    ir::{Api, Origin, Parent, Role, Shape, Status, Type, TypeId, Union, Webhook},
};

/// The name of every definition, in their order, and the files of `models`.
///
/// Components are named first, then entries elsewhere, then what is written inside what has a name already, generation by
/// generation: so a schema that is written in place never takes a component's name.
pub(super) fn types(
    api: &Api,
    config: &Config,
    operations: &[OperationNames],
    groups: &[&str],
) -> (Vec<TypeName>, Vec<Model>) {
    // With the words that what is written inside starts with: all of them, where the name had to be cut.
    let mut names: BTreeMap<TypeId, (TypeName, Vec<String>)> = BTreeMap::new();
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
        let rank = generation.iter().map(|(id, _)| rank(api, *id)).min();
        let (ids, wishes): (Vec<_>, Vec<_>) = generation
            .into_iter()
            .filter(|(id, _)| Some(self::rank(api, *id)) == rank)
            .unzip();
        let settled = scope.settle::<TypeName>(&wishes, Namespace::Model);
        for ((id, wish), name) in ids.into_iter().zip(wishes).zip(settled) {
            let words = wish
                .words_of(&name, Namespace::Model)
                .unwrap_or_else(|| words(name.as_str()));
            names.insert(id, (name, words));
        }
    }
    let mut names: BTreeMap<TypeId, TypeName> = names.into_iter().map(|(id, (name, _))| (id, name)).collect();
    let models = models(api, &names);
    let names = api.types.ids().map(|id| match names.remove(&id) {
        Some(name) => name,
        None => unreachable!("parents form no ring, so every definition gets its turn"),
    });
    (names.collect(), models)
}

/// Who is named before whom.
fn rank(api: &Api, id: TypeId) -> u8 {
    match api.types[id].origin {
        Origin::Component(_) => 0,
        Origin::Entry { .. } => 1,
        Origin::Inline { .. } => 2,
    }
}

/// What a definition would like to be called; nothing until its parent has a name.
fn wish(
    api: &Api,
    config: &Config,
    operations: &[OperationNames],
    groups: &[&str],
    names: &BTreeMap<TypeId, (TypeName, Vec<String>)>,
    id: TypeId,
) -> Option<Wish> {
    let chosen = config.rename.types.get(&api.types[id].key());
    let (parent, role) = match &api.types[id].origin {
        Origin::Component(name) => return Some(Wish::wire(name).unless(chosen)),
        Origin::Entry { name, within } => {
            let place = api.types[id].pointer.as_str();
            return Some(Wish::entry(name, within, place).unless(chosen));
        }
        Origin::Inline { parent, role } => (parent, role),
    };
    let is_of_webhook = matches!(parent, Parent::Webhook(_));
    let parent = match parent {
        Parent::Type(parent) => names.get(parent)?.1.clone(),
        Parent::Operation(operation) => {
            let operation = operations.get(operation.0)?;
            [words(groups.get(operation.group)?), words(operation.method.as_str())].concat()
        }
        Parent::Webhook(id) => webhook_words(api.webhooks.get(id.0)?, operations, groups),
        Parent::Component(name) => words(name),
    };
    let roles = match role {
        // What a webhook is about is what it brings.
        Role::RequestBody(None) if is_of_webhook => vec![Vec::new(), vec!["payload".to_owned()]],
        Role::Variant(index) => arm_words(api, id, *index, &parent),
        _ => vec![
            role_words(role),
            [role_words(role), vec![role_kind(role).to_owned()]].concat(),
        ],
    };
    // What is only kept inside another schema has a name of its own.
    let own = match role {
        Role::Definition(name) => Some(words(name)),
        _ => None,
    };
    let wishes = roles.into_iter().map(|role| [parent.as_slice(), &role].concat());
    // The place tells twins apart: it is theirs alone.
    Some(Wish::words(api.types[id].pointer.as_str(), own.into_iter().chain(wishes).collect()).unless(chosen))
}

/// What is written in a webhook is called by its key, in a callback by its operation before that.
fn webhook_words(webhook: &Webhook, operations: &[OperationNames], groups: &[&str]) -> Vec<String> {
    let operation = webhook.origin.operation().and_then(|id| operations.get(id.0));
    let words_of_operation = operation.and_then(|operation| {
        let group = groups.get(operation.group)?;
        Some([words(group), words(operation.method.as_str())].concat())
    });
    let own = words(&webhook.key);
    let own = if own.is_empty() { spelled(&webhook.key) } else { own };
    [words_of_operation.unwrap_or_default(), own].concat()
}

/// What the arm of a union adds to the union's name: its tag, else its title, else its only value, else what it is.
pub(super) fn arm_words(api: &Api, id: TypeId, index: usize, parent: &[String]) -> Vec<Vec<String>> {
    let definition = &api.types[id];
    let tag = match &definition.origin {
        Origin::Inline {
            parent: Parent::Type(union),
            ..
        } => tag(&api.types[*union].shape, id),
        Origin::Inline { .. } | Origin::Entry { .. } | Origin::Component(_) => None,
    };
    let title = definition.docs.summary.as_deref().map(words);
    let title = title.map(|title| title.strip_prefix(parent).map(<[String]>::to_vec).unwrap_or(title));
    let value = sole_value(&definition.shape);
    let kind = matches!(definition.shape, Shape::Enum(_)).then(|| vec!["value".to_owned()]);
    let number = vec!["variant".to_owned(), (index + 1).to_string()];
    tag.into_iter()
        .chain(title.filter(|title| (1..=TITLE_WORDS).contains(&title.len())))
        .chain(value)
        .chain(kind)
        .chain([number])
        .collect()
}

/// The words of the value of an enum that has no other; a number, which says nothing by itself, is called a value.
fn sole_value(shape: &Shape) -> Option<Vec<String>> {
    let Shape::Enum(values) = shape else { return None };
    let [value] = values.values.as_slice() else { return None };
    let own = match (&value.name, &value.wire) {
        (Some(name), _) => words(name),
        (None, Value::String(text)) => words(text),
        (None, other) => words(&format!("value {other}")),
    };
    (!own.is_empty()).then_some(own)
}

/// The most words that a title has which is a name and no sentence.
pub(super) const TITLE_WORDS: usize = 4;

/// The one tag of a union's arm.
fn tag(union: &Shape, arm: TypeId) -> Option<Vec<String>> {
    let Shape::Union(union) = union else { return None };
    let arm = union.variants.iter().find(|variant| variant.ty == Type::Def(arm))?;
    match arm.tags.as_slice() {
        [tag] => Some(tag_words(union, tag)).filter(|words| !words.is_empty()),
        _ => None,
    }
}

/// The words of a tag; of a number or a flag, which says nothing by itself, behind those of its member.
pub(super) fn tag_words(union: &Union, tag: &Value) -> Vec<String> {
    match (tag, &union.discriminator) {
        (Value::String(text), _) => words(text),
        (other, Some(discriminator)) => words(&format!("{} {other}", discriminator.property)),
        (other, None) => words(&other.to_string()),
    }
}

/// What is added where another schema has the name.
fn role_kind(role: &Role) -> &'static str {
    match role {
        Role::Property(_) => "property",
        Role::Parameter(_) => "parameter",
        Role::Header(_) => "header",
        Role::Item
        | Role::Position(_)
        | Role::AdditionalProperty
        | Role::Definition(_)
        | Role::Variant(_)
        | Role::Base
        | Role::RequestBody(_)
        | Role::Response(..) => "schema",
    }
}

fn role_words(role: &Role) -> Vec<String> {
    match role {
        Role::Property(name) | Role::Parameter(name) | Role::Header(name) | Role::Definition(name) => words(name),
        Role::Item => vec!["item".to_owned()],
        Role::Position(index) => vec!["item".to_owned(), (index + 1).to_string()],
        Role::AdditionalProperty => vec!["value".to_owned()],
        Role::Variant(index) => vec!["variant".to_owned(), (index + 1).to_string()],
        Role::Base => vec!["base".to_owned()],
        Role::RequestBody(None) => vec!["body".to_owned()],
        Role::RequestBody(Some(media_type)) => [words(media_type), vec!["body".to_owned()]].concat(),
        Role::Response(status, media_type) => {
            let mut own = match status {
                Status::Code(200) => vec!["response".to_owned()],
                Status::Default => vec!["error".to_owned()],
                Status::Code(_) | Status::Class(_) => vec!["response".to_owned(), status.to_string().to_lowercase()],
            };
            if let Some(media_type) = media_type {
                own.splice(0..0, words(media_type));
            }
            own
        }
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
    let modules: Vec<Ident> = Scope::of_files().settle(&wishes, Namespace::ModelModule);
    let models = members.into_iter().zip(modules).map(|((root, mut types), module)| {
        // A `$ref` may have met what is inside before.
        types.sort_by_key(|id| *id != root);
        Model { module, types }
    });
    models.collect()
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
