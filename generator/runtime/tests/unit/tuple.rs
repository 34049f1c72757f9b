//! Lists whose items have a type each in, values and the same lists out.

use serde_json::json;

use crate::runtime::prelude::*;

#[derive(Debug, Clone, PartialEq)]
struct Line(String, Option<u8>, Option<u8>, Maybe<u8>);
tuple! { Line { required 0, required 1, optional 2, maybe 3 } }

#[derive(Debug, Clone, PartialEq)]
struct Command(String, Vec<u8>);
tuple! { Command { required 0, rest 1 } }

#[derive(Debug, Clone, PartialEq)]
struct Tree(u8, Option<Box<Tree>>);
tuple! { Tree { required 0, optional 1 } }

#[test]
fn a_list_that_is_read_is_written_the_same() {
    let lines = [
        json!(["a", 1]),
        json!(["a", null]),
        json!(["a", 1, 2]),
        json!(["a", 1, 2, null]),
        json!(["a", 1, null, 3]),
    ];
    for list in lines {
        let line: Line = serde_json::from_value(list.clone()).unwrap();
        assert_eq!(serde_json::to_value(&line).unwrap(), list, "{line:?}");
    }
    for list in [json!(["run"]), json!(["run", 1, 2, 3])] {
        let command: Command = serde_json::from_value(list.clone()).unwrap();
        assert_eq!(serde_json::to_value(&command).unwrap(), list, "{command:?}");
    }
    let tree: Tree = serde_json::from_str("[1,[2,[3]]]").unwrap();
    assert_eq!(serde_json::to_string(&tree).unwrap(), "[1,[2,[3]]]");
}

#[test]
fn what_is_missing_and_what_is_null_are_told_apart_where_the_type_does() {
    let read = |text: &str| serde_json::from_str::<Line>(text).unwrap();
    assert_eq!(read(r#"["a", 1]"#), Line("a".to_owned(), Some(1), None, Maybe::Absent));
    assert_eq!(
        read(r#"["a", 1, null, null]"#),
        Line("a".to_owned(), Some(1), None, Maybe::Null)
    );
    let ended = serde_json::to_string(&read(r#"["a", 1, null]"#)).unwrap();
    assert_eq!(ended, r#"["a",1]"#);
}

#[test]
fn a_wrong_length_is_said() {
    let error = |text: &str| serde_json::from_str::<Line>(text).unwrap_err().to_string();
    assert_eq!(
        error(r#"["a"]"#),
        "invalid length 1, expected a list of 2 to 4 items at line 1 column 5"
    );
    assert_eq!(
        error(r#"["a", 1, 2, 3, 4, 5]"#),
        "invalid length 6, expected a list of 2 to 4 items at line 1 column 20"
    );
    let error = |text: &str| serde_json::from_str::<Command>(text).unwrap_err().to_string();
    assert_eq!(
        error("[]"),
        "invalid length 0, expected a list of at least 1 item at line 1 column 2"
    );
    assert_eq!(
        error("{}"),
        "invalid type: map, expected a list of at least 1 item at line 1 column 0"
    );
    assert_eq!(
        error(r#"["run", 1, "2"]"#),
        r#"invalid type: string "2", expected u8 at line 1 column 14"#
    );
}
