// @generated from an OpenAPI description: the runtime, the same for every API.

//! Parameters: a declaration and a value in, a piece of the path, the query, the headers or the cookies out.

use crate::runtime::sent::argument::{Argument, escaped};
use crate::runtime::sent::parameter_error::{Cause, ParameterError};

/// Where a parameter travels.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Location {
    /// In place of a placeholder of the path.
    Path,
    /// After the question mark.
    Query,
    /// All that is after the question mark.
    QueryString,
    /// In a header field.
    Header,
    /// In the header field `Cookie`.
    Cookie,
}

/// The declaration of a parameter.
///
/// ```ignore
/// const ARCHIVED: Parameter = Parameter::query("archived");
/// const FILTER: Parameter = Parameter::query("filter").style(Style::DeepObject).explode(true);
/// const BODY: Parameter = Parameter::query("body").json();
/// ```
///
/// Without a word on it, the style is the specification's: `simple` in path and header, `form` in query and cookie.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Parameter {
    pub(crate) name: &'static str,
    pub(crate) location: Location,
}

#[allow(dead_code, reason = "a document may have no parameter in one of these places")]
impl Parameter {
    /// A placeholder of the path.
    #[must_use]
    pub const fn path(name: &'static str) -> Self {
        Self::new(name, Location::Path)
    }

    /// A part of the query.
    #[must_use]
    pub const fn query(name: &'static str) -> Self {
        Self::new(name, Location::Query)
    }

    /// The whole of the query: an escaped text, where nothing else is said.
    #[must_use]
    pub const fn query_string(name: &'static str) -> Self {
        Self::new(name, Location::QueryString)
    }

    /// A header field.
    #[must_use]
    pub const fn header(name: &'static str) -> Self {
        Self::new(name, Location::Header)
    }

    /// A cookie.
    #[must_use]
    pub const fn cookie(name: &'static str) -> Self {
        Self::new(name, Location::Cookie)
    }

    const fn new(name: &'static str, location: Location) -> Self {
        Self {
            name,
            // All else is what is usual there.
            location,
        }
    }

    /// The name on the wire.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        self.name
    }

    /// Where it travels.
    #[must_use]
    pub const fn location(&self) -> Location {
        self.location
    }

    pub(crate) const fn failed(&self, cause: Cause) -> ParameterError {
        ParameterError { name: self.name, cause }
    }

    /// The text of a value that has no parts, as it is usually written; `None` when there is nothing to send.
    pub(crate) fn plain(&self, value: &Argument) -> Option<String> {
        let text = Some(value).filter(|value| **value != Argument::Null)?.text();
        Some(match self.location {
            Location::Path | Location::QueryString => escaped(&text),
            Location::Query | Location::Cookie => format!("{}={}", escaped(self.name), escaped(&text)),
            Location::Header => text,
        })
    }
}
