//! The stand-in itself: requests in, what was expected to come of them out; and at the end, what did not happen.

use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use crate::runtime::calls::operation::Operation;
use crate::runtime::mock::answer::MockAnswer;
use crate::runtime::mock::expectation::{Expectation, Expected, Step};
use crate::runtime::mock::received::Received;
use crate::runtime::network::transport::{Answer, Transport, TransportError};
use crate::runtime::sent::body::Body;

/// A stand-in for the API. A clone is another handle to the same.
///
/// A request that nobody expects is answered with 501, and [`verify`](Self::verify) tells of it.
#[derive(Clone, Default)]
pub struct Mock(Arc<Mutex<State>>);

#[derive(Default)]
struct State {
    expected: Vec<Expected>,
    received: Vec<Received>,
    unexpected: Vec<Received>,
}

/// What is done about a request.
enum Done {
    Answer(MockAnswer),
    BreakOff,
    Unreachable,
    Hang,
}

impl Mock {
    /// A stand-in that expects nothing yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Expects calls of an operation. The modules `mock` of the crate have a function for each.
    pub fn expect<T: 'static>(&self, operation: &'static Operation, encode: fn(&T) -> MockAnswer) -> Expectation<T> {
        let mut state = self.state();
        state.expected.push(Expected::new(operation));
        let index = state.expected.len() - 1;
        drop(state);
        Expectation::new(self.clone(), index, encode)
    }

    /// The requests so far, in the order in which they came; each attempt is one.
    #[must_use]
    pub fn requests(&self) -> Vec<Received> {
        self.state().received.clone()
    }

    /// Fails a test in which something else happened than what was expected.
    ///
    /// # Panics
    ///
    /// When there was a request that nobody expected, or an answer is left that nobody asked for.
    #[track_caller]
    pub fn verify(&self) {
        let state = self.state();
        let unexpected = state
            .unexpected
            .iter()
            .map(|request| format!("nobody expected: {request}"));
        let left = state.expected.iter().filter_map(|expected| {
            let idle = expected.last.is_some() && expected.count == 0 && expected.steps.is_empty();
            match expected.steps.len() {
                0 if idle => Some(format!("nobody called: {expected}")),
                0 => None,
                left => Some(format!("{left} more expected: {expected}")),
            }
        });
        let problems: Vec<String> = unexpected.chain(left).collect();
        drop(state);
        assert!(problems.is_empty(), "\n{}", problems.join("\n"));
    }

    pub(super) fn with(&self, index: usize, change: impl FnOnce(&mut Expected)) {
        if let Some(expected) = self.state().expected.get_mut(index) {
            change(expected);
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn take(&self, request: Received) -> (Duration, Done) {
        let mut state = self.state();
        state.received.push(request.clone());
        let found = state.expected.iter_mut().find(|expected| expected.is_for(&request));
        let Some(expected) = found else {
            let answer = MockAnswer::json(501, &format!("nobody expected: {request}"));
            state.unexpected.push(request);
            return (Duration::ZERO, Done::Answer(answer));
        };
        expected.count += 1;
        let next = expected.steps.pop_front();
        let (wait, step) = match &next {
            Some((wait, step)) => (*wait, Some(step)),
            None => (Duration::ZERO, expected.last.as_ref()),
        };
        let done = match step {
            Some(Step::Answer(answer)) => Done::Answer(answer.clone()),
            Some(Step::Made(make)) => Done::Answer(make(&request)),
            Some(Step::BreakOff) => Done::BreakOff,
            Some(Step::Unreachable) => Done::Unreachable,
            Some(Step::Hang) | None => Done::Hang,
        };
        (wait, done)
    }
}

impl Transport for Mock {
    fn send(&self, request: http::Request<Option<Body>>) -> Answer<'_> {
        let taken = Received::of(request).map(|request| self.take(request));
        Box::pin(async move {
            let Some((wait, done)) = taken else {
                return Err(TransportError::before_sending("the request is none of an operation"));
            };
            if !wait.is_zero() {
                tokio::time::sleep(wait).await;
            }
            match done {
                Done::Answer(answer) => Ok(answer.into_response()),
                Done::BreakOff => Err(TransportError::after_sending("the stand-in breaks off")),
                Done::Unreachable => Err(TransportError::before_sending("the stand-in is not reached")),
                Done::Hang => std::future::pending().await,
            }
        })
    }
}

impl fmt::Debug for Mock {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let state = self.state();
        formatter
            .debug_struct("Mock")
            .field("expected", &state.expected.len())
            .field("received", &state.received)
            .finish_non_exhaustive()
    }
}
