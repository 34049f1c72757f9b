//! Documents with faults in what the settings leave out in, what is still said of them out: nothing of what nobody gets.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use generator::{Source, config::Settings, generate};

const DOCUMENT: &str = r##"
openapi: 3.0.3
info: {title: Left out, version: "1"}
paths:
  /kept:
    get:
      operationId: kept
      unknwon: 1
      responses:
        "200": {description: Done., content: {application/json: {schema: {$ref: "#/components/schemas/Kept"}}}}
  /other:
    get:
      operationId: other
      unknwon: 2
      parameters: [{name: a, in: query, schema: {type: integer, default: none}}]
      responses:
        "200":
          description: Done.
          content:
            application/json:
              schema: {$ref: "#/components/schemas/Other"}
            application/yaml:
              schema: {type: object, properties: {inside: {$ref: "#/components/schemas/Nowhere"}}}
components:
  schemas:
    Kept: {type: object, properties: {a: {$ref: "#/components/schemas/Nowhere"}}}
    Other: {type: object, properties: {b: {$ref: "#/components/schemas/Nowhere"}}}
"##;

/// The codes and places of what is said, with these `settings` of the target.
fn said(settings: &str) -> Vec<String> {
    let toml = format!("[targets.it]\ndocument = \"it.yaml\"\noutput = \"out\"\n{settings}");
    let read = |name, text| Source { name, bytes: text };
    let settings = Settings::read(&read("codegen.toml", toml.as_bytes())).unwrap();
    let generated = generate(&read("it", DOCUMENT.as_bytes()), &settings.targets["it"].config).unwrap();
    let diagnostics = generated.diagnostics.iter();
    diagnostics
        .map(|diagnostic| format!("{} at {}", diagnostic.code.as_str(), diagnostic.pointer))
        .collect()
}

#[test]
fn everything_is_said_of_the_whole() {
    insta::assert_debug_snapshot!(said(""), @r#"
    [
        "unknown-member at /paths/~1kept/get/unknwon",
        "unknown-member at /paths/~1other/get/unknwon",
        "mismatched-default at /paths/~1other/get/parameters/0/schema/default",
        "unsupported-media-type at /paths/~1other/get/responses/200/content/application~1yaml",
        "dangling-reference at /components/schemas/Kept/properties/a/$ref",
        "dangling-reference at /components/schemas/Other/properties/b/$ref",
    ]
    "#);
}

#[test]
fn an_operation_that_is_left_out_is_not_spoken_of() {
    insta::assert_debug_snapshot!(said("skip = [{ id = \"other\" }]"), @r#"
    [
        "unknown-member at /paths/~1kept/get/unknwon",
        "dangling-reference at /components/schemas/Kept/properties/a/$ref",
        "dangling-reference at /components/schemas/Other/properties/b/$ref",
    ]
    "#);
    assert_eq!(said("skip = [{ id = \"other\" }]"), said("only = [{ id = \"kept\" }]"));
}

#[test]
fn nor_is_a_model_that_goes_with_it() {
    insta::assert_debug_snapshot!(said("prune = true\nskip = [{ id = \"other\" }]"), @r#"
    [
        "unknown-member at /paths/~1kept/get/unknwon",
        "dangling-reference at /components/schemas/Kept/properties/a/$ref",
    ]
    "#);
}
