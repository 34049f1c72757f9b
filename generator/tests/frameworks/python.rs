//! A Python with `FastAPI`, in an environment of its own: the document of the shop out, and the running shop.

use std::{
    fs,
    io::{BufRead, BufReader, Read},
    path::{Path, PathBuf},
    process::{Child, ChildStdout, Command, Stdio},
};

use crate::scratch::tests;

/// Where it is installed.
pub(crate) struct Python(PathBuf);

/// A shop that runs until this is dropped.
pub(crate) struct Shop {
    pub(crate) port: u16,
    child: Child,
    said: BufReader<ChildStdout>,
}

impl Shop {
    /// Ends it; every operation that was called, a line for each time.
    pub(crate) fn end(mut self) -> String {
        self.child.kill().unwrap();
        let mut called = String::new();
        self.said.read_to_string(&mut called).unwrap();
        called
    }
}

impl Drop for Shop {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The environment, made where it is missing; nothing where that cannot be.
pub(crate) fn installed() -> Option<Python> {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("python");
    let python = Python(folder.join("bin/python"));
    let requirements = fs::read_to_string(tests().join("frameworks/requirements.txt")).unwrap();
    let done = folder.join("requirements.txt");
    if fs::read_to_string(&done).is_ok_and(|installed| installed == requirements) {
        return Some(python);
    }
    run(Command::new("python3").args(["-m", "venv", "--clear"]).arg(&folder))?;
    let list = tests().join("frameworks/requirements.txt");
    run(Command::new(&python.0)
        .args([
            "-m",
            "pip",
            "install",
            "--quiet",
            "--only-binary=:all:",
            "--no-deps",
            "--requirement",
        ])
        .arg(list))?;
    fs::write(done, requirements).unwrap();
    Some(python)
}

/// Nothing where it fails; it has said why.
fn run(command: &mut Command) -> Option<()> {
    command.stdin(Stdio::null()).status().ok()?.success().then_some(())
}

impl Python {
    fn shop(&self) -> Command {
        let mut command = Command::new(&self.0);
        command.arg(tests().join("frameworks/shop.py")).stdin(Stdio::null());
        command
    }

    /// What `FastAPI` says of the shop.
    pub(crate) fn document(&self) -> String {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("shop.json");
        run(self.shop().arg("document").arg(&path)).expect("it writes its document");
        fs::read_to_string(path).unwrap()
    }

    /// The running shop.
    pub(crate) fn serve(&self) -> Shop {
        let mut child = self.shop().arg("serve").stdout(Stdio::piped()).spawn().unwrap();
        let mut line = String::new();
        let mut said = BufReader::new(child.stdout.take().unwrap());
        said.read_line(&mut line).unwrap();
        Shop {
            port: line.trim().parse().expect("it says its port"),
            child,
            said,
        }
    }
}
