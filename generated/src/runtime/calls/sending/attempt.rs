// @generated from an OpenAPI description: the runtime, the same for every API.

//! One attempt of a call: a message in, an answer or what went wrong out, and everybody told who watches.

use std::time::Duration;

use http::StatusCode;
use tokio::time::Instant;

use crate::runtime::calls::ended::{Failed, How, Progress};
use crate::runtime::calls::error::{Kind, Outcome};
use crate::runtime::calls::outcome::{self, Verdict};
use crate::runtime::calls::request::Request;
use crate::runtime::calls::sending::exchange::{self, Patience, Prepared};
use crate::runtime::client::core::{Core, Settings};
use crate::runtime::client::hooks::{Attempt, Ending, Hooks};
use crate::runtime::client::oversight::turn_unless_halted;
use crate::runtime::client::trace::Trace;
use crate::runtime::pace::limit::{Answer, Permit, Refused};
use crate::runtime::pace::rate::rate;
use crate::runtime::pace::retry_after::retry_after;
use crate::runtime::received::response::Response;
use crate::runtime::sent::body::Body;

/// For how long nothing is sent after an answer says that a quota is used up, and not until when.
const EXHAUSTED: Duration = Duration::from_mins(1);

/// What came of an attempt.
pub(crate) enum Tried {
    Succeeded(Response),
    Failed(Failed),
    /// The run that the call belongs to was halted before its turn came.
    Halted,
}

impl Core {
    /// Sends a request once, when its turn has come, and collects the answer.
    pub(crate) async fn attempt(
        &self,
        message: http::Request<Option<Body>>,
        request: &Request,
        settings: Settings,
        progress: &mut Progress,
    ) -> Tried {
        let permit = match self.turn(progress).await {
            Ok(permit) => permit,
            Err(tried) => return *tried,
        };
        let shared = &*self.0;
        let prepared = Prepared {
            // Sent once; another attempt has its own.
            message,
        };
        let attempt = Attempt {
            operation: request.operation,
            number: progress.attempts + 1,
        };
        let begun = match Begun::begin(&shared.hooks, attempt) {
            Ok(begun) => begun,
            Err(problem) => {
                let kind = Kind::Request(format!("a hook panicked: {problem}").into());
                return Tried::Failed(Failed::untyped(kind, Verdict::lasting(Outcome::Rejected)));
            }
        };
        progress.attempts += 1;
        progress.sending = true;
        let (until, is_last) = progress.end_of_attempt(settings.attempt_timeout);
        let patience = Patience {
            until,
            idle: settings.idle_timeout,
        };
        let arrival = |status| request.arrival(status);
        let exchange = exchange::exchange(&*shared.transport, prepared, arrival, shared.limits, patience);
        let exchange = begun.trace.within(exchange);
        let sent = match until {
            Some(until) => tokio::time::timeout_at(until, exchange).await.ok(),
            None => Some(exchange.await),
        };
        let result = match sent {
            Some(Ok(response)) => {
                let response = response.guarded(progress.secrets.clone());
                self.read(response, request, settings, progress)
                    .map_err(|failed| *failed)
            }
            Some(Err(failed)) => Err(failed),
            None if is_last => {
                let kind = Kind::Timeout(progress.time());
                Err(Failed::untyped(kind, Verdict::lasting(Outcome::Unknown)))
            }
            None => {
                let kind = Kind::Timeout(settings.attempt_timeout);
                Err(Failed::untyped(kind, Verdict::passing(Outcome::Unknown)))
            }
        };
        progress.sending = false;
        drop(permit);
        begun.end(&result, progress.correlation_id.as_deref());
        match result {
            Ok(response) => Tried::Succeeded(response),
            Err(failed) => Tried::Failed(failed),
        }
    }

