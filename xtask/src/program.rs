//! A program in one file in, the executable of it out: a package of its own, beside what it depends on.

use std::{
    fs,
    io::{self, IsTerminal},
    path::{Path, PathBuf},
    process::Stdio,
};

use crate::{
    cargo::cargo,
    exit::{Exit, Failure},
    input,
};

/// A program that calls generated crates.
#[derive(Debug)]
pub(crate) struct Program<'a> {
    pub(crate) name: &'a str,
    /// The lines of the table of dependencies.
    pub(crate) dependencies: &'a str,
    /// Its only file, unless that names others.
    pub(crate) main: &'a str,
}

impl Program<'_> {
    /// Compiles it in `driver` of the folder `work`, into `target` of it; where it is.
    pub(crate) fn build(&self, work: &Path) -> Result<PathBuf, Failure> {
        let Self {
            name,
            dependencies,
            main,
        } = self;
        let folder = work.join("driver");
        fs::create_dir_all(&folder).map_err(|error| Failure::at("create", &folder, &error))?;
        let manifest = format!(
            "[package]\nname = \"{name}\"\nversion = \"0.0.0\"\nedition = \"2024\"\npublish = false\n\n\
             [[bin]]\nname = \"{name}\"\npath = \"main.rs\"\n\n[workspace]\n\n\
             [profile.dev]\ndebug = false\nincremental = false\ncodegen-units = 1\n\n[dependencies]\n{dependencies}"
        );
        write(&folder.join("Cargo.toml"), &manifest)?;
        write(&folder.join("main.rs"), main)?;
        if !folder.join("Cargo.lock").exists() {
            input::lock(&folder);
        }
        let target = work.join("target");
        let status = cargo()
            .current_dir(&folder)
            .env("CARGO_TARGET_DIR", &target)
            .arg("build")
            // Whoever looks on sees how far it is.
            .args((!io::stderr().is_terminal()).then_some("--quiet"))
            .stdin(Stdio::null())
            .status()
            .map_err(|error| Failure::refused(&error))?;
        if status.success() {
            return Ok(target.join("debug").join(name));
        }
        Err(Failure {
            exit: Exit::Refused,
            message: "the driver does not compile".to_owned(),
        })
    }
}

/// Leaves what is the same already as it is, so that nothing is built anew.
pub(crate) fn write(path: &Path, text: &str) -> Result<(), Failure> {
    if fs::read_to_string(path).is_ok_and(|there| there == text) {
        return Ok(());
    }
    fs::write(path, text).map_err(|error| Failure::at("write", path, &error))
}
