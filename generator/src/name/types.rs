//! Definitions in, their names and files out.

use std::collections::BTreeMap;

use super::{
    Model, OperationNames, arm,
    ident::{Ident, Name as _, TypeName},
    operations::kind_words,
    reserved::Namespace,
    scope::{Scope, Wish},
    stem::Stem,
    words::{spelled, words},
};
use crate::{
    Config,
    ir::{Api, Origin, Parent, Pointer, Role, Status, TypeId, Webhook},
    manifest::Earlier,
};

/// The name of every definition, in their order, and the files of `models`.
///
/// Every one keeps the name that it has in the crate of an earlier run, if that still follows from what it is called and
/// where it is: whether it does can be said of what is written in place only once what is around has its name.
pub(super) fn types(
    api: &Api,
    config: &Config,
    earlier: &Earlier<'_>,
    operations: &[OperationNames],
    groups: &[&str],
) -> (Vec<TypeName>, Vec<Model>) {
    let before = api.types.iter().filter_map(|(id, definition)| {
        let is_chosen = config.rename.types.contains_key(&definition.key());
        let entry = earlier.ty(definition).filter(|_| !is_chosen)?;
        Some((id, entry.name()))
    });
    let mut naming = Naming {
        api,
        config,
        earlier,
        operations,
        groups,
        kept: before.collect(),
    };
    let names = loop {
        let names = naming.attempt();
        let count = naming.kept.len();
        let is_kept = |id: &TypeId, name: &mut &str| names.get(id).is_some_and(|own| own.as_str() == *name);
        naming.kept.retain(is_kept);
        if naming.kept.len() == count {
            break names;
        }
    };
    let models = models(api, &names);
    (names.into_values().collect(), models)
}

/// What names follow from.
struct Naming<'a> {
    api: &'a Api,
    config: &'a Config,
    earlier: &'a Earlier<'a>,
    operations: &'a [OperationNames],
    groups: &'a [&'a str],
    /// The names of an earlier run that are kept.
    kept: BTreeMap<TypeId, &'a str>,
}

impl Naming<'_> {
    /// The name of every definition, where those that are kept keep theirs if they can.
    ///
    /// Components are named first, then entries elsewhere, then what is written inside what has a name already, generation by
    /// generation: so a schema that is written in place never takes a component's name, unless it has it already.
    fn attempt(&self) -> BTreeMap<TypeId, TypeName> {
        let Self { api, kept, .. } = self;
        // With what the names of what is written inside start with: all of it, where the name had to be shortened.
        let mut names: BTreeMap<TypeId, (TypeName, Stem)> = BTreeMap::new();
        let mut scope = Scope::default();
        for name in kept.values() {
            scope.reserve(name);
        }
        loop {
            let generation: Vec<(TypeId, (Wish, Vec<Stem>))> = api
                .types
                .ids()
                .filter(|id| !names.contains_key(id))
                .filter_map(|id| {
                    let (wish, stems) = self.wish(&names, id)?;
                    let wish = wish.keeping::<TypeName>(kept.get(&id).copied(), Namespace::Model);
                    Some((id, (wish, stems)))
                })
                .collect();
            if generation.is_empty() {
                break;
            }
            let rank = generation.iter().map(|(id, _)| rank(api, *id)).min();
            let (ids, wishes): (Vec<_>, Vec<_>) = generation
                .into_iter()
                .filter(|(id, _)| Some(self::rank(api, *id)) == rank)
                .unzip();
            let (wishes, stems): (Vec<Wish>, Vec<Vec<Stem>>) = wishes.into_iter().unzip();
            let settled = scope.settle::<TypeName>(&wishes, Namespace::Model);
            for (((id, wish), stems), name) in ids.into_iter().zip(wishes).zip(stems).zip(settled) {
                let is_of = |stem: &Stem| stem.names().any(|words| TypeName::of(&words, Namespace::Model) == name);
                let stem = stems.into_iter().find(is_of).unwrap_or_else(|| {
                    let own = wish.words_of(&name, Namespace::Model);
                    Stem::of(own.unwrap_or_else(|| words(name.as_str())))
                });
                names.insert(id, (name, stem));
            }
        }
        assert_eq!(
            names.len(),
            api.types.len(),
            "parents form no ring, so every definition gets its turn"
        );
        names.into_iter().map(|(id, (name, _))| (id, name)).collect()
    }

    /// What a definition would like to be called, and what the names of what is written inside would start with then; nothing
    /// until its parent has a name.
    fn wish(&self, names: &BTreeMap<TypeId, (TypeName, Stem)>, id: TypeId) -> Option<(Wish, Vec<Stem>)> {
        let Self {
            api,
            config,
            operations,
            groups,
            ..
        } = *self;
        let chosen = config.rename.types.get(&api.types[id].key());
        let (parent, role) = match &api.types[id].origin {
            Origin::Component(name) => {
                let wish = Wish::wire(name).or_as("schema").unless(chosen);
                return Some((wish, Vec::new()));
            }
            Origin::Entry { name, within } => {
                let place = api.types[id].pointer.as_str();
                return Some((Wish::entry(name, within, place).unless(chosen), Vec::new()));
            }
            Origin::Inline { parent, role } => (parent, role),
        };
        let is_of_webhook = matches!(parent, Parent::Webhook(_));
        let is_placed = matches!(parent, Parent::Component(_));
        let parent = match parent {
            Parent::Type(parent) => names.get(parent)?.1.clone(),
            Parent::Operation(operation) => {
                let operation = operations.get(operation.0)?;
                Stem::of(words_of_operation(groups.get(operation.group)?, operation))
            }
            Parent::Webhook(id) => Stem::of(webhook_words(api.webhooks.get(id.0)?, operations, groups)),
            Parent::Component(name) => Stem::of(words(name)),
        };
        let roles = match role {
            // What a webhook is about is what it brings.
            Role::RequestBody(None) if is_of_webhook => vec![Vec::new(), vec!["payload".to_owned()]],
            Role::Variant(index) => {
                let numbers = arm::numbers(api, &self.kept, id, *index);
                let mut names = arm::names(api, id, numbers, &parent.words());
                names.extend(self.told_before(id));
                names
            }
            _ => {
                let mut roles = role_words(role);
                let last = roles.last().cloned().unwrap_or_default();
                roles.push([last, vec![role_kind(role).to_owned()]].concat());
                roles
            }
        };
        // What is only kept inside another schema has a name of its own.
        let own = match role {
            Role::Definition(name) => Some(Stem::of(words(name))),
            _ => None,
        };
        let last = roles.last().cloned();
        let wished = roles.into_iter().map(|role| parent.and(role));
        // Of what is only known by its place, the members on the way there.
        let members = (is_placed && own.is_none())
            .then(|| {
                last.map(|role| {
                    members_in(&api.types[id].pointer)
                        .fold(parent.clone(), |stem, name| stem.and(name))
                        .and(role)
                })
            })
            .flatten();
        // There was no other media type before, perhaps.
        let alone = match role {
            Role::RequestBody(Some(_)) => role_words(&Role::RequestBody(None)),
            Role::Response(status, Some(_)) => role_words(&Role::Response(*status, None)),
            _ => Vec::new(),
        };
        let alone = alone.into_iter().map(|role| parent.and(role));
        let stems: Vec<Stem> = own.into_iter().chain(wished).chain(members).chain(alone).collect();
        // The place tells twins apart: it is theirs alone.
        let wish = Wish::words(
            api.types[id].pointer.as_str(),
            stems.iter().flat_map(Stem::names).collect(),
        );
        Some((wish.unless(chosen), stems))
    }

    /// The words of the tag that told an arm from the others of its union.
    fn told_before(&self, id: TypeId) -> Option<Vec<String>> {
        let definition = &self.api.types[id];
        let Origin::Inline {
            parent: Parent::Type(union),
            ..
        } = &definition.origin
        else {
            return None;
        };
        let (union, key) = (self.earlier.ty(&self.api.types[*union])?, self.earlier.key(definition)?);
        arm::told_by(union.member_where(|member| member.holds.as_ref() == Some(&key))?.1)
    }
}

