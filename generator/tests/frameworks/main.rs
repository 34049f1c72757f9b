//! What web frameworks say of servers in, clients that call every operation of the running server out.
//!
//! The servers lie here, in Rust (axum and utoipa) and in Python (`FastAPI`), and so do the programs that call them, which
//! become tests of the generated crates.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod python;
#[path = "../scratch/mod.rs"]
#[expect(dead_code, reason = "here, documents are not merged")]
mod scratch;
#[expect(unused_qualifications, reason = "the macro of utoipa writes them")]
mod workshop;

use std::fs;

use scratch::{Scratch, tests};
use serde_json::Value;

/// A crate from `document`, with the program of that name as its test.
fn client(name: &str, document: &str) -> Scratch {
    // One workspace for each, since they are built side by side.
    let scratch = Scratch::new(name, &["client"]);
    scratch.write("client", &serde_json::from_str::<Value>(document).unwrap());
    let folder = scratch.member("client").join("tests");
    fs::create_dir_all(&folder).unwrap();
    let program = tests().join(format!("frameworks/calls/{name}.rs"));
    fs::copy(program, folder.join("calls.rs")).unwrap();
    scratch
}

/// Has a crate call the server at `port` of this machine.
fn call(scratch: &Scratch, port: u16) {
    let server = format!("http://127.0.0.1:{port}");
    scratch.cargo_with(&["test", "--test=calls"], &[("SERVER", &server)]);
}

/// Every operation of the document was called, as far as the server says.
#[track_caller]
fn assert_all_called(document: &str, called: &str) {
    let document: Value = serde_json::from_str(document).unwrap();
    let paths = document["paths"].as_object().unwrap().iter();
    let operations = paths.flat_map(|(path, item)| {
        let methods = item.as_object().unwrap().keys();
        methods.map(move |method| format!("{} {path}", method.to_uppercase()))
    });
    let missed: Vec<_> = operations
        .filter(|operation| !called.lines().any(|line| line == operation))
        .collect();
    assert_eq!(missed, [""; 0], "{called}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_in_axum_and_utoipa_is_called() {
    let called = workshop::Called::default();
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    let router = workshop::router(called.clone());
    tokio::spawn(async { axum::serve(listener, router).await.unwrap() });
    let document = workshop::document();
    let scratch = client("workshop", &document);
    tokio::task::spawn_blocking(move || call(&scratch, port)).await.unwrap();
    assert_all_called(&document, &called.lock().unwrap());
}

#[test]
#[ignore = "minutes; `cargo test --workspace --all-features --tests -- --ignored at_length` runs it"]
fn a_server_in_fastapi_is_called_at_length() {
    let kept = fs::read_to_string(tests().join("frameworks/shop.json")).unwrap();
    let Some(python) = python::installed() else {
        eprintln!("skipped: without Python, or what it needs of PyPI, the client is built and calls nobody");
        client("shop", &kept).cargo(&["test", "--no-run", "--test=calls"]);
        return;
    };
    let document = python.document();
    assert_eq!(
        document, kept,
        "tests/frameworks/shop.json is not what FastAPI makes of shop.py"
    );
    let scratch = client("shop", &document);
    // Built first, so that the server is there for the calls only.
    scratch.cargo(&["test", "--no-run", "--test=calls"]);
    let server = python.serve();
    call(&scratch, server.port);
    assert_all_called(&document, &server.end());
}
