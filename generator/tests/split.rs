//! Documents in, the same cut into a file for each of their parts, and the same understanding of both out.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::{collections::BTreeMap, fs, path::Path};

use generator::{
    Config, Input, Source, generate,
    input::{FileError, Files},
    ir::describe,
};
use serde_json::{Value, json};

/// Files by their paths.
#[derive(Debug, Default)]
struct Cut(BTreeMap<String, Vec<u8>>);

impl Files for Cut {
    fn read(&self, path: &str) -> Result<Vec<u8>, FileError> {
        self.0.get(path).cloned().ok_or(FileError::Missing)
    }
}

/// What is cut off, and the folder that it goes to.
const PARTS: [(&str, &str); 7] = [
    ("/components/schemas", "schemas"),
    ("/components/responses", "parts/responses"),
    ("/components/parameters", "parts/parameters"),
    ("/components/requestBodies", "parts/bodies"),
    ("/components/headers", "parts/headers"),
    ("/components/securitySchemes", "security"),
    ("/paths", "paths"),
];

#[test]
fn a_document_in_files_is_understood_as_the_whole() {
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures");
    let (mut seen, mut differing) = (0, Vec::new());
    for folder in ["lower", "emitted"] {
        for entry in fs::read_dir(fixtures.join(folder)).unwrap() {
            let path = entry.unwrap().path();
            let Ok(whole) = serde_yaml::from_slice::<Value>(&fs::read(&path).unwrap()) else {
                continue;
            };
            let understood = understand(&whole, &Cut::default());
            let (root, cut) = cut(whole);
            let in_files = understand(&root, &cut);
            // `#` is the whole of the file that it stands in.
            if understood != in_files && !path.ends_with("v31_references_elsewhere.yaml") {
                let diff = similar::TextDiff::from_lines(&understood, &in_files);
                differing.push(format!("{}\n{}", path.display(), diff.unified_diff()));
            }
            seen += usize::from(cut.0.len() > 1);
        }
    }
    assert!(differing.is_empty(), "{}", differing.join("\n"));
    assert!(seen > 30, "{seen} documents had parts");
}

fn understand(root: &Value, files: &Cut) -> String {
    let bytes = serde_json::to_vec(root).unwrap();
    let source = Source {
        name: "openapi.json",
        bytes: &bytes,
    };
    let input = Input {
        files,
        ..Input::from(&source)
    };
    match generate(input, &Config::default()) {
        // Where a ring is broken follows the places of what is in it.
        Ok(generated) => describe(&generated.api).replace("boxed ", ""),
        Err(refusal) => refusal.to_string(),
    }
}

/// The document with a reference for each part, and the files that these lead to.
fn cut(mut root: Value) -> (Value, Cut) {
    let mut files = Cut::default();
    for (place, folder) in PARTS {
        let Some(Value::Object(parts)) = root.pointer_mut(place) else {
            continue;
        };
        let depth = folder.split('/').count();
        for (number, (name, part)) in parts.iter_mut().enumerate().filter(|(_, (_, part))| part.is_object()) {
            if name.starts_with("x-") || place == "/paths" && !name.starts_with('/') {
                continue;
            }
            // A schema is called by its file, and a path in one is no name of a file.
            let stem = if place == "/paths" {
                number.to_string()
            } else {
                name.clone()
            };
            let path = format!("{folder}/{}.json", stem.replace('/', "-"));
            if files.0.contains_key(&path) {
                continue;
            }
            let reference = path.replace('%', "%25").replace('#', "%23").replace('?', "%3F");
            let mut part = std::mem::replace(part, json!({ "$ref": format!("./{reference}") }));
            see_from(&mut part, &"../".repeat(depth));
            files.0.insert(path, serde_json::to_vec(&part).unwrap());
        }
    }
    (root, files)
}

/// Makes references into the document of record those of a file from whose folder it is `up`.
fn see_from(value: &mut Value, up: &str) {
    match value {
        Value::Object(members) => {
            for (name, member) in members {
                let is_reference = name == "$ref" || name == "$dynamicRef";
                match member {
                    Value::String(text) if is_reference && text.starts_with('#') => {
                        *text = format!("{up}openapi.json{text}");
                    }
                    Value::Object(mapping) if name == "mapping" => {
                        for target in mapping.values_mut() {
                            if let Value::String(text) = target
                                && text.starts_with('#')
                            {
                                *text = format!("{up}openapi.json{text}");
                            }
                        }
                    }
                    member => see_from(member, up),
                }
            }
        }
        Value::Array(items) => items.iter_mut().for_each(|item| see_from(item, up)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}
