//! Prose with tags in it in, Markdown that says the same out. What is no tag of HTML, nor of a generator of pages, stays as it
//! is: `<id>` stands for what the reader puts there.

use std::ops::Range;

use super::markup;

/// What a tag of HTML is in Markdown, at its start and at its end; for everything else, nothing.
fn markdown(tag: &str) -> Option<(&'static str, &'static str)> {
    Some(match tag {
        // The last of them are of DocBook and of the comments of C#, from which descriptions are made.
        "p" | "div" | "section" | "ul" | "ol" | "dl" | "table" | "blockquote" | "note" | "tr" | "important"
        | "warning" | "caution" | "tip" | "aside" | "remarks" => ("\n\n", "\n\n"),
        "li" | "dt" => ("\n* ", "\n"),
        "dd" | "td" | "th" => (" ", " "),
        "br" => ("\\\n", "\\\n"),
        "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => ("\n\n#### ", "\n\n"),
        "b" | "strong" => ("**", "**"),
        "i" | "em" => ("*", "*"),
        "code" | "tt" => ("`", "`"),
        "pre" => ("\n\n```\n", "\n```\n\n"),
        "a" | "span" | "u" | "font" | "small" | "sub" | "sup" | "tbody" | "thead" | "img" | "hr" | "center"
        | "fullname" | "para" | "body" | "html" | "details" | "summary" | "nobr" | "replaceable" => ("", ""),
        _ => return None,
    })
}

/// The tags that have what they are about as an attribute.
const NAMING: [&str; 5] = ["see", "seealso", "paramref", "typeparamref", "xref"];

/// The tags that say what kind of words is between them. Without an end, they stand for such words.
const KINDS: [&str; 10] = [
    "amount",
    "currency",
    "filename",
    "guilabel",
    "kbd",
    "keyword",
    "literal",
    "samp",
    "term",
    "userinput",
];

/// Replaces the tags, except in code.
pub(super) fn to_markdown(text: &str) -> String {
    let mut tags = Tags {
        text,
        out: String::with_capacity(text.len()),
        target: None,
        open: Vec::new(),
    };
    for (part, is_code) in markup::parts(text) {
        if is_code {
            tags.out.push_str(&text[part]);
        } else {
            tags.replace(part);
        }
    }
    tags.out
}

struct Tags<'t> {
    text: &'t str,
    out: String,
    /// Where the link leads that is open.
    target: Option<&'t str>,
    /// The names of the pseudo-tags whose ends are still to come.
    open: Vec<&'t str>,
}

impl Tags<'_> {
    /// Replaces the tags in a part of the text.
    fn replace(&mut self, part: Range<usize>) {
        let mut at = part.start;
        while let Some(offset) = self.text[at..part.end].find('<') {
            self.out.push_str(&self.text[at..at + offset]);
            at += offset;
            let rest = &self.text[at..part.end];
            if let Some((words, length)) = self.pseudo_tag(at..part.end) {
                self.out.push_str(&words);
                at += length;
                continue;
            }
            let (replacement, length) = tag(rest).unwrap_or(("<", 1));
            let tag = &rest[..length];
            match (tag.starts_with("<a "), tag == "</a>") {
                (true, _) => {
                    self.target = attribute(tag, "href").filter(|target| !target.contains(['(', ')', ' ']));
                    self.out.push_str(if self.target.is_some() { "[" } else { "" });
                }
                (_, true) => {
                    let target = self.target.take().into_iter();
                    self.out.extend(target.flat_map(|target| ["](", target, ")"]));
                }
                (false, false) => self.out.push_str(replacement),
            }
            at += length;
        }
        self.out.push_str(&self.text[at..part.end]);
    }

    /// What there is to read instead of the pseudo-tag at the start of `part`, and how long that is: of one
    /// with an end that has attributes, a line for itself or one of the [`KINDS`], of one without that has a line for itself,
    /// and of one that names what it is about.
    fn pseudo_tag(&mut self, part: Range<usize>) -> Option<(String, usize)> {
        let rest = &self.text[part.clone()];
        let length = rest.find('>')? + 1;
        let tag = rest.get(1..length - 1)?;
        let (is_end, tag) = tag.strip_prefix('/').map_or((false, tag), |tag| (true, tag));
        let (is_whole, tag) = tag.strip_suffix('/').map_or((false, tag), |tag| (true, tag));
        let name_length = tag.find(|char: char| !is_of_name(char)).unwrap_or(tag.len());
        let (name, attributes) = tag.split_at(name_length);
        let is_known = markdown(&name.to_ascii_lowercase()).is_some();
        if is_known || !name.starts_with(|char: char| char.is_ascii_alphabetic()) {
            return None;
        }
        if is_end {
            let place = self.open.iter().rposition(|open| *open == name)?;
            self.open.truncate(place);
            return Some((String::new(), length));
        }
        if !attributes.is_empty() && !attributes.starts_with(char::is_whitespace) {
            return None;
        }
        let after = &self.text[part.start + length..];
        let ends_line = after.lines().next().is_none_or(|line| line.trim().is_empty());
        let before = self.text[..part.start].lines().next_back();
        let begins_line = self.text[..part.start].ends_with('\n') || before.is_none_or(|line| line.trim().is_empty());
        let is_alone = begins_line && ends_line;
        let has_attributes = attributes.contains("=\"") || attributes.contains("='");
        let has_end = after.contains(&format!("</{name}>"));
        if is_whole && NAMING.contains(&name) {
            let mut keys = ["cref", "langword", "name", "href", "uid"].into_iter();
            let named = keys.find_map(|key| attribute(tag, key))?;
            // A letter before a colon says what kind of thing is named.
            let named = named.get(2..).filter(|_| named[1..].starts_with(':')).unwrap_or(named);
            return Some((format!("`{named}`"), length));
        }
        if !is_whole && has_end && (has_attributes || is_alone || KINDS.contains(&name)) {
            self.open.push(name);
            return Some((String::new(), length));
        }
        let is_left = is_alone && (is_whole || has_attributes);
        is_left.then(|| (String::new(), length))
    }
}

fn is_of_name(char: char) -> bool {
    char.is_ascii_alphanumeric() || matches!(char, '-' | '_' | ':')
}

/// The value of an attribute of a tag.
fn attribute<'t>(tag: &'t str, name: &str) -> Option<&'t str> {
    let (_, value) = tag.split_once(&format!("{name}=\""))?;
    let (value, _) = value.split_once('"')?;
    (!value.is_empty() && !value.contains('`')).then_some(value)
}

/// What the tag that `text` begins with is replaced by, and how long it is.
fn tag(text: &str) -> Option<(&'static str, usize)> {
    const COMMENT: &str = "-->";
    if text.starts_with("<!--") {
        return text.find(COMMENT).map(|end| ("", end + COMMENT.len()));
    }
    let inner = text.strip_prefix('<')?;
    let (is_end, inner) = inner.strip_prefix('/').map_or((false, inner), |inner| (true, inner));
    let name_length = inner
        .find(|char: char| !char.is_ascii_alphanumeric())
        .unwrap_or(inner.len());
    let (start, end) = markdown(&inner[..name_length].to_ascii_lowercase())?;
    let length = text.find('>')? + 1;
    let attributes = &inner[name_length..];
    attributes
        .starts_with(['>', '/', ' ', '\n', '\t'])
        .then_some((if is_end { end } else { start }, length))
}
