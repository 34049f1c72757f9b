//! A document and edits of it in, a program that compiles against the crates before and after them out.
//!
//! These are a few of the edits, which compile in little time; `cargo xtask semver` tries them all, and asks
//! `cargo-semver-checks` too. `table.md` has what came of it.

#![expect(clippy::unwrap_used, reason = "a set-up that fails is a test that fails")]

#[path = "../scratch/mod.rs"]
#[allow(dead_code, reason = "shared with tests that need more")]
mod scratch;

use std::{collections::BTreeMap, fs, path::PathBuf};

use generator::{Config, Input, Manifest, Source, digest, generate, input::NoFiles, manifest, output};
use scratch::{Scratch, tests};

/// What must not break a caller, and did or might.
const SAMPLE: &[&str] = &[
    "07_request_member",
    "18_second_enum_value",
    "25_further_error",
    "30_tagged_arm_of_a_known_model",
    "31_second_tag",
    "33_untagged_arm_alike",
    "46_anonymous",
];

fn folder() -> PathBuf {
    tests().join("semver")
}

/// Does `work` on the document of the shop after an edit, for one who has the crate before it.
fn with_edit<T>(edit: Option<&[u8]>, earlier: Option<&Manifest>, work: impl FnOnce(Input<'_>) -> T) -> T {
    let document = fs::read(folder().join("shop.yaml")).unwrap();
    let name = "edit.yaml";
    let overlays: Vec<Source<'_>> = edit.map(|bytes| Source { name, bytes }).into_iter().collect();
    work(Input {
        source: Source {
            name: "shop.yaml",
            bytes: &document,
        },
        files: &NoFiles,
        overlays: &overlays,
        earlier,
    })
}

fn edits() -> BTreeMap<String, Vec<u8>> {
    let files = fs::read_dir(folder().join("edits")).unwrap();
    let files = files.map(|entry| entry.unwrap().path());
    files
        .map(|path| {
            let name = path.file_stem().unwrap().to_str().unwrap().to_owned();
            (name, fs::read(path).unwrap())
        })
        .collect()
}

#[test]
#[ignore = "minutes; `cargo test --workspace --all-features --tests -- --ignored at_length` runs it"]
fn callers_compile_after_an_edit_as_before_at_length() {
    let edits = edits();
    let mut crates = vec!["shop".to_owned()];
    crates.extend(SAMPLE.iter().map(|name| format!("shop_{name}")));
    let members: Vec<&str> = crates.iter().map(String::as_str).collect();
    let scratch = Scratch::new("semver", &members);
    let caller = fs::read_to_string(folder().join("caller.rs")).unwrap();
    let before = with_edit(None, None, |input| Manifest::of(input, &Config::default())).unwrap();
    for (index, name) in members.iter().enumerate() {
        let edit = index.checked_sub(1).map(|index| edits[SAMPLE[index]].as_slice());
        let config = Config {
            crate_name: (*name).to_owned(),
            ..Config::default()
        };
        let after = with_edit(edit, edit.map(|_| &before), |input| generate(input, &config)).unwrap();
        output::write(&after.files, &scratch.member(name)).unwrap();
        let examples = scratch.member(name).join("examples");
        fs::create_dir_all(&examples).unwrap();
        // Examples of one workspace may not share a name.
        let example = examples.join(format!("caller_of_{name}.rs"));
        fs::write(example, caller.replace("shop::", &format!("{name}::"))).unwrap();
    }
    scratch.cargo(&["check", "--workspace", "--examples"]);
}

#[test]
fn every_edit_changes_the_crate_once() {
    let config = Config::default();
    let describe = |edit: Option<&[u8]>, earlier: Option<&Manifest>| {
        with_edit(edit, earlier, |input| Manifest::of(input, &config)).unwrap()
    };
    let made = |edit: Option<&[u8]>, earlier: Option<&Manifest>| {
        with_edit(edit, earlier, |input| digest(input, &config)).unwrap()
    };
    let before = describe(None, None);
    let (shop, edits) = (made(None, None), edits());
    assert!(edits.len() > 20, "the edits are in {}", folder().display());
    for (name, edit) in &edits {
        let after = describe(Some(edit), Some(&before));
        let changed = made(Some(edit), Some(&before));
        // A media type that says the same as another is only noted.
        let is_noted = !changed.diagnostics.is_empty();
        assert!(is_noted || shop.files != changed.files, "`{name}` does nothing");
        let again = describe(Some(edit), Some(&after));
        assert_eq!(
            manifest::changes(&after, &again),
            Vec::<String>::new(),
            "`{name}` goes on to change things"
        );
    }
}

/// Edits that break no caller of ours and count as breaking, since they may break another one.
const STRICTER: &[(&str, &str)] = &[
    ("12_twin_member", "somebody may hand the one type over for the other"),
    (
        "14_multipart_member",
        "a manifest does not tell whether a part has to be given",
    ),
];

/// What the compiler and `cargo-semver-checks` said of each edit, in `table.md`, and what we say of it.
#[test]
fn no_edit_that_breaks_is_called_anything_else() {
    let table = fs::read_to_string(folder().join("table.md")).unwrap();
    let before = with_edit(None, None, |input| generate(input, &Config::default())).unwrap();
    let (mut tried, mut otherwise) = (0, Vec::new());
    for (name, edit) in edits() {
        let row = table
            .lines()
            .find(|line| line.contains(&format!("| `{name}`: ")))
            .unwrap();
        let breaks = row.contains("**");
        let after = with_edit(Some(&edit), Some(&before.manifest), |input| {
            generate(input, &Config::default())
        })
        .unwrap();
        let changes = manifest::differences(&before, &after);
        let verdict = changes.iter().map(|change| change.kind).max();
        let is_stricter = STRICTER.iter().any(|(stricter, _)| *stricter == name);
        if (verdict == Some(manifest::Kind::Breaking)) != (breaks || is_stricter) || breaks && is_stricter {
            otherwise.push(format!("`{name}`: {changes:#?}"));
        }
        tried += 1;
    }
    assert!(otherwise.is_empty(), "{}", otherwise.join("\n"));
    assert!(tried > 50, "{tried} edits");
}
