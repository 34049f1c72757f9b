//! Every fixture in, crates that rustc, clippy and rustdoc take without a word out.
//!
//! The fixtures of one idea each become one document, so that one crate is enough for all of them.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod hazards;

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use generator::{Config, Source, generate, output};
use serde_json::{Value, json};

#[test]
fn what_is_emitted_compiles_without_a_warning() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("compiled");
    let tests = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests");
    let names: Vec<String> = hazards::HAZARDS.iter().map(|text| (*text).to_owned()).collect();
    let whole = fs::read_to_string(tests.join("fixtures/whole.yaml")).unwrap();
    let documents = [
        ("ideas", ideas(&tests.join("fixtures/emitted"))),
        ("names", hazards::document_of(&names)),
        ("whole", serde_yaml::from_str(&whole).unwrap()),
    ];
    fs::create_dir_all(&folder).unwrap();
    fs::write(folder.join("Cargo.toml"), WORKSPACE).unwrap();
    // The versions that the repository is tested with.
    fs::copy(tests.join("../../Cargo.lock"), folder.join("Cargo.lock")).unwrap();
    for (name, document) in &documents {
        write(name, document, &folder.join(name));
    }
    if Command::new(env!("CARGO"))
        .args(["clippy", "--version"])
        .output()
        .is_ok_and(|output| output.status.success())
    {
        cargo(
            &folder,
            &[
                "clippy",
                "--workspace",
                "--",
                "--deny=warnings",
                "--deny=clippy::pedantic",
            ],
        );
    } else {
        eprintln!("this toolchain has no clippy; what clippy would say is not known");
        cargo(&folder, &["check", "--workspace"]);
    }
    cargo(&folder, &["doc", "--workspace", "--no-deps"]);
    cargo(&folder, &["test", "--workspace", "--doc"]);
}

const WORKSPACE: &str = "\
[workspace]
resolver = \"3\"
members = [\"ideas\", \"names\", \"whole\"]

[profile.dev]
debug = false
incremental = false
";

/// The fixtures of one idea each as one document.
fn ideas(folder: &Path) -> Value {
    let mut files: Vec<PathBuf> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    files.sort();
    let mut ideas = json!({
        "openapi": "3.0.3",
        "info": { "title": "Ideas", "version": "1" },
        "paths": {},
        "components": { "schemas": {}, "securitySchemes": {} },
    });
    for file in files {
        let document: Value = serde_yaml::from_str(&fs::read_to_string(&file).unwrap()).unwrap();
        for place in ["/paths", "/components/schemas", "/components/securitySchemes"] {
            let all = ideas.pointer_mut(place).and_then(Value::as_object_mut).unwrap();
            for (name, value) in document.pointer(place).and_then(Value::as_object).into_iter().flatten() {
                let before = all.insert(name.clone(), value.clone());
                assert_eq!(before, None, "`{name}` of {} is in another fixture too", file.display());
            }
        }
        for place in ["servers", "info"] {
            if let Some(value) = document.get(place) {
                ideas[place] = value.clone();
            }
        }
    }
    ideas
}

fn write(name: &str, document: &Value, folder: &Path) {
    let config = Config {
        crate_name: name.to_owned(),
        ..Config::default()
    };
    let bytes = serde_json::to_vec(document).unwrap();
    let generated = generate(&Source { name, bytes: &bytes }, &config).unwrap();
    output::write(&generated.files, folder).unwrap();
}

fn cargo(folder: &Path, arguments: &[&str]) {
    let output = Command::new(env!("CARGO"))
        .args(arguments)
        .args(if arguments.contains(&"--") {
            &[][..]
        } else {
            &["--offline"]
        })
        .current_dir(folder)
        .env("CARGO_TARGET_DIR", folder.join("target"))
        .env("CARGO_NET_OFFLINE", "true")
        .env("RUSTFLAGS", "--deny=warnings")
        .env("RUSTDOCFLAGS", "--deny=warnings")
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "cargo {}\n{said}", arguments.join(" "));
}
