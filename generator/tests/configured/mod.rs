//! A document with its settings under `x-settings` in, both out.

use generator::{Source, config::Settings};
use serde_json::Value;

/// The text of a `codegen.toml` with the one target `name`, and what it says.
pub(crate) fn settings(name: &str, document: &Value) -> (String, Settings) {
    let own = document["x-settings"].as_str().unwrap();
    let toml = format!("[targets.{name}]\ndocument = \"{name}.yaml\"\noutput = \"out\"\n{own}");
    let source = Source {
        name: "codegen.toml",
        bytes: toml.as_bytes(),
    };
    let settings = Settings::read(&source).unwrap_or_else(|refusal| panic!("{name}: {refusal}"));
    (toml, settings)
}
