//! A folder of its own, and `openapi-crate` in it as somebody runs it who has nothing else of the project.

use std::{
    fs,
    path::PathBuf,
    process::{Command, Output, Stdio},
};

use tempfile::TempDir;

pub(crate) struct Folder(TempDir);

impl Folder {
    pub(crate) fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    pub(crate) fn path(&self, path: &str) -> PathBuf {
        self.0.path().join(path)
    }

    pub(crate) fn file(&self, path: &str, text: &str) {
        fs::write(self.path(path), text).unwrap();
    }

    pub(crate) fn text(&self, path: &str) -> String {
        fs::read_to_string(self.path(path)).unwrap()
    }

    pub(crate) fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_openapi-crate"));
        // As a shell has it, which knows nothing of Cargo.
        command
            .args(arguments)
            .current_dir(self.0.path())
            .env_remove("CARGO_MANIFEST_DIR");
        command
    }

    /// Runs the command to its end; what it says.
    #[track_caller]
    pub(crate) fn ended(&self, arguments: &[&str], code: i32, words: &str) -> String {
        let output = self.command(arguments).stdin(Stdio::null()).output().unwrap();
        check(&output, code, words)
    }

    /// Runs the command with the file at `input` as its standard input.
    #[track_caller]
    pub(crate) fn piped(&self, input: &str, arguments: &[&str], code: i32, words: &str) -> String {
        let input = fs::File::open(self.path(input)).unwrap();
        let output = self.command(arguments).stdin(input).output().unwrap();
        check(&output, code, words)
    }
}

#[track_caller]
pub(crate) fn check(output: &Output, code: i32, words: &str) -> String {
    let [out, err] = [&output.stdout, &output.stderr].map(|bytes| String::from_utf8_lossy(bytes));
    let said = format!("{out}{err}");
    assert_eq!(output.status.code(), Some(code), "{said}");
    assert!(said.contains(words), "no `{words}` in\n{said}");
    assert!(!said.contains("cargo xtask"), "the command of another program:\n{said}");
    assert!(!said.contains('\u{1b}'), "no colours in a pipe");
    said
}
