//! The committed settings, documents and crates in, every difference from a fresh run out.

use std::{fs, path::Path};

use generator::{Input, Manifest, Source, config::Settings, generate, input::Folder, output};

#[test]
fn what_is_committed_is_what_the_documents_give() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../spec");
    let bytes = fs::read(folder.join("codegen.toml")).unwrap();
    let settings = Settings::read(&Source {
        name: "spec/codegen.toml",
        bytes: &bytes,
    })
    .unwrap();
    for (name, target) in &settings.targets {
        let document = folder.join(&target.document);
        let bytes = fs::read(&document).unwrap();
        let source = Source {
            name: &target.document,
            bytes: &bytes,
        };
        let home = Folder::of(document.parent().unwrap()).unwrap();
        let files = target.files.iter().map(|open| folder.join(open));
        let files = files.fold(home, |home, open| home.and(&open).unwrap());
        let output = folder.join(target.output.as_deref().unwrap());
        let earlier = fs::read_to_string(output.join(Manifest::PATH)).unwrap();
        let earlier = Manifest::from_json(&earlier);
        let input = Input {
            files: &files,
            earlier: earlier.as_ref(),
            ..Input::from(&source)
        };
        let generated = generate(input, &target.config).unwrap();
        assert_eq!(generated.unmatched, [], "settings of `{name}` that match nothing");
        let drift = output::compare(&generated.files, &output).unwrap();
        let diffs: String = drift.files.into_iter().map(|(_, diff)| diff).collect();
        assert!(diffs.is_empty(), "{diffs}\n`cargo xtask codegen {name}` mends this");
    }
}
