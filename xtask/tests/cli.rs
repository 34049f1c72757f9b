//! A folder and a command line in; exit code, messages and files out: what a user of the commands sees.

#![expect(clippy::unwrap_used, reason = "a set-up that fails is a test that fails")]

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Output, Stdio},
};

use serde_json::Value;
use tempfile::TempDir;

/// Nothing is lost of this one.
const PETS: &str = r"openapi: 3.0.3
info: { title: Pet Store, version: '1' }
paths:
  /pets/{id}:
    get:
      operationId: readPet
      tags: [Pets]
      parameters: [{ name: id, in: path, required: true, schema: { type: string } }]
      responses:
        '200': { description: A pet., content: { application/json: { schema: { $ref: '#/components/schemas/Pet' } } } }
components:
  schemas:
    Pet: { type: object, required: [id], properties: { id: { type: string }, name: { type: string } } }
";

/// One member leads nowhere.
const DEGRADED: &str = r"openapi: 3.0.3
info: { title: Pet Store, version: '1' }
paths: {}
components:
  schemas:
    Pet: { type: object, properties: { owner: { $ref: '#/components/schemas/Owner' } } }
";

const SETTINGS: &str = "[targets.pets]\ndocument = \"pets.yaml\"\noutput = \"../pets\"\n";

struct Project(TempDir);

struct Said {
    code: Option<i32>,
    out: String,
    err: String,
}

impl Project {
    fn new(document: &str) -> Self {
        let project = Self(tempfile::tempdir().unwrap());
        project.file("spec/pets.yaml", document);
        project.file("spec/codegen.toml", SETTINGS);
        project
    }

    fn path(&self, path: &str) -> PathBuf {
        self.0.path().join(path)
    }

