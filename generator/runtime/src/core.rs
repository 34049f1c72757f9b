//! One call in, the answer of its last attempt out: everything about sending that does not depend on types.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use bytes::{Bytes, BytesMut};
use http::StatusCode;
use http::header::{CONTENT_TYPE, HeaderMap};
use tokio::time::Instant;

use crate::runtime::body::Body;
use crate::runtime::clock::Clock;
use crate::runtime::correlation;
use crate::runtime::credentials::{Authorization, Credentials};
use crate::runtime::decode::DecodeError;
use crate::runtime::error::{BoxError, Context, Error, Kind, Outcome, Unreadable};
use crate::runtime::hooks::{Attempt, Ending, Hooks};
use crate::runtime::limit::{Limiter, Refused};
use crate::runtime::message::{self, Base};
use crate::runtime::operation::{Api, Operation};
use crate::runtime::outcome::{self, Verdict};
use crate::runtime::rate::rate;
use crate::runtime::request::Request;
use crate::runtime::response::Response;
use crate::runtime::retry::{self, Budget, RetryPolicy};
use crate::runtime::retry_after::retry_after;
use crate::runtime::secret::Secret;
use crate::runtime::stream::ByteStream;
use crate::runtime::trace::Trace;
use crate::runtime::transport::{Transport, TransportError};

/// For how long nothing is sent after an answer says that a quota is used up, and not until when.
const EXHAUSTED: Duration = Duration::from_mins(1);

/// For how long the body of an error is waited for: its status has said already what counts.
const ERROR_BODY: Duration = Duration::from_secs(5);

/// Everything that the calls of a client share. A clone is another handle to the same.
#[derive(Clone)]
pub struct Core(pub(crate) Arc<Shared>);

pub(crate) struct Shared {
    pub(crate) api: &'static Api,
    pub(crate) base: Base,
    pub(crate) credentials: Credentials,
    pub(crate) transport: Arc<dyn Transport>,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) limiter: Limiter,
    pub(crate) budget: Budget,
    pub(crate) hooks: Hooks,
    pub(crate) correlation: correlation::Names,
    pub(crate) settings: Settings,
    pub(crate) limits: SizeLimits,
}

impl fmt::Debug for Core {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Core")
            .field("base", &self.0.base)
            .field("credentials", &self.0.credentials)
            .field("settings", &self.0.settings)
            .finish_non_exhaustive()
    }
}

/// What can be set for a client and for a single call.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Settings {
    pub(crate) attempt_timeout: Duration,
    pub(crate) call_timeout: Duration,
    pub(crate) deadline: Option<Instant>,
    pub(crate) retry: RetryPolicy,
}

impl Settings {
    /// When a call that begins at `now` must have ended, where that can be expressed.
    fn end(&self, now: Instant) -> Option<Instant> {
        let ends = [now.checked_add(self.call_timeout), self.deadline];
        ends.into_iter().flatten().min()
    }
}

/// How many bytes of a decoded body are kept.
#[derive(Debug, Clone, Copy)]
pub(crate) struct SizeLimits {
    pub(crate) success: usize,
    pub(crate) error: usize,
}

/// How a call ended.
pub(crate) enum Ended {
    /// With a success, whose body nobody has looked into.
    Success(Response, Answered),
    /// With an answer that is no success, and whether it repeats a credential.
    Api(Response, bool, Context),
    /// With nothing that could be typed.
    Failed(Failure),
}

/// What stays of a call that ended with a success.
pub(crate) struct Answered {
    context: Context,
    secrets: Vec<Secret>,
}

/// A call that ended without an answer that could be typed.
pub(crate) struct Failure {
    kind: Kind<std::convert::Infallible>,
    context: Context,
}

impl Failure {
    /// A call that nobody begins.
    pub(crate) fn refused(operation: &'static Operation, problem: BoxError) -> Self {
        Self {
            kind: Kind::Request(problem),
            context: Progress::new(operation).context(Outcome::Rejected),
        }
    }

    pub(crate) fn into_error<E>(self) -> Error<E> {
        Error::new(self.kind, self.context).map_body(|_| None)
    }
}

impl Answered {
    /// The failure of a call whose success cannot be decoded. The server says that it is done, but not with what: which
    /// records there are now, nobody can tell.
    pub(crate) fn undecoded(
        mut self,
        status: StatusCode,
        headers: HeaderMap,
        raw: Option<Bytes>,
        error: DecodeError,
    ) -> Failure {
        let raw = raw.unwrap_or_default();
        self.context.outcome = Outcome::Unknown;
        let unreadable = Unreadable {
            is_secret: self.secrets.iter().any(|secret| secret.is_in(&raw)),
            status,
            headers,
            raw,
            source: error.into(),
        };
        Failure {
            kind: Kind::Unreadable(unreadable),
            context: self.context,
        }
    }
}