    /// Waits for a turn.
    async fn turn(&self, progress: &mut Progress) -> Result<Permit, Box<Tried>> {
        let shared = &*self.0;
        let deadline = progress.end;
        // A run has all the time that the limiter takes.
        let deadline = if progress.oversight.is_some() {
            progress.deadline
        } else {
            deadline
        };
        let asked = Instant::now();
        let turn = shared.limiter.acquire(deadline, &*shared.clock);
        let turn = turn_unless_halted(progress.oversight.as_deref(), turn);
        let turn = turn.await;
        let turn = turn.ok_or(Tried::Halted)?;
        let permit = turn.map_err(|refused| {
            let Refused { wait, exhausted } = refused;
            progress.quota_exhausted = exhausted;
            let kind = match wait {
                Duration::ZERO => Kind::Timeout(progress.time()),
                wait => Kind::Limited(wait),
            };
            Tried::Failed(Failed::untyped(kind, Verdict::lasting(Outcome::Rejected)))
        });
        if progress.oversight.is_some() {
            progress.extend(asked.elapsed());
        }
        // Nobody waits for the answer any more; a time-out around the exchange would notice after sending only.
        if progress.is_late() && permit.is_ok() {
            let verdict = Verdict::lasting(Outcome::Rejected);
            let failed = Failed::untyped(Kind::Timeout(Duration::ZERO), verdict);
            return Err(Box::new(Tried::Failed(failed)));
        }
        Ok(permit?)
    }

    /// Learns from an answer, and says what it means.
    fn read(
        &self,
        response: Response,
        request: &Request,
        settings: Settings,
        progress: &mut Progress,
    ) -> Result<Response, Box<Failed>> {
        let shared = &*self.0;
        let now = shared.clock.now();
        let asked = retry_after(response.headers(), now);
        let rate = rate(response.headers(), now);
        let answer = match response.status() {
            StatusCode::TOO_MANY_REQUESTS => Answer::Refused,
            status if outcome::promise(request.operation, status).is_some() => Answer::Rejected,
            _ => Answer::Other,
        };
        shared.limiter.learn(answer, rate, asked, shared.clock.random());
        let correlation_id = shared.correlation.find(&response);
        progress.correlation_id = correlation_id.or_else(|| progress.correlation_id.take());
        if request.arrival(response.status()).is_some() {
            return Ok(response);
        }
        if shared.hooks.is_quota_exhausted(&response) {
            progress.quota_exhausted = true;
            shared.limiter.exhaust(asked.unwrap_or(EXHAUSTED));
        }
        let unavailable_is_rejected = settings.retry.unavailable_is_rejected;
        let verdict = outcome::of_answer(response.status(), request.operation, unavailable_is_rejected);
        let verdict = outcome::unless_foreign(verdict, &response, request.is_own);
        Err(Box::new(Failed {
            verdict,
            how: How::Answered(response),
            asked,
        }))
    }
}

/// An attempt that the hooks were told of. They are told of its end too, whatever ends it.
struct Begun<'h> {
    hooks: &'h Hooks,
    attempt: Attempt,
    since: Instant,
    trace: Trace,
    is_over: bool,
}

impl<'h> Begun<'h> {
    fn begin(hooks: &'h Hooks, attempt: Attempt) -> Result<Self, String> {
        let mut begun = Self {
            hooks,
            attempt,
            since: Instant::now(),
            trace: Trace::begin(attempt),
            is_over: false,
        };
        match hooks.before(attempt) {
            Ok(()) => Ok(begun),
            Err(problem) => {
                begun.tell(None, Outcome::Rejected, None);
                Err(problem)
            }
        }
    }

    fn end(mut self, result: &Result<Response, Failed>, correlation_id: Option<&str>) {
        let (response, outcome) = match result {
            Ok(response) => (Some(response), Outcome::Done),
            Err(Failed {
                how: How::Answered(response),
                verdict,
                ..
            }) => (Some(response), verdict.outcome),
            Err(failed) => (None, failed.verdict.outcome),
        };
        self.tell(response, outcome, correlation_id);
    }

    fn tell(&mut self, response: Option<&Response>, outcome: Outcome, correlation_id: Option<&str>) {
        self.is_over = true;
        let ending = Ending {
            response,
            outcome,
            elapsed: self.since.elapsed(),
        };
        self.trace.end(&ending, correlation_id);
        self.hooks.after(self.attempt, &ending);
    }
}

impl Drop for Begun<'_> {
    fn drop(&mut self) {
        if !self.is_over {
            self.tell(None, Outcome::Unknown, None);
        }
    }
}
