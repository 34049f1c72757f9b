//! Documents of several files with one idea each in, what they are understood as and what is said about them out.
//!
//! One snapshot for each folder of `fixtures/files`, whose document of record is its `openapi.yaml`. To take a change
//! over: `cargo insta review`, or run the tests with `INSTA_UPDATE=always` and read the difference.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::{fs, path::Path};

use generator::{
    Config, Input, Refusal, Source,
    diagnostics::render,
    generate, in_effect,
    input::Folder,
    ir::{Api, describe},
};

/// How much is enough for a person to read at once.
const LONGEST_SNAPSHOT: usize = 150;

#[test]
fn every_fixture_is_understood_as_before() {
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/files");
    let entries = fs::read_dir(&fixtures).unwrap();
    let mut folders: Vec<_> = entries.map(|entry| entry.unwrap().path()).collect();
    folders.sort();
    assert!(folders.len() > 20, "the fixtures are in {}", fixtures.display());
    for folder in folders {
        let name = folder.file_name().unwrap().to_str().unwrap();
        let text = fs::read_to_string(folder.join("openapi.yaml")).unwrap();
        assert!(text.starts_with("# "), "{name} does not say its idea");
        let understood = shown(&folder, text.as_bytes());
        assert!(
            understood.lines().count() <= LONGEST_SNAPSHOT,
            "{name} is more than anybody reads:\n{understood}"
        );
        insta::with_settings!({ snapshot_path => "snapshots/files", prepend_module_to_snapshot => false, omit_expression => true }, {
            insta::assert_snapshot!(name, understood);
        });
    }
}

#[test]
fn what_is_in_effect_stands_alone() {
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/files");
    let mut seen = 0;
    for folder in fs::read_dir(&fixtures).unwrap() {
        let folder = folder.unwrap().path();
        let bytes = fs::read(folder.join("openapi.yaml")).unwrap();
        let files = Folder::of(&folder).unwrap();
        let source = Source {
            name: "openapi.yaml",
            bytes: &bytes,
        };
        let input = Input {
            files: &files,
            ..Input::from(&source)
        };
        let (Ok(whole), Ok(effect)) = (generate(input, &Config::default()), in_effect(input)) else {
            continue;
        };
        let source = Source {
            name: "effect.yaml",
            bytes: effect.yaml.as_bytes(),
        };
        let alone = generate(&source, &Config::default()).unwrap();
        let operations = |api: &Api| -> Vec<String> {
            let operations = api.operations.iter();
            operations
                .map(|operation| format!("{} {:?}", operation.template, operation.method))
                .collect()
        };
        assert_eq!(operations(&whole.api), operations(&alone.api), "{}", folder.display());
        seen += 1;
    }
    assert!(seen > 20, "{seen} documents were read");
}

/// The IR, then what is drawn.
fn shown(folder: &Path, bytes: &[u8]) -> String {
    let files = Folder::of(folder).unwrap();
    let source = Source {
        name: "openapi.yaml",
        bytes,
    };
    let input = Input {
        files: &files,
        ..Input::from(&source)
    };
    match generate(input, &Config::default()) {
        Ok(generated) => {
            let drawn = render(&generated.diagnostics, &generated.sources, false);
            let names = generated.manifest.types.iter().map(|entry| {
                let key = entry.schema.as_ref().or(entry.pointer.as_ref());
                format!("{} is {}\n", key.unwrap(), entry.path)
            });
            let names: String = names.collect();
            format!("{}\n{names}\n{}", describe(&generated.api), drawn.trim_end())
        }
        Err(Refusal { problems, sources }) => format!("refused\n\n{}", render(&problems, &sources, false).trim_end()),
    }
}
