//! Prose with HTML in it in, Markdown that says the same out. What is no tag of HTML stays as it is.

/// What a tag of HTML is in Markdown, at its start and at its end; for everything else, nothing.
fn markdown(tag: &str) -> Option<(&'static str, &'static str)> {
    Some(match tag {
        "p" | "div" | "section" | "ul" | "ol" | "dl" | "table" | "blockquote" | "note" | "tr" => ("\n\n", "\n\n"),
        "li" | "dt" => ("\n* ", "\n"),
        "dd" | "td" | "th" => (" ", " "),
        "br" => ("\\\n", "\\\n"),
        "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => ("\n\n#### ", "\n\n"),
        "b" | "strong" => ("**", "**"),
        "i" | "em" => ("*", "*"),
        "code" | "tt" => ("`", "`"),
        "pre" => ("\n\n```\n", "\n```\n\n"),
        "a" | "span" | "u" | "font" | "small" | "sub" | "sup" | "tbody" | "thead" | "img" | "hr" | "center"
        | "fullname" | "para" | "body" | "html" | "details" | "summary" => ("", ""),
        _ => return None,
    })
}

/// Replaces the tags, except in code.
pub(super) fn to_markdown(text: &str) -> String {
    let mut markdown = String::with_capacity(text.len());
    for paragraph in text.split_inclusive("\n\n") {
        for (index, part) in paragraph.split('`').enumerate() {
            if index > 0 {
                markdown.push('`');
            }
            if index % 2 == 0 {
                replace(part, &mut markdown);
            } else {
                markdown.push_str(part);
            }
        }
    }
    markdown
}

fn replace(text: &str, out: &mut String) {
    let mut rest = text;
    let mut target = None;
    while let Some(start) = rest.find('<') {
        out.push_str(&rest[..start]);
        rest = &rest[start..];
        let (replacement, length) = tag(rest).unwrap_or(("<", 1));
        let (tag, after) = rest.split_at(length);
        match (tag.starts_with("<a "), tag == "</a>") {
            (true, _) => {
                target = attribute(tag, "href");
                out.push_str(if target.is_some() { "[" } else { "" });
            }
            (_, true) => out.extend(target.take().into_iter().flat_map(|target| ["](", target, ")"])),
            (false, false) => out.push_str(replacement),
        }
        rest = after;
    }
    out.push_str(rest);
}

/// The value of an attribute of a tag.
fn attribute<'t>(tag: &'t str, name: &str) -> Option<&'t str> {
    let (_, value) = tag.split_once(&format!("{name}=\""))?;
    let (value, _) = value.split_once('"')?;
    (!value.contains(['(', ')', ' '])).then_some(value)
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
