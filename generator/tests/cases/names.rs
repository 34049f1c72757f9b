//! Class 2: texts that are hard to make a name of. Each is the name of everything that has one.

use serde_json::Value;

use super::{Case, bytes};
use crate::hazards::{HAZARDS, document_of};

const KEYWORDS: &[&str] = &[
    "abstract",
    "as",
    "async",
    "await",
    "become",
    "box",
    "break",
    "const",
    "continue",
    "crate",
    "do",
    "dyn",
    "else",
    "enum",
    "extern",
    "false",
    "final",
    "fn",
    "for",
    "gen",
    "if",
    "impl",
    "in",
    "let",
    "loop",
    "macro",
    "macro_rules",
    "match",
    "mod",
    "move",
    "mut",
    "override",
    "priv",
    "pub",
    "raw",
    "ref",
    "return",
    "safe",
    "self",
    "Self",
    "static",
    "struct",
    "super",
    "trait",
    "true",
    "try",
    "type",
    "typeof",
    "union",
    "unsafe",
    "unsized",
    "use",
    "virtual",
    "where",
    "while",
    "yield",
    "'static",
];

const TWINS: &[&str] = &[
    "foo-bar",
    "foo_bar",
    "fooBar",
    "FooBar",
    "FOO_BAR",
    "foo bar",
    "foo.bar",
    "foo/bar",
    "foo  bar",
    "Foobar",
    "foobar",
    "FOOBAR",
    "foo-bar-",
    "-foo-bar",
    "_foo_bar",
    "foo_bar2",
    "fooBar2",
    "foo_bar_2",
];

const IN_SCOPE: &[&str] = &[
    "Option",
    "String",
    "Result",
    "Vec",
    "Box",
    "Some",
    "None",
    "Ok",
    "Err",
    "Client",
    "ClientBuilder",
    "Error",
    "Server",
    "Call",
    "Reply",
    "Response",
    "Value",
    "Maybe",
    "Bytes",
    "BTreeMap",
    "Timestamp",
    "Date",
    "Time",
    "Uuid",
    "Upload",
    "Default",
    "Clone",
    "Debug",
    "Eq",
    "Hash",
    "PartialEq",
    "From",
    "Into",
    "Iterator",
    "Send",
    "Sync",
    "str",
    "u8",
    "i64",
    "bool",
    "core",
    "std",
    "serde",
    "runtime",
    "prelude",
    "models",
    "api",
    "client",
    "server",
];

const METHODS: &[&str] = &[
    "new",
    "clone",
    "send",
    "default",
    "fmt",
    "from",
    "into",
    "build",
    "builder",
    "call",
    "reply",
    "timeout",
    "header",
    "retry",
    "body",
    "client",
    "self",
    "core",
    "drop",
    "eq",
    "hash",
    "as_str",
    "value",
    "into_future",
];

const DEVICES: &[&str] = &[
    "CON", "con", "PRN", "aux", "NUL", "COM1", "lpt9", "con.txt", "CONIN$", "nul ", "nul.",
];

const UNICODE: &[&str] = &[
    "é",
    "e\u{301}",
    "ﬁ",
    "fi",
    "Å",
    "Å",
    "ß",
    "SS",
    "ss",
    "ı",
    "İ",
    "i",
    "日本語",
    "שלום",
    "🦀",
    "👨‍👩‍👧",
    "²",
    "½",
    "·",
    "a\u{200d}b",
    "a\u{200b}b",
    "\u{feff}a",
    "\u{202e}abc",
    "\u{0}",
    "\u{7f}",
    "𝒳",
    "Ⅷ",
    "ǅ",
];

pub(super) fn cases() -> Vec<Case> {
    let long: Vec<String> = ["a", "aB", "a-", "1", "日", "é"].map(|text| text.repeat(300)).into();
    let all = |item: &'static str, texts: &[&str]| {
        named(item, &texts.iter().map(|text| (*text).to_owned()).collect::<Vec<_>>())
    };
    vec![
        all("keywords of every edition", KEYWORDS),
        all("twins in case and punctuation", TWINS),
        all("what is in scope already", IN_SCOPE),
        all("methods and arguments that are there already", METHODS),
        all("devices of Windows", DEVICES),
        all("Unicode, composed and not, seen and not", UNICODE),
        named("300 characters and more", &long),
        all("everything else", HAZARDS),
    ]
}

/// What is compiled of these is the document of them all together; see [`together`].
fn named(item: &'static str, texts: &[String]) -> Case {
    bytes(item, document_of(texts).to_string())
}

/// All of the texts at once, so that they also have to keep clear of each other.
pub(crate) fn together() -> Value {
    let lists = [KEYWORDS, TWINS, IN_SCOPE, METHODS, DEVICES, UNICODE, HAZARDS];
    let mut texts: Vec<String> = lists.concat().into_iter().map(str::to_owned).collect();
    texts.sort();
    texts.dedup();
    document_of(&texts)
}
