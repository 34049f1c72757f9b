//! The driver's files in, a program of those that are wanted and what it says of each scenario out.

use std::{
    ffi::OsStr,
    fmt::Write as _,
    fs,
    io::{BufRead, BufReader},
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use indexmap::IndexMap;

use super::{client::Client, family::Families};
use crate::{exit::Failure, ledger::Outcome, program::Program, terminal};

/// The file that runs scenarios and has none.
const HARNESS: &str = "harness";

const DEPENDENCIES: &str = "\
serde_json = \"1\"
tokio = { version = \"1\", features = [\"macros\", \"rt\"] }
";

/// What a scenario's calls came to: an error where one failed.
pub(super) type Driven = Result<(), String>;

/// What became of a scenario: the server and the driver have to agree.
pub(super) fn outcome(driven: Option<&Driven>, status: &str) -> Outcome {
    match (driven, status) {
        (Some(Ok(())), "pass") => Outcome::Pass,
        (Some(Ok(())), status) => Outcome::Miss(format!("the server says `{status}`")),
        (Some(Err(message)), _) => Outcome::Miss(message.clone()),
        (None, _) => Outcome::Miss("not driven".to_owned()),
    }
}

/// The files that are wanted, with their texts.
#[derive(Debug)]
pub(super) struct Driver {
    folder: PathBuf,
    files: IndexMap<String, String>,
}

impl Driver {
    pub(super) fn find(folder: &Path, families: &Families) -> Result<Self, Failure> {
        let mut files = IndexMap::new();
        let entries = fs::read_dir(folder).map_err(|error| Failure::at("read", folder, &error))?;
        for entry in entries {
            let path = entry.map_err(|error| Failure::at("read", folder, &error))?.path();
            let name = path.file_stem().and_then(OsStr::to_str).unwrap_or_default();
            if path.extension() == Some(OsStr::new("rs")) && name != HARNESS && families.touch(name) {
                let text = fs::read_to_string(&path).map_err(|error| Failure::at("read", &path, &error))?;
                files.insert(name.to_owned(), text);
            }
        }
        if files.is_empty() {
            return Err(families.unknown());
        }
        files.sort_keys();
        Ok(Self {
            folder: folder.to_owned(),
            files,
        })
    }

    /// Whether one of the files names this crate.
    pub(super) fn calls(&self, client: &str) -> bool {
        let is_word = |letter: char| letter.is_alphanumeric() || letter == '_';
        self.files
            .values()
            .any(|text| text.split(|letter| !is_word(letter)).any(|word| word == client))
    }

    /// Compiles it; where the program is.
    pub(super) fn build(&self, clients: &[Client], work: &Path) -> Result<PathBuf, Failure> {
        let mut dependencies = DEPENDENCIES.to_owned();
        for Client { name, folder } in clients {
            let folder = folder.display().to_string();
            let _ = writeln!(
                dependencies,
                "{name} = {{ path = {folder:?}, default-features = false }}"
            );
        }
        let program = Program {
            name: "conformance",
            dependencies: &dependencies,
            main: &self.main(),
        };
        program.build(work)
    }

    /// The program: every file is a module that has a function `run`.
    fn main(&self) -> String {
        let mut modules = String::new();
        let mut calls = String::new();
        for name in self.files.keys().map(String::as_str).chain([HARNESS]) {
            let path = self.folder.join(name).with_extension("rs").display().to_string();
            if name == HARNESS {
                modules += "#[allow(dead_code, reason = \"some files do without some of it\")]\n";
            } else {
                let _ = writeln!(calls, "    {name}::run(&suite).await?;");
            }
            let _ = writeln!(modules, "#[path = {path:?}]\nmod {name};");
        }
        format!(
            "//! Runs every file of the driver.\n\n{modules}\n#[tokio::main(flavor = \"current_thread\")]\nasync fn main() -> harness::Outcome {{\n    \
             let suite = harness::Suite::default();\n{calls}    Ok(())\n}}\n"
        )
    }
}

/// Runs the program, which finds the suite's files in `assets`; what became of each scenario, by its name.
pub(super) fn drive(program: &Path, assets: &Path, families: &Families) -> Result<IndexMap<String, Driven>, Failure> {
    let mut child = Command::new(program)
        .arg(assets)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .spawn()
        .map_err(|error| Failure::at("run", program, &error))?;
    let mut driven = IndexMap::new();
    if let Some(stdout) = child.stdout.take() {
        for line in BufReader::new(stdout).lines() {
            let line = line.map_err(|error| Failure::refused(&error))?;
            let (name, said) = line.split_once('\t').unwrap_or((&line, ""));
            if !families.have(name) {
                continue;
            }
            if said.is_empty() {
                driven.insert(name.to_owned(), Ok(()));
            } else {
                terminal::note(&format!("{name}: {said}"));
                driven.insert(name.to_owned(), Err(said.to_owned()));
            }
        }
    }
    let status = child.wait().map_err(|error| Failure::refused(&error))?;
    if !status.success() {
        // What it did not reach is missed, which says where it stopped.
        terminal::error(&format!("the driver did not come to its end: {status}"));
    }
    Ok(driven)
}

#[cfg(test)]
mod tests {
    use super::outcome;

    #[test]
    fn the_server_and_the_driver_have_to_agree() {
        assert!(outcome(Some(&Ok(())), "pass").is_pass());
        assert!(!outcome(Some(&Ok(())), "fail").is_pass());
        assert!(!outcome(Some(&Err("no".to_owned())), "pass").is_pass());
        assert!(!outcome(None, "pass").is_pass());
    }
}
