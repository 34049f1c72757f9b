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
    /// Methods of a model that set a member.
    Setter,
    /// Methods of a call's builder that set a parameter.
    CallSetter,
    /// Methods of a handle.
    Method,
    /// Methods of the client that lead to a handle.
    Accessor,
    /// Methods of the client's builder that set a credential.
    Credential,
    /// Arguments of a function.
    Argument,
    /// Constants for the names of webhooks, in lower case.
    Constant,
    /// Modules of `api`, and so files.
    Module,
    /// Modules of `models`, and so files.
    ModelModule,
}

impl Namespace {
    /// Whether its names are those of files too.
    pub(super) fn is_of_files(self) -> bool {
        matches!(self, Self::Module | Self::ModelModule)
    }

    /// What goes before a name that could not stand at the start of an identifier.
    pub(super) fn prefix(self) -> &'static str {
        match self {
            Self::Model | Self::Api => "type",
            Self::Variant
            | Self::Field
            | Self::Setter
            | Self::CallSetter
            | Self::Argument
            | Self::Credential
            | Self::Constant => "value",
            Self::Method | Self::Accessor => "call",
            Self::Module | Self::ModelModule => "module",
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
            | Self::CallSetter
            | Self::Method
            | Self::Accessor
            | Self::Credential
            | Self::Argument
            | Self::Constant
            | Self::Module
            | Self::ModelModule => "Model",
        }
    }

    /// Whether `name` is taken before any document is read.
    pub(super) fn reserves(self, name: &str) -> bool {
        match self {
            Self::Model => PRELUDE.contains(&name) || MODEL_TYPES.contains(&name),
            Self::Api => PRELUDE.contains(&name) || API_TYPES.contains(&name),
            Self::Variant => ["Self", "Undeclared", "Unknown"].contains(&name),
            Self::Field => ["additional_parts", "additional_properties"].contains(&name),
            Self::Setter => ARITHMETIC.contains(&name) || OF_TRAITS.contains(&name) || name == "additional_parts",
            // What a call has of ours steps aside instead.
            Self::CallSetter => ARITHMETIC.contains(&name),
            Self::Method | Self::Accessor => CLIENT_METHODS.contains(&name),
            Self::Credential => BUILDER_METHODS.contains(&name),
            Self::Argument => ["body", "call"].contains(&name),
            Self::Constant => name == "names",
            // A module must not be called as the one that it is in.
            Self::Module => ["api", "mod"].contains(&name) || is_device(name),
            Self::ModelModule => ["mod", "models"].contains(&name) || is_device(name),
        }
    }
}

/// Whether `name` is a keyword of any edition that can be written as `r#…`.
pub(super) fn is_keyword(name: &str) -> bool {
    KEYWORDS.contains(&name)
}

/// Keywords that cannot be written as `r#…`.
pub(super) const NEVER_RAW: [&str; 3] = ["crate", "self", "super"];

/// What every call has of ours, by the trait `AnyCall`.
pub(super) const CALL_METHODS: [&str; 18] = [
    "attempt_timeout",
    "bytes",
    "deadline",
    "extra_member",
    "extra_query",
    "gzip_above",
    "header",
    "idempotent",
    "idle_timeout",
    "into_call",
    "into_owned",
    "max_attempts",
    "parameter",
    "reply",
    "retry",
    "send",
    "timeout",
    "wait",
];

const KEYWORDS: [&str; 48] = [
    "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "do", "dyn", "else", "enum",
    "extern", "false", "final", "fn", "for", "gen", "if", "impl", "in", "let", "loop", "macro", "match", "mod", "move",
    "mut", "override", "priv", "pub", "ref", "return", "static", "struct", "trait", "true", "try", "type", "typeof",
    "unsafe", "unsized", "use", "virtual", "where", "while", "yield",
];

