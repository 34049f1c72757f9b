//! The codes: one per kind of thing that can happen, named like a lint.

use serde::Serialize;

/// How much is lost.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Nothing was generated.
    Refused,
    /// A part, such as an operation, was left out.
    Skipped,
    /// A part was generated with a wider type than the document describes, or without one of its facts.
    Degraded,
    /// Nothing is lost; the reader should know all the same.
    Note,
}

macro_rules! codes {
    ($($(#[doc = $doc:literal])+ $name:ident = $text:literal, $severity:ident;)*) => {
        /// What kind of thing a diagnostic is about.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Code {
            $($(#[doc = $doc])+ $name,)*
        }

        impl Code {
            /// Every code, in the order of the page that lists them.
            pub const ALL: &'static [Self] = &[$(Self::$name,)*];

            /// The code as it is printed.
            #[must_use]
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$name => $text,)* }
            }

            /// How much is lost.
            #[must_use]
            pub fn severity(self) -> Severity {
                match self { $(Self::$name => Severity::$severity,)* }
            }

            /// What it means, in a sentence or two.
            #[must_use]
            pub fn explanation(self) -> &'static str {
                match self { $(Self::$name => concat!($($doc, "\n"),+).trim_ascii(),)* }
            }
        }
    };
}

codes! {
    /// The text is neither YAML nor JSON.
    Syntax = "syntax", Refused;
    /// The text is a document of another kind: Swagger 2.0, OpenAPI 3.1, a Postman collection, a JSON Schema, HTML.
    NotOpenApi = "not-openapi-3.0", Refused;
    /// A setting is unknown, has a value of the wrong kind, or is missing.
    Setting = "setting", Refused;
    /// A setting names something that the document does not have.
    UnmatchedSetting = "unmatched-setting", Refused;
    /// The document goes beyond a limit: bytes, nesting, or what its aliases expand to.
    TooLarge = "too-large", Refused;
    /// A key is given more than once in one object; the last one counts.
    DuplicateKey = "duplicate-key", Degraded;
    /// A value has a shape that the specification does not allow at its place; it was ignored.
    WrongShape = "wrong-shape", Degraded;
    /// A member that the specification requires is missing; it was filled in, and nothing is lost.
    MissingMember = "missing-member", Note;
    /// A member is not in the specification and not an extension; it was ignored.
    UnknownMember = "unknown-member", Note;
    /// A `$ref` leads nowhere; the place is typed as any JSON value, or what needs it is left out.
    DanglingReference = "dangling-reference", Degraded;
    /// A `$ref` leads out of the document; nothing is opened or fetched.
    ExternalReference = "external-reference", Degraded;
    /// References form a ring without a type in it.
    ReferenceCycle = "reference-cycle", Degraded;
    /// A keyword is legal and not supported; the place is typed more widely than the document says.
    UnsupportedSchema = "unsupported-schema", Degraded;
    /// A media type is legal and not supported; the body is handed over as bytes.
    UnsupportedMediaType = "unsupported-media-type", Degraded;
    /// A parameter is legal and cannot be sent; it, or an operation that requires it, is left out.
    UnsupportedParameter = "unsupported-parameter", Skipped;
    /// A security scheme is legal and not supported; operations do not send it.
    UnsupportedSecurity = "unsupported-security", Degraded;
    /// An operation cannot be called as described and is left out.
    SkippedOperation = "skipped-operation", Skipped;
    /// A path template and its parameters do not agree.
    PathTemplate = "path-template", Degraded;
    /// A default or an example does not fit its schema; it is left out of the documentation.
    MismatchedDefault = "mismatched-default", Degraded;
    /// An `operationId` is missing or used twice; a name was derived.
    DerivedOperationId = "derived-operation-id", Note;
}
