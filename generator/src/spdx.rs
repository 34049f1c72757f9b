//! What a licence is called in, what SPDX calls it out, where that is certain.

/// What people call licences, without what [`words`] leaves out.
const NAMES: &[(&str, &[&str])] = &[
    ("0BSD", &["0bsd", "bsd zero clause"]),
    ("AGPL-3.0-only", &["agpl 3.0 only"]),
    ("AGPL-3.0-or-later", &["agpl 3.0 or later"]),
    (
        "Apache-2.0",
        &["apache 2.0", "apache 2", "apache2", "apache2.0", "asl 2.0"],
    ),
    ("BSD-2-Clause", &["bsd 2 clause", "2 clause bsd", "simplified bsd"]),
    (
        "BSD-3-Clause",
        &[
            "bsd 3 clause",
            "3 clause bsd",
            "new bsd",
            "modified bsd",
            "bsd 3 clause new or revised",
        ],
    ),
    ("BSL-1.0", &["bsl 1.0", "boost 1.0"]),
    ("CC-BY-3.0", &["cc by 3.0", "creative commons attribution 3.0"]),
    (
        "CC-BY-4.0",
        &[
            "cc by 4.0",
            "creative commons attribution 4.0",
            "creative commons attribution 4.0 international",
        ],
    ),
    (
        "CC-BY-SA-4.0",
        &[
            "cc by sa 4.0",
            "creative commons attribution sharealike 4.0 international",
        ],
    ),
    ("CC0-1.0", &["cc0 1.0", "cc0 1.0 universal", "cc0"]),
    ("EPL-2.0", &["epl 2.0", "eclipse public 2.0"]),
    ("EUPL-1.2", &["eupl 1.2", "european union public 1.2"]),
    ("GPL-2.0-only", &["gpl 2.0 only"]),
    ("GPL-2.0-or-later", &["gpl 2.0 or later"]),
    ("GPL-3.0-only", &["gpl 3.0 only"]),
    ("GPL-3.0-or-later", &["gpl 3.0 or later"]),
    ("ISC", &["isc"]),
    ("LGPL-3.0-only", &["lgpl 3.0 only"]),
    ("LGPL-3.0-or-later", &["lgpl 3.0 or later"]),
    ("MIT", &["mit", "mit mit"]),
    ("MPL-2.0", &["mpl 2.0", "mozilla public 2.0"]),
    ("Unlicense", &["unlicense"]),
    ("Zlib", &["zlib"]),
];

/// The identifier of the licence that is called `name`, where only one is.
pub(crate) fn identifier(name: &str) -> Option<&'static str> {
    let name = words(name);
    let known = NAMES.iter().find(|(_, names)| names.contains(&name.as_str()));
    known.map(|(identifier, _)| *identifier)
}

/// What tells the name of a licence from others.
fn words(name: &str) -> String {
    let name = name.to_lowercase();
    let words = name.split(|char: char| !char.is_alphanumeric() && char != '.');
    let telling = words.map(|word| {
        let number = word
            .strip_prefix('v')
            .filter(|rest| rest.starts_with(|char: char| char.is_ascii_digit()));
        number.unwrap_or(word).trim_matches('.')
    });
    let telling = telling
        .filter(|word| !["", "the", "license", "licence", "licensed", "version", "v", "software"].contains(word));
    telling.collect::<Vec<_>>().join(" ")
}

/// Whether a text is an expression, by its grammar. Which identifiers there are is not known here, but for the spelling of
/// some.
pub(crate) fn is_expression(text: &str) -> bool {
    let spaced = text.replace('(', " ( ").replace(')', " ) ");
    let mut depth = 0_usize;
    // Whether a licence may come next, and whether the last word was one, to which an exception may be added.
    let (mut is_open, mut is_licence, mut is_exception) = (true, false, false);
    for word in spaced.split_ascii_whitespace() {
        match word {
            "(" if is_open && !is_exception => depth += 1,
            ")" if !is_open && depth > 0 => {
                depth -= 1;
                is_licence = false;
            }
            "AND" | "OR" if !is_open => (is_open, is_licence) = (true, false),
            "WITH" if is_licence => (is_open, is_licence, is_exception) = (true, false, true),
            "(" | ")" | "AND" | "OR" | "WITH" => return false,
            word if is_open && is_identifier(word) => {
                (is_open, is_licence, is_exception) = (false, !is_exception, false);
            }
            _ => return false,
        }
    }
    !is_open && depth == 0
}

fn is_identifier(word: &str) -> bool {
    let word = word.strip_suffix('+').unwrap_or(word);
    let is_letter = |char: char| char.is_ascii_alphanumeric() || "-.".contains(char);
    let is_word = word.starts_with(|char: char| char.is_ascii_alphanumeric()) && word.chars().all(is_letter);
    is_word && identifier(word).is_none_or(|known| known == word)
}

#[cfg(test)]
mod tests {
    use super::{identifier, is_expression};

    #[test]
    fn a_name_that_means_one_licence_has_an_identifier() {
        for (name, known) in [
            ("Apache 2.0", Some("Apache-2.0")),
            ("Apache License, Version 2.0", Some("Apache-2.0")),
            ("The Apache Software License, v2.0", Some("Apache-2.0")),
            ("MIT", Some("MIT")),
            ("The MIT License (MIT)", Some("MIT")),
            ("3-clause BSD", Some("BSD-3-Clause")),
            ("CC BY 4.0", Some("CC-BY-4.0")),
            ("Mozilla Public License 2.0", Some("MPL-2.0")),
            // Of these, several are called so.
            ("Apache", None),
            ("BSD", None),
            ("GPL-3.0", None),
            ("Proprietary", None),
            ("", None),
        ] {
            assert_eq!(identifier(name), known, "{name}");
        }
    }

    #[test]
    fn expressions_have_a_grammar() {
        for text in [
            "MIT",
            "MIT OR Apache-2.0",
            "(MIT OR Apache-2.0) AND GPL-3.0-or-later WITH Classpath-exception-2.0",
            "GPL-2.0+",
        ] {
            assert!(is_expression(text), "{text}");
        }
        for text in [
            "",
            "mit",
            "Apache 2.0",
            "MIT/Apache-2.0",
            "MIT OR",
            "OR MIT",
            "(MIT",
            "MIT)",
            "()",
            "MIT WITH",
            "MIT WITH (A)",
            "(MIT) WITH a-b",
            "MIT or ISC",
            "Lizenz für alles",
        ] {
            assert!(!is_expression(text), "{text}");
        }
    }
}
