// @generated from an OpenAPI description: the runtime, the same for every API.

//! The network on its way to the real API: requests and answers pass, and what they were is written to a file.

use std::fmt;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, ready};

use bytes::{Bytes, BytesMut};
use futures_core::Stream;
use http::header::{CONTENT_LENGTH, CONTENT_TYPE};
use http::response;
use serde_json::Value;

use crate::runtime::calls::operation::Operation;
use crate::runtime::mock::record::content;
use crate::runtime::mock::record::exchange::{self, Answered, Asked, Exchange, LONGEST};
use crate::runtime::mock::record::hiding::Hiding;
use crate::runtime::mock::record::pretty::pretty;
use crate::runtime::network::transport::{Answer, Transport};
use crate::runtime::received::stream::ByteStream;
use crate::runtime::sent::argument::Argument;
use crate::runtime::sent::body::Body;
use crate::runtime::shown::secret::Secrets;

/// Writes what a client and the API say to each other to a file, which [`Recorded`](super::replay::Recorded) says again in
/// tests. A clone is another handle to the same.
///
/// ```ignore
/// let recorder = Recorder::new(Network::new(Duration::from_secs(5))?, "tests/recorded/tickets.json")
///     .replacing("email", "somebody@example.com");
/// let client = Client::builder().access_token(token).transport(recorder.clone()).build()?;
/// client.batch().create(&tickets).await?;
/// recorder.finish()?;
/// ```
///
/// * The client's credentials are not in the file, wherever they were sent or came back: `…` stands in their place, and in that
///   of headers such as `Set-Cookie` or `X-Session-Token`, of what is named like these in queries, forms and URLs, and of the
///   users of URLs. (A `…` that was there itself has a backslash before it.) A credential of fewer than four characters is
///   hidden only where it was sent. Of what the API itself gives away in a body, nobody but the program knows: say it by
///   [`replacing`](Self::replacing), and look through the file before it goes anywhere.
/// * Bodies of requests that are files or streams are read whole before they are sent, up to 64 MiB; with a longer one the call
///   fails. Answers pass piece by piece; one that is longer or breaks off is handed on, and is no answer to say again. Nor is one
///   that was not read to its end, but for events and the like that their reader had enough of, and for errors, of which the
///   status says what counts.
/// * A body in JSON is said again as it came but for space and for how its strings are escaped. One that is nested more than 100
///   deep, or has several members of one name, is a text in the file.
/// * Each attempt is an exchange of its own, so that a call that was retried is retried again. What failed without an answer is
///   left out, and so is what belongs to no operation, such as getting a token by OAuth 2.
/// * When anything happened or how long it took is not in the file.
#[derive(Clone)]
pub struct Recorder(Arc<Shared>);

struct Shared {
    network: Box<dyn Transport>,
    path: PathBuf,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    replaced: Vec<(String, Argument)>,
    /// In the order of the requests; nothing where there is no answer yet, or none to be said again.
    exchanges: Vec<Option<Exchange>>,
    /// Whether there is more than what was written.
    has_more: bool,
}

impl Recorder {
    /// Records what goes through `network`, to be written to the file at `path`.
    pub fn new(network: impl Transport, path: impl Into<PathBuf>) -> Self {
        Self(Arc::new(Shared {
            network: Box::new(network),
            path: path.into(),
            state: Mutex::default(),
        }))
    }

    /// Writes `value` in the place of what goes or comes under a name, in upper or lower case: in members of JSON at any depth,
    /// pairs of queries, forms and URLs, fields in several parts, and headers. With a leading slash it is a JSON pointer, such as
    /// `/results/0/email`, and one member of each body, or of each line of it.
    ///
    /// JSON is seen under other media types too, over several lines or events. XML stays as it is, and so do JSON in a string of
    /// another, and texts in UTF-16.
    ///
    /// The value has to be one that the client can read, and what is told apart by it no longer is.
    #[must_use]
    pub fn replacing(self, member: impl Into<String>, value: impl Into<Value>) -> Self {
        let member = member.into();
        let value: Value = value.into();
        // The text of a value can be read.
        let value = Argument::read(&value.to_string()).unwrap_or(Argument::Null);
        let mut state = self.0.state();
        let is_pointer = member.starts_with('/');
        let is_same = |other: &str| other == member || (!is_pointer && other.eq_ignore_ascii_case(&member));
        state.replaced.retain(|(other, _)| !is_same(other));
        state.replaced.push((member, value));
        drop(state);
        self
    }

    /// Writes the file: what was answered so far, in the order of the requests. What comes later is written when this is called
    /// again, or with the last of the handles gone, where nobody hears what goes wrong.
    ///
    /// The file is there as a whole or as it was before.
    ///
    /// # Errors
    ///
    /// When it cannot be written; and when nothing was answered, which leaves a file of before as it is.
    pub fn finish(&self) -> io::Result<()> {
        self.0.write()
    }
}

impl Shared {
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// How a request and its answer are written.
    fn hiding(&self, secrets: &Secrets) -> Hiding {
        Hiding::new(secrets, self.state().replaced.clone())
    }

    fn write(&self) -> io::Result<()> {
        let text = {
            let mut state = self.state();
            if state.exchanges.iter().all(Option::is_none) {
                let path = self.path.display();
                return Err(io::Error::other(format!(
                    "nothing was answered to be recorded, and `{path}` is left as it is"
                )));
            }
            state.has_more = false;
            pretty(&state.written())
        };
        let written = replace(&self.path, text);
        if written.is_err() {
            self.state().has_more = true;
        }
        written.map_err(|error| {
            let message = format!("the recording `{}` cannot be written: {error}", self.path.display());
            io::Error::new(error.kind(), message)
        })
    }
}

