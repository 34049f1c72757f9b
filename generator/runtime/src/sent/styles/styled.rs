//! Parameters in other styles than the usual one of their place: what is said of them and a value in, its text out.

use crate::runtime::sent::argument::Argument;
#[cfg(part = "forms")]
use crate::runtime::sent::form;
use crate::runtime::sent::parameter::{Content, Location, Parameter};
use crate::runtime::sent::parameter_error::{Cause, ParameterError};
use crate::runtime::sent::styles::ambiguity::Ambiguous;
use crate::runtime::sent::styles::style::{self, Delimiter, Escape, Style, Writing};

#[allow(dead_code, reason = "a document may say only some of this about its parameters")]
impl Parameter {
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
    #[cfg(part = "segments")]
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
    #[cfg(part = "forms")]
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

    /// Whether a value is written as it is where nothing is said of it.
    pub(crate) fn is_usual(&self, value: &Argument) -> bool {
        #[cfg(part = "segments")]
        if !self.segments.is_empty() {
            return false;
        }
        self.content == Content::Styled
            && self.style == self.location.usual_style()
            && self.delimiters.is_empty()
            && !self.allow_reserved
            && !matches!(value, Argument::List(_) | Argument::Object(_))
    }

    /// The text of a value; `None` when there is nothing to send.
    pub(crate) fn write(&self, value: &Argument) -> Result<Option<String>, ParameterError> {
        let text = match self.content {
            Content::Styled if self.may_be_empty && value.is_empty() => {
                self.write_as(Style::Form, &Argument::Text(String::new()))?
            }
            Content::Styled => self.write_as(self.style, value)?,
            Content::Json => self.write_as(self.location.usual_style(), &Argument::Text(value.json()))?,
            #[cfg(part = "forms")]
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
            #[cfg(part = "segments")]
            (Location::Path, _, true) if !self.segments.is_empty() => Escape::ButReserved(style::OF_SEGMENTS),
            #[cfg(part = "segments")]
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
}
