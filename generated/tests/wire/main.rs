//! The client on the wire: what it sends, byte by byte, and what it makes of what comes back.

#![expect(clippy::unwrap_used, reason = "a test ends where it cannot go on")]

mod errors;
mod recorder;
mod requests;
mod responses;

use hubspot_tickets_batch::Client;

use recorder::Recorder;

const TOKEN: &str = "pat-na1-canary-0b5e";

/// A client of a recorder.
fn client(recorder: &Recorder) -> Client {
    Client::builder()
        .base_url(&recorder.url)
        .access_token(TOKEN)
        .build()
        .unwrap()
}
