//! Words in, identifiers out: valid Rust whatever the words are.

use std::fmt;

use super::{
    reserved::{self, Namespace},
    words,
};

/// An identifier in `snake_case`: a field, a function, a variable or a module.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Ident(String);

/// An identifier in `UpperCamelCase`: a type or a variant.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct TypeName(String);

/// The longest name of a file that is written whole, in bytes: what file systems bear, with an ending, several times over.
const LONGEST: usize = 96;

/// The same of what is no file: somebody wrote it himself.
const LONGEST_WRITTEN: usize = 128;

/// Whether the name of a type that `words` make is short enough to be read.
pub(super) fn fits(words: &[String]) -> bool {
    words::upper_camel(words).len() <= LONGEST
}

/// What can be made of words.
pub(super) trait Name: Sized {
    /// The name that `words` make in `namespace`.
    fn of(words: &[String], namespace: Namespace) -> Self;

    /// `text` as it stands, where it is a name in Rust's style that is free in `namespace`.
    fn exact(text: &str, namespace: Namespace) -> Option<Self>;

    /// The name without `r#`.
    fn text(&self) -> &str;
}

impl Name for Ident {
    fn of(words: &[String], namespace: Namespace) -> Self {
        let (join, longest): (fn(&[String]) -> String, _) = if namespace.is_of_files() {
            (words::ascii, LONGEST)
        } else {
            (words::snake, LONGEST_WRITTEN)
        };
        let join = |words: &[String]| {
            let name = join(words);
            if starts_well(&name) {
                name
            } else {
                format!("{}_{name}", namespace.prefix())
            }
        };
        let mut name = cut(join(words), longest, words, join);
        if namespace.reserves(&name) || reserved::NEVER_RAW.contains(&name.as_str()) {
            name.push('_');
        }
        Self(name)
    }

    fn exact(text: &str, namespace: Namespace) -> Option<Self> {
        let is_styled = !text.contains(char::is_uppercase) && !text.starts_with('_') && !text.contains("__");
        let is_free = !namespace.reserves(text) && !reserved::NEVER_RAW.contains(&text);
        // A module is a file: compilers load none but those with plain names.
        let is_file = !namespace.is_of_files() || text.is_ascii();
        (is_identifier(text) && is_styled && is_free && is_file).then(|| Self(text.to_owned()))
    }

    fn text(&self) -> &str {
        &self.0
    }
}

impl Name for TypeName {
    fn of(words: &[String], namespace: Namespace) -> Self {
        let join = |words: &[String]| {
            let mut name = words::upper_camel(words);
            if !starts_well(&name) {
                name.insert_str(0, &words::upper_camel(&[namespace.prefix().to_owned()]));
            }
            name
        };
        let mut name = cut(join(words), LONGEST_WRITTEN, words, join);
        if namespace.reserves(&name) {
            name.push_str(namespace.suffix());
        }
        Self(name)
    }

    fn exact(text: &str, namespace: Namespace) -> Option<Self> {
        let is_styled = text.starts_with(char::is_uppercase) && !text.contains('_');
        let is_free = !namespace.reserves(text) && text != "Self";
        (is_identifier(text) && is_styled && is_free).then(|| Self(text.to_owned()))
    }

    fn text(&self) -> &str {
        &self.0
    }
}

impl Ident {
    /// The name without `r#`, as files and links have it.
    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether code writes it with `r#`.
    pub(crate) fn is_raw(&self) -> bool {
        reserved::is_keyword(&self.0)
    }

    /// The same name for a constant.
    pub(crate) fn to_constant(&self) -> String {
        self.0.to_uppercase()
    }
}

impl TypeName {
    /// The name.
    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Ident {
    /// Writes the name as code does.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.is_raw() {
            formatter.write_str("r#")?;
        }
        formatter.write_str(&self.0)
    }
}

impl fmt::Display for TypeName {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

fn starts_well(name: &str) -> bool {
    name.starts_with(unicode_ident::is_xid_start)
}

fn is_identifier(text: &str) -> bool {
    let start = |char| char == '_' || unicode_ident::is_xid_start(char);
    text != "_" && text.starts_with(start) && text.chars().all(unicode_ident::is_xid_continue)
}

/// The name that `words` make by `join`, or that of the first and the last of them, with a hash of all.
///
/// What stands between is where names of schemas that are written deep inside others repeat themselves; the end says
/// what they are.
fn cut(name: String, longest: usize, words: &[String], join: impl Fn(&[String]) -> String) -> String {
    if name.len() <= longest {
        return name;
    }
    let hash = format!("x{}", &hash(&words.join(" "))[..8]);
    let half = (longest - hash.len()) / 2;
    let fits = |words: &[String]| join(words).len() < half;
    let start = (1..words.len())
        .rev()
        .map(|end| &words[..end])
        .find(|start| fits(start));
    let end = (1..words.len()).map(|start| &words[start..]).find(|end| fits(end));
    if let (Some(start), Some(end)) = (start, end) {
        return join(&[start, end, &[hash]].concat());
    }
    // A single word that long is nobody's name.
    let start = name.floor_char_boundary(longest - hash.len() - 1);
    join(&[name[..start].trim_end_matches('_').to_owned(), hash])
}

/// Sixteen digits that follow from `text` alone (FNV-1a), whatever compiler this is built with.
pub(super) fn hash(text: &str) -> String {
    let hash = text.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    format!("{hash:016x}")
}
