//! The bytes of a document in, how many operations, schemas and webhooks it holds out.
//!
//! Written apart from the generator and on plain values, so that the two can be held against each other.

use std::collections::BTreeSet;

use serde_json::Value;

const METHODS: [&str; 9] = [
    "get", "put", "post", "delete", "options", "head", "patch", "trace", "query",
];

/// What a document holds.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Count {
    pub(super) operations: usize,
    /// The component schemas, in Swagger 2.0 the definitions.
    pub(super) schemas: usize,
    /// The requests that the server makes, webhooks and callbacks: the place of each, once for everybody who asks for it.
    pub(super) webhooks: Vec<String>,
}

/// What is there; nothing in what is neither JSON nor YAML.
pub(super) fn count(bytes: &[u8]) -> Count {
    let root: Value = match serde_json::from_slice(bytes) {
        Ok(root) => root,
        Err(_) => serde_yaml::from_slice(bytes).unwrap_or_default(),
    };
    let schemas = if root.get("swagger").is_some() {
        "/definitions"
    } else {
        "/components/schemas"
    };
    let mut count = Count {
        schemas: members(&root, schemas).len(),
        ..Count::default()
    };
    let mut askers = BTreeSet::new();
    for (path, place) in members(&root, "/paths") {
        if path.starts_with("x-") {
            continue;
        }
        for operation in operations(&root, &place) {
            count.operations += 1;
            // What several paths have in common asks for its callbacks once.
            if !askers.insert(operation.clone()) {
                continue;
            }
            for (_, callback) in members(&root, &format!("{operation}/callbacks")) {
                let expressions = members(&root, &target(&root, &callback));
                let expressions = expressions
                    .iter()
                    .filter(|(expression, _)| !expression.starts_with("x-"));
                count
                    .webhooks
                    .extend(expressions.flat_map(|(_, item)| operations(&root, item)));
            }
        }
    }
    for place in ["/webhooks", "/x-webhooks"] {
        let items = members(&root, place);
        count
            .webhooks
            .extend(items.iter().flat_map(|(_, item)| operations(&root, item)));
    }
    count
}

/// The members of the object at `place`, each with its own place.
fn members(root: &Value, place: &str) -> Vec<(String, String)> {
    let members = root.pointer(place).and_then(Value::as_object);
    let keys = members.into_iter().flat_map(|members| members.keys());
    keys.map(|key| {
        (
            key.clone(),
            format!("{place}/{}", key.replace('~', "~0").replace('/', "~1")),
        )
    })
    .collect()
}

/// The places of the operations of the path item at `place`, which may be another one's: a reference into the document.
fn operations(root: &Value, place: &str) -> Vec<String> {
    let item = target(root, place);
    let is_there = |method: &&str| root.pointer(&item).is_some_and(|item| item.get(method).is_some());
    let methods = METHODS.iter().filter(|method| is_there(method));
    let methods = methods.map(|method| format!("{item}/{method}"));
    let additional = members(root, &format!("{item}/additionalOperations"));
    methods.chain(additional.into_iter().map(|(_, place)| place)).collect()
}

/// Where the references at `place` lead in the end; `place` where there is none.
fn target(root: &Value, place: &str) -> String {
    const STEPS: usize = 100;
    let mut place = place.to_owned();
    for _ in 0..STEPS {
        let reference = root.pointer(&place).and_then(|value| value.get("$ref"));
        let Some(next) = reference.and_then(Value::as_str).and_then(|to| to.strip_prefix('#')) else {
            break;
        };
        next.clone_into(&mut place);
    }
    place
}

#[cfg(test)]
mod tests {
    use super::count;

    #[test]
    fn operations_are_methods_of_paths() {
        let yaml = "paths:\n  /a: { get: {}, parameters: [] }\n  /same: { $ref: '#/paths/~1a' }\n  /b: { put: {}, trace: {} }\n  x-c: { get: {} }\n\
                    components: { schemas: { A: {} } }";
        let count = count(yaml.as_bytes());
        assert_eq!((count.operations, count.schemas), (4, 1));
        assert_eq!(super::count(b"{"), super::Count::default());
    }

    #[test]
    fn what_other_versions_write_otherwise_is_counted_too() {
        let yaml = "swagger: '2.0'\ndefinitions: { A: {}, B: {} }\npaths: { /a: { get: {} } }";
        let old = count(yaml.as_bytes());
        assert_eq!((old.operations, old.schemas), (1, 2));
        let new = count(b"paths: { /a: { query: {}, additionalOperations: { COPY: {} } } }");
        assert_eq!(new.operations, 2);
    }

    #[test]
    fn webhooks_are_methods_of_their_items_wherever_these_are() {
        let yaml = "webhooks: { a: { post: {}, put: {} }, b: { $ref: '#/components/pathItems/B' }, c: { summary: none } }\n\
                    x-webhooks: { x-note: text, d: { get: {} } }\n\
                    paths: { /a: { post: { callbacks: { e: { '{$url}': { post: {} }, x-note: { get: {} } }, f: { $ref: '#/components/callbacks/F' } } } } }\n\
                    components: { pathItems: { B: { post: {} } }, callbacks: { F: { g: { put: {} } } } }";
        let yaml = yaml.replace("paths: {", "paths: { /b: { $ref: '#/paths/~1a' },");
        assert_eq!(
            count(yaml.as_bytes()).webhooks,
            [
                "/paths/~1a/post/callbacks/e/{$url}/post",
                "/components/callbacks/F/g/put",
                "/webhooks/a/put",
                "/webhooks/a/post",
                "/components/pathItems/B/post",
                "/x-webhooks/d/get",
            ]
        );
    }
}
