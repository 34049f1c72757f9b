//! Documents that are fetched: each once, for all that have it, and told by what they were.

use std::{cell::RefCell, io, path::Path};

use url::Url;

use super::{as_before, digest, save, update};
use crate::{
    fetch::{Answer, Web},
    front::Front,
    input::SettingsFile,
};

struct Page(&'static str);

impl Web for Page {
    fn get(&self, _: &Url) -> Result<Answer, String> {
        Ok(Answer {
            status: 200,
            location: None,
            body: Box::new(io::Cursor::new(self.0)),
        })
    }
}

#[test]
fn a_digest_is_what_other_programs_say() {
    let sha256 = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
    assert_eq!(digest(b"abc"), sha256);
}

#[test]
fn what_is_fetched_is_recorded_and_all_else_stays() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("codegen.toml");
    let text = |sha256: &str| {
        format!(
            "# Mine.\n[targets.pets]\ndocument = \"pets.yaml\" # theirs\noutput = \"pets\"\n\n\
             [targets.pets.source]\nurl = \"https://vendor.test/pets.yaml\"\n{sha256}\n\
             [targets.cats]\ndocument = \"cats.yaml\"\noutput = \"cats\"\nsource = {{ url = \"https://vendor.test/cats.yaml\" }}\n\n\
             [targets.dogs]\ndocument = \"dogs.yaml\"\noutput = \"dogs\"\n"
        )
    };
    std::fs::write(&path, text("")).expect("a file");
    let updated = |page| {
        let file = SettingsFile::read(Some(&path), Front::OpenapiCrate).expect("settings");
        let targets: Vec<_> = file.settings.targets.iter().collect();
        let fetched = update(&targets, &file, &Page(page)).expect("documents");
        assert_eq!(fetched.len(), 2);
        save(&fetched, &file).expect("a folder that can be written to");
        let read = |name: &str| std::fs::read_to_string(folder.path().join(name)).expect("a file");
        assert_eq!(read("pets.yaml"), page);
        assert_eq!(read("cats.yaml"), page);
        assert!(!folder.path().join("dogs.yaml").exists());
        read("codegen.toml")
    };
    let with = |sha256: &str| {
        let inline = format!("cats.yaml\", sha256 = \"{sha256}\" }}");
        text(&format!("sha256 = \"{sha256}\"\n")).replace("cats.yaml\" }", &inline)
    };
    assert_eq!(updated("a"), with(&digest(b"a")));
    assert_eq!(updated("b"), with(&digest(b"b")));
    assert_eq!(updated("b"), with(&digest(b"b")));
}

/// A web that has the same everywhere, and remembers what it was asked for.
struct Asked(RefCell<Vec<String>>);

impl Web for Asked {
    fn get(&self, url: &Url) -> Result<Answer, String> {
        self.0.borrow_mut().push(url.to_string());
        Page("new").get(url)
    }
}

fn target(name: &str, document: &str) -> String {
    format!("[targets.{name}]\ndocument = \"{document}\"\noutput = \"{name}\"\n")
}

fn settings(folder: &Path, targets: &[(&str, &str, Option<&str>)]) -> SettingsFile {
    let mut text = String::new();
    for (name, document, url) in targets {
        let source = url.map(|url| format!("source = {{ url = \"https://vendor.test/{url}\" }}\n"));
        text.push_str(&target(name, document));
        text.push_str(&source.unwrap_or_default());
    }
    let path = folder.join("codegen.toml");
    std::fs::write(&path, text).expect("a file");
    SettingsFile::read(Some(&path), Front::OpenapiCrate).expect("settings")
}

#[test]
fn a_shared_document_is_fetched_once_and_for_all() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = settings(
        folder.path(),
        &[
            ("one", "spec/a.yaml", Some("a")),
            ("two", "./spec/../spec/a.yaml", Some("a")),
            ("three", "spec/a.yaml", None),
        ],
    );
    let web = Asked(RefCell::default());
    let targets: Vec<_> = file.settings.targets.iter().collect();
    let fetched = update(&targets, &file, &web).expect("documents");
    assert_eq!(web.0.borrow().len(), 1);
    for (_, target) in &targets {
        assert!(fetched[0].is_at(&file.document_of(target)));
    }
    save(&fetched, &file).expect("a folder that can be written to");
    let recorded = std::fs::read_to_string(folder.path().join("codegen.toml")).expect("a file");
    assert_eq!(recorded.matches(&digest(b"new")).count(), 2);
}

#[test]
fn a_document_of_two_sources_is_not_fetched() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = settings(
        folder.path(),
        &[("one", "a.yaml", Some("a")), ("two", "a.yaml", Some("b"))],
    );
    let web = Asked(RefCell::default());
    let targets: Vec<_> = file.settings.targets.iter().take(1).collect();
    let Err(failure) = update(&targets, &file, &web) else {
        panic!("it was fetched");
    };
    assert!(
        failure.message.contains("give both the same `url`"),
        "{}",
        failure.message
    );
    assert!(web.0.borrow().is_empty());
}

#[test]
fn edits_are_told_from_what_was_fetched() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = settings(folder.path(), &[("one", "a.yaml", Some("a"))]);
    let targets: Vec<_> = file.settings.targets.iter().collect();
    let mut fetched = update(&targets, &file, &Page("new")).expect("documents");
    let document = &mut fetched[0];
    document.was = Some(digest(b"old"));
    for (there, is_edited) in [("old", false), ("new", false), ("mine", true)] {
        std::fs::write(folder.path().join("a.yaml"), there).expect("a file");
        assert_eq!(document.replaces_edits(), is_edited, "{there}");
    }
}

#[test]
fn lines_end_as_before() {
    assert_eq!(as_before("\u{feff}a = 1\r\n", "a = 2\n"), "\u{feff}a = 2\r\n");
    assert_eq!(as_before("a = 1\n", "a = 2\n"), "a = 2\n");
}
