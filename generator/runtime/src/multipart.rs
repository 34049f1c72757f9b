//! `multipart/form-data`: values and files in, parts out.

use std::fmt::Write as _;
use std::hash::{BuildHasher as _, Hasher as _, RandomState};

use bytes::{BufMut as _, Bytes, BytesMut};
use http::HeaderValue;
use serde::Serialize;

use crate::runtime::argument::Argument;
use crate::runtime::body::BodyError;
use crate::runtime::promised::{Problem, UploadError};
use crate::runtime::stream::{ByteStream, Piece, Pieces};
use crate::runtime::style::{Delimiter, Escape, Style, Writing};
use crate::runtime::upload::Upload;

/// The parts of a multipart body, in the order in which they were added.
///
/// ```ignore
/// Multipart::new()
///     .value("title", None, &self.title)                                 // text/plain
///     .value("tags", None, &self.tags)                                   // a part for each item
///     .value("meta", Some("application/json"), &self.meta)
///     .files("picture", Some("image/png"), &self.picture)                // Option<Upload>
///     .files("attachment", None, &self.attachments)                      // Vec<Upload>
///     .file("document", None, &self.document)                            // Upload
/// ```
#[derive(Debug, Clone, Default)]
pub struct Multipart {
    parts: Vec<Part>,
    error: Option<String>,
}

#[derive(Debug, Clone)]
struct Part {
    head: String,
    data: Upload,
}

impl Multipart {
    /// No parts yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a value: text, number or boolean as `text/plain`, an object as `application/json`, a list as a part for each
    /// item, `null` not at all. With a `content_type` that is JSON, any value is one JSON part of it.
    #[must_use]
    pub fn value<T: Serialize + ?Sized>(self, name: &str, content_type: Option<&str>, value: &T) -> Self {
        let value = Argument::of(value);
        self.argument(name, content_type, value)
    }

    /// Adds a list as one part, with `delimiters` between its elements, those of the lists in it, and so on; with `explode` as a
    /// part for each element. What is empty or `null` is not sent.
    #[must_use]
    pub fn delimited<T: Serialize + ?Sized>(
        mut self,
        name: &str,
        explode: bool,
        delimiters: &'static [Delimiter],
        value: &T,
    ) -> Self {
        let writing = Writing {
            name,
            style: Style::Simple,
            explode: false,
            delimiters,
            escape: Escape::Nothing,
            separator: "",
        };
        let texts = Argument::of(value).and_then(|value| {
            let values = match value {
                Argument::List(items) if explode => items,
                value => vec![value],
            };
            values
                .iter()
                .map(|value| writing.write(value))
                .collect::<Result<Vec<_>, _>>()
        });
        match texts {
            Ok(texts) => {
                for text in texts.into_iter().flatten() {
                    self.push(name, None, None, text.into());
                }
            }
            Err(error) => self.fail(format!("the part `{name}` cannot be encoded: {error}")),
        }
        self
    }

    fn argument(mut self, name: &str, content_type: Option<&str>, value: serde_json::Result<Argument>) -> Self {
        let json = content_type.is_some_and(is_json);
        let texts = value.and_then(|value| match value {
            Argument::Null => Ok(Vec::new()),
            value if json => Ok(vec![(serde_json::to_string(&value)?, None)]),
            Argument::List(items) => items.iter().filter(|item| **item != Argument::Null).map(text).collect(),
            value => Ok(vec![text(&value)?]),
        });
        match texts {
            Ok(texts) => {
                for (text, default) in texts {
                    self.push(name, None, content_type.or(default), text.into());
                }
            }
            Err(error) => self.fail(format!("the part `{name}` cannot be encoded: {error}")),
        }
        self
    }

    /// Adds a file. Its own content type goes before the one given here.
    #[must_use]
    pub fn file(mut self, name: &str, content_type: Option<&str>, file: &Upload) -> Self {
        // Servers tell files from values by the presence of a file name.
        let file_name = file.name().unwrap_or(name).to_owned();
        // The description may list several, of which this can only be one.
        let declared = content_type.filter(|declared| !declared.contains([',', '*']));
        let content_type = file
            .media_type()
            .or(declared)
            .unwrap_or("application/octet-stream")
            .to_owned();
        self.push(name, Some(&file_name), Some(&content_type), file.clone());
        self
    }

