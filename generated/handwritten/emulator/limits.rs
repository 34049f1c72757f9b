//! Rate limits: the times of earlier requests go in, a verdict on the next one and the headers that tell it come out.

use std::collections::VecDeque;
use std::time::Duration;

use jiff::Timestamp;
use serde_json::json;

use super::answer::Answer;

/// How many requests are answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// The most requests in any stretch of time as long as `window`.
    pub requests: u32,
    /// The length of that stretch.
    pub window: Duration,
    /// The most requests in a day.
    pub daily: u32,
}

impl Limits {
    /// A private app of an account on the vendor's free or starter tier.
    pub const STARTER: Self = Self::per_ten_seconds(100, 250_000);
    /// A private app of an account on the professional tier.
    pub const PROFESSIONAL: Self = Self::per_ten_seconds(190, 625_000);
    /// A private app of an account that has bought more calls.
    pub const EXTENDED: Self = Self::per_ten_seconds(250, 1_000_000);
    /// An app that many accounts have installed, each through OAuth.
    pub const OAUTH: Self = Self::per_ten_seconds(110, 1_000_000);

    const fn per_ten_seconds(requests: u32, daily: u32) -> Self {
        Self {
            requests,
            window: Duration::from_secs(10),
            daily,
        }
    }
}

/// What has been used of the limits.
#[derive(Debug)]
pub(super) struct Meter {
    limits: Option<Limits>,
    recent: VecDeque<Timestamp>,
    day: Option<Timestamp>,
    today: u32,
}

/// What the limits say to one request.
pub(super) struct Verdict {
    /// The answer that refuses it, if it goes over a limit.
    pub(super) refusal: Option<Answer>,
    /// What every answer says about the limits.
    pub(super) headers: Vec<(&'static str, String)>,
}

const DAY: Duration = Duration::from_hours(24);

impl Meter {
    pub(super) fn new(limits: Option<Limits>) -> Self {
        Self {
            limits,
            recent: VecDeque::new(),
            day: None,
            today: 0,
        }
    }

    /// Counts a request that arrives at `now`. One that is refused uses nothing up.
    pub(super) fn admit(&mut self, now: Timestamp) -> Verdict {
        let Some(limits) = self.limits else {
            return Verdict {
                refusal: None,
                headers: Vec::new(),
            };
        };
        while self.recent.front().is_some_and(|&then| age(then, now) >= limits.window) {
            self.recent.pop_front();
        }
        if self.day.is_none_or(|start| age(start, now) >= DAY) {
            self.day = Some(now);
            self.today = 0;
        }
        let recent = u32::try_from(self.recent.len()).unwrap_or(u32::MAX);
        let refusal = if self.today >= limits.daily {
            Some(refusal("DAILY", "daily"))
        } else if recent >= limits.requests {
            Some(refusal("TEN_SECONDLY_ROLLING", "ten_secondly_rolling"))
        } else {
            self.recent.push_back(now);
            self.today += 1;
            None
        };
        let used = u32::try_from(self.recent.len()).unwrap_or(u32::MAX);
        let headers = vec![
            ("X-HubSpot-RateLimit-Daily", limits.daily.to_string()),
            (
                "X-HubSpot-RateLimit-Daily-Remaining",
                limits.daily.saturating_sub(self.today).to_string(),
            ),
            (
                "X-HubSpot-RateLimit-Interval-Milliseconds",
                limits.window.as_millis().to_string(),
            ),
            ("X-HubSpot-RateLimit-Max", limits.requests.to_string()),
            (
                "X-HubSpot-RateLimit-Remaining",
                limits.requests.saturating_sub(used).to_string(),
            ),
        ];
        Verdict { refusal, headers }
    }
}

/// The answer to a request that goes over the limit of `policy`. It has no `category`, as often in the field.
pub(super) fn refusal(policy: &str, limit: &str) -> Answer {
    Answer::json(
        429,
        json!({
            "status": "error",
            "message": format!("The {limit} limit of requests is used up."),
            "errorType": "RATE_LIMIT",
            "correlationId": super::answer::correlation_id(),
            "policyName": policy,
        }),
    )
}

fn age(then: Timestamp, now: Timestamp) -> Duration {
    now.duration_since(then).try_into().unwrap_or_default()
}
