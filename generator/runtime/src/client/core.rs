//! One call in, the answer of its last attempt out: everything about sending that does not depend on types.

use std::fmt;
use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::time::Duration;

use futures_util::FutureExt as _;
use http::{HeaderMap, StatusCode};
use tokio::time::Instant;

use crate::runtime::auth::credentials::{Authorization, Credentials};
use crate::runtime::auth::token;
use crate::runtime::calls::ended::{Ended, Failed, Failure, How, Progress};
use crate::runtime::calls::error::{Kind, Outcome};
use crate::runtime::calls::operation::{Api, Defaults, Operation};
use crate::runtime::calls::outcome::Verdict;
use crate::runtime::calls::request::Request;
use crate::runtime::calls::sending::attempt::Tried;
use crate::runtime::calls::sending::exchange::SizeLimits;
use crate::runtime::calls::sending::message;
use crate::runtime::client::correlation;
use crate::runtime::client::hooks::Hooks;
use crate::runtime::client::oversight::{Oversight, unless_halted};
use crate::runtime::client::server::Servers;
use crate::runtime::client::trace::Trace;
use crate::runtime::network::transport::Transport;
use crate::runtime::pace::clock::Clock;
use crate::runtime::pace::limit::Limiter;
use crate::runtime::pace::panic;
use crate::runtime::pace::retry::{self, Budget, RetryPolicy};
use crate::runtime::pace::task::{self, Task};

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
    /// Headers of all calls.
    pub(crate) headers: HeaderMap,
    /// What the builder was told of settings.
    pub(crate) chosen: Defaults,
    /// Above how many bytes bodies are compressed.
    pub(crate) gzip_above: Option<usize>,
    pub(crate) limits: SizeLimits,
}

impl fmt::Debug for Core {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Core")
            .field("servers", &self.0.servers)
            .field("credentials", &self.0.credentials)
            .field("settings", &self.0.chosen)
            .finish_non_exhaustive()
    }
}

/// What can be set for a client and for a single call.
#[derive(Debug, Clone, Copy)]
pub struct Settings {
    pub(crate) attempt_timeout: Duration,
    pub(crate) call_timeout: Duration,
    pub(crate) idle_timeout: Duration,
    pub(crate) deadline: Option<Instant>,
    pub(crate) retry: RetryPolicy,
    /// Whether waiting for the limiter takes nothing of the call's time: only a deadline ends it.
    pub(crate) waits_for_turn: bool,
    /// Above how many bytes a body is compressed.
    pub(crate) gzip_above: Option<usize>,
}

impl Core {
    pub(crate) fn settings(&self, operation: &Operation) -> Settings {
        Settings {
            gzip_above: self.0.gzip_above,
            ..Settings::of(self.0.chosen, operation, self.0.api)
        }
    }

    /// For how long the limiter lets nobody go, as far as it knows.
    pub(crate) fn next_turn(&self) -> Option<Duration> {
        self.0.limiter.next_turn()
    }

