//! What a shop sends by itself in, its answers out: a web server that reads nothing before it knows who sent it.
//!
//! `shop` is the crate that is generated from `fixtures/receiver/shop.yaml`.

use axum::body::Bytes;
use axum::extract::{DefaultBodyLimit, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse as _, Response};
use axum::routing::post;
use axum::{Json, Router};
use ring::hmac;
use shop::models::Receipt;
use shop::webhooks::{Webhook, WebhookError};

/// The most bytes of a body that are taken; the shop sends no more.
const LARGEST_BODY: usize = 64 * 1024;

/// The server, for a shop that signs with this key.
pub fn app(key: &[u8]) -> Router {
    Router::new()
        .route("/shop", post(receive))
        .layer(DefaultBodyLimit::max(LARGEST_BODY))
        .with_state(hmac::Key::new(hmac::HMAC_SHA256, key))
}

/// `Bytes` and no `Json`: the signature is of the bytes as they came, which are gone once they have been read.
async fn receive(State(key): State<hmac::Key>, headers: HeaderMap, body: Bytes) -> Response {
    if !is_signed(&key, &headers, &body) {
        return StatusCode::UNAUTHORIZED.into_response();
    }
    let name = headers.get("shop-event").and_then(|name| name.to_str().ok());
    let webhook = match name {
        Some(name) => Webhook::decode(name, &body),
        // Old shops say it in the body only.
        None => Webhook::decode_any(&body),
    };
    match webhook {
        Ok(webhook) => answer(webhook),
        Err(error) => refuse(&error),
    }
}

fn answer(webhook: Webhook) -> Response {
    match webhook {
        Webhook::OrderPaid(paid) => {
            let parcels = paid.lines.iter().map(|line| line.count).sum();
            Json(Receipt::new(parcels)).into_response()
        }
        Webhook::OrderCancelled(_) | Webhook::Hello => StatusCode::NO_CONTENT.into_response(),
        // The shop is newer than this server. Were that refused, it would come again and again.
        Webhook::Unknown { name, body } => {
            println!("passed over: {name}, {} bytes", body.len());
            StatusCode::ACCEPTED.into_response()
        }
        // Variants of a crate that is generated from a newer description.
        other => {
            println!("passed over: {}", other.name());
            StatusCode::ACCEPTED.into_response()
        }
    }
}

/// The place for what the API's makers say about signatures. This is the usual way: a hash of the body with a shared key, in
/// hexadecimal, compared in a time that says nothing about it.
fn is_signed(key: &hmac::Key, headers: &HeaderMap, body: &[u8]) -> bool {
    let signature = headers
        .get("shop-signature")
        .and_then(|signature| signature.to_str().ok());
    let signature = signature.and_then(bytes_of);
    signature.is_some_and(|signature| hmac::verify(key, body, &signature).is_ok())
}

fn bytes_of(hexadecimal: &str) -> Option<Vec<u8>> {
    let (pairs, rest) = hexadecimal.as_bytes().as_chunks::<2>();
    let byte = |pair: &[u8; 2]| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok();
    pairs
        .iter()
        .map(byte)
        .collect::<Option<_>>()
        .filter(|_| rest.is_empty())
}

fn refuse(error: &WebhookError) -> Response {
    let status = if error.is_too_large() {
        StatusCode::PAYLOAD_TOO_LARGE
    } else {
        StatusCode::BAD_REQUEST
    };
    (status, error.to_string()).into_response()
}
