//! Multipart bodies, of `multipart/form-data` and its kin: values and files in, parts out.

use std::fmt::Write as _;
use std::hash::{BuildHasher as _, Hasher as _, RandomState};
use std::io;
use std::pin::Pin;
use std::task::{Context, Poll};

use bytes::{BufMut as _, Bytes, BytesMut};
use futures_core::Stream;
use http::{HeaderName, HeaderValue};
use serde::Serialize;

use crate::runtime::received::stream::ByteStream;
use crate::runtime::sent::argument::Argument;
use crate::runtime::sent::body::{BodyError, is_json};
use crate::runtime::sent::charset;
use crate::runtime::sent::styles::ambiguity::Ambiguous;
use crate::runtime::sent::styles::style::{Delimiter, Escape, Style, Writing};
use crate::runtime::sent::uploads::promised::{Problem, UploadError};
use crate::runtime::sent::uploads::upload::Upload;

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
///     .header("X-Page", "1")                                             // of the document
/// ```
///
/// Parts of other media types than `multipart/form-data` may do without names:
///
/// ```ignore
/// Multipart::new().part(Some("application/json"), &meta).file_part(None, &photo)
/// ```
#[derive(Debug, Clone, Default)]
pub struct Multipart {
    parts: Vec<Part>,
    /// How many parts there were before the last ones.
    before: usize,
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
        self.argument(Some(name), content_type, Argument::of(value))
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
        self.before = self.parts.len();
        let writing = Writing {
            name,
            style: Style::Simple,
            explode: false,
            delimiters,
            escape: Escape::Nothing,
            separator: "",
        };
        match Argument::of(value) {
            Ok(value) => {
                let values = match value {
                    Argument::List(items) if explode => items,
                    value => vec![value],
                };
                for value in &values {
                    match writing.write(value) {
                        Ok(None) => {}
                        Ok(Some(text)) => self.push(Some(name), None, None, text.into()),
                        Err(Ambiguous(delimiter)) => self.fail(format!(
                            "the part `{name}` has `{delimiter}` in one of its values, which stands between them"
                        )),
                    }
                }
            }
            Err(error) => self.fail(format!("the part `{name}` cannot be encoded: {error}")),
        }
        self
    }

    /// The same without a name.
    #[must_use]
    pub fn part<T: Serialize + ?Sized>(self, content_type: Option<&str>, value: &T) -> Self {
        self.argument(None, content_type, Argument::of(value))
    }

    fn argument(mut self, name: Option<&str>, content_type: Option<&str>, value: serde_json::Result<Argument>) -> Self {
        self.before = self.parts.len();
        let content_type = content_type.and_then(one_of);
        let json = content_type.is_some_and(is_json);
        let texts = value.map(|value| match value {
            Argument::Null => Vec::new(),
            value if json => vec![(value.json(), None)],
            Argument::List(items) => items.iter().filter(|item| **item != Argument::Null).map(text).collect(),
            value => vec![text(&value)],
        });
        match texts {
            Ok(texts) => {
                for (text, default) in texts {
                    let content_type = content_type.or(default);
                    match charset::encode(content_type.unwrap_or_default(), &text) {
                        Ok(bytes) => self.push(name, None, content_type, bytes.into_owned().into()),
                        Err(error) => self.fail(format!("{}: {error}", called(name))),
                    }
                }
            }
            Err(error) => self.fail(format!("{} cannot be encoded: {error}", called(name))),
        }
        self
    }

    /// Adds a file. Its own content type goes before the one given here.
    #[must_use]
    pub fn file(mut self, name: &str, content_type: Option<&str>, file: &Upload) -> Self {
        self.before = self.parts.len();
        self.add_file(Some(name), content_type, file);
        self
    }

    /// The same without a name, and without a name of the file where it has none.
    #[must_use]
    pub fn file_part(mut self, content_type: Option<&str>, file: &Upload) -> Self {
        self.before = self.parts.len();
        self.add_file(None, content_type, file);
        self
    }

    fn add_file(&mut self, name: Option<&str>, content_type: Option<&str>, file: &Upload) {
        // Servers tell files from values by the presence of a file name.
        let file_name = file.name().or(name).map(str::to_owned);
        // The description may list several, of which this can only be one.
        let declared = content_type.filter(|declared| !declared.contains([',', '*']));
        let content_type = file
            .media_type()
            .or(declared)
            .unwrap_or("application/octet-stream")
            .to_owned();
        let index = self.parts.len();
        self.push(name, file_name.as_deref(), Some(&content_type), file.clone());
        for (name, value) in file.headers() {
            self.give(index, name, value);
        }
    }

    /// Adds any number of files under one name.
    #[must_use]
    pub fn files<'a>(
        mut self,
        name: &str,
        content_type: Option<&str>,
        files: impl IntoIterator<Item = &'a Upload>,
    ) -> Self {
        self.before = self.parts.len();
        for file in files {
            self.add_file(Some(name), content_type, file);
        }
        self
    }

    /// Adds the parts of `others`.
    #[must_use]
    pub fn and(mut self, others: Self) -> Self {
        self.before = self.parts.len();
        self.parts.extend(others.parts);
        if let Some(error) = others.error {
            self.fail(error);
        }
        self
    }

    /// Gives a header to what was added last: to all parts of a list.
    #[must_use]
    pub fn header(mut self, name: &str, value: &str) -> Self {
        self.give(self.before, name, value);
        self
    }

    /// Gives a header to the parts from `first` on.
    fn give(&mut self, first: usize, name: &str, value: &str) {
        if HeaderName::from_bytes(name.as_bytes()).is_err() || HeaderValue::from_str(value).is_err() {
            self.fail(format!("`{name}` of a part is not a header field"));
            return;
        }
        for part in self.parts.iter_mut().skip(first) {
            let _ = write!(part.head, "{name}: {value}\r\n");
        }
    }

    fn push(&mut self, name: Option<&str>, file_name: Option<&str>, content_type: Option<&str>, data: Upload) {
        let mut head = String::new();
        let disposition = match (name, file_name) {
            (Some(name), _) => Some(format!("form-data; name=\"{}\"", escape(name))),
            (None, Some(_)) => Some("attachment".to_owned()),
            (None, None) => None,
        };
        if let Some(disposition) = disposition {
            let _ = write!(head, "Content-Disposition: {disposition}");
            if let Some(file_name) = file_name {
                let _ = write!(head, "; filename=\"{}\"", escape(file_name));
            }
            head.push_str("\r\n");
        }
        if let Some(content_type) = content_type {
            if HeaderValue::from_str(content_type).is_err() {
                self.fail(format!("{} has a content type that no header can hold", called(name)));
                return;
            }
            let _ = write!(head, "Content-Type: {content_type}\r\n");
        }
        self.parts.push(Part { head, data });
    }

    fn fail(&mut self, error: String) {
        self.error.get_or_insert(error);
    }

    /// Puts a boundary between the parts of a body of this media type.
    pub(crate) fn finish(self, media_type: &str) -> Result<Boundaries, BodyError> {
        let boundary = format!("{:016x}{:016x}", random(), random());
        self.finish_with(media_type, boundary)
    }

    pub(crate) fn finish_with(self, media_type: &str, boundary: String) -> Result<Boundaries, BodyError> {
        match self.error {
            Some(error) => Err(BodyError::new(error)),
            None => Ok(Boundaries {
                media_type: media_type.to_owned(),
                boundary,
                parts: self.parts,
            }),
        }
    }
}

