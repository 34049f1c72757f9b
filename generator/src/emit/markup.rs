//! Prose that was marked up for something else than Markdown in, Markdown that says the same out.
//!
//! Descriptions are made of the comments of programs and of the sources of pages, and keep what these are marked up with:
//! directives of Java's comments, of Sphinx, of Jekyll and the like. The words stay, and the marks go. Code stays as it is.

use std::ops::Range;

/// What a box is marked with that stands out from the text around it.
const BOXES: [&str; 8] = [
    "note",
    "tip",
    "important",
    "warning",
    "caution",
    "attention",
    "danger",
    "hint",
];

/// The text in parts, each with whether it is code: fenced, or in a line.
pub(super) fn parts(text: &str) -> Vec<(Range<usize>, bool)> {
    let mut parts = Vec::new();
    let mut fence: Option<&str> = None;
    let (mut start, mut at) = (0, 0);
    for line in text.split_inclusive('\n') {
        let mark = line.trim_start();
        let mark = ["```", "~~~"].into_iter().find(|fence| mark.starts_with(fence));
        let end = at + line.len();
        match (fence, mark) {
            // One that is closed on its line is code in a line.
            (None, Some(mark)) if !line.trim_start()[mark.len()..].contains(mark) => {
                lines(text, start..at, &mut parts);
                (fence, start) = (Some(mark), at);
            }
            (Some(open), Some(mark)) if open == mark => {
                parts.push((start..end, true));
                (fence, start) = (None, end);
            }
            _ => {}
        }
        at = end;
    }
    if fence.is_some() {
        parts.push((start..at, true));
    } else {
        lines(text, start..at, &mut parts);
    }
    parts
}

/// The same for text without fences. No code in a line lasts longer than its paragraph.
fn lines(text: &str, range: Range<usize>, parts: &mut Vec<(Range<usize>, bool)>) {
    let mut paragraph = range.start;
    for text_of in text[range].split_inclusive("\n\n") {
        let end = paragraph + text_of.len();
        let (mut start, mut at) = (paragraph, paragraph);
        while let Some(offset) = text[at..end].find('`') {
            let open = at + offset;
            let run = text[open..end].len() - text[open..end].trim_start_matches('`').len();
            match closing(&text[open + run..end], run) {
                Some(length) => {
                    parts.push((start..open, false));
                    at = open + run + length + run;
                    parts.push((open..at, true));
                    start = at;
                }
                None => at = open + run,
            }
        }
        parts.push((start..end, false));
        paragraph = end;
    }
}

/// Where the next run of just as many backticks begins.
fn closing(text: &str, run: usize) -> Option<usize> {
    let mut at = 0;
    while let Some(offset) = text[at..].find('`') {
        let start = at + offset;
        let length = text[start..].len() - text[start..].trim_start_matches('`').len();
        if length == run {
            return Some(start);
        }
        at = start + length;
    }
    None
}

/// Replaces what is no Markdown, except in code.
pub(super) fn to_markdown(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut parts = parts(text).into_iter().peekable();
    while let Some((part, is_code)) = parts.next() {
        if is_code {
            out.push_str(&text[part]);
            continue;
        }
        let begins_line = part.start == 0 || text[..part.start].ends_with('\n');
        let is_before_code = parts.peek().is_some_and(|(_, is_code)| *is_code);
        let prose = &text[part];
        let prose = if is_before_code { without_role(prose) } else { prose };
        for (index, line) in prose.split_inclusive('\n').enumerate() {
            let line = match boxed(line).filter(|_| index > 0 || begins_line) {
                Some((before, title, rest)) => {
                    out.extend([before, &title]);
                    rest
                }
                None => line,
            };
            braces(line, &mut out);
        }
    }
    out
}

