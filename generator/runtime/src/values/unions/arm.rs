//! Which arm of a union without a tag a value is: what is known about the arms and the value in, the first that fits out.

use serde_json::{Number, Value};

use crate::runtime::values::number::is_same_text;
use crate::runtime::values::unions::looks::{Decided, Looks};
use crate::runtime::values::unions::loss::{self, Decoded, Loss};
use crate::runtime::values::unions::tree::Tree;

/// One arm of a union without a tag.
#[derive(Debug)]
pub struct Arm<T> {
    /// What is known about its values.
    pub hint: Hint,
    /// Some members, or positions of a list, with all values that the arm permits there.
    pub known: &'static [(&'static str, &'static [Known])],
    /// Decodes it.
    pub decode: fn(&Tree) -> Option<T>,
}

/// What is known about the values of an arm.
#[derive(Debug, Clone, Copy)]
pub enum Hint {
    /// An object with these members.
    Members(&'static [&'static str]),
    /// One of these texts, or numbers written as text.
    Values(&'static [&'static str]),
    /// A few of all values of its kind.
    Some,
    /// A few of all texts, which may be written in several ways.
    Form,
    /// Nothing.
    Any,
    /// Every value.
    All,
}

/// The hints under the names that the macro uses for them.
pub mod hint {
    use super::Hint;

    /// An object with these members.
    #[must_use]
    pub const fn members(names: &'static [&'static str]) -> Hint {
        Hint::Members(names)
    }

    /// One of these texts, or numbers written as text.
    #[must_use]
    pub const fn values(texts: &'static [&'static str]) -> Hint {
        Hint::Values(texts)
    }

    /// This text.
    #[must_use]
    pub const fn unit(texts: &'static [&'static str]) -> Hint {
        Hint::Values(texts)
    }

    /// A few of all values of its kind.
    #[must_use]
    pub const fn some(_: &'static [&'static str]) -> Hint {
        Hint::Some
    }

    /// A few of all texts, which may be written in several ways.
    #[must_use]
    pub const fn form(_: &'static [&'static str]) -> Hint {
        Hint::Form
    }

    /// Nothing is known: it is a union.
    #[must_use]
    pub const fn union(_: &'static [&'static str]) -> Hint {
        Hint::Any
    }

    /// Nothing is known.
    #[must_use]
    pub const fn any(_: &'static [&'static str]) -> Hint {
        Hint::Any
    }

    /// Every value.
    #[must_use]
    pub const fn all(_: &'static [&'static str]) -> Hint {
        Hint::All
    }
}

/// The decoders of arms, under the names that the macro uses for hints.
pub mod decode {
    use serde::Serialize;
    use serde::de::DeserializeOwned;
    use serde_json::Value;

    use crate::runtime::values::unions::loss::{self, Loss};
    use crate::runtime::values::unions::trail;
    use crate::runtime::values::unions::tree::Tree;

    macro_rules! decoders {
        ($($hint:ident)*) => {$(
            /// Decodes an arm that may not be the right one.
            #[must_use]
            pub fn $hint<T: DeserializeOwned>(tree: &Tree) -> Option<T> {
                trail::attempt(|| T::deserialize(tree)).ok()
            }
        )*};
    }

    decoders! { members values some union any all }

    /// Decodes an arm that holds nothing: whether the value is its text.
    #[must_use]
    pub fn unit(tree: &Tree, text: &str) -> Option<()> {
        matches!(tree, Tree::String(value) if value.as_str() == text).then_some(())
    }

    /// Decodes an arm that may not be the right one, and looks at how it would be written.
    #[must_use]
    pub fn form<T: DeserializeOwned + Serialize>(tree: &Tree) -> Option<T> {
        let value = trail::attempt(|| T::deserialize(tree)).ok()?;
        let written = serde_json::to_value(&value).unwrap_or(Value::Null);
        if !tree.is(&written) {
            loss::note(Loss::Form);
        }
        Some(value)
    }
}

/// A variant of what its arm decodes.
#[allow(unused_macros, reason = "a document may describe no union")]
macro_rules! decoded {
    (unit [$text:literal], $value:ident, $variant:path) => {
        $crate::runtime::values::unions::arm::decode::unit($value, $text).map(|()| $variant)
    };
    ($hint:ident $([$($text:literal),*])?, $value:ident, $variant:path) => {
        $crate::runtime::values::unions::arm::decode::$hint($value).map($variant)
    };
}
#[allow(unused_imports, reason = "a document may describe no union")]
pub(crate) use decoded;

impl Hint {
    /// How much of `tree` the hint leaves unexplained.
    fn unexplained(self, tree: &Tree) -> usize {
        match (tree, self) {
            (Tree::Object(members), Self::Members(names)) => {
                members.keys().filter(|name| !names.contains(&name.as_str())).count()
            }
            (Tree::Object(members), Self::Values(_) | Self::Some | Self::Form | Self::Any) => members.len(),
            (Tree::Object(members), Self::All) => members.len() + 1,
            (Tree::String(text), Self::Values(texts)) if texts.contains(&text.as_str()) => 0,
            (Tree::Number(number), Self::Values(texts)) if is_any_of(number, texts) => 0,
            (_, Self::Some | Self::Form) => 1,
            (_, Self::Any) => 2,
            (_, Self::All) => 3,
            (_, Self::Values(_) | Self::Members(_)) => 4,
        }
    }
}

fn is_any_of(number: &Number, texts: &[&str]) -> bool {
    let number = number.to_string();
    texts.iter().any(|text| is_same_text(text, &number))
}