impl Drop for Shared {
    fn drop(&mut self) {
        if self.state().has_more {
            let _ = self.write();
        }
    }
}

/// Puts a text in the place of a file, by way of another that lies beside it.
fn replace(path: &Path, mut text: String) -> io::Result<()> {
    text.push('\n');
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    let mut beside = path.as_os_str().to_owned();
    beside.push(format!(".{}.part", std::process::id()));
    let beside = PathBuf::from(beside);
    let written = fs::write(&beside, text).and_then(|()| fs::rename(&beside, path));
    if written.is_err() {
        let _ = fs::remove_file(&beside);
    }
    written
}

impl Transport for Recorder {
    fn send(&self, request: http::Request<Option<Body>>) -> Answer<'_> {
        Box::pin(async move {
            let extensions = request.extensions();
            let Some(operation) = extensions.get::<&'static Operation>().copied() else {
                return self.0.network.send(request).await;
            };
            let secrets = extensions.get::<Secrets>().cloned().unwrap_or_default();
            let hiding = self.0.hiding(&secrets);
            let (request, bytes) = exchange::in_memory(request).await?;
            let (head, body) = request.into_parts();
            let asked = Asked::of(&head, &bytes, operation, &hiding);
            let index = {
                let mut state = self.0.state();
                state.exchanges.push(None);
                state.exchanges.len() - 1
            };
            let answer = self.0.network.send(http::Request::from_parts(head, body)).await?;
            let (head, body) = answer.into_parts();
            let mut copy = http::Response::new(());
            *copy.status_mut() = head.status;
            copy.headers_mut().clone_from(&head.headers);
            let passing = Passing {
                body,
                kept: Some(BytesMut::new()),
                is_waiting: false,
                is_answer: operation.reading().of(head.status).is_some(),
                rest: Some(Rest {
                    shared: Arc::clone(&self.0),
                    index,
                    asked,
                    head: copy.into_parts().0,
                    hiding,
                }),
            };
            Ok(http::Response::from_parts(head, ByteStream::new(passing)))
        })
    }
}

/// The body of an answer, of which a copy is kept.
struct Passing {
    body: ByteStream,
    /// What came so far; nothing where it was more than what is kept.
    kept: Option<BytesMut>,
    /// Whether somebody waits for a piece.
    is_waiting: bool,
    /// Whether the body is what was asked for: that of an error only explains its status, and is read as far as it is long.
    is_answer: bool,
    rest: Option<Rest>,
}

/// The rest of an exchange.
struct Rest {
    shared: Arc<Shared>,
    index: usize,
    asked: Asked,
    head: response::Parts,
    hiding: Hiding,
}

impl Passing {
    fn keep(&mut self, piece: &Bytes) {
        self.kept = self.kept.take().filter(|kept| kept.len() + piece.len() <= LONGEST);
        if let Some(kept) = &mut self.kept {
            kept.extend_from_slice(piece);
        }
    }

    /// Nothing more comes that belongs to it.
    fn end(&mut self) {
        let Some(Rest {
            shared,
            index,
            asked,
            head,
            hiding,
        }) = self.rest.take()
        else {
            return;
        };
        let bytes = self.kept.take().map(BytesMut::freeze);
        let answered = Answered::of(&head, bytes.as_ref(), &hiding);
        let mut state = shared.state();
        if let Some(place) = state.exchanges.get_mut(index) {
            *place = Some(Exchange { asked, answered });
            state.has_more = true;
        }
    }
}

impl Stream for Passing {
    type Item = io::Result<Bytes>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.is_waiting = true;
        let piece = ready!(Pin::new(&mut self.body).poll_next(context));
        self.is_waiting = false;
        match &piece {
            None => self.end(),
            Some(Ok(piece)) => self.keep(piece),
            Some(Err(_)) => self.rest = None,
        }
        Poll::Ready(piece)
    }
}

impl Drop for Passing {
    /// Nobody reads any further. The beginning of an answer is none, unless it is a series that its reader had enough of; one
    /// that leads elsewhere has said all by its headers.
    fn drop(&mut self) {
        let is_whole = |Rest { head, .. }: &Rest| {
            let text = |name| head.headers.get(name)?.to_str().ok();
            let is_series = text(CONTENT_TYPE).is_some_and(content::is_series) && !self.is_waiting;
            let length = text(CONTENT_LENGTH).and_then(|length| length.parse().ok());
            let is_at_end = length.is_some() && length == self.kept.as_ref().map(BytesMut::len);
            !self.is_answer || head.status.is_redirection() || is_series || is_at_end
        };
        if self.rest.as_ref().is_some_and(is_whole) {
            self.end();
        }
    }
}

impl State {
    /// As a file has it.
    fn written(&self) -> Argument {
        let mut members = Vec::new();
        if !self.replaced.is_empty() {
            members.push(("replaced".to_owned(), Argument::Object(self.replaced.clone())));
        }
        let exchanges = self.exchanges.iter().flatten().map(Exchange::written);
        members.push(("exchanges".to_owned(), Argument::List(exchanges.collect())));
        Argument::Object(members)
    }
}

impl fmt::Debug for Recorder {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Recorder")
            .field("path", &self.0.path)
            .finish_non_exhaustive()
    }
}