/// Prose without the `:ref:` that stands before code.
fn without_role(prose: &str) -> &str {
    let role = prose.strip_suffix(':').and_then(|before| {
        let (before, role) = before.rsplit_once(':')?;
        let is_role = !role.is_empty() && role.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b':');
        (is_role && !before.ends_with(|char: char| char.is_alphanumeric())).then_some(before)
    });
    role.unwrap_or(prose)
}

/// What stands before the mark of a box at the start of a line, the title of the box, and what stands behind the mark.
fn boxed(line: &str) -> Option<(&str, String, &str)> {
    let inner = line.trim_start_matches([' ', '\t', '>']);
    let before = &line[..line.len() - inner.len()];
    let (name, rest) = [("[!", "]"), (".. ", "::"), (":::", "\n"), ("!!! ", "\n")]
        .into_iter()
        .find_map(|(start, end)| {
            inner
                .strip_prefix(start)?
                .split_once(end)
                .filter(|(name, _)| name.len() < 80)
        })?;
    let name = name.trim();
    let (kind, title) = name.split_once(' ').unwrap_or((name, ""));
    let kind = kind.to_ascii_lowercase();
    if !BOXES.contains(&kind.as_str()) {
        // The end of a box.
        return (inner.trim_end() == ":::").then(|| (before, String::new(), "\n"));
    }
    let title = match title.trim().trim_matches('"') {
        "" => kind[..1].to_uppercase() + &kind[1..],
        title => title.to_owned(),
    };
    let rest = if rest.trim_start_matches([' ', '\t']).starts_with('\n') || inner.starts_with([':', '!']) {
        // The text is on the next line, and goes on after the title.
        rest.trim_start_matches([' ', '\t'])
    } else {
        rest
    };
    let space = if rest.starts_with(char::is_whitespace) { "" } else { " " };
    Some((before, format!("**{title}:**{space}"), rest))
}

/// Replaces the directives between braces.
fn braces(text: &str, out: &mut String) {
    let mut rest = text;
    while let Some(start) = rest.find('{') {
        let (before, inner) = rest.split_at(start);
        out.push_str(before);
        if let Some((words, length)) = directive(before, inner) {
            out.push_str(&words);
            rest = &inner[length..];
        } else {
            out.push('{');
            rest = &inner[1..];
        }
    }
    out.push_str(rest);
}

/// What is said of a place in a program instead of its name, whose parameters may have spaces between them.
fn labelled(about: &str) -> Option<&str> {
    let first = about.find(char::is_whitespace)?;
    let end = match about[..first].find('(') {
        Some(open) => open + about[open..].find(')')? + 1,
        None => first,
    };
    Some(about[end..].trim()).filter(|label| !label.is_empty())
}

/// What there is to read instead of the directive that `text` begins with, and how long that is.
fn directive(before: &str, text: &str) -> Option<(String, usize)> {
    if let Some(inner) = text.strip_prefix("{%") {
        return inner.find("%}").map(|end| (String::new(), end + 4));
    }
    let end = text.find('}')?;
    let inner = text.get(1..end)?;
    if let Some(directive) = inner.strip_prefix('@') {
        let (name, about) = directive.split_once(char::is_whitespace)?;
        let about = about.trim();
        let code = |about: &str| format!("`{about}`");
        let words = match name {
            "code" | "literal" | "value" | "systemProperty" => code(about),
            "link" | "linkplain" => labelled(about).map_or_else(|| code(about), str::to_owned),
            _ => return None,
        };
        return Some((words, end + 1));
    }
    // What kramdown gives to the link or the paragraph before it.
    let is_class = inner.strip_prefix([':', '.', '#']).is_some_and(|rest| {
        !rest.trim().is_empty()
            && rest
                .chars()
                .all(|char| char.is_ascii_alphanumeric() || "-_.:#=\" ".contains(char))
    });
    let is_behind = before.ends_with([')', ']', '*']) || (before.trim().is_empty() && inner.starts_with(':'));
    (is_class && is_behind).then(|| (String::new(), end + 1))
}
