//! The table `package` of a `codegen.toml` in, what is wrong with it out.

use std::fmt::Write;

use insta::assert_snapshot;

use super::{PackageSettings, Publish};
use crate::{Source, config::Settings};

fn read(table: &str) -> Result<PackageSettings, String> {
    let text = format!("[targets.a]\ndocument = \"a.yaml\"\noutput = \"a\"\n[targets.a.package]\n{table}");
    let source = Source {
        name: "codegen.toml",
        bytes: text.as_bytes(),
    };
    match Settings::read(&source) {
        Ok(settings) => Ok(settings.targets["a"].config.package.clone()),
        Err(refusal) => Err(refusal.problems.into_iter().fold(String::new(), |mut text, problem| {
            let line = problem.location.map_or(0, |at| at.line) - 4;
            let hint = problem.hint.map(|hint| format!("; {hint}")).unwrap_or_default();
            let _ = writeln!(text, "{line}: {}{hint}", problem.message);
            text
        })),
    }
}

#[test]
fn what_crates_io_would_refuse_is_said() {
    let wrong = r#"version = "v3"
description = "two\nlines"
license = "Apache 2.0"
authors = [""]
homepage = "vendor.test"
repository = "git@vendor.test:a.git"
documentation = "https://vendor.test/a b"
keywords = ["a", "b", "c", "d", "e", "-f", "grün", "longer-than-any-keyword", "two words"]
categories = ["api-binding", "nothing like it"]
publish = "yes"
readme = "a.md"
"#;
    assert_snapshot!(read(wrong).expect_err("problems"), @r"
    1: `v3` is no version: expected one of three numbers, such as `0.1.0`
    2: `two\nlines` is no description: expected one line
    3: `Apache 2.0` is no expression of SPDX; did you mean `Apache-2.0`?
    4: `` is no author: expected `Name` or `Name <address>`
    5: `vendor.test` is no URL that crates.io takes: expected `https://…` or `http://…`
    6: `git@vendor.test:a.git` is no URL that crates.io takes: expected `https://…` or `http://…`
    7: `https://vendor.test/a b` is no URL that crates.io takes: expected `https://…` or `http://…`
    8: crates.io takes 5 keywords at most, and these are 9
    8: `-f` is no keyword: expected ASCII letters, digits, `_`, `-` and `+`, with a letter or digit first
    8: `grün` is no keyword: expected ASCII letters, digits, `_`, `-` and `+`, with a letter or digit first
    8: `longer-than-any-keyword` is too long: crates.io takes keywords of 20 characters at most
    8: `two words` is no keyword: expected ASCII letters, digits, `_`, `-` and `+`, with a letter or digit first
    9: `api-binding` is no category of crates.io; did you mean `api-bindings`?
    9: `nothing like it` is no category of crates.io; they are listed at https://crates.io/category_slugs
    10: expected `true` or `false` for `publish`, found a string
    11: unknown setting `readme`; the settings here are `version`, `description`, `license`, `authors`, `homepage`, `repository`, `documentation`, `keywords`, `categories`, `publish`
    ");
    let wrong = "license = \"none at all\"\nversion = \"1.02.0\"\ndescription = \"\"";
    assert_snapshot!(read(wrong).expect_err("problems"), @r"
    1: `none at all` is no expression of SPDX; such as `MIT OR Apache-2.0`
    2: `1.02.0` is no version: expected one of three numbers, such as `0.1.0`
    3: `` is no description: expected one line
    ");
}

#[test]
fn what_crates_io_takes_is_taken() {
    let right = r#"version = "1.0.0-rc.1+build.05"
description = "Größe zählt"
license = "(MIT OR Apache-2.0) AND ISC"
authors = []
homepage = "http://vendor.test/?a=b#c"
keywords = ["a", "0-b_c+d"]
categories = ["api-bindings", "web-programming::http-client"]
publish = ["own"]
"#;
    let settings = read(right).expect("settings");
    assert_eq!(settings.publish, Some(Publish::To(vec!["own".to_owned()])));
    for version in [
        "1.0",
        "1.0.0-",
        "1.0.0-01",
        "1.0.0+",
        "01.0.0",
        "1.0.0.0",
        "99999999999999999999.0.0",
        "1.0.0-ä",
    ] {
        assert!(read(&format!("version = \"{version}\"")).is_err(), "{version}");
    }
}
