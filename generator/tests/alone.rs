//! Documents without a single operation in, what their crates are made of out: the files, and what they depend on.
//!
//! That they compile without a warning is found out in `compiled.rs`.

use std::{fmt::Write as _, fs, path::Path};

use generator::{Config, EntryValue, Source, generate};

#[test]
fn a_crate_has_what_its_document_needs() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/alone");
    let mut files: Vec<_> = fs::read_dir(&folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    files.sort();
    let mut shown = String::new();
    for file in files {
        let bytes = fs::read(&file).unwrap();
        let name = file.file_stem().unwrap().to_str().unwrap();
        let generated = generate(&Source { name, bytes: &bytes }, &Config::default()).unwrap();
        assert!(generated.diagnostics.is_empty(), "{name}: {:?}", generated.diagnostics);
        let package = &generated.files.package;
        let description = package.entry("description");
        assert!(matches!(description, Some(EntryValue::Text(_))), "{name}");
        let Some(EntryValue::Text(description)) = description else {
            continue;
        };
        let _ = writeln!(shown, "{name}: {description}");
        for path in generated.files.sources.keys() {
            let _ = writeln!(shown, "  {path}");
        }
        let names: Vec<&str> = package.dependencies.iter().map(|it| it.name.as_str()).collect();
        let _ = writeln!(shown, "  depends on {}", names.join(", "));
        assert!(
            package.features.is_empty() && package.dev_dependencies.is_empty(),
            "{name}"
        );
    }
    insta::with_settings!({ omit_expression => true }, { insta::assert_snapshot!("alone", shown) });
}
