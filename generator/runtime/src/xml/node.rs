//! How values are written in XML: what generated tables are made of, in the words that descriptions have for it.

/// What a value becomes.
#[derive(Debug)]
pub struct Node {
    pub(crate) kind: Kind,
    pub(crate) name: &'static str,
    pub(crate) prefix: Option<&'static str>,
    pub(crate) namespace: Option<&'static str>,
    pub(crate) shape: Shape,
}

/// Which kind of node it becomes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(dead_code, reason = "a document may need few of them")]
pub enum Kind {
    /// An element.
    Element,
    /// An attribute of the element around it.
    Attribute,
    /// The text of the element around it.
    Text,
    /// The same, written as a section that needs no escapes.
    CData,
    /// None of its own: what is in it stands directly in what it is in.
    None,
}

/// What stands in a node.
#[derive(Debug, Clone, Copy)]
#[allow(dead_code, reason = "a document may need few of them")]
pub enum Shape {
    /// Text, with the space around it.
    Text,
    /// Text without the space around it: a date, say, or one of some words.
    Word,
    /// A number.
    Number,
    /// A truth value.
    Boolean,
    /// A number or a truth value where it looks like one, or else text.
    Guess,
    /// Whatever it is.
    Any,
    /// An object with these members.
    Object(&'static Object),
    /// A list with these items.
    List(&'static List),
}

/// The members of an object.
#[derive(Debug)]
pub struct Object {
    pub(crate) members: &'static [Member],
    /// What others have.
    pub(crate) rest: Shape,
    /// What is there where nothing is but text, which is no member.
    pub(crate) text: Shape,
}

/// A member of an object.
#[derive(Debug)]
pub struct Member {
    pub(crate) key: &'static str,
    pub(crate) node: Node,
    /// Whether it must be there. Of a list without a node of its own, nobody sees whether it is.
    pub(crate) required: bool,
}

/// The items of a list.
#[derive(Debug)]
pub struct List {
    /// Those that are told by their position.
    pub(crate) positions: &'static [Node],
    /// Any after those.
    pub(crate) rest: Node,
}

impl Node {
    /// A node of a kind, with a name of its own.
    #[must_use]
    pub const fn new(kind: Kind, name: &'static str, shape: Shape) -> Self {
        Self {
            kind,
            name,
            prefix: None,
            namespace: None,
            shape,
        }
    }

    /// An element.
    #[must_use]
    #[allow(dead_code, reason = "a document may have none of the kind")]
    pub const fn element(name: &'static str, shape: Shape) -> Self {
        Self::new(Kind::Element, name, shape)
    }

    /// The same, in a namespace.
    #[must_use]
    #[allow(dead_code, reason = "a document may have none of the kind")]
    pub const fn within(self, namespace: &'static str) -> Self {
        Self {
            namespace: Some(namespace),
            ..self
        }
    }

    /// The same, with a prefix before its name.
    #[must_use]
    #[allow(dead_code, reason = "a document may have none of the kind")]
    pub const fn prefixed(self, prefix: &'static str) -> Self {
        Self {
            prefix: Some(prefix),
            ..self
        }
    }
}

impl Member {
    /// A member that must be there.
    #[must_use]
    #[allow(dead_code, reason = "a document may have none of the kind")]
    pub const fn required(key: &'static str, node: Node) -> Self {
        Self {
            key,
            node,
            required: true,
        }
    }

    /// A member that may be there.
    #[must_use]
    #[allow(dead_code, reason = "a document may have none of the kind")]
    pub const fn optional(key: &'static str, node: Node) -> Self {
        Self {
            key,
            node,
            required: false,
        }
    }
}

impl List {
    /// What the item at a position becomes.
    pub(crate) fn item(&self, index: usize) -> &Node {
        self.positions.get(index).unwrap_or(&self.rest)
    }

    /// What items may become.
    pub(crate) fn items(&self) -> impl Iterator<Item = &Node> + Clone {
        self.positions.iter().chain(std::iter::once(&self.rest))
    }
}

/// The namespace of the words that XML Schema has for texts: that an element is nothing, and where its schema is.
pub(crate) const INSTANCE: &str = "http://www.w3.org/2001/XMLSchema-instance";

impl Object {
    /// One of which nothing is known.
    pub(crate) const UNKNOWN: Self = Self {
        members: &[],
        rest: Shape::Any,
        text: Shape::Text,
    };

    /// Whether a name in JSON is that of a member.
    pub(crate) fn has(&self, key: &str) -> bool {
        self.members.iter().any(|member| member.key == key)
    }

    /// Whether another member is told from one of this name by its namespace alone.
    pub(crate) fn is_ambiguous(&self, node: &Node) -> bool {
        let same = self.members.iter().filter(|member| {
            member.node.name == node.name && (member.node.kind == Kind::Attribute) == (node.kind == Kind::Attribute)
        });
        same.count() > 1
    }

    /// Whether a member is the text of the object.
    pub(crate) fn has_text(&self) -> bool {
        let mut kinds = self.members.iter().map(|member| member.node.kind);
        kinds.any(|kind| matches!(kind, Kind::Text | Kind::CData))
    }
}
