// @generated from an OpenAPI description: the runtime, the same for every API.

//! Time limits and retries by default: what the builder was told, an operation and its API in, the settings of a call out.

use std::time::Duration;

use crate::runtime::calls::operation::{Api, Defaults, Operation};
use crate::runtime::client::core::Settings;
use crate::runtime::pace::retry::RetryPolicy;

const ATTEMPT_TIMEOUT: Duration = Duration::from_mins(1);
const CALL_TIMEOUT: Duration = Duration::from_mins(2);
const IDLE_TIMEOUT: Duration = Duration::from_mins(1);

impl Settings {
    /// What holds for a call of `operation`: what the builder was told, else what is said for the operation, else for the API.
    pub(crate) fn of(chosen: Defaults, operation: &Operation, api: &Api) -> Self {
        let Defaults {
            timeout,
            attempt_timeout,
            idle_timeout,
            max_attempts,
            backoff_base,
            backoff_cap,
            longest_retry_after,
            unavailable_is_rejected,
        } = chosen.or(operation.defaults).or(api.defaults);
        let usual = RetryPolicy::default();
        Self {
            attempt_timeout: attempt_timeout.unwrap_or(ATTEMPT_TIMEOUT),
            call_timeout: timeout.unwrap_or(CALL_TIMEOUT),
            idle_timeout: idle_timeout.unwrap_or(IDLE_TIMEOUT),
            deadline: None,
            retry: RetryPolicy {
                attempts: max_attempts.unwrap_or(usual.attempts),
                base: backoff_base.unwrap_or(usual.base),
                cap: backoff_cap.unwrap_or(usual.cap),
                longest_retry_after: longest_retry_after.unwrap_or(usual.longest_retry_after),
                unavailable_is_rejected: unavailable_is_rejected.unwrap_or(usual.unavailable_is_rejected),
            },
            gzip_above: None,
        }
    }
}

impl Defaults {
    /// This, and where it is silent the other.
    fn or(self, other: Self) -> Self {
        Self {
            timeout: self.timeout.or(other.timeout),
            attempt_timeout: self.attempt_timeout.or(other.attempt_timeout),
            idle_timeout: self.idle_timeout.or(other.idle_timeout),
            max_attempts: self.max_attempts.or(other.max_attempts),
            backoff_base: self.backoff_base.or(other.backoff_base),
            backoff_cap: self.backoff_cap.or(other.backoff_cap),
            longest_retry_after: self.longest_retry_after.or(other.longest_retry_after),
            unavailable_is_rejected: self.unavailable_is_rejected.or(other.unavailable_is_rejected),
        }
    }

    /// These, with all of a policy.
    pub(crate) fn with_retry(self, policy: RetryPolicy) -> Self {
        Self {
            max_attempts: Some(policy.attempts),
            backoff_base: Some(policy.base),
            backoff_cap: Some(policy.cap),
            longest_retry_after: Some(policy.longest_retry_after),
            unavailable_is_rejected: Some(policy.unavailable_is_rejected),
            ..self
        }
    }
}
