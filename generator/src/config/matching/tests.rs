//! A document, its API and settings in, the settings that match nothing out.

use serde_json::json;

use super::{nearest, unmatched};
use crate::{
    Config, Diagnostics, Input, Source,
    config::{Described, Everything, Rename, Selector},
    ir::{
        Access, Additional, Api, Capability, Client, Direction, Docs, Equality, Field, Info, Method, Origin, Pointer,
        Presence, Shape, Struct, Type, TypeDef, Types,
    },
    load,
};

/// An API with the one type `Ticket { id }`.
fn api() -> Api {
    let field = Field {
        wire: "id".to_owned(),
        ty: Type::Any,
        presence: Presence::Required,
        access: Access::ReadWrite,
        default: None,
        constant: None,
        docs: Docs::default(),
        tag: None,
        before: None,
        boxed: false,
    };
    let mut types = Types::default();
    types.push(TypeDef {
        origin: Origin::Component("Ticket".to_owned()),
        pointer: Pointer::root(),
        docs: Docs::default(),
        shape: Shape::Struct(Struct {
            fields: vec![field],
            additional: Additional::Implied,
        }),
        capability: Capability {
            eq: Equality::None,
            default: false,
            maybe: false,
        },
        direction: Direction::default(),
        same_as: None,
    });
    Api {
        xml: crate::ir::Xml::default(),
        info: Info::default(),
        servers: Vec::new(),
        types,
        tags: Vec::new(),
        operations: Vec::new(),
        webhooks: Vec::new(),
        telling: Vec::new(),
        security_schemes: Vec::new(),
        client: Client::default(),
        recursion_limit: None,
    }
}

fn config([schema, member, operation, tag, path, format]: [&str; 6]) -> Config {
    let names = |name: &str| [(name.to_owned(), "x".to_owned())].into();
    Config {
        rename: Rename {
            types: names(schema),
            fields: names(member),
            operations: names(operation),
            tags: names(tag),
            ..Rename::default()
        },
        formats: names(format),
        relax: vec![member.to_owned()],
        only: vec![Selector::Tag(tag.to_owned()), Selector::Path(path.to_owned())],
        skip: vec![Selector::Id("list".to_owned())],
        ..Config::default()
    }
}

#[test]
fn what_matches_nothing_is_said_with_what_is_near() {
    let root = json!({
        "openapi": "3.1.0",
        "paths": {},
        "components": { "schemas": { "Ticket": { "properties": { "id": { "format": "uuid" } } } } },
    });
    let bytes = root.to_string().into_bytes();
    let name = "it";
    let source = Source { name, bytes: &bytes };
    let document = load::load(&Input::from(&source), &mut Diagnostics::default()).unwrap();
    let described = Everything {
        operations: vec![Described {
            id: Some("list".to_owned()),
            method: Method::Get,
            path: "/tickets/{id}".to_owned(),
            tags: vec!["Batch".to_owned()],
        }],
        webhooks: Vec::new(),
        ..Everything::default()
    };
    let right = config(["Ticket", "Ticket.id", "GET /tickets/{id}", "Batch", "/tickets", "uuid"]);
    assert_eq!(unmatched(&document, &described, &api(), &right), []);

    let wrong = config(["Tickets", "ticket.Id", "GET /tickets", "Patch", "/ticket/", "date"]);
    let said: Vec<_> = unmatched(&document, &described, &api(), &wrong)
        .into_iter()
        .map(|it| format!("{}: {}; {}", it.pointer, it.message, it.hint.unwrap_or_default()))
        .collect();
    insta::assert_snapshot!(said.join("\n"));
}

#[test]
fn only_what_is_near_is_suggested() {
    assert_eq!(nearest("tikets", ["pets", "tickets"].into_iter()), Some("tickets"));
    assert_eq!(nearest("orders", ["pets", "tickets"].into_iter()), None);
}
