//! Members that an object is said not to have: kept, written back, and a sign of another arm where no tag tells them apart.

use serde_json::json;

use crate::runtime::prelude::*;

#[derive(Debug, Clone, PartialEq)]
struct Soup {
    sort: String,
    additional_properties: BTreeMap<String, Value>,
}
model! { Soup { required sort = "sort", denied additional_properties, } }

#[derive(Debug, Clone, PartialEq)]
struct Bread {
    grain: Option<String>,
    additional_properties: BTreeMap<String, Value>,
}
model! { Bread { optional grain = "grain", denied additional_properties, } }

#[derive(Debug, Clone, PartialEq)]
enum Course {
    Soup(Soup),
    Bread(Bread),
    Unknown(Value),
}
tagged_union! { Course by "sort" { Soup = "soup", Bread = "bread" } }

#[derive(Debug, Clone, PartialEq)]
enum Either {
    Soup(Soup),
    Bread(Bread),
    Unknown(Value),
}
untagged_union! { Either { Soup: members["sort"], Bread: members["grain"] } }

#[derive(Debug, Clone, PartialEq)]
struct Menu {
    course: Course,
}
model! { Menu { required course = "course", } }

#[derive(Debug, Clone, PartialEq)]
enum Meal {
    Menu(Menu),
    Unknown(Value),
}
untagged_union! { Meal { Menu: members["course"] } }

#[test]
fn a_variant_that_its_tag_tells_keeps_what_there_should_not_be() {
    let json = json!({ "sort": "soup", "hot": [1, { "a": null }] });
    let course: Course = serde_json::from_value(json.clone()).unwrap();
    assert!(
        matches!(&course, Course::Soup(soup) if soup.additional_properties["hot"] == json["hot"]),
        "{course:?}"
    );
    assert_eq!(serde_json::to_value(&course).unwrap(), json);
}

#[test]
fn a_tag_that_the_variant_does_not_list_is_the_unions_alone() {
    let json = json!({ "grain": "rye", "salt": 1, "sort": "bread" });
    let course: Course = serde_json::from_value(json.clone()).unwrap();
    let Course::Bread(bread) = &course else {
        panic!("{course:?}");
    };
    assert_eq!(
        bread.additional_properties,
        BTreeMap::from([("salt".to_owned(), json!(1))])
    );
    assert_eq!(serde_json::to_value(&course).unwrap(), json);
}

#[test]
fn a_choice_without_a_tag_takes_no_variant_that_denies_a_member() {
    for (json, is_known) in [
        (json!({ "sort": "soup" }), true),
        (json!({ "sort": "soup", "hot": true }), false),
        (json!({ "grain": "rye" }), true),
        (json!({ "grain": "rye", "sort": "soup" }), false),
        (json!({}), true),
    ] {
        let either: Either = serde_json::from_value(json.clone()).unwrap();
        assert_eq!(!matches!(either, Either::Unknown(_)), is_known, "{either:?}");
        assert_eq!(serde_json::to_value(&either).unwrap(), json);
    }
}

#[derive(Debug, Clone, PartialEq)]
enum Order {
    Bread(Bread),
    Name(String),
    Unknown(Value),
}
untagged_union! { Order { Bread: members["grain"], Name: some } }

#[test]
fn the_only_variant_that_is_an_object_is_told_by_that() {
    let json = json!({ "grain": "rye", "salt": 1 });
    let order: Order = serde_json::from_value(json.clone()).unwrap();
    assert!(matches!(order, Order::Bread(_)), "{order:?}");
    assert_eq!(serde_json::to_value(&order).unwrap(), json);
}

#[test]
fn what_a_tag_has_settled_says_nothing_against_the_choice_around_it() {
    let json = json!({ "course": { "sort": "soup", "hot": true } });
    let meal: Meal = serde_json::from_value(json.clone()).unwrap();
    assert!(matches!(meal, Meal::Menu(_)), "{meal:?}");
    assert_eq!(serde_json::to_value(&meal).unwrap(), json);
}
