//! XML: what becomes of a value in it.

use indexmap::IndexSet;

use super::Pointer;

/// All that is written as XML.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Xml {
    /// The objects.
    pub objects: Vec<XmlObject>,
    /// The elements that bodies are, each once.
    pub roots: IndexSet<XmlNode>,
}

/// A node of XML that a value becomes.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct XmlNode {
    /// Which kind of node it is.
    pub kind: XmlKind,
    /// Its name, without a prefix.
    pub name: String,
    /// The prefix before its name.
    pub prefix: Option<String>,
    /// The namespace of its name.
    pub namespace: Option<String>,
    /// What stands in it.
    pub shape: XmlShape,
}

/// A kind of node.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum XmlKind {
    /// An element.
    Element,
    /// An attribute of the element around it.
    Attribute,
    /// The text of the element around it.
    Text,
    /// The same as a CDATA section.
    CData,
    /// None: what is in it stands directly in what it is in.
    None,
}

/// What stands in a node.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum XmlShape {
    /// Text, with the space around it.
    Text,
    /// Text without the space around it.
    Word,
    /// A number.
    Number,
    /// A truth value.
    Boolean,
    /// A number or a truth value where it looks like one, or else text.
    Guess,
    /// Whatever it is.
    Any,
    /// An object.
    Object(XmlObjectId),
    /// A list: the items that are told by their position, and any after those.
    List(Vec<XmlNode>, Box<XmlNode>),
}

/// An object with the nodes that its members become.
#[derive(Debug, Clone, PartialEq)]
pub struct XmlObject {
    /// Where it is described.
    pub pointer: Pointer,
    /// The members, in document order.
    pub members: Vec<XmlMember>,
    /// What other members have in them.
    pub rest: XmlShape,
    /// What is there where nothing is but text, which is no member: the union may have scalars beside objects.
    pub text: XmlShape,
}

/// A member of an [`XmlObject`].
#[derive(Debug, Clone, PartialEq)]
pub struct XmlMember {
    /// Its name in JSON.
    pub key: String,
    /// What it becomes.
    pub node: XmlNode,
    /// Whether it must be there.
    pub required: bool,
}

/// Position of an element in [`Xml::roots`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct XmlRootId(pub usize);

/// Position of an [`XmlObject`] in [`Xml::objects`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct XmlObjectId(pub usize);

impl XmlShape {
    /// The objects in it that are not within another.
    #[must_use]
    pub fn objects(&self) -> Vec<XmlObjectId> {
        match self {
            Self::Object(id) => vec![*id],
            Self::List(positions, rest) => {
                let nodes = positions.iter().chain(std::iter::once(rest.as_ref()));
                nodes.flat_map(|node| node.shape.objects()).collect()
            }
            Self::Text | Self::Word | Self::Number | Self::Boolean | Self::Guess | Self::Any => Vec::new(),
        }
    }
}

impl XmlObject {
    /// The objects in it that are not within another.
    #[must_use]
    pub fn objects(&self) -> Vec<XmlObjectId> {
        let shapes = self.members.iter().map(|member| &member.node.shape);
        let shapes = shapes.chain(std::iter::once(&self.rest));
        shapes.flat_map(XmlShape::objects).collect()
    }
}
