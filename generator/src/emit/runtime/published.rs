//! A file of the runtime in; the same for other crates out, of which generated code is part.
//!
//! What is the crate's own is everybody's: nobody but generated code has a reason to name it, and documentation leaves it out.
//! A macro that another file names is exported, the others are not: their names may be the same.

/// What an item begins with that is the crate's own.
const OWN: &str = "pub(crate) ";

/// The text for a crate that others use.
pub(super) fn published(text: &str) -> String {
    let exported: Vec<&str> = text.lines().filter_map(named_macro).collect();
    let mut written = String::with_capacity(text.len());
    for line in text.split_inclusive('\n') {
        let defined = line.strip_prefix("macro_rules! ").and_then(|rest| rest.split_once(' '));
        if defined.is_some_and(|(name, _)| exported.contains(&name)) {
            written.push_str("#[doc(hidden)]\n#[macro_export]\n");
        }
        written.push_str(&line.replace(OWN, "pub "));
    }
    written
}

/// The macro that a line makes an item of its module.
fn named_macro(line: &str) -> Option<&str> {
    let name = line.strip_prefix("pub(crate) use ")?.strip_suffix(';')?;
    (!name.contains(':')).then_some(name)
}

#[cfg(test)]
mod tests {
    use super::published;

    #[test]
    fn what_others_name_is_for_all() {
        let text = "pub(crate) fn a() {}\n\nmacro_rules! inner {\n}\n\nmacro_rules! outer {\n}\npub(crate) use outer;\n\
                    pub(crate) use a::b;\nstruct A(pub(crate) u8);\npub(super) struct B;\n";
        let all = "pub fn a() {}\n\nmacro_rules! inner {\n}\n\n#[doc(hidden)]\n#[macro_export]\nmacro_rules! outer {\n}\n\
                   pub use outer;\npub use a::b;\nstruct A(pub u8);\npub(super) struct B;\n";
        assert_eq!(published(text), all);
    }
}
