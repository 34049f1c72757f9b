//! Class 8: text as an attack, in every place that holds text.

use serde_json::{Map, Value, json};

use super::{Case, Document, document};

/// What opens, closes or escapes something in Rust, in its documentation, in TOML, in a path or on a terminal. Where
/// one of them became more than text, the crate would have an item called `pwned`, or a test that panics.
pub(crate) const ATTACKS: &[(&str, &str)] = &[
    ("quotes", "\"'`\"#\"##"),
    ("an end of a string", "\"; } pub fn pwned() {} //"),
    ("an end of a raw string", "\"#; pub fn pwned() {} r#\""),
    ("a new line", "a\npub fn pwned() {}\n"),
    ("a carriage return", "a\rpub fn pwned() {}\r\npub fn pwned() {}"),
    ("an end of a comment", "*/ pub fn pwned() {} /*"),
    (
        "line separators",
        "a\u{2028}pub fn pwned() {}\u{2029}pub fn pwned() {}\u{85}pub fn pwned() {}",
    ),
    ("marks of direction", "\u{202e}\u{2066}pwned\u{2069}\u{200f}"),
    ("a code fence", "```\npanic!(\"pwned\")\n```"),
    ("a code fence of tildes", "~~~rust\npanic!(\"pwned\")\n~~~"),
    ("a fence that stays open", "````\n```\npanic!(\"pwned\")"),
    ("indented code", "a\n\n    panic!(\"pwned\")\n\tpanic!(\"pwned\")\n"),
    (
        "code in a list",
        "* a\n\n      panic!(\"pwned\")\n\n> ```\n> panic!(\"pwned\")\n> ```",
    ),
    (
        "an attribute",
        "]\n#![feature(pwned)]\n#[path = \"/etc/passwd\"] mod pwned;",
    ),
    ("TOML", "\"\n[dependencies]\npwned = \"1\"\n[[bin]]\nname = '''"),
    ("a path", "../../pwned"),
    ("another path", "/etc/pwned\\..\\C:\\pwned"),
    ("HTML", "<script>pwned</script><details><b></p>&lt;!--"),
    (
        "links",
        "[a](javascript:pwned) [`pwned`] [b]: x\n[b] <http://pwned> http://pwned \\",
    ),
    (
        "a macro",
        "$crate::pwned!() #[doc = include_str!(\"/etc/passwd\")] {} {0} {pwned}",
    ),
    ("controls", "\u{0}\u{1b}[31m\u{7}\u{8}\u{7f}\u{9b}pwned"),
];

pub(super) fn cases() -> Vec<Case> {
    let cases = ATTACKS.iter().enumerate();
    cases
        .map(|(number, (item, text))| Case {
            item,
            document: Document::Value(attacked(number, text)),
        })
        .collect()
}

/// A document that says `text` wherever something can be said; `number` keeps it apart from others.
fn attacked(number: usize, text: &str) -> Value {
    let own = |place: &str| format!("{place} {number} {text}");
    let described = |mut value: Value| {
        value["title"] = text.into();
        value["description"] = text.into();
        value["x-remark"] = text.into();
        value
    };
    let object = json!({
        "type": "object",
        "required": [text],
        "externalDocs": { "url": text, "description": text },
        "properties": {
            text: described(json!({ "type": "string", "default": text, "example": text, "pattern": text, "format": text })),
            "values": described(json!({ "type": "string", "enum": [text, own("value")], "default": text })),
            "mixed": described(json!({ "enum": [text, 1, { "a": text }] })),
            "nested": described(json!({ "type": "object", "properties": { text: { "type": "integer" } } })),
        },
    });
    let name = own("Text");
    let reference = json!({ "$ref": format!("#/components/schemas/{}", name.replace('~', "~0").replace('/', "~1").replace('%', "%25")) });
    let union = json!({
        "oneOf": [reference, { "type": "object", "required": [text], "properties": { text: { "type": "string" } } }],
        "discriminator": { "propertyName": text, "mapping": { text: reference["$ref"], own("b"): text } },
    });
    let parameter = |place: &str, name: &str| {
        json!({ "name": name, "in": place, "required": place == "path", "description": text, "example": text,
                "schema": { "type": "string", "default": text, "enum": [text] } })
    };
    let content =
        json!({ text: { "schema": reference, "example": text }, "application/json": { "schema": reference } });
    let form = json!({ "schema": reference, "encoding": { text: { "contentType": text } } });
    let operation = json!({
        "operationId": own("operation"),
        "tags": [own("tag"), "text"],
        "summary": text,
        "description": text,
        "externalDocs": { "url": text },
        "parameters": [
            parameter("path", "id"), parameter("query", text), parameter("query", &own("q")), parameter("cookie", "c"),
            parameter("header", "X-Text"), parameter("header", text),
        ],
        "requestBody": { "description": text, "content": { "multipart/form-data": form, text: {} } },
        "responses": {
            "200": { "description": text, "content": content, "headers": { text: { "description": text, "schema": { "type": "string" } }, "X-A": { "schema": { "type": "string", "enum": [text] } } } },
            "4XX": { "description": text, "content": { "application/json": { "schema": union } } },
            "default": { "description": text },
        },
        "security": [{ own("key"): [text] }],
        "servers": [{ "url": text, "description": text }],
    });
    let paths = Map::from_iter([(
        format!("/text/{number}/{{id}}/{text}"),
        json!({ "post": operation, "summary": text }),
    )]);
    let schemas = Map::from_iter([
        (name, described(object)),
        (own("TextUnion"), described(union)),
        (
            own("TextValues"),
            described(json!({ "type": "string", "enum": [text] })),
        ),
        (
            own("TextList"),
            described(json!({ "type": "array", "items": reference })),
        ),
    ]);
    let mut document = document(schemas.into(), paths.into());
    document["components"]["securitySchemes"] =
        json!({ own("key"): { "type": "apiKey", "in": "header", "name": format!("X-{number}"), "description": text } });
    document["info"] = json!({
        "title": text, "version": text, "description": text, "termsOfService": text,
        "license": { "name": text, "url": text }, "contact": { "name": text, "url": text, "email": text },
    });
    document["servers"] = json!([{ "url": format!("https://{{host}}/{text}"), "description": text,
        "variables": { "host": { "default": text, "enum": [text, "b"], "description": text } } }, { "url": text }]);
    document["tags"] = json!([{ "name": own("tag"), "description": text, "externalDocs": { "url": text } }]);
    document
}
