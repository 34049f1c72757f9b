//! The folder `generated/`: what the README says of it, and that it needs nothing from this repository.
//!
//! `.ci/copied` copies it out and runs its tests there, which takes longer.

use std::fs;
use std::path::{Component, Path};

#[test]
fn the_readme_shows_the_examples() {
    let readme = include_str!("../../README.md");
    for example in [
        include_str!("../../generated/examples/create.rs"),
        include_str!("../../generated/examples/create_all.rs"),
    ] {
        let (_, program) = example.split_once("\n\n").expect("a line of documentation comes first");
        assert!(
            readme.contains(program),
            "README.md and this example differ:\n{program}"
        );
    }
}

/// How deep below its root a path leads that begins in a folder of some depth; negative outside.
fn depth_of(path: &str, mut depth: isize) -> isize {
    let mut least = depth;
    for component in Path::new(path).components() {
        match component {
            Component::ParentDir => depth -= 1,
            Component::Normal(_) => depth += 1,
            Component::RootDir | Component::Prefix(_) | Component::CurDir => {}
        }
        least = least.min(depth);
    }
    least
}

#[test]
fn the_folder_needs_nothing_from_outside() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../generated");
    let mut count = 0;
    for entry in walkdir::WalkDir::new(&root) {
        let entry = entry.unwrap();
        let name = entry.file_name().to_string_lossy().into_owned();
        let is_read = entry
            .path()
            .extension()
            .is_some_and(|ending| ending == "rs" || ending == "toml");
        if entry.file_type().is_dir() || !is_read {
            continue;
        }
        let depth = isize::try_from(entry.depth()).unwrap() - 1;
        let text = fs::read_to_string(entry.path()).unwrap();
        for path in text.split('"').filter(|text| text.starts_with("../")) {
            assert!(depth_of(path, depth) >= 0, "{}: {path}", entry.path().display());
        }
        if name == "Cargo.toml" {
            assert!(!text.contains("workspace"), "it takes something from the workspace");
        }
        count += 1;
    }
    assert!(count > 50, "{count} files");
}
