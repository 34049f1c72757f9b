//! Two manifests in, the sentences out.

use insta::assert_snapshot;

use super::{changes, compare};
use crate::manifest::Manifest;

const OLD: &str = r#"{
    "features": ["cats", "dogs"],
    "client": { "new": ["user", "password"], "scheme": "login", "credentials": { "login": "login", "key": "key" },
        "servers": { "test": "Test", "live": "Live" } },
    "types": [
        { "schema": "Ticket", "path": "models::Ticket", "kind": "struct", "members": {
            "id": { "wire": "id", "type": "String", "required": true },
            "note": { "wire": "note", "type": "Option<String>" },
            "gone": { "wire": "gone", "type": "i64" } } },
        { "schema": "State", "path": "models::State", "kind": "enum", "members": { "On": { "wire": "on" } } },
        { "schema": "Event", "path": "models::Event", "kind": "union", "members": {
            "Made": { "wire": "made", "type": "Made" }, "Gone": { "wire": "", "type": "Gone" } } },
        { "path": "models::TicketOwner", "kind": "struct" },
        { "schema": "Old", "path": "models::Old", "kind": "alias" }
    ],
    "operations": [
        { "method": "POST", "path": "/a", "call": "client.a().create",
          "parameters": [{ "name": "dry_run", "wire": "dryRun", "in": "query", "type": "bool", "required": false }],
          "parts": { "multipart/form-data": { "file": "file", "name": "name", "dueAt": "due_at" } },
          "headers": { "x-gone": "x_gone", "x-left": "x_left" }, "body": "body",
          "request": { "application/json": "Ticket" }, "responses": { "200": "Ticket", "204": "()" } },
        { "method": "GET", "path": "/b", "call": "client.b().list",
          "doors": { "text": "String", "events": "EventStream<Ticket>" } },
        { "method": "GET", "path": "/c", "call": "client.c().list" }
    ],
    "webhooks": [
        { "name": "made", "method": "POST", "path": "webhooks::Webhook::Made", "told_by": "type: made",
          "payloads": { "application/json": "models::Ticket" }, "responses": { "200": "()" } },
        { "name": "gone", "method": "POST", "path": "webhooks::Webhook::Gone" },
        { "name": "gone", "operation": "POST /a", "method": "POST", "path": "webhooks::ACreateCallback::Gone" }
    ]
}"#;

const NEW: &str = r#"{
    "features": ["birds", "dogs"],
    "client": { "new": ["base_url", "secret"], "scheme": "token", "credentials": { "token": "token", "key": "api_key" },
        "servers": { "live": "Production" } },
    "types": [
        { "schema": "Ticket", "path": "models::Ticket", "kind": "struct", "members": {
            "id": { "wire": "id", "type": "i64", "required": true },
            "note": { "wire": "note", "type": "Option<String>", "required": true },
            "state": { "wire": "state", "type": "State", "required": true } } },
        { "schema": "State", "path": "models::Status", "kind": "enum",
          "members": { "On": { "wire": "ON" }, "Off": { "wire": "off" } } },
        { "schema": "Event", "path": "models::Event", "kind": "union", "members": {
            "Made": { "wire": "", "type": "Made" }, "Gone": { "wire": "gone", "type": "Gone" } } },
        { "schema": "Old", "path": "models::Old", "kind": "enum" },
        { "path": "models::TicketAuthor", "kind": "struct" }
    ],
    "operations": [
        { "method": "POST", "path": "/a", "call": "client.a().create",
          "parameters": [{ "name": "dry_run", "wire": "dryRun", "in": "query", "type": "bool", "required": true },
                         { "name": "limit", "wire": "limit", "in": "query", "type": "i64", "required": false }],
          "parts": { "multipart/form-data": { "file": "file", "note": "note", "dueAt": "due_at_lower" } },
          "headers": { "x-left": "x_left_lower", "x-new": "x_new" }, "body": "call_body",
          "request": { "application/json": "Vec<Ticket>" }, "responses": { "200": "Ticket", "default": "Problem" } },
        { "method": "GET", "path": "/b", "call": "client.b().all", "rejected": ["423 after 2 s", "429"],
          "doors": { "bytes": "ByteStream", "events": "EventStream<Ticket | State>" } },
        { "method": "PUT", "path": "/c", "call": "client.c().replace" }
    ],
    "webhooks": [
        { "name": "made", "method": "PUT", "path": "webhooks::Webhook::MadeIt",
          "payloads": { "application/json": "models::Owner" }, "responses": { "200": "models::Seen" } },
        { "name": "gone", "operation": "POST /a", "method": "POST", "path": "webhooks::ACreateCallback::Gone" },
        { "name": "lost", "operation": "POST /a", "method": "POST", "path": "webhooks::ACreateCallback::Lost" }
    ]
}"#;

#[test]
fn every_kind_of_change_is_said() {
    let (old, new) = (
        Manifest::from_json(OLD).expect("JSON"),
        Manifest::from_json(NEW).expect("JSON"),
    );
    let said = compare(&old, &new).into_iter();
    let said = said.map(|change| format!("{:<10}{}", change.kind.as_str(), change.text));
    assert_snapshot!(said.collect::<Vec<_>>().join("\n"));
    assert!(changes(&new, &new).is_empty());
    assert_eq!(Manifest::from_json(&new.to_json()).as_ref(), Some(&new));
}
