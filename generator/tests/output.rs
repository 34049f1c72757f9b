//! Files and a folder with a history in, the folder's new state out: the laws of `output`.

#![expect(clippy::unwrap_used, reason = "a set-up that fails is a test that fails")]

use std::{
    fs,
    path::Path,
    time::{Duration, SystemTime},
};

use generator::{
    Files, MARKER, Package,
    output::{OutputError, check, compare, is_generated, write},
};
use tempfile::TempDir;

fn marked(text: &str) -> String {
    format!("// {MARKER}.\n{text}\n")
}

fn files(sources: &[(&str, &str)]) -> Files {
    Files {
        sources: sources
            .iter()
            .map(|(path, text)| ((*path).to_owned(), marked(text)))
            .collect(),
        package: Package {
            name: "pets".to_owned(),
            ..Package::default()
        },
    }
}

/// A folder that a run has written `sources` into, each of them long ago.
fn folder(sources: &[(&str, &str)]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    write(&files(sources), folder.path()).unwrap();
    for (path, _) in sources.iter().chain([&("Cargo.toml", "")]) {
        let file = fs::File::options().write(true).open(folder.path().join(path)).unwrap();
        file.set_modified(long_ago()).unwrap();
    }
    folder
}

fn long_ago() -> SystemTime {
    SystemTime::UNIX_EPOCH + Duration::from_hours(400_000)
}

fn is_untouched(path: &Path) -> bool {
    fs::metadata(path).unwrap().modified().unwrap() == long_ago()
}

fn refusal(files: &Files, folder: &Path) -> String {
    let error = write(files, folder).expect_err("a refusal");
    assert_eq!(
        check(files, folder).expect_err("a refusal").to_string(),
        error.to_string()
    );
    assert_eq!(
        compare(files, folder).expect_err("a refusal").to_string(),
        error.to_string()
    );
    error.to_string().replace(&folder.display().to_string(), "FOLDER")
}

#[test]
fn only_what_differs_is_touched() {
    let folder = folder(&[("src/lib.rs", "a"), ("src/models/pet.rs", "b")]);
    let outcome = write(
        &files(&[("src/lib.rs", "a"), ("src/models/pet.rs", "c")]),
        folder.path(),
    )
    .unwrap();
    assert_eq!(outcome.written, ["src/models/pet.rs"]);
    assert_eq!(outcome.unchanged, ["Cargo.toml", "src/lib.rs"]);
    assert!(is_untouched(&folder.path().join("src/lib.rs")) && is_untouched(&folder.path().join("Cargo.toml")));
    assert_eq!(
        fs::read_to_string(folder.path().join("src/models/pet.rs")).unwrap(),
        marked("c")
    );
}

#[test]
fn a_second_run_writes_nothing() {
    let folder = folder(&[("src/lib.rs", "a")]);
    let outcome = write(&files(&[("src/lib.rs", "a")]), folder.path()).unwrap();
    assert_eq!(
        (outcome.written.len(), outcome.unchanged.len(), outcome.removed.len()),
        (0, 2, 0)
    );
    assert!(is_generated(folder.path()).unwrap());
}

#[test]
fn stale_files_go_and_the_users_stay() {
    let folder = folder(&[
        ("src/lib.rs", "a"),
        ("src/models/old.rs", "b"),
        ("src/models/deep/older.rs", "b"),
    ]);
    let quoted = format!("//! About files.\n\n\n/// They start with {MARKER}.\n");
    for (path, text) in [("src/notes.rs", quoted.as_str()), ("src/models/mine.rs", "//! Mine.\n")] {
        fs::write(folder.path().join(path), text).unwrap();
    }
    fs::create_dir(folder.path().join("tests")).unwrap();
    fs::write(folder.path().join("tests/kept.rs"), marked("elsewhere")).unwrap();

    let outcome = write(&files(&[("src/lib.rs", "a")]), folder.path()).unwrap();
    assert_eq!(outcome.removed, ["src/models/old.rs", "src/models/deep/older.rs"]);
    assert!(
        !folder.path().join("src/models/deep").exists(),
        "an empty folder goes too"
    );
    for kept in ["src/notes.rs", "src/models/mine.rs", "tests/kept.rs"] {
        assert!(folder.path().join(kept).exists(), "{kept}");
    }
}

