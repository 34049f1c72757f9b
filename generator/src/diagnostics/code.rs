//! The codes: one per kind of thing that can happen, named like a lint.
//!
//! A new one is a line of the table below, the place that says it, and the smallest document of which it is said, as
//! `generator/docs/diagnostics/NAME.yaml` (`.toml` for one about settings). A test then writes the page from both:
//! `UPDATE_DOCS=1 cargo test -p openapi-crate-generator --test diagnostics`.

use serde::Serialize;

use crate::ir::Pointer;

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

impl Severity {
    /// Whether something of the document is not in what was generated as it stands there.
    #[must_use]
    pub fn is_loss(self) -> bool {
        match self {
            Self::Refused | Self::Skipped | Self::Degraded => true,
            Self::Note => false,
        }
    }
}

macro_rules! codes {
    ($($(#[doc = $doc:literal])+ $name:ident = $text:literal, $severity:ident, $remedy:literal;)*) => {
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

            /// What can be done about it.
            #[must_use]
            pub fn remedy(self) -> &'static str {
                match self { $(Self::$name => $remedy,)* }
            }

            /// What it means, in a sentence or two.
            #[must_use]
            pub fn explanation(self) -> &'static str {
                match self { $(Self::$name => concat!($($doc, "\n"),+).trim_ascii(),)* }
            }
        }
    };
}

impl Code {
    /// Whether it is about the name of the member at `pointer`, and not about its value.
    pub(crate) fn is_about_the_key(self, pointer: &Pointer) -> bool {
        match self {
            Self::UnknownMember | Self::MisspeltMember | Self::DuplicateKey => true,
            // A path is a key; the URL of a server is none.
            Self::PathTemplate => pointer.last().is_some_and(|last| last != "url"),
            _ => false,
        }
    }
}

