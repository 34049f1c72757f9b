//! Parameters, and how the values of them and of the members of forms become text.

use serde_json::Value;

use super::{Docs, Type};

/// A parameter of an operation.
#[derive(Debug, Clone, PartialEq)]
pub struct Parameter {
    /// The name on the wire.
    pub wire: String,
    /// Where it travels.
    pub location: Location,
    /// The type of its value.
    pub ty: Type,
    /// Whether it must be given.
    pub required: bool,
    /// How the value becomes text.
    pub encoding: Encoding,
    /// Whether a list or an object without anything in it is sent, as an empty value (query only).
    pub may_be_empty: bool,
    /// The form of a value of the path that may be several segments: `*` is any one, `**` any number.
    pub segments: Option<String>,
    /// The value that the server assumes where none is sent.
    pub default: Option<Value>,
    /// The text, number or boolean that it always is, where it must be given.
    pub constant: Option<Value>,
    /// What is sent unless something else is set: the one value that it had in the crate of an earlier run. Set by `refine`.
    pub before: Option<Value>,
    /// Its documentation.
    pub docs: Docs,
}

impl Parameter {
    /// Its place and its name on the wire: `query version`.
    #[must_use]
    pub fn place(&self) -> String {
        format!("{} {}", self.location.as_str(), self.wire)
    }
}

/// Where a parameter travels.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(missing_docs, reason = "the specification names them")]
pub enum Location {
    Path,
    Query,
    /// The whole of the query, whatever it is made of.
    QueryString,
    Header,
    Cookie,
}

impl Location {
    /// The word for it in a document.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Path => "path",
            Self::Query => "query",
            Self::QueryString => "querystring",
            Self::Header => "header",
            Self::Cookie => "cookie",
        }
    }

    /// The style of values that are in none of their own.
    #[must_use]
    pub fn usual_style(self) -> Style {
        match self {
            Self::Path | Self::Header | Self::QueryString => Style::Simple,
            Self::Query | Self::Cookie => Style::Form,
        }
    }
}

/// How a parameter's value becomes text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Encoding {
    /// By the specification's table of styles.
    Style {
        /// The row of the table.
        style: Style,
        /// Whether arrays and objects are taken apart.
        explode: bool,
        /// Whether reserved characters stay as they are, where the location leaves them a meaning as data.
        allow_reserved: bool,
    },
    /// As a JSON text (`content: application/json`).
    Json,
    /// As lists between delimiters of their own.
    Delimited(Delimited),
    /// As the members of an object (`content: application/x-www-form-urlencoded`), each in the default way unless it is
    /// listed here. Whole queries only.
    Form(Vec<(String, Self)>),
}

/// How a list, and the lists in it, are written where no [`Style`] says it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Delimited {
    /// Whether each element of the outermost list is a pair of the query, or a part, of its own.
    pub explode: bool,
    /// What stands between the elements: first those of the outermost list that is not exploded.
    pub delimiters: Vec<Delimiter>,
}

/// What stands between the elements of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(missing_docs, reason = "they are what they are called")]
pub enum Delimiter {
    Comma,
    Space,
    Tab,
    Pipe,
}

/// A row of the specification's table of parameter styles.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(missing_docs, reason = "the specification names them")]
pub enum Style {
    Simple,
    Label,
    Matrix,
    Form,
    SpaceDelimited,
    PipeDelimited,
    DeepObject,
    Cookie,
}

impl Style {
    /// Whether lists and objects are exploded where the document does not say.
    #[must_use]
    pub fn is_usually_exploded(self) -> bool {
        matches!(self, Self::Form | Self::Cookie)
    }
}