#[test]
fn a_readme_of_the_users_stays() {
    let folder = folder(&[("src/lib.rs", "a"), ("README.md", "ours")]);
    let changed = files(&[("src/lib.rs", "a"), ("README.md", "newer")]);
    assert_eq!(write(&changed, folder.path()).unwrap().written, ["README.md"]);
    fs::write(folder.path().join("README.md"), "# Mine\n").unwrap();
    let outcome = write(&changed, folder.path()).unwrap();
    assert!(outcome.written.is_empty(), "{outcome:?}");
    assert!(compare(&changed, folder.path()).unwrap().files.is_empty());
    assert_eq!(fs::read_to_string(folder.path().join("README.md")).unwrap(), "# Mine\n");
}

#[test]
fn a_file_of_the_users_is_never_replaced() {
    let folder = folder(&[("src/lib.rs", "a")]);
    fs::write(folder.path().join("src/client.rs"), "//! Mine.\n").unwrap();
    let text = refusal(&files(&[("src/lib.rs", "new"), ("src/client.rs", "b")]), folder.path());
    assert_eq!(
        text,
        "`FOLDER/src/client.rs` was not generated and is not replaced; move it away"
    );
    assert!(
        is_untouched(&folder.path().join("src/lib.rs")),
        "nothing else is written either"
    );
}

#[test]
fn paths_that_leave_the_folder_are_refused() {
    let folder = tempfile::tempdir().unwrap();
    let paths = [
        "../lib.rs",
        "/lib.rs",
        "src/../../lib.rs",
        "src//lib.rs",
        "",
        "src\\lib.rs",
        "c:lib.rs",
        "a\n.rs",
        "./a.rs",
    ];
    for path in paths {
        let error = write(&files(&[(path, "a")]), folder.path()).expect_err(path);
        assert!(matches!(error, OutputError::Escapes(_)), "{path}: {error}");
    }
    for twins in [["src/a.rs", "src/A.rs"], ["cargo.toml", "src/a.rs"]] {
        let error = write(&files(&[(twins[0], "a"), (twins[1], "b")]), folder.path()).expect_err("twins");
        assert!(matches!(error, OutputError::Twins(..)), "{error}");
    }
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
}

#[cfg(unix)]
#[test]
fn symbolic_links_are_not_followed_out() {
    use std::os::unix::fs::symlink;
    let elsewhere = tempfile::tempdir().unwrap();
    fs::write(elsewhere.path().join("lib.rs"), marked("theirs")).unwrap();
    fs::write(elsewhere.path().join("stale.rs"), marked("theirs")).unwrap();

    let linked_folder = tempfile::tempdir().unwrap();
    symlink(elsewhere.path(), linked_folder.path().join("src")).unwrap();
    let text = refusal(&files(&[("src/lib.rs", "a")]), linked_folder.path());
    assert_eq!(
        text,
        "`FOLDER/src` is a symbolic link; the output folder must hold its own files"
    );

    let linked_file = folder(&[("src/a.rs", "a")]);
    symlink(elsewhere.path().join("lib.rs"), linked_file.path().join("src/lib.rs")).unwrap();
    symlink(elsewhere.path(), linked_file.path().join("src/models")).unwrap();
    refusal(&files(&[("src/lib.rs", "a")]), linked_file.path());
    write(&files(&[("src/b.rs", "b")]), linked_file.path()).unwrap();

    assert_eq!(
        fs::read_to_string(elsewhere.path().join("lib.rs")).unwrap(),
        marked("theirs")
    );
    assert!(
        elsewhere.path().join("stale.rs").exists(),
        "a link is not searched for stale files"
    );
}

#[test]
fn what_is_in_the_way_is_named() {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir_all(folder.path().join("src/lib.rs")).unwrap();
    assert_eq!(
        refusal(&files(&[("src/lib.rs", "a")]), folder.path()),
        "cannot read `FOLDER/src/lib.rs`"
    );

    let file = folder.path().join("file");
    fs::write(&file, "text").unwrap();
    let error = write(&files(&[("src/lib.rs", "a")]), &file).expect_err("a file is no folder");
    assert!(matches!(error, OutputError::Io { .. }), "{error}");
    assert_eq!(fs::read_to_string(&file).unwrap(), "text");
}

#[test]
fn drift_is_a_diff_and_changes_nothing() {
    let folder = folder(&[("src/lib.rs", "a\nb"), ("src/old.rs", "b")]);
    let drift = compare(&files(&[("src/lib.rs", "a\nc"), ("src/new.rs", "d")]), folder.path()).unwrap();
    let text: String = drift.files.iter().map(|(_, diff)| diff.as_str()).collect();
    insta::assert_snapshot!(text);
    assert!(is_untouched(&folder.path().join("src/lib.rs")) && folder.path().join("src/old.rs").exists());
    assert_eq!(
        compare(&files(&[("src/lib.rs", "a\nb"), ("src/old.rs", "b")]), folder.path())
            .unwrap()
            .files,
        []
    );
}