codes! {
    /// The text is neither YAML nor JSON.
    Syntax = "syntax", Refused,
        "Mend the text at the place shown; the message is the parser's own.";
    /// The text is a document of another kind: a Postman collection, a JSON Schema, a web page.
    NotOpenApi = "not-openapi", Refused,
        "Convert the document to OpenAPI, or hand in the form of it that is.";
    /// An action of an overlay cannot be done, or matches nothing.
    Overlay = "overlay", Refused,
        "Correct the action, or delete it where the document has moved on.";
    /// A setting is unknown, has a value of the wrong kind, or is missing.
    Setting = "setting", Refused,
        "Correct the setting; the head of `codegen.toml` lists them all.";
    /// A setting names something that the document does not have.
    UnmatchedSetting = "unmatched-setting", Refused,
        "Correct the name, or delete a setting that no longer applies.";
    /// The document goes beyond a limit: bytes, nesting, or what its aliases expand to.
    TooLarge = "too-large", Refused,
        "Split the document, or take out what makes it grow; no description in use comes near a limit.";
    /// A key is given more than once in one object; the last one counts.
    DuplicateKey = "duplicate-key", Degraded,
        "Delete or rename one of the two.";
    /// A value has a shape that the specification does not allow at its place; it was ignored.
    WrongShape = "wrong-shape", Degraded,
        "Write the value as the specification has it at this place.";
    /// A value of an `enum` or a `const` has more digits than a number can have here; it was rounded, and is sent and compared so.
    RoundedNumber = "rounded-number", Degraded,
        "Describe the value as text, where it is text on the wire; else write no more digits than count.";
    /// A member that the specification requires is missing; it was filled in, and nothing is lost.
    MissingMember = "missing-member", Note,
        "Add the member.";
    /// A member is not in the specification and not an extension; it was ignored.
    UnknownMember = "unknown-member", Note,
        "Correct its name, delete it, or let it begin with `x-`.";
    /// A member is not in the specification, and its name is nearly that of one that is; it was ignored.
    MisspeltMember = "misspelt-member", Degraded,
        "Correct its name; or let it begin with `x-`, where it is meant to be another.";
    /// An extension that this tool reads stands on an object where it means nothing; it was ignored.
    MisplacedExtension = "misplaced-extension", Degraded,
        "Move it to the object that the message names.";
    /// A keyword of another version than the document says it is in; it was read as what it means there.
    OtherVersion = "other-version", Note,
        "Write the keyword of the version, or the version that has the keyword.";
    /// The document is of a version that came after this tool; it was read as the newest that is known.
    NewerVersion = "newer-version", Note,
        "Look for a newer release of this tool, or hand in an older form of the document.";
    /// A `$ref` leads nowhere; the place is typed as any JSON value, or what needs it is left out.
    DanglingReference = "dangling-reference", Degraded,
        "Correct the pointer, or add what it names.";
    /// A `$ref` leads to what is not read: it would have to be fetched, or it lies outside of the document's folder.
    ExternalReference = "external-reference", Degraded,
        "Keep a copy below the document's folder, or name its folder in the target's `files`.";
    /// Two places have the same `$id` or `$anchor`; a reference to it means the first one.
    DuplicateAnchor = "duplicate-anchor", Degraded,
        "Give each place a name of its own.";
    /// A `$ref` stands where the specification has none; what it names is read in its place, and nothing is lost.
    MisplacedReference = "misplaced-reference", Note,
        "Nothing; or let each entry be a `$ref`, as the specification has it.";
    /// A discriminator on a base maps a value to a schema that does not have the base in its `allOf`; values of it are read and
    /// written as that schema, and nothing is lost.
    ForeignKind = "foreign-kind", Note,
        "Nothing, where it is meant; else correct the mapping, or add the base to the schema's `allOf`.";
    /// References form a ring without a type in it.
    ReferenceCycle = "reference-cycle", Degraded,
        "Let one of the schemas in the ring describe a type.";
    /// A keyword is legal and not supported; the place is typed more widely than the document says.
    UnsupportedSchema = "unsupported-schema", Degraded,
        "Nothing, where the wider type will do; else describe the place in other words.";
    /// A list has a schema for each position and does not say how long it is; it is read as exactly so long.
    AssumedLength = "assumed-length", Note,
        "Nothing, where that is meant; else say it: `minItems` for the positions that are always there, `items` for what comes after them.";
    /// A media type, or a schema for it, is legal and not supported; the body is handed over as bytes or text.
    UnsupportedMediaType = "unsupported-media-type", Degraded,
        "Nothing, where that will do; else describe the body as JSON or XML.";
    /// What another's extension, a rule for all operations or the header `Link` says of pages is not understood, or names what does
    /// not exist; the call gives one page, and the next is asked for by hand. An operation's own `x-pagination` is `wrong-shape`.
    UnsupportedPagination = "unsupported-pagination", Note,
        "Say with `x-pagination` where a page has its items and what leads to the next, in the document or an overlay.";
    /// A parameter is legal and cannot be sent; it, or an operation that requires it, is left out.
    UnsupportedParameter = "unsupported-parameter", Skipped,
        "Describe the parameter in a way that says how to write it, or send it as a header of the call.";
    /// The specification does not say how a value of this type is sent in this style; the message says how it is sent.
    UndefinedStyle = "undefined-style", Note,
        "Describe the parameter in a style that is defined for its type, or as JSON (`content`).";
    /// A security scheme is legal and not supported, or cannot be sent beside another; operations do not send it.
    UnsupportedSecurity = "unsupported-security", Degraded,
        "Set the header on the client or on each call.";
    /// A webhook or a callback, a request that the server makes, cannot be read as described and is left out.
    SkippedWebhook = "skipped-webhook", Skipped,
        "Mend what the message names.";
    /// A server cannot be called: it is not `https`, only a path, relative to where the document is served, or nothing that a
    /// path can follow.
    UnusableServer = "unusable-server", Degraded,
        "Give the address to the client's builder (`base_url`), or an absolute `https` one to the document.";
    /// A variable of a server has a default that is none of the values that it lists; it is sent all the same.
    UnlistedDefault = "unlisted-default", Note,
        "Add the default to `enum`, or correct one of them.";
    /// An operation cannot be called as described and is left out.
    SkippedOperation = "skipped-operation", Skipped,
        "Mend what the message names.";
    /// A path template and its parameters, or a server's URL and its variables, do not agree.
    PathTemplate = "path-template", Degraded,
        "Describe every name in braces, and none beside them.";
    /// A default or an example does not fit its schema; it is left out of the documentation.
    MismatchedDefault = "mismatched-default", Degraded,
        "Correct the default or the schema.";
    /// A `format` is nearly one that has a type of its own; the value has the type of one without a format.
    MisspeltFormat = "misspelt-format", Degraded,
        "Correct the format; or let the setting `fields` give the members theirs, and `formats` the type of one that is meant to be another.";
    /// An example is written in another form than its `format` has, and the format's type does not read that form. Of the
    /// answers that a stand-in for tests gives (`mock = true`), it is every example that a client could not read.
    UnreadableExample = "unreadable-example", Note,
        "Look at what the server sends. Where it is like the example, let the setting `fields` give the member another format, as the hint says.";
    /// A body has a further media type that says the same as the one that is sent, or that is read: XML beside JSON, say.
    OtherMediaType = "other-media-type", Note,
        "Nothing, where that one will do. Else let the setting `bodies` choose what is sent; give a call the header `accept`, and take its `bytes()`, to read another.";
    /// An `operationId` is missing or used twice; a name was derived.
    DerivedOperationId = "derived-operation-id", Note,
        "Give each operation an `operationId` of its own, or name it in `rename.operations`.";
}