/// Where a call stands.
struct Progress {
    operation: &'static Operation,
    attempts: u32,
    /// Whether an earlier attempt may have been acted on.
    tainted: bool,
    /// Whether an attempt is on its way.
    sending: bool,
    correlation_id: Option<String>,
    quota_exhausted: bool,
}

/// An attempt that was no success.
struct Failed {
    how: How,
    verdict: Verdict,
    /// The wait that the server asks for.
    asked: Option<Duration>,
}

enum How {
    Answered(Response),
    Untyped(Kind<std::convert::Infallible>),
}

impl Core {
    pub(crate) fn settings(&self) -> Settings {
        self.0.settings
    }

    /// Sends `request` as often as its policy permits.
    pub(crate) async fn execute(&self, mut request: Request, settings: Settings) -> Ended {
        if let Err(problem) = request.take_problem() {
            return Ended::Failed(Failure::refused(request.operation, problem));
        }
        let mut progress = Progress::new(request.operation);
        let started = Instant::now();
        let end = settings.end(started);
        let run = self.run(&request, settings, end, &mut progress);
        match end {
            None => run.await,
            Some(end) => tokio::time::timeout_at(end, run).await.unwrap_or_else(|_| {
                let outcome = if progress.sending {
                    Outcome::Unknown
                } else {
                    Outcome::Rejected
                };
                progress.failed(Kind::Timeout(end - started), outcome)
            }),
        }
    }

    async fn run(&self, request: &Request, settings: Settings, end: Option<Instant>, progress: &mut Progress) -> Ended {
        let shared = &*self.0;
        shared.budget.earn();
        let mut refused: Option<Authorization> = None;
        loop {
            let authorized =
                shared
                    .credentials
                    .authorize(request.operation, shared.api.security_schemes, refused.as_ref());
            let authorization = match authorized.await {
                Ok(authorization) => authorization,
                Err(error) => return progress.failed(Kind::Credentials(error), Outcome::Rejected),
            };
            let message = match message::build(&shared.base, shared.api, request, &authorization) {
                Ok(message) => message,
                Err(error) => return progress.failed(Kind::Request(error), Outcome::Rejected),
            };
            let failed = match self.attempt(message, request, settings, end, progress).await {
                Ok(response) => {
                    let context = progress.context(Outcome::Done);
                    let secrets = authorization.into_secrets();
                    return Ended::Success(response, Answered { context, secrets });
                }
                Err(failed) => failed,
            };
            let unauthorized =
                matches!(&failed.how, How::Answered(response) if response.status() == StatusCode::UNAUTHORIZED);
            if unauthorized && refused.is_none() && authorization.can_refresh() && request.is_repeatable() {
                refused = Some(authorization);
                continue;
            }
            match self.wait(&failed, request, settings, end, progress) {
                Some(wait) => {
                    progress.tainted |= failed.verdict.outcome == Outcome::Unknown;
                    Trace::waiting(progress.attempts, wait);
                    tokio::time::sleep(wait).await;
                }
                None => return progress.ended(failed, authorization),
            }
        }
    }

    /// How long to wait before the next attempt, if there is one.
    fn wait(
        &self,
        failed: &Failed,
        request: &Request,
        settings: Settings,
        end: Option<Instant>,
        progress: &Progress,
    ) -> Option<Duration> {
        if progress.quota_exhausted
            || !request.is_repeatable()
            || !retry::may_repeat(failed.verdict, request.idempotent)
        {
            return None;
        }
        let random = self.0.clock.random();
        let wait = settings
            .retry
            .wait(progress.attempts, failed.verdict, failed.asked, random)?;
        let then = Instant::now().checked_add(wait)?;
        (end.is_none_or(|end| then < end) && self.0.budget.spend()).then_some(wait)
    }

    /// Sends a request once and collects the answer.
    async fn attempt(
        &self,
        message: http::Request<Option<Body>>,
        request: &Request,
        settings: Settings,
        end: Option<Instant>,
        progress: &mut Progress,
    ) -> Result<Response, Failed> {
        let shared = &*self.0;
        let permit = shared.limiter.acquire(end).await.map_err(|refused| {
            let Refused { wait, exhausted } = refused;
            progress.quota_exhausted = exhausted;
            Failed::untyped(Kind::Limited(wait), Verdict::lasting(Outcome::Rejected))
        })?;
        progress.attempts += 1;
        progress.sending = true;
        let attempt = Attempt {
            operation: request.operation,
            number: progress.attempts,
        };
        shared.hooks.before(attempt);
        let started = Instant::now();
        let trace = Trace::begin(attempt);
        let exchange = trace.within(self.exchange(message, request.operation.stream));
        let sent = tokio::time::timeout(settings.attempt_timeout, exchange).await;
        progress.sending = false;
        let result = match sent {
            Ok(Ok(response)) => self.read(response, settings, progress).map_err(|failed| *failed),
            Ok(Err(failed)) => Err(failed),
            Err(_) => {
                let kind = Kind::Timeout(settings.attempt_timeout);
                Err(Failed::untyped(kind, Verdict::passing(Outcome::Unknown)))
            }
        };
        drop(permit);
        let ending = Ending {
            response: match &result {
                Ok(response)
                | Err(Failed {
                    how: How::Answered(response),
                    ..
                }) => Some(response),
                Err(_) => None,
            },
            outcome: result
                .as_ref()
                .map_or_else(|failed| failed.verdict.outcome, |_| Outcome::Done),
            elapsed: started.elapsed(),
        };
        trace.end(&ending, progress.correlation_id.as_deref());
        shared.hooks.after(attempt, &ending);
        result
    }

