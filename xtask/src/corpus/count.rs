//! The bytes of a document in, how many operations and schemas it holds out.
//!
//! Written apart from the generator and on plain values, so that the two can be held against each other.

use serde_json::Value;

const METHODS: [&str; 8] = ["get", "put", "post", "delete", "options", "head", "patch", "trace"];

/// How many operations and component schemas there are; none in what is neither JSON nor YAML.
pub(super) fn count(bytes: &[u8]) -> (usize, usize) {
    let root: Value = match serde_json::from_slice(bytes) {
        Ok(root) => root,
        Err(_) => serde_yaml::from_slice(bytes).unwrap_or_default(),
    };
    // A path item may be another one's: a reference into the document.
    let item = |item: &Value| -> Option<Value> {
        let target = item
            .get("$ref")
            .and_then(Value::as_str)
            .and_then(|target| target.strip_prefix('#'));
        target.map_or_else(|| Some(item.clone()), |target| root.pointer(target).cloned())
    };
    let members = |value: Option<&Value>| value.and_then(Value::as_object).cloned().unwrap_or_default();
    let operations = members(root.get("paths"))
        .iter()
        .filter(|(path, _)| !path.starts_with("x-"))
        .filter_map(|(_, value)| item(value))
        .map(|item| METHODS.iter().filter(|method| item.get(method).is_some()).count())
        .sum();
    (operations, members(root.pointer("/components/schemas")).len())
}

#[cfg(test)]
mod tests {
    #[test]
    fn operations_are_methods_of_paths() {
        let yaml = "paths:\n  /a: { get: {}, parameters: [] }\n  /same: { $ref: '#/paths/~1a' }\n  /b: { put: {}, trace: {} }\n  x-c: { get: {} }\n\
                    components: { schemas: { A: {} } }";
        assert_eq!(super::count(yaml.as_bytes()), (4, 1));
        assert_eq!(super::count(b"{"), (0, 0));
    }
}
