//! Operations in, groups out: one for each tag, and for what has none, one for each first part of a path.

use super::{
    Group, OperationNames,
    feature::feature,
    framework,
    ident::{Ident, Name, TypeName},
    reserved::Namespace,
    scope::{Scope, Wish},
    verb::is_version,
    words::words,
};
use crate::{
    Config,
    ir::{Api, Operation, OperationId, Segment, TagId},
    manifest::{Earlier, OperationEntry},
};

/// Every group with its operations, tags first, and the words of each.
pub(super) fn groups(api: &Api, config: &Config, earlier: &Earlier<'_>) -> (Vec<Group>, Vec<Vec<String>>) {
    let mut drafts: Vec<Draft> = Vec::new();
    for (index, tag) in api.tags.iter().enumerate() {
        if let Some(name) = &tag.name {
            drafts.push(Draft::new(name, Some(TagId(index))));
        }
    }
    for (index, operation) in api.operations.iter().enumerate() {
        let found = if api.tags.get(operation.tag.0).is_some_and(|tag| tag.name.is_some()) {
            drafts.iter().position(|draft| draft.tag == Some(operation.tag))
        } else {
            let part = first_part(operation);
            let words = words(&part);
            let found = drafts.iter().position(|draft| draft.words == words);
            found.or_else(|| {
                drafts.push(Draft::new(&part, None));
                Some(drafts.len() - 1)
            })
        };
        if let Some(draft) = found.and_then(|found| drafts.get_mut(found)) {
            draft.operations.push(OperationId(index));
        }
    }
    drafts.retain(|draft| !draft.operations.is_empty());
    let words = drafts.iter().map(|draft| draft.words.clone()).collect();
    (settle(api, drafts, config, earlier), words)
}

struct Draft {
    wire: String,
    words: Vec<String>,
    tag: Option<TagId>,
    operations: Vec<OperationId>,
}

impl Draft {
    fn new(wire: &str, tag: Option<TagId>) -> Self {
        Self {
            wire: wire.to_owned(),
            words: framework::without_controller(words(wire)),
            tag,
            operations: Vec::new(),
        }
    }
}

fn settle(api: &Api, drafts: Vec<Draft>, config: &Config, earlier: &Earlier<'_>) -> Vec<Group> {
    let wishes: Vec<Wish> = drafts
        .iter()
        .map(|draft| {
            let plain = Some(draft.words.clone()).filter(|own| *own != words(&draft.wire));
            let wish = Wish::wire(&draft.wire).preferring(plain.into_iter());
            let wish = wish.unless(config.rename.tags.get(&draft.wire));
            let operations = draft.operations.iter().map(|id| &api.operations[id.0]);
            let mut before = operations.filter_map(|operation| earlier.operation(operation));
            wish.keeping::<Ident>(before.next().map(OperationEntry::accessor), Namespace::Accessor)
        })
        .collect();
    let modules = Scope::of_files().settle(&wishes, Namespace::Module);
    let accessors = Scope::default().settle(&wishes, Namespace::Accessor);
    drafts
        .into_iter()
        .zip(modules)
        .zip(accessors)
        .map(|((draft, module), accessor)| {
            let words = config
                .rename
                .tags
                .get(&draft.wire)
                .map_or(draft.words, |chosen| words(chosen));
            let words = if words.is_empty() {
                super::words::spelled(&draft.wire)
            } else {
                words
            };
            Group {
                handle: TypeName::of(&words, Namespace::Api),
                is_call: false,
                feature: feature(&module, config),
                module,
                accessor,
                tag: draft.tag,
                wire: draft.wire,
                operations: draft.operations,
            }
        })
        .collect()
}

/// Makes methods of the client of the operations that are alone in their groups and called like them.
pub(super) fn call_directly(groups: &mut [Group], operations: &[OperationNames]) {
    for group in groups {
        if let [only] = group.operations.as_slice()
            && operations
                .get(only.0)
                .is_some_and(|names| names.method == group.accessor)
        {
            group.is_call = true;
            group.handle = TypeName::of(&["client".to_owned()], Namespace::Api);
        }
    }
}

/// The first fixed part of a path that does not merely say which version of the API it is.
fn first_part(operation: &Operation) -> String {
    let fixed = operation.path.iter().filter_map(|segment| match segment {
        Segment::Literal(text) => Some(text),
        Segment::Parameter(_) => None,
    });
    fixed
        .flat_map(|text| text.split('/'))
        .find(|part| !words(part).is_empty() && !is_version(part))
        .unwrap_or("root")
        .to_owned()
}
