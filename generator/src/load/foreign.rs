//! What people hand in that is no OpenAPI document: a text or a value in, what it is and the way out of it out.

use serde_json::{Map, Value};

/// A kind of document that is not read.
pub(super) struct Foreign {
    /// What messages call it, with its article.
    pub(super) name: &'static str,
    sign: Sign,
    /// How to get from it to a document that is read.
    pub(super) way_out: &'static str,
}

/// What gives a kind away.
enum Sign {
    /// The text begins with one of these, in lower case.
    Start(&'static [&'static str]),
    /// The text is markup with one of these near its beginning, in lower case.
    Markup(&'static [&'static str]),
    /// The text is neither YAML nor JSON, and has one of these near its beginning, in lower case.
    Code(&'static [&'static str]),
    /// The text is neither YAML nor JSON, and a line near its beginning begins with one of these, in lower case.
    Line(&'static [&'static str]),
    /// The object has all of these members.
    Members(&'static [&'static str]),
}

const fn foreign(name: &'static str, sign: Sign, way_out: &'static str) -> Foreign {
    Foreign { name, sign, way_out }
}

/// All kinds that are known, the more specific first.
pub(super) const KINDS: &[Foreign] = &[
    foreign(
        "a ZIP archive",
        Sign::Start(&["pk\u{3}\u{4}"]),
        "unpack it and hand in the description inside",
    ),
    foreign(
        "a PDF file",
        Sign::Start(&["%pdf-"]),
        "ask its publisher for the OpenAPI description behind it",
    ),
    foreign(
        "a RAML document",
        Sign::Start(&["#%raml"]),
        "convert it, for example with `oas-raml-converter`, or export OpenAPI from its design tool",
    ),
    foreign(
        "an API Blueprint",
        Sign::Start(&["format: 1a", "format:1a"]),
        "convert it, for example with `apib2swagger`",
    ),
    foreign(
        "a TOML file",
        // Editions are Cargo's too.
        Sign::Line(&[
            "[package]",
            "[workspace]",
            "[dependencies]",
            "[targets.",
            "[project]",
            "[tool.",
            "[build-system]",
        ]),
        "hand in the description itself; settings that name one are given by `--settings`",
    ),
    foreign(
        "a Protocol Buffers file",
        Sign::Code(&["syntax = \"proto", "syntax = 'proto", "edition = \"20"]),
        "let `protoc-gen-openapi` write OpenAPI from it, or use `tonic` for gRPC",
    ),
    foreign(
        "a TypeSpec file",
        Sign::Code(&["import \"@typespec/", "using typespec.", "using http;"]),
        "compile it: `tsp compile . --emit @typespec/openapi3`",
    ),
    foreign(
        "a Smithy model",
        Sign::Code(&["$version: \"", "namespace com.amazonaws"]),
        "build it with the `openapi` plugin of Smithy",
    ),
    foreign(
        "a GraphQL schema",
        Sign::Code(&["type query {", "type query{", "schema {", "extend type ", "directive @"]),
        "use a GraphQL client generator such as `cynic` or `graphql_client`",
    ),
    foreign(
        "a Bruno request",
        Sign::Start(&["meta {"]),
        "export the collection as OpenAPI",
    ),
    foreign(
        "a WSDL description",
        Sign::Markup(&["<wsdl:definitions", "<definitions", "schemas.xmlsoap.org/wsdl"]),
        "SOAP is not REST; put an OpenAPI description before a gateway that translates it",
    ),
    foreign(
        "a WADL description",
        Sign::Markup(&["wadl.dev.java.net", "<application xmlns"]),
        "convert it to OpenAPI, for example with `api-spec-converter`",
    ),
    foreign(
        "an OData metadata document",
        Sign::Markup(&["<edmx:edmx"]),
        "convert it, for example with `odata-openapi`",
    ),
    foreign(
        "an XML schema",
        Sign::Markup(&["<xs:schema", "<xsd:schema"]),
        "describe the operations in OpenAPI; `xml` says how members are written",
    ),
    foreign(
        "an HTML page",
        Sign::Markup(&["<!doctype html", "<html"]),
        "a download link may have led to a login or documentation page; fetch the raw document",
    ),
    foreign(
        "an XML document",
        Sign::Markup(&["<"]),
        "OpenAPI is written in YAML or JSON",
    ),
    foreign(
        "an AsyncAPI document",
        Sign::Members(&["asyncapi"]),
        "its HTTP part can be described in OpenAPI as `webhooks`; brokers have clients of their own",
    ),
    foreign(
        "an Arazzo document",
        Sign::Members(&["arazzo"]),
        "hand in the OpenAPI documents that its `sourceDescriptions` name",
    ),
    foreign(
        "an OpenAPI overlay",
        Sign::Members(&["overlay"]),
        "hand in the document that it is laid over, and this file as `--overlay`",
    ),
    foreign(
        "an OpenRPC document",
        Sign::Members(&["openrpc"]),
        "use a JSON-RPC client such as `jsonrpsee`",
    ),
    foreign(
        "a Swagger 1 document",
        Sign::Members(&["swaggerVersion"]),
        "convert it to Swagger 2.0 or OpenAPI, for example with `api-spec-converter`",
    ),
    foreign(
        "a Postman collection",
        Sign::Members(&["info", "item"]),
        "convert it, for example with `postman-to-openapi`",
    ),
    foreign(
        "a Postman environment",
        Sign::Members(&["_postman_variable_scope"]),
        "export the collection, and convert it",
    ),
    foreign(
        "an Insomnia export",
        Sign::Members(&["_type", "resources"]),
        "export it as OpenAPI",
    ),
    foreign(
        "an Insomnia export",
        Sign::Members(&["type", "collection"]),
        "export it as OpenAPI",
    ),
    foreign(
        "a Google discovery document",
        Sign::Members(&["discoveryVersion"]),
        "convert it, for example with `google-discovery-to-swagger`",
    ),
    foreign(
        "a GraphQL introspection result",
        Sign::Members(&["__schema"]),
        "use a GraphQL client generator such as `cynic` or `graphql_client`",
    ),
    foreign(
        "an HTTP archive (HAR)",
        Sign::Members(&["log"]),
        "describe what it recorded, for example with `har-to-openapi`",
    ),
    foreign(
        "a Smithy model",
        Sign::Members(&["smithy"]),
        "build it with the `openapi` plugin of Smithy",
    ),
    foreign(
        "a botocore service model",
        Sign::Members(&["metadata", "operations", "shapes"]),
        "use the vendor's SDK, or its OpenAPI description",
    ),
    foreign(
        "a Kubernetes object",
        Sign::Members(&["apiVersion", "kind"]),
        "hand in what the server gives at `/openapi/v3` or `/openapi/v2`",
    ),
    foreign("a JSON Schema", Sign::Members(&["$schema"]), JSON_SCHEMA),
    foreign("a JSON Schema", Sign::Members(&["$defs"]), JSON_SCHEMA),
    foreign("a JSON Schema", Sign::Members(&["definitions"]), JSON_SCHEMA),
    foreign("a JSON Schema", Sign::Members(&["type", "properties"]), JSON_SCHEMA),
    foreign(
        "a part of an OpenAPI document",
        Sign::Members(&["paths"]),
        "hand in the document that refers to it, or say which version it is: `openapi: 3.1.1` at its top",
    ),
    foreign(
        "a part of an OpenAPI document",
        Sign::Members(&["components"]),
        "hand in the document that refers to it, or say which version it is: `openapi: 3.1.1` at its top",
    ),
];

