//! What an object of OpenAPI may look like, as types for the tables in [`super::grammar`].

use super::adjust::{self, Adjust};
use crate::diagnostics::Code;

/// What a value may look like.
#[derive(Debug)]
pub(super) enum Shape {
    Any,
    /// A keyword of later versions that narrows a type.
    Later,
    Text,
    Flag,
    /// An integer from zero up.
    Count,
    Number,
    Keyword(&'static [&'static str]),
    List(&'static Self),
    Map(&'static Self),
    Object(&'static Kind),
    /// An object, or a `$ref` to one.
    Referable(&'static Kind),
    FlagOr(&'static Self),
}

/// A kind of object.
#[derive(Debug)]
pub(super) struct Kind {
    /// What messages call it.
    pub(super) name: &'static str,
    pub(super) members: &'static [Member],
    /// What members of other names are.
    pub(super) others: Others,
    /// The members that depend on the value of one.
    pub(super) arms: Option<Arms>,
    /// The two members of which there is exactly one.
    pub(super) either: Option<Either>,
    /// What is said otherwise than the specification has it and still understood.
    pub(super) adjust: Adjust,
    /// What stands in for a value that is no object at all; nothing means that the place is given up.
    pub(super) blank: bool,
    /// What giving one up is.
    pub(super) loss: Code,
}

/// A member of an object.
#[derive(Debug)]
pub(super) struct Member {
    pub(super) name: &'static str,
    pub(super) shape: Shape,
    pub(super) absent: Absent,
}

/// What becomes of an object without a member.
#[derive(Debug, Clone, Copy)]
pub(super) enum Absent {
    /// It is complete.
    Fine,
    /// The member is filled in.
    Fill,
    /// It cannot be read.
    Fatal,
}

/// What the members are that a [`Kind`] does not list. Those that begin with `x-` are extensions in any case.
#[derive(Debug)]
pub(super) enum Others {
    /// Nothing that the specification knows.
    Unknown,
    /// Entries under status codes.
    Statuses(&'static Shape),
    /// Entries under names of the document's own.
    Entries(&'static Shape),
}

#[derive(Debug)]
pub(super) struct Arms {
    pub(super) by: &'static str,
    pub(super) members: &'static [(&'static str, &'static [Member])],
}

#[derive(Debug)]
pub(super) struct Either {
    pub(super) one: &'static str,
    pub(super) other: &'static str,
    /// Whether `one` is filled in when both are missing.
    pub(super) fill: bool,
}

impl Kind {
    /// The names of all members that it lists.
    pub(super) fn names(&self) -> impl Iterator<Item = &'static str> {
        let arms = self
            .arms
            .iter()
            .flat_map(|arms| arms.members)
            .flat_map(|(_, members)| *members);
        self.members.iter().chain(arms).map(|member| member.name)
    }
}

/// A member that may be missing.
pub(super) const fn may(name: &'static str, shape: Shape) -> Member {
    Member {
        name,
        shape,
        absent: Absent::Fine,
    }
}

/// A member without which the object means nothing.
pub(super) const fn must(name: &'static str, shape: Shape) -> Member {
    Member {
        name,
        shape,
        absent: Absent::Fatal,
    }
}

/// A member that is filled in.
pub(super) const fn filled(name: &'static str, shape: Shape) -> Member {
    Member {
        name,
        shape,
        absent: Absent::Fill,
    }
}

/// A kind with nothing special about it.
pub(super) const PLAIN: Kind = Kind {
    name: "",
    members: &[],
    others: Others::Unknown,
    arms: None,
    either: None,
    adjust: adjust::nothing,
    blank: false,
    loss: Code::WrongShape,
};
