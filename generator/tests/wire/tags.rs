//! Values of unions with tags in, the same JSON out; and variants with wrong tags in, what is sent of them out.

use it::models::{
    Car, Fallen, FallenFruit, Lamp, LampOff, Listing, ListingLong, Metal, Plain, Rank, RankOrTwo, RankThree, RankTwo,
    SportsCar, Tin, Vehicle, Zinc,
};
use serde::{Serialize, de::DeserializeOwned};
use serde_json::{Value, json};

/// What a value is read as, which is written as it came.
fn read<T: DeserializeOwned + Serialize>(json: &Value) -> T {
    let read: T = serde_json::from_value(json.clone()).unwrap();
    assert_eq!(serde_json::to_value(&read).unwrap(), *json);
    read
}

/// The value, but for a change that only its public fields permit.
fn but<T>(mut value: T, change: impl FnOnce(&mut T)) -> T {
    change(&mut value);
    value
}

macro_rules! are {
    ($($json:tt is $variant:pat $(if $inside:expr)?,)*) => {$(
        let json = json!($json);
        let value = read(&json);
        assert!(matches!(&value, $variant $(if $inside)?), "{json} is {value:?}");
    )*};
}

macro_rules! are_sent {
    ($($value:expr => $json:tt,)*) => {$(
        assert_eq!(serde_json::to_value($value).unwrap(), json!($json));
    )*};
}

#[test]
fn a_tag_has_the_type_of_its_member() {
    are! {
        { "metal": 50, "soft": true } is Metal::Metal50(_),
        { "metal": 30, "more": 1 } is Metal::Metal30(_),
        { "metal": 31 } is Metal::Unknown(_),
        { "metal": "50" } is Metal::Unknown(_),
        { "lit": true, "watts": 3 } is Lamp::LitTrue(_),
        { "lit": false } is Lamp::LitFalse(_),
        { "lit": "true" } is Lamp::Unknown(_),
    }
    are_sent! {
        Metal::Metal50(Tin::new().into()) => { "metal": 50 },
        Metal::Metal30(Zinc::new().brittle(true).into()) => { "metal": 30, "brittle": true },
        Lamp::LitFalse(but(LampOff::new(), |lamp| lamp.lit = true).into()) => { "lit": false },
    }
}

#[test]
fn unions_on_the_way_to_the_object_write_their_tags_too() {
    are! {
        { "vehicle": "Car", "body": "sports", "power": 90 } is Vehicle::Car(car) if matches!(**car, Car::Sports(_)),
        { "vehicle": "SportsCar", "body": "?" } is Vehicle::SportsCar(_),
    }
    are_sent! {
        Vehicle::Car(Car::Sports(but(SportsCar::new("wrong"), |car| car.body = "wrong".to_owned()).into()).into()) => { "vehicle": "Car", "body": "sports" },
        Vehicle::SportsCar(SportsCar::new("wrong").into()) => { "vehicle": "SportsCar", "body": "sports" },
    }
}

#[test]
fn what_an_inner_union_writes_the_outer_one_reads() {
    are! {
        { "rank": "three", "c": "x" } is Rank::Three(_),
        { "rank": "two", "b": "x" } is Rank::Two(two) if matches!(**two, RankTwo::Two(_)),
        { "rank": "Rank" } is Rank::Rank(_),
        { "rank": "Rank", "free": 1 } is RankOrTwo::Rank(rank) if matches!(**rank, Rank::Rank(_)),
        { "rank": "three" } is RankOrTwo::Rank(rank) if matches!(**rank, Rank::Three(_)),
    }
    are_sent! {
        Rank::Three(RankThree::new("").into()) => { "rank": "three" },
        Rank::Two(RankTwo::Three(RankThree::new("zzz").into()).into()) => { "rank": "three" },
        RankOrTwo::Rank(Rank::Three(RankThree::new("zzz").into()).into()) => { "rank": "three" },
    }
}

#[test]
fn a_base_without_its_tag_is_itself_or_what_it_names() {
    are! {
        { "x": 1 } is Plain::Plain(_),
        { "sort": null, "x": 1 } is Plain::Plain(_),
        { "sort": "Fancy", "bow": "red" } is Plain::Fancy(_),
        { "sort": "new" } is Plain::Unknown(_),
        { "color": "red" } is Fallen::Leaf(_),
        { "sort": "new", "color": "red" } is Fallen::Leaf(_),
        { "sort": "fruit" } is Fallen::Fruit(_),
    }
    are_sent! {
        Fallen::Fruit(FallenFruit::new().sort("leaf").into()) => { "sort": "fruit" },
    }
}

#[test]
fn what_is_no_tag_is_left_alone() {
    are! {
        { "kinds": ["a", "b"], "length": 2 } is Listing::Long(_),
        { "kinds": ["a"] } is Listing::ListingBase(_),
    }
    are_sent! {
        Listing::Long(ListingLong::new(vec!["a".to_owned()], 1).into()) => { "kinds": ["a"], "length": 1 },
    }
}
