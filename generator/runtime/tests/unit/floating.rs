//! Values with numbers of floating point in, that equal ones have one hash out.

use std::{
    collections::BTreeMap,
    hash::{BuildHasher, BuildHasherDefault, DefaultHasher, Hash},
};

use crate::runtime::prelude::*;

#[derive(Debug, Clone, PartialEq, Default)]
struct Place {
    name: String,
    height: f64,
    at: Option<(f64, f32)>,
    path: Vec<f64>,
    rates: BTreeMap<String, f64>,
    gust: Maybe<f64>,
}

total_eq! {
    struct Place {
        plain name,
        float height,
        float at,
        float path,
        float rates,
        float gust,
    }
}

#[derive(Debug, Clone, PartialEq)]
enum Choice {
    Number(f64),
    Twin(f64),
    Text(String),
    Nothing,
}

total_eq! {
    enum Choice {
        float Number,
        float Twin,
        plain Text,
    }
}

fn hash(value: &(impl Hash + Eq)) -> u64 {
    BuildHasherDefault::<DefaultHasher>::default().hash_one(value)
}

#[test]
fn equals_have_one_hash_whatever_the_sign_of_zero() {
    let place = |zero: f64| Place {
        height: zero,
        at: Some((zero, 1.5)),
        path: vec![zero, 2.0],
        rates: BTreeMap::from([("a".to_owned(), zero)]),
        gust: Maybe::Value(zero),
        ..Place::default()
    };
    assert_eq!(place(0.0), place(-0.0));
    assert_eq!(hash(&place(0.0)), hash(&place(-0.0)));
}

#[test]
fn every_member_is_part_of_the_hash() {
    let place = Place::default();
    let others = [
        Place {
            name: "a".to_owned(),
            ..place.clone()
        },
        Place {
            height: 1.0,
            ..place.clone()
        },
        Place {
            at: Some((0.0, 0.0)),
            ..place.clone()
        },
        Place {
            path: vec![0.0],
            ..place.clone()
        },
        Place {
            rates: BTreeMap::from([("a".to_owned(), 0.0)]),
            ..place.clone()
        },
        Place {
            gust: Maybe::Null,
            ..place.clone()
        },
        Place {
            gust: Maybe::Value(0.0),
            ..place.clone()
        },
    ];
    for other in others {
        assert_ne!(hash(&other), hash(&place), "{other:?}");
    }
}

#[test]
fn variants_tell_their_values_apart() {
    let choices = [
        Choice::Number(1.0),
        Choice::Twin(1.0),
        Choice::Text("1".to_owned()),
        Choice::Nothing,
    ];
    for (index, choice) in choices.iter().enumerate() {
        let same: Vec<_> = choices.iter().map(|other| hash(other) == hash(choice)).collect();
        let expected: Vec<_> = (0..choices.len()).map(|other| other == index).collect();
        assert_eq!(same, expected, "{choice:?}");
    }
}
