// @generated from an OpenAPI description: the runtime, the same for every API.

//! As whom a call is sent, attempt for attempt: what the server made of the last one in, what the next one carries out.

use http::StatusCode;

use crate::runtime::auth::authorization::Authorization;
use crate::runtime::auth::token;
use crate::runtime::calls::ended::{Ended, Failed, How, Progress};
use crate::runtime::calls::error::{Kind, Outcome};
use crate::runtime::calls::outcome::Verdict;
use crate::runtime::calls::request::Request;
use crate::runtime::client::core::Core;
use crate::runtime::client::oversight::unless_halted;

/// What a call knows of its credentials.
pub(crate) struct Identity {
    /// The attempt whose token the server refused, where the next one has another.
    refused: Option<(Failed, Authorization)>,
    /// Whether another token is asked for: once in a call.
    may_refresh: bool,
    /// How often there was none.
    fetches: u32,
}

/// What comes of asking for credentials.
pub(crate) enum Identified {
    /// The attempt can be sent.
    Now,
    /// There are none yet.
    Again,
    /// There are none.
    Over(Box<Ended>),
    /// The run that the call belongs to was halted.
    Halted,
}

impl Identity {
    pub(crate) fn new(request: &Request) -> Self {
        Self {
            refused: None,
            may_refresh: request.is_repeatable(),
            fetches: 0,
        }
    }

    /// The attempt that was refused, where the next one would be sent with the same secrets.
    pub(crate) fn refused_again(&mut self, authorization: &Authorization) -> Option<Failed> {
        let is_same = |(_, refused): &mut (Failed, Authorization)| authorization.is_same_as(refused);
        self.refused.take_if(is_same).map(|(failed, _)| failed)
    }

    /// The attempt that was refused last.
    pub(crate) fn into_refused(self) -> Option<Failed> {
        self.refused.map(|(failed, _)| failed)
    }
}

impl Core {
    /// Gets what the next attempt carries.
    pub(crate) async fn identify(
        &self,
        request: &Request,
        progress: &mut Progress,
        identity: &mut Identity,
        authorization: &mut Authorization,
    ) -> Identified {
        let shared = &*self.0;
        let refused = identity.refused.as_ref().map(|(_, authorization)| authorization);
        let authorized = shared
            .credentials
            .authorize(request, shared.api.security_schemes, refused);
        let authorized = unless_halted(progress.oversight.as_deref(), authorized);
        let Some(authorized) = progress.in_time(authorized).await else {
            return Identified::Over(Box::new(progress.late()));
        };
        let Some(authorized) = authorized else {
            return Identified::Halted;
        };
        let error = match authorized {
            Ok(authorized) => {
                *authorization = authorized;
                return Identified::Now;
            }
            Err(error) => error,
        };
        // A run has the time to wait until what gives tokens is back.
        let may_wait = progress.oversight.is_some() && token::is_passing(&error);
        let failed = Failed::untyped(Kind::Credentials(error), Verdict::passing(Outcome::Rejected));
        if may_wait {
            identity.fetches += 1;
            if let Some(wait) = self.wait(&failed, request, progress, identity.fetches)
                && progress.rest(wait).await
            {
                return Identified::Again;
            }
        }
        Identified::Over(Box::new(progress.ended(failed)))
    }

    /// Whether a new token may help where the server refused one; the failure, where it may not.
    pub(crate) fn refresh(
        &self,
        failed: Failed,
        authorization: Authorization,
        progress: &Progress,
        identity: &mut Identity,
    ) -> Option<Failed> {
        identity.refused = None;
        let is_unauthorized =
            matches!(&failed.how, How::Answered(response) if response.status() == StatusCode::UNAUTHORIZED);
        if is_unauthorized && authorization.can_refresh() {
            // Once in a call, and out of the same budget as every repetition.
            let may_repeat = progress.attempts < progress.retry.attempts;
            if identity.may_refresh && may_repeat && self.0.budget.spend() {
                identity.may_refresh = false;
                identity.refused = Some((failed, authorization));
                return None;
            }
            self.0.credentials.forget(&authorization);
        }
        Some(failed)
    }
}
