//! A document and an overlay in, the document in effect and what is said of both out.
//!
//! One snapshot for each folder of `fixtures/overlays`. To take a change over: `cargo insta review`, or run the tests
//! with `INSTA_UPDATE=always` and read the difference.

use std::{fs, path::Path};

use generator::{Config, Input, Source, diagnostics::render, generate, in_effect, input::NoFiles, ir};

#[test]
fn every_overlay_is_laid() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/overlays");
    let mut folders: Vec<_> = fs::read_dir(&folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    folders.sort();
    assert!(folders.len() > 4, "the fixtures are in {}", folder.display());
    for folder in folders {
        let [document, overlay] = ["document.yaml", "overlay.yaml"].map(|name| fs::read(folder.join(name)).unwrap());
        let overlays = [Source {
            name: "overlay.yaml",
            bytes: &overlay,
        }];
        let input = Input {
            source: Source {
                name: "document.yaml",
                bytes: &document,
            },
            files: &NoFiles,
            overlays: &overlays,
            earlier: None,
        };
        let said = match generate(input, &Config::default()) {
            Ok(generated) => {
                let drawn = render(&generated.diagnostics, &generated.sources, false);
                format!("{}\n{}", in_effect(input).unwrap().yaml, drawn.trim_end())
            }
            Err(refusal) => format!(
                "refused\n\n{}",
                render(&refusal.problems, &refusal.sources, false).trim_end()
            ),
        };
        insta::with_settings!({ snapshot_path => "snapshots/overlays", prepend_module_to_snapshot => false, omit_expression => true }, {
            insta::assert_snapshot!(folder.file_name().unwrap().to_str().unwrap(), said);
        });
    }
}

/// What is printed is the document that the generator works on, in another version of OpenAPI.
#[test]
fn the_document_in_effect_says_the_same() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/lower");
    let mut compared = 0;
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap();
        let bytes = fs::read(&path).unwrap();
        let Ok(effect) = in_effect(&Source { name, bytes: &bytes }) else {
            continue;
        };
        let described = |bytes: &[u8]| {
            generate(&Source { name, bytes }, &Config::default()).map(|generated| ir::describe(&generated.api))
        };
        let (before, after) = (described(&bytes).unwrap(), described(effect.yaml.as_bytes()).unwrap());
        let mut differences = before.lines().zip(after.lines()).filter(|(one, other)| one != other);
        assert_eq!(differences.next(), None, "{name}: {}", effect.yaml);
        compared += 1;
    }
    assert!(compared > 20, "{compared} documents were compared");
}
