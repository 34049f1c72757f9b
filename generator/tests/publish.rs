//! Documents and settings in, packages that cargo would publish without a warning, and that the compiler takes which they name,
//! out.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

#[expect(dead_code, reason = "here, each document has a name")]
mod documents;
#[expect(dead_code, reason = "here, crates have workspaces of their own too")]
mod scratch;

use std::{
    collections::BTreeSet,
    env, fs,
    path::Path,
    process::{Command, Output},
};

use documents::named;
use generator::{Config, EntryValue, Source, config::Settings, generate, output};
use scratch::{Scratch, merged, tests};

/// Documents of all sizes, and where they lie in the folder.
const DOCUMENTS: [(&str, &str); 5] = [
    ("box", "box.com.json"),
    ("hetzner", "hetzner.cloud.json"),
    ("kgsearch", "googleapis.com/kgsearch.json"),
    ("spacetraders", "spacetraders.io.json"),
    ("twilio", "twilio.com/twilio_lookups_v1.json"),
];

/// What a document does not say.
const SETTINGS: &str = r#"
[targets.NAME]
document = "NAME.json"
output = "NAME"
name = "published-by-nobody-NAME"
standalone = true

[targets.NAME.package]
license = "MIT"
repository = "https://vendor.test/NAME.git"
keywords = ["NAME"]
publish = true
"#;

/// What cargo says whenever it only tries.
const TRIED: &str = "warning: aborting upload due to dry run";

#[test]
#[ignore = "asks crates.io, and takes minutes: `OPENAPI_DOCUMENTS=… cargo test -p openapi-crate-generator --test publish -- --ignored published`"]
fn crates_of_real_documents_can_be_published() {
    let root = Path::new(env!("CARGO_TARGET_TMPDIR"));
    for (name, path) in DOCUMENTS {
        let Some(path) = named(path) else { continue };
        let text = SETTINGS.replace("NAME", name);
        let settings = Settings::read(&Source {
            name: "codegen.toml",
            bytes: text.as_bytes(),
        });
        let target = settings
            .unwrap_or_else(|refusal| panic!("{refusal}"))
            .targets
            .swap_remove(name)
            .unwrap();
        let bytes = fs::read(&path).unwrap();
        let generated = generate(&Source { name, bytes: &bytes }, &target.config).unwrap();
        let folder = root.join("published").join(name);
        output::write(&generated.files, &folder).unwrap();
        let mut cargo = Command::new(env!("CARGO"));
        cargo
            .args(["publish", "--dry-run", "--allow-dirty"])
            .current_dir(&folder);
        let said = said(
            &cargo
                .env("CARGO_TARGET_DIR", root.join("published/target"))
                .output()
                .unwrap(),
        );
        assert!(warnings(&said).is_empty() && said.contains(TRIED), "{name}: {said}");
        eprintln!(
            "{name}: {}",
            said.lines().find(|line| line.contains("Packaged")).unwrap_or_default()
        );
    }
}

#[test]
#[ignore = "asks crates.io, and takes minutes: `cargo test -p openapi-crate-generator --test publish -- --ignored published`"]
fn our_own_crates_can_be_published() {
    // Of a version that it has unpacked or built once, cargo believes that it is what it was.
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("published-own");
    let _ = fs::remove_dir_all(&folder);
    let mut cargo = Command::new(env!("CARGO"));
    cargo
        .args(["publish", "--dry-run", "--allow-dirty"])
        .args(["--package=openapi-crate-generator", "--package=openapi-crate"])
        .current_dir(tests().join("../.."))
        .env("CARGO_TARGET_DIR", folder.join("target"))
        .env("CARGO_HOME", folder.join("home"));
    let said = said(&cargo.output().unwrap());
    assert!(warnings(&said).is_empty() && said.contains(TRIED), "{said}");
    let packaged = said.lines().filter(|line| line.contains("Packaged"));
    packaged.for_each(|line| eprintln!("{line}"));
    let _ = fs::remove_dir_all(&folder);
}

/// What cargo warns of.
fn warnings(said: &str) -> Vec<&str> {
    let lines = said.lines();
    lines
        .filter(|line| line.starts_with("warning") && *line != TRIED)
        .collect()
}

