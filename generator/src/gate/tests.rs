//! Documents, a question each, in; for each of their definitions what it is there for out.

use crate::{
    Config, Source,
    gate::{Gate, Root},
};

/// A path with one operation of the group `tag`, whose answer is `schema`.
fn path(tag: &str, schema: &str) -> String {
    format!(
        "  /{tag}: {{get: {{tags: [{tag}], responses: {{200: {{description: ok, content: {{application/json: {{schema: \
         {schema}}}}}}}}}}}}}\n"
    )
}

fn of(name: &str) -> String {
    format!("{{$ref: '#/components/schemas/{name}'}}")
}

/// A line for each definition: its name, and what it is there with.
fn gates(paths: &[String], rest: &str) -> String {
    let text = format!(
        "openapi: 3.1.0\ninfo: {{title: Gates, version: '1'}}\npaths:\n{}{rest}",
        paths.concat()
    );
    let source = Source {
        name: "gates.yaml",
        bytes: text.as_bytes(),
    };
    let config = Config {
        tag_features: true,
        ..Config::default()
    };
    let named = crate::understand(&source, &config, &|_| ()).expect("a document");
    let shown = |root: &Root| match root {
        Root::Group(index) => named.names.groups[*index].wire.clone(),
        Root::Webhooks => "(webhooks)".to_owned(),
    };
    let line = |id| {
        let gate = match named.gates.of(id) {
            Gate::Always => "always".to_owned(),
            Gate::Any(roots) => roots.iter().map(shown).collect::<Vec<_>>().join(", "),
        };
        format!("{}: {gate}", named.names.of(id))
    };
    let mut lines: Vec<String> = named.api.types.ids().map(line).collect();
    lines.sort();
    lines.join("\n")
}