/// Who is named before whom.
fn rank(api: &Api, id: TypeId) -> u8 {
    match api.types[id].origin {
        Origin::Component(_) => 0,
        Origin::Entry { .. } => 1,
        Origin::Inline { .. } => 2,
    }
}

/// The words of each member that a place is inside of.
fn members_in(pointer: &Pointer) -> impl Iterator<Item = Vec<String>> {
    let tokens: Vec<String> = pointer.tokens().collect();
    let names: Vec<Vec<String>> = tokens
        .windows(2)
        .filter(|pair| pair[0] == "properties")
        .map(|pair| words(&pair[1]))
        .collect();
    names.into_iter()
}

/// What the names of what is written in an operation start with: its group and its method, or one of them where they are
/// the same.
fn words_of_operation(group: &str, operation: &OperationNames) -> Vec<String> {
    let (group, method) = (words(group), words(operation.method.as_str()));
    if group == method {
        return method;
    }
    [group, method].concat()
}

/// What is written in a webhook is called by its key, in a callback by its operation before that.
fn webhook_words(webhook: &Webhook, operations: &[OperationNames], groups: &[&str]) -> Vec<String> {
    let operation = webhook.origin.operation().and_then(|id| operations.get(id.0));
    let words_of_operation = operation.and_then(|operation| {
        let group = groups.get(operation.group)?;
        Some(words_of_operation(group, operation))
    });
    let own = words(&webhook.key);
    let own = if own.is_empty() { spelled(&webhook.key) } else { own };
    [words_of_operation.unwrap_or_default(), own].concat()
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

/// The words of a role, the best first.
fn role_words(role: &Role) -> Vec<Vec<String>> {
    let one = |word: &str| vec![vec![word.to_owned()]];
    let numbered = |word: &str, index: usize| vec![vec![word.to_owned(), (index + 1).to_string()]];
    match role {
        Role::Property(name) | Role::Parameter(name) | Role::Header(name) | Role::Definition(name) => vec![words(name)],
        Role::Item => one("item"),
        Role::Position(index) => numbered("item", *index),
        Role::AdditionalProperty => one("value"),
        Role::Variant(index) => numbered("variant", *index),
        Role::Base => one("base"),
        Role::RequestBody(None) => one("body"),
        Role::RequestBody(Some(media_type)) => of_media_type(media_type, &["body".to_owned()]),
        Role::Response(status, media_type) => {
            let said = match status {
                Status::Default => one("error"),
                Status::Code(200) => one("response"),
                // The status is only said where another success has the name.
                Status::Code(code) if (201..300).contains(code) => {
                    vec![
                        vec!["response".to_owned()],
                        vec!["response".to_owned(), code.to_string()],
                    ]
                }
                Status::Code(_) | Status::Class(_) => {
                    vec![vec!["response".to_owned(), status.to_string().to_lowercase()]]
                }
            };
            match media_type {
                Some(media_type) => said.iter().flat_map(|said| of_media_type(media_type, said)).collect(),
                None => said,
            }
        }
    }
}

/// What is said of one of several media types: by the subtype, or else by all of it.
fn of_media_type(media_type: &str, said: &[String]) -> Vec<Vec<String>> {
    let names = [kind_words(media_type), words(media_type)];
    names.into_iter().map(|name| [name.as_slice(), said].concat()).collect()
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
