//! A crate whose build script has the generator in, a program with a client as a module of it out.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

#[allow(dead_code, reason = "shared with tests of crates that stand alone")]
mod scratch;

use std::{
    fs,
    path::{Path, PathBuf},
    process::Output,
};

use generator::{Config, Source, generate};
use scratch::{cargo, merged, tests};

/// A folder with a crate that cargo builds, in the target folder of all crates that are built here.
struct Crate {
    folder: PathBuf,
}

impl Crate {
    fn new(name: &str) -> Self {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
        fs::create_dir_all(folder.join("src")).unwrap();
        fs::copy(tests().join("../../Cargo.lock"), folder.join("Cargo.lock")).unwrap();
        Self { folder }
    }

    fn file(&self, path: &str, text: &str) {
        let path = self.folder.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        if fs::read_to_string(&path).is_ok_and(|there| there == text) {
            return;
        }
        fs::write(path, text).unwrap();
    }

    fn run(&self, arguments: &[&str]) -> (bool, String) {
        let output = cargo(&self.folder).args(arguments).output().unwrap();
        let Output { status, stdout, stderr } = output;
        let [out, err] = [stdout, stderr].map(|bytes| String::from_utf8(bytes).unwrap());
        (status.success(), format!("{err}{out}"))
    }

    #[track_caller]
    fn cargo(&self, arguments: &[&str]) -> String {
        let (is_done, said) = self.run(arguments);
        assert!(is_done, "cargo {}\n{said}", arguments.join(" "));
        said
    }
}

const MANIFEST: &str = "\
[package]
name = \"with-all-features\"
version = \"0.0.0\"
edition = \"2024\"

[workspace]

[profile.dev]
debug = false
incremental = false

[build-dependencies]
generator = { package = \"openapi-crate-generator\", path = \"GENERATOR\" }
";

#[test]
#[ignore = "minutes; `cargo test --workspace --all-features --tests -- --ignored at_length` runs it"]
fn a_client_is_a_module_of_another_crate_at_length() {
    let example = tests().join("build");
    let program = Crate::new("with-build-script");
    let generator = env!("CARGO_MANIFEST_DIR").replace('\\', "/");
    for path in [
        "build.rs",
        "codegen.toml",
        "openapi.yaml",
        "schemas/pet.yaml",
        "src/main.rs",
    ] {
        program.file(path, &fs::read_to_string(example.join(path)).unwrap());
    }
    let manifest = fs::read_to_string(example.join("Cargo.toml")).unwrap();
    let settings = "[profile.dev]\ndebug = false\nincremental = false\n";
    let manifest = manifest
        .replace("../..", &generator)
        .replace("[workspace]\n", &format!("[workspace]\n\n{settings}"));
    program.file("Cargo.toml", &manifest);
    let said = program.cargo(&["run"]);
    assert!(said.contains("openapi.yaml:28:22: `not` is ignored"), "{said}");
    assert!(said.ends_with("7 is Rex\nnone is away\n7 is Rex\n"), "{said}");
}

/// All that is emitted for the fixtures, as a module of a library, with all features.
#[test]
#[ignore = "minutes; for changes of how a module is made: `cargo test -p openapi-crate-generator --test build -- --ignored module_too`"]
fn all_that_is_emitted_is_a_module_too() {
    let generator = env!("CARGO_MANIFEST_DIR").replace('\\', "/");
    let document = serde_json::to_vec(&merged(&tests().join("fixtures/emitted"))).unwrap();
    let name = "openapi.json";
    let generated = generate(&Source { name, bytes: &document }, &Config::default()).unwrap();
    let features: Vec<&String> = generated.files.package.features.keys().collect();
    let library = Crate::new("with-all-features");
    library.file(name, str::from_utf8(&document).unwrap());
    library.file(
        "build.rs",
        &format!(
            "//! All features.\n\nfn main() -> Result<(), generator::BuildError> {{\n    \
             generator::Build::new({name:?}).module(\"within::ideas\").features({features:?}).write()\n}}\n"
        ),
    );
    library.file(
        "src/lib.rs",
        "//! A library.\n#![deny(clippy::pedantic, missing_docs, unreachable_pub)]\n\n/// What is generated.\npub mod within \
         {\n    include!(concat!(env!(\"OUT_DIR\"), \"/ideas.rs\"));\n}\n",
    );
    let manifest = MANIFEST.replace("GENERATOR", &generator);
    library.file("Cargo.toml", &manifest);
    let (is_done, said) = library.run(&["check"]);
    assert!(!is_done, "it depends on nothing");
    // What is said to be missing is all that is missing.
    let lines = said.lines().skip_while(|line| line.trim() != "[dependencies]");
    let lines: Vec<&str> = lines.take_while(|line| !line.is_empty()).map(str::trim).collect();
    assert!(lines.len() > 10, "{said}");
    library.file("Cargo.toml", &format!("{manifest}\n{}\n", lines.join("\n")));
    library.cargo(&["check"]);
    // Lints are off in the module, so that what rustdoc finds is looked for.
    let said = library.cargo(&["rustdoc", "--", "--force-warn=rustdoc::broken_intra_doc_links"]);
    assert!(!said.contains("unresolved link"), "{said}");
    library.cargo(&["test", "--doc"]);
}
