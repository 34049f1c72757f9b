//! A folder as Cargo would have it in, what a build script says and writes out.

use std::{fs, path::Path};

use tempfile::TempDir;

use super::{Build, BuildError, environment::Environment, said::Said};

const PETS: &str = "\
openapi: 3.0.3
info: { title: Pets, version: '1' }
servers: [{ url: https://pets.vendor.test }]
paths:
  /pets:
    get:
      operationId: listPets
      tags: [Pets]
      responses:
        '200': { description: Pets., content: { application/json: { schema: { $ref: pet.yaml } } } }
        '400': { description: No., content: { application/json: { schema: { not: { type: string } } } } }
";

const MANIFEST: &str = "[package]\nname = \"mine\"\nedition = \"2024\"\n";

struct Crate(TempDir);

impl Crate {
    fn new() -> Self {
        let folder = Self(tempfile::tempdir().expect("a folder"));
        for (path, text) in [
            ("openapi.yaml", PETS),
            ("pet.yaml", "{ type: object, properties: { name: { type: string } } }"),
            ("Cargo.toml", MANIFEST),
            ("src/main.rs", "fn main() {}"),
        ] {
            folder.file(path, text);
        }
        folder
    }

    fn file(&self, path: &str, text: &str) {
        let path = self.0.path().join(path);
        fs::create_dir_all(path.parent().unwrap_or(Path::new(""))).expect("a folder");
        fs::write(path, text).expect("a file");
    }

    fn text(&self, path: &str) -> String {
        fs::read_to_string(self.0.path().join(path)).unwrap_or_default()
    }

    /// What is said, without the folder.
    fn run(&self, build: Build) -> (Vec<String>, Result<(), BuildError>) {
        let folder = self.0.path().to_owned();
        let environment = Environment {
            manifest: folder.join("Cargo.toml"),
            out: folder.join("out"),
            folder,
        };
        let mut said = Said::default();
        let result = build.build(&environment, &mut said);
        let folder = format!("{}/", self.0.path().display());
        let lines = said.lines.iter().map(|line| line.replace(&folder, ""));
        (lines.collect(), result)
    }

    fn pets() -> Build {
        Build::new("openapi.yaml").module("pets")
    }

    /// Adds to `Cargo.toml` what it is said to lack.
    fn with_what_is_missing(&self, build: &Build) {
        let (_, result) = self.run(build.clone());
        let said = result.expect_err("nothing is there").to_string();
        let (_, lines) = said.split_once("\n\n").expect("lines to add");
        self.file("Cargo.toml", &format!("{MANIFEST}{lines}"));
    }
}

#[test]
fn cargo_hears_what_was_read_and_what_was_lost() {
    let mine = Crate::new();
    mine.with_what_is_missing(&Crate::pets());
    let (said, result) = mine.run(Crate::pets());
    assert_eq!(result, Ok(()));
    insta::assert_snapshot!(said.join("\n"));
    insta::assert_snapshot!(mine.text("out/pets.rs"));
    assert!(
        mine.text("out/pets/src/models/pet.rs")
            .contains("use crate::pets::runtime::prelude::*;")
    );
}

#[test]
fn what_is_the_same_is_not_touched_and_what_is_stale_goes() {
    let mine = Crate::new();
    mine.with_what_is_missing(&Crate::pets());
    let saved = || fs::metadata(mine.0.path().join("out/pets/src/client.rs")).and_then(|file| file.modified());
    assert_eq!(mine.run(Crate::pets()).1, Ok(()));
    let before = saved().expect("it is there");
    mine.file("openapi.yaml", &PETS.replace("$ref: pet.yaml", "type: string"));
    assert_eq!(mine.run(Crate::pets()).1, Ok(()));
    assert_eq!(saved().expect("it is there"), before);
    assert_eq!(mine.text("out/pets/src/models/pet.rs"), "");
}

#[test]
fn what_is_missing_is_said_line_by_line() {
    let mine = Crate::new();
    mine.file(
        "Cargo.toml",
        &format!("{MANIFEST}[dependencies]\nbytes = \"0.5\"\nurl.workspace = true\nserde = \"1\"\nuuid = \"1\"\n"),
    );
    let (_, result) = mine.run(Crate::pets().features([]));
    insta::assert_snapshot!(result.expect_err("it lacks some"));
    mine.file("Cargo.toml", MANIFEST);
    mine.with_what_is_missing(&Crate::pets());
    let (_, result) = mine.run(Crate::pets().features(["gzip", "http2"]));
    insta::assert_snapshot!(result.expect_err("these need more"));
}

#[test]
fn what_is_wrong_is_said() {
    let mine = Crate::new();
    let wrong = |build: Build| mine.run(build).1.expect_err("it is wrong").to_string();
    let said = [
        wrong(Crate::pets().features(["gzpi"])),
        wrong(Build::new("openapi.yaml").module("a::type")),
        wrong(Build::new("missing.yaml"))
            .split(": ")
            .next()
            .unwrap_or_default()
            .to_owned(),
        wrong(Crate::pets().settings("codegen.toml"))
            .split(": ")
            .next()
            .unwrap_or_default()
            .to_owned(),
    ];
    insta::assert_snapshot!(said.join("\n"));

    mine.file(
        "codegen.toml",
        "[targets.a]\ndocument = \"other.yaml\"\nrelax = [\"Pat.name\"]\n",
    );
    let said = [
        wrong(Crate::pets().settings("codegen.toml")),
        wrong(Crate::pets().settings("codegen.toml").target("b")),
        wrong(Crate::pets().settings("codegen.toml").target("a")),
    ];
    insta::assert_snapshot!(said.join("\n\n"));

    mine.file("Cargo.toml", &MANIFEST.replace("2024", "2021"));
    insta::assert_snapshot!(wrong(Crate::pets()));
    mine.file("openapi.yaml", "swagger: '1.2'\n");
    let (said, result) = mine.run(Crate::pets());
    insta::assert_snapshot!(format!("{}\n{:?}", said.join("\n"), result.expect_err("it is refused")));
}
