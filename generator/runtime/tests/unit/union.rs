//! Which arm a union takes.

use serde_json::json;

use crate::runtime::prelude::*;

#[derive(Debug, Clone, PartialEq)]
struct Cat {
    kind: String,
    lives: u8,
}
model! { Cat { required kind = "kind", required lives = "lives", } }

#[derive(Debug, Clone, PartialEq)]
struct Dog {
    kind: String,
    friend: Option<Box<Pet>>,
}
model! { Dog { required kind = "kind", optional friend = "friend", } }

#[derive(Debug, Clone, PartialEq)]
enum Pet {
    Cat(Cat),
    Dog(Box<Dog>),
    Unknown(Value),
}
tagged_union! { Pet by "kind" { Cat = "cat" | "Cat", Dog = "dog" } }

#[derive(Debug, Clone, PartialEq)]
struct User {
    id: u8,
    name: Option<String>,
}
model! { User { required id = "id", optional name = "name", } }

#[derive(Debug, Clone, PartialEq)]
struct Robot {
    id: u8,
    model: Option<String>,
}
model! { Robot { required id = "id", optional model = "model", } }

#[derive(Debug, Clone, PartialEq, Eq)]
enum Switch {
    On,
    Off,
    Unknown(String),
}
open_enum! { Switch: str { On = "on", Off = "off" } }

#[derive(Debug, Clone, PartialEq)]
enum Owner {
    Name(String),
    User(User),
    Robot(Robot),
    State(Switch),
    Unknown(Value),
}
untagged_union! {
    Owner { Name: any, User: members["id", "name"], Robot: members["id", "model"], State: values["on", "off"] }
}

#[derive(Debug, Clone, PartialEq)]
struct Left {
    child: Option<Box<Tree>>,
    weight: u8,
}
model! { Left { optional child = "child", required weight = "weight", } }

#[derive(Debug, Clone, PartialEq)]
enum Tree {
    Left(Left),
    Right(Left),
    Unknown(Value),
}
untagged_union! { Tree { Left: members["child", "weight"], Right: members["child", "weight"] } }

#[test]
fn the_tag_chooses() {
    let cat = json!({ "kind": "Cat", "lives": 9 });
    let pet: Pet = serde_json::from_value(json!({ "kind": "dog", "friend": cat })).unwrap();
    let Pet::Dog(dog) = &pet else { panic!("{pet:?}") };
    assert_eq!(
        dog.friend.as_deref(),
        Some(&Pet::Cat(Cat {
            kind: "Cat".to_owned(),
            lives: 9
        }))
    );
    assert_eq!(
        serde_json::to_value(&pet).unwrap(),
        json!({ "kind": "dog", "friend": cat })
    );
}

#[test]
fn what_the_tag_does_not_name_is_kept() {
    for json in [
        json!({ "kind": "fish", "fins": 2 }),
        json!({ "lives": 9 }),
        json!({ "kind": 1 }),
        json!("cat"),
    ] {
        let pet: Pet = serde_json::from_value(json.clone()).unwrap();
        assert_eq!(pet, Pet::Unknown(json.clone()));
        assert_eq!(serde_json::to_value(&pet).unwrap(), json);
    }
}

