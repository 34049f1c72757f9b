// @generated from an OpenAPI description, tickets-batch.yaml: edit that, not this.

//! The part of the client that is the same for every API.

pub(crate) mod auth;
pub mod bulk;
pub(crate) mod calls;
pub(crate) mod client;
pub(crate) mod mock;
pub(crate) mod network;
pub(crate) mod pace;
pub(crate) mod prelude;
pub(crate) mod received;
pub(crate) mod sent;
pub(crate) mod shown;
pub(crate) mod values;

pub use self::auth::certificate::ClientCertificate;
pub use self::auth::credentials::{Credential, Token, TokenProvider, Tokens};
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
pub use self::received::answer_error::{ApiError, Unreadable};
pub use self::received::decode::{self, DecodeError};
pub use self::received::reply::Reply;
pub use self::received::response::Response;
pub use self::received::stream::ByteStream;
pub use self::sent::body::Body;
pub use self::sent::body::BodyError;
pub use self::sent::parameter_error::ParameterError;
pub use self::shown::outside::{BoxError, Outside};
pub use self::shown::secret::Secret;
pub use self::values::json;
pub use self::values::maybe::Maybe;
