//! What an object of OpenAPI may look like, as types for the tables in [`super::grammar`].

use serde_json::{Map, Value};

use super::{
    notes::Notes,
    path::Path,
    version::{Version, Versions},
};
use crate::diagnostics::Code;

/// What a value may look like.
#[derive(Debug, Clone, Copy)]
pub(super) enum Shape {
    Any,
    /// A keyword that narrows a type in a way that no type can say.
    Unsaid,
    Text,
    Flag,
    /// An integer from zero up.
    Count,
    Number,
    Keyword(&'static [&'static str]),
    /// The same, and words that came later, each with its version. They are read as what they mean in any.
    LaterKeyword(&'static [&'static str], &'static [(&'static str, Version)]),
    List(&'static Self),
    Map(&'static Self),
    Object(&'static Kind),
    /// An object, or a `$ref` to one, which is an object of the second kind.
    Referable(&'static Kind, &'static Kind),
    /// The same, where nobody reads what the `$ref` leads to.
    Aside(&'static Kind, &'static Kind),
    /// A reference to something of this shape.
    Reference(&'static Self),
    /// A reference to something of this shape, or the name of a component.
    Name(&'static Self),
    FlagOr(&'static Self),
    /// An object or a `$ref` to one, or a flag: any value, or none.
    Schema(&'static Kind),
}

impl Shape {
    /// The kind of object that it is.
    pub(super) fn kind(self) -> Option<&'static Kind> {
        match self {
            Self::Object(kind) | Self::Referable(kind, _) | Self::Aside(kind, _) | Self::Schema(kind) => Some(kind),
            Self::FlagOr(shape) => shape.kind(),
            _ => None,
        }
    }

    /// The shape of what is under `token` in something of this shape.
    pub(super) fn below(self, token: &str, version: Version) -> Option<Self> {
        match self {
            Self::Map(shape) => Some(*shape),
            Self::List(shape) => token.parse::<usize>().is_ok().then_some(*shape),
            _ => self.kind()?.below(token, version),
        }
    }
}

impl Shape {
    /// Whether something of this shape may be a schema.
    pub(super) fn may_be_schema(self) -> bool {
        match self {
            Self::Schema(_) | Self::Unsaid => true,
            Self::FlagOr(shape) => shape.may_be_schema(),
            _ => false,
        }
    }

    /// Whether schemas may be under `token`, which the grammar does not list, in something of this shape.
    pub(super) fn may_hold_schemas(self, token: &str) -> bool {
        match self {
            Self::Unsaid => true,
            // What `$defs` was called before it was one of its words.
            Self::Schema(_) => token == "definitions",
            _ => false,
        }
    }

    /// What stands in for a missing member of this shape.
    pub(super) fn filling(self) -> Value {
        match self {
            Self::Text | Self::Keyword(_) | Self::LaterKeyword(..) | Self::Reference(_) | Self::Name(_) => {
                Value::String(String::new())
            }
            Self::Object(kind) | Self::Referable(kind, _) | Self::Aside(kind, _) | Self::Schema(kind) => kind.least(),
            Self::Map(_) => Value::Object(Map::new()),
            Self::List(_) => Value::Array(Vec::new()),
            Self::Flag | Self::FlagOr(_) => Value::Bool(false),
            Self::Any | Self::Unsaid | Self::Count | Self::Number => Value::Null,
        }
    }

    /// The text of a `$ref` in `value` that means nothing where this is expected.
    pub(super) fn misplaced(self, value: &Value) -> Option<&str> {
        let text = value.get("$ref")?.as_str()?;
        let has_no_reference = match self {
            Self::Object(_) => !self.is_referable(),
            Self::List(_) => true,
            // In a map of texts it is an entry.
            Self::Map(shape) => !matches!(shape, Self::Any | Self::Text | Self::Keyword(_) | Self::Name(_)),
            _ => false,
        };
        has_no_reference.then_some(text)
    }

    /// Whether a `$ref` may stand where this is expected.
    pub(super) fn is_referable(self) -> bool {
        match self {
            Self::Referable(..) | Self::Aside(..) | Self::Schema(_) => true,
            Self::FlagOr(shape) => shape.is_referable(),
            Self::Object(kind) => kind.listed().any(|member| member.name == "$ref"),
            _ => false,
        }
    }
}

/// A kind of object.
#[derive(Debug)]
pub(super) struct Kind {
    /// What messages call it.
    pub(super) name: &'static str,
    pub(super) members: &'static [Member],
    /// The extensions that mean something in it.
    pub(super) extensions: &'static [&'static str],
    /// What members of other names are.
    pub(super) others: Others,
    /// The members that depend on the value of one.
    pub(super) arms: Option<Arms>,
    /// The two members of which there is exactly one.
    pub(super) either: Option<Either>,
    /// What is said otherwise than in the one vocabulary, and still understood.
    pub(super) rules: &'static [Rule],
    /// What stands in for a value that is no object at all; nothing means that the place is given up.
    pub(super) blank: bool,
    /// What giving one up is.
    pub(super) loss: Code,
}

/// A translation of one construct: rewrites an object before its members are looked at.
#[derive(Debug, Clone, Copy)]
pub(super) struct Rule {
    /// The versions that have the construct, or whose documents are known to.
    pub(super) versions: Versions,
    pub(super) apply: fn(&mut Map<String, Value>, &Path<'_>, &mut Notes),
}

/// A member of an object.
#[derive(Debug)]
pub(super) struct Member {
    pub(super) name: &'static str,
    pub(super) shape: Shape,
    pub(super) absent: Absent,
    /// The versions that have it.
    pub(super) versions: Versions,
    /// Whether it is read as what it means where the document is of another version.
    pub(super) anywhere: bool,
}

impl Member {
    /// The member from `version` on.
    pub(super) const fn since(mut self, version: Version) -> Self {
        self.versions.first = version;
        self
    }

    /// The member up to `version`.
    pub(super) const fn until(mut self, version: Version) -> Self {
        self.versions.last = version;
        self
    }

    /// The same, and elsewhere too, where documents are known to have it.
    pub(super) const fn and_anywhere(mut self) -> Self {
        self.anywhere = true;
        self
    }
}

/// What becomes of an object without a member.
#[derive(Debug, Clone, Copy)]
pub(super) enum Absent {
    /// It is complete.
    Fine,
    /// The member is filled in.
    Fill,
    /// The member is filled in, and nobody needs to know: the version does not ask for it, and the readers behind do.
    Blank,
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
    /// The least that one can be.
    pub(super) fn least(&self) -> Value {
        let either = self
            .either
            .as_ref()
            .filter(|either| either.fill)
            .map(|either| either.one);
        let filled = self.members.iter().filter(|member| match member.absent {
            Absent::Fill => true,
            Absent::Fine | Absent::Blank | Absent::Fatal => either == Some(member.name),
        });
        filled
            .map(|member| (member.name.to_owned(), member.shape.filling()))
            .collect::<Map<_, _>>()
            .into()
    }

    /// What messages call one.
    pub(super) fn with_article(&self) -> String {
        let article = if self.name.starts_with(['a', 'e', 'i', 'o', 'u', 'X']) {
            "an"
        } else {
            "a"
        };
        format!("{article} {}", self.name)
    }

    /// All members that it lists, of any version.
    pub(super) fn listed(&self) -> impl Iterator<Item = &'static Member> {
        let arms = self.arms.iter().flat_map(|arms| arms.members);
        self.members.iter().chain(arms.flat_map(|(_, members)| *members))
    }

    /// The extension that `key`, which is none that means anything, was meant to be: it differs by a letter, or by two where
    /// it is long.
    pub(super) fn extension_near(&self, key: &str) -> Option<&'static str> {
        const SHORT: usize = 12;
        if self.extensions.contains(&key) || key.len() > 3 * SHORT {
            return None;
        }
        let key = key.to_ascii_lowercase();
        let most = if key.len() < SHORT { 1 } else { 2 };
        let is_longer = |one: &str, other: &str| one.strip_prefix(other).is_some_and(|rest| rest.len() <= 2);
        let mut known = self.extensions.iter().copied();
        known.find(|known| {
            let known = known.to_ascii_lowercase();
            // Another ending of a word is no slip of the finger, and is meant all the same.
            strsim::damerau_levenshtein(&key, &known) <= most || is_longer(&key, &known) || is_longer(&known, &key)
        })
    }

    /// The shape of the member `name`, whether or not the specification knows it by that name.
    fn below(&self, name: &str, version: Version) -> Option<Shape> {
        let mut members = self.listed().filter(|member| member.name == name);
        let known = members.find(|member| member.anywhere || member.versions.include(version));
        match (known, &self.others) {
            (Some(member), _) => Some(member.shape),
            (None, Others::Entries(shape) | Others::Statuses(shape)) if !name.starts_with("x-") => Some(**shape),
            (None, _) => None,
        }
    }

    /// The names of the members that it has in `version`.
    pub(super) fn names(&self, version: Version) -> impl Iterator<Item = &'static str> {
        let members = self.listed().filter(move |member| member.versions.include(version));
        members.map(|member| member.name)
    }
}

const fn member(name: &'static str, shape: Shape, absent: Absent) -> Member {
    Member {
        name,
        shape,
        absent,
        versions: Versions::ALL,
        anywhere: false,
    }
}

/// A member that may be missing.
pub(super) const fn may(name: &'static str, shape: Shape) -> Member {
    member(name, shape, Absent::Fine)
}

/// A member without which the object means nothing.
pub(super) const fn must(name: &'static str, shape: Shape) -> Member {
    member(name, shape, Absent::Fatal)
}

/// A member that is filled in.
pub(super) const fn filled(name: &'static str, shape: Shape) -> Member {
    member(name, shape, Absent::Fill)
}

/// A member that is filled in without a word.
pub(super) const fn blank(name: &'static str, shape: Shape) -> Member {
    member(name, shape, Absent::Blank)
}

/// A kind with nothing special about it.
pub(super) const PLAIN: Kind = Kind {
    name: "",
    members: &[],
    extensions: &[],
    others: Others::Unknown,
    arms: None,
    either: None,
    rules: &[],
    blank: false,
    loss: Code::WrongShape,
};
