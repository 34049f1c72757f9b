//! Numbers as a document writes them in, the same by value out: JSON knows no difference between `1` and `1.0`.

use serde_json::{Number, Value};

/// A value with every number in it that has no fraction as the integer that it is.
pub(super) fn plain(value: &Value) -> Value {
    match value {
        Value::Number(number) => integer(number).unwrap_or_else(|| value.clone()),
        Value::Array(items) => items.iter().map(plain).collect(),
        Value::Object(members) => {
            let members = members.iter().map(|(name, value)| (name.clone(), plain(value)));
            Value::Object(members.collect())
        }
        Value::Null | Value::Bool(_) | Value::String(_) => value.clone(),
    }
}

/// A floating point number as the integer that it is, where 64 bits hold that.
fn integer(number: &Number) -> Option<Value> {
    let float = number
        .as_f64()
        .filter(|float| number.is_f64() && float.fract() == 0.0)?;
    let digits = format!("{float:.0}");
    let signed = digits.parse::<i64>().map(Value::from);
    signed.or_else(|_| digits.parse::<u64>().map(Value::from)).ok()
}
