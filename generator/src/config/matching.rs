//! A document and a [`Config`] in, the settings that name nothing in it out: a typing error must not pass for a setting.

use indexmap::IndexSet;
use serde_json::Value;

use super::{Config, Selector};
use crate::{
    diagnostics::{Code, Diagnostic},
    ir::{Api, Method, Origin, Pointer, Shape, Types},
    load::Document,
};

const METHODS: [Method; 8] = [
    Method::Get,
    Method::Put,
    Method::Post,
    Method::Delete,
    Method::Options,
    Method::Head,
    Method::Patch,
    Method::Trace,
];

/// Reports every setting of `config` that matches nothing: names of operations are looked up in the `document`,
/// because `only` and `skip` keep some of them out of `api`; names of types and members in `api` before it is refined.
///
/// The pointers of the diagnostics lead into the target's table.
pub(crate) fn unmatched(document: &Document, api: &Api, config: &Config) -> Vec<Diagnostic> {
    document
        .value_at(&Pointer::root())
        .map(|root| unmatched_in(root, api, config))
        .unwrap_or_default()
}

fn unmatched_in(root: &Value, api: &Api, config: &Config) -> Vec<Diagnostic> {
    let mut report = Report(Vec::new());
    let types = component_names(&api.types);
    let members = member_names(&api.types);
    let operations = Operations::of(root);
    let renames = Pointer::root().child("rename");
    let callable = operations.ids.iter().chain(&operations.keys).cloned().collect();

    report.keys(&renames.child("types"), config.rename.types.keys(), &types, "schema");
    report.keys(
        &renames.child("fields"),
        config.rename.fields.keys(),
        &members,
        "member",
    );
    report.keys(
        &renames.child("operations"),
        config.rename.operations.keys(),
        &callable,
        "operation",
    );
    report.keys(
        &renames.child("tags"),
        config.rename.tags.keys(),
        &operations.tags,
        "tag",
    );
    report.keys(
        &Pointer::root().child("formats"),
        config.formats.keys(),
        &formats(root),
        "format",
    );
    for (index, name) in config.relax.iter().enumerate() {
        report.one(Pointer::root().child("relax").item(index), name, &members, "member");
    }
    for (key, selectors) in [("only", &config.only), ("skip", &config.skip)] {
        for (index, selector) in selectors.iter().enumerate() {
            let at = Pointer::root().child(key).item(index);
            match selector {
                Selector::Id(id) => report.one(at, id, &operations.ids, "operation"),
                Selector::Tag(tag) => report.one(at, tag, &operations.tags, "tag"),
                Selector::Path(start) => {
                    if !operations.paths.iter().any(|path| path.starts_with(start.as_str())) {
                        report.add(at, start, &operations.paths, "path");
                    }
                }
            }
        }
    }
    report.0
}

struct Report(Vec<Diagnostic>);

impl Report {
    fn keys<'n>(
        &mut self,
        at: &Pointer,
        names: impl Iterator<Item = &'n String>,
        known: &IndexSet<String>,
        kind: &str,
    ) {
        for name in names {
            self.one(at.child(name), name, known, kind);
        }
    }

    fn one(&mut self, at: Pointer, name: &str, known: &IndexSet<String>, kind: &str) {
        if !known.contains(name) {
            self.add(at, name, known, kind);
        }
    }

    fn add(&mut self, pointer: Pointer, name: &str, known: &IndexSet<String>, kind: &str) {
        let hint = nearest(name, known.iter().map(String::as_str)).map(|near| format!("did you mean `{near}`?"));
        let message = format!("the document has no {kind} `{name}`");
        self.0.push(Diagnostic {
            code: Code::UnmatchedSetting,
            pointer,
            message,
            hint,
            location: None,
        });
    }
}

/// The one of `known` that `name` most likely means, if any is near.
pub(super) fn nearest<'k>(name: &str, known: impl Iterator<Item = &'k str>) -> Option<&'k str> {
    let name = name.to_lowercase();
    known
        .map(|known| {
            (
                strsim::normalized_damerau_levenshtein(&name, &known.to_lowercase()),
                known,
            )
        })
        .filter(|(likeness, _)| *likeness >= 0.6)
        .max_by(|(left, _), (right, _)| left.total_cmp(right))
        .map(|(_, known)| known)
}

fn component_names(types: &Types) -> IndexSet<String> {
    types
        .iter()
        .filter_map(|(_, definition)| component_name(&definition.origin))
        .map(str::to_owned)
        .collect()
}

fn component_name(origin: &Origin) -> Option<&str> {
    match origin {
        Origin::Component(name) => Some(name),
        Origin::Inline { .. } => None,
    }
}

fn member_names(types: &Types) -> IndexSet<String> {
    let mut names = IndexSet::new();
    for (_, definition) in types.iter() {
        if let (Some(schema), Shape::Struct(shape)) = (component_name(&definition.origin), &definition.shape) {
            names.extend(shape.fields.iter().map(|field| format!("{schema}.{}", field.wire)));
        }
    }
    names
}

/// What the operations of a document are called.
#[derive(Default)]
struct Operations {
    ids: IndexSet<String>,
    keys: IndexSet<String>,
    tags: IndexSet<String>,
    paths: IndexSet<String>,
}

impl Operations {
    fn of(root: &Value) -> Self {
        let mut names = Self::default();
        for (path, item) in root.get("paths").and_then(Value::as_object).into_iter().flatten() {
            for method in METHODS {
                let Some(operation) = item.get(method.as_str().to_ascii_lowercase()) else {
                    continue;
                };
                names.paths.insert(path.clone());
                names.keys.insert(format!("{} {path}", method.as_str()));
                names
                    .ids
                    .extend(operation.get("operationId").and_then(Value::as_str).map(str::to_owned));
                let tags = operation.get("tags").and_then(Value::as_array).into_iter().flatten();
                names.tags.extend(tags.filter_map(Value::as_str).map(str::to_owned));
            }
        }
        names
    }
}

/// Every `format` of the document. Walks with a stack of its own, so that depth does no harm.
fn formats(root: &Value) -> IndexSet<String> {
    let mut formats = IndexSet::new();
    let mut open = vec![root];
    while let Some(value) = open.pop() {
        match value {
            Value::Array(items) => open.extend(items),
            Value::Object(members) => {
                formats.extend(members.get("format").and_then(Value::as_str).map(str::to_owned));
                open.extend(members.values());
            }
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
        }
    }
    formats
}

#[cfg(test)]
mod tests;
