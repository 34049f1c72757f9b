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
    let drafts: Vec<Draft> = drafts
        .into_iter()
        .flat_map(|draft| draft.apart(api, config, earlier))
        .collect();
    let words = drafts.iter().map(|draft| draft.words.clone()).collect();
    (settle(api, drafts, config, earlier), words)
}

struct Draft {
    wire: String,
    words: Vec<String>,
    tag: Option<TagId>,
    /// Whether an operation of the tag is a method of the client, and these are the others.
    is_rest: bool,
    operations: Vec<OperationId>,
}

/// What is behind the name of a group whose tag is that of a method of the client.
const REST: &str = "operations";

impl Draft {
    fn new(wire: &str, tag: Option<TagId>) -> Self {
        Self {
            wire: wire.to_owned(),
            words: framework::without_controller(words(wire)),
            tag,
            is_rest: false,
            operations: Vec::new(),
        }
    }

    /// The same, or, where one of the operations was alone in the crate of an earlier run and a method of the client, that
    /// one apart from the others.
    fn apart(mut self, api: &Api, config: &Config, earlier: &Earlier<'_>) -> Vec<Self> {
        let is_call = |id: &OperationId| {
            let entry = earlier.operation(&api.operations[id.0]);
            entry.is_some_and(OperationEntry::is_of_client)
        };
        let is_alone = self.operations.len() < 2 || config.rename.tags.contains_key(&self.wire);
        let Some(call) = self.operations.iter().position(is_call).filter(|_| !is_alone) else {
            return vec![self];
        };
        let only = Self {
            wire: self.wire.clone(),
            words: self.words.clone(),
            tag: self.tag,
            is_rest: false,
            operations: vec![self.operations.remove(call)],
        };
        self.is_rest = true;
        vec![only, self]
    }

    /// What the group would like to be called.
    fn wish(&self) -> Wish {
        let rest = [self.words.as_slice(), &[REST.to_owned()]].concat();
        if self.is_rest {
            return Wish::words(format!("{} {REST}", self.wire), vec![rest]);
        }
        let plain = Some(self.words.clone()).filter(|own| *own != words(&self.wire));
        let wish = Wish::wire(&self.wire).preferring(plain.into_iter());
        wish.or(std::iter::once(rest))
    }
}

fn settle(api: &Api, drafts: Vec<Draft>, config: &Config, earlier: &Earlier<'_>) -> Vec<Group> {
    let wishes: Vec<Wish> = drafts
        .iter()
        .map(|draft| {
            let wish = draft.wish().unless(config.rename.tags.get(&draft.wire));
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
