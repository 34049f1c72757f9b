//! Values of unions in, the same JSON out, and the arm that explains them most.

use it::models::{Course, Dish, DishA, DishB, DishC, DishD, DishE, DishF, DishG, DishH, DishI, Salad, Side, Soup};
use serde_json::{Value, json};

use crate::server::Server;

/// A dish as it is read, and as it is written then.
async fn echo(dish: &Value) -> (Dish, Value) {
    let server = Server::start();
    let client = server.client();
    server.answer("200 OK", &[], dish.to_string());
    let read = client.unions().dish(&Dish::new()).await.unwrap();
    server.request();
    server.answer("200 OK", &[], "{}");
    client.unions().dish(&read).await.unwrap();
    (read, serde_json::from_slice(&server.request().body).unwrap())
}

macro_rules! arms {
    ($($json:tt => $field:ident: $arm:pat,)*) => {
        [$((json!($json), |dish: &Dish| matches!(dish.$field.as_ref(), Some($arm)))),*]
    };
}

#[tokio::test]
async fn the_arm_that_loses_nothing_is_taken() {
    let cases: [(Value, fn(&Dish) -> bool); 28] = arms! {
        { "a": { "free": "shape" } } => a: DishA::Map(_),
        { "a": { "hot": true } } => a: DishA::Closed(_),
        { "a": {} } => a: DishA::Closed(_),
        { "a": { "hot": true, "free": "shape" } } => a: DishA::Unknown(_),
        { "b": "text" } => b: DishB::Text(_),
        { "b": { "free": ["shape"] } } => b: DishB::Map(_),
        { "b": ["list"] } => b: DishB::Unknown(_),
        { "c": ["a", "b"] } => c: DishC::List(_),
        { "c": "a" } => c: DishC::Text(_),
        { "c": 1.5 } => c: DishC::Number(_),
        { "c": false } => c: DishC::Boolean(_),
        { "c": [1] } => c: DishC::Unknown(_),
        { "d": "2026-03-01T12:00:00Z" } => d: DishD::DateTime(_),
        { "d": "2026-03-01T12:00:00+01:00" } => d: DishD::Text(_),
        { "d": "01234567-89ab-cdef-0123-456789abcdef" } => d: DishD::Uuid(_),
        { "d": "01234567-89AB-CDEF-0123-456789ABCDEF" } => d: DishD::Text(_),
        { "d": "soon" } => d: DishD::Text(_),
        { "e": { "place": { "hot": true } } } => e: DishE::Near(_),
        { "e": { "place": { "miles": 2.5 } } } => e: DishE::Far(_),
        { "e": { "place": { "hot": true, "miles": 2.5 } } } => e: DishE::Far(_),
        { "f": 9_007_199_254_740_993_i64 } => f: DishF::Unknown(_),
        { "course": { "sort": "soup", "hot": true, "more": 1 } } => course: Course::Soup(_),
        { "side": { "sort": "soup" } } => side: Side::Soup(_),
        { "side": "" } => side: Side::Empty,
        { "side": { "sort": "salad", "hot": true } } => side: Side::Salad(_),
        { "side": 1.5 } => side: Side::Number(_),
        { "side": "none" } => side: Side::Mark(_),
        { "side": "some" } => side: Side::Mark(_),
    };
    for (json, is_right) in cases {
        let (read, written) = echo(&json).await;
        assert_eq!(written, json);
        assert!(is_right(&read), "{json} is {read:?}");
    }
}

#[tokio::test]
async fn another_form_is_better_than_no_type() {
    let (read, written) = echo(&json!({ "g": "2026-03-01T12:00:00.000Z" })).await;
    assert!(matches!(read.g, Some(DishG::DateTime(_))), "{read:?}");
    assert_eq!(written, json!({ "g": "2026-03-01T12:00:00Z" }));
}

#[tokio::test]
async fn a_text_that_is_an_alternative_holds_nothing() {
    let (read, written) = echo(&json!({ "h": "now", "i": "", "j": "" })).await;
    assert_eq!((read.h, read.i), (Some(DishH::Now), Some(DishI::Empty)));
    assert_eq!(read.j.as_deref(), Some(""));
    assert_eq!(written, json!({ "h": "now", "i": "", "j": "" }));
    let (read, written) = echo(&json!({ "h": "later", "i": "none" })).await;
    assert_eq!((read.h, read.i), (Some(DishH::Unknown(json!("later"))), Some(DishI::Unknown(json!("none")))));
    assert_eq!(written, json!({ "h": "later", "i": "none" }));
}

#[tokio::test]
async fn the_union_writes_the_tag() {
    let cases = [
        (Course::from_soup("nonsense"), "soup"),
        (Course::from_soup("SOUP"), "SOUP"),
        (Course::Salad(Salad::new().into()), "salad"),
    ];
    for (course, tag) in cases {
        let server = Server::start();
        server.answer("200 OK", &[], "{}");
        server.client().unions().dish(&Dish::new().course(course)).await.unwrap();
        let written: Value = serde_json::from_slice(&server.request().body).unwrap();
        assert_eq!(written, json!({ "course": { "sort": tag } }));
    }
}

trait FromSoup {
    fn from_soup(sort: &str) -> Self;
}

impl FromSoup for Course {
    fn from_soup(sort: &str) -> Self {
        Self::Soup(Soup::new(sort).into())
    }
}
