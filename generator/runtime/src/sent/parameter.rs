//! Parameters: a declaration and a value in, a piece of the path, the query, the headers or the cookies out.

use crate::runtime::sent::argument::{Argument, escaped};
use crate::runtime::sent::parameter_error::{Cause, ParameterError};
#[cfg(part = "styles")]
use crate::runtime::sent::styles::style::{Delimiter, Style};

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
    #[cfg(part = "styles")]
    pub(crate) style: Style,
    #[cfg(part = "styles")]
    pub(crate) explode: Option<bool>,
    #[cfg(part = "styles")]
    pub(crate) delimiters: &'static [Delimiter],
    #[cfg(part = "styles")]
    pub(crate) allow_reserved: bool,
    #[cfg(part = "styles")]
    pub(crate) may_be_empty: bool,
    /// The form of a value that may be several segments of a path; empty where it is one.
    #[cfg(part = "segments")]
    pub(crate) segments: &'static str,
    #[cfg(part = "styles")]
    pub(crate) content: Content,
}

/// What a value is written as.
#[cfg(part = "styles")]
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Content {
    /// What its style says.
    Styled,
    Json,
    /// The members of an object, those of these names as their parameters say.
    #[cfg(part = "forms")]
    Form(&'static [Parameter]),
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
            #[cfg(part = "styles")]
            style: location.usual_style(),
            #[cfg(part = "styles")]
            explode: None,
            #[cfg(part = "styles")]
            delimiters: &[],
            #[cfg(part = "styles")]
            allow_reserved: false,
            #[cfg(part = "styles")]
            may_be_empty: false,
            #[cfg(part = "segments")]
            segments: "",
            #[cfg(part = "styles")]
            content: Content::Styled,
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

#[cfg(part = "styles")]
impl Location {
    pub(crate) const fn usual_style(self) -> Style {
        match self {
            Self::Path | Self::Header | Self::QueryString => Style::Simple,
            Self::Query | Self::Cookie => Style::Form,
        }
    }
}
