//! Class 11: documents of several files; what lies in them, and how they are called.

use std::collections::BTreeMap;

use serde_json::{Value, json};

/// A hazard of files.
pub(crate) struct Case {
    pub(crate) item: &'static str,
    /// The document of record.
    pub(crate) root: Vec<u8>,
    /// The files by the paths under which they are asked for.
    pub(crate) files: BTreeMap<String, Vec<u8>>,
}

/// As many as one document may refer to, and one more.
const MANY: usize = 10_000;
const FAR: usize = 2_000;

pub(crate) fn cases() -> Vec<Case> {
    let mut cases = rings();
    cases.extend(contents());
    cases.extend(kinds());
    cases.extend(spellings());
    cases.extend(numbers());
    cases
}

/// References that lead out, or nowhere. What is no path is not asked for; what leads up is the folder's to refuse.
pub(crate) const ESCAPES: [&str; 32] = [
    "../secret.yaml",
    "a/../../secret.yaml",
    "./../../../../etc/passwd",
    "/etc/passwd",
    "//etc/passwd",
    "///etc/passwd",
    "file:///etc/passwd",
    "file:secret.yaml",
    "FILE:///etc/passwd",
    "%2e%2e/secret.yaml",
    "..%2fsecret.yaml",
    "%2e%2e%2fsecret.yaml",
    "a/%2E%2E/%2E%2E/secret.yaml",
    "%252e%252e/secret.yaml",
    "%2fetc%2fpasswd",
    "..\\secret.yaml",
    "a\\..\\..\\secret.yaml",
    "C:\\secret.yaml",
    "C:/secret.yaml",
    "c:secret.yaml",
    "\\\\server\\share\\secret.yaml",
    "//server/share/secret.yaml",
    "http://127.0.0.1/secret.yaml",
    "https://169.254.169.254/latest/meta-data",
    "ftp://example.test/secret.yaml",
    "data:application/json,{}",
    "javascript:alert(1)",
    "~/secret.yaml",
    "$HOME/secret.yaml",
    "secret.yaml%00.json",
    "secret\u{0}.yaml",
    "nul/../../secret.yaml",
];

/// A document whose only type has a member for each reference.
pub(crate) fn referring(references: &[&str]) -> Vec<u8> {
    let members: serde_json::Map<String, Value> = references
        .iter()
        .enumerate()
        .map(|(at, reference)| (format!("m{at}"), json!({ "$ref": reference })))
        .collect();
    let all = json!({ "type": "object", "properties": members });
    let content = json!({ "application/json": { "schema": { "$ref": "#/components/schemas/All" } } });
    json!({
        "openapi": "3.1.0",
        "info": { "title": "Files", "version": "1" },
        "paths": { "/all": { "get": { "operationId": "all", "responses": { "200": { "description": "", "content": content } } } } },
        "components": { "schemas": { "All": all } },
    })
    .to_string()
    .into_bytes()
}

fn case(item: &'static str, references: &[&str], files: &[(&str, &str)]) -> Case {
    Case {
        item,
        root: referring(references),
        files: files
            .iter()
            .map(|(path, text)| ((*path).to_owned(), text.as_bytes().to_vec()))
            .collect(),
    }
}

fn rings() -> Vec<Case> {
    vec![
        case(
            "two files that are each other",
            &["a.yaml"],
            &[("a.yaml", "$ref: b.yaml"), ("b.yaml", "$ref: a.yaml")],
        ),
        case("a file that is itself", &["a.yaml"], &[("a.yaml", "$ref: a.yaml")]),
        case(
            "a file that is itself, by the empty name",
            &["a.yaml"],
            &[("a.yaml", "$ref: ''"), ("b.yaml", "$ref: '#'")],
        ),
        case(
            "types that hold each other across files",
            &["a.yaml#/A"],
            &[
                (
                    "a.yaml",
                    "A: { type: object, properties: { b: { $ref: 'b.yaml#/B' } } }",
                ),
                (
                    "b.yaml",
                    "B: { type: object, properties: { a: { $ref: 'a.yaml#/A' }, root: { $ref: 'openapi.yaml#/components/schemas/All' } } }",
                ),
            ],
        ),
        case(
            "`allOf` in a ring of three files",
            &["a.yaml"],
            &[
                ("a.yaml", "allOf: [{ $ref: d/b.yaml }]"),
                ("d/b.yaml", "allOf: [{ $ref: ../c.yaml }]"),
                ("c.yaml", "allOf: [{ $ref: ./d/../a.yaml }]"),
            ],
        ),
        case(
            "a step out and in again",
            &["d/a.yaml"],
            &[("d/a.yaml", "$ref: ../d/../b.yaml"), ("b.yaml", "{ type: string }")],
        ),
    ]
}

