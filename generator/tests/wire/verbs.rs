//! Operations of every method in, request lines out; which are sent again when the answer says that it may help.

use std::time::Duration;

use it::prelude::Error;
use it::runtime::RetryPolicy;
use serde_json::Value;

use crate::server::Server;

#[tokio::test]
async fn methods_are_sent_in_their_own_case() {
    let server = Server::start();
    let client = server.client();
    let verbs = client.verbs();
    verbs.get("a b").await.unwrap();
    assert_eq!(server.request().line, "GET /verbs/a%20b HTTP/1.1");
    verbs.delete("a").own(3).await.unwrap();
    assert_eq!(server.request().line, "DELETE /verbs/a?own=3 HTTP/1.1");
    verbs.link("a").await.unwrap();
    assert_eq!(server.request().line, "LINK /verbs/a HTTP/1.1");
    verbs.purge("a").await.unwrap();
    assert_eq!(server.request().line, "purge /verbs/a HTTP/1.1");
}

#[tokio::test]
async fn a_query_has_a_body_and_an_answer() {
    let server = Server::start();
    server.answer("200 OK", &["content-type: application/json"], "3");
    let found = server.client().verbs().query("a").body("b").await.unwrap();
    assert_eq!(found, 3);
    assert_eq!(
        server.request().to_string(),
        "QUERY /verbs/a\ncontent-type: application/json\ncontent-length: 3\n\n\"b\""
    );
    server.answer("200 OK", &["content-type: application/json"], "0");
    server.client().verbs().query("a").await.unwrap();
    assert_eq!(server.request().header("content-length"), ["0"]);
}

/// Nobody knows what a method of any name does when it is repeated, but who describes it.
#[tokio::test]
async fn only_what_is_known_to_do_no_harm_is_repeated() {
    let tick = Duration::from_millis(1);
    let requests = async |call: &str| {
        let server = Server::start();
        server.answer("500 Oh", &[], "");
        let retry = RetryPolicy::default().attempts(2).backoff(tick, tick);
        let client = server.builder().retry(retry).build().unwrap();
        let verbs = client.verbs();
        let _: Result<(), Error<Value>> = match call {
            "query" => verbs.query("a").await.map(drop),
            "link" => verbs.link("a").await,
            _ => verbs.purge("a").await,
        };
        server.requests().len()
    };
    let sent = [requests("query").await, requests("link").await, requests("purge").await];
    assert_eq!(sent, [2, 1, 2]);
}