/// A multipart body that is ready to be sent.
#[derive(Debug, Clone)]
pub(crate) struct Boundaries {
    media_type: String,
    boundary: String,
    parts: Vec<Part>,
}

impl Boundaries {
    pub(crate) fn content_type(&self) -> String {
        format!("{}; boundary={}", self.media_type, self.boundary)
    }

    fn head(&self, part: &Part) -> String {
        format!("--{}\r\n{}\r\n", self.boundary, part.head)
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
        Ok(Self {
            media_type: self.media_type.clone(),
            boundary: self.boundary.clone(),
            parts,
        })
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

/// One part of [`Pieces`].
enum Piece {
    Bytes(Bytes),
    Stream(ByteStream),
}

/// Several pieces one after the other, the first of them last in the list.
struct Pieces(Vec<Piece>);

impl Stream for Pieces {
    type Item = io::Result<Bytes>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        while let Some(piece) = self.0.pop() {
            match piece {
                Piece::Bytes(bytes) if bytes.is_empty() => {}
                Piece::Bytes(bytes) => return Poll::Ready(Some(Ok(bytes))),
                Piece::Stream(mut stream) => {
                    let polled = Pin::new(&mut stream).poll_next(context);
                    if let Poll::Ready(None) = polled {
                        continue;
                    }
                    self.0.push(Piece::Stream(stream));
                    return polled;
                }
            }
        }
        Poll::Ready(None)
    }
}

/// The text of a value and the content type that goes with it; plain text is what a part without one is.
fn text(value: &Argument) -> (String, Option<&'static str>) {
    let structured = matches!(value, Argument::List(_) | Argument::Object(_));
    (value.text(), structured.then_some("application/json"))
}

/// Of several media types, the one that a value is sent as: JSON, else the first that is no range.
fn one_of(content_type: &str) -> Option<&str> {
    if !content_type.contains([',', '*']) {
        return Some(content_type);
    }
    let mut several = content_type.split(',').map(str::trim);
    let first = several.clone().find(|one| !one.contains('*'));
    several.find(|one| is_json(one)).or(first)
}

/// What messages call a part.
fn called(name: Option<&str>) -> String {
    name.map_or_else(|| "a part".to_owned(), |name| format!("the part `{name}`"))
}

/// As the HTML standard has it for the names in a form.
fn escape(name: &str) -> String {
    name.replace('"', "%22").replace('\r', "%0D").replace('\n', "%0A")
}

/// Sixty-four bits that nobody can foresee, from the keys of the standard library's hasher.
fn random() -> u64 {
    RandomState::new().build_hasher().finish()
}
