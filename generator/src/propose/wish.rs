//! What a rule says in, the text and the reason of it out.

use std::fmt;

/// What `x-pagination` is to say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Wish {
    /// The list in a page, where it has to be named.
    pub(super) items: Option<String>,
    pub(super) way: Way,
    /// `parameter` or `body`, and its name.
    pub(super) to: Option<(&'static str, String)>,
    /// What the first page is counted as, where that has to be said.
    pub(super) first: Option<u64>,
    pub(super) more: Option<String>,
}

/// What leads to the next page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Way {
    Cursor(String),
    CursorHeader(String),
    Link(String),
    LinkHeader,
    Last(String),
    Pages,
    Items,
}

impl Wish {
    /// How much it asks of an operation: of two rules, the one that asks more goes first.
    pub(super) fn demands(&self) -> usize {
        let way = match &self.way {
            Way::Cursor(_) | Way::Link(_) | Way::Last(_) => 2,
            Way::CursorHeader(_) | Way::LinkHeader | Way::Pages | Way::Items => 0,
        };
        way + [self.items.is_some(), self.to.is_some(), self.more.is_some()]
            .into_iter()
            .filter(|is| *is)
            .count()
    }

    /// Whether it would be followed wherever there is a list: nobody has to describe headers.
    pub(super) fn fits_any_list(&self) -> bool {
        self.way == Way::LinkHeader
    }

    /// Why this is how pages follow each other.
    pub(super) fn why(&self) -> String {
        let to = self.to.as_ref().map_or("", |(_, name)| name);
        let way = match &self.way {
            Way::Cursor(from) => format!("`{to}` takes what a page has in `{from}`"),
            Way::CursorHeader(from) => format!("`{to}` takes what comes with a page in the header `{from}`"),
            Way::Link(from) => format!("a page has the URL of the next one in `{from}`"),
            Way::LinkHeader => "the header `Link` is described".to_owned(),
            Way::Last(member) => format!("`{to}` takes the `{member}` of a page's last item"),
            Way::Pages => format!("`{to}` is the number of the page"),
            Way::Items => format!("`{to}` is how many items come before"),
        };
        match &self.more {
            Some(more) => format!("{way}, and `{more}` says whether one follows"),
            None => way,
        }
    }
}

impl fmt::Display for Wish {
    /// As YAML in one line.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut members: Vec<(&str, String)> = Vec::new();
        members.extend(self.items.as_ref().map(|items| ("items", scalar(items))));
        members.push(match &self.way {
            Way::Cursor(name) => ("cursor", scalar(name)),
            Way::CursorHeader(name) => ("cursor_header", scalar(name)),
            Way::Link(name) => ("link", scalar(name)),
            Way::LinkHeader => ("link_header", "Link".to_owned()),
            Way::Last(name) => ("last", scalar(name)),
            Way::Pages => ("count", "pages".to_owned()),
            Way::Items => ("count", "items".to_owned()),
        });
        members.extend(self.to.as_ref().map(|(place, name)| (*place, scalar(name))));
        members.extend(self.first.map(|first| ("first", first.to_string())));
        members.extend(self.more.as_ref().map(|more| ("more", scalar(more))));
        let members: Vec<String> = members.iter().map(|(name, value)| format!("{name}: {value}")).collect();
        write!(formatter, "{{{}}}", members.join(", "))
    }
}

/// A text as it stands in YAML: quoted where it could be taken for anything else.
fn scalar(text: &str) -> String {
    const WORDS: [&str; 8] = ["false", "n", "no", "null", "off", "on", "true", "y"];
    let is_plain = text.starts_with(|char: char| char.is_ascii_alphabetic() || char == '_')
        && text
            .chars()
            .all(|char| char.is_ascii_alphanumeric() || matches!(char, '_' | '-' | '.'))
        && !WORDS.contains(&text.to_ascii_lowercase().as_str())
        && !text.eq_ignore_ascii_case("yes");
    if is_plain { text.to_owned() } else { quoted(text) }
}

/// A text between quotes, as JSON and YAML have it.
pub(super) fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

#[cfg(test)]
mod tests {
    use super::{Way, Wish};

    #[test]
    fn names_of_any_characters_are_texts() {
        let wish = Wish {
            items: Some("yes".to_owned()),
            way: Way::Link("@odata.nextLink".to_owned()),
            to: None,
            first: None,
            more: Some("more.pages".to_owned()),
        };
        assert_eq!(
            wish.to_string(),
            r#"{items: "yes", link: "@odata.nextLink", more: more.pages}"#
        );
    }
}
