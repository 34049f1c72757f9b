//! Which arm fits best where several do, and how deep unions may be inside unions.

use serde_json::json;

use crate::runtime::prelude::*;

#[derive(Debug, Clone, PartialEq)]
enum Scalar {
    Text(String),
    Whole(i64),
    Unknown(Value),
}
untagged_union! { Scalar { Text: any, Whole: some } }

#[derive(Debug, Clone, PartialEq, Eq)]
enum Listed {
    A,
    B,
    Unknown(String),
}
open_enum! { Listed: str { A = "a", B = "b" } }

#[derive(Debug, Clone, PartialEq, Eq)]
enum Other {
    C,
    Unknown(String),
}
open_enum! { Other: str { C = "c" } }

#[derive(Debug, Clone, PartialEq, Eq)]
enum Level {
    One,
    Unknown(i64),
}
open_enum! { Level: i64 { One = 1 } }

#[derive(Debug, Clone, PartialEq)]
struct Cat {
    kind: String,
    lives: Option<u8>,
}
model! { Cat { required kind = "kind", optional lives = "lives", } }

#[derive(Debug, Clone, PartialEq)]
enum Tagged {
    Cat(Cat),
    Unknown(Value),
}
tagged_union! { Tagged by "kind" { Cat = "cat" } }

#[derive(Debug, Clone, PartialEq)]
struct Holder<T> {
    v: T,
    w: Option<u8>,
}
type OfScalar = Holder<Scalar>;
type OfFlag = Holder<bool>;
type OfListed = Holder<Listed>;
model! { OfScalar { required v = "v", optional w = "w", } }
model! { OfFlag { required v = "v", optional w = "w", } }
model! { OfListed { required v = "v", optional w = "w", } }

/// Declares a union, and says of values which of its variants they are.
macro_rules! fits {
    ($($test:ident { $($variant:ident($type:ty): $hint:ident $([$($name:literal),*])?),* } $($json:tt is $arm:ident),*;)*) => {$(
        #[test]
        fn $test() {
            #[derive(Debug, Clone, PartialEq)]
            enum Union { $($variant($type),)* Unknown(Value) }
            untagged_union! { Union { $($variant: $hint $([$($name),*])?),* } }
            $(
                let json = json!($json);
                let read: Union = serde_json::from_value(json.clone()).unwrap();
                assert!(matches!(read, Union::$arm(_)), "{json} is {read:?}");
                assert_eq!(serde_json::to_value(&read).unwrap(), json);
            )*
        }
    )*};
}

fits! {
    what_an_inner_union_does_not_know_is_another_arm { Scalar(Scalar): union, Flag(bool): any }
        true is Flag, "x" is Scalar, 1 is Scalar, null is Scalar;
    a_list_of_a_union_or_the_union { Scalar(Scalar): union, List(Vec<Scalar>): any }
        [1, "a"] is List, "a" is Scalar, [true] is List, true is Scalar;
    a_tag_or_a_text { Tagged(Tagged): union, Text(String): any }
        "s" is Text, { "kind": "cat" } is Tagged, { "kind": "cow" } is Tagged;
    a_tag_or_a_map { Tagged(Tagged): union, Map(BTreeMap<String, String>): any }
        { "a": "b" } is Map, { "kind": "cow" } is Map, { "kind": "cat", "lives": 1 } is Tagged;
    a_list_of_listed_texts_or_of_any { Listed(Vec<Listed>): any, Text(Vec<String>): any }
        ["a", "b"] is Listed, ["a", "z"] is Text, [] is Listed;
    a_tuple_of_listed_texts_or_a_list { Pair((Listed, Listed)): some, Text(Vec<String>): any }
        ["a", "b"] is Pair, ["a", "z"] is Text;
    a_text_that_several_lists_do_not_have { Listed(Listed): values["a", "b"], Other(Other): values["c"], Map(BTreeMap<String, Value>): any }
        "a" is Listed, "c" is Other, "z" is Unknown, {} is Map;
    a_text_that_one_list_does_not_have { Listed(Listed): values["a", "b"], Map(BTreeMap<String, Value>): any }
        "a" is Listed, "z" is Listed;
    numbers_that_are_listed_or_not { Level(Vec<Level>): any, Whole(Vec<i64>): any }
        [1] is Level, [1, 2] is Whole;
    the_members_of_an_object_count_more { Text(OfListed): members["v", "w"], Map(BTreeMap<String, Value>): any }
        { "v": "new", "w": 1 } is Text, { "v": "new", "x": 1 } is Map;
    what_is_in_a_member { Scalar(OfScalar): members["v", "w"], Flag(OfFlag): members["v", "w"] }
        { "v": true } is Flag, { "v": true, "w": 1 } is Flag, { "v": 1 } is Scalar, { "v": [] } is Scalar;
}

#[derive(Debug, Clone, PartialEq)]
struct Node<T> {
    child: Option<Box<Either>>,
    x: T,
}
type Whole = Node<i64>;
type Text = Node<String>;
model! { Whole { optional child = "child", required x = "x", } }
model! { Text { optional child = "child", required x = "x", } }

#[derive(Debug, Clone, PartialEq)]
enum Either {
    Whole(Whole),
    Text(Text),
    Unknown(Value),
}
untagged_union! { Either { Whole: members["child", "x"], Text: members["child", "x"] } }

#[test]
fn arms_of_one_shape_are_told_apart_at_any_depth() {
    for depth in [6, 30, 110] {
        let mut json = json!({ "x": "innermost" });
        for level in 0..depth {
            json = if level % 3 == 0 {
                json!({ "child": json, "x": 1 })
            } else {
                json!({ "child": json, "x": "text" })
            };
        }
        let read: Either = serde_json::from_str(&json.to_string()).unwrap();
        assert!(!format!("{read:?}").contains("Unknown"), "depth {depth}");
        assert_eq!(serde_json::to_value(&read).unwrap(), json);
    }
}

#[test]
fn one_value_that_no_arm_takes_leaves_the_others() {
    let mut json = json!({ "child": { "x": [] }, "x": 1 });
    for _ in 0..30 {
        json = json!({ "child": json, "x": "text" });
    }
    let read: Either = serde_json::from_value(json.clone()).unwrap();
    assert_eq!(format!("{read:?}").matches("Unknown").count(), 1);
    assert_eq!(serde_json::to_value(&read).unwrap(), json);
}
