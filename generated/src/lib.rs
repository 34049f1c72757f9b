// @generated from an OpenAPI description, tickets-batch.yaml: edit that, not this.

//! HubSpot CRM tickets, batch
//!
//! Create, read, update, upsert and archive up to 100 tickets of a HubSpot account in one call.
//!
//! Version `v3` of the API.
//!
//! ```no_run
//! use hubspot_tickets_batch::{Client, models};
//!
//! #[tokio::main]
//! async fn main() -> Result<(), Box<dyn std::error::Error>> {
//!     let client = Client::new("secret")?;
//!     match client
//!         .batch()
//!         .read(&models::ReadTicketsRequest::new([models::RecordId::new("id")]))
//!         .await
//!     {
//!         Ok(answer) => println!("{answer:#?}"),
//!         Err(error) if error.is_status(401) => {
//!             eprintln!("the credential is not accepted: {:?}", error.body());
//!         }
//!         Err(error) => return Err(error.into()),
//!     }
//!     Ok(())
//! }
//! ```
//!
//! # Operations
//!
//! The operations are methods of what these methods of the client give:
//!
//! * [`batch`](Client::batch) ([5 operations](api::batch)): Work on up to 100 tickets in one call.
//!
//! # Authentication
//!
//! The builder of a client has a method for each way to authenticate:
//!
//! * [`access_token`](ClientBuilder::access_token): a token, sent as `Authorization: Bearer …`, which `Client::new` takes.
//!
//! Where a text is taken, a [`Credential`] is too: such as a source of tokens that change ([`Credential::provider`]).
//!
//! # Errors
//!
//! An error has the status of the answer ([`is_status`](Error::is_status)), its typed [`body`](Error::body) where the API describes one, whether the server acted on the request ([`outcome`](Error::outcome)), and the id that support asks for ([`correlation_id`](Error::correlation_id)). Its type says what the body is; [`untyped`](Error::untyped) makes one type of those of several operations.
//!
//! # Time-outs and retries
//!
//! A call takes 120 s at most and is sent 4 times at most, each of which may take 60 s. [`ClientBuilder`] has settings of all calls, [`AnyCall`](runtime::AnyCall) those of one (`.timeout(…)`, `.max_attempts(…)`). A request is repeated only when it cannot have reached the server, when HTTP or the API's description says that it was not acted on, or when a repetition does no harm ([`RetryPolicy`]).
//!
//! # Any number of inputs
//!
//! For more than a call's worth: any iterator or stream of inputs in, one outcome for each out ([`bulk`]). Of this API: [`batch().create_all`](api::batch::Batch::create_all), [`batch().read_all`](api::batch::Batch::read_all), [`batch().update_all`](api::batch::Batch::update_all), [`batch().upsert_all`](api::batch::Batch::upsert_all), [`batch().archive_all`](api::batch::Batch::archive_all).
//!
//! ```no_run
//! use hubspot_tickets_batch::{Client, bulk::Outcome, models};
//!
//! #[tokio::main]
//! async fn main() -> Result<(), Box<dyn std::error::Error>> {
//!     let client = Client::new("secret")?;
//!     let inputs = (0..1000).map(|_| models::CreateTicket::new([("name", "value")]));
//!     let mut outcomes = client.batch().create_all(inputs).concurrency(4).outcomes();
//!     while let Some(record) = outcomes.next().await {
//!         let index = record.index;
//!         match record.outcome {
//!             Outcome::Succeeded(output) => println!("{index}: {output:?}"),
//!             Outcome::Failed(reason) => println!("{index} was refused: {reason:?}"),
//!             Outcome::Unknown(reason) => println!("{index} may have been acted on: {reason}"),
//!             Outcome::NotSent(reason) => println!("{index} was not acted on: {reason}"),
//!         }
//!     }
//!     println!("{:?}", outcomes.progress());
//!     Ok(())
//! }
//! ```
//!
//! # More
//!
//! * Elsewhere: [`base_url`](ClientBuilder::base_url), [`proxy`](ClientBuilder::proxy), [`default_header`](ClientBuilder::default_header), and any other way to send requests, such as one that answers in tests ([`transport`](ClientBuilder::transport)).
//! * As fast as the server permits: [`max_requests`](ClientBuilder::max_requests), and a [`Limiter`] that several clients share.
//! * Tests: with the feature `mock`, `runtime::Mock` stands in for the API, and the module `mock` beside each group of operations has what is expected of them; `Mock::with_examples()` answers all else as the API's document does by its examples. `runtime::Recorder` writes what a client and the API say to each other to a file, and `Recorded` says it again.
//! * Status and headers of a success: [`reply`](runtime::AnyCall::reply).
//!
//! # Features
//!
//! | feature | what it is for |
//! |---|---|
//! | `rustls` | on by default: `https`, by rustls |
//! | `http2` | HTTP/2 with servers that offer it |
//! | `gzip` | compressed answers |
//! | `blocking` | calls that are waited for without `async`: `wait()` |
//! | `tracing` | spans with the names of OpenTelemetry |
//! | `reqwest` | a `reqwest` client of your own as the network |
//! | `mock` | a stand-in for the API, and what records it, for tests: `runtime::Mock`, `runtime::Recorder` |
//! | `tower` | any `tower` service as the network |
//! | `emulator` | the module `emulator` |
//!
//! See <https://developers.hubspot.com/docs/api-reference/crm-tickets-v3/guide>.
#![forbid(unsafe_code)]
#![allow(clippy::doc_markdown, reason = "as the API has it")]
#![cfg_attr(docsrs, feature(doc_cfg))]

#[allow(clippy::similar_names, clippy::too_many_lines, reason = "as the API has it")]
#[allow(clippy::fn_params_excessive_bools, reason = "as the API has it")]
#[rustfmt::skip]
pub mod api;

#[rustfmt::skip]
mod client;

#[allow(clippy::similar_names, clippy::too_many_lines, reason = "as the API has it")]
#[allow(clippy::fn_params_excessive_bools, reason = "as the API has it")]
#[allow(clippy::struct_excessive_bools, reason = "as the API has it")]
#[rustfmt::skip]
pub mod models;

#[rustfmt::skip]
pub mod runtime;

#[path = "../handwritten/tickets/mod.rs"]
pub mod tickets;

#[cfg(feature = "emulator")]
#[path = "../handwritten/emulator/mod.rs"]
pub mod emulator;

pub use client::*;
#[doc(inline)]
pub use runtime::bulk;
#[doc(inline)]
#[rustfmt::skip]
pub use runtime::{
    ByteStream, ClientBuilder, Credential, Error, Limiter, Maybe, Outcome, RetryPolicy,
};

/// What programs name most, by its short name. What a model is called like is the model's alone.
#[rustfmt::skip]
pub mod prelude {
    #[doc(no_inline)]
    pub use crate::Client;
    #[doc(no_inline)]
    pub use crate::runtime::prelude::{
        AnyCall, BTreeMap, Body, BuildError, ByteStream, Bytes, Call, ClientBuilder,
        ClientCertificate, Credential, Date, HeaderMap, Maybe, Optionally, Reply,
        Response, StatusCode, Timestamp, Uuid, Value,
    };
}
