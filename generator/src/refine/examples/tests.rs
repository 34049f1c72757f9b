//! A document with examples in many places in, those that a stand-in answers with out, and what was said of the others.

use std::fmt::Write as _;

use insta::assert_snapshot;

use crate::{Config, Source, generate};

const DOCUMENT: &str = r##"openapi: 3.1.0
info: {title: Shelf, version: "1"}
servers: [{url: "https://shelf.vendor.test"}]
paths:
  /own:
    get:
      operationId: own
      responses: {"200": {description: It., content: {application/json: {schema: {$ref: "#/components/schemas/Book"}, example: {id: 7, title: Tide tables}}}}}
  /several:
    get:
      operationId: several
      responses:
        "201":
          description: It.
          content:
            application/json:
              schema: {type: array, items: {$ref: "#/components/schemas/Book"}}
              examples: {shared: {$ref: "#/components/examples/TwoBooks"}, none: {value: []}}
  /of-schema:
    get:
      operationId: ofSchema
      responses: {"200": {description: It., content: {application/json: {schema: {$ref: "#/components/schemas/Owner"}}}}}
  /of-members:
    get:
      operationId: ofMembers
      responses: {"200": {description: It., content: {application/json: {schema: {type: array, items: {$ref: "#/components/schemas/Loan"}}}}}}
  /as-text:
    get:
      operationId: asText
      responses: {"200": {description: It., content: {application/json: {schema: {$ref: "#/components/schemas/Book"}, example: '{ "id": 8 }'}}}}
  /unfit:
    get:
      operationId: unfit
      responses: {"200": {description: It., content: {application/json: {schema: {$ref: "#/components/schemas/Book"}, example: {id: eight}}}}}
  /unsaid:
    get:
      operationId: unsaid
      responses: {"200": {description: It., content: {application/json: {schema: {$ref: "#/components/schemas/Book"}}}}}
  /number:
    get:
      operationId: number
      responses: {"200": {description: It., content: {text/plain: {schema: {type: string}, example: 42}}}}
  /no-date:
    get:
      operationId: noDate
      responses: {"200": {description: It., content: {text/plain: {schema: {type: string, format: date}, example: today}}}}
  /no-bytes:
    get:
      operationId: noBytes
      responses: {"200": {description: It., content: {application/json: {schema: {type: string, format: byte}, example: "YR=="}}}}
  /lines:
    get:
      operationId: lines
      responses: {"200": {description: It., content: {text/plain: {schema: {type: string}, example: "one\ntwo\n"}}}}
  /one-of:
    get:
      operationId: oneOf
      responses:
        "200":
          description: It.
          content:
            application/json:
              schema:
                oneOf: [{$ref: "#/components/schemas/Book"}, {$ref: "#/components/schemas/Owner"}]
        "404": {description: None., content: {application/json: {schema: {$ref: "#/components/schemas/Owner"}, example: {name: nobody}}}}
  /nothing:
    delete:
      operationId: clear
      responses: {"204": {description: Gone.}}
components:
  examples:
    TwoBooks: {value: [{id: 1}, {id: 2, title: Almanac}]}
  schemas:
    Book: {type: object, required: [id], properties: {id: {type: integer}, title: {type: string}}}
    Owner: {type: object, required: [name], properties: {name: {type: string}}, examples: [{name: Ada}]}
    Loan:
      type: object
      required: [id, owner, kind, days]
      properties:
        id: {type: string, example: loan-1}
        owner: {$ref: "#/components/schemas/Owner"}
        kind: {type: string, const: loan}
        days: {type: integer, default: 14}
        remark: {type: string}
        note: {type: string, example: by the window}
"##;

#[test]
fn what_a_client_can_read_is_an_example() {
    let source = Source {
        name: "shelf.yaml",
        bytes: DOCUMENT.as_bytes(),
    };
    let config = Config {
        mock: true,
        ..Config::default()
    };
    let generated = generate(&source, &config).expect("a document");
    let mut shown = String::new();
    for operation in &generated.api.operations {
        let contents = operation.responses.iter().flat_map(|response| &response.contents);
        for content in contents {
            let example = content.example.as_ref();
            let example = example.map_or_else(|| "nothing".to_owned(), ToString::to_string);
            let _ = writeln!(shown, "{}: {example}", operation.template);
        }
    }
    for diagnostic in &generated.diagnostics {
        let at = diagnostic.location.as_ref().map(|at| at.line);
        let _ = writeln!(shown, "{at:?} {}: {}", diagnostic.code.as_str(), diagnostic.message);
    }
    assert_snapshot!(shown);
}
