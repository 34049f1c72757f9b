//! Blank lines between items and between the members of an `impl`, which the formatter leaves out.

/// Sets items apart.
pub(super) fn space_items(code: &str) -> String {
    let mut spaced = String::with_capacity(code.len() + code.len() / 16);
    let mut previous = "";
    for line in code.lines() {
        if is_end(previous) && is_start(line, previous) {
            spaced.push('\n');
        }
        spaced.push_str(line);
        spaced.push('\n');
        previous = line;
    }
    spaced
}

/// Whether an item or a function may end with this line.
fn is_end(line: &str) -> bool {
    let end = line.trim_start();
    let depth = line.len() - end.len();
    depth <= 4
        && (end == "}"
            || end == "};"
            || (depth == 0 && (end.ends_with(';') || end.ends_with('}') || end.starts_with("//!"))))
}

/// Whether an item or a function begins with this line, other than one that belongs to the line before.
fn is_start(line: &str, previous: &str) -> bool {
    let start = line.trim_start();
    let same = |word: &str| start.starts_with(word) && previous.trim_start().starts_with(word);
    let attached = ["use ", "pub use ", "mod ", "pub mod ", "const ", "type ", "//!", "#!["]
        .iter()
        .any(|word| same(word));
    !start.is_empty() && !start.starts_with(['}', ')']) && !attached
}
