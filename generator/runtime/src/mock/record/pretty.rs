//! A value in, its JSON out, as a person likes to read it.

use crate::runtime::sent::argument::Argument;

/// The text of a value.
pub(super) fn pretty(value: &Argument) -> String {
    let mut text = String::new();
    write(value, 0, &mut text);
    text
}

fn write(value: &Argument, depth: usize, text: &mut String) {
    match value {
        Argument::List(items) if !items.is_empty() => {
            text.push('[');
            for (index, item) in items.iter().enumerate() {
                line(index, depth + 1, text);
                write(item, depth + 1, text);
            }
            end(depth, text);
            text.push(']');
        }
        Argument::Object(members) if !members.is_empty() => {
            text.push('{');
            for (index, (name, value)) in members.iter().enumerate() {
                line(index, depth + 1, text);
                text.push_str(&Argument::Text(name.clone()).json());
                text.push_str(": ");
                write(value, depth + 1, text);
            }
            end(depth, text);
            text.push('}');
        }
        value => text.push_str(&value.json()),
    }
}

/// Begins the line of one of several.
fn line(index: usize, depth: usize, text: &mut String) {
    if index > 0 {
        text.push(',');
    }
    end(depth, text);
}

fn end(depth: usize, text: &mut String) {
    text.push('\n');
    text.extend(std::iter::repeat_n("  ", depth));
}
