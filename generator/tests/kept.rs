//! A document and twins of all that it describes in, the names that one who has the crate of the document keeps out: all.

use std::{fs, path::Path};

use generator::{Config, Input, Manifest, Source, input::NoFiles, manifest};

/// What `document` becomes with `overlay` laid over it, for one who has `earlier`.
fn manifest_of(document: &[u8], overlay: Option<&[u8]>, earlier: Option<&Manifest>) -> Manifest {
    let name = "twins.yaml";
    let overlays: Vec<Source<'_>> = overlay.map(|bytes| Source { name, bytes }).into_iter().collect();
    let input = Input {
        source: Source {
            name: "shop.yaml",
            bytes: document,
        },
        files: &NoFiles,
        overlays: &overlays,
        earlier,
    };
    Manifest::of(input, &Config::default()).unwrap_or_else(|refusal| panic!("{refusal}"))
}

#[test]
fn a_twin_takes_nobodys_name() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/kept");
    let document = fs::read(folder.join("shop.yaml")).unwrap();
    let twins = fs::read(folder.join("twins.yaml")).unwrap();
    let before = manifest_of(&document, None, None);
    let after = manifest_of(&document, Some(&twins), Some(&before));
    let changes = manifest::changes(&before, &after);
    insta::assert_snapshot!(changes.join("\n"));
    // And again, by one who has the crate with the twins.
    let later = manifest_of(&document, Some(&twins), Some(&after));
    assert_eq!(manifest::changes(&after, &later), [""; 0]);
    let without = manifest_of(&document, None, Some(&after));
    let gone = manifest::changes(&before, &without);
    assert_eq!(gone, [""; 0], "when the twins go, all is as it was");
}
