// @generated from an OpenAPI description: the runtime, the same for every API.

//! The stand-in itself: requests in, what was expected to come of them out; and at the end, what did not happen.

use std::fmt;
use std::panic::{AssertUnwindSafe, catch_unwind};
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
/// A request that nobody expects is answered with 501, and [`verify`](Self::verify) tells of it; or with the document's own
/// example, in one that is made [`with_examples`](Self::with_examples). So it is with one over which a
/// condition or an answer of the test's own panics.
#[derive(Clone, Default)]
pub struct Mock(Arc<Mutex<State>>);

#[derive(Default)]
struct State {
    /// Whether the document's examples answer what nobody expects.
    has_examples: bool,
    expected: Vec<Expected>,
    received: Vec<Received>,
    unexpected: Vec<Received>,
    /// The requests over which something of the test's own panicked.
    panicked: Vec<Received>,
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

    /// A stand-in that answers what nobody expects with the document's examples: the first success of the operation that has
    /// one, or one made of the examples of its members. Where the document has none, the request is still unexpected.
    ///
    /// The same request has the same answer each time: the page after an example of a page is that page again.
    #[must_use]
    pub fn with_examples() -> Self {
        let mock = Self::new();
        mock.state().has_examples = true;
        mock
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
        let unexpected = state.unexpected.iter().map(|request| state.unexpected_text(request));
        let panicked = state.panicked.iter();
        let panicked = panicked.map(|request| format!("a condition or an answer panicked over: {request}"));
        let left = state.expected.iter().filter_map(|expected| {
            let idle = expected.count == 0;
            match expected.steps.len() {
                0 if idle => Some(format!("nobody called: {expected}")),
                0 => None,
                left => Some(format!("{left} more expected: {expected}")),
            }
        });
        let problems: Vec<String> = unexpected.chain(panicked).chain(left).collect();
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

    fn take(&self, request: &Received) -> (Duration, Done) {
        self.state().received.push(request.clone());
        // What is the test's own is called while nothing is locked: it may ask this stand-in, or panic.
        let taken = catch_unwind(AssertUnwindSafe(|| match self.step(request) {
            Some((wait, Step::Answer(answer))) => Some((wait, Done::Answer(answer))),
            Some((wait, Step::Made(make))) => Some((wait, Done::Answer(make(request)))),
            Some((wait, Step::BreakOff)) => Some((wait, Done::BreakOff)),
            Some((wait, Step::Unreachable)) => Some((wait, Done::Unreachable)),
            Some((wait, Step::Hang)) => Some((wait, Done::Hang)),
            None => None,
        }));
        let mut state = self.state();
        let problem = match taken {
            Ok(Some(taken)) => return taken,
            Ok(None) => {
                if let Some(answer) = example(request.operation).filter(|_| state.has_examples) {
                    return (Duration::ZERO, Done::Answer(answer));
                }
                state.unexpected.push(request.clone());
                state.unexpected_text(request)
            }
            Err(_) => {
                state.panicked.push(request.clone());
                format!("a condition or an answer panicked over: {request}")
            }
        };
        (Duration::ZERO, Done::Answer(MockAnswer::json(501, &problem)))
    }

    /// What is to happen to a request: of the first expectation that is one of it.
    fn step(&self, request: &Received) -> Option<(Duration, Step)> {
        let mut from = 0;
        loop {
            let (index, conditions) = {
                let state = self.state();
                let mut expected = state.expected.iter().enumerate().skip(from);
                let (index, found) = expected.find(|(_, expected)| expected.is_open(request.operation))?;
                (index, found.conditions())
            };
            from = index + 1;
            if !conditions.iter().all(|holds| holds(request)) {
                continue;
            }
            let mut state = self.state();
            let expected = state.expected.get_mut(index)?;
            if let Some(step) = expected.steps.pop_front().or_else(|| expected.last.clone()) {
                expected.count += 1;
                return Some(step);
            }
        }
    }
}

impl State {
    fn unexpected_text(&self, request: &Received) -> String {
        if self.has_examples {
            format!("nobody expected, and the document has no example of: {request}")
        } else {
            format!("nobody expected: {request}")
        }
    }
}

/// What the document has for an answer of an operation.
fn example(operation: &Operation) -> Option<MockAnswer> {
    let (status, media_type, body) = operation.example?;
    Some(if media_type.is_empty() {
        MockAnswer::empty(status)
    } else {
        MockAnswer::bytes(status, media_type, body)
    })
}

impl Transport for Mock {
    fn send(&self, request: http::Request<Option<Body>>) -> Answer<'_> {
        let taken = Received::of(request).map(|request| self.take(&request));
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
