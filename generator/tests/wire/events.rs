//! Server-sent events in, data by its kind out, up to the end and across breaks.

use it::runtime::EventCall as _;
use it::api::events::{FeedEvent, UntilEvent};
use it::runtime::EventError;

use crate::server::Server;

#[tokio::test]
async fn the_kind_chooses_and_the_end_ends() {
    let server = Server::start();
    let text = "event: quote\ndata: {\"price\":1.5}\n\nevent: halt\ndata: {\"why\":\"noon\"}\n\nevent: new\ndata: [1]\n\n\
                event: quote\ndata: {\"price\":\"much\"}\n\nevent: quote\ndata: {\"price\":2}\n\ndata: [DONE]\n\ndata: more\n\n";
    server.answer("200 OK", &["content-type: text/event-stream"], text);
    let mut events = server.client().events().feed().await.unwrap();
    let quote = events.next().await.unwrap().unwrap();
    assert!(matches!(quote.data, FeedEvent::Quote(quote) if quote.price == 1.5));
    let halt = events.next().await.unwrap().unwrap();
    assert!(matches!(halt.data, FeedEvent::Halt(halt) if halt.why == "noon"));
    assert_eq!(events.next().await.unwrap().unwrap().data, FeedEvent::Unknown("[1]".to_owned()));
    let Some(Err(EventError::Data { event, error, .. })) = events.next().await else {
        panic!("a text is no price")
    };
    assert_eq!((event.data.as_str(), error.path()), ("{\"price\":\"much\"}", "price"));
    assert!(matches!(events.next().await.unwrap().unwrap().data, FeedEvent::Quote(quote) if quote.price == 2.0));
    assert!(events.next().await.is_none());
    assert!(events.is_complete());
}

#[tokio::test]
async fn another_end_and_another_stream() {
    let server = Server::start();
    let first = "retry: 1\nid: 7\ndata: [DONE]\n\n";
    let second = "event: quote\ndata: {\"price\":1}\n\nevent: quote\ndata: bye\n\nevent: quote\ndata: {\"price\":2}\n\n";
    server.answer("200 OK", &["content-type: text/event-stream"], first);
    server.answer("200 OK", &["content-type: text/event-stream"], second);
    let mut events = server.client().events().until().reconnecting();
    assert_eq!(events.next().await.unwrap().unwrap().data, UntilEvent::Unknown("[DONE]".to_owned()));
    assert!(matches!(events.next().await.unwrap().unwrap().data, UntilEvent::Quote(quote) if quote.price == 1.0));
    assert!(events.next().await.is_none());
    let requests = server.requests();
    assert_eq!((requests[0].header("last-event-id"), requests[1].header("last-event-id")), (vec![], vec!["7"]));
}