/// A value that a part of an arm may have.
#[derive(Debug, Clone, Copy)]
pub enum Known {
    /// `null`.
    Null,
    /// `true` or `false`.
    Flag(bool),
    /// A number, as it is written.
    Number(&'static str),
    /// A text.
    Text(&'static str),
    /// A list or an object, as JSON.
    Json(&'static str),
}

/// The known values under the names that the macro uses for them.
pub mod known {
    use super::Known;

    /// `null`.
    #[must_use]
    pub const fn null() -> Known {
        Known::Null
    }

    /// `true` or `false`.
    #[must_use]
    pub const fn flag(flag: bool) -> Known {
        Known::Flag(flag)
    }

    /// A number, as it is written.
    #[must_use]
    pub const fn number(number: &'static str) -> Known {
        Known::Number(number)
    }

    /// A text.
    #[must_use]
    pub const fn text(text: &'static str) -> Known {
        Known::Text(text)
    }

    /// A list or an object, as JSON.
    #[must_use]
    pub const fn json(json: &'static str) -> Known {
        Known::Json(json)
    }
}

impl Known {
    /// Whether `tree` is this value.
    fn is(self, tree: &Tree) -> bool {
        match (self, tree) {
            (Self::Null, Tree::Null) => true,
            (Self::Flag(known), Tree::Bool(flag)) => known == *flag,
            (Self::Text(known), Tree::String(text)) => known == text.as_str(),
            (Self::Number(known), Tree::Number(number)) => is_any_of(number, &[known]),
            (Self::Json(known), Tree::Array(_) | Tree::Object(_)) => {
                serde_json::from_str(known).is_ok_and(|known: Value| tree.is(&known))
            }
            _ => false,
        }
    }
}

impl<T> Arm<T> {
    /// How many parts of `tree` have a value that the arm does not permit there.
    fn contradicted(&self, tree: &Tree) -> usize {
        let part = |name: &str| match tree {
            Tree::Array(items) => items.get(name.parse::<usize>().ok()?),
            _ => tree.member(name),
        };
        let is_other = |(name, values): &&(&str, &[Known])| {
            part(name).is_some_and(|value| !values.iter().any(|known| known.is(value)))
        };
        self.known.iter().filter(is_other).count()
    }
}

/// The arm that a value is: of those that nothing is lost in and that deny nothing of it, the one that is contradicted least and explains most.
#[must_use]
pub fn first<T: 'static>(arms: &[Arm<T>], tree: &Tree) -> Option<T> {
    let looks = Looks::begin(tree);
    let is_object = matches!(tree, Tree::Object(_));
    Looks::take(if is_object { tree.width() } else { 1 }).ok()?;
    if let Some(Decided(arm)) = looks.known::<T>(tree) {
        return arms.get(arm?).and_then(|arm| (arm.decode)(tree));
    }
    let rank = |arm: &Arm<T>| (arm.contradicted(tree), arm.hint.unexplained(tree));
    let mut order: Vec<_> = arms.iter().map(rank).zip(arms.iter().enumerate()).collect();
    order.sort_by_key(|(rank, _)| *rank);
    let mut best: Option<(Rank, usize, Decoded, T)> = None;
    let mut strangers = 0;
    let is_list = |arm: &Arm<T>| matches!(arm.hint, Hint::Values(_));
    // Where one arm alone takes objects, that it is one tells it as a tag would.
    let takes_objects = |arm: &&Arm<T>| !matches!(arm.hint, Hint::Values(_) | Hint::Some | Hint::Form);
    let is_told = is_object && arms.iter().filter(takes_objects).count() == 1;
    for ((contradicted, unexplained), (index, arm)) in order {
        let is_behind = best.as_ref().is_some_and(|(rank, ..)| rank.contradicted < contradicted);
        if is_behind || Looks::take(1).is_err() {
            break;
        }
        let (value, decoded) = loss::of(|| (arm.decode)(tree));
        let decoded = if is_told { decoded.told() } else { decoded };
        let Some(value) = value.filter(|_| decoded.is_whole()) else {
            continue;
        };
        let rank = Rank {
            contradicted,
            unknown: if is_object { 0 } else { decoded.unknown },
            loss: decoded.loss,
            unexplained,
            unknown_inside: decoded.unknown,
            // Those at the top were counted already.
            unnamed: decoded.unnamed.saturating_sub(unexplained),
        };
        strangers += usize::from(rank.unknown > 0 && is_list(arm));
        let is_perfect = decoded.loss == Loss::Nothing && decoded.unknown == 0 && rank.unnamed == 0;
        if best.as_ref().is_none_or(|(other, ..)| rank < *other) {
            best = Some((rank, index, decoded, value));
        }
        if is_perfect {
            break;
        }
    }
    // Of which of several enums it is a value of tomorrow, nobody can know.
    let best = best.filter(|(rank, index, ..)| rank.unknown == 0 || strangers < 2 || !is_list(&arms[*index]));
    looks.keep::<T>(tree, Decided(best.as_ref().map(|(_, index, ..)| *index)));
    best.map(|(_, _, decoded, value)| {
        loss::note_part(decoded);
        value
    })
}

/// How far an arm is from the best that there can be, what weighs most first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Rank {
    contradicted: usize,
    /// How much is of no known variant, if it is no object.
    unknown: usize,
    loss: Loss,
    unexplained: usize,
    unknown_inside: usize,
    unnamed: usize,
}
