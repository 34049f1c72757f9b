//! The names that a document cannot have, because Rust, the templates or a file system took them.

/// Where a name stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Namespace {
    /// Types of `models`.
    Model,
    /// Types of a file of `api`.
    Api,
    /// Variants of an enum.
    Variant,
    /// Fields of a struct.
    Field,
    /// Methods that set a value.
    Setter,
    /// Methods of a handle.
    Method,
    /// Methods of the client that lead to a handle.
    Accessor,
    /// Methods of the client's builder that set a credential.
    Credential,
    /// Arguments of a function.
    Argument,
    /// Modules, and so files.
    Module,
}

impl Namespace {
    /// What goes before a name that could not stand at the start of an identifier.
    pub(super) fn prefix(self) -> &'static str {
        match self {
            Self::Model | Self::Api => "type",
            Self::Variant | Self::Field | Self::Setter | Self::Argument | Self::Credential => "value",
            Self::Method | Self::Accessor => "call",
            Self::Module => "module",
        }
    }

    /// What goes behind the name of a type or a variant that is taken.
    pub(super) fn suffix(self) -> &'static str {
        match self {
            Self::Variant => "Value",
            Self::Api => "Api",
            Self::Model
            | Self::Field
            | Self::Setter
            | Self::Method
            | Self::Accessor
            | Self::Credential
            | Self::Argument
            | Self::Module => "Model",
        }
    }

    /// Whether `name` is taken before any document is read.
    pub(super) fn reserves(self, name: &str) -> bool {
        match self {
            Self::Model => PRELUDE.contains(&name) || MODEL_TYPES.contains(&name),
            Self::Api => PRELUDE.contains(&name) || API_TYPES.contains(&name),
            Self::Variant => ["Self", "Undeclared", "Unknown"].contains(&name),
            Self::Field => name == "additional_properties",
            Self::Setter => OPERATORS.contains(&name) || CALL_METHODS.contains(&name),
            Self::Method | Self::Accessor => CLIENT_METHODS.contains(&name),
            Self::Credential => BUILDER_METHODS.contains(&name),
            Self::Argument => ["body", "call"].contains(&name),
            Self::Module => name == "mod" || is_device(name),
        }
    }
}

/// Whether `name` is a keyword of any edition that can be written as `r#…`.
pub(super) fn is_keyword(name: &str) -> bool {
    KEYWORDS.contains(&name)
}

/// Keywords that cannot be written as `r#…`.
pub(super) const NEVER_RAW: [&str; 3] = ["crate", "self", "super"];

const KEYWORDS: [&str; 48] = [
    "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "do", "dyn", "else", "enum",
    "extern", "false", "final", "fn", "for", "gen", "if", "impl", "in", "let", "loop", "macro", "match", "mod", "move",
    "mut", "override", "priv", "pub", "ref", "return", "static", "struct", "trait", "true", "try", "type", "typeof",
    "unsafe", "unsized", "use", "virtual", "where", "while", "yield",
];

/// What every generated file may name without a path.
const PRELUDE: [&str; 27] = [
    "BTreeMap",
    "Base64",
    "Box",
    "Bytes",
    "Clone",
    "Date",
    "Debug",
    "Default",
    "Eq",
    "Err",
    "From",
    "Hash",
    "Into",
    "Maybe",
    "None",
    "Ok",
    "Option",
    "PartialEq",
    "Result",
    "Self",
    "Some",
    "String",
    "Time",
    "Timestamp",
    "Uuid",
    "Value",
    "Vec",
];

/// What the files of `models` may name besides.
const MODEL_TYPES: [&str; 1] = ["Upload"];

/// What the files of `api` may name besides.
const API_TYPES: [&str; 18] = [
    "ByteStream",
    "Call",
    "Copy",
    "Core",
    "DecodeError",
    "EventStream",
    "Form",
    "HeaderMap",
    "IntoFuture",
    "Method",
    "Operation",
    "Parameter",
    "Part",
    "Reply",
    "Response",
    "StatusCode",
    "Style",
    "Upload",
];

/// Methods that readers, clippy or method resolution take for those of a trait.
const OPERATORS: [&str; 24] = [
    "add",
    "as_ref",
    "bitand",
    "bitor",
    "bitxor",
    "borrow",
    "clone_from",
    "cmp",
    "default",
    "div",
    "eq",
    "fmt",
    "hash",
    "into",
    "mul",
    "ne",
    "neg",
    "new",
    "not",
    "rem",
    "shl",
    "shr",
    "sub",
    "to_owned",
];

/// Methods that the builder of a call has anyway.
const CALL_METHODS: [&str; 15] = [
    "attempt_timeout",
    "body",
    "max_attempts",
    "clone",
    "deadline",
    "header",
    "into_call",
    "into_future",
    "parameter",
    "reply",
    "retry",
    "send",
    "timeout",
    "idempotent",
    "credential",
];

/// Methods that a client or a handle has anyway.
const CLIENT_METHODS: [&str; 14] = [
    "as_ref",
    "borrow",
    "builder",
    "clone",
    "clone_into",
    "core",
    "default",
    "deref",
    "eq",
    "fmt",
    "from",
    "into",
    "new",
    "to_owned",
];

/// Methods that the builder of a client has anyway.
const BUILDER_METHODS: [&str; 12] = [
    "build",
    "clone",
    "connect_timeout",
    "default",
    "header",
    "hooks",
    "limiter",
    "new",
    "retry",
    "server",
    "timeout",
    "user_agent",
];

/// File names that Windows keeps for devices.
fn is_device(name: &str) -> bool {
    let numbered = |device| {
        name.strip_prefix(device)
            .is_some_and(|rest: &str| matches!(rest.as_bytes(), [b'0'..=b'9']))
    };
    ["aux", "con", "nul", "prn"].contains(&name) || numbered("com") || numbered("lpt")
}
