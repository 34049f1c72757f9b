// @generated from an OpenAPI description: the runtime, the same for every API.

//! One call in, the answer of its last attempt out: everything about sending that does not depend on types.

use std::fmt;
use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::time::Duration;

use futures_util::FutureExt as _;
use http::HeaderMap;
use tokio::time::Instant;

use crate::runtime::auth::authorization::Authorization;
use crate::runtime::auth::credentials::Credentials;
use crate::runtime::auth::identity::{Identified, Identity};
use crate::runtime::calls::ended::{Ended, Failed, Failure, Progress};
use crate::runtime::calls::error::{Kind, Outcome};
use crate::runtime::calls::operation::{Api, Defaults, Operation};
use crate::runtime::calls::request::Request;
use crate::runtime::calls::sending::attempt::Tried;
use crate::runtime::calls::sending::exchange::SizeLimits;
use crate::runtime::calls::sending::message;
use crate::runtime::client::correlation;
use crate::runtime::client::hooks::Hooks;
use crate::runtime::client::oversight::Oversight;
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
        let mut shown = formatter.debug_struct("Core");
        shown.field("servers", &self.0.servers);
        shown.field("credentials", &self.0.credentials);
        shown.field("settings", &self.0.chosen);
        shown.finish_non_exhaustive()
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
        let progress = Progress::new(request.operation);
        let call = async move { core.execute(request, settings, progress).await };
        Ok(Task::spawn_on(runtime, call))
    }

    /// Sends `request` until the run that it belongs to is halted. Whoever calls this is a task.
    pub(crate) async fn execute_under(&self, oversight: Arc<Oversight>, request: Request, settings: Settings) -> Ended {
        let mut progress = Progress::new(request.operation);
        progress.oversight = Some(oversight);
        self.execute(request, settings, progress).await
    }

    /// Sends `request` as often as its policy permits.
    async fn execute(&self, mut request: Request, settings: Settings, progress: Progress) -> Ended {
        let finished = request.finish(&self.0.headers);
        let finished = finished.and_then(|()| request.finish_body(settings));
        if let Err(problem) = finished {
            return Ended::Failed(Failure::refused(request.operation, problem));
        }
        let mut progress = progress.with(settings);
        let run = self.run(&request, settings, &mut progress);
        let ended = AssertUnwindSafe(run).catch_unwind().await;
        ended.unwrap_or_else(|thrown| progress.panicked(panic::text(&*thrown)))
    }

    async fn run(&self, request: &Request, settings: Settings, progress: &mut Progress) -> Ended {
        let shared = &*self.0;
        shared.budget.earn();
        let mut identity = Identity::new(request);
        let mut last: Option<Failed> = None;
        loop {
            let mut authorization = Authorization::default();
            match self
                .identify(request, progress, &mut identity, &mut authorization)
                .await
            {
                Identified::Now => {}
                Identified::Again => continue,
                Identified::Over(ended) => return *ended,
                Identified::Halted => return progress.halted(identity.into_refused().or(last)),
            }
            authorization.overridden(request);
            authorization.overridden_schemes(request, shared.api.security_schemes);
            progress.guard(&authorization);
            if let Some(failed) = identity.refused_again(&authorization) {
                return progress.ended(failed);
            }
            let message = match message::build(&shared.servers, shared.api, request, &authorization) {
                Ok(message) => message,
                Err(error) => return progress.failed(Kind::Request(error), Outcome::Rejected),
            };
            let failed = match self.attempt(message, request, settings, progress).await {
                Tried::Succeeded(response) => {
                    let context = progress.context(Outcome::Done);
                    return Ended::success(response, context);
                }
                Tried::Failed(failed) => failed,
                Tried::Halted => {
                    let last = identity.into_refused().or(last);
                    return progress.halted(last);
                }
            };
            let Some(failed) = self.refresh(failed, authorization, progress, &mut identity) else {
                continue;
            };
            let Some(wait) = self.wait(&failed, request, progress, progress.attempts) else {
                return progress.ended(failed);
            };
            progress.tainted |= failed.verdict.outcome == Outcome::Unknown;
            Trace::waiting(progress.attempts, wait);
            if !progress.rest(wait).await {
                return progress.ended(failed);
            }
            {
                last = Some(failed);
            }
        }
    }

    /// How long to wait before the next attempt after so many, if there is one.
    pub(crate) fn wait(
        &self,
        failed: &Failed,
        request: &Request,
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
        let wait = progress.retry.wait(attempts, failed.verdict, failed.asked, random)?;
        let then = Instant::now().checked_add(wait)?;
        (progress.end.is_none_or(|end| then < end) && self.0.budget.spend()).then_some(wait)
    }
}
