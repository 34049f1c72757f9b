//! The hand-written half of every generated client.

#[cfg(part = "calls")]
pub mod auth;
#[cfg(part = "bulk")]
pub mod bulk;
#[cfg(part = "calls")]
pub mod calls;
#[cfg(part = "calls")]
pub mod client;
#[cfg(part = "mock")]
pub mod mock;
#[cfg(part = "calls")]
pub mod network;
#[cfg(part = "calls")]
pub mod pace;
#[cfg(part = "pages")]
pub mod pages;
pub mod prelude;
#[cfg(any(part = "calls", part = "webhooks"))]
pub mod received;
#[cfg(part = "calls")]
pub mod sent;
#[cfg(any(part = "calls", part = "webhooks"))]
pub mod shown;
pub mod values;
#[cfg(part = "webhooks")]
pub mod webhook;
#[cfg(part = "xml")]
pub mod xml;

// What users name.
pub use self::auth::certificate::ClientCertificate;
pub use self::auth::credentials::{Credential, Token, TokenProvider, Tokens};
#[cfg(all(part = "oauth", feature = "oauth"))]
pub use self::auth::oauth;
pub use self::calls::any_call::AnyCall;
pub use self::calls::call::Call;
pub use self::calls::error::{Error, Kind as ErrorKind};
pub use self::calls::operation::{Method, Operation};
pub use self::calls::outcome::Outcome;
pub use self::client::builder::ClientBuilder;
pub use self::client::core::Core;
pub use self::client::hooks::{Attempt, Ending};
pub use self::client::setup::BuildError;
#[cfg(feature = "mock")]
pub use self::mock::answer::MockAnswer;
#[cfg(feature = "mock")]
pub use self::mock::expectation::Expectation;
#[cfg(feature = "mock")]
pub use self::mock::received::Received;
#[cfg(feature = "mock")]
pub use self::mock::record::recorder::Recorder;
#[cfg(feature = "mock")]
pub use self::mock::record::replay::Recorded;
#[cfg(feature = "mock")]
pub use self::mock::service::Mock;
pub use self::network::Network;
#[cfg(feature = "tower")]
pub use self::network::tower::Tower;
pub use self::network::transport;
pub use self::pace::clock::Clock;
pub use self::pace::limit::Limiter;
pub use self::pace::retry::RetryPolicy;
pub use self::pages::cursor::Cursor;
pub use self::pages::items::Items;
pub use self::pages::stream::Pages;
pub use self::received::answer_error::{ApiError, Unreadable};
pub use self::received::decode::{self, DecodeError};
pub use self::received::reply::Reply;
pub use self::received::response::Response;
pub use self::received::stream::ByteStream;
pub use self::received::streams::event::{Event, EventError, EventStream};
pub use self::received::streams::event_data::{DONE, EventData, EventText};
pub use self::received::streams::event_id::EventId;
pub use self::received::streams::items::{ItemError, ItemStream};
pub use self::received::streams::reconnect::{EventCall, ReconnectError, Reconnecting};
pub use self::sent::body::Body;
#[cfg(part = "bodies")]
pub use self::sent::body::BodyError;
pub use self::sent::parameter_error::ParameterError;
pub use self::sent::uploads::item_upload::ItemUpload;
pub use self::sent::uploads::multipart::Multipart;
pub use self::sent::uploads::promised::UploadError;
pub use self::sent::uploads::upload::Upload;
pub use self::shown::outside::{BoxError, Outside};
pub use self::shown::secret::Secret;
pub use self::values::json;
pub use self::values::maybe::Maybe;
pub use self::values::scalars::base64::{Base64, Base64Url};
pub use self::values::scalars::time::{Time, TimeError};

/// The crate under the path that it has in a generated crate, where these files live in `src/runtime/`.
pub mod runtime {
    pub use crate::*;
}

#[cfg(test)]
#[path = "../tests/unit/mod.rs"]
mod unit;
