//! A plan and a failure at any of its changes in, the folder as it was out.

use std::{fs, io, path::Path};

use super::apply_watched;
use crate::{
    Files, MARKER, Package,
    output::{compare, plan::Plan},
};

fn source(text: &str) -> String {
    format!("// {MARKER}.\n{text}\n")
}

fn files(sources: &[(&str, &str)]) -> Files {
    Files {
        sources: sources
            .iter()
            .map(|(path, text)| ((*path).to_owned(), source(text)))
            .collect(),
        package: Package {
            name: "pets".to_owned(),
            ..Package::default()
        },
    }
}

/// Every path below `dir`, with the text of files.
fn tree(dir: &Path) -> Vec<(String, Option<String>)> {
    let mut found = Vec::new();
    let mut open = vec![dir.to_owned()];
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let text = (!path.is_dir()).then(|| fs::read_to_string(&path).unwrap());
            found.push((path.strip_prefix(dir).unwrap().display().to_string(), text));
            if path.is_dir() {
                open.push(path);
            }
        }
    }
    found.sort();
    found
}

/// Makes every change fail in turn, and then none; returns how many there are.
fn fail_everywhere(root: &Path, dir: &Path, files: &Files) -> usize {
    let before = tree(root);
    for changes in 0.. {
        let plan = Plan::make(files, dir).expect("a plan");
        let mut left = changes;
        let result = apply_watched(&plan, dir, |_| {
            left = usize::checked_sub(left, 1).ok_or(io::Error::other("no"))?;
            Ok(())
        });
        if result.is_ok() {
            return changes;
        }
        assert_eq!(tree(root), before, "after {changes} changes");
    }
    unreachable!("the loop ends with the first success")
}

#[test]
fn a_failed_first_run_leaves_no_trace() {
    let root = tempfile::tempdir().unwrap();
    let dir = root.path().join("deep/crate");
    let files = files(&[("src/lib.rs", "a"), ("src/models/pet.rs", "b")]);
    assert_eq!(
        fail_everywhere(root.path(), &dir, &files),
        10,
        "four folders, three texts, three moves"
    );
    assert_eq!(compare(&files, &dir).expect("a comparison").files, []);
}

#[test]
fn a_failed_later_run_leaves_everything() {
    let root = tempfile::tempdir().unwrap();
    let dir = root.path();
    let first = files(&[
        ("src/lib.rs", "a"),
        ("src/models/pet.rs", "b"),
        ("src/models/Cat.rs", "c"),
    ]);
    crate::output::write(&first, dir).expect("written");
    let second = files(&[("src/lib.rs", "a2"), ("src/api/pets.rs", "d")]);
    assert_eq!(
        fail_everywhere(dir, dir, &second),
        8,
        "two texts, three old files, a folder, two new files"
    );
    let names: Vec<_> = tree(dir).into_iter().map(|(path, _)| path).collect();
    assert_eq!(names, ["Cargo.toml", "src", "src/api", "src/api/pets.rs", "src/lib.rs"]);
}
