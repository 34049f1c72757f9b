//! The name of a member in, what its value is out: an object whose members the specification names, or entries under names
//! of the author's. With that, the place of a member becomes the kind of place that it is.

/// The members that hold entries under names of the author's.
const NAMED: [&str; 25] = [
    "$defs",
    "additionalOperations",
    "content",
    "definitions",
    "dependencies",
    "dependentRequired",
    "dependentSchemas",
    "encoding",
    "headers",
    "links",
    "mapping",
    "mediaTypes",
    "parameters",
    "pathItems",
    "paths",
    "patternProperties",
    "properties",
    "requestBodies",
    "responses",
    "schemas",
    "scopes",
    "securityDefinitions",
    "securitySchemes",
    "variables",
    "webhooks",
];

/// The members that document, and change nothing else.
const DOCUMENTING: [&str; 6] = ["title", "description", "summary", "example", "examples", "externalDocs"];

/// What a value is, as far as what it holds is concerned.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Holder {
    /// Its members have names that the specification gives.
    Object,
    /// It has entries under names of the author's, on so many levels.
    Entries(u8),
    /// A list of such.
    Alternatives,
    /// Anything, which is what it is.
    Value,
}

impl Holder {
    /// What the value of the member `name` is.
    pub(super) fn member(self, name: &str) -> Self {
        match self {
            Self::Value => Self::Value,
            Self::Entries(2..) => Self::Entries(1),
            Self::Object if name == "callbacks" => Self::Entries(2),
            Self::Object if name == "security" => Self::Alternatives,
            Self::Object if NAMED.contains(&name) => Self::Entries(1),
            Self::Object if ["default", "enum", "const"].contains(&name) => Self::Value,
            Self::Entries(_) | Self::Alternatives | Self::Object => Self::Object,
        }
    }

    /// What each item of a list is.
    pub(super) fn item(self) -> Self {
        match self {
            Self::Value => Self::Value,
            Self::Alternatives => Self::Entries(1),
            Self::Entries(_) | Self::Object => Self::Object,
        }
    }

    /// Whether the member `name` is nothing but documentation.
    pub(super) fn documents(self, name: &str) -> bool {
        name.starts_with("x-") || self == Self::Object && DOCUMENTING.contains(&name)
    }

    /// How the member `name` is written in a kind of place.
    pub(super) fn kind_of(self, name: &str) -> &str {
        match self {
            Self::Object => name,
            Self::Entries(_) | Self::Alternatives | Self::Value => "*",
        }
    }
}