/// What every generated file may name without a path.
const PRELUDE: [&str; 30] = [
    "BTreeMap",
    "Base64",
    "Base64Url",
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
    "IntoIterator",
    "Maybe",
    // A constructor must not be called as its type.
    "New",
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
const API_TYPES: [&str; 51] = [
    "AnyCall",
    "Api",
    "Arrival",
    "AsRef",
    "BatchKey",
    "BatchLayout",
    "BatchOperation",
    "BatchProperty",
    "Body",
    "BuildError",
    "Bulk",
    "ByteStream",
    "Call",
    "ClientBuilder",
    "ClientCertificate",
    "Copy",
    "Core",
    "Credential",
    "DecodeError",
    "Defaults",
    "Delimiter",
    "Error",
    "EventCall",
    "EventStream",
    "HeaderError",
    "HeaderMap",
    "IntoFuture",
    "ItemStream",
    "ItemUpload",
    "Method",
    "Multipart",
    "Operation",
    "Optionally",
    "Parameter",
    "Reading",
    "Rejected",
    "Reply",
    "Response",
    "SecurityKind",
    "SecurityScheme",
    "Self",
    "Send",
    "Source",
    "StatusCode",
    "Statuses",
    "Streaming",
    "Style",
    "Success",
    "SuccessBody",
    "Sync",
    "Upload",
];

/// Methods that readers, clippy or method resolution take for those of a trait, beside [`ARITHMETIC`].
const OF_TRAITS: [&str; 15] = [
    "as_ref",
    "borrow",
    "clone",
    "clone_from",
    "cmp",
    "default",
    "eq",
    "fmt",
    "hash",
    "into",
    "ne",
    "neg",
    "new",
    "not",
    "to_owned",
];

/// Those that take a value and another one, which clippy takes for a trait's.
const ARITHMETIC: [&str; 10] = [
    "add", "bitand", "bitor", "bitxor", "div", "mul", "rem", "shl", "shr", "sub",
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
const BUILDER_METHODS: [&str; 34] = [
    "after_attempt",
    "allow_http",
    "attempt_timeout",
    "base_url",
    "before_attempt",
    "build",
    "build_core",
    "client_certificate",
    "clock",
    "clone",
    "connect_timeout",
    "correlation_header",
    "correlation_member",
    "credential",
    "default",
    "default_header",
    "described_server",
    "gzip_above",
    "idle_timeout",
    "largest_error",
    "largest_success",
    "limiter",
    "max_attempts",
    "max_requests",
    "new",
    "no_proxy",
    "operation_server",
    "proxy",
    "quota_exhausted",
    "retry",
    "server",
    "timeout",
    "transport",
    "user_agent",
];

/// The features that a crate may have anyway: those of the runtime, what is on by itself, and the one of what the server sends.
pub(super) const FEATURES: [&str; 11] = [
    "blocking",
    "default",
    "gzip",
    "http2",
    "mock",
    "oauth",
    "reqwest",
    "rustls",
    "tower",
    "tracing",
    super::WEBHOOKS,
];

/// File names that Windows keeps for devices.
fn is_device(name: &str) -> bool {
    let numbered = |device| {
        name.strip_prefix(device)
            .is_some_and(|rest: &str| matches!(rest.as_bytes(), [b'0'..=b'9']))
    };
    ["aux", "con", "nul", "prn"].contains(&name) || numbered("com") || numbered("lpt")
}

#[cfg(test)]
mod tests {
    use super::{API_TYPES, BUILDER_METHODS, FEATURES, PRELUDE};

    fn methods(source: &str) -> impl Iterator<Item = &str> {
        let signatures = source.lines().filter_map(|line| line.trim().strip_prefix("pub fn "));
        signatures.filter_map(|signature| signature.split(['(', '<']).next())
    }

    #[test]
    fn no_credential_is_called_as_a_method_of_the_builder() {
        let builder = include_str!("../../runtime/src/client/builder.rs");
        let free: Vec<_> = methods(builder)
            .filter(|method| !BUILDER_METHODS.contains(method))
            .collect();
        assert_eq!(free, [""; 0]);
    }

    #[test]
    fn no_group_has_a_feature_of_the_runtime() {
        let manifest = include_str!("../../runtime/manifest.toml");
        let features = manifest.split("[features]\n").nth(1).expect("a table");
        let lines = features.lines().take_while(|line| !line.is_empty());
        let names = lines
            .filter_map(|line| Some(line.split_once(" = ")?.0))
            .filter(|name| !name.starts_with('#'));
        let free: Vec<_> = names.filter(|name| !FEATURES.contains(name)).collect();
        assert_eq!(free, [""; 0]);
    }

    #[test]
    fn no_type_of_a_group_hides_one_of_the_prelude() {
        let prelude = include_str!("../../runtime/src/prelude.rs");
        let exports = prelude.lines().filter(|line| line.starts_with("pub use "));
        let types = exports.flat_map(|line| line.split(|char: char| !char.is_alphanumeric()));
        let types = types.filter(|name| name.starts_with(char::is_uppercase));
        let free: Vec<_> = types
            .filter(|name| !API_TYPES.contains(name) && !PRELUDE.contains(name))
            .collect();
        assert_eq!(free, [""; 0]);
    }
}
