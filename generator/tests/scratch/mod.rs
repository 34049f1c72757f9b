//! Documents in, crates in a folder of their own that cargo builds out.
//!
//! All of them share one target folder, so that what they depend on is built once.

use std::{
    fs,
    io::{self, Write as _},
    path::{Path, PathBuf},
    process::Command,
};

use generator::{Config, Source, generate, output};
use serde_json::{Value, json};

/// A workspace of generated crates.
pub(crate) struct Scratch {
    folder: PathBuf,
}

impl Scratch {
    /// The workspace `name` with the crates `members`, which are still to be written.
    pub(crate) fn new(name: &str, members: &[&str]) -> Self {
        let root = Path::new(env!("CARGO_TARGET_TMPDIR"));
        let folder = root.join(name);
        let manifest = format!(
            "[workspace]\nresolver = \"3\"\nmembers = {members:?}\n\n[profile.dev]\ndebug = false\nincremental = false\n"
        );
        fs::create_dir_all(&folder).unwrap();
        fs::write(folder.join("Cargo.toml"), manifest).unwrap();
        // As for whoever has no rules of his own.
        fs::write(folder.join("rustfmt.toml"), "").unwrap();
        // The versions that the repository is tested with.
        fs::copy(tests().join("../../Cargo.lock"), folder.join("Cargo.lock")).unwrap();
        Self { folder }
    }

    /// The folder of a crate.
    pub(crate) fn member(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }

    /// Generates the crate `name`.
    pub(crate) fn write(&self, name: &str, document: &Value) {
        self.write_with(name, document, Config::default());
    }

    /// Generates the crate `name` with settings.
    pub(crate) fn write_with(&self, name: &str, document: &Value, config: Config) {
        let config = Config {
            crate_name: name.to_owned(),
            ..config
        };
        let bytes = serde_json::to_vec(document).unwrap();
        let generated = generate(&Source { name, bytes: &bytes }, &config).unwrap();
        output::write(&generated.files, &self.member(name)).unwrap();
    }

    /// Runs cargo in the workspace; a warning is a failure.
    pub(crate) fn cargo(&self, arguments: &[&str]) {
        self.cargo_with(arguments, &[]);
    }

    /// The same with variables of the environment, for what is run.
    pub(crate) fn cargo_with(&self, arguments: &[&str], variables: &[(&str, &str)]) {
        // Not through `eprintln!`, which nobody would see before the end.
        let folder = self.folder.file_name().unwrap_or_default().to_string_lossy();
        let _ = writeln!(io::stderr(), "cargo {} in {folder}", arguments.join(" "));
        let output = cargo(&self.folder)
            .args(arguments)
            .envs(variables.iter().copied())
            .env("RUSTDOCFLAGS", "--deny=warnings")
            .output()
            .unwrap();
        let [said, shown] = [&output.stderr, &output.stdout].map(|bytes| String::from_utf8_lossy(bytes));
        assert!(
            output.status.success(),
            "cargo {}\n{said}\n{shown}",
            arguments.join(" ")
        );
    }
}

/// Cargo in a folder of crates, with the target folder of all of them; a warning is a failure.
pub(crate) fn cargo(folder: &Path) -> Command {
    let mut cargo = Command::new(env!("CARGO"));
    cargo
        .current_dir(folder)
        .env(
            "CARGO_TARGET_DIR",
            Path::new(env!("CARGO_TARGET_TMPDIR")).join("scratch"),
        )
        .env("CARGO_NET_OFFLINE", "true")
        .env("RUSTFLAGS", "--deny=warnings");
    cargo
}

/// The folder of these tests.
pub(crate) fn tests() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests")
}

/// The documents of a folder as one in the newest of their versions, so that one crate is enough for all of them.
pub(crate) fn merged(folder: &Path) -> Value {
    let mut files: Vec<PathBuf> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    files.sort();
    let mut merged = json!({
        "openapi": "3.0.3",
        "info": { "title": "Ideas", "version": "1" },
        "paths": {},
        "components": {},
    });
    for file in files {
        let document: Value = serde_yaml::from_str(&fs::read_to_string(&file).unwrap()).unwrap();
        let version = document["openapi"].as_str().unwrap();
        if merged["openapi"].as_str().unwrap() < version {
            merged["openapi"] = version.into();
        }
        let mut places = vec!["/paths".to_owned()];
        for place in ["webhooks", "x-webhooks"] {
            if document.get(place).is_some() {
                let all = merged.as_object_mut().unwrap();
                all.entry(place).or_insert_with(|| json!({}));
                places.push(format!("/{place}"));
            }
        }
        for folder in document["components"]
            .as_object()
            .into_iter()
            .flatten()
            .map(|(folder, _)| folder)
        {
            let folders = merged["components"].as_object_mut().unwrap();
            folders.entry(folder.clone()).or_insert_with(|| json!({}));
            places.push(format!("/components/{folder}"));
        }
        for place in &places {
            let all = merged.pointer_mut(place).and_then(Value::as_object_mut).unwrap();
            for (name, value) in document.pointer(place).and_then(Value::as_object).into_iter().flatten() {
                let before = all.insert(name.clone(), value.clone());
                assert_eq!(before, None, "`{name}` of {} is in another fixture too", file.display());
            }
        }
        for place in ["servers", "security", "info", "tags"] {
            match (document.get(place), &mut merged[place]) {
                (Some(Value::Array(more)), Value::Array(all)) => all.extend_from_slice(more),
                (Some(value), place) => *place = value.clone(),
                (None, _) => {}
            }
        }
    }
    merged
}
