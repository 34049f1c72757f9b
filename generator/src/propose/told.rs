//! What is said of a parameter in, what it counts and from where out.

use super::words::is_among;

/// What a text says of what the first page, or the first item, is counted as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum First {
    /// Nothing.
    Unsaid,
    Is(u64),
    /// Both 0 and 1.
    Unclear,
}

/// Words behind which a number is what counting begins with: `starts at 1`.
const BEGINS: [&str; 19] = [
    "begin",
    "beginning",
    "begins",
    "count",
    "counted",
    "counting",
    "counts",
    "index",
    "indexed",
    "indexes",
    "indices",
    "number",
    "numbered",
    "numbering",
    "numbers",
    "start",
    "started",
    "starting",
    "starts",
];
/// Those that may be what is counted as well.
const COUNTERS: [&str; 5] = ["index", "indexes", "indices", "number", "numbers"];
/// What may stand between a number and what tells of it: `with page number 1`.
const BETWEEN: [&str; 12] = [
    "a", "index", "item", "number", "of", "offset", "page", "position", "record", "row", "the", "value",
];
/// What items are called where nobody calls them by their own name.
const ITEMS: [&str; 26] = [
    "element",
    "elements",
    "entities",
    "entity",
    "entries",
    "entry",
    "hit",
    "hits",
    "item",
    "items",
    "match",
    "matches",
    "object",
    "objects",
    "record",
    "records",
    "resource",
    "resources",
    "response",
    "responses",
    "result",
    "results",
    "row",
    "rows",
    "value",
    "values",
];

/// The words of a text, in lower case; joined by `-` they are apart.
fn words(text: &str) -> Vec<String> {
    let text = text.to_lowercase();
    let words = text.split(|char: char| !char.is_alphanumeric());
    words.filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

fn is_page(word: &str) -> bool {
    word.starts_with("page")
}

/// What counting begins with, where a text says so.
pub(super) fn first(text: &str) -> First {
    let mut found = text.contains("(0..").then_some(0);
    // What a sentence ends with does not go with what the next one begins with.
    for sentence in text.split(['.', ';', '!', '?']) {
        let words = words(sentence);
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        for at in 0..words.len() {
            match (number(&words, at), found) {
                (Some(number), Some(other)) if number != other => return First::Unclear,
                (Some(number), _) => found = Some(number),
                (None, _) => {}
            }
        }
    }
    found.map_or(First::Unsaid, First::Is)
}

/// The number at a place, if counting begins with it.
fn number(words: &[&str], at: usize) -> Option<u64> {
    let number = match words[at] {
        "0" | "zero" => 0,
        "1" | "one" => 1,
        _ => return None,
    };
    let is_amount = words.get(at + 1).is_some_and(|word| is_among(&ITEMS, word));
    let is_first = is_base(words, at) || !is_amount && (is_begun(words, at) || is_of_first(words, at));
    is_first.then_some(number)
}

/// `0-based`, `zero indexed`.
fn is_base(words: &[&str], at: usize) -> bool {
    words
        .get(at + 1)
        .is_some_and(|next| matches!(*next, "based" | "indexed"))
}

/// `starting at`, `numbered from page`, before a number; `numbers from 1 to 9` may be any of these.
fn is_begun(words: &[&str], at: usize) -> bool {
    let before = &words[..at];
    let Some(joint) = before.iter().rposition(|word| !is_among(&BETWEEN, word)) else {
        return false;
    };
    let behind = words.get(at + 1);
    let is_span = behind.is_some_and(|word| matches!(*word, "to" | "through" | "until") || word.parse::<u64>().is_ok());
    let lead = joint.checked_sub(1).map(|lead| before[lead]);
    matches!(before[joint], "at" | "from" | "with")
        && lead.is_some_and(|lead| is_among(&BEGINS, lead) && !(is_span && is_among(&COUNTERS, lead)))
}

/// `the first page is 1`, `the first has index 1`, `1 is the first page`.
fn is_of_first(words: &[&str], at: usize) -> bool {
    if matches!(words[at + 1..], ["is" | "for", "the", "first", ..]) {
        return true;
    }
    let before = &words[..at];
    let Some(verb) = before.iter().rposition(|word| !is_among(&BETWEEN, word)) else {
        return false;
    };
    let is_named = before[verb + 1..]
        .iter()
        .any(|word| matches!(*word, "index" | "number" | "offset" | "position" | "page"));
    let is_said = match before[verb] {
        "is" | "equals" => true,
        "has" => is_named,
        _ => false,
    };
    let subject = before[..verb].iter().rev().take(3);
    is_said && subject.into_iter().any(|word| *word == "first")
}

/// Whether a text is about a time.
pub(super) fn is_of_time(text: &str) -> bool {
    let is_time = |word: &str| {
        matches!(
            word,
            "date" | "dates" | "time" | "utc" | "epoch" | "unix" | "timezone" | "iso8601" | "rfc3339"
        ) || ["datetime", "timestamp", "second", "millisecond", "minute", "hour"]
            .iter()
            .any(|start| word.starts_with(start))
    };
    let text = text.to_lowercase().replace("at a time", "").replace("at one time", "");
    words(&text).iter().any(|word| is_time(word))
}

/// Whether a text of something that skips speaks of pages and does not say that it counts items.
pub(super) fn may_count_pages(text: &str) -> bool {
    let words = words(text);
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let speaks = text.to_lowercase().contains("page");
    let counts_pages = words.iter().enumerate().any(|(at, word)| {
        let [before, behind] = [at.checked_sub(1), Some(at + 1)].map(|at| at.and_then(|at| words.get(at)));
        let is_counted =
            before.is_some_and(|word| matches!(*word, "which" | "skip" | "of" | "the")) && *word == "pages";
        let is_number = behind.is_some_and(|word| matches!(*word, "number" | "index" | "no" | "offset"));
        let is_asked =
            behind == Some(&"to") && (*word == "page" || words.get(at + 2).is_some_and(|word| is_skip(word)));
        let is_based = before.is_some_and(|word| matches!(*word, "based" | "indexed" | "which"));
        is_page(word) && (is_counted || is_number || is_asked || is_based)
    });
    speaks && (counts_pages || !counts_items(&words))
}

fn is_skip(word: &str) -> bool {
    matches!(word, "skip" | "offset" | "omit")
}

/// `items to skip`, `the first record`, `number of news to skip`.
fn counts_items(words: &[&str]) -> bool {
    let is_number = words.iter().enumerate().any(|(at, word)| {
        let rest = words[at + 1..].iter().take(7).copied();
        let rest: Vec<&str> = rest.take_while(|word| !is_page(word)).collect();
        let is_skipped = rest.windows(2).any(|pair| pair[0] == "to" && is_skip(pair[1]));
        *word == "number" && rest.first() == Some(&"of") && is_skipped
    });
    is_number
        || words.iter().enumerate().any(|(at, word)| {
            let behind = words.get(at + 1).copied().unwrap_or_default();
            let before = words[..at].iter().rev().take(3);
            let mut before = before.copied().take_while(|word| !is_page(word));
            let is_told = matches!(behind, "before" | "index" | "number" | "skipped")
                || behind == "to" && words.get(at + 2).is_some_and(|word| is_skip(word));
            let is_first = before.any(|word| matches!(word, "first" | "skip" | "skips" | "starting"));
            is_among(&ITEMS, word) && !is_page(behind) && (is_told || is_first)
        })
}

/// The member of an item that a text names, other than its `id`.
pub(super) fn other_member<'m>(text: &str, members: impl Iterator<Item = &'m str>) -> Option<&'m str> {
    let is_part = |char: char| char.is_alphanumeric() || char == '_';
    let text = text.to_lowercase();
    let is_quoted = |name: &str| {
        text.match_indices(name).any(|(at, name)| {
            let quotes = ['`', '\'', '"'];
            text[..at].ends_with(quotes) && text[at + name.len()..].starts_with(quotes)
        })
    };
    let says_id = text
        .split(|char: char| !is_part(char))
        .any(|word| matches!(word, "id" | "ids" | "identifier" | "identifiers" | "uuid" | "guid"));
    let mut others = members.filter(|name| *name != "id");
    others.find(|name| {
        let name = name.to_lowercase();
        let is_word = || text.split(|char: char| !is_part(char)).any(|word| word == name);
        is_quoted(&name) || is_word() && (name.contains('_') || name.len() > 2 && !says_id)
    })
}

