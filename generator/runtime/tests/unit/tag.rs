//! What unions write into the members that tell their arms apart.

use std::cell::Cell;

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::json;

use crate::runtime::prelude::*;

thread_local! {
    static ENCODED: Cell<usize> = const { Cell::new(0) };
}

/// A text that counts how often it is encoded.
#[derive(Debug, Clone, PartialEq)]
struct Counted(String);

impl Serialize for Counted {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        ENCODED.set(ENCODED.get() + 1);
        self.0.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Counted {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer).map(Self)
    }
}

#[derive(Debug, Clone, PartialEq)]
struct Logic {
    args: Vec<Expression>,
    op: String,
}
model! { Logic { required args = "args", required op = "op", } }

#[derive(Debug, Clone, PartialEq)]
struct Compared {
    field: Counted,
    op: Counted,
}
model! { Compared { required field = "field", required op = "op", } }

#[derive(Debug, Clone, PartialEq)]
enum Expression {
    Logic(Logic),
    Compared(Compared),
    Unknown(Value),
}
tagged_union! { Expression by "op" { Logic = "and" | "or", Compared = "eq" | "ne" } }

#[test]
fn every_value_is_encoded_once_however_deep_it_is() {
    let mut deep = Expression::Compared(Compared {
        field: Counted("f".to_owned()),
        op: Counted("ne".to_owned()),
    });
    for _ in 0..200 {
        deep = Expression::Logic(Logic {
            args: vec![deep],
            op: "or".to_owned(),
        });
    }
    let written = serde_json::to_string(&deep).unwrap();
    assert!(written.contains(r#"[{"field":"f","op":"ne"}],"op":"or"}"#), "{written}");
    // The field for what is sent; the tag is only looked at.
    assert_eq!(ENCODED.get(), 2);
}

#[derive(Debug, Clone, PartialEq)]
struct Car {
    vehicle: Option<String>,
    kind: Option<i64>,
}
model! { Car { optional vehicle = "vehicle", optional kind = "kind", } }

#[derive(Debug, Clone, PartialEq)]
enum Kind {
    Sports(Car),
    Family(Box<Car>),
    Other(Car),
    Text(String),
    Unknown(Value),
}
tagged_union! {
    Kind by "kind" else Other { Sports = 1i64 | 2i64, Family = 3i64, Other = 4i64 as members, Text = 5i64 as written }
}

#[derive(Debug, Clone, PartialEq)]
enum Either {
    Kind(Kind),
    Car(Car),
    Unknown(Value),
}
untagged_union! { Either { Kind: union, Car: members["vehicle", "kind"] } }

#[derive(Debug, Clone, PartialEq)]
enum Vehicle {
    Car(Kind),
    Either(Box<Either>),
    Unknown(Value),
}
tagged_union! { Vehicle by "vehicle" { Car = "car" as tagged_union, Either = "either" | "or" as tagged_union } }

fn car(vehicle: &str, kind: i64) -> Car {
    Car {
        vehicle: Some(vehicle.to_owned()),
        kind: Some(kind),
    }
}

#[test]
fn each_union_on_the_way_writes_its_own_tag() {
    let wrong = || car("wrong", 9);
    let none = Car {
        vehicle: None,
        kind: None,
    };
    let either = |either: Either| Vehicle::Either(Box::new(either));
    for (vehicle, written) in [
        (
            Vehicle::Car(Kind::Sports(wrong())),
            json!({ "vehicle": "car", "kind": 1 }),
        ),
        (
            Vehicle::Car(Kind::Sports(car("car", 2))),
            json!({ "vehicle": "car", "kind": 2 }),
        ),
        (
            Vehicle::Car(Kind::Family(Box::new(none))),
            json!({ "vehicle": "car", "kind": 3 }),
        ),
        (
            Vehicle::Car(Kind::Other(wrong())),
            json!({ "vehicle": "car", "kind": 9 }),
        ),
        (Vehicle::Car(Kind::Text("text".to_owned())), json!("text")),
        (
            Vehicle::Car(Kind::Unknown(json!({ "vehicle": "new" }))),
            json!({ "vehicle": "new" }),
        ),
        (
            either(Either::Kind(Kind::Sports(wrong()))),
            json!({ "vehicle": "either", "kind": 1 }),
        ),
        (either(Either::Car(car("or", 9))), json!({ "vehicle": "or", "kind": 9 })),
    ] {
        assert_eq!(serde_json::to_value(&vehicle).unwrap(), written, "{vehicle:?}");
    }
}

#[derive(Debug, Clone, PartialEq)]
enum Outer {
    Inner(Inner),
    Leaf(Car),
    Unknown(Value),
}
tagged_union! { Outer by "vehicle" { Inner = "two" | "four" as tagged_union, Leaf = "three" } }

#[derive(Debug, Clone, PartialEq)]
enum Inner {
    Leaf(Car),
    Own(Car),
    Other(Car),
    Unknown(Value),
}
tagged_union! { Inner by "vehicle" else Other { Leaf = "three", Own = "four", Other = "five" as members } }

#[test]
fn of_two_tags_of_one_name_the_inner_one_is_written() {
    for (outer, tag) in [
        (Outer::Inner(Inner::Leaf(car("wrong", 1))), "three"),
        (Outer::Inner(Inner::Own(car("wrong", 1))), "four"),
        // What the inner one leaves as it is, the outer one has to read.
        (Outer::Inner(Inner::Other(car("wrong", 1))), "two"),
        (Outer::Inner(Inner::Other(car("four", 1))), "four"),
    ] {
        let written = serde_json::to_value(&outer).unwrap();
        assert_eq!(written, json!({ "vehicle": tag, "kind": 1 }));
        assert!(!matches!(serde_json::from_value(written).unwrap(), Outer::Unknown(_)));
    }
}

#[derive(Debug, Clone, PartialEq)]
struct Base {
    t: Maybe<String>,
    x: Option<i64>,
}
model! { Base { maybe t = "t", optional x = "x", } }

#[derive(Debug, Clone, PartialEq)]
enum Family {
    Heir(Base),
    Base(Base),
    Unknown(Value),
}
tagged_union! { Family by "t" absent Base { Heir = "Heir", Base = "Base" as optional } }

#[test]
fn what_has_no_tag_is_the_variant_for_that_and_gets_none() {
    for (json, is_base) in [
        (json!({ "x": 1 }), true),
        (json!({ "t": null, "x": 1 }), true),
        (json!({ "t": "Base" }), true),
        (json!({ "t": "Heir" }), false),
    ] {
        let read: Family = serde_json::from_value(json.clone()).unwrap();
        assert_eq!(matches!(read, Family::Base(_)), is_base, "{read:?}");
        assert_eq!(serde_json::to_value(&read).unwrap(), json);
    }
    for json in [
        json!({ "t": "new" }),
        json!({ "t": 1 }),
        json!({ "x": "text" }),
        json!("text"),
    ] {
        let read: Family = serde_json::from_value(json.clone()).unwrap();
        assert_eq!(read, Family::Unknown(json));
    }
    let wrong = Family::Base(Base {
        t: Maybe::Value("Heir".to_owned()),
        x: None,
    });
    assert_eq!(serde_json::to_value(wrong).unwrap(), json!({ "t": "Base" }));
}
