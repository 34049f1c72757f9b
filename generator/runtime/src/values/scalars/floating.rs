//! Equality and hashes of what has numbers with floating point inside. JSON has no NaN: what was read equals itself, and so
//! does `serde_json`'s own value.

use std::{
    collections::BTreeMap,
    hash::{Hash, Hasher},
};

#[cfg(part = "maybe")]
use crate::runtime::values::maybe::Maybe;

/// A number with floating point, or what holds nothing else.
pub trait Floating {
    /// Feeds equal values to `state` alike.
    fn feed<H: Hasher>(&self, state: &mut H);
}

macro_rules! number {
    ($($number:ident)*) => {$(
        impl Floating for $number {
            fn feed<H: Hasher>(&self, state: &mut H) {
                // Zero has two signs, which are equal.
                (self + 0.0).to_bits().hash(state);
            }
        }
    )*};
}

number!(f32 f64);

impl<T: Floating> Floating for Option<T> {
    fn feed<H: Hasher>(&self, state: &mut H) {
        self.is_some().hash(state);
        if let Some(value) = self {
            value.feed(state);
        }
    }
}

#[cfg(part = "maybe")]
impl<T: Floating> Floating for Maybe<T> {
    fn feed<H: Hasher>(&self, state: &mut H) {
        std::mem::discriminant(self).hash(state);
        if let Self::Value(value) = self {
            value.feed(state);
        }
    }
}

impl<T: Floating> Floating for &T {
    fn feed<H: Hasher>(&self, state: &mut H) {
        T::feed(self, state);
    }
}

impl<T: Floating> Floating for Box<T> {
    fn feed<H: Hasher>(&self, state: &mut H) {
        T::feed(self, state);
    }
}

impl<T: Floating> Floating for Vec<T> {
    fn feed<H: Hasher>(&self, state: &mut H) {
        self.len().hash(state);
        for value in self {
            value.feed(state);
        }
    }
}

impl<T: Floating> Floating for BTreeMap<String, T> {
    fn feed<H: Hasher>(&self, state: &mut H) {
        self.len().hash(state);
        for (name, value) in self {
            name.hash(state);
            value.feed(state);
        }
    }
}

macro_rules! tuple {
    () => {};
    ($first:ident $($other:ident)*) => {
        impl<$first: Floating, $($other: Floating),*> Floating for ($first, $($other,)*) {
            #[expect(non_snake_case, reason = "an item is called as its type")]
            fn feed<H: Hasher>(&self, state: &mut H) {
                let ($first, $($other,)*) = self;
                $first.feed(state);
                $($other.feed(state);)*
            }
        }

        tuple!($($other)*);
    };
}

tuple!(A B C D E F G I J K L M);

/// `Eq` and `Hash` of what has numbers with floating point (`float`) and others (`plain`).
#[allow(unused_macros, reason = "a document may describe no floating point")]
macro_rules! total_eq {
    (struct $name:ident { $($kind:ident $member:tt,)* }) => {
        impl Eq for $name {}

        impl ::std::hash::Hash for $name {
            fn hash<H: ::std::hash::Hasher>(&self, state: &mut H) {
                $(total_eq!(@ $kind &self.$member, state);)*
            }
        }
    };
    (enum $name:ident { $($kind:ident $variant:ident,)* }) => {
        impl Eq for $name {}

        impl ::std::hash::Hash for $name {
            fn hash<H: ::std::hash::Hasher>(&self, state: &mut H) {
                ::std::mem::discriminant(self).hash(state);
                $(if let Self::$variant(value) = self {
                    total_eq!(@ $kind value, state);
                })*
            }
        }
    };
    (@ plain $value:expr, $state:ident) => {
        ::std::hash::Hash::hash($value, $state)
    };
    (@ float $value:expr, $state:ident) => {
        $crate::runtime::values::scalars::floating::Floating::feed($value, $state)
    };
}

#[allow(unused_imports, reason = "a document may describe no floating point")]
pub(crate) use total_eq;
