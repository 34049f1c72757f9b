//! One message out, one answer in: the status and headers at once, the body as far as it may be kept.

use std::time::Duration;

use bytes::{Bytes, BytesMut};
use http::StatusCode;
use tokio::time::Instant;

use crate::runtime::calls::ended::Failed;
use crate::runtime::calls::error::{Kind, Outcome, Unreadable};
use crate::runtime::calls::outcome::Verdict;
use crate::runtime::calls::sending::elsewhere::Followed;
use crate::runtime::calls::sending::message;
use crate::runtime::network::transport::{Transport, TransportError};
use crate::runtime::received::idle::Idle;
use crate::runtime::received::media;
use crate::runtime::received::reading::Streaming;
use crate::runtime::received::response::Response;
use crate::runtime::received::stream::ByteStream;
use crate::runtime::sent::body::Body;
use crate::runtime::sent::uploads::promised::Problem;
use crate::runtime::shown::outside::BoxError;
use crate::runtime::shown::secret::Secrets;

/// For how long the body of an error is waited for: its status has said already what counts.
const ERROR_BODY: Duration = Duration::from_secs(5);

/// For how long an answer is waited for.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Patience {
    /// When the attempt ends, where that can be expressed.
    pub(crate) until: Option<Instant>,
    /// How long a stream may be silent.
    pub(crate) idle: Duration,
}

/// How many bytes of a decoded body are kept.
#[derive(Debug, Clone, Copy)]
pub(crate) struct SizeLimits {
    pub(crate) success: usize,
    pub(crate) error: usize,
}

/// A message that is ready to be sent once.
pub(crate) struct Prepared {
    message: http::Request<Option<Body>>,
    /// How to come to what lies elsewhere, where that is wanted.
    followed: Option<Followed>,
    /// What goes wrong with its body on the way.
    problem: Problem,
}

/// Opens what is to be sent. Where that cannot be, nothing is sent.
pub(crate) async fn prepare(mut message: http::Request<Option<Body>>, follow: bool) -> Result<Prepared, Failed> {
    let problem = Problem::default();
    if let Some(body) = message.body_mut() {
        *body = body.prepare(&problem).await.map_err(|error| {
            let verdict = Verdict::lasting(Outcome::Rejected);
            Failed::untyped(Kind::Request(error.into()), verdict)
        })?;
        message::declare_empty(&mut message);
    }
    let followed = follow.then(|| Followed::of(&message)).flatten();
    Ok(Prepared {
        message,
        followed,
        problem,
    })
}

