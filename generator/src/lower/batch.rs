//! `x-batch` in, how many inputs travel in one call out, once every member that it names is known to exist.

use serde::Deserialize;
use serde_json::Value;

use super::{
    context::Lowering,
    extension::{Kind, Member, may, must},
};
use crate::{
    diagnostics::Code,
    ir::{Batch, BatchIdentity, BatchProperty, Correlation, Operation, Payload, Pointer, Shape, Type, Types},
};

const MEMBERS: &[Member] = &[
    must("inputs", Kind::Text),
    must("limit", Kind::Count),
    may("results", Kind::Text),
    may("errors", Kind::Text),
    may("complete", Kind::Flag),
    may(
        "correlation",
        Kind::Object(&[
            must("input", Kind::Text),
            must("result", Kind::Text),
            must("error", Kind::Text),
        ]),
    ),
    may(
        "identity",
        Kind::Object(&[
            must("input", Kind::Text),
            must("result", Kind::Text),
            may("error", Kind::Text),
            may(
                "property",
                Kind::Object(&[
                    must("name", Kind::Text),
                    must("result", Kind::Text),
                    may("request", Kind::Text),
                ]),
            ),
        ]),
    ),
];

#[derive(Deserialize)]
struct Written {
    inputs: String,
    limit: u32,
    results: Option<String>,
    errors: Option<String>,
    complete: Option<bool>,
    correlation: Option<WrittenCorrelation>,
    identity: Option<WrittenIdentity>,
}

#[derive(Deserialize)]
struct WrittenCorrelation {
    input: String,
    result: String,
    error: String,
}

#[derive(Deserialize)]
struct WrittenIdentity {
    input: String,
    result: String,
    error: Option<String>,
    property: Option<WrittenProperty>,
}

#[derive(Deserialize)]
struct WrittenProperty {
    name: String,
    result: String,
    request: Option<String>,
}

impl Lowering<'_> {
    /// Reads the extension of every operation.
    pub(super) fn lower_batches(&mut self, operations: &mut [Operation]) {
        for operation in operations {
            let pointer = operation.pointer.child("x-batch");
            let Some(value) = self.document.value_at(&pointer).filter(|value| !value.is_null()) else {
                continue;
            };
            operation.batch = self.lower_batch(value, operation, &pointer);
        }
    }

    fn lower_batch(&mut self, value: &Value, operation: &Operation, pointer: &Pointer) -> Option<Batch> {
        if !self.is_extension(value, pointer, MEMBERS, ("x-batch", "`x-batch` is ignored")) {
            return None;
        }
        let written = Written::deserialize(value).ok()?;
        let missing = missing(&written, operation, &self.types);
        for (key, path) in &missing {
            let place = key.split('.').fold(pointer.clone(), |place, key| place.child(key));
            let message = format!("`x-batch` is ignored: there is no member `{path}` where it says");
            self.report(Code::WrongShape, &place, message);
        }
        if written.complete == Some(true) && written.results.is_none() {
            let message = "a success without `results` mentions no input; it is ignored";
            self.report(Code::WrongShape, &pointer.child("complete"), message);
        }
        missing.is_empty().then(|| Batch {
            inputs: written.inputs,
            limit: written.limit,
            complete: written.complete == Some(true) && written.results.is_some(),
            results: written.results,
            errors: written.errors,
            correlation: written
                .correlation
                .map(|WrittenCorrelation { input, result, error }| Correlation { input, result, error }),
            identity: written.identity.map(|identity| BatchIdentity {
                input: identity.input,
                result: identity.result,
                error: identity.error,
                property: identity
                    .property
                    .map(|WrittenProperty { name, result, request }| BatchProperty { name, result, request }),
            }),
        })
    }
}

/// The keys of the extension that name what does not exist, each with what it names.
fn missing<'t>(written: &Written, operation: &'t Operation, types: &'t Types) -> Vec<(&'static str, String)> {
    let requests: Vec<&Type> = operation
        .body
        .iter()
        .flat_map(|body| &body.contents)
        .filter_map(json)
        .collect();
    let successes = operation
        .responses
        .iter()
        .filter(|response| response.status.is_success());
    let successes: Vec<&Type> = successes
        .filter_map(|response| response.contents.first())
        .filter_map(json)
        .collect();
    let below = |roots: &[&'t Type], path: &str| -> Vec<&'t Type> {
        let roots = roots.iter().filter_map(|root| at(root, path, types));
        roots.map(|ty| item(ty, types)).collect()
    };
    let inputs = below(&requests, &written.inputs);
    let results = written
        .results
        .as_ref()
        .map(|path| below(&successes, path))
        .unwrap_or_default();
    let errors = written
        .errors
        .as_ref()
        .map(|path| below(&successes, path))
        .unwrap_or_default();

    let mut missing = Vec::new();
    let mut check = |key: &'static str, path: Option<&String>, roots: &[&Type]| {
        if let Some(path) = path
            && !roots.iter().any(|root| at(root, path, types).is_some())
        {
            missing.push((key, path.clone()));
        }
    };
    // Where a success has no results, nobody looks for ids in them.
    let in_results = |path| Some(path).filter(|_| written.results.is_some());
    check("inputs", Some(&written.inputs), &requests);
    check("results", written.results.as_ref(), &successes);
    check("errors", written.errors.as_ref(), &successes);
    if let Some(correlation) = &written.correlation {
        check("correlation.input", Some(&correlation.input), &inputs);
        check("correlation.result", in_results(&correlation.result), &results);
        check("correlation.error", Some(&correlation.error), &errors);
    }
    if let Some(identity) = &written.identity {
        check("identity.input", Some(&identity.input), &inputs);
        check("identity.result", in_results(&identity.result), &results);
        check("identity.error", identity.error.as_ref(), &errors);
        if let Some(property) = &identity.property {
            let named = [inputs.as_slice(), &requests].concat();
            check("identity.property.name", Some(&property.name), &named);
            check("identity.property.result", Some(&property.result), &results);
            check("identity.property.request", property.request.as_ref(), &requests);
        }
    }
    missing
}

fn json(content: &crate::ir::Content) -> Option<&Type> {
    match &content.payload {
        Payload::Json(ty) => Some(ty),
        Payload::Form { .. }
        | Payload::Xml(..)
        | Payload::Multipart(_)
        | Payload::Text(_)
        | Payload::Bytes
        | Payload::EventStream(..)
        | Payload::Events(..)
        | Payload::Items(..) => None,
    }
}

/// The type at a dotted path below `root`. A map has every member; so has what is not typed.
fn at<'t>(root: &'t Type, path: &str, types: &'t Types) -> Option<&'t Type> {
    let mut ty = root;
    for name in path.split('.') {
        ty = match types.seen_through(ty) {
            any @ Type::Any => any,
            Type::Map(value) => value,
            Type::Def(id) => match &types[*id].shape {
                Shape::Struct(body) => &body.fields.iter().find(|field| field.wire == name)?.ty,
                Shape::Enum(_) | Shape::Union(_) | Shape::Tuple(_) | Shape::Alias(_) => return None,
            },
            Type::Primitive(_) | Type::Constant(_) | Type::List(_) | Type::Tuple(_) | Type::Nullable(_) => return None,
        };
    }
    Some(ty)
}

/// The type of the items of a list.
fn item<'t>(ty: &'t Type, types: &'t Types) -> &'t Type {
    match types.seen_through(ty) {
        Type::List(item) => item,
        other => other,
    }
}
