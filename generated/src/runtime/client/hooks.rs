// @generated from an OpenAPI description: the runtime, the same for every API.

//! What a user of a client can watch and decide: attempts and answers in.

use std::sync::Arc;
use std::time::Duration;

use http::StatusCode;
use serde_json::Value;

use crate::runtime::calls::operation::Operation;
use crate::runtime::calls::outcome::Outcome;
use crate::runtime::pace::panic;
use crate::runtime::received::response::Response;

/// One sending of a request.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub struct Attempt {
    /// The operation.
    pub operation: &'static Operation,
    /// Which attempt of the call it is, counted from 1.
    pub number: u32,
}

/// How an attempt ended.
#[derive(Debug)]
#[non_exhaustive]
pub struct Ending<'a> {
    /// The answer, if there was one. The body of a stream is not in it.
    pub response: Option<&'a Response>,
    /// Whether the server acted on it, as far as can be known.
    pub outcome: Outcome,
    /// For how long it went on, without what it waited for its turn.
    pub elapsed: Duration,
}

type Before = Arc<dyn Fn(Attempt) + Send + Sync>;
type After = Arc<dyn Fn(Attempt, &Ending<'_>) + Send + Sync>;
type IsExhausted = Arc<dyn Fn(&Response) -> bool + Send + Sync>;

/// What is called around attempts.
#[derive(Clone, Default)]
pub(crate) struct Hooks {
    pub(crate) before: Vec<Before>,
    pub(crate) after: Vec<After>,
    pub(crate) is_exhausted: Option<IsExhausted>,
}

impl Hooks {
    /// Tells that an attempt begins, unless a hook panics: then it must not.
    pub(crate) fn before(&self, attempt: Attempt) -> Result<(), String> {
        self.before.iter().try_for_each(|hook| panic::caught(|| hook(attempt)))
    }

    /// Tells that an attempt has ended. A hook that panics changes nothing of that, and keeps no other from being told.
    pub(crate) fn after(&self, attempt: Attempt, ending: &Ending<'_>) {
        for hook in &self.after {
            panic::caught(|| hook(attempt, ending)).ok();
        }
    }

    /// Whether an answer says that a quota is used up which does not come back soon.
    pub(crate) fn is_quota_exhausted(&self, response: &Response) -> bool {
        match &self.is_exhausted {
            Some(decide) => decide(response),
            None => names_a_day(response),
        }
    }
}

/// A 429 whose body names a policy of a day, as `HubSpot`'s does.
fn names_a_day(response: &Response) -> bool {
    if response.status() != StatusCode::TOO_MANY_REQUESTS {
        return false;
    }
    let body: Option<Value> = response.bytes().and_then(|bytes| serde_json::from_slice(bytes).ok());
    let policy = body.as_ref().and_then(|body| body.get("policyName")?.as_str());
    policy.is_some_and(|policy| policy.to_ascii_uppercase().contains("DAILY"))
}
