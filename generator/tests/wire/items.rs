//! Streams of items in, one value after the other out; and items in, requests byte for byte out.

use futures_util::stream;
use it::api::items::{FollowEvent, WatchEvent};
use it::models::Item;
use it::prelude::ItemUpload;
use it::runtime::EventError;
use it::runtime::ItemError;

use crate::server::Server;

#[tokio::test]
async fn items_come_one_after_the_other() {
    let server = Server::start();
    server.answer("200 OK", &["content-type: application/jsonl"], "{\"id\":1}\n{\"id\":\"x\"}\n{\"id\":3}");
    let client = server.client();
    let mut items = client.items().read_lines().await.unwrap();
    assert_eq!(server.request().header("accept"), ["application/jsonl"]);
    assert_eq!(items.next().await.unwrap().unwrap(), Item::new(1));
    let Some(Err(ItemError::Data { text, .. })) = items.next().await else {
        panic!("it fits");
    };
    assert_eq!(text, "{\"id\":\"x\"}");
    assert_eq!(items.next().await.unwrap().unwrap(), Item::new(3));
    assert!(items.next().await.is_none());

    server.answer("200 OK", &["content-type: application/json-seq"], "\u{1E}{\"id\":\n1}\n\u{1E}{\"id\":2}\n");
    let mut items = client.items().read_sequence().await.unwrap();
    assert_eq!(items.next().await.unwrap().unwrap(), Item::new(1));
    assert_eq!(items.next().await.unwrap().unwrap(), Item::new(2));
    assert!(items.next().await.is_none());
}

#[tokio::test]
async fn items_are_sent_as_a_list_or_as_they_come() {
    let server = Server::start();
    let client = server.client();
    client.items().write_lines([Item::new(1), Item::new(2)]).await.unwrap();
    assert_eq!(
        server.request().to_string(),
        "POST /items/lines\ncontent-type: application/x-ndjson\ncontent-length: 18\n\n{\"id\":1}\n{\"id\":2}\n"
    );
    let items = || stream::iter([Ok(Item::new(1)), Ok(Item::new(2))]);
    client.items().write_lines(ItemUpload::once(items())).await.unwrap();
    assert_eq!(
        server.request().to_string(),
        "POST /items/lines\ncontent-type: application/x-ndjson\ntransfer-encoding: chunked\n\n{\"id\":1}\n{\"id\":2}\n"
    );
    client.items().write_sequence().body(&vec![Item::new(1)]).await.unwrap();
    assert_eq!(
        server.request().to_string(),
        "POST /items/sequence\ncontent-type: application/json-seq\ncontent-length: 10\n\n\u{1E}{\"id\":1}\n"
    );
}

#[tokio::test]
async fn the_kind_of_an_event_says_what_its_data_is() {
    let server = Server::start();
    let events = "event: added\ndata: {\"id\":1}\n\nevent: removed\ndata: 1\n\nevent: added\ndata: 1\n\n\
                  event: moved\ndata: {}\n\ndata: [DONE]\n\n";
    server.answer("200 OK", &["content-type: text/event-stream"], events);
    let mut events = server.client().items().watch().await.unwrap();
    let mut data = async || events.next().await.unwrap().map(|event| event.data);
    assert_eq!(data().await.unwrap(), WatchEvent::Added(Item::new(1).into()));
    assert_eq!(data().await.unwrap(), WatchEvent::Removed("1".to_owned()));
    assert!(matches!(data().await, Err(EventError::Data { event, .. }) if event.kind == "added"));
    assert_eq!(data().await.unwrap(), WatchEvent::Unknown("{}".to_owned()));
    assert_eq!(data().await.unwrap(), WatchEvent::Done);
    assert!(events.next().await.is_none());
}

#[tokio::test]
async fn an_event_is_one_of_several_schemas() {
    let server = Server::start();
    let events = "event: added\ndata: {\"id\":1}\n\nevent: removed\ndata: 1\n\n";
    server.answer("200 OK", &["content-type: text/event-stream"], events);
    let mut events = server.client().items().follow().await.unwrap();
    assert_eq!(server.request().header("accept"), ["text/event-stream"]);
    let mut data = async || events.next().await.unwrap().map(|event| event.data);
    assert_eq!(data().await.unwrap(), FollowEvent::Added(Item::new(1).into()));
    assert_eq!(data().await.unwrap(), FollowEvent::Removed("1".to_owned()));
}
