// @generated from an OpenAPI description: the runtime, the same for every API.

//! A parameter's value in the one form that every style works on. Out of anything that serializes, once per type; all
//! that follows is compiled once.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde::ser::{Error as _, Serialize};
use serde_json::{Error, Value};

use crate::runtime::values::json;
use crate::runtime::values::number;

/// All characters but those that RFC 3986 calls unreserved.
pub(crate) const RESERVED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// A text that has none of them, as it stands in a URL or a form.
pub(crate) fn escaped(text: &str) -> String {
    utf8_percent_encode(text, RESERVED).to_string()
}

/// A JSON value whose members keep their order.
#[derive(Debug, Clone, PartialEq)]
pub enum Argument {
    /// `null`.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A number, as it is written.
    Number(String),
    /// Text.
    Text(String),
    /// An array.
    List(Vec<Self>),
    /// An object.
    Object(Vec<(String, Self)>),
}

impl Argument {
    /// Takes a value apart.
    ///
    /// # Errors
    ///
    /// When it cannot be written as JSON.
    pub fn of<T: Serialize + ?Sized>(value: &T) -> Result<Self, Error> {
        // By way of text: bodies need the same serializer, so nothing is compiled twice; numbers keep their text; and members
        // keep their order.
        let json = json::to_vec(value)?;
        Self::read(&String::from_utf8(json).map_err(Error::custom)?)
    }

    /// Takes the JSON of a value apart.
    pub(crate) fn read(json: &str) -> Result<Self, Error> {
        Reader { json, position: 0 }.value()
    }

    /// The text of the value: a string as it is, everything else as JSON.
    #[must_use]
    pub fn text(&self) -> String {
        match self {
            Self::Text(text) => text.clone(),
            Self::Null | Self::Bool(_) | Self::Number(_) | Self::List(_) | Self::Object(_) => self.json(),
        }
    }

    /// The value as JSON.
    #[must_use]
    pub fn json(&self) -> String {
        let mut json = String::new();
        self.write(&mut json);
        json
    }

    fn write(&self, json: &mut String) {
        match self {
            Self::Null => json.push_str("null"),
            Self::Bool(flag) => json.push_str(if *flag { "true" } else { "false" }),
            Self::Number(number) => json.push_str(number),
            Self::Text(text) => json.push_str(&Value::from(text.as_str()).to_string()),
            Self::List(items) => {
                json.push('[');
                for (index, item) in items.iter().enumerate() {
                    if index > 0 {
                        json.push(',');
                    }
                    item.write(json);
                }
                json.push(']');
            }
            Self::Object(members) => {
                json.push('{');
                for (index, (name, value)) in members.iter().enumerate() {
                    if index > 0 {
                        json.push(',');
                    }
                    json.push_str(&Value::from(name.as_str()).to_string());
                    json.push(':');
                    value.write(json);
                }
                json.push('}');
            }
        }
    }
}

/// A JSON text that was written here, while it is taken apart. Not by way of serde: what that makes of a number depends on the
/// features of `serde_json` that others switch on.
struct Reader<'j> {
    json: &'j str,
    position: usize,
}

impl Reader<'_> {
    fn value(&mut self) -> Result<Argument, Error> {
        match self.byte() {
            Some(b'"') => self.text().map(Argument::Text),
            Some(b'[') => {
                let mut items = Vec::new();
                self.position += 1;
                while !self.ends(b']') {
                    items.push(self.value()?);
                }
                Ok(Argument::List(items))
            }
            Some(b'{') => {
                let mut members = Vec::new();
                self.position += 1;
                while !self.ends(b'}') {
                    let name = self.text()?;
                    let colon = self.byte();
                    self.position += colon.map_or(0, |_| 1);
                    members.push((name, self.value()?));
                }
                Ok(Argument::Object(members))
            }
            _ => {
                let rest = self.json.get(self.position..).unwrap_or_default();
                let length = rest.find([',', ']', '}']).unwrap_or(rest.len());
                let word = rest.get(..length).unwrap_or_default().trim_ascii_end();
                self.position += length;
                Ok(match word {
                    "null" => Argument::Null,
                    "true" => Argument::Bool(true),
                    "false" => Argument::Bool(false),
                    number => Argument::Number(number.to_owned()),
                })
            }
        }
    }

    /// The next byte. There is space between values only where somebody wrote them as raw text.
    fn byte(&mut self) -> Option<u8> {
        let rest = self.json.as_bytes().get(self.position..)?;
        self.position += rest.iter().take_while(|byte| byte.is_ascii_whitespace()).count();
        self.json.as_bytes().get(self.position).copied()
    }

    /// Whether a list or an object is over; what separates its parts is passed over.
    fn ends(&mut self, end: u8) -> bool {
        let mut byte = self.byte();
        if byte == Some(end) || byte == Some(b',') {
            self.position += 1;
        }
        if byte == Some(b',') {
            byte = self.byte();
        }
        byte == Some(end) || byte.is_none()
    }

    fn text(&mut self) -> Result<String, Error> {
        let start = self.position;
        self.position = number::end_of_string(self.json.as_bytes(), start);
        serde_json::from_str(self.json.get(start..self.position).unwrap_or_default())
    }
}
