//! A document and a [`Config`] in, the settings that name nothing in it out: a typing error must not pass for a setting.

use indexmap::IndexSet;
use serde_json::Value;

use super::{Config, Everything, Selector};
use crate::{
    diagnostics::{Code, Diagnostic, did_you_mean},
    ir::{Api, Operation, Pointer, Shape, Types, Webhook},
    load::Document,
};

/// Reports every setting of `config` that matches nothing: names of operations are looked up in all that the document
/// `described`, because `only` and `skip` keep some of them out of `api`; names of types and members in `api` before it is
/// refined.
///
/// The pointers of the diagnostics lead into the target's table.
pub(crate) fn unmatched(document: &Document, described: &Everything, api: &Api, config: &Config) -> Vec<Diagnostic> {
    let mut report = Report(Vec::new());
    let known = Known::of(described, &api.types);
    let renames = Pointer::root().child("rename");
    let rename = &config.rename;
    for (key, names, known, kind) in [
        ("types", &rename.types, &known.schemas, "schema"),
        ("fields", &rename.fields, &known.members, "member"),
        ("variants", &rename.variants, &known.variants, "variant"),
        ("operations", &rename.operations, &known.operations, "operation"),
        ("parameters", &rename.parameters, &parameters(api), "parameter"),
        ("tags", &rename.tags, &known.tags, "tag"),
        ("webhooks", &rename.webhooks, &webhooks(api), "webhook"),
    ] {
        report.keys(&renames.child(key), names.keys(), known, kind);
    }
    let at = Pointer::root().child("operations");
    report.keys(&at, config.operations.keys(), &known.operations, "operation");
    let at = Pointer::root().child("formats");
    report.keys(&at, config.formats.keys(), &formats(document), "format");
    for (key, _) in described.formats.iter().filter(|(_, is_of_use)| !**is_of_use) {
        let path = config.formats.get(key).map_or("", String::as_str);
        report.0.push(Diagnostic {
            code: Code::Setting,
            pointer: at.child(key),
            message: format!("`{path}` cannot hold the values of the format `{key}`, which are of another JSON type"),
            hint: Some("expected a type that reads them, such as `::a_crate::Type`".to_owned()),
            location: None,
        });
    }
    for (index, name) in config.relax.iter().enumerate() {
        let at = Pointer::root().child("relax").item(index);
        report.one(at, name, &known.members, "member");
    }
    for (key, media_type) in &config.bodies {
        let at = Pointer::root().child("bodies").child(key);
        let mut called = api.operations.iter().filter(|operation| operation.keys().contains(key));
        let Some(operation) = called.next() else {
            report.one(at, key, &known.operations, "operation");
            continue;
        };
        let contents = operation.body.iter().flat_map(|body| &body.contents);
        let sent: IndexSet<String> = contents.map(|content| content.media_type.clone()).collect();
        let kind = format!("body of `{key}` that can be written as");
        report.one(at, media_type, &sent, &kind);
    }
    for (index, key) in config.optional_bodies.iter().enumerate() {
        let at = Pointer::root().child("optional_bodies").item(index);
        report.one(at, key, &known.operations, "operation");
    }
    let at = Pointer::root().child("fields");
    report.keys(&at, config.fields.keys(), &known.members, "member");
    for key in &described.unfit {
        let format = config.fields.get(key).map_or("", |field| &field.format);
        report.0.push(Diagnostic {
            code: Code::Setting,
            pointer: at.child(key).child("format"),
            message: format!("`{format}` is no format that values of `{key}` can have"),
            hint: Some(
                "expected a format of the member's JSON type, one in `formats`, or a type such as `::a_crate::Type`"
                    .to_owned(),
            ),
            location: None,
        });
    }
    for (key, selectors) in [("only", &config.only), ("skip", &config.skip)] {
        for (index, selector) in selectors.iter().enumerate() {
            let at = Pointer::root().child(key).item(index);
            if !described.all().any(|operation| selector.is_meant(operation)) {
                match selector {
                    Selector::Id(id) => report.add(at, id, &known.all_ids, "operation"),
                    Selector::Tag(tag) => report.add(at, tag, &known.all_tags, "tag"),
                    Selector::Path(path) => report.add(at, path, &known.paths, "path"),
                }
            }
        }
    }
    if config.mock && api.operations.is_empty() {
        report.0.push(Diagnostic {
            code: Code::Setting,
            pointer: Pointer::root().child("mock"),
            message: "there is no operation to stand in for".to_owned(),
            hint: Some("leave it out: what the server sends by itself, a test can write".to_owned()),
            location: None,
        });
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
        let meant = nearest(name, known.iter().map(String::as_str)).or_else(|| nearest_place(name, known));
        let hint = meant.map(did_you_mean);
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

/// The same for what has no name in the document and is called by its place, where `name` is made of the names on the way.
fn nearest_place<'k>(name: &str, known: &'k IndexSet<String>) -> Option<&'k str> {
    let by_names = |place: &String| {
        let place = place.strip_prefix("#/components/schemas/")?;
        Some(place.replace("/properties/", "."))
    };
    let places: Vec<(String, &String)> = known
        .iter()
        .filter_map(|known| Some((by_names(known)?, known)))
        .collect();
    let near = nearest(name, places.iter().map(|(names, _)| names.as_str()))?;
    let (_, place) = places.iter().find(|(names, _)| names == near)?;
    Some(place)
}

