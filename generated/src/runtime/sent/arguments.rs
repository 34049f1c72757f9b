// @generated from an OpenAPI description: the runtime, the same for every API.

//! The parameters of one call: values in, the path, the query, the headers and the cookies of a request out.

use std::fmt;

use http::{HeaderName, HeaderValue};
use serde::Serialize;

use crate::runtime::sent::argument::Argument;
use crate::runtime::sent::parameter::{Location, Parameter};
use crate::runtime::sent::parameter_error::{Cause, ParameterError};

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
        let text = parameter.plain(&value);
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
        let pieces: Vec<&str> = template.split(between).collect();
        for (index, segment) in pieces.iter().enumerate() {
            if index > 0 {
                path.push('/');
            }
            let (start, mut rest) = (path.len(), *segment);
            let mut first = None;
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
                let written = self.written.iter().find(is_meant).ok_or(missing)?;
                path.push_str(literal);
                path.push_str(&written.1);
                first = first.or(Some(name));
                rest = after;
            }
            path.push_str(rest);
            if let Some(name) = first {
                let built = &path[start..];
                let unescaped = built.replace("%2e", ".").replace("%2E", ".");
                let leads_astray = matches!(unescaped.as_str(), "" | "." | "..");
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