#[test]
fn a_model_is_there_with_any_group_that_reaches_it_and_what_all_reach_always() {
    let paths = [path("a", &of("A")), path("b", &of("B")), path("c", &of("All"))];
    let schemas = "components: {schemas: {A: {properties: {one: {$ref: '#/components/schemas/One'}, of: {$ref: '#/components/schemas/Two'}}}, \
                   B: {properties: {of: {$ref: '#/components/schemas/Two'}}}, One: {enum: [x]}, \
                   Two: {properties: {of: {$ref: '#/components/schemas/All'}}}, All: {properties: {x: {type: string}}}}}";
    insta::assert_snapshot!(gates(&paths, schemas), @r"
    A: a
    All: always
    B: b
    One: a
    Two: a, b
    ");
}

#[test]
fn what_stands_anywhere_in_an_operation_is_reached() {
    let all = "  /a: {post: {tags: [a], parameters: [{name: p, in: query, schema: {$ref: '#/components/schemas/P'}}], \
               requestBody: {content: {multipart/form-data: {schema: {properties: {part: {$ref: '#/components/schemas/Part'}}}}}}, \
               responses: {200: {description: ok, headers: {h: {schema: {$ref: '#/components/schemas/H'}}}, content: \
               {application/jsonl: {itemSchema: {$ref: '#/components/schemas/Item'}}}}, \
               default: {description: no, content: {application/json: {schema: {$ref: '#/components/schemas/E'}}}}}}}\n";
    let schemas = "components: {schemas: {P: {enum: [p]}, Part: {properties: {x: {type: string}}}, H: {enum: [h]}, \
                   Item: {properties: {x: {type: string}}}, E: {properties: {x: {type: string}}}, Unasked: {type: string}}}";
    insta::assert_snapshot!(gates(&[all.to_owned(), path("b", "{type: string}")], schemas), @r"
    E: a
    H: a
    Item: a
    P: a
    Part: a
    Unasked: always
    ");
}

#[test]
fn what_is_reached_through_maps_lists_unions_tuples_and_rings_is_reached() {
    let a = "{properties: {map: {additionalProperties: {items: {$ref: '#/components/schemas/InMap'}}}, \
             tuple: {type: array, prefixItems: [{type: string}, {$ref: '#/components/schemas/InTuple'}]}, \
             union: {oneOf: [{$ref: '#/components/schemas/Ring'}, {type: string}]}}}";
    let schemas = "components: {schemas: {InMap: {enum: [x]}, InTuple: {enum: [x]}, \
                   Ring: {properties: {ring: {$ref: '#/components/schemas/Other'}}}, \
                   Other: {properties: {ring: {$ref: '#/components/schemas/Ring'}}}}}";
    insta::assert_snapshot!(gates(&[path("a", a), path("b", &of("Other"))], schemas), @r"
    AGetResponse: a
    AGetResponseTuple: a
    AGetResponseUnion: a
    InMap: a
    InTuple: a
    Other: always
    Ring: always
    ");
}

#[test]
fn what_nobody_asks_for_is_always_there_with_all_that_it_holds() {
    let paths = [path("a", &of("Held")), path("b", "{type: string}")];
    let schemas = "components: {schemas: {Unasked: {properties: {of: {$ref: '#/components/schemas/Held'}}}, \
                   Held: {properties: {of: {$ref: '#/components/schemas/Deep'}}}, Deep: {enum: [x]}}}";
    insta::assert_snapshot!(gates(&paths, schemas), @r"
    Deep: always
    Held: always
    Unasked: always
    ");
}

#[test]
fn what_is_written_out_elsewhere_is_there_with_every_name_for_it() {
    let equal = "{properties: {equal: {properties: {of: {$ref: '#/components/schemas/Held'}}}}}";
    let paths = [path("a", equal), path("bb", equal), path("c", "{type: string}")];
    insta::assert_snapshot!(gates(&paths, "components: {schemas: {Held: {enum: [x]}}}"), @r"
    AGetResponse: a, bb
    AGetResponseEqual: a, bb
    BbGetResponse: bb
    BbGetResponseEqual: bb
    Held: a, bb
    ");
}

#[test]
fn what_the_server_sends_is_there_with_the_webhooks() {
    let caller = "  /a: {post: {tags: [a], callbacks: {back: {'{$url}': {post: {requestBody: {content: {application/json: \
                  {schema: {$ref: '#/components/schemas/Back'}}}}, responses: {200: {description: ok}}}}}}, \
                  responses: {204: {description: ok}}}}\n";
    let rest = "webhooks: {sent: {post: {requestBody: {content: {application/json: {schema: {$ref: '#/components/schemas/Sent'}}}}, \
                responses: {200: {description: ok, content: {application/json: {schema: {$ref: '#/components/schemas/Told'}}}}}}}}\n\
                components: {schemas: {Back: {enum: [x]}, Told: {enum: [x]}, \
                Sent: {properties: {of: {$ref: '#/components/schemas/Both'}}}, Both: {enum: [x]}}}";
    let paths = [caller.to_owned(), path("b", &of("Both"))];
    insta::assert_snapshot!(gates(&paths, rest), @r"
    Back: (webhooks)
    Both: b, (webhooks)
    Sent: (webhooks)
    Told: (webhooks)
    ");
}

#[test]
fn a_group_that_is_alone_brings_no_model_along_that_is_not_there_anyway() {
    insta::assert_snapshot!(gates(&[path("a", &of("A"))], "components: {schemas: {A: {enum: [x]}}}"), @r"
    A: always
    ");
}

#[test]
fn where_nothing_can_be_called_there_is_nothing_to_choose() {
    let rest = "webhooks: {sent: {post: {requestBody: {content: {application/json: {schema: {$ref: '#/components/schemas/Sent'}}}}, \
                responses: {200: {description: ok}}}}}\ncomponents: {schemas: {Sent: {enum: [x]}}}";
    insta::assert_snapshot!(gates(&["  {}\n".to_owned()], rest), @"Sent: always");
}
