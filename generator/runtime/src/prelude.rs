//! All that generated code needs of the runtime, by its short name.

pub use std::collections::BTreeMap;

pub use bytes::Bytes;
pub use http::{HeaderMap, StatusCode};
pub use jiff::Timestamp;
pub use jiff::civil::Date;
pub use serde_json::Value;
pub use uuid::Uuid;

pub use crate::runtime::base64::{Base64, Base64Url};
pub use crate::runtime::body::Body;
pub use crate::runtime::builder::{BuildError, ClientBuilder};
pub use crate::runtime::call::{Call, Reply};
#[allow(unused_imports, reason = "a document may describe no optional parameter")]
pub(crate) use crate::runtime::call_builder::call_builder;
pub use crate::runtime::certificate::ClientCertificate;
pub use crate::runtime::core::Core;
pub use crate::runtime::credentials::Credential;
pub use crate::runtime::decode::{self, DecodeError};
pub use crate::runtime::error::Error;
pub use crate::runtime::event::EventStream;
#[allow(unused_imports, reason = "a document may describe no union")]
pub(crate) use crate::runtime::from_arms::from_arms;
pub use crate::runtime::item_upload::ItemUpload;
pub use crate::runtime::items::ItemStream;
pub use crate::runtime::maybe::Maybe;
#[allow(unused_imports, reason = "a document may describe no object")]
pub(crate) use crate::runtime::model::model;
pub use crate::runtime::multipart::Multipart;
#[allow(unused_imports, reason = "a document may describe no enum")]
pub(crate) use crate::runtime::open_enum::open_enum;
pub use crate::runtime::operation::{Api, Defaults, Method, Operation, Rejected, SecurityKind, SecurityScheme};
pub use crate::runtime::optionally::Optionally;
pub use crate::runtime::parameter::Parameter;
pub use crate::runtime::reading::{Arrival, Reading, Streaming};
pub use crate::runtime::response::Response;
pub use crate::runtime::stream::ByteStream;
pub use crate::runtime::style::{Delimiter, Style};
pub use crate::runtime::time::Time;
#[allow(unused_imports, reason = "a document may describe no tuple")]
pub(crate) use crate::runtime::tuple::tuple;
#[allow(unused_imports, reason = "a document may describe no union")]
pub(crate) use crate::runtime::union::tagged_union;
#[allow(unused_imports, reason = "a document may describe no union")]
pub(crate) use crate::runtime::union::untagged_union;
pub use crate::runtime::upload::Upload;
