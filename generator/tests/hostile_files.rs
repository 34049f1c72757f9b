//! Hostile files in, what comes of them out: no file is asked for twice, none is opened outside, and every problem has
//! its place.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

#[path = "cases/files.rs"]
mod cases;
#[expect(dead_code, reason = "here, documents have files")]
mod promise;

use std::{
    collections::BTreeMap,
    fs,
    path::Path,
    sync::{
        Mutex,
        atomic::{AtomicUsize, Ordering},
    },
};

use cases::{Case, ESCAPES, referring};
use generator::{
    Config, Input, Source, generate,
    input::{FileError, Files, Folder},
};

/// Files in memory that note what is asked of them. The text of a file is another one each time.
#[derive(Debug, Default)]
struct Noted {
    files: BTreeMap<String, Vec<u8>>,
    asked: Mutex<BTreeMap<String, usize>>,
    /// Runs so far: each may ask for a file once.
    runs: AtomicUsize,
}

impl Files for Noted {
    fn read(&self, path: &str) -> Result<Vec<u8>, FileError> {
        *self.asked.lock().unwrap().entry(path.to_owned()).or_default() += 1;
        self.files.get(path).cloned().ok_or(FileError::Missing)
    }
}

impl Noted {
    fn of(files: BTreeMap<String, Vec<u8>>) -> Self {
        Self {
            files,
            ..Self::default()
        }
    }

    #[track_caller]
    fn assert_asked_once(&self, item: &str) {
        let runs = self.runs.load(Ordering::Relaxed);
        for (path, times) in &*self.asked.lock().unwrap() {
            assert!(
                *times <= runs,
                "{item}: {path:?} was asked for {times} times in {runs} runs"
            );
        }
    }
}

fn input<'a>(root: &'a [u8], files: &'a dyn Files) -> Input<'a> {
    Input {
        source: Source {
            name: "openapi.yaml",
            bytes: root,
        },
        files,
        overlays: &[],
        earlier: None,
    }
}

#[test]
#[ignore = "minutes; `cargo test --workspace --all-features --tests -- --ignored at_length` runs it"]
fn every_hazard_has_its_outcome_at_length() {
    let mut rows = Vec::new();
    for Case { item, root, files } in cases::cases() {
        let files = Noted::of(files);
        // The promise asks twice where the document is small.
        files.runs.store(2, Ordering::Relaxed);
        let outcome = match promise::hold_with(&input(&root, &files)) {
            Ok(generated) => {
                let mut codes = BTreeMap::new();
                for diagnostic in &generated.diagnostics {
                    *codes.entry(diagnostic.code.as_str()).or_insert(0) += 1;
                }
                let codes: Vec<_> = codes.iter().map(|(code, number)| format!("{number} {code}")).collect();
                format!("types {}; {}", generated.api.types.len(), codes.join(", "))
            }
            Err(refusal) => format!("refused: {}", refusal.problems[0].message),
        };
        files.assert_asked_once(item);
        let read = files.asked.lock().unwrap().len();
        rows.push(format!("{item} → files {read}, {outcome}"));
    }
    insta::with_settings!({ snapshot_path => "snapshots/hazards", prepend_module_to_snapshot => false, omit_expression => true }, {
        insta::assert_snapshot!("11_files", rows.join("\n"));
    });
}

#[test]
fn what_is_asked_for_in_any_spelling() {
    let mut rows = Vec::new();
    for escape in ESCAPES {
        let files = Noted::default();
        let root = referring(&[escape]);
        let generated = generate(input(&root, &files), &Config::default()).unwrap();
        let said: Vec<_> = generated
            .diagnostics
            .iter()
            .map(|diagnostic| diagnostic.code.as_str())
            .collect();
        let asked: Vec<String> = files.asked.lock().unwrap().keys().cloned().collect();
        rows.push(format!("{escape:?} → {} asked for {asked:?}", said.join(", ")));
    }
    insta::with_settings!({ snapshot_path => "snapshots/hazards", prepend_module_to_snapshot => false, omit_expression => true }, {
        insta::assert_snapshot!("11_escapes", rows.join("\n"));
    });
}

