//! One call in, the answer of its last attempt out: everything about sending that does not depend on types.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use http::StatusCode;
use tokio::time::Instant;

use crate::runtime::body::Body;
use crate::runtime::clock::Clock;
use crate::runtime::correlation;
use crate::runtime::credentials::{Authorization, Credentials};
use crate::runtime::ended::{Ended, Failed, Failure, How, Progress};
use crate::runtime::error::{Kind, Outcome};
use crate::runtime::exchange::{self, Patience, SizeLimits};
use crate::runtime::hooks::{Attempt, Ending, Hooks};
use crate::runtime::limit::{Limiter, Refused};
use crate::runtime::message;
use crate::runtime::operation::Api;
use crate::runtime::outcome::{self, Verdict};
use crate::runtime::rate::rate;
use crate::runtime::request::Request;
use crate::runtime::response::Response;
use crate::runtime::retry::{self, Budget, RetryPolicy};
use crate::runtime::retry_after::retry_after;
use crate::runtime::server::Servers;
use crate::runtime::trace::Trace;
use crate::runtime::transport::Transport;

/// For how long nothing is sent after an answer says that a quota is used up, and not until when.
const EXHAUSTED: Duration = Duration::from_mins(1);

/// Everything that the calls of a client share. A clone is another handle to the same.
#[derive(Clone)]
pub struct Core(pub(crate) Arc<Shared>);

pub(crate) struct Shared {
    pub(crate) api: &'static Api,
    pub(crate) servers: Servers,
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
            .field("servers", &self.0.servers)
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
    pub(crate) idle_timeout: Duration,
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
            let mut authorization = match authorized.await {
                Ok(authorization) => authorization,
                Err(error) => return progress.failed(Kind::Credentials(error), Outcome::Rejected),
            };
            authorization.overridden(&request.headers, shared.api.security_schemes);
            progress.guard(&authorization);
            let message = match message::build(&shared.servers, shared.api, request, &authorization) {
                Ok(message) => message,
                Err(error) => return progress.failed(Kind::Request(error), Outcome::Rejected),
            };
            let failed = match self.attempt(message, request, settings, end, progress).await {
                Ok(response) => {
                    let context = progress.context(Outcome::Done);
                    return Ended::success(response, context);
                }
                Err(failed) => failed,
            };
            let unauthorized =
                matches!(&failed.how, How::Answered(response) if response.status() == StatusCode::UNAUTHORIZED);
            if unauthorized && authorization.can_refresh() {
                let may_repeat = refused.is_none() && request.is_repeatable();
                if may_repeat && progress.attempts < settings.retry.attempts {
                    refused = Some(authorization);
                    continue;
                }
                shared.credentials.forget(&authorization);
            }
            match self.wait(&failed, request, settings, end, progress) {
                Some(wait) => {
                    progress.tainted |= failed.verdict.outcome == Outcome::Unknown;
                    Trace::waiting(progress.attempts, wait);
                    tokio::time::sleep(wait).await;
                }
                None => return progress.ended(failed),
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
        // Nobody waits for the answer any more. The time-out around all this would notice after sending only.
        if end.is_some_and(|end| end <= Instant::now()) {
            let verdict = Verdict::lasting(Outcome::Rejected);
            return Err(Failed::untyped(Kind::Timeout(Duration::ZERO), verdict));
        }
        let message = exchange::prepare(message).await?;
        progress.attempts += 1;
        progress.sending = true;
        let attempt = Attempt {
            operation: request.operation,
            number: progress.attempts,
        };
        shared.hooks.before(attempt);
        let started = Instant::now();
        let trace = Trace::begin(attempt);
        let ends = [started.checked_add(settings.attempt_timeout), end];
        let patience = Patience {
            until: ends.into_iter().flatten().min(),
            idle: settings.idle_timeout,
        };
        let is_stream = request.operation.stream;
        let exchange = exchange::exchange(&*shared.transport, message, is_stream, shared.limits, patience);
        let exchange = trace.within(exchange);
        let sent = tokio::time::timeout(settings.attempt_timeout, exchange).await;
        progress.sending = false;
        let result = match sent {
            Ok(Ok(response)) => {
                let response = response.guarded(progress.secrets.clone());
                self.read(response, settings, progress).map_err(|failed| *failed)
            }
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
}