const JSON_SCHEMA: &str = "put it under `components.schemas` of an OpenAPI 3.1 document, or refer to it from there";

/// How many characters of a text are looked at.
const NEAR: usize = 2_048;

/// What a text is, where that shows before it is parsed.
pub(super) fn of_text(text: &str) -> Option<&'static Foreign> {
    let start = beginning(text);
    KINDS.iter().find(|kind| match kind.sign {
        Sign::Start(signs) => signs.iter().any(|sign| start.starts_with(sign)),
        Sign::Markup(signs) => start.starts_with('<') && signs.iter().any(|sign| start.contains(sign)),
        Sign::Code(_) | Sign::Line(_) | Sign::Members(_) => false,
    })
}

/// What a text is that is neither YAML nor JSON, or that is all there is of a document.
pub(super) fn of_code(text: &str) -> Option<&'static Foreign> {
    let start = beginning(text);
    KINDS.iter().find(|kind| match kind.sign {
        Sign::Code(signs) => signs.iter().any(|sign| start.contains(sign)),
        Sign::Line(signs) => start
            .lines()
            .any(|line| signs.iter().any(|sign| line.starts_with(sign))),
        Sign::Start(_) | Sign::Markup(_) | Sign::Members(_) => false,
    })
}

/// What an object is that names no version of OpenAPI, and the member that gives it away.
pub(super) fn of_object(root: &Map<String, Value>) -> Option<(&'static str, &'static Foreign)> {
    KINDS.iter().find_map(|kind| match kind.sign {
        Sign::Members(members) if members.iter().all(|member| root.contains_key(*member)) => {
            members.first().map(|member| (*member, kind))
        }
        Sign::Start(_) | Sign::Markup(_) | Sign::Code(_) | Sign::Line(_) | Sign::Members(_) => None,
    })
}

fn beginning(text: &str) -> String {
    let text = text.trim_start_matches(['\u{feff}', ' ', '\t', '\r', '\n']);
    text.chars().take(NEAR).collect::<String>().to_ascii_lowercase()
}

#[cfg(test)]
mod tests {
    use std::{fs, path::Path};

    use super::KINDS;

    #[test]
    fn the_page_lists_what_is_refused() {
        let mut page = "# What is not read, and the way out\n\n\
             OpenAPI 3.0, 3.1 and 3.2 and Swagger 2.0 are read, in YAML or JSON. What else people hand in is refused by its name.\n\
             This page is written by a test from the table in `load/foreign.rs`: `UPDATE_DOCS=1 cargo test -p openapi-crate-generator --lib foreign`.\n\n\
             | this is … | the way out |\n|---|---|\n"
            .to_owned();
        let mut known = Vec::new();
        for kind in KINDS {
            let row = format!("| {} | {} |\n", kind.name, kind.way_out);
            if !known.contains(&row) {
                page.push_str(&row);
                known.push(row);
            }
        }
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/refused.md");
        if std::env::var_os("UPDATE_DOCS").is_some() {
            fs::write(&path, &page).unwrap();
        }
        assert_eq!(
            fs::read_to_string(&path).unwrap_or_default(),
            page,
            "run it with UPDATE_DOCS=1"
        );
    }
}