#[test]
fn a_tagged_object_that_does_not_fit_is_an_error() {
    let error = serde_json::from_str::<Pet>(r#"{"kind":"cat"}"#).unwrap_err();
    assert_eq!(error.to_string(), "missing field `lives` at line 1 column 14");
}

#[test]
fn the_shape_chooses() {
    for (json, owner) in [
        (
            json!({ "id": 1, "name": "n" }),
            Owner::User(User {
                id: 1,
                name: Some("n".to_owned()),
            }),
        ),
        (
            json!({ "id": 1, "model": "m" }),
            Owner::Robot(Robot {
                id: 1,
                model: Some("m".to_owned()),
            }),
        ),
        (json!({ "id": 1 }), Owner::User(User { id: 1, name: None })),
        (json!("on"), Owner::State(Switch::On)),
        (json!("ann"), Owner::Name("ann".to_owned())),
        (json!({ "name": "n" }), Owner::Unknown(json!({ "name": "n" }))),
        (json!(null), Owner::Unknown(json!(null))),
    ] {
        assert_eq!(serde_json::from_value::<Owner>(json.clone()).unwrap(), owner);
        assert_eq!(serde_json::to_value(&owner).unwrap(), json);
    }
}

#[test]
fn a_hostile_answer_cannot_multiply_the_work() {
    let mut json = json!({ "child": null, "weight": "heavy" });
    for _ in 0..60 {
        json = json!({ "child": json, "weight": "heavy" });
    }
    assert_eq!(
        serde_json::from_value::<Tree>(json.clone()).unwrap(),
        Tree::Unknown(json)
    );
}

#[derive(Debug, Clone, PartialEq)]
struct Open {
    id: u8,
    more: BTreeMap<String, Value>,
}
model! { Open { required id = "id", additional more, } }

#[derive(Debug, Clone, PartialEq)]
enum Answer {
    Done(Open),
    Failed(Open),
    Unknown(Value),
}
tagged_union! { Answer by "ok" { Done = true, Failed = false } }

#[derive(Debug, Clone, PartialEq)]
enum Event {
    First(Open),
    Second(Open),
    Unknown(Value),
}
tagged_union! { Event by "version" else Second { First = 1i64 | -1i64, Second = 2i64 as written } }

#[test]
fn flags_and_numbers_are_tags_too() {
    let answer = |ok: Value| serde_json::from_value::<Answer>(json!({ "ok": ok, "id": 1 })).unwrap();
    assert!(matches!(answer(json!(true)), Answer::Done(_)));
    assert!(matches!(answer(json!(false)), Answer::Failed(_)));
    assert!(matches!(answer(json!("true")), Answer::Unknown(_)));
    let event = |version: Value| serde_json::from_value::<Event>(json!({ "version": version, "id": 1 })).unwrap();
    assert!(matches!(event(json!(1)), Event::First(_)));
    assert!(matches!(event(json!(-1)), Event::First(_)));
    assert!(matches!(event(json!(2)), Event::Second(_)));
}

#[test]
fn an_arm_for_all_other_tags_goes_before_unknown_where_it_fits() {
    let event = |value: Value| serde_json::from_value::<Event>(value).unwrap();
    assert!(matches!(event(json!({ "version": 3, "id": 1 })), Event::Second(_)));
    assert!(matches!(event(json!({ "id": 1 })), Event::Second(_)));
    assert_eq!(event(json!({ "version": 3 })), Event::Unknown(json!({ "version": 3 })));
}

#[derive(Debug, Clone, PartialEq)]
enum Anything {
    Free(Value),
    Text(String),
    Number(f64),
    Whole(i64),
    Day(Date),
    List(Vec<Value>),
    Pair((u8, u8)),
    Unknown(Value),
}
untagged_union! {
    Anything { Free: all, Text: any, Number: any, Whole: some, Day: some, List: any, Pair: some }
}

#[test]
fn the_stricter_arm_is_tried_first() {
    let read = |value: Value| serde_json::from_value::<Anything>(value).unwrap();
    assert_eq!(read(json!(1)), Anything::Whole(1));
    assert_eq!(read(json!(1.5)), Anything::Number(1.5));
    assert!(matches!(read(json!("2020-01-02")), Anything::Day(_)));
    assert_eq!(read(json!("2020")), Anything::Text("2020".to_owned()));
    assert_eq!(read(json!([1, 2])), Anything::Pair((1, 2)));
    assert!(matches!(read(json!([1, 2, 3])), Anything::List(_)));
    assert_eq!(read(json!({ "a": 1 })), Anything::Free(json!({ "a": 1 })));
    assert_eq!(read(json!(true)), Anything::Free(json!(true)));
}

#[derive(Debug, Clone, PartialEq)]
struct Told {
    v: Option<Value>,
    a: Option<String>,
}
model! { Told { optional v = "v", optional a = "a", } }

#[derive(Debug, Clone, PartialEq)]
enum ByValue {
    Text(Told),
    Null(Told),
    Float(Told),
    Whole(Told),
    Flag(Told),
    Object(Told),
    Several(Told),
    First((Value, u8)),
    Second((Value, u8)),
    Unknown(Value),
}
untagged_union! {
    ByValue {
        Text: members["v", "a"] where ["v" is text "q"],
        Null: members["v"] where ["v" is null],
        Float: members["v"] where ["v" is number "1.5"],
        Whole: members["v"] where ["v" is number "2"],
        Flag: members["v"] where ["v" is flag true],
        Object: members["v"] where ["v" is json "{\"a\":1,\"b\":[]}"],
        Several: members["v"] where ["v" is text "x" | number "3" | null],
        First: some where ["0" is text "first"],
        Second: some where ["0" is text "second"],
    }
}

#[test]
fn an_arm_whose_values_are_there_goes_before_one_that_explains_more() {
    let read = |value: Value| serde_json::from_value::<ByValue>(value).unwrap();
    let arm = |v: Value| read(json!({ "v": v, "a": "a" }));
    assert!(matches!(arm(json!("q")), ByValue::Text(_)));
    assert!(matches!(arm(json!(null)), ByValue::Null(_)));
    assert!(matches!(arm(json!(1.5)), ByValue::Float(_)));
    assert!(matches!(arm(json!(2)), ByValue::Whole(_)));
    assert!(matches!(arm(json!(2.0)), ByValue::Whole(_)));
    assert!(matches!(arm(json!(true)), ByValue::Flag(_)));
    assert!(matches!(arm(json!({ "b": [], "a": 1 })), ByValue::Object(_)));
    assert!(matches!(arm(json!(3)), ByValue::Several(_)));
    assert!(matches!(read(json!(["second", 1])), ByValue::Second(_)));
    // What contradicts all is the arm's that explains the most, and what says nothing contradicts none.
    assert!(matches!(arm(json!("new")), ByValue::Text(_)));
    assert!(matches!(read(json!({ "a": "a" })), ByValue::Text(_)));
}

#[derive(Debug, Clone, PartialEq)]
enum Maybe {
    First(Open),
    Second(Open),
    Unknown(Value),
}
untagged_union! { Maybe by "v" { First = "q": members["v", "id", "name"], Second = "x" | "y": members["v", "id", "model"] } }

#[test]
fn a_tag_that_need_not_be_there_chooses_where_it_is() {
    let read = |value: Value| serde_json::from_value::<Maybe>(value);
    assert!(matches!(read(json!({ "v": "q", "id": 1 })), Ok(Maybe::First(_))));
    assert!(matches!(
        read(json!({ "v": "y", "id": 1, "name": "n" })),
        Ok(Maybe::Second(_))
    ));
    assert!(matches!(read(json!({ "v": "z", "id": 1 })), Ok(Maybe::Unknown(_))));
    assert!(matches!(read(json!({ "v": null, "id": 1 })), Ok(Maybe::Unknown(_))));
    assert!(matches!(read(json!({ "id": 1, "model": "m" })), Ok(Maybe::Second(_))));
    assert!(matches!(read(json!({ "model": "m" })), Ok(Maybe::Unknown(_))));
    assert_eq!(read(json!({ "v": "x" })).unwrap_err().to_string(), "missing field `id`");
}

#[derive(Debug, Clone, PartialEq)]
enum Closed {
    User(User),
    Cat(Cat),
    Unknown(Value),
}
tagged_union! { Closed by "kind" { User = "user", Cat = "cat" | "tom" } }

#[test]
fn a_tagged_variant_without_a_place_for_a_member_is_unknown_and_one_without_the_tag_is_not() {
    for json in [
        json!({ "kind": "user", "id": 1 }),
        json!({ "kind": "user", "id": 1, "more": 2 }),
        json!({ "kind": "cat", "lives": 9, "more": 2 }),
        json!({ "kind": "tom", "lives": 9 }),
    ] {
        let read: Closed = serde_json::from_value(json.clone()).unwrap();
        assert_eq!(matches!(read, Closed::Unknown(_)), json.get("more").is_some(), "{json}");
        assert_eq!(serde_json::to_value(&read).unwrap(), json);
    }
}

#[test]
fn the_tag_is_written_whatever_the_member_says() {
    let cat = |kind: &str| {
        Closed::Cat(Cat {
            kind: kind.to_owned(),
            lives: 9,
        })
    };
    for (kind, written) in [("cat", "cat"), ("tom", "tom"), ("user", "cat"), ("", "cat")] {
        let json = serde_json::to_value(cat(kind)).unwrap();
        assert_eq!(json, json!({ "kind": written, "lives": 9 }));
    }
    let open = Open {
        id: 1,
        more: BTreeMap::from([("ok".to_owned(), json!("nonsense"))]),
    };
    assert_eq!(
        serde_json::to_value(Answer::Failed(open)).unwrap(),
        json!({ "id": 1, "ok": false })
    );
    let open = Open {
        id: 1,
        more: BTreeMap::new(),
    };
    assert_eq!(
        serde_json::to_value(Answer::Done(open.clone())).unwrap(),
        json!({ "id": 1, "ok": true })
    );
    // Where it need not be there, it is not added.
    assert_eq!(serde_json::to_value(Maybe::First(open)).unwrap(), json!({ "id": 1 }));
}