/// Sends a message. By its status, an answer is a success or none (`arrival`), and the body of a success is left to arrive
/// or collected.
pub(crate) async fn exchange(
    transport: &dyn Transport,
    Prepared {
        mut message,
        mut followed,
        problem,
    }: Prepared,
    arrival: impl Fn(StatusCode) -> Option<Streaming>,
    limits: SizeLimits,
    patience: Patience,
) -> Result<Response, Failed> {
    // A server may answer before it has all, and be content with what it got.
    let broken_off = || {
        problem.get().map(|problem| {
            let error = TransportError::upload(problem.clone());
            Failed::untyped(Kind::Transport(error), Verdict::lasting(Outcome::Unknown))
        })
    };
    let (head, body) = loop {
        let answer = transport.send(message).await.map_err(|error| {
            if let Some(failed) = broken_off() {
                return failed;
            }
            let verdict = Verdict::passing(error.outcome());
            Failed::untyped(Kind::Transport(error), verdict)
        })?;
        let next = followed
            .as_mut()
            .filter(|_| arrival(answer.status()).is_some())
            .and_then(|followed| followed.next(answer.status(), answer.headers()));
        match next {
            None => break answer.into_parts(),
            Some(Ok(next)) => message = next,
            Some(Err(source)) => {
                let unreadable = Unreadable {
                    status: answer.status(),
                    headers: answer.headers().clone(),
                    raw: Bytes::new(),
                    source,
                    secrets: Secrets::NONE,
                };
                let verdict = Verdict::lasting(Outcome::Unknown);
                return Err(Failed::untyped(Kind::Unreadable(unreadable), verdict));
            }
        }
    };
    let (status, headers) = (head.status, head.headers);
    let stranger = followed.as_ref().and_then(Followed::stranger);
    let Some(streaming) = arrival(status) else {
        let raw = beginning(body, limits.error, patience).await;
        // What somebody else refuses says nothing about the API: neither its errors nor its limits.
        if let Some(host) = stranger {
            let unreadable = Unreadable {
                status,
                headers,
                raw,
                source: format!("it is {host}, where the answer is said to lie").into(),
                secrets: Secrets::NONE,
            };
            let passes = status.is_server_error() || status == StatusCode::TOO_MANY_REQUESTS;
            let verdict = if passes {
                Verdict::passing(Outcome::Unknown)
            } else {
                Verdict::lasting(Outcome::Unknown)
            };
            return Err(Failed::untyped(Kind::Unreadable(unreadable), verdict));
        }
        return Ok(Response::new(status, headers, raw));
    };
    if let Some(failed) = broken_off() {
        return Err(failed);
    }
    // What nobody asked for is no stream of what was asked for: it says what is wrong, as an error does.
    if media::is_foreign(&headers, streaming) {
        let raw = beginning(body, limits.error, patience).await;
        return Ok(Response::new(status, headers, raw));
    }
    if streaming != Streaming::No {
        let body = ByteStream::new(Idle::new(body, patience.idle));
        return Ok(Response::streamed(status, headers, body).of(stranger));
    }
    let (raw, problem) = collect(body, limits.success).await;
    let (source, verdict): (BoxError, _) = match problem {
        None => {
            return match broken_off() {
                None => Ok(Response::new(status, headers, raw)),
                Some(failed) => Err(failed),
            };
        }
        Some(Cut::Broken(error)) => (
            TransportError::after_sending(error).into(),
            Verdict::passing(Outcome::Unknown),
        ),
        Some(Cut::TooLong(limit)) => (
            format!("the body is longer than {limit} bytes").into(),
            Verdict::lasting(Outcome::Unknown),
        ),
    };
    let unreadable = Unreadable {
        status,
        headers,
        raw,
        source,
        secrets: Secrets::NONE,
    };
    Err(Failed::untyped(Kind::Unreadable(unreadable), verdict))
}

/// The beginning of a body that explains a status. The status is what counts: an error without its body is still that error.
async fn beginning(body: ByteStream, limit: usize, patience: Patience) -> Bytes {
    let ends = [Instant::now().checked_add(ERROR_BODY), patience.until];
    let body = collect(body, limit);
    let (raw, _) = match ends.into_iter().flatten().min() {
        Some(end) => tokio::time::timeout_at(end, body).await.unwrap_or_default(),
        None => body.await,
    };
    // Errors are kept, and a piece keeps the whole buffer that it came in.
    Bytes::copy_from_slice(&raw)
}

/// Why a body is not whole.
enum Cut {
    Broken(std::io::Error),
    TooLong(usize),
}

/// The first `limit` bytes of a body, and why there are no more if there should be.
async fn collect(mut body: ByteStream, limit: usize) -> (Bytes, Option<Cut>) {
    let mut whole = BytesMut::new();
    let mut first: Option<Bytes> = None;
    loop {
        let piece = match body.next().await {
            // A body that came in one piece is handed on as it is.
            None => return (first.unwrap_or_else(|| whole.freeze()), None),
            Some(Err(error)) => return (first.unwrap_or_else(|| whole.freeze()), Some(Cut::Broken(error))),
            Some(Ok(piece)) => piece,
        };
        if let Some(first) = first.take() {
            whole.extend_from_slice(&first);
        }
        let room = limit - whole.len();
        if piece.len() > room {
            whole.extend_from_slice(piece.get(..room).unwrap_or_default());
            return (whole.freeze(), Some(Cut::TooLong(limit)));
        }
        if whole.is_empty() {
            first = Some(piece);
        } else {
            whole.extend_from_slice(&piece);
        }
    }
}
