// @generated from an OpenAPI description: the runtime, the same for every API.

//! One message out, one answer in: the status and headers at once, the body as far as it may be kept.

use std::time::Duration;

use bytes::{Bytes, BytesMut};
use http::StatusCode;
use tokio::time::Instant;

use crate::runtime::calls::ended::Failed;
use crate::runtime::calls::error::{Kind, Outcome, Unreadable};
use crate::runtime::calls::outcome::Verdict;
use crate::runtime::network::transport::{Transport, TransportError};
use crate::runtime::received::idle::Idle;
use crate::runtime::received::reading::Streaming;
use crate::runtime::received::response::Response;
use crate::runtime::received::stream::ByteStream;
use crate::runtime::sent::body::Body;
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
    let failed = |error: TransportError| {
        let verdict = Verdict::passing(error.outcome());
        #[cfg(feature = "mock")]
        let verdict = if error.is_lasting() {
            Verdict::lasting(error.outcome())
        } else {
            verdict
        };
        Failed::untyped(Kind::Transport(error), verdict)
    };
    let answer = transport.send(prepared.message).await.map_err(failed)?;
    let (head, body) = answer.into_parts();
    let (status, headers) = (head.status, head.headers);
    let Some(streaming) = arrival(status) else {
        let raw = beginning(body, limits.error, patience).await;
        return Ok(Response::new(status, headers, raw));
    };
    if streaming != Streaming::No {
        let body = ByteStream::new(Idle::new(body, patience.idle));
        let response = Response::streamed(status, headers, body);
        return Ok(response);
    }
    let (raw, problem) = collect(body, limits.success).await;
    let (source, verdict): (BoxError, _) = match problem {
        None => {
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
