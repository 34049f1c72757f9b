//! A package in, the folder that it was unpacked to out; by the registries' own clients, nothing of it is run but, of
//! PyPI's sources, what says which package they are.

use std::{
    ffi::OsStr,
    fs,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use super::package::{Package, Registry};
use crate::{
    exit::{Exit, Failure},
    files::empty,
};

/// Fetches and unpacks it, unless that was done before.
pub(crate) fn package(package: &Package, store: &Path) -> Result<PathBuf, Failure> {
    let Package {
        registry,
        name,
        version,
        ..
    } = package;
    let folder = format!("{}-{version}", name.replace('/', "-"));
    let place = store.join(&folder);
    if place.exists() {
        return Ok(place);
    }
    // Under its name it is whole.
    let unpacked = store.join(format!("{folder}.unpacked"));
    let packed = store.join(format!("{folder}.packed"));
    for folder in [&unpacked, &packed] {
        empty(folder)?;
    }
    match registry {
        Registry::Npm => {
            npm_pack(&format!("{name}@{version}"), &packed)?;
        }
        Registry::Wheel | Registry::Sdist => {
            let kind = if *registry == Registry::Wheel {
                "--only-binary=:all:"
            } else {
                "--no-binary=:all:"
            };
            run(Command::new("python3")
                .args(["-m", "pip", "download", "--quiet", "--no-deps", kind, "--dest"])
                .arg(&packed)
                .arg(format!("{name}=={version}")))?;
        }
    }
    let archive = only_file(&packed)?;
    if *registry == Registry::Wheel {
        run(Command::new("python3")
            .args(["-m", "zipfile", "--extract"])
            .arg(&archive)
            .arg(&unpacked))?;
    } else {
        untar(&archive, &unpacked)?;
    }
    fs::remove_dir_all(&packed).map_err(|error| Failure::at("remove", &packed, &error))?;
    fs::rename(&unpacked, &place).map_err(|error| Failure::at("rename", &unpacked, &error))?;
    Ok(place)
}

/// The archive of one npm package, below `into`.
pub(super) fn npm_pack(package: &str, into: &Path) -> Result<(), Failure> {
    run(Command::new("npm")
        .args(["pack", "--silent", package, "--pack-destination"])
        .arg(into))
}

/// Unpacks what npm and PyPI make of sources: everything lies below one folder, which goes.
pub(super) fn untar(archive: &Path, into: &Path) -> Result<(), Failure> {
    run(Command::new("tar")
        .args([
            "--extract",
            "--gzip",
            "--strip-components=1",
            "--no-same-owner",
            "--file",
        ])
        .arg(archive)
        .arg("--directory")
        .arg(into))
}

/// The only file of a folder.
pub(super) fn only_file(folder: &Path) -> Result<PathBuf, Failure> {
    let mut entries = fs::read_dir(folder).map_err(|error| Failure::at("read", folder, &error))?;
    let entry = entries.next().and_then(Result::ok);
    entry.map(|entry| entry.path()).ok_or_else(|| Failure {
        exit: Exit::Refused,
        message: format!("nothing came into `{}`", folder.display()),
    })
}

/// Runs a command that has to succeed; what it said last is the message where it does not.
pub(super) fn run(command: &mut Command) -> Result<(), Failure> {
    let program = command.get_program().to_owned();
    let said = command.stdin(Stdio::null()).output().map_err(|error| Failure {
        exit: Exit::Refused,
        message: format!("cannot run `{}`: {error}", Path::new(&program).display()),
    })?;
    if said.status.success() {
        return Ok(());
    }
    let words = command
        .get_args()
        .map(OsStr::to_string_lossy)
        .collect::<Vec<_>>()
        .join(" ");
    let last = String::from_utf8_lossy(&said.stderr);
    let last = last
        .lines()
        .rev()
        .take(5)
        .collect::<Vec<_>>()
        .into_iter()
        .rev()
        .collect::<Vec<_>>()
        .join("\n");
    Err(Failure {
        exit: Exit::Refused,
        message: format!("`{} {words}` failed: {last}", Path::new(&program).display()),
    })
}
