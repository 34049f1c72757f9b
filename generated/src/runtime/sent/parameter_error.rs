// @generated from an OpenAPI description: the runtime, the same for every API.

//! A parameter that cannot be sent in, what is said of it out.

use std::fmt;

use crate::runtime::shown::outside::BoxError;

/// A parameter that cannot be sent.
#[derive(Debug)]
pub struct ParameterError {
    pub(crate) name: &'static str,
    pub(crate) cause: Cause,
}

/// Why it cannot.
#[derive(Debug)]
pub(crate) enum Cause {
    Encode(BoxError),
    Missing,
    Segment,
    Header,
}

impl ParameterError {
    /// The name of the parameter on the wire.
    #[must_use]
    pub const fn parameter(&self) -> &'static str {
        self.name
    }
}

impl fmt::Display for ParameterError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = self.name;
        match &self.cause {
            Cause::Encode(_) => write!(formatter, "the parameter `{name}` cannot be encoded"),
            Cause::Missing => write!(formatter, "the path parameter `{name}` has no value"),
            Cause::Segment => write!(
                formatter,
                "the path parameter `{name}` is empty, `.` or `..`, or has such a segment: another path"
            ),
            Cause::Header => write!(formatter, "the parameter `{name}` is not a header field"),
        }
    }
}

impl std::error::Error for ParameterError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        if let Cause::Encode(error) = &self.cause {
            Some(error.as_ref())
        } else {
            None
        }
    }
}