#[test]
#[ignore = "needs that compiler: `rustup toolchain install 1.91.0 --profile minimal`"]
fn the_oldest_compiler_takes_what_is_emitted() {
    let scratch = Scratch::new("oldest", &["ideas", "whole"]);
    let whole = fs::read_to_string(tests().join("fixtures/whole.yaml")).unwrap();
    scratch.write("ideas", &merged(&tests().join("fixtures/emitted")));
    let config = Config {
        whole_runtime: true,
        ..Config::default()
    };
    scratch.write_with("whole", &serde_yaml::from_str(&whole).unwrap(), config);
    let manifest = fs::read_to_string(scratch.member("whole").join("Cargo.toml")).unwrap();
    let version = manifest
        .lines()
        .find_map(|line| line.strip_prefix("rust-version = "))
        .unwrap();
    let mut cargo = Command::new("rustup");
    let version = format!("{}.0", version.trim_matches('"'));
    cargo.args(["run", &version, "cargo", "check", "--workspace", "--all-features"]);
    // Cargo tells its children which compiler they are to use.
    for variable in ["CARGO", "RUSTC", "RUSTUP_TOOLCHAIN"] {
        cargo.env_remove(variable);
    }
    cargo.current_dir(scratch.member("."));
    let output = cargo.env("RUSTFLAGS", "--deny=warnings").output().unwrap();
    assert!(output.status.success(), "{}", said(&output));
}

#[test]
fn a_package_says_what_the_settings_say() {
    let text = SETTINGS.replace("NAME", "pets");
    let settings = Settings::read(&Source {
        name: "codegen.toml",
        bytes: text.as_bytes(),
    });
    let config = settings.unwrap().targets.swap_remove("pets").unwrap().config;
    let bytes = br#"{ "openapi": "3.0.3", "info": { "title": "Pets", "version": "9" }, "paths": {} }"#;
    let generated = generate(
        &Source {
            name: "pets.json",
            bytes,
        },
        &config,
    )
    .unwrap();
    let entry = |key| generated.files.package.entry(key).cloned();
    assert_eq!(entry("license"), Some(EntryValue::Text("MIT".to_owned())));
    assert_eq!(entry("publish"), Some(EntryValue::Flag(true)));
    // The version of an API is none of a crate.
    assert_eq!(entry("version"), Some(EntryValue::Text("0.1.0".to_owned())));
    let readme = &generated.files.sources[generator::README];
    assert!(
        readme.contains("<https://docs.rs/published-by-nobody-pets>"),
        "{readme}"
    );
    assert!(readme.contains("licensed under MIT"), "{readme}");
}

/// Of a folder that has a manifest, cargo packages nothing.
#[test]
fn the_generator_is_packaged_with_the_runtime() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut cargo = Command::new(env!("CARGO"));
    cargo
        .args(["package", "--list", "--allow-dirty", "--offline"])
        .current_dir(root);
    let output = cargo.output().unwrap();
    let listed = String::from_utf8_lossy(&output.stdout);
    let listed: BTreeSet<&str> = listed.lines().collect();
    assert!(
        output.status.success() && listed.contains("src/lib.rs"),
        "{}",
        said(&output)
    );
    let sources = below(&root.join("runtime/src"), root);
    let missing: Vec<_> = sources.iter().filter(|path| !listed.contains(path.as_str())).collect();
    assert!(sources.len() > 100 && missing.is_empty(), "{missing:?}");
    assert!(listed.contains("runtime/manifest.toml"), "{listed:?}");
}

#[test]
fn the_generator_has_the_manifest_of_the_runtime() {
    let runtime = Path::new(env!("CARGO_MANIFEST_DIR")).join("runtime");
    let manifest = fs::read_to_string(runtime.join("crate/Cargo.toml")).unwrap();
    if env::var_os("UPDATE_DOCS").is_some() {
        fs::write(runtime.join("manifest.toml"), &manifest).unwrap();
    }
    assert!(
        fs::read_to_string(runtime.join("manifest.toml")).unwrap() == manifest,
        "`UPDATE_DOCS=1 cargo test -p openapi-crate-generator --test publish` copies runtime/crate/Cargo.toml to runtime/manifest.toml"
    );
    for target in fs::read_dir(runtime.join("tests")).unwrap() {
        let main = target.unwrap().path().join("main.rs");
        let path = format!("\"../{}\"", main.strip_prefix(&runtime).unwrap().display());
        assert!(
            !main.exists() || manifest.contains(&path),
            "no `[[test]]` of the runtime has the path {path}"
        );
    }
}

/// The files below a folder, as paths below `root`.
fn below(folder: &Path, root: &Path) -> Vec<String> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files.extend(below(&path, root));
        } else {
            files.push(path.strip_prefix(root).unwrap().display().to_string());
        }
    }
    files
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}
