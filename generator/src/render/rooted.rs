//! The files of a crate in, those of a module of another crate out: what is said from the root is said from the module.
//!
//! * `crate::a` is `crate::module::a`, in code and in links of the documentation; `$crate` likewise.
//! * `feature = "a"` in a condition is `module_feature = "a"`: the other crate has features of its own.
//! * `use a::b` of a module that the file declares is `use self::a::b`: the other crate may depend on a crate `a`.
//! * Examples in the documentation are not compiled: they are written as for users of a crate.

use std::{borrow::Cow, collections::BTreeSet};

use crate::lexis::{comment, declared, literal, word};

/// Where the files come to lie.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Root<'a> {
    /// The path of the module from the root of the other crate, such as `api::petstore`.
    pub(crate) path: &'a str,
    /// What stands for `feature` in conditions.
    pub(crate) flag: &'a str,
    /// The modules at the root of the other crate that are named there. With any, examples are those of the other crate, and
    /// are compiled.
    pub(crate) outside: &'a [&'a str],
}

/// The attributes that only the root of a crate can have, and whoever has the module has to say there for it.
const OF_A_CRATE: [&str; 3] = ["#![recursion_limit", "#![allow(", "#![cfg_attr(docsrs"];

/// The text of the root as that of a module, and the attributes that were taken from it.
pub(crate) fn unrooted(text: &str) -> (String, Vec<String>) {
    let mut kept = String::with_capacity(text.len());
    let mut taken = Vec::new();
    let mut rest = text;
    while let Some(line) = rest.split_inclusive('\n').next() {
        let mut length = line.len();
        if OF_A_CRATE.iter().any(|start| line.starts_with(start)) {
            length = rest.find("]\n").map_or(length, |end| end + 2);
            taken.push(rest[..length].trim_end().to_owned());
        } else {
            kept.push_str(line);
        }
        rest = &rest[length..];
    }
    (kept, taken)
}

impl Root<'_> {
    /// The text of a file as it is below the module.
    pub(crate) fn rooted(&self, text: &str) -> String {
        let declared: BTreeSet<&str> = text.lines().filter_map(declared).collect();
        let mut written = String::with_capacity(text.len() + text.len() / 8);
        let mut rest = text;
        let mut fence = Fence::None;
        let mut follows_use = false;
        // How many parentheses of a condition are open.
        let mut depth = 0_usize;
        while let Some(char) = rest.chars().next() {
            if let Some(length) = comment(rest) {
                self.write_comment(&rest[..length], &mut fence, &mut written);
                rest = &rest[length..];
                continue;
            }
            if let Some(length) = literal(rest) {
                written.push_str(&rest[..length]);
                rest = &rest[length..];
                continue;
            }
            let name = &rest[..word(rest)];
            if name.is_empty() {
                match char {
                    '(' if depth > 0 => depth += 1,
                    ')' => depth = depth.saturating_sub(1),
                    _ => {}
                }
                if !char.is_whitespace() {
                    fence = Fence::None;
                    follows_use = false;
                }
                written.push(char);
                rest = &rest[char.len_utf8()..];
                continue;
            }
            let behind = &rest[name.len()..];
            let is_path = behind.starts_with("::");
            if follows_use && is_path && declared.contains(name) {
                written.push_str("self::");
            }
            follows_use = name == "use";
            match name {
                "crate" if is_path && self.is_inside(behind) => {
                    written.push_str("crate::");
                    written.push_str(self.path);
                }
                "feature" if depth > 0 && behind.trim_start().starts_with('=') => written.push_str(self.flag),
                _ => written.push_str(name),
            }
            rest = behind;
            if let ("cfg" | "cfg_attr", Some(open)) = (name, behind.trim_start_matches('!').strip_prefix('(')) {
                written.push_str(&behind[..behind.len() - open.len()]);
                rest = open;
                depth = 1;
            }
        }
        written
    }

    /// Whether a path that goes on so behind `crate` leads below the module.
    fn is_inside(&self, behind: &str) -> bool {
        let name = behind.strip_prefix("::").unwrap_or(behind);
        !self.outside.contains(&&name[..word(name)])
    }

    fn write_comment(&self, line: &str, fence: &mut Fence, written: &mut String) {
        let Some((marker, shown)) = ["//! ", "/// "]
            .iter()
            .find_map(|marker| Some((marker, line.strip_prefix(marker)?)))
        else {
            written.push_str(line);
            return;
        };
        written.push_str(marker);
        let passed = fence.pass(shown);
        let (shown, is_prose) = if self.outside.is_empty() {
            passed
        } else {
            (Cow::Borrowed(shown), passed.1)
        };
        let mut rest = shown.as_ref();
        while let Some(at) = is_prose.then(|| rest.find("crate::")).flatten() {
            let (before, behind) = rest.split_at(at);
            written.push_str(before);
            written.push_str("crate::");
            if ["[", "[`", "](", "]: "].iter().any(|end| before.ends_with(end))
                && self.is_inside(&behind["crate".len()..])
            {
                written.push_str(self.path);
                written.push_str("::");
            }
            rest = &behind["crate::".len()..];
        }
        written.push_str(rest);
    }
}

/// Whether a module can have the name.
pub(crate) fn is_name(text: &str) -> bool {
    !text.starts_with("r#") && syn::parse_str::<syn::Ident>(text).is_ok()
}

/// A text in Markdown whose blocks of code are not compiled.
pub(crate) fn uncompiled(text: &str) -> String {
    let mut fence = Fence::None;
    let line = |line: &str| {
        let ending = &line[line.trim_end_matches('\n').len()..];
        format!("{}{ending}", fence.pass(line.trim_end_matches('\n')).0)
    };
    text.split_inclusive('\n').map(line).collect()
}

