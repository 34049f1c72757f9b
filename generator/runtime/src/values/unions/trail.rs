//! Where in the value of a union its decoder stopped: the steps back out of it in, a message that begins with the path out.
//!
//! The parser of the text is past the whole value when an arm of it is decoded, so that the place in the text is that of the
//! union. An error on its way out of the [`Tree`](crate::runtime::values::unions::tree::Tree) notes each item and member that it passes,
//! which costs nothing where there is none.

use std::cell::{Cell, RefCell};
use std::fmt::Write;

/// A part of a value.
#[derive(Debug)]
enum Step {
    Item(usize),
    Member(String),
}

thread_local! {
    /// What the error on its way has passed, the innermost first.
    static PASSED: RefCell<Vec<Step>> = const { RefCell::new(Vec::new()) };
    /// Whether nobody will see an error, since what fails is one of several attempts.
    static IS_ATTEMPT: Cell<bool> = const { Cell::new(false) };
}

/// Between them stands the path.
pub(crate) const BEFORE: &str = "at `";
pub(crate) const AFTER: &str = "`: ";

/// Notes that an error passes an item of a list.
#[cold]
pub(crate) fn item(index: usize) {
    pass(|| Step::Item(index));
}

/// Notes that an error passes a member of an object.
#[cold]
pub(crate) fn member(name: &str) {
    pass(|| Step::Member(name.to_owned()));
}

fn pass(step: impl FnOnce() -> Step) {
    if !IS_ATTEMPT.get() {
        PASSED.with_borrow_mut(|passed| passed.push(step()));
    }
}

/// Decodes something whose errors nobody sees.
pub(crate) fn attempt<T>(decode: impl FnOnce() -> T) -> T {
    let before = IS_ATTEMPT.replace(true);
    let value = decode();
    IS_ATTEMPT.set(before);
    value
}

/// Forgets what errors have passed so far.
pub(crate) fn begin() {
    PASSED.with_borrow_mut(Vec::clear);
}

/// What `error` says, after the path that it came along.
#[cold]
pub(crate) fn with_path(error: &serde_json::Error) -> String {
    let passed = PASSED.take();
    if passed.is_empty() {
        return error.to_string();
    }
    let mut message = BEFORE.to_owned();
    for (number, step) in passed.iter().rev().enumerate() {
        // Nothing can go wrong in writing to a text.
        let _ = match step {
            Step::Item(index) => write!(message, "[{index}]"),
            // What would end the path stands for itself no longer.
            Step::Member(name) => {
                let dot = if number == 0 { "" } else { "." };
                write!(message, "{dot}{}", name.replace('`', "'"))
            }
        };
    }
    message + AFTER + &error.to_string()
}
