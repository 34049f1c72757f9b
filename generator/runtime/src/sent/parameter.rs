//! Parameters: a declaration and a value in, a piece of the path, the query, the headers or the cookies out.

use std::fmt;

use http::{HeaderName, HeaderValue};
use serde::Serialize;

use crate::runtime::sent::ambiguity::Ambiguous;
use crate::runtime::sent::argument::Argument;
use crate::runtime::sent::form;
use crate::runtime::sent::parameter_error::{Cause, ParameterError};
use crate::runtime::sent::segments;
use crate::runtime::sent::style::{self, Delimiter, Escape, Style, Writing};

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
    name: &'static str,
    location: Location,
    style: Style,
    explode: Option<bool>,
    delimiters: &'static [Delimiter],
    allow_reserved: bool,
    may_be_empty: bool,
    /// The form of a value that may be several segments of a path; empty where it is one.
    segments: &'static str,
    content: Content,
}

/// What a value is written as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Content {
    /// What its style says.
    Styled,
    Json,
    /// The members of an object, those of these names as their parameters say.
    Form(&'static [Parameter]),
}

impl Parameter {
    /// A placeholder of the path.
    #[must_use]
    pub const fn path(name: &'static str) -> Self {
        Self::new(name, Location::Path, Style::Simple)
    }

    /// A part of the query.
    #[must_use]
    pub const fn query(name: &'static str) -> Self {
        Self::new(name, Location::Query, Style::Form)
    }

    /// The whole of the query: an escaped text, where nothing else is said.
    #[must_use]
    pub const fn query_string(name: &'static str) -> Self {
        Self::new(name, Location::QueryString, Style::Simple)
    }

    /// A header field.
    #[must_use]
    pub const fn header(name: &'static str) -> Self {
        Self::new(name, Location::Header, Style::Simple)
    }

    /// A cookie.
    #[must_use]
    pub const fn cookie(name: &'static str) -> Self {
        Self::new(name, Location::Cookie, Style::Form)
    }

    const fn new(name: &'static str, location: Location, style: Style) -> Self {
        Self {
            name,
            location,
            style,
            explode: None,
            delimiters: &[],
            allow_reserved: false,
            may_be_empty: false,
            segments: "",
            content: Content::Styled,
        }
    }

    /// With this row of the specification's table.
    #[must_use]
    pub const fn style(self, style: Style) -> Self {
        Self { style, ..self }
    }

    /// Whether lists and objects are taken apart.
    #[must_use]
    pub const fn explode(self, explode: bool) -> Self {
        Self {
            explode: Some(explode),
            ..self
        }
    }

    /// With these between the elements of a list, of the lists in it, and so on, instead of what the style has. A parameter
    /// that is exploded too is a pair of the query for each element of the outermost list, which the first delimiter is not for.
    #[must_use]
    pub const fn delimited(self, delimiters: &'static [Delimiter]) -> Self {
        let explode = match self.explode {
            None => Some(false),
            given => given,
        };
        Self {
            explode,
            delimiters,
            ..self
        }
    }

    /// With reserved characters as they are, but for those that would end the value, and with escapes that are there
    /// already. Headers and cookies in their own style are never escaped.
    #[must_use]
    pub const fn allow_reserved(self) -> Self {
        Self {
            allow_reserved: true,
            ..self
        }
    }

    /// With slashes as they are, in a value that is any number of segments of a path: `*` in `pattern` is any one, `**` any
    /// number, and others are themselves. A value of another form is refused, and so is one with an empty segment, `.` or
    /// `..` in it, however they are escaped.
    #[must_use]
    pub const fn segments(self, pattern: &'static str) -> Self {
        Self {
            segments: pattern,
            ..self
        }
    }

    /// As a JSON text (`content: application/json`).
    #[must_use]
    pub const fn json(self) -> Self {
        Self {
            content: Content::Json,
            ..self
        }
    }

    /// As the members of an object (`content: application/x-www-form-urlencoded`, whole queries only): those in `members`
    /// as these query parameters say, others once for each item of a list, and as JSON where they are objects.
    #[must_use]
    pub const fn form(self, members: &'static [Self]) -> Self {
        Self {
            content: Content::Form(members),
            ..self
        }
    }

