//! Words in, whether they are the same but for singular and plural out.
//!
//! English as far as names of resources go. A word that is neither by these rules is only itself: then a name keeps a word
//! too many, which is no harm.

/// Nouns whose plural no rule gives.
const IRREGULAR: [(&str, &str); 9] = [
    ("child", "children"),
    ("cookie", "cookies"),
    ("index", "indices"),
    ("matrix", "matrices"),
    ("media", "media"),
    ("movie", "movies"),
    ("person", "people"),
    ("schema", "schemata"),
    ("vertex", "vertices"),
];

/// Words that end like a plural, and are none or have no singular.
const UNCOUNTED: [&str; 15] = [
    "analytics",
    "aws",
    "credentials",
    "data",
    "diagnostics",
    "dns",
    "https",
    "metadata",
    "news",
    "preferences",
    "series",
    "settings",
    "sms",
    "statistics",
    "stats",
];

/// Whether `one` and `other` are the same words, the last in singular or plural.
pub(super) fn is_same(one: &[String], other: &[String]) -> bool {
    match (one.split_last(), other.split_last()) {
        (Some((last, before)), Some((other, others))) => {
            before == others && (last == other || is_plural_of(last, other) || is_plural_of(other, last))
        }
        (None, None) => true,
        _ => false,
    }
}

/// Whether `word` names several things.
pub(super) fn is_plural(word: &str) -> bool {
    let is_regular = word.len() > 2 && word.ends_with('s') && !["ss", "us", "is"].iter().any(|end| word.ends_with(end));
    !UNCOUNTED.contains(&word) && (is_regular || IRREGULAR.iter().any(|(_, plural)| *plural == word))
}

fn is_plural_of(word: &str, singular: &str) -> bool {
    let hisses = ["s", "x", "z", "ch", "sh"].iter().any(|end| singular.ends_with(end));
    let end = word.strip_prefix(singular);
    let is_regular = if hisses { end == Some("es") } else { end == Some("s") };
    let stem = singular.strip_suffix('y');
    let turns = stem.is_some_and(|stem| word.strip_prefix(stem) == Some("ies"));
    singular.len() > 1 && (is_regular || turns) || IRREGULAR.contains(&(singular, word))
}

/// One of what `word` names, or the word where it names one already.
pub(super) fn singular(word: &str) -> String {
    let irregular = IRREGULAR.iter().find(|(_, plural)| *plural == word);
    if let Some((singular, _)) = irregular {
        return (*singular).to_owned();
    }
    if !is_plural(word) {
        return word.to_owned();
    }
    if let Some(stem) = word.strip_suffix("ies").filter(|stem| stem.len() > 1) {
        return format!("{stem}y");
    }
    let hisses = ["sses", "shes", "ches", "xes", "zzes"];
    // Statuses and buses, but not causes and houses.
    let stem = word.strip_suffix("uses");
    let is_latin = stem.is_some_and(|stem| !stem.is_empty() && !stem.ends_with(['a', 'o']));
    let hisses = is_latin || hisses.iter().any(|end| word.ends_with(end));
    let end = if hisses { 2 } else { 1 };
    word[..word.len() - end].to_owned()
}

#[cfg(test)]
mod tests {
    use super::{is_plural, is_same, singular};

    #[test]
    fn the_same_but_for_number() {
        let words = |text: &str| text.split(' ').map(str::to_owned).collect::<Vec<_>>();
        let same = [
            ("pet", "pets"),
            ("category", "categories"),
            ("address", "addresses"),
            ("box", "boxes"),
            ("batch", "batches"),
            ("person", "people"),
            ("line item", "line items"),
            ("status", "statuses"),
            ("key", "keys"),
            ("house", "houses"),
        ];
        for (one, other) in same {
            assert!(is_same(&words(one), &words(other)), "{one} and {other}");
            assert!(is_plural(other), "{other}");
            assert!(!is_plural(one), "{one}");
        }
        for (one, other) in [("new", "news item"), ("lines item", "line item"), ("as", "a")] {
            assert!(!is_same(&words(one), &words(other)), "{one} and {other}");
        }
    }

    #[test]
    fn one_of_several() {
        let pairs = [
            ("pets", "pet"),
            ("categories", "category"),
            ("addresses", "address"),
            ("boxes", "box"),
            ("batches", "batch"),
            ("statuses", "status"),
            ("people", "person"),
            ("movies", "movie"),
            ("releases", "release"),
            ("causes", "cause"),
            ("ties", "tie"),
            ("news", "news"),
            ("status", "status"),
            ("pet", "pet"),
        ];
        for (several, one) in pairs {
            assert_eq!(singular(several), one);
        }
    }
}
