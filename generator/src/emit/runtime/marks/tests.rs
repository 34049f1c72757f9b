//! Pieces of code with marks in, what is left of them out.

use super::resolved;

/// With the part `on` alone.
fn with_on(text: &'static str) -> String {
    resolved(text, &|name| name == "on").into_owned()
}

#[test]
fn modules_and_imports_go_with_their_comments() {
    let text = "\
//! A room.

#[cfg(part = \"on\")]
pub mod one;
/// What is not there.
#[cfg(part = \"off\")]
pub mod two;
pub mod three;

#[cfg(part = \"off\")]
use crate::{a::b, c};
#[cfg(any(part = \"off\", part = \"on\"))]
use crate::d;
#[cfg(part = \"off\")]
pub use std::collections::{
    BTreeMap,
    BTreeSet,
};
";
    assert_eq!(
        with_on(text),
        "//! A room.\n\npub mod one;\npub mod three;\n\nuse crate::d;\n"
    );
}

#[test]
fn items_go_whole_and_leave_no_gap() {
    let text = "\
const A: [u8; 2] = [1, 2];

/// Not there: `}`.
///
/// # Errors
#[cfg(part = \"off\")]
#[must_use]
#[expect(clippy::x, reason = \"a ] in a text\")]
pub(crate) fn lost<A, B>(a: A, b: [B; 2]) -> Result<(), &'static str>
where
    A: Into<B>,
{
    // A brace: }
    let text = \"}\\\"}\";
    let raw = r#\"}\"}\"#;
    let char = '}';
    Ok(())
}

impl<'a> Kept<'a> {
    #[cfg(part = \"off\")]
    const GONE: Gone = Gone { a: 1 };

    /// There.
    #[cfg(part = \"on\")]
    #[must_use]
    fn kept(&'a self) {}

    #[cfg(part = \"off\")]
    fn gone() {}
}

#[cfg(part = \"off\")]
impl Lost {
    fn lost() {}
}
#[cfg(part = \"off\")]
struct Unit;
#[cfg(part = \"off\")]
struct Pair(u8, u8);

#[cfg(part = \"off\")]
macro_rules! gone {
    () => {};
}
";
    assert_eq!(
        with_on(text),
        "\
const A: [u8; 2] = [1, 2];

impl<'a> Kept<'a> {
    /// There.
    #[must_use]
    fn kept(&'a self) {}
}
"
    );
}

#[test]
fn fields_variants_and_arms_end_with_their_comma() {
    let text = "\
struct Fields {
    /// Not there.
    #[cfg(part = \"off\")]
    pub(crate) lost: BTreeMap<String, Vec<u8>>,
    #[cfg(part = \"on\")]
    kept: fn(u8, u8) -> u8,
    #[cfg(part = \"off\")]
    last: Option<u8>
}

enum Variants {
    #[cfg(part = \"off\")]
    Lost { a: u8, b: u8 },
    #[cfg(part = \"off\")]
    Gone(Vec<u8>, u8),
    Kept,
}

fn arms() {
    match value {
        #[cfg(part = \"off\")]
        Some(a) if a < b => call(a, b),
        // It is said why.
        #[cfg(part = \"off\")]
        Variants::Lost { .. } | Variants::Gone(..) => {
            lost();
        }
        #[cfg(part = \"on\")]
        Variants::Kept => Fields {
            #[cfg(part = \"off\")]
            lost: 1 > 2,
            kept,
        },
        _ => {}
    }
}
";
    assert_eq!(
        with_on(text),
        "\
struct Fields {
    kept: fn(u8, u8) -> u8,
}

enum Variants {
    Kept,
}

fn arms() {
    match value {
        Variants::Kept => Fields {
            kept,
        },
        _ => {}
    }
}
"
    );
}

#[test]
fn statements_go_to_their_end() {
    let text = "\
async fn statements() {
    #[cfg(part = \"off\")]
    let Some(lost) = value else {
        return;
    };
    #[cfg(part = \"on\")]
    let kept = if a { 1 } else { 2 };
    #[cfg(part = \"off\")]
    let lost = match a {
        _ => 1,
    }
    .max(2);
    #[cfg(part = \"off\")]
    if a {
        lost();
    } else if b {
        lost();
    } else {
        lost();
    }
    #[cfg(part = \"off\")]
    shown.field(\"a\", &a).field(\"b\", &b);
    #[cfg(part = \"off\")]
    for a in b {
        lost();
    }
    kept.call()?;
    #[cfg(part = \"off\")]
    {
        lost = 1;
    }
    #[cfg(part = \"off\")]
    lost()
}
";
    assert_eq!(
        with_on(text),
        "async fn statements() {\n    let kept = if a { 1 } else { 2 };\n    kept.call()?;\n}\n"
    );
}

#[test]
fn what_is_said_of_features_stays() {
    let text = "\
#[cfg(all(part = \"on\", feature = \"gzip\"))]
use a;
#[cfg(all(part = \"off\", feature = \"gzip\"))]
use b;
#[cfg(any(part = \"off\", all(part = \"on\", not(feature = \"gzip\"))))]
use c;
#[cfg(not(part = \"on\"))]
use d;
#[cfg(not(part = \"off\"))]
use e;
#[cfg(feature = \"gzip\")]
use f;
    #[cfg(all(part = \"on\", feature = \"x\", unix))]
    fn g() {}
";
    assert_eq!(
        with_on(text),
        "\
#[cfg(feature = \"gzip\")]
use a;
#[cfg(not(feature = \"gzip\"))]
use c;
use e;
#[cfg(feature = \"gzip\")]
use f;
    #[cfg(all(feature = \"x\", unix))]
    fn g() {}
"
    );
}

#[test]
fn a_text_without_marks_is_not_copied() {
    let text = "#[cfg(feature = \"gzip\")]\nfn a() {}\n";
    assert!(matches!(resolved(text, &|_| false), std::borrow::Cow::Borrowed(same) if same == text));
}