/// What a block of code says of itself that rustdoc compiles.
const RUST: [&str; 5] = ["", "rust", "no_run", "should_panic", "edition2024"];

/// Whether a line of documentation is in a block of code.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Fence {
    None,
    Open,
}

impl Fence {
    /// A line as it is where nothing is compiled, and whether it is prose.
    fn pass<'l>(&mut self, line: &'l str) -> (Cow<'l, str>, bool) {
        let shown = line.trim_start();
        let Some(info) = shown.strip_prefix("```") else {
            return (Cow::Borrowed(line), *self == Self::None);
        };
        let opens = *self == Self::None;
        *self = if opens { Self::Open } else { Self::None };
        let is_rust = info.split([',', ' ']).all(|word| RUST.contains(&word));
        if opens && is_rust {
            let indent = &line[..line.len() - shown.len()];
            (Cow::Owned(format!("{indent}```ignore")), false)
        } else {
            (Cow::Borrowed(line), false)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Root, unrooted};

    const ROOT: Root<'_> = Root {
        path: "api::pets",
        flag: "pets_feature",
        outside: &[],
    };

    #[test]
    fn what_is_said_from_the_root_is_said_from_the_module() {
        let pairs = [
            (
                "use crate::runtime::{Error};",
                "use crate::api::pets::runtime::{Error};",
            ),
            ("pub(crate) use a;", "pub(crate) use a;"),
            ("pub(in crate::emit) mod b;", "pub(in crate::api::pets::emit) mod b;"),
            ("$crate::runtime::x!()", "$crate::api::pets::runtime::x!()"),
            ("a_crate::b", "a_crate::b"),
            (
                "f(\"crate::x\", r#\"crate::y\"#, 'c', b'\\'');",
                "f(\"crate::x\", r#\"crate::y\"#, 'c', b'\\'');",
            ),
            ("// crate::a\nx", "// crate::a\nx"),
            (
                "/// [`A`](crate::a::A), [`crate::B`] and `crate::C`",
                "/// [`A`](crate::api::pets::a::A), [`crate::api::pets::B`] and `crate::C`",
            ),
            (
                "fn f<'a>(_: &'a str) {} // ' crate::\ncrate::g",
                "fn f<'a>(_: &'a str) {} // ' crate::\ncrate::api::pets::g",
            ),
            ("#[cfg(feature = \"gzip\")]", "#[cfg(pets_feature = \"gzip\")]"),
            (
                "#[cfg_attr(not(feature = \"a\"), expect(b, reason = \"feature = c\"))]",
                "#[cfg_attr(not(pets_feature = \"a\"), expect(b, reason = \"feature = c\"))]",
            ),
            (
                "if cfg!(feature = \"a\") { feature = \"b\"; }",
                "if cfg!(pets_feature = \"a\") { feature = \"b\"; }",
            ),
            (
                "#[cfg(any(feature = \"a\", feature = \"b\"))] struct A { feature: u8 }",
                "#[cfg(any(pets_feature = \"a\", pets_feature = \"b\"))] struct A { feature: u8 }",
            ),
            (
                "mod url;\npub use url::{A};\nuse uuid::B;",
                "mod url;\npub use self::url::{A};\nuse uuid::B;",
            ),
            (
                "//! ```no_run\n//! use crate::a;\n//! ```\n//! [`crate::b`]",
                "//! ```ignore\n//! use crate::a;\n//! ```\n//! [`crate::api::pets::b`]",
            ),
            (
                "/// ```text\n/// a\n/// ```\n/// ```\n/// b\n/// ```",
                "/// ```text\n/// a\n/// ```\n/// ```ignore\n/// b\n/// ```",
            ),
        ];
        for (before, after) in pairs {
            assert_eq!(ROOT.rooted(before), after);
        }
    }

    #[test]
    fn what_the_other_crate_has_is_named_there_and_its_examples_are_compiled() {
        let root = Root {
            path: "pets",
            flag: "feature",
            outside: &["runtime", "money"],
        };
        let before = "/// [`A`](crate::runtime::A), [`B`](crate::B)\n/// ```no_run\n/// crate::c();\n/// ```\nuse crate::runtime;\n\
                      type A = crate::money::A;\nuse crate::runtimes::{A};\n#[cfg(feature = \"a\")]\nuse crate::runtime::B;";
        let after = "/// [`A`](crate::runtime::A), [`B`](crate::pets::B)\n/// ```no_run\n/// crate::c();\n/// ```\n\
                     use crate::runtime;\ntype A = crate::money::A;\nuse crate::pets::runtimes::{A};\n#[cfg(feature = \"a\")]\nuse crate::runtime::B;";
        assert_eq!(root.rooted(before), after);
    }

    #[test]
    fn what_only_a_root_can_say_is_taken_from_it() {
        let text = "//! Pets.\n#![forbid(unsafe_code)]\n#![cfg_attr(docsrs, feature(doc_cfg))]\n#![allow(\n    a,\n    \
                    reason = \"b\"\n)]\n#![recursion_limit = \"512\"]\n\npub mod api;\n";
        let (kept, taken) = unrooted(text);
        assert_eq!(kept, "//! Pets.\n#![forbid(unsafe_code)]\n\npub mod api;\n");
        assert_eq!(
            taken,
            [
                "#![cfg_attr(docsrs, feature(doc_cfg))]",
                "#![allow(\n    a,\n    reason = \"b\"\n)]",
                "#![recursion_limit = \"512\"]"
            ]
        );
    }
}