#[test]
fn a_file_that_changes_is_one_text() {
    #[derive(Debug)]
    struct Changing(AtomicUsize);
    impl Files for Changing {
        fn read(&self, _: &str) -> Result<Vec<u8>, FileError> {
            let time = self.0.fetch_add(1, Ordering::Relaxed);
            Ok(
                format!(
                    "A: {{ type: object, properties: {{ a{time}: {{ type: string }} }} }}\nB: {{ type: string }}\n"
                )
                .into_bytes(),
            )
        }
    }
    let files = Changing(AtomicUsize::new(0));
    let root = referring(&["a.yaml#/A", "a.yaml#/B", "./a.yaml#/A/properties/a0"]);
    let generated = generate(input(&root, &files), &Config::default()).unwrap();
    assert_eq!(generated.diagnostics.iter().count(), 0, "{:?}", generated.diagnostics);
    assert_eq!(files.0.load(Ordering::Relaxed), 1);
}

/// What a folder answers, in the words of messages.
fn read(folder: &Folder, path: &str) -> Result<String, FileError> {
    folder.read(path).map(|bytes| String::from_utf8(bytes).unwrap())
}

fn write(path: &Path, text: &str) {
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

#[cfg(unix)]
#[test]
fn nothing_outside_of_a_folder_is_opened() {
    use std::os::unix::{fs::symlink, net::UnixListener};

    let place = tempfile::tempdir().unwrap();
    let home = place.path().join("home");
    write(&home.join("a.yaml"), "inside");
    write(&place.path().join("secret.yaml"), "secret");
    write(&place.path().join("shared/b.yaml"), "shared");
    write(&place.path().join("home-too/c.yaml"), "beside");
    symlink(place.path().join("secret.yaml"), home.join("out.yaml")).unwrap();
    symlink("../secret.yaml", home.join("relative.yaml")).unwrap();
    symlink(place.path(), home.join("up")).unwrap();
    symlink("a.yaml", home.join("in.yaml")).unwrap();
    symlink("round.yaml", home.join("round.yaml")).unwrap();
    symlink("/dev/zero", home.join("endless.yaml")).unwrap();
    symlink("none.yaml", home.join("broken.yaml")).unwrap();
    symlink(place.path().join("shared"), home.join("linked")).unwrap();
    let _socket = UnixListener::bind(home.join("socket.yaml")).unwrap();

    let folder = Folder::of(&home).unwrap();
    let cases: [(&str, Result<&str, FileError>); 14] = [
        ("a.yaml", Ok("inside")),
        ("in.yaml", Ok("inside")),
        ("out.yaml", Err(FileError::Link)),
        ("relative.yaml", Err(FileError::Link)),
        ("up/secret.yaml", Err(FileError::Link)),
        ("up/home/a.yaml", Ok("inside")),
        ("endless.yaml", Err(FileError::Link)),
        ("linked/b.yaml", Err(FileError::Link)),
        ("socket.yaml", Err(FileError::Special)),
        ("broken.yaml", Err(FileError::Missing)),
        ("up", Err(FileError::Link)),
        ("../secret.yaml", Err(FileError::Outside)),
        ("../home-too/c.yaml", Err(FileError::Outside)),
        ("../shared/b.yaml", Err(FileError::Outside)),
    ];
    for (path, expected) in cases {
        assert_eq!(read(&folder, path), expected.map(str::to_owned), "{path}");
    }
    assert!(matches!(read(&folder, "round.yaml"), Err(FileError::Refused(_))));

    let opened = folder.and(&place.path().join("shared")).unwrap();
    assert_eq!(read(&opened, "../shared/b.yaml"), Ok("shared".to_owned()));
    assert_eq!(read(&opened, "linked/b.yaml"), Ok("shared".to_owned()));
    assert_eq!(read(&opened, "../secret.yaml"), Err(FileError::Outside));
}

#[cfg(unix)]
#[test]
fn what_leads_out_of_a_folder_on_the_disk_is_reported_where_it_stands() {
    let place = tempfile::tempdir().unwrap();
    write(&place.path().join("home/openapi.yaml"), "");
    write(
        &place.path().join("secret.yaml"),
        "type: object\nproperties: { secret: { type: string } }\n",
    );
    std::os::unix::fs::symlink(place.path().join("secret.yaml"), place.path().join("home/link.yaml")).unwrap();
    let folder = Folder::of(&place.path().join("home")).unwrap();
    let references: Vec<&str> = ESCAPES.into_iter().chain(["link.yaml"]).collect();
    let root = referring(&references);
    let generated = promise::hold_with(&input(&root, &folder)).unwrap();
    let placed = generated
        .diagnostics
        .iter()
        .filter(|diagnostic| diagnostic.location.is_some());
    assert!(placed.count() >= references.len(), "{:?}", generated.diagnostics);
    let emitted: String = generated.files.sources.values().map(String::as_str).collect();
    assert!(!emitted.contains("pub secret:"), "a file outside was read");
}
