//! One message out, one answer in: the status and headers at once, the body as far as it may be kept.

use std::time::Duration;

use bytes::{Bytes, BytesMut};
use http::StatusCode;
use tokio::time::Instant;

use crate::runtime::calls::ended::Failed;
use crate::runtime::calls::error::{Kind, Outcome, Unreadable};
use crate::runtime::calls::outcome::Verdict;
#[cfg(part = "elsewhere")]
use crate::runtime::calls::sending::elsewhere::{self, Followed};
#[cfg(part = "uploads")]
use crate::runtime::calls::sending::message;
use crate::runtime::network::transport::{Transport, TransportError};
use crate::runtime::received::idle::Idle;
#[cfg(any(part = "events", part = "items"))]
use crate::runtime::received::media;
use crate::runtime::received::reading::Streaming;
use crate::runtime::received::response::Response;
use crate::runtime::received::stream::ByteStream;
use crate::runtime::sent::body::Body;
#[cfg(part = "uploads")]
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
    pub(crate) message: http::Request<Option<Body>>,
    /// How to come to what lies elsewhere, where that is wanted.
    #[cfg(part = "elsewhere")]
    pub(crate) followed: Option<Followed>,
    /// What goes wrong with its body on the way.
    #[cfg(part = "uploads")]
    pub(crate) problem: Problem,
}

/// Opens what is to be sent, and tells `problem` what goes wrong with it on the way. Where it cannot be opened, nothing is
/// sent.
#[cfg(part = "uploads")]
pub(crate) async fn open(message: &mut http::Request<Option<Body>>, problem: &Problem) -> Result<(), Failed> {
    if let Some(body) = message.body_mut() {
        *body = body.prepare(problem).await.map_err(|error| {
            let verdict = Verdict::lasting(Outcome::Rejected);
            Failed::untyped(Kind::Request(error.into()), verdict)
        })?;
        message::declare_empty(message);
    }
    Ok(())
}

/// Sends a message. By its status, an answer is a success or none (`arrival`), and the body of a success is left to arrive
/// or collected.
pub(crate) async fn exchange(
    transport: &dyn Transport,
    prepared: Prepared,
    arrival: impl Fn(StatusCode) -> Option<Streaming>,
    limits: SizeLimits,
    patience: Patience,
) -> Result<Response, Failed> {
    // A server may answer before it has all, and be content with what it got.
    #[cfg(part = "uploads")]
    let broken_off = || {
        prepared.problem.get().map(|problem| {
            let error = TransportError::upload(problem.clone());
            Failed::untyped(Kind::Transport(error), Verdict::lasting(Outcome::Unknown))
        })
    };
    let failed = |error: TransportError| {
        #[cfg(part = "uploads")]
        if let Some(failed) = broken_off() {
            return failed;
        }
        let verdict = Verdict::passing(error.outcome());
        #[cfg(all(part = "mock", feature = "mock"))]
        let verdict = if error.is_lasting() {
            Verdict::lasting(error.outcome())
        } else {
            verdict
        };
        Failed::untyped(Kind::Transport(error), verdict)
    };
    let answer = transport.send(prepared.message).await.map_err(failed)?;
    #[cfg(part = "elsewhere")]
    let mut followed = prepared.followed;
    #[cfg(part = "elsewhere")]
    let answer = elsewhere::follow(transport, answer, followed.as_mut(), &arrival, failed).await?;
    #[cfg(part = "elsewhere")]
    let stranger = followed.as_ref().and_then(Followed::stranger);
    let (head, body) = answer.into_parts();
    let (status, headers) = (head.status, head.headers);
    let Some(streaming) = arrival(status) else {
        let raw = beginning(body, limits.error, patience).await;
        #[cfg(part = "elsewhere")]
        if let Some(host) = stranger {
            return Err(elsewhere::refused(host, status, headers, raw));
        }
        return Ok(Response::new(status, headers, raw));
    };
    #[cfg(part = "uploads")]
    if let Some(failed) = broken_off() {
        return Err(failed);
    }
    // What nobody asked for is no stream of what was asked for: it says what is wrong, as an error does.
    #[cfg(any(part = "events", part = "items"))]
    if media::is_foreign(&headers, streaming) {
        let raw = beginning(body, limits.error, patience).await;
        return Ok(Response::new(status, headers, raw));
    }
    if streaming != Streaming::No {
        let body = ByteStream::new(Idle::new(body, patience.idle));
        let response = Response::streamed(status, headers, body);
        #[cfg(part = "elsewhere")]
        let response = response.of(stranger);
        return Ok(response);
    }
    let (raw, problem) = collect(body, limits.success).await;
    let (source, verdict): (BoxError, _) = match problem {
        None => {
            #[cfg(part = "uploads")]
            if let Some(failed) = broken_off() {
                return Err(failed);
            }
            return Ok(Response::new(status, headers, raw));
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