/// The one of `known` that `name` most likely means, if any is near.
pub(crate) fn nearest<'k>(name: &str, known: impl Iterator<Item = &'k str>) -> Option<&'k str> {
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

/// What settings can name.
#[derive(Default)]
struct Known {
    schemas: IndexSet<String>,
    members: IndexSet<String>,
    variants: IndexSet<String>,
    operations: IndexSet<String>,
    /// What names a group: the first tag of an operation, or a part of its path.
    tags: IndexSet<String>,
    /// What an operation or a webhook can be chosen by.
    all_ids: IndexSet<String>,
    all_tags: IndexSet<String>,
    paths: IndexSet<String>,
}

impl Known {
    fn of(described: &Everything, types: &Types) -> Self {
        let mut known = Self::default();
        for (_, definition) in types.iter() {
            known.schemas.insert(definition.key());
            let key = |wire: &str| definition.member_key(wire);
            match &definition.shape {
                Shape::Struct(object) => known.members.extend(object.fields.iter().map(|field| key(&field.wire))),
                Shape::Enum(values) => known.variants.extend(values.texts().iter().map(|text| key(text))),
                Shape::Union(union) => {
                    let keys = |variant| types.variant_keys(definition, variant);
                    known.variants.extend(union.variants.iter().flat_map(keys));
                }
                Shape::Tuple(_) | Shape::Alias(_) => {}
            }
        }
        for operation in &described.operations {
            known.operations.extend(operation.id.clone());
            known.operations.insert(operation.key());
            match operation.tags.first() {
                Some(tag) => drop(known.tags.insert(tag.clone())),
                // Without a tag it is grouped by a part of its path.
                None => known.tags.extend(operation.path.split('/').map(str::to_owned)),
            }
        }
        for operation in described.all() {
            known.all_ids.extend(operation.id.clone());
            known.all_ids.insert(operation.key());
            known.paths.insert(operation.path.clone());
            known.all_tags.extend(operation.tags.iter().cloned());
        }
        known
    }
}

/// The parameters of the operations that are generated.
fn parameters(api: &Api) -> IndexSet<String> {
    let keys = |operation: &Operation| -> Vec<String> {
        let parameters = operation.parameters.iter();
        parameters
            .flat_map(|parameter| operation.parameter_keys(parameter))
            .collect()
    };
    api.operations.iter().flat_map(keys).collect()
}

/// The webhooks and callbacks that are generated.
fn webhooks(api: &Api) -> IndexSet<String> {
    let keys = |webhook: &Webhook| {
        let operation = webhook.origin.operation().and_then(|id| api.operations.get(id.0));
        webhook.keys(operation)
    };
    api.webhooks.iter().flat_map(keys).collect()
}

/// Every `format` of the document. Walks with a stack of its own, so that depth does no harm.
fn formats(document: &Document) -> IndexSet<String> {
    let mut formats = IndexSet::new();
    let mut open: Vec<&Value> = document.values().collect();
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