    /// A list or an object without anything in it is sent, as an empty value (query only).
    #[must_use]
    pub const fn may_be_empty(self) -> Self {
        Self {
            may_be_empty: true,
            ..self
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

    /// The text of a value; `None` when there is nothing to send.
    pub(crate) fn write(&self, value: &Argument) -> Result<Option<String>, ParameterError> {
        let text = match self.content {
            Content::Styled if self.may_be_empty && value.is_empty() => {
                self.write_as(Style::Form, &Argument::Text(String::new()))?
            }
            Content::Styled => self.write_as(self.style, value)?,
            Content::Json => self.write_as(self.location.usual_style(), &Argument::Text(value.json()))?,
            Content::Form(members) => {
                let form = form::members(value, members).map_err(|error| self.failed(Cause::Encode(error.into())))?;
                return Ok((!form.is_empty()).then_some(form));
            }
        };
        Ok(text)
    }

    fn write_as(&self, style: Style, value: &Argument) -> Result<Option<String>, ParameterError> {
        let escape = match (self.location, style, self.allow_reserved) {
            (Location::Header, ..) | (_, Style::Cookie, _) => Escape::Nothing,
            (Location::Query, _, true) => Escape::ButReserved(style::OF_QUERIES),
            (Location::Path, _, true) if !self.segments.is_empty() => Escape::ButReserved(style::OF_SEGMENTS),
            (Location::Path, ..) if !self.segments.is_empty() => Escape::ButSlashes,
            (Location::Path, _, true) => Escape::ButReserved(style::OF_PATHS),
            (Location::Cookie, _, true) => Escape::ButReserved(style::OF_COOKIES),
            _ => Escape::Reserved,
        };
        let writing = Writing {
            name: self.name,
            style,
            explode: self.explode.unwrap_or(matches!(style, Style::Form | Style::Cookie)),
            delimiters: self.delimiters,
            escape,
            separator: if self.location == Location::Cookie { "; " } else { "&" },
        };
        let text = writing.write(value);
        text.map_err(|Ambiguous(delimiter)| self.failed(Cause::Ambiguous(delimiter)))
    }

    const fn failed(&self, cause: Cause) -> ParameterError {
        ParameterError { name: self.name, cause }
    }
}

impl Location {
    const fn usual_style(self) -> Style {
        match self {
            Self::Path | Self::Header | Self::QueryString => Style::Simple,
            Self::Query | Self::Cookie => Style::Form,
        }
    }
}

/// The parameters of one call.
#[derive(Clone, Default)]
pub struct Arguments {
    written: Vec<(Parameter, String)>,
}

impl Arguments {
    /// Sets a parameter, in place of an earlier value of it. A value that is `null` or empty takes it away.
    ///
    /// # Errors
    ///
    /// When the value cannot be sent: it cannot be encoded, is an empty part of a path, has a line break in a header, or in an
    /// item or a member what stands between them.
    pub fn set<T: Serialize + ?Sized>(&mut self, parameter: &Parameter, value: &T) -> Result<(), ParameterError> {
        let value = Argument::of(value);
        self.put(parameter, value)
    }

    fn put(&mut self, parameter: &Parameter, value: serde_json::Result<Argument>) -> Result<(), ParameterError> {
        let failed = |cause| parameter.failed(cause);
        let value = value.map_err(|error| failed(Cause::Encode(error.into())))?;
        // Nothing is escaped, so that a semicolon would begin another cookie.
        if parameter.style == Style::Cookie && !value.all_texts(style::is_in_cookies) {
            return Err(failed(Cause::Cookie));
        }
        let is_any = ["", segments::ANY].contains(&parameter.segments);
        if !is_any && !segments::matches(parameter.segments, &value.text()) {
            return Err(failed(Cause::Pattern(parameter.segments)));
        }
        let text = parameter.write(&value)?;
        if parameter.location == Location::Path && text.as_deref() == Some("") {
            return Err(failed(Cause::Segment));
        }
        if let (Location::Header, Some(text)) = (parameter.location, &text) {
            HeaderName::from_bytes(parameter.name.as_bytes()).map_err(|_| failed(Cause::Header))?;
            HeaderValue::from_bytes(text.as_bytes()).map_err(|_| failed(Cause::Header))?;
        }
        self.written
            .retain(|(other, _)| (other.location, other.name) != (parameter.location, parameter.name));
        self.written.extend(text.map(|text| (*parameter, text)));
        Ok(())
    }

    fn at(&self, location: Location) -> impl Iterator<Item = (&'static str, &str)> {
        let here = self
            .written
            .iter()
            .filter(move |(parameter, _)| parameter.location == location);
        here.map(|(parameter, text)| (parameter.name, text.as_str()))
    }

    /// The path: `template` with its placeholders filled in.
    ///
    /// It has the segments of the template, and those of values that may be several. A URL that is built from it must still
    /// have it as its path once it is parsed; whoever builds the URL asserts that.
    ///
    /// # Errors
    ///
    /// When a placeholder has no value, or a segment came out empty, as `.` or as `..`, which would send the request
    /// somewhere else. Only the last one may be empty, behind a slash at the end of a value of several.
    pub fn path(&self, template: &'static str) -> Result<String, ParameterError> {
        let (mut path, mut is_inside) = (String::with_capacity(template.len() + 32), false);
        let between = |char| {
            is_inside = char == '{' || is_inside && char != '}';
            char == '/' && !is_inside
        };
        let mut pieces = template.split(between).enumerate().peekable();
        while let Some((index, segment)) = pieces.next() {
            if index > 0 {
                path.push('/');
            }
            let (start, mut rest) = (path.len(), segment);
            let (mut first, mut has_segments) = (None, false);
            while let Some((literal, (name, after))) = rest
                .split_once('{')
                .and_then(|(literal, after)| Some((literal, after.split_once('}')?)))
            {
                let missing = ParameterError {
                    name,
                    cause: Cause::Missing,
                };
                let is_meant = |(parameter, _): &&(Parameter, String)| {
                    parameter.location == Location::Path && parameter.name == name
                };
                let (parameter, text) = self.written.iter().find(is_meant).ok_or(missing)?;
                path.push_str(literal);
                path.push_str(text);
                has_segments |= !parameter.segments.is_empty();
                first = first.or(Some(name));
                rest = after;
            }
            path.push_str(rest);
            if let Some(name) = first {
                let built = &path[start..];
                let leads_astray = if has_segments {
                    segments::lead_astray(built, pieces.peek().is_none())
                } else {
                    let built = built.replace("%2e", ".").replace("%2E", ".");
                    matches!(built.as_str(), "" | "." | "..")
                };
                if leads_astray {
                    return Err(ParameterError {
                        name,
                        cause: Cause::Segment,
                    });
                }
            }
        }
        Ok(path)
    }

    /// The query, without its question mark; `None` when there is none.
    #[must_use]
    pub fn query(&self) -> Option<String> {
        let whole = self.join(Location::QueryString, "&");
        let queries: Vec<String> = whole.into_iter().chain(self.join(Location::Query, "&")).collect();
        (!queries.is_empty()).then(|| queries.join("&"))
    }

    /// The value of the header `Cookie`; `None` when there is none.
    #[must_use]
    pub fn cookies(&self) -> Option<String> {
        self.join(Location::Cookie, "; ")
    }

    /// The header fields.
    pub fn headers(&self) -> impl Iterator<Item = (HeaderName, HeaderValue)> {
        self.at(Location::Header).filter_map(|(name, text)| {
            Some((
                HeaderName::from_bytes(name.as_bytes()).ok()?,
                HeaderValue::from_bytes(text.as_bytes()).ok()?,
            ))
        })
    }

    fn join(&self, location: Location, separator: &str) -> Option<String> {
        let texts: Vec<&str> = self.at(location).map(|(_, text)| text).collect();
        (!texts.is_empty()).then(|| texts.join(separator))
    }
}

impl fmt::Debug for Arguments {
    /// Shows which parameters there are, not their values: some are secret, and which ones cannot be known.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_list()
            .entries(self.written.iter().map(|(parameter, _)| parameter.name))
            .finish()
    }
}
