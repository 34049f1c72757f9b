//! Answers that are neither 2xx nor errors in, successes out where they are described, errors where they are not.

use it::runtime::AnyCall as _;
use it::api::elsewhere::{ClassHeaders, ClassResponse, SameResponse, SeveralResponse, To303Headers};

use crate::server::Server;

const HEADERS: [&str; 2] = ["location: https://vendor.test/x", "x-count: 3"];
const WORD: &str = r#"{"word":"yes"}"#;

#[tokio::test]
async fn the_only_answer_that_is_described_is_the_success() {
    let server = Server::start();
    let client = server.client();
    macro_rules! case {
        ($($call:ident, $status:literal;)*) => {$(
            server.answer($status, &HEADERS, "");
            let reply = client.elsewhere().$call().reply().await.unwrap();
            assert_eq!(reply.status.as_str(), &$status[..3]);
            let headers = To303Headers::from(&reply.headers);
            assert_eq!(headers.location.as_deref(), Some("https://vendor.test/x"), $status);
            assert_eq!(headers.x_count, Some(3));
            // It is answered, and not followed.
            assert_eq!(server.requests().len(), 1);
            // Another one is not described.
            let other = if $status == "302 Found" { "303 See Other" } else { "302 Found" };
            server.answer(other, &HEADERS, "");
            let error = client.elsewhere().$call().await.unwrap_err();
            assert_eq!(error.status().unwrap().as_str(), &other[..3]);
            // A success that is not described is one.
            server.answer("200 OK", &[], "whatever");
            client.elsewhere().$call().await.unwrap();
            server.requests();
        )*};
    }
    case! {
        to300, "300 Multiple Choices";
        to301, "301 Moved Permanently";
        to302, "302 Found";
        to303, "303 See Other";
        to304, "304 Not Modified";
        to305, "305 Use Proxy";
        to307, "307 Temporary Redirect";
        to308, "308 Permanent Redirect";
    }
}

#[tokio::test]
async fn a_variant_beside_others() {
    let server = Server::start();
    let client = server.client();
    server.answer("200 OK", &[], WORD);
    let done = client.elsewhere().several().await.unwrap();
    assert_eq!(done.body().unwrap().word, "yes");
    server.answer("303 See Other", &HEADERS, "");
    let there = client.elsewhere().several().reply().await.unwrap();
    assert_eq!(there.body, SeveralResponse::SeeOther);
    assert_eq!(there.body.into_body(), None);
    server.answer("307 Temporary Redirect", &HEADERS, WORD);
    let there = client.elsewhere().several().await.unwrap();
    assert!(matches!(there, SeveralResponse::TemporaryRedirect(answer) if answer.word == "yes"));
    server.answer("308 Permanent Redirect", &HEADERS, r#"{"reason":"r"}"#);
    let error = client.elsewhere().several().await.unwrap_err();
    assert_eq!((error.status().unwrap().as_u16(), error.body().unwrap().reason.as_str()), (308, "r"));
}

#[tokio::test]
async fn a_class_and_a_default() {
    let server = Server::start();
    let client = server.client();
    server.answer("204 No Content", &[], "");
    assert_eq!(client.elsewhere().class().await.unwrap(), ClassResponse::NoContent);
    server.answer("300 Multiple Choices", &[], WORD);
    let choices = client.elsewhere().class().await.unwrap();
    assert!(matches!(choices, ClassResponse::MultipleChoices(answer) if answer.word == "yes"));
    for status in ["301 There", "302 There", "304 There", "399 There"] {
        server.answer(status, &HEADERS, "");
        let reply = client.elsewhere().class().reply().await.unwrap();
        assert_eq!(reply.body, ClassResponse::Redirection);
        assert_eq!(ClassHeaders::from(&reply.headers).x_count, Some(3));
    }
    server.answer("302 Found", &HEADERS, "");
    client.elsewhere().beside().await.unwrap();
    server.answer("303 See Other", &HEADERS, r#"{"reason":"r"}"#);
    assert_eq!(client.elsewhere().beside().await.unwrap_err().body().unwrap().reason, "r");
    server.answer("304 Not Modified", &[], "");
    assert_eq!(client.elsewhere().same().await.unwrap(), SameResponse::NotModified);
}
