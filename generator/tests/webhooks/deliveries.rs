//! Requests of a shop in, what the receiver answers over a socket out.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::io::{Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};

use receiver::app;
use ring::hmac;

const KEY: &[u8] = b"a key that both know";

/// A receiver on this machine.
fn receiver() -> SocketAddr {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    listener.set_nonblocking(true).unwrap();
    std::thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .unwrap();
        runtime.block_on(async {
            let listener = tokio::net::TcpListener::from_std(listener).unwrap();
            axum::serve(listener, app(KEY)).await.unwrap();
        });
    });
    address
}

fn signature(body: &[u8]) -> String {
    let tag = hmac::sign(&hmac::Key::new(hmac::HMAC_SHA256, KEY), body);
    tag.as_ref().iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Sends one request; the status and the body of the answer.
fn send(to: SocketAddr, event: Option<&str>, signature: &str, body: &[u8]) -> (u16, String) {
    let event = event.map(|name| format!("shop-event: {name}\r\n")).unwrap_or_default();
    let head = format!(
        "POST /shop HTTP/1.1\r\nhost: receiver\r\nconnection: close\r\n{event}shop-signature: {signature}\r\ncontent-length: {}\r\n\r\n",
        body.len()
    );
    let mut connection = TcpStream::connect(to).unwrap();
    connection.write_all(head.as_bytes()).unwrap();
    connection.write_all(body).unwrap();
    let mut answer = String::new();
    connection.read_to_string(&mut answer).unwrap();
    let (head, body) = answer.split_once("\r\n\r\n").unwrap();
    (head.split(' ').nth(1).unwrap().parse().unwrap(), body.to_owned())
}

fn sent(to: SocketAddr, event: Option<&str>, body: &str) -> (u16, String) {
    send(to, event, &signature(body.as_bytes()), body.as_bytes())
}

const PAID: &str = r#"{"type":"order.paid","order":7,"lines":[{"article":"a","count":2},{"article":"b","count":3}]}"#;

#[test]
fn what_is_signed_is_answered() {
    let shop = receiver();
    for (event, body, status, answer) in [
        (Some("order.paid"), PAID, 200, r#"{"parcels":5}"#),
        (None, PAID, 200, r#"{"parcels":5}"#),
        (
            Some("order.cancelled"),
            r#"{"type":"order.cancelled","order":7,"new":true}"#,
            204,
            "",
        ),
        (None, r#"{"order":7,"type":"order.cancelled"}"#, 204, ""),
        (Some("hello"), "", 204, ""),
        (Some("order.sent"), "not even JSON", 202, ""),
        (None, r#"{"type":"order.sent"}"#, 202, ""),
    ] {
        assert_eq!(sent(shop, event, body), (status, answer.to_owned()), "{event:?} {body}");
    }
}

#[test]
fn what_is_not_what_the_description_says_is_refused_with_the_place() {
    let shop = receiver();
    let (status, answer) = sent(
        shop,
        Some("order.paid"),
        r#"{"type":"order.paid","order":7,"lines":[{"article":"a","count":"two"}]}"#,
    );
    assert_eq!(status, 400);
    assert!(answer.contains("`lines[0].count`"), "{answer}");
    assert_eq!(sent(shop, Some("order.paid"), "").0, 400);
    assert_eq!(sent(shop, None, "{").0, 400);
}

#[test]
fn what_is_not_signed_is_not_read() {
    let shop = receiver();
    let other = signature(PAID.replace('7', "8").as_bytes());
    for wrong in ["", "zz", "0", &other, &signature(PAID.as_bytes())[2..]] {
        assert_eq!(send(shop, Some("order.paid"), wrong, PAID.as_bytes()).0, 401, "{wrong}");
    }
    // Whatever it would have been answered with.
    assert_eq!(send(shop, Some("order.paid"), &other, b"{").0, 401);
}
