//! What `open_enum!` decodes, encodes and converts.

use serde_json::json;

use crate::runtime::prelude::*;

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
enum Status {
    Complete,
    Empty,
    Unknown(String),
}
open_enum! { Status: str { Complete = "COMPLETE", Empty = "" } }

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
enum Level {
    Low,
    Below,
    Unknown(i64),
}
open_enum! { Level: i64 { Low = 1, Below = -1 } }

#[derive(Debug, Clone, PartialEq)]
enum Mixed {
    Text,
    One,
    Yes,
    Object,
    Unknown(Value),
}
open_enum! { Mixed: Value { Text = r#""text""#, One = "1", Yes = "true", Object = r#"{"a":1}"# } }

#[test]
fn texts_round_trip() {
    for (text, status) in [
        ("COMPLETE", Status::Complete),
        ("", Status::Empty),
        ("complete", Status::Unknown("complete".to_owned())),
    ] {
        assert_eq!(Status::from(text), status);
        assert_eq!(Status::from(text.to_owned()), status);
        assert_eq!(text.parse::<Status>(), Ok(status.clone()));
        assert_eq!(serde_json::from_value::<Status>(json!(text)).unwrap(), status);
        assert_eq!(
            serde_json::from_str::<Status>(&json!(text).to_string()).unwrap(),
            status
        );
        assert_eq!(serde_json::to_value(&status).unwrap(), text);
        assert_eq!(status.to_string(), text);
        assert_eq!(status.as_ref(), text);
    }
    assert!(serde_json::from_value::<Status>(json!(1)).is_err());
}

#[test]
fn numbers_round_trip() {
    for (number, level) in [(1, Level::Low), (-1, Level::Below), (9, Level::Unknown(9))] {
        assert_eq!(Level::from(number), level);
        assert_eq!(serde_json::from_value::<Level>(json!(number)).unwrap(), level);
        assert_eq!(serde_json::to_value(&level).unwrap(), number);
        assert_eq!(level.to_string(), number.to_string());
    }
}

#[test]
fn what_the_description_names_is_listed() {
    assert_eq!(Status::KNOWN, [Status::Complete, Status::Empty]);
    assert_eq!(Level::KNOWN, [Level::Low, Level::Below]);
    assert_eq!(Mixed::KNOWN[1], Mixed::One);
}

#[test]
fn values_round_trip() {
    for (value, mixed) in [
        (json!("text"), Mixed::Text),
        (json!(1), Mixed::One),
        (json!(true), Mixed::Yes),
        (json!({ "a": 1 }), Mixed::Object),
        (json!("1"), Mixed::Unknown(json!("1"))),
        (json!(null), Mixed::Unknown(json!(null))),
    ] {
        assert_eq!(serde_json::from_value::<Mixed>(value.clone()).unwrap(), mixed);
        assert_eq!(serde_json::to_value(&mixed).unwrap(), value);
        assert_eq!(mixed.value(), value);
        assert_eq!(mixed.to_string(), value.to_string());
    }
}
