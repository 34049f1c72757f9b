//! Documents in, the same with the members of their objects in another order out.

use serde_json::{Map, Value};

/// Shuffles the members of every object that is not under one of the keys `kept`.
pub(crate) fn shuffle(value: Value, random: &mut fastrand::Rng, keep: bool, kept: &[&str]) -> Value {
    match value {
        Value::Array(items) => items
            .into_iter()
            .map(|item| shuffle(item, random, false, kept))
            .collect(),
        Value::Object(members) => {
            let mut members: Vec<(String, Value)> = members.into_iter().collect();
            if !keep {
                random.shuffle(&mut members);
            }
            let inner = members.into_iter().map(|(key, value)| {
                // An example is shown as it is written.
                if matches!(key.as_str(), "example" | "default") {
                    return (key, value);
                }
                // A member of a list may be called like a list: a property `content` is a schema.
                let is_list = !keep && kept.contains(&key.as_str());
                (key, shuffle(value, random, is_list, kept))
            });
            Value::Object(inner.collect::<Map<_, _>>())
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => value,
    }
}
