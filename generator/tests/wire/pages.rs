//! Pages as a server tells them in, items and what was asked for out.

use it::api::leaves::NumberedResponse;
use it::models::LeafSearch;
use it::prelude::*;

use crate::server::Server;

const JSON: &str = "content-type: application/json";

/// What was asked for, and behind it the body, with its members in the order of their names.
fn asked(server: &Server) -> Vec<String> {
    let shown = |request: &crate::server::Request| {
        let body: Option<BTreeMap<String, Value>> = serde_json::from_slice(&request.body).ok();
        let body = body.map(|body| format!(" {}", serde_json::to_string(&body).unwrap()));
        format!("{}{}", request.target(), body.unwrap_or_default())
    };
    server.requests().iter().map(shown).collect()
}

macro_rules! ids {
    ($items:expr) => {{
        let items = $items.collect().await.unwrap();
        items.into_iter().map(|leaf| leaf.id).collect::<Vec<_>>().join(" ")
    }};
}

#[tokio::test]
async fn a_cursor_goes_into_the_body_of_the_next_call() {
    let server = Server::start();
    server.answer(
        "200 OK",
        &[JSON],
        r#"{"results":[{"id":"a"},{"id":"b"}],"paging":{"next":{"after":"2"}}}"#,
    );
    server.answer("200 OK", &[JSON], r#"{"results":[{"id":"c"}]}"#);
    let client = server.client();
    assert_eq!(ids!(client.leaves().search(&LeafSearch::new("green")).items()), "a b c");
    let asked = asked(&server);
    assert_eq!(asked[0], r#"/leaves/search {"query":"green"}"#);
    assert_eq!(asked[1], r#"/leaves/search {"after":"2","query":"green"}"#);
    assert_eq!(asked.len(), 2);
}

#[tokio::test]
async fn a_link_in_a_header_is_followed_whatever_the_parameters_are_called() {
    let server = Server::start();
    let link = format!("link: <{}/leaves/linked?page=2>; rel=\"next\"", server.url());
    server.answer("200 OK", &[JSON, &link], r#"[{"id":"a"}]"#);
    server.answer("304 Not Modified", &[], "");
    let client = server.client();
    assert_eq!(ids!(client.leaves().linked().items(3).pages(4).call_items()), "a");
    assert_eq!(
        asked(&server),
        ["/leaves/linked?items=3&pages=4", "/leaves/linked?page=2"]
    );
}

#[tokio::test]
async fn the_last_item_leads_on_while_there_is_more() {
    let server = Server::start();
    server.answer(
        "200 OK",
        &[JSON],
        r#"{"data":[{"id":"a"},{"id":"b&c"}],"has_more":true}"#,
    );
    server.answer("200 OK", &[JSON], r#"{"data":[{"id":"d"}],"has_more":false}"#);
    let client = server.client();
    assert_eq!(ids!(client.leaves().after().items()), "a b&c d");
    assert_eq!(asked(&server), ["/leaves/after", "/leaves/after?starting_after=b%26c"]);
}

#[tokio::test]
async fn pages_are_counted_until_one_is_empty_and_an_answer_that_is_no_page_is_an_error() {
    let server = Server::start();
    server.answer("200 OK", &[JSON], r#"{"found":{"leaves":[{"id":"a"}]}}"#);
    server.answer("200 OK", &[JSON], r#"{"found":{"leaves":null}}"#);
    let client = server.client();
    assert_eq!(ids!(client.leaves().numbered(5).items()), "a");
    assert_eq!(asked(&server), ["/leaves/numbered?page=5", "/leaves/numbered?page=6"]);

    server.answer("202 Accepted", &[JSON], r#"{"id":"later"}"#);
    let error = client.leaves().numbered(1).pages().next().await.unwrap().unwrap_err();
    assert!(
        error.to_string().contains("the answer is described, and is no page"),
        "{error}"
    );
    server.answer("202 Accepted", &[JSON], r#"{"id":"later"}"#);
    assert!(matches!(
        client.leaves().numbered(1).await,
        Ok(NumberedResponse::Accepted(_))
    ));
}

#[tokio::test]
async fn items_are_counted_from_where_the_caller_begins() {
    let server = Server::start();
    server.answer("200 OK", &[JSON], r#"{"value":[{"id":"a"},{"id":"b"}]}"#);
    server.answer("200 OK", &[JSON], r#"{"value":[]}"#);
    let client = server.client();
    assert_eq!(ids!(client.leaves().skipped().skip(40).items()), "a b");
    assert_eq!(
        asked(&server),
        ["/leaves/skipped?%24skip=40", "/leaves/skipped?%24skip=42"]
    );
}

#[tokio::test]
async fn pages_in_xml_lead_on_as_others() {
    let server = Server::start();
    let xml = "content-type: application/xml";
    server.answer(
        "200 OK",
        &[xml],
        "<M><leaves><Leaf><id>a</id></Leaf></leaves><NextMarker>m</NextMarker></M>",
    );
    server.answer("200 OK", &[xml], "<M><leaves><Leaf><id>b</id></Leaf></leaves></M>");
    let client = server.client();
    assert_eq!(ids!(client.leaves().marked().items()), "a b");
    assert_eq!(asked(&server), ["/leaves/marked-up", "/leaves/marked-up?marker=m"]);
}
