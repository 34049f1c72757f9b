//! An empty folder and `openapi-crate` in; what a newcomer sees and gets out.

#![expect(clippy::unwrap_used, reason = "a set-up that fails is a test that fails")]

mod stranger;

use std::{
    fs,
    io::Read as _,
    process::{Child, Stdio},
    thread,
    time::{Duration, Instant},
};

use stranger::{Folder, check};

const PETS: &str = r"openapi: 3.0.3
info: { title: Pet Store, version: '1' }
servers: [{ url: https://pets.vendor.test }]
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

#[test]
fn from_an_empty_folder_to_a_crate() {
    let folder = Folder::new();
    folder.ended(&["generate"], 2, "`openapi-crate init DOCUMENT` writes one");
    folder.file("pets.yaml", PETS);
    folder.ended(
        &["init", "pets.yaml"],
        0,
        "codegen.toml has a target `pet-store`: 1 operation, 1 type of pets.yaml (nothing lost)",
    );
    let settings = folder.text("codegen.toml");
    assert!(settings.contains("\nstandalone = true\n"), "{settings}");
    folder.ended(&["init", "pets.yaml"], 2, "`codegen.toml` is there already");
    assert_eq!(folder.text("codegen.toml"), settings);

    folder.ended(&["check"], 1, "`openapi-crate generate pet-store` mends it");
    let said = folder.ended(&["generate"], 0, "written pet-store/Cargo.toml");
    assert!(said.contains(" more files written (-v lists all)"), "{said}");
    folder.ended(&["check"], 0, "pet-store in pet-store: up to date");
    let said = folder.ended(&["generate", "-v"], 0, ": 0 written, ");
    assert!(!said.contains("more files"), "{said}");

    folder.file("pets.yaml", &PETS.replace("name: {", "age: {"));
    folder.ended(&["check"], 1, "What changes for callers:");
    folder.ended(&["document"], 0, "openapi: 3.1");
    folder.file("pets.yaml", "swagger: '1.2'\n");
    folder.ended(&["generate"], 2, "nothing was written");
}

#[test]
fn a_crate_in_a_workspace_opens_none() {
    let folder = Folder::new();
    folder.file("Cargo.toml", "[workspace]\nmembers = [\"crates/pets\"]\n");
    folder.file("pets.yaml", PETS);
    folder.ended(
        &["init", "pets.yaml", "--out", "crates/pets"],
        0,
        "writes the crate to crates/pets",
    );
    folder.ended(&["generate"], 0, "pet-store in crates/pets: ");
    assert!(!folder.text("crates/pets/Cargo.toml").contains("[workspace]"));
}

#[test]
fn any_document_comes_through_a_pipe() {
    let folder = Folder::new();
    folder.file("pets.yaml", PETS);
    folder.piped(
        "pets.yaml",
        &["generate", "--spec", "-", "--out", "pets"],
        0,
        "pet-store in pets: ",
    );
    let header = |said: &str| assert_eq!(folder.text("pets/src/lib.rs").lines().next(), Some(said));
    header("// @generated from an OpenAPI description: edit that, not this.");
    // Whatever it is called, it is the same document.
    let from_file = |command| [command, "--spec", "pets.yaml", "--out", "pets"];
    folder.ended(&from_file("check"), 0, "pet-store in pets: up to date");
    folder.ended(&from_file("generate"), 0, "written pets/src/lib.rs");
    header("// @generated from an OpenAPI description, pets.yaml: edit that, not this.");
    let piped = ["check", "--spec", "-", "--out", "pets"];
    folder.piped("pets.yaml", &piped, 0, "pet-store in pets: up to date");
    folder.piped("pets.yaml", &["document", "-"], 0, "/pets/{id}");
    folder.piped("pets.yaml", &["init", "-"], 64, "save the document first");
    folder.ended(&["init", "missing.yaml"], 2, "cannot read `missing.yaml`");
    folder.file("page.html", "<html>");
    folder.ended(&["init", "page.html"], 2, "`page.html` is refused, nothing was written");
    folder.file("mine.txt", "");
    folder.ended(&["init", "pets.yaml", "--out", "."], 2, "choose a new or empty folder");
    assert!(!folder.path("codegen.toml").exists());
}

#[test]
fn every_command_says_how_it_is_used() {
    let folder = Folder::new();
    for command in [
        "diff",
        "pages",
        "init",
        "generate",
        "check",
        "watch",
        "explain",
        "document",
        "completions",
        "man",
    ] {
        let said = folder.ended(
            &[command, "--help"],
            0,
            &format!("Examples:\n  openapi-crate {command}"),
        );
        assert!(said.contains("\nExit codes:\n"), "{said}");
        assert!(!said.contains("of this repository"), "{said}");
    }
    folder.ended(&["--version"], 0, "openapi-crate ");
    folder.ended(&[], 64, "Usage: openapi-crate <COMMAND>");
    folder.ended(
        &["explain", "dangling-reference"],
        0,
        "Correct the pointer, or add what it names.",
    );
    folder.ended(&["explain", "error[syntax]:"], 0, "*refused.*");
    folder.ended(
        &["explain", "dangling-refrence"],
        64,
        "did you mean `dangling-reference`?",
    );
    folder.ended(&["explain"], 0, "\nwrong-shape");
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        folder.ended(&["completions", shell], 0, "openapi-crate");
    }
    folder.ended(&["man"], 0, ".TH openapi-crate 1");
    folder.ended(&["man", "pages"], 0, "");
    assert!(folder.text("pages/openapi-crate-generate.1").contains("pets"));
}

#[test]
fn a_change_of_a_document_is_breaking_or_it_is_not() {
    let folder = Folder::new();
    folder.file("old.yaml", PETS);
    folder.file("same.yaml", &PETS.replace("A pet.", "One pet."));
    folder.file("more.yaml", &PETS.replace("name: {", "age: { type: integer }, name: {"));
    folder.file("less.yaml", &PETS.replace("name: {", "age: {"));
    folder.ended(&["diff", "old.yaml", "same.yaml"], 0, "no new version is needed");
    folder.ended(&["diff", "old.yaml", "more.yaml"], 0, "a new minor version");
    let at = |host: &str| {
        let variable = format!("https://{{host}}.vendor.test', variables: {{ host: {{ default: {host} }} }} }}]");
        PETS.replace("https://pets.vendor.test }]", &variable)
            .replace("url: ", "url: '")
    };
    folder.file("pets.yaml", &at("pets"));
    folder.file("cats.yaml", &at("cats"));
    folder.ended(
        &["diff", "pets.yaml", "cats.yaml"],
        3,
        "behaviour  calls go to `https://cats.vendor.test`, went to `https://pets.vendor.test`",
    );
    let by_default = |most: u8| {
        let parameter = format!("{{ name: most, in: query, schema: {{ type: integer, default: {most} }} }}");
        PETS.replace("parameters: [", &format!("parameters: [{parameter}, "))
    };
    folder.file("fifty.yaml", &by_default(50));
    folder.file("twenty.yaml", &by_default(20));
    folder.ended(
        &["diff", "fifty.yaml", "twenty.yaml"],
        3,
        "without `most` the server takes `20`, took `50`",
    );
    folder.ended(
        &["diff", "old.yaml", "less.yaml"],
        4,
        "1 breaking, 0 behaviour, 1 additive: a new major version",
    );
    folder.ended(
        &["diff", "old.yaml", "less.yaml"],
        4,
        "breaking   changed `models::Pet`: `name` is gone (less.yaml:14)\n",
    );
    folder.file("none.yaml", &PETS.replace("/pets/{id}", "/pet/{id}"));
    let said = folder.ended(&["diff", "old.yaml", "none.yaml"], 4, "(GET /pets/{id}) (old.yaml:6)\n");
    assert!(said.contains("(GET /pet/{id}) (none.yaml:6)\n"), "{said}");
    let said = folder.piped("old.yaml", &["diff", "-", "less.yaml", "--changelog"], 4, "");
    assert_eq!(
        said,
        "### Breaking\n\n* changed `models::Pet`: `name` is gone\n\n### Added\n\n* changed `models::Pet`: `age: Option<String>` is new\n"
    );
    folder.ended(&["diff", "old.yaml", "missing.yaml"], 2, "cannot read `missing.yaml`");
    folder.ended(&["diff", "old.yaml", "old.yaml"], 64, "the same file");
    // What an overlay does to one of both, it does to that; what it does to none is a mistake.
    let overlay = |targets: &[&str]| {
        let action = |target: &&str| format!("  - {{ target: \"{target}\", update: {{ description: Laid. }} }}\n");
        let actions: String = targets.iter().map(action).collect();
        format!("overlay: 1.0.0\ninfo: {{ title: Laid, version: '1' }}\nactions:\n{actions}")
    };
    folder.file(
        "over.yaml",
        &overlay(&["$.paths['/pets/{id}'].get", "$.info", "$.paths['/pet/{id}'].get"]),
    );
    let over = ["diff", "old.yaml", "none.yaml", "--overlay", "over.yaml"];
    folder.ended(
        &over,
        4,
        "`over.yaml`: `$.paths['/pets/{id}'].get` matches nothing in `none.yaml`\n",
    );
    folder.ended(
        &over,
        4,
        "`over.yaml`: `$.paths['/pet/{id}'].get` matches nothing in `old.yaml`\n",
    );
    folder.file("over.yaml", &overlay(&["$.info", "$.paths['/dogs'].get"]));
    folder.ended(
        &over,
        2,
        "`over.yaml`: `$.paths['/dogs'].get` matches nothing in either document",
    );
    // As the settings have it, and under the names that they give.
    folder.file(
        "codegen.toml",
        "[targets.pets]\ndocument = \"old.yaml\"\noutput = \"pets\"\nrename = { types = { Pet = \"Animal\" } }\n",
    );
    let with_settings = ["diff", "old.yaml", "less.yaml", "--target", "pets"];
    folder.ended(&with_settings, 4, "changed `models::Animal`: `name` is gone");
    folder.ended(
        &["diff", "old.yaml", "less.yaml", "--target", "pet"],
        64,
        "there is no target `pet`",
    );
    folder.file(
        "colour.yaml",
        "overlay: 1.0.0\ninfo: {title: Colour, version: '1'}\n\
         actions: [{target: $.components.schemas.Pet.properties, update: {colour: {type: string}}}]\n",
    );
    folder.ended(
        &["diff", "old.yaml", "same.yaml", "--overlay", "colour.yaml"],
        0,
        "no new version is needed",
    );
}

#[test]
fn rules_for_pages_are_proposed_and_followed() {
    let folder = Folder::new();
    folder.file("pets.yaml", PETS);
    folder.ended(
        &["pages", "pets.yaml"],
        0,
        "pets.yaml: 0 rules for 0 operations, 0 uncertain, 0 with pages already",
    );
    let list = "get:
      parameters: [{ name: PARAMETER, in: query, schema: { type: string } }]
      responses: { '200': { description: Pets., content: { application/json: { schema: { type: object, properties: {
        next_cursor: { type: string }, pets: { type: array, items: { type: string } } } } } } } }
";
    let [sure, doubt] = ["cursor", "limit"].map(|name| list.replace("PARAMETER", name));
    let paths = format!("paths:\n  /pets:\n    {sure}  /cats:\n    {doubt}");
    folder.file("lists.yaml", &PETS.replace("paths:\n", &paths));
    let output = folder.command(&["pages", "lists.yaml"]).output().unwrap();
    let said = check(
        &output,
        0,
        "Not certain: nothing that can be sent is known to take `next_cursor`\n  GET /cats",
    );
    assert!(
        said.contains("lists.yaml: 1 rule for 1 operation, 1 uncertain"),
        "{said}"
    );
    // What the standard output has is the overlay.
    fs::write(folder.path("pages.yaml"), &output.stdout).unwrap();
    folder.ended(
        &[
            "generate",
            "--spec",
            "lists.yaml",
            "--overlay",
            "pages.yaml",
            "--out",
            "lists",
            "--strict",
        ],
        0,
        "3 operations, 3 types; 2 notes",
    );
    let manifest = folder.text("lists/.openapi-manifest.json");
    assert!(manifest.contains("\"items\": "), "{manifest}");
    folder.ended(&["pages", "missing.yaml"], 2, "cannot read `missing.yaml`");
    folder.file("old.yaml", "swagger: '1.2'\n");
    folder.ended(&["pages", "old.yaml"], 2, "`old.yaml` is refused");
    folder.ended(&["pages"], 2, "`openapi-crate init DOCUMENT` writes one");
}

#[test]
fn a_document_is_what_was_fetched() {
    let folder = Folder::new();
    folder.file("pets.yaml", PETS);
    folder.ended(&["init", "pets.yaml", "--out", "pets"], 0, "");
    folder.ended(&["generate", "--update"], 64, "no document has a source");
    let settings = folder.text("codegen.toml");
    let with = |sha256: &str| {
        // Of a host that nobody asks.
        let source =
            format!("source = {{ url = 'https://pets.vendor.test/pets.yaml', sha256 = '{sha256}' }}\noutput =");
        settings.replacen("output =", &source, 1)
    };
    folder.file("codegen.toml", &with(&"0".repeat(64)));
    let said = folder.ended(
        &["generate"],
        0,
        "warning: `pets.yaml` is not what was fetched from its source",
    );
    let (_, sha256) = said.split_once("its sha256 is ").unwrap();
    folder.ended(&["check"], 1, "`openapi-crate generate --update` fetches it");
    folder.file("codegen.toml", &with(&sha256[..64]));
    folder.ended(&["check"], 0, "up to date");
    folder.ended(&["check", "--update"], 64, "only `openapi-crate generate` fetches");
    folder.ended(&["watch", "--update"], 64, "only `openapi-crate generate` fetches");
    folder.ended(
        &["generate", "--update", "--spec", "pets.yaml", "--out", "other"],
        64,
        "cannot be used with",
    );
}

/// A command that ends with the test.
struct Watcher(Child);

impl Drop for Watcher {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

#[test]
fn what_is_saved_is_generated() {
    let folder = Folder::new();
    let (paths, _) = PETS.split_once("components:").unwrap();
    folder.file("pets.yaml", &paths.replace("'#/components/schemas/Pet'", "pet.yaml"));
    folder.file("pet.yaml", "{ type: object, properties: { name: { type: string } } }");
    folder.ended(&["watch"], 2, "`openapi-crate init DOCUMENT` writes one");
    folder.ended(&["init", "pets.yaml", "--out", "pets"], 0, "");
    let mut child = folder
        .command(&["watch"])
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut errors = child.stderr.take().unwrap();
    let mut watcher = Watcher(child);
    let saw = |model: &str, what: &str| {
        let start = Instant::now();
        while !fs::read_to_string(folder.path(model)).is_ok_and(|text| text.contains(what)) {
            assert!(start.elapsed() < Duration::from_mins(1), "no `{what}` in {model}");
            thread::sleep(Duration::from_millis(20));
        }
    };
    saw("pets/src/models/pet.rs", "name");
    // A file that the document refers to, refused, and mended.
    folder.file("pet.yaml", "{ type: object, properties: { age: { type: integer } } }");
    saw("pets/src/models/pet.rs", "age");
    folder.file("pets.yaml", "swagger: '1.2'\n");
    thread::sleep(Duration::from_millis(600));
    folder.file("pets.yaml", &PETS.replace("name: {", "colour: {"));
    saw("pets/src/models/pet.rs", "colour");
    assert!(watcher.0.try_wait().unwrap().is_none());
    watcher.0.kill().unwrap();
    let mut said = String::new();
    errors.read_to_string(&mut said).unwrap();
    assert!(said.contains("Swagger 1.2") && said.contains("watching"), "{said}");
}