    fn file(&self, path: &str, text: &str) {
        let path = self.path(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    fn text(&self, path: &str) -> String {
        fs::read_to_string(self.path(path)).unwrap()
    }

    fn run(&self, arguments: &[&str]) -> Said {
        self.say(arguments, Stdio::null())
    }

    /// Runs the command with the file at `input` as its standard input.
    fn pipe(&self, input: &str, arguments: &[&str]) -> Said {
        self.say(arguments, fs::File::open(self.path(input)).unwrap().into())
    }

    fn say(&self, arguments: &[&str], input: Stdio) -> Said {
        let Output { status, stdout, stderr } = Command::new(env!("CARGO_BIN_EXE_xtask"))
            .args(arguments)
            .current_dir(self.0.path())
            .env_remove("CARGO_MANIFEST_DIR")
            .stdin(input)
            .output()
            .unwrap();
        let text = |bytes| String::from_utf8(bytes).unwrap();
        Said {
            code: status.code(),
            out: text(stdout),
            err: text(stderr),
        }
    }

    /// Runs `codegen` on the settings.
    fn codegen(&self, arguments: &[&str]) -> Said {
        self.run(&[&["codegen", "--settings", "spec/codegen.toml"], arguments].concat())
    }

    /// Runs `codegen` on the document.
    fn spec(&self, arguments: &[&str]) -> Said {
        self.run(&[&["codegen", "--spec", "spec/pets.yaml", "--out", "out/pets"], arguments].concat())
    }
}

impl Said {
    #[track_caller]
    fn ended(self, code: i32, words: &str) -> Self {
        let Self { out, err, .. } = &self;
        assert_eq!(self.code, Some(code), "stdout:\n{out}\nstderr:\n{err}");
        assert!(
            format!("{out}{err}").contains(words),
            "no `{words}` in stdout:\n{out}\nstderr:\n{err}"
        );
        self
    }
}

/// Every file below a folder with its text.
fn tree(folder: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let files = walkdir::WalkDir::new(folder)
        .sort_by_file_name()
        .into_iter()
        .map(Result::unwrap);
    files
        .filter(|entry| entry.file_type().is_file())
        .map(|entry| (entry.path().to_owned(), fs::read(entry.path()).unwrap()))
        .collect()
}

#[test]
fn help_has_examples_and_wrong_usage_has_a_code_of_its_own() {
    let project = Project::new(PETS);
    for command in ["codegen", "ir", "corpus"] {
        project
            .run(&[command, "--help"])
            .ended(0, &format!("Examples:\n  cargo xtask {command}"));
    }
    project.run(&["--version"]).ended(64, "unexpected argument");
    project.run(&[]).ended(64, "Usage: cargo xtask <COMMAND>");
    project
        .run(&["codegen", "--spec", "spec/pets.yaml"])
        .ended(64, "--out <DIR>");
    project
        .run(&["codegen", "pets", "--spec", "spec/pets.yaml", "--out", "out"])
        .ended(64, "cannot be used with");
    project
        .spec(&["--name", "1 pet"])
        .ended(64, "`1 pet` is not a package name");
    project
        .codegen(&["pest"])
        .ended(64, "there is no target `pest` in `spec/codegen.toml`, but `pets`");
    project
        .run(&["corpus", "spec", "--check", "some"])
        .ended(64, "expected a number or `all`");
}

#[test]
fn what_cannot_be_read_is_named() {
    let project = Project::new(PETS);
    let spec = |path: &str| project.run(&["codegen", "--spec", path, "--out", "out"]);
    spec("missing.yaml").ended(2, "cannot read `missing.yaml`: ");
    spec("spec").ended(2, "`spec` is a folder; expected a file");
    project
        .run(&["ir", "missing.yaml"])
        .ended(2, "cannot read `missing.yaml`: ");
    project
        .run(&["corpus", "missing"])
        .ended(2, "`missing` is not a folder");
    project
        .run(&["corpus", "spec", "--filter", "cats"])
        .ended(2, "there is no document below `spec`");
    project
        .codegen(&["--settings", "missing.toml"])
        .ended(64, "cannot be used multiple times");
    project
        .run(&["codegen", "--settings", "missing.toml"])
        .ended(2, "cannot read `missing.toml`: ");
    assert!(!project.path("out").exists());
}

#[test]
fn settings_are_checked_before_anything_is_done() {
    let project = Project::new(PETS);
    project.file("spec/codegen.toml", &SETTINGS.replace("output", "outptu"));
    let said = project.codegen(&[]).ended(2, "did you mean `output`?");
    assert!(said.err.contains("spec/codegen.toml:3:1"), "{}", said.err);

    project.file("spec/codegen.toml", &format!("{SETTINGS}relax = [\"Pet.di\"]\n"));
    let said = project.codegen(&[]).ended(2, "did you mean `Pet.id`?");
    assert!(said.err.contains("spec/codegen.toml:4:10"), "{}", said.err);

    project.file(
        "spec/codegen.toml",
        &format!("{SETTINGS}modules = {{ extra = {{ path = \"extra.rs\" }} }}\n"),
    );
    let said = project.codegen(&[]).ended(2, "there is no file `pets/extra.rs`");
    assert!(said.err.contains("spec/codegen.toml:4:23"), "{}", said.err);
    assert!(!project.path("pets").exists());
}

#[test]
fn a_refused_document_leaves_everything() {
    let project = Project::new(PETS);
    project.codegen(&[]).ended(0, "0 removed");
    let before = tree(&project.path("pets"));
    project.file("spec/pets.yaml", "swagger: '1.2'\n");
    project.codegen(&["--report", "report.json"]).ended(2, "Swagger 1.2");
    assert_eq!(tree(&project.path("pets")), before);
    let report: Value = serde_json::from_str(&project.text("report.json")).unwrap();
    assert_eq!(report[0]["severity"], "refused");
}

#[test]
fn one_refused_target_stops_all() {
    let project = Project::new(PETS);
    project.file("spec/bad.yaml", "<html>");
    let bad = "[targets.bad]\ndocument = \"bad.yaml\"\noutput = \"../bad\"\n";
    project.file("spec/codegen.toml", &format!("{SETTINGS}{bad}"));
    project.codegen(&[]).ended(2, "nothing was written");
    assert!(!project.path("pets").exists());
    project.codegen(&["pets"]).ended(0, "pets in pets: ");
    project
        .codegen(&["--manifest", "m.json"])
        .ended(64, "--manifest is about one document");
}

#[test]
fn the_second_run_writes_nothing_and_a_check_says_what_differs() {
    let project = Project::new(PETS);
    project
        .codegen(&["--check"])
        .ended(1, "`cargo xtask codegen pets` mends it");
    assert!(!project.path("pets").exists(), "a check writes nothing");
    project.codegen(&[]).ended(0, "written pets/Cargo.toml");
    project.codegen(&[]).ended(0, ": 0 written, ");
    project.codegen(&["--check"]).ended(0, "up to date");

    project.file(
        "spec/pets.yaml",
        &PETS.replace("name: { type: string }", "age: { type: integer }"),
    );
    let before = tree(&project.path("pets"));
    let said = project.codegen(&["--check"]).ended(1, "What changes for callers:");
    assert!(said.out.contains("+++ b/"), "{}", said.out);
    assert!(!said.out.contains('\u{1b}'), "no colours in a pipe");
    assert_eq!(tree(&project.path("pets")), before);
    let said = project.codegen(&[]).ended(0, "What changes for callers:");
    assert!(
        said.out.contains("`name` is gone") && said.out.contains("age: Option<i64>"),
        "{}",
        said.out
    );
}

#[test]
fn a_manifest_that_cannot_be_read_is_said() {
    let project = Project::new(PETS);
    project.codegen(&[]).ended(0, "written pets/Cargo.toml");
    let manifest = fs::read_to_string(project.path("pets/.openapi-manifest.json")).unwrap();
    project.file(
        "pets/.openapi-manifest.json",
        &manifest.replacen("\"types\": [", "\"types\": 5, \"others\": [", 1),
    );
    project
        .codegen(&[])
        .ended(0, "names and the order of arguments are as for a newcomer");
}

#[test]
fn any_document_becomes_a_crate_of_its_own() {
    let project = Project::new(PETS);
    project
        .spec(&["--strict", "--manifest", "manifest.json"])
        .ended(0, "pet-store in out/pets: ");
    let cargo_toml = project.text("out/pets/Cargo.toml");
    assert!(
        cargo_toml.contains("name = \"pet-store\"") && cargo_toml.contains("[workspace]"),
        "{cargo_toml}"
    );
    let manifest: Value = serde_json::from_str(&project.text("manifest.json")).unwrap();
    assert_eq!(manifest["types"][0]["path"], "models::Pet");
    assert_eq!(manifest["operations"][0]["path"], "/pets/{id}");

    fs::write(project.path("out/pets/notes.txt"), "mine").unwrap();
    project.spec(&["--name", "cats"]).ended(0, " 0 removed");
    assert_eq!(project.text("out/pets/notes.txt"), "mine");
    assert!(
        project.text("out/pets/Cargo.toml").contains("name = \"pet-store\""),
        "the name is the user's now"
    );
}

#[test]
fn a_folder_of_somebody_elses_is_refused() {
    let project = Project::new(PETS);
    project.file("out/pets/.git/config", "");
    project.spec(&["--check"]).ended(1, "mends it");
    project.file("out/pets/Cargo.toml", "[package]\nname = \"mine\"\n");
    project.spec(&[]).ended(
        2,
        "`out/pets` holds files that are not generated (`Cargo.toml`); choose a new or empty folder",
    );
    fs::remove_file(project.path("out/pets/Cargo.toml")).unwrap();
    project.spec(&[]).ended(0, "written out/pets/Cargo.toml");
    project.file("file", "");
    project
        .run(&["codegen", "--spec", "spec/pets.yaml", "--out", "file"])
        .ended(2, "cannot write to the folder `file`: ");
}

#[test]
fn losses_are_drawn_counted_and_strictly_refused() {
    let project = Project::new(DEGRADED);
    project
        .spec(&["--strict"])
        .ended(1, "not whole (--strict), nothing was written");
    assert!(!project.path("out").exists());
    let said = project.spec(&["--report", "report.json"]).ended(0, "1 degraded");
    assert!(
        said.err.contains("dangling-reference") && said.err.contains("spec/pets.yaml:6:"),
        "{}",
        said.err
    );
    let report: Value = serde_json::from_str(&project.text("report.json")).unwrap();
    let entry = &report[0];
    assert_eq!(entry["pointer"], "/components/schemas/Pet/properties/owner/$ref");
    assert_eq!(
        (entry["code"].as_str(), entry["line"].as_u64()),
        (Some("dangling-reference"), Some(6))
    );
    for key in ["document", "severity", "column", "message", "hint"] {
        assert!(entry.get(key).is_some(), "{key} in {entry}");
    }
}

#[test]
fn the_intermediate_representation_is_text() {
    let project = Project::new(PETS);
    project.run(&["ir", "spec/pets.yaml"]).ended(0, "Pet");
    project
        .run(&["ir", "--settings", "spec/codegen.toml"])
        .ended(0, "/pets/{id}");
}

#[test]
fn the_standard_input_is_in_the_folder_that_is_open() {
    let project = Project::new(&PETS.replace("'#/components/schemas/Pet'", "pet.yaml"));
    project.file(
        "spec/pet.yaml",
        "{ type: object, properties: { name: { type: string } } }",
    );
    project
        .pipe("spec/pets.yaml", &["ir", "-", "--files", "spec"])
        .ended(0, "200 application/json json pet");
    project
        .pipe("spec/pets.yaml", &["ir", "-"])
        .ended(0, "external-reference");
}

#[test]
fn a_corpus_has_a_row_for_every_document() {
    let project = Project::new(PETS);
    project.file("documents/a/pets.yaml", PETS);
    project.file("documents/b/degraded.yml", DEGRADED);
    project.file("documents/c/old.json", r#"{ "swagger": "1.2" }"#);
    project.file("documents/c/notes.txt", "no document");
    let said = project
        .run(&["corpus", "documents", "--work", "work", "--json", "rows.json"])
        .ended(0, "3 documents in ");
    assert!(
        said.out.contains("2 generated, 1 refused, 0 crashed, 0 timed out"),
        "{}",
        said.out
    );
    assert!(
        said.out.contains("operations: 1 in, 1 emitted (0 degraded), 0 skipped"),
        "{}",
        said.out
    );
    let rows: Value = serde_json::from_str(&project.text("rows.json")).unwrap();
    let figures: Vec<_> = rows
        .as_array()
        .unwrap()
        .iter()
        .map(|row| (&row["document"], &row["outcome"]))
        .collect();
    assert_eq!(
        format!("{figures:?}"),
        r#"[(String("a/pets.yaml"), String("generated")), (String("b/degraded.yml"), String("generated")), (String("c/old.json"), String("refused"))]"#
    );
    assert_eq!(rows[1]["schemas"]["degraded"], 1);
}

#[test]
fn a_document_that_ends_badly_is_a_row() {
    let project = Project::new(PETS);
    let said = project
        .run(&["corpus", "spec", "--work", "work", "--timeout", "0"])
        .ended(1, "TIMED OUT pets.yaml");
    assert!(said.out.contains("0 crashed, 1 timed out"), "{}", said.out);
    if cfg!(unix) {
        project
            .run(&["corpus", "spec", "--work", "work", "--memory", "1"])
            .ended(1, "CRASHED   pets.yaml");
    }
}
