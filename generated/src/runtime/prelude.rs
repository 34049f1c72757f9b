// @generated from an OpenAPI description: the runtime, the same for every API.

//! What programs that use a client name most, by its short name; and, for generated code alone, all that it needs.

#![allow(
    unused_imports,
    reason = "a document may need little of it, and name its own things like ours"
)]

pub use std::collections::BTreeMap;

pub use bytes::Bytes;
pub use http::{HeaderMap, StatusCode};
pub use jiff::Timestamp;
pub use jiff::civil::Date;
pub use serde_json::Value;
pub use uuid::Uuid;

pub use crate::runtime::auth::certificate::ClientCertificate;
pub use crate::runtime::auth::credentials::Credential;
pub use crate::runtime::calls::any_call::AnyCall;
pub use crate::runtime::calls::call::{Call, Reply};
pub(crate) use crate::runtime::calls::call_builder::call_builder;
pub use crate::runtime::calls::error::Error;
pub(crate) use crate::runtime::calls::operation::{Api, Defaults, Method, Operation, Rejected};
pub(crate) use crate::runtime::calls::operation::{SecurityKind, SecurityScheme};
pub use crate::runtime::client::builder::ClientBuilder;
pub(crate) use crate::runtime::client::core::Core;
pub use crate::runtime::client::setup::BuildError;
pub(crate) use crate::runtime::received::decode::{self, DecodeError};
pub(crate) use crate::runtime::received::reading::{Arrival, Reading, Streaming};
pub use crate::runtime::received::response::Response;
pub use crate::runtime::received::stream::ByteStream;
pub use crate::runtime::sent::body::Body;
pub(crate) use crate::runtime::sent::parameter::Parameter;
pub use crate::runtime::values::maybe::Maybe;
pub(crate) use crate::runtime::values::model::model;
pub(crate) use crate::runtime::values::open_enum::open_enum;
pub use crate::runtime::values::optionally::Optionally;
