//! Text that a user chose in, whether it can stand where Rust or Cargo wants a name out.

/// Whether Cargo takes `name` for a package, and Rust for a crate.
#[must_use]
pub fn is_package_name(name: &str) -> bool {
    name.starts_with(|first: char| first.is_ascii_alphabetic())
        && name
            .chars()
            .all(|char| char.is_ascii_alphanumeric() || matches!(char, '-' | '_'))
        && name.len() <= 64
        && !RESERVED.contains(&name)
}

/// Keywords, and names that shadow what every crate can name.
const RESERVED: [&str; 60] = [
    "Self",
    "abstract",
    "alloc",
    "as",
    "async",
    "await",
    "become",
    "box",
    "break",
    "const",
    "continue",
    "core",
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
    "match",
    "mod",
    "move",
    "mut",
    "override",
    "priv",
    "proc_macro",
    "proc-macro",
    "pub",
    "ref",
    "return",
    "self",
    "static",
    "std",
    "struct",
    "super",
    "test",
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
    "macro_rules",
];

/// The package name that the words of `text` make: `HubSpot Tickets (v3)` gives `hubspot-tickets-v3`.
///
/// `None` where nothing is left of it.
#[must_use]
pub fn package_name(text: &str) -> Option<String> {
    let mut name = String::new();
    for word in text
        .split(|char: char| !char.is_ascii_alphanumeric())
        .filter(|word| !word.is_empty())
    {
        let separator = usize::from(!name.is_empty());
        if name.len() + separator + word.len() > 64 {
            break;
        }
        if separator == 1 {
            name.push('-');
        }
        name.push_str(&word.to_ascii_lowercase());
    }
    if name.starts_with(|first: char| first.is_ascii_digit()) || RESERVED.contains(&name.as_str()) {
        name.insert_str(0, "api-");
    }
    is_package_name(&name).then_some(name)
}

/// Whether a module can have the name by which others know it: as it is, without capitals, and none that every crate knows.
pub(crate) fn is_module_name(name: &str) -> bool {
    // What may be called like a package is no keyword.
    is_identifier(name) && is_package_name(name) && !name.contains(char::is_uppercase) && !OF_CARGO.contains(&name)
}

/// The files and folders in which Cargo looks for crates.
const OF_CARGO: [&str; 3] = ["bin", "lib", "main"];

/// The module of a file of this name.
pub(super) fn module_name(text: &str) -> String {
    let name = package_name(text).unwrap_or_default().replace('-', "_");
    if OF_CARGO.contains(&name.as_str()) {
        format!("api_{name}")
    } else {
        name
    }
}

/// Whether `text` can be an identifier. Keywords pass: the generator escapes them.
pub(super) fn is_identifier(text: &str) -> bool {
    let mut chars = text.chars();
    chars
        .next()
        .is_some_and(|first| first == '_' || unicode_ident::is_xid_start(first))
        && chars.all(unicode_ident::is_xid_continue)
        && text != "_"
}

/// Whether `text` can be a path such as `::rust_decimal::Decimal`.
pub(super) fn is_path(text: &str) -> bool {
    text.strip_prefix("::").unwrap_or(text).split("::").all(is_identifier)
}

/// Whether `text` can be a type: a path, or one with types between angle brackets.
pub(super) fn is_type(text: &str) -> bool {
    let text = text.trim();
    let Some((path, arguments)) = text.split_once('<') else {
        return is_path(text);
    };
    let Some(arguments) = arguments.strip_suffix('>') else {
        return false;
    };
    is_path(path) && split(arguments).is_some_and(|arguments| arguments.into_iter().all(is_type))
}

/// The parts of `text` between the commas that are in no brackets; `None` where a bracket has no partner.
fn split(text: &str) -> Option<Vec<&str>> {
    let mut parts = Vec::new();
    let (mut depth, mut start) = (0_usize, 0);
    for (index, char) in text.char_indices() {
        match char {
            '<' => depth += 1,
            '>' => depth = depth.checked_sub(1)?,
            ',' if depth == 0 => {
                parts.push(&text[start..index]);
                start = index + 1;
            }
            _ => {}
        }
    }
    parts.push(&text[start..]);
    (depth == 0).then_some(parts)
}

#[cfg(test)]
mod tests {
    use super::{is_package_name, is_path, is_type, package_name};

    #[test]
    fn package_names_come_from_titles() {
        assert_eq!(
            package_name("HubSpot Tickets (v3)").as_deref(),
            Some("hubspot-tickets-v3")
        );
        assert_eq!(package_name("1Forge").as_deref(), Some("api-1forge"));
        assert_eq!(package_name("test").as_deref(), Some("api-test"));
        assert_eq!(package_name("日本"), None);
        let long = package_name(&"word ".repeat(40)).expect("words");
        assert!(is_package_name(&long) && long.ends_with("-word"), "{long}");
    }

    #[test]
    fn paths_have_identifiers_between_their_colons() {
        assert!(is_path("::rust_decimal::Decimal") && is_path("String"));
        assert!(!is_path("") && !is_path("a::") && !is_path("Vec<u8>") && !is_path("a b"));
    }

    #[test]
    fn types_have_types_between_their_brackets() {
        assert!(is_type("String") && is_type("::chrono::DateTime<::chrono::Utc>"));
        assert!(is_type("std::collections::BTreeMap<String, Vec<u8>>"));
        for text in [
            "", "<", "A<", "A>", "A<>", "A<B>>", "A<B<C>", "A<B,>", "A<'a>", "(A)", "A<B>::C", "A B",
        ] {
            assert!(!is_type(text), "{text}");
        }
    }
}
