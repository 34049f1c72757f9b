//! Text in, a terminal or a pipe out. Colours where they are seen, silence where nobody reads any more.

use std::io::Write;

/// Results, on the standard output.
pub(crate) fn print(text: &str) {
    // A reader that has seen enough, such as `head`, is no failure.
    let _ = writeln!(anstream::stdout(), "{text}");
}

/// Everything about the results, on the standard error.
pub(crate) fn note(text: &str) {
    let _ = writeln!(anstream::stderr(), "{text}");
}

/// Why the command ends, on the standard error.
pub(crate) fn error(message: &str) {
    note(&format!("\u{1b}[1;31merror\u{1b}[0m: {message}"));
}

/// What somebody should know, though the command goes on, on the standard error.
pub(crate) fn warning(message: &str) {
    note(&format!("\u{1b}[1;33mwarning\u{1b}[0m: {message}"));
}

/// `1 file`, `2 files`.
pub(crate) fn count(number: usize, one: &str, many: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { many })
}
