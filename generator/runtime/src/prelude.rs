//! All that generated code needs of the runtime, by its short name.

pub use crate::runtime::base64::Base64;
pub use crate::runtime::maybe::Maybe;
pub use crate::runtime::parameter::Parameter;
pub use crate::runtime::style::Style;
#[allow(unused_imports, reason = "a document need not describe every kind of type")]
pub(crate) use crate::runtime::{model::model, open_enum::open_enum, union::tagged_union, union::untagged_union};