    /// Learns from an answer, and says what it means.
    fn read(&self, response: Response, settings: Settings, progress: &mut Progress) -> Result<Response, Box<Failed>> {
        let shared = &*self.0;
        let now = shared.clock.now();
        let asked = retry_after(response.headers(), now);
        let bearable = asked.filter(|&asked| asked <= settings.retry.longest_retry_after);
        shared
            .limiter
            .learn(response.status(), rate(response.headers(), now), bearable);
        let correlation_id = shared.correlation.find(&response);
        progress.correlation_id = correlation_id.or_else(|| progress.correlation_id.take());
        if response.status().is_success() {
            return Ok(response);
        }
        if shared.hooks.is_quota_exhausted(&response) {
            progress.quota_exhausted = true;
            shared.limiter.exhaust(asked.unwrap_or(EXHAUSTED));
        }
        Err(Box::new(Failed {
            verdict: outcome::of_status(response.status(), settings.retry.unavailable_is_rejected),
            how: How::Answered(response),
            asked,
        }))
    }

    async fn exchange(&self, message: http::Request<Option<Body>>, stream: bool) -> Result<Response, Failed> {
        let answer = self.0.transport.send(message).await;
        let (head, body) = answer
            .map_err(|error| {
                let verdict = Verdict::passing(error.outcome());
                Failed::untyped(Kind::Transport(error), verdict)
            })?
            .into_parts();
        let (status, headers) = (head.status, head.headers);
        if !status.is_success() {
            // The status is what counts; an error without its body is still that error.
            let collected = tokio::time::timeout(ERROR_BODY, collect(body, self.0.limits.error)).await;
            let (raw, _) = collected.unwrap_or_default();
            return Ok(Response::new(status, headers, raw));
        }
        if stream && !is_json(&headers) {
            return Ok(Response::streamed(status, headers, body));
        }
        let (raw, problem) = collect(body, self.0.limits.success).await;
        let (source, verdict): (BoxError, _) = match problem {
            None => return Ok(Response::new(status, headers, raw)),
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
            is_secret: false,
        };
        Err(Failed::untyped(Kind::Unreadable(unreadable), verdict))
    }
}

impl Failed {
    const fn untyped(kind: Kind<std::convert::Infallible>, verdict: Verdict) -> Self {
        Self {
            how: How::Untyped(kind),
            verdict,
            asked: None,
        }
    }
}

impl Progress {
    const fn new(operation: &'static Operation) -> Self {
        Self {
            operation,
            attempts: 0,
            tainted: false,
            sending: false,
            correlation_id: None,
            quota_exhausted: false,
        }
    }

    /// An outcome of the whole call: what the last attempt says does not undo what an earlier one may have done.
    fn context(&self, last: Outcome) -> Context {
        Context {
            operation: self.operation,
            outcome: if self.tainted && last == Outcome::Rejected {
                Outcome::Unknown
            } else {
                last
            },
            attempts: self.attempts,
            correlation_id: self.correlation_id.clone(),
            quota_exhausted: self.quota_exhausted,
        }
    }

    fn failed(&self, kind: Kind<std::convert::Infallible>, outcome: Outcome) -> Ended {
        Ended::Failed(Failure {
            kind,
            context: self.context(outcome),
        })
    }

    fn ended(&self, failed: Failed, authorization: Authorization) -> Ended {
        let context = self.context(failed.verdict.outcome);
        let secrets = authorization.into_secrets();
        let is_secret = |raw: &[u8]| secrets.iter().any(|secret| secret.is_in(raw));
        match failed.how {
            How::Answered(response) => {
                let is_secret = response.bytes().is_some_and(|raw| is_secret(raw));
                Ended::Api(response, is_secret, context)
            }
            How::Untyped(mut kind) => {
                if let Kind::Unreadable(error) = &mut kind {
                    error.is_secret = is_secret(&error.raw);
                }
                Ended::Failed(Failure { kind, context })
            }
        }
    }
}

fn is_json(headers: &HeaderMap) -> bool {
    let value = headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok());
    let essence = value
        .and_then(|value| value.split(';').next())
        .unwrap_or_default()
        .trim();
    let essence = essence.to_ascii_lowercase();
    essence == "application/json" || essence.ends_with("+json")
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