    /// Sends `request` in a task of its own: what others wait for, such as a turn, is never held by somebody who has to
    /// be polled for it.
    pub(crate) fn spawn(&self, request: Request, settings: Settings) -> Result<Task<Ended>, &'static str> {
        let (core, runtime) = (self.clone(), task::runtime()?);
        let call = async move { core.execute(request, settings, None).await };
        Ok(Task::spawn_on(runtime, call))
    }

    /// Sends `request` as often as its policy permits, and until the run that it belongs to is halted. Whoever calls this
    /// is a task.
    pub(crate) async fn execute(
        &self,
        mut request: Request,
        settings: Settings,
        oversight: Option<&Oversight>,
    ) -> Ended {
        if let Err(problem) = request.finish(&self.0.headers, settings, &*self.0.clock) {
            return Ended::Failed(Failure::refused(request.operation, problem));
        }
        let mut progress = Progress::new(request.operation).within(settings.call_timeout, settings.deadline);
        let run = self.run(&request, settings, oversight, &mut progress);
        let ended = AssertUnwindSafe(run).catch_unwind().await;
        ended.unwrap_or_else(|thrown| progress.panicked(panic::text(&*thrown)))
    }

    async fn run(
        &self,
        request: &Request,
        settings: Settings,
        oversight: Option<&Oversight>,
        progress: &mut Progress,
    ) -> Ended {
        let shared = &*self.0;
        let schemes = shared.api.security_schemes;
        shared.budget.earn();
        let mut last: Option<(Failed, Authorization)> = None;
        let mut is_refreshing = false;
        let mut fetches = 0;
        let mut may_refresh = request.is_repeatable();
        loop {
            let refused = last
                .as_ref()
                .filter(|_| is_refreshing)
                .map(|(_, authorization)| authorization);
            let authorized = unless_halted(oversight, shared.credentials.authorize(request, schemes, refused));
            let mut authorization = match progress.in_time(authorized).await {
                Some(Some(Ok(authorization))) => authorization,
                Some(Some(Err(error))) => {
                    // A run has the time to wait until what gives tokens is back.
                    let may_wait = oversight.is_some() && token::is_passing(&error);
                    fetches += 1;
                    let failed = Failed::untyped(Kind::Credentials(error), Verdict::passing(Outcome::Rejected));
                    let wait = if may_wait {
                        self.wait(&failed, request, settings, progress, fetches)
                    } else {
                        None
                    };
                    let slept = match wait {
                        Some(wait) => unless_halted(oversight, tokio::time::sleep(wait)).await,
                        None => None,
                    };
                    if slept.is_none() {
                        return progress.ended(failed);
                    }
                    continue;
                }
                Some(None) => return progress.halted(last),
                None => return progress.late(),
            };
            authorization.overridden(request, schemes);
            progress.guard(&authorization);
            if let Some((failed, _)) = last.take_if(|(_, refused)| is_refreshing && authorization.is_same_as(refused)) {
                return progress.ended(failed);
            }
            let message = match message::build(&shared.servers, shared.api, request, &authorization) {
                Ok(message) => message,
                Err(error) => return progress.failed(Kind::Request(error), Outcome::Rejected),
            };
            let failed = match self.attempt(message, request, settings, oversight, progress).await {
                Tried::Succeeded(response) => {
                    let context = progress.context(Outcome::Done);
                    return Ended::success(response, context);
                }
                Tried::Failed(failed) => failed,
                Tried::Halted => return progress.halted(last),
            };
            let unauthorized =
                matches!(&failed.how, How::Answered(response) if response.status() == StatusCode::UNAUTHORIZED);
            is_refreshing = false;
            if unauthorized && authorization.can_refresh() {
                // Once in a call, and out of the same budget as every repetition.
                if may_refresh && progress.attempts < settings.retry.attempts && shared.budget.spend() {
                    (may_refresh, is_refreshing) = (false, true);
                    last = Some((failed, authorization));
                    continue;
                }
                shared.credentials.forget(&authorization);
            }
            let Some(wait) = self.wait(&failed, request, settings, progress, progress.attempts) else {
                return progress.ended(failed);
            };
            progress.tainted |= failed.verdict.outcome == Outcome::Unknown;
            Trace::waiting(progress.attempts, wait);
            if unless_halted(oversight, tokio::time::sleep(wait)).await.is_none() {
                return progress.ended(failed);
            }
            last = Some((failed, authorization));
        }
    }

    /// How long to wait before the next attempt after so many, if there is one.
    fn wait(
        &self,
        failed: &Failed,
        request: &Request,
        settings: Settings,
        progress: &Progress,
        attempts: u32,
    ) -> Option<Duration> {
        if progress.quota_exhausted
            || !request.is_repeatable()
            || !retry::may_repeat(failed.verdict, request.is_idempotent())
        {
            return None;
        }
        let random = self.0.clock.random();
        let wait = settings.retry.wait(attempts, failed.verdict, failed.asked, random)?;
        let then = Instant::now().checked_add(wait)?;
        (progress.end.is_none_or(|end| then < end) && self.0.budget.spend()).then_some(wait)
    }
}
