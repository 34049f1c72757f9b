//! A folder of installed programs in, the generators that are compared out, ours first.

use std::{
    ffi::OsString,
    path::{Path, PathBuf},
    process::Command,
};

use super::{Subject, table::Row};
use crate::{
    exit::{Exit, Failure},
    terminal,
};

/// Another generator: how it is installed, and how it is told to make a crate of a document.
struct Peer {
    name: &'static str,
    version: &'static str,
    arguments: fn(document: &Path, out: &Path) -> Vec<OsString>,
}

const PEERS: [Peer; 2] = [
    Peer {
        name: "oas3-gen",
        version: "0.29.0",
        arguments: |document, out| {
            let words = ["generate", "client-mod", "--workspace", "--input"];
            let words = words.map(OsString::from).into_iter();
            words.chain([document.into(), "--output".into(), out.into()]).collect()
        },
    },
    Peer {
        name: "ploidy",
        version: "0.15.0",
        arguments: |document, out| vec!["codegen".into(), document.into(), out.into(), "rust".into()],
    },
];

/// A generator that is here.
pub(super) struct Generator {
    name: String,
    program: PathBuf,
    arguments: fn(&Path, &Path) -> Vec<OsString>,
}

/// Ours, and each peer whose program is in the folder.
pub(super) fn find(peers: Option<&Path>) -> Result<Vec<Generator>, Failure> {
    let own = Generator {
        name: "ours".to_owned(),
        program: std::env::current_exe().map_err(|error| Failure::refused(&error))?,
        arguments: |document, out| {
            let words = [OsString::from("codegen"), "--spec".into(), document.into()];
            let more = ["--out".into(), out.into(), "--name".into(), "measured".into()];
            words.into_iter().chain(more).collect()
        },
    };
    let mut generators = vec![own];
    let Some(folder) = peers else {
        return Ok(generators);
    };
    for Peer {
        name,
        version,
        arguments,
    } in PEERS
    {
        let programs = [folder.join("bin").join(name), folder.join(name)];
        match programs.into_iter().find(|program| program.is_file()) {
            Some(program) => generators.push(Generator {
                name: format!("{name} {version}"),
                program: program
                    .canonicalize()
                    .map_err(|error| Failure::at("find", folder, &error))?,
                arguments,
            }),
            None => terminal::note(&format!(
                "{name} is not there: cargo install {name} --version {version} --locked --root {}",
                folder.display()
            )),
        }
    }
    if generators.len() == 1 {
        return Err(Failure {
            exit: Exit::Refused,
            message: format!("`{}` has no other generator", folder.display()),
        });
    }
    Ok(generators)
}

impl Generator {
    /// Makes a crate of the document in the folder.
    pub(super) fn command(&self, document: &Path, out: &Path) -> Command {
        let mut command = Command::new(&self.program);
        command.args((self.arguments)(document, out));
        command
    }

    /// A row without figures.
    pub(super) fn row(&self) -> Row {
        Row {
            name: self.name.clone(),
            costs: Vec::new(),
            lines: 0,
        }
    }
}

impl Subject<'_> {
    /// The folder of a stage, for one generator.
    pub(super) fn folder(&self, stage: &str, generator: &Generator) -> PathBuf {
        let name = generator.name.split(' ').next().unwrap_or_default();
        self.work.join(stage).join(&self.name).join(name)
    }

    /// What the generator, or Cargo, said last.
    pub(super) fn log(&self, generator: &Generator) -> PathBuf {
        let name = generator.name.split(' ').next().unwrap_or_default();
        self.work.join(format!("{}-{name}.log", self.name))
    }
}
