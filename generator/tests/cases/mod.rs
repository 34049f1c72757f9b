//! The classes of hazards that a document may hold in; for each item of a class a document that has it out.
//!
//! Schemas, parameters and paths are called differently in all of them, so that one crate can be made of all.

mod modern;
pub(crate) mod names;
mod numbers;
mod references;
mod shapes;
mod sizes;
mod swagger;
mod templates;
mod text;
mod yaml;

use serde_json::{Map, Value, json};

/// One hazard, and a document that has it.
pub(crate) struct Case {
    pub(crate) item: &'static str,
    pub(crate) document: Document,
}

pub(crate) enum Document {
    /// One that becomes part of the crate that is compiled.
    Value(Value),
    /// The same in the newest version that is known.
    Modern(Value),
    /// One of so many definitions that the crate of them takes minutes to compile.
    Vast(Value),
    /// One whose bytes are what matters.
    Bytes(Vec<u8>),
    /// A file among the fixtures.
    Fixture(&'static str),
}

/// The classes by their names.
pub(crate) fn classes() -> [(&'static str, Vec<Case>); 10] {
    [
        ("1_shapes", shapes::cases()),
        ("2_names", names::cases()),
        ("3_references", references::cases()),
        ("4_recursion_and_size", sizes::cases()),
        ("5_numbers", numbers::cases()),
        ("6_yaml", yaml::cases()),
        ("7_path_templates", templates::cases()),
        ("8_text", text::cases()),
        ("9_openapi_3_1_and_3_2", modern::cases()),
        ("10_swagger_2", swagger::cases()),
    ]
}

/// The documents to compile, as few as there can be.
pub(crate) struct Merged {
    pub(crate) usual: Value,
    pub(crate) modern: Value,
    pub(crate) vast: Value,
}

/// All documents to compile.
pub(crate) fn merged() -> Merged {
    let (mut usual, mut modern, mut vast) = (Vec::new(), Vec::new(), Vec::new());
    for Case { item, document } in classes().into_iter().flat_map(|(_, cases)| cases) {
        match document {
            Document::Value(document) => usual.push((item, document)),
            Document::Modern(document) => modern.push((item, document)),
            Document::Vast(document) => vast.push((item, document)),
            Document::Bytes(_) | Document::Fixture(_) => {}
        }
    }
    let [usual, mut modern, vast] = [usual, modern, vast].map(|documents| merge(documents.into_iter()));
    modern["openapi"] = json!("3.2.0");
    Merged { usual, modern, vast }
}

/// Documents with different names in, one with all of them out.
fn merge<'n>(documents: impl Iterator<Item = (&'n str, Value)>) -> Value {
    let mut all = document(json!({}), json!({}));
    for (item, document) in documents {
        for place in [
            "/paths",
            "/components/schemas",
            "/components/parameters",
            "/components/responses",
            "/components/headers",
            "/components/securitySchemes",
        ] {
            let Some(Value::Object(members)) = document.pointer(place) else {
                continue;
            };
            let (parent, name) = place.rsplit_once('/').unwrap_or_default();
            let Some(Value::Object(parent)) = all.pointer_mut(parent) else {
                continue;
            };
            let Value::Object(into) = parent.entry(name).or_insert_with(|| json!({})) else {
                continue;
            };
            for (key, value) in members {
                let before = into.insert(key.clone(), value.clone());
                assert!(before.is_none(), "`{key}` of `{item}` is in another document too");
            }
        }
        for list in ["servers", "tags"] {
            if let Value::Array(items) = &document[list] {
                let so_far = all[list].as_array().into_iter().flatten();
                all[list] = so_far.chain(items).cloned().collect();
            }
        }
        for name in ["title", "version", "description"] {
            let texts = [&all["info"][name], &document["info"][name]].map(|text| text.as_str().unwrap_or_default());
            all["info"][name] = texts.join("\n\n").into();
        }
    }
    all
}

/// A hazard of schemas. An operation answers with the first of them.
fn schemas(item: &'static str, schemas: Value) -> Case {
    let first = schemas.as_object().and_then(|schemas| schemas.keys().next().cloned());
    let paths = first.map_or_else(
        || json!({}),
        |first| {
            let path = format!(
                "/{}",
                first
                    .escape_default()
                    .to_string()
                    .replace(['\\', '{', '}', '/', '?', '#'], "-")
            );
            json!({ path: { "get": answer(&reference(&first)) } })
        },
    );
    Case {
        item,
        document: Document::Value(document(schemas, paths)),
    }
}

/// The same, of so many definitions that compiling them takes minutes.
fn vast(case: Case) -> Case {
    match case.document {
        Document::Value(document) => Case {
            item: case.item,
            document: Document::Vast(document),
        },
        Document::Modern(_) | Document::Vast(_) | Document::Bytes(_) | Document::Fixture(_) => case,
    }
}

/// A hazard of paths.
fn paths(item: &'static str, paths: Value) -> Case {
    Case {
        item,
        document: Document::Value(document(json!({}), paths)),
    }
}

/// A hazard of one schema of this name.
fn schema(item: &'static str, name: &str, value: Value) -> Case {
    schemas(item, Value::Object(Map::from_iter([(name.to_owned(), value)])))
}

fn bytes(item: &'static str, bytes: impl Into<Vec<u8>>) -> Case {
    Case {
        item,
        document: Document::Bytes(bytes.into()),
    }
}

fn fixture(item: &'static str, path: &'static str) -> Case {
    Case {
        item,
        document: Document::Fixture(path),
    }
}

/// A document of these schemas and paths.
fn document(schemas: Value, paths: Value) -> Value {
    let mut document = json!({
        "openapi": "3.0.3",
        "info": { "title": "Hazards", "version": "1" },
        "paths": {},
        "components": { "schemas": {} },
    });
    document["paths"] = paths;
    document["components"]["schemas"] = schemas;
    document
}

/// An operation that answers with a value of this schema.
fn answer(schema: &Value) -> Value {
    let content = json!({ "application/json": { "schema": schema } });
    json!({ "responses": { "200": { "description": "", "content": content } } })
}

fn reference(name: &str) -> Value {
    json!({ "$ref": format!("#/components/schemas/{name}") })
}

/// `number` members, each under its name.
fn members(number: usize, member: impl Fn(usize) -> (String, Value)) -> Value {
    Value::Object((0..number).map(member).collect::<Map<_, _>>())
}
