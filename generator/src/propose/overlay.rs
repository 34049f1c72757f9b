//! Rules in, an overlay that lays them over the document out.

use std::fmt::Write as _;

use super::{Rule, wish::quoted};

/// What selects the document itself.
pub(super) const ROOT: &str = "$";

/// How long a line may be before a path takes another.
const WIDTH: usize = 100;

/// Whether a rule is for all operations that it fits.
pub(super) fn is_everywhere(rule: &Rule) -> bool {
    rule.targets.iter().any(|target| target == ROOT)
}

/// The text of the overlay.
pub(super) fn text(rules: &[Rule], exception: Option<&Rule>) -> String {
    let (everywhere, single): (Vec<&Rule>, Vec<&Rule>) = rules.iter().partition(|rule| is_everywhere(rule));
    let mut text = "overlay: 1.0.0\ninfo: {title: Pages, version: \"1\"}\nactions:\n".to_owned();
    if !everywhere.is_empty() {
        text.push_str("  - target: $\n    update:\n      x-pagination:\n");
        for rule in everywhere {
            text.push_str(&comment(rule, "        "));
            let _ = writeln!(text, "        - {}", rule.text);
        }
    }
    for rule in exception.into_iter().chain(single) {
        text.push_str(&comment(rule, "  "));
        for target in &rule.targets {
            let _ = writeln!(
                text,
                "  - target: {}\n    update: {{x-pagination: {}}}",
                folded(target),
                rule.text
            );
        }
    }
    text
}

fn comment(rule: &Rule, indent: &str) -> String {
    let count = match rule.operations.as_slice() {
        [one] => one.clone(),
        several => format!("{} operations", several.len()),
    };
    // What a document calls something may have any characters.
    let line: String = format!("{count}: {}", rule.why)
        .chars()
        .map(|char| if char.is_control() { '\u{fffd}' } else { char })
        .collect();
    format!("{indent}# {line}\n")
}

/// A text between quotes, on several lines where it would be long: white space between the names of a `JSONPath` says nothing.
fn folded(target: &str) -> String {
    let quoted = quoted(target);
    if quoted.len() <= WIDTH {
        return quoted;
    }
    quoted.replace("', '", "',\n      '")
}