fn contents() -> Vec<Case> {
    let deep = format!("{}1{}", "[".repeat(5_000), "]".repeat(5_000));
    let mut laughs = "a: &a [l, l, l, l, l, l, l, l, l, l]\n".to_owned();
    for (this, last) in "bcdefghij".chars().zip("abcdefghi".chars()) {
        let ten = vec![format!("*{last}"); 10].join(", ");
        laughs.extend([&format!("{this}: &{this} ["), &ten, "]\n"]);
    }
    let mut cases = vec![
        case("no byte", &["a.yaml", "a.yaml#/A"], &[("a.yaml", "")]),
        case("a comment alone", &["a.yaml"], &[("a.yaml", "# nothing\n")]),
        case(
            "text, a number, a list, null, true",
            &["a.yaml", "b.yaml", "c.yaml", "d.yaml", "e.yaml"],
            &[
                ("a.yaml", "text"),
                ("b.yaml", "5"),
                ("c.yaml", "[{ type: string }]"),
                ("d.yaml", "null"),
                ("e.yaml", "true"),
            ],
        ),
        case(
            "a page that says that there is none",
            &["a.yaml"],
            &[("a.yaml", "<!DOCTYPE html><title>404</title>")],
        ),
        case(
            "a type that is broken",
            &["a.yaml"],
            &[("a.yaml", "type: object\nproperties: [a, b]\nrequired: yes\n")],
        ),
        case("text that is no YAML", &["a.yaml"], &[("a.yaml", "a: [b\nc: }")]),
        case(
            "JSON that is called YAML, and the other way round",
            &["a.yaml", "b.json"],
            &[("a.yaml", "{\"type\":\"string\"}"), ("b.json", "type: string")],
        ),
        case(
            "a key twice",
            &["a.json"],
            &[("a.json", "{\"type\":\"string\",\"type\":\"integer\"}")],
        ),
        case(
            "two documents",
            &["a.yaml"],
            &[("a.yaml", "type: string\n---\ntype: integer\n")],
        ),
        case("5,000 levels", &["a.json"], &[("a.json", &deep)]),
        case("a billion laughs", &["a.yaml#/j"], &[("a.yaml", &laughs)]),
        case(
            "an alias of what lies in another file",
            &["a.yaml"],
            &[("a.yaml", "type: object\nproperties: { a: *b }")],
        ),
        case(
            "a place that is not there, in a file that is",
            &[
                "a.yaml#/B",
                "a.yaml#B",
                "a.yaml#/A/",
                "a.yaml#/%zz",
                "a.yaml#//",
                "a.yaml#/A/type",
            ],
            &[("a.yaml", "A: { type: string }")],
        ),
    ];
    let texts: [(&'static str, &[u8]); 4] = [
        (
            "a byte order mark and line ends of Windows",
            b"\xef\xbb\xbftype: object\r\nproperties:\r\n  a: { type: string }\r\n",
        ),
        ("UTF-16", b"\xff\xfet\x00y\x00p\x00e\x00:\x00 \x00a\x00"),
        ("bytes that are no text", b"\x00\xff\xfe\x80 type: string"),
        ("text of Latin-1", b"description: gr\xfcn\ntype: string\n"),
    ];
    cases.extend(texts.map(|(item, bytes)| Case {
        item,
        root: referring(&["a.yaml"]),
        files: BTreeMap::from([("a.yaml".to_owned(), bytes.to_vec())]),
    }));
    cases
}

/// Everything but schemas may lie in files too, and a file may be another document.
fn kinds() -> Vec<Case> {
    let document = |paths: Value, components: Value| {
        let text = json!({ "openapi": "3.1.0", "info": { "title": "Files", "version": "1" }, "paths": paths, "components": components });
        text.to_string().into_bytes()
    };
    let other = |item, text: &str| {
        case(
            item,
            &["a.yaml#/components/schemas/A", "a.yaml#/definitions/A"],
            &[("a.yaml", text)],
        )
    };
    let of = |path: &str, text: &str| (path.to_owned(), text.as_bytes().to_vec());
    vec![
        Case {
            item: "every kind of object in a file of another kind",
            root: document(
                json!({ "/a": { "$ref": "a.yaml" }, "/b": { "get": { "parameters": [{ "$ref": "a.yaml" }], "requestBody": { "$ref": "a.yaml" }, "responses": { "200": { "$ref": "a.yaml" } } } } }),
                json!({ "securitySchemes": { "a": { "$ref": "a.yaml" } }, "headers": { "a": { "$ref": "a.yaml" } }, "callbacks": { "a": { "$ref": "a.yaml" } }, "pathItems": { "a": { "$ref": "a.yaml" } } }),
            ),
            files: BTreeMap::from([of("a.yaml", "type: string\n")]),
        },
        Case {
            item: "path items in a ring of files",
            root: document(json!({ "/a": { "$ref": "paths/a.yaml" } }), json!({})),
            files: BTreeMap::from([of("paths/a.yaml", "$ref: b.yaml"), of("paths/b.yaml", "$ref: a.yaml")]),
        },
        Case {
            item: "arms by their files",
            root: document(
                json!({}),
                json!({ "schemas": { "Pet": {
                "oneOf": [{ "$ref": "cat.yaml" }, { "$ref": "dog.yaml" }],
                "discriminator": { "propertyName": "kind", "mapping": { "cat": "cat.yaml", "dog": "./dog.yaml", "none": "none.yaml", "out": "../out.yaml" } }
            } } }),
            ),
            files: BTreeMap::from([
                of("cat.yaml", "type: object\nproperties: { kind: { type: string } }\n"),
                of("dog.yaml", "type: object\nproperties: { kind: { type: string } }\n"),
            ]),
        },
        other(
            "a document in 2.0",
            "swagger: '2.0'\ninfo: { title: t, version: '1' }\npaths: {}\ndefinitions: { A: { type: string, x-nullable: true } }\n",
        ),
        other(
            "a document in 3.0",
            "openapi: 3.0.3\ninfo: { title: t, version: '1' }\npaths: {}\ncomponents: { schemas: { A: { type: string, nullable: true, exclusiveMinimum: true } } }\n",
        ),
        other(
            "a document of AsyncAPI",
            "asyncapi: 3.0.0\ninfo: { title: t, version: '1' }\ncomponents: { schemas: { A: { type: string } } }\n",
        ),
    ]
}

fn spellings() -> Vec<Case> {
    let long = format!("{}.yaml", "n".repeat(5_000));
    let text = "{ type: object, properties: { a: { type: string } } }";
    vec![
        case(
            "one file in seven spellings",
            &[
                "a.yaml",
                "./a.yaml",
                ".//a.yaml",
                "b/../a.yaml",
                "a%2Eyaml",
                "a.yaml#",
                "%61.yaml#/",
            ],
            &[("a.yaml", text)],
        ),
        case(
            "two files that differ in case",
            &["a.yaml", "A.yaml"],
            &[("a.yaml", text), ("A.yaml", text)],
        ),
        case(
            "two files that look the same",
            &["é.yaml", "e\u{301}.yaml"],
            &[("é.yaml", text), ("e\u{301}.yaml", text)],
        ),
        case(
            "names that are none for Rust",
            &[
                "self.yaml",
                "👍.yaml",
                "%20.yaml",
                "con.yaml",
                "a b.yaml",
                "1.yaml",
                ".yaml",
                "type",
            ],
            &[
                ("self.yaml", text),
                ("👍.yaml", text),
                (" .yaml", text),
                ("con.yaml", text),
                ("a b.yaml", text),
                ("1.yaml", text),
                (".yaml", text),
                ("type", text),
            ],
        ),
        case(
            "files of one name in three folders",
            &["a/pet.yaml", "b/pet.yaml", "pet.yaml"],
            &[("a/pet.yaml", text), ("b/pet.yaml", text), ("pet.yaml", text)],
        ),
        case("a name of 5,000 letters", &[&long], &[(&long, text)]),
        case(
            "a name of hostile text",
            &["%1b%5b2J%0a.yaml", "\u{202e}a.yaml"],
            &[("\u{1b}[2J\n.yaml", text), ("\u{202e}a.yaml", text)],
        ),
        case(
            "a query behind the name",
            &["a.yaml?version=2", "a.yaml?version=2#/A"],
            &[("a.yaml", text)],
        ),
        case(
            "the document by its own name",
            &["openapi.yaml#/components/schemas/All", "./openapi.yaml"],
            &[],
        ),
    ]
}

fn numbers() -> Vec<Case> {
    let name = |at: usize| format!("f{at}.yaml");
    let many = |number: usize| {
        let names: Vec<String> = (0..number).map(name).collect();
        let files = names
            .iter()
            .map(|name| (name.clone(), b"type: string".to_vec()))
            .collect();
        (referring(&names.iter().map(String::as_str).collect::<Vec<_>>()), files)
    };
    let most = many(MANY);
    let more = many(MANY + 1);
    let chain = |at: usize| {
        if at + 1 < FAR {
            format!("$ref: {}", name(at + 1))
        } else {
            "type: string".to_owned()
        }
    };
    vec![
        Case {
            item: "10,000 files",
            root: most.0,
            files: most.1,
        },
        Case {
            item: "10,001 files",
            root: more.0,
            files: more.1,
        },
        Case {
            item: "a chain of 2,000 files",
            root: referring(&[&name(0)]),
            files: (0..FAR).map(|at| (name(at), chain(at).into_bytes())).collect(),
        },
        Case {
            item: "one file, 10,000 times",
            root: referring(&vec!["a.yaml"; MANY]),
            files: BTreeMap::from([(
                "a.yaml".to_owned(),
                b"type: object\nproperties: { a: { type: string } }".to_vec(),
            )]),
        },
    ]
}