#[cfg(test)]
mod tests {
    use super::{First, first, is_of_time, may_count_pages, other_member};

    #[test]
    fn texts_say_where_counting_begins() {
        for zero in [
            "Zero-based page index (0..N)",
            "0-indexed page",
            "Sizes range from 1 to 50. First is zero",
            "any number from 1 to 100; pages are counted from zero",
            "Index of the first item, which is 0 for the first page",
        ] {
            assert_eq!(first(zero), First::Is(0), "{zero}");
        }
        for one in [
            "The page, starting at 1.",
            "The page (starts from page number 1)",
            "Index of the first item; the first has index 1",
            "counting begins with the number one",
            "The first page is 1.",
            "1 is the first page",
        ] {
            assert_eq!(first(one), First::Is(1), "{one}");
        }
        for none in [
            "With 10 items",
            "With 1 item per page",
            "Page number. With 1 item per page this is the index.",
            "A page number with 1 item",
            "Which page.",
            "The first page has 1 item",
            "",
        ] {
            assert_eq!(first(none), First::Unsaid, "{none}");
        }
        assert_eq!(first("Starts from page 0; page numbers begin at 1"), First::Unclear);
    }

    #[test]
    fn times_are_no_counts() {
        assert!(is_of_time("Start, in seconds since the epoch") && is_of_time("Timestamp offset"));
        assert!(!is_of_time("How many items to skip, many at a time") && !is_of_time("Start of the list"));
    }

    #[test]
    fn what_speaks_of_pages_is_to_say_that_it_counts_items() {
        for pages in [
            "Number of pages to skip.",
            "Page number of the results to return, starting at 0.",
            "The page to show; each page has `limit` items.",
            "The first page of results",
            "Number of result pages to skip",
            "Which page.",
        ] {
            assert!(may_count_pages(pages), "{pages}");
        }
        for items in [
            "The number of items to skip before the page",
            "Index of the first record on the page",
            "Starting row of page, default 0",
            "The number of news to skip; use it to page, such as for the first page of results; several pages to see",
            "How many come before",
            "",
        ] {
            assert!(!may_count_pages(items), "{items}");
        }
    }

    #[test]
    fn members_are_named_between_quotes_or_by_themselves() {
        let other = |text| other_member(text, ["id", "n", "name", "created_at"].into_iter());
        assert_eq!(other("It is the `n` of an item"), Some("n"));
        assert_eq!(other("The created_at of the last"), Some("created_at"));
        assert_eq!(other("The name of the last item"), Some("name"));
        assert_eq!(other("The id of the last item by name"), None);
        assert_eq!(other("An item's"), None);
    }
}
