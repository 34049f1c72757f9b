//! Documents that need one part of the runtime each, none, or all in, crates that have no more of it than that out: nothing is
//! missing, nothing is unused, and all of it is laid out as the formatter would.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

#[allow(dead_code, reason = "shared with tests of documents that need no settings")]
mod scratch;

use std::{fs, path::PathBuf, process::Command};

use generator::Config;
use scratch::{Scratch, merged, tests};

#[test]
#[ignore = "minutes; `cargo test --workspace --all-features --tests -- --ignored at_length` runs it"]
fn every_part_compiles_alone_and_with_all_others_without_a_warning_at_length() {
    let folder = tests().join("fixtures/parts");
    let files = fs::read_dir(&folder).unwrap();
    let mut names: Vec<String> = files
        .map(|file| file.unwrap().path().file_stem().unwrap().to_str().unwrap().to_owned())
        .collect();
    names.sort();
    let mut members: Vec<&str> = names.iter().map(String::as_str).collect();
    members.extend(["together", "whole"]);
    let scratch = Scratch::new("parts", &members);
    for name in &names {
        let text = fs::read_to_string(folder.join(format!("{name}.yaml"))).unwrap();
        let config = Config {
            mock: name == "mock",
            ..Config::default()
        };
        scratch.write_with(name, &serde_yaml::from_str(&text).unwrap(), config);
    }
    scratch.write("together", &merged(&folder));
    let none = fs::read_to_string(folder.join("calls.yaml")).unwrap();
    let whole = Config {
        whole_runtime: true,
        ..Config::default()
    };
    scratch.write_with("whole", &serde_yaml::from_str(&none).unwrap(), whole);
    for features in [&[][..], &["--all-features"], &["--no-default-features"]] {
        let arguments = [&["check", "--workspace"], features].concat();
        scratch.cargo(&arguments);
    }
    // What is not there is linked to from nowhere.
    scratch.cargo(&["doc", "--workspace", "--no-deps"]);
    for name in members {
        check_layout(&scratch, name);
    }
}

/// What is copied is not formatted again.
fn check_layout(scratch: &Scratch, name: &str) {
    let runtime = scratch.member(name).join("src/runtime");
    let rooms = fs::read_dir(&runtime).unwrap().map(|entry| entry.unwrap().path());
    let rooms: Vec<PathBuf> = rooms
        .map(|path| if path.is_dir() { path.join("mod.rs") } else { path })
        .filter(|path| *path != runtime.join("mod.rs"))
        .collect();
    let mut formatter = Command::new("rustfmt");
    formatter.args(["--check", "--edition=2024", "--config=max_width=120"]);
    let Ok(output) = formatter.args(rooms).output() else {
        eprintln!("this toolchain has no rustfmt; what it would change is not known");
        return;
    };
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(
        output.status.success(),
        "{name} is not as the formatter has it:\n{said}"
    );
}