    /// Adds any number of files under one name.
    #[must_use]
    pub fn files<'a>(
        self,
        name: &str,
        content_type: Option<&str>,
        files: impl IntoIterator<Item = &'a Upload>,
    ) -> Self {
        files
            .into_iter()
            .fold(self, |parts, file| parts.file(name, content_type, file))
    }

    fn push(&mut self, name: &str, file_name: Option<&str>, content_type: Option<&str>, data: Upload) {
        let mut head = format!("Content-Disposition: form-data; name=\"{}\"", escape(name));
        if let Some(file_name) = file_name {
            let _ = write!(head, "; filename=\"{}\"", escape(file_name));
        }
        if let Some(content_type) = content_type {
            if HeaderValue::from_str(content_type).is_err() {
                self.fail(format!("the part `{name}` has a content type that no header can hold"));
                return;
            }
            let _ = write!(head, "\r\nContent-Type: {content_type}");
        }
        self.parts.push(Part { head, data });
    }

    fn fail(&mut self, error: String) {
        self.error.get_or_insert(error);
    }

    /// Puts a boundary between the parts.
    pub(crate) fn finish(self) -> Result<Boundaries, BodyError> {
        let boundary = format!("{:016x}{:016x}", random(), random());
        self.finish_with(boundary)
    }

    pub(crate) fn finish_with(self, boundary: String) -> Result<Boundaries, BodyError> {
        match self.error {
            Some(error) => Err(BodyError::new(error)),
            None => Ok(Boundaries {
                boundary,
                parts: self.parts,
            }),
        }
    }
}

/// A multipart body that is ready to be sent.
#[derive(Debug, Clone)]
pub(crate) struct Boundaries {
    boundary: String,
    parts: Vec<Part>,
}

impl Boundaries {
    pub(crate) fn content_type(&self) -> String {
        format!("multipart/form-data; boundary={}", self.boundary)
    }

    fn head(&self, part: &Part) -> String {
        format!("--{}\r\n{}\r\n\r\n", self.boundary, part.head)
    }

    fn end(&self) -> String {
        format!("--{}--\r\n", self.boundary)
    }

    /// The number of bytes, where every part knows its own.
    pub(crate) fn len(&self) -> Option<u64> {
        self.parts.iter().try_fold(self.end().len() as u64, |sum, part| {
            Some(sum + self.head(part).len() as u64 + part.data.len()? + 2)
        })
    }

    pub(crate) fn is_repeatable(&self) -> bool {
        self.parts.iter().all(|part| part.data.is_repeatable())
    }

    /// The same for one attempt, as [`Upload::prepare`] has it.
    pub(crate) async fn prepare(&self, problem: &Problem) -> Result<Self, UploadError> {
        let mut parts = Vec::with_capacity(self.parts.len());
        for Part { head, data } in &self.parts {
            let (head, data) = (head.clone(), data.prepare(problem).await?);
            parts.push(Part { head, data });
        }
        let boundary = self.boundary.clone();
        Ok(Self { boundary, parts })
    }

    /// The whole body, where nothing of it is a stream.
    pub(crate) fn bytes(&self) -> Option<Bytes> {
        let mut all = BytesMut::new();
        for part in &self.parts {
            all.put(self.head(part).as_bytes());
            all.put(part.data.bytes()?.as_ref());
            all.put(&b"\r\n"[..]);
        }
        all.put(self.end().as_bytes());
        Some(all.freeze())
    }

    /// The body piece by piece; `None` when a part is gone.
    pub(crate) fn open(&self) -> Option<ByteStream> {
        let mut pieces = Vec::with_capacity(self.parts.len() * 3 + 1);
        for part in &self.parts {
            pieces.push(Piece::Bytes(self.head(part).into()));
            pieces.push(Piece::Stream(part.data.open()?));
            pieces.push(Piece::Bytes(Bytes::from_static(b"\r\n")));
        }
        pieces.push(Piece::Bytes(self.end().into()));
        pieces.reverse();
        Some(ByteStream::new(Pieces(pieces)))
    }
}

/// The text of a value and the content type that goes with it; plain text is what a part without one is.
fn text(value: &Argument) -> serde_json::Result<(String, Option<&'static str>)> {
    let structured = matches!(value, Argument::List(_) | Argument::Object(_));
    Ok((value.text()?, structured.then_some("application/json")))
}

/// Whether a media type is JSON, by itself or by its suffix.
pub(crate) fn is_json(media_type: &str) -> bool {
    let essence = media_type
        .split(';')
        .next()
        .unwrap_or_default()
        .trim()
        .to_ascii_lowercase();
    essence.ends_with("/json") || essence.ends_with("+json")
}

/// As the HTML standard has it for the names in a form.
fn escape(name: &str) -> String {
    name.replace('"', "%22").replace('\r', "%0D").replace('\n', "%0A")
}

/// Sixty-four bits that nobody can foresee, from the keys of the standard library's hasher.
fn random() -> u64 {
    RandomState::new().build_hasher().finish()
}
