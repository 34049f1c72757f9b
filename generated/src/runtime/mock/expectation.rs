// @generated from an OpenAPI description: the runtime, the same for every API.

//! What is expected of one operation: conditions and answers in, the next answer to a request out.

use std::collections::VecDeque;
use std::fmt;
use std::marker::PhantomData;
use std::sync::Arc;
use std::time::Duration;

use serde::Serialize;
use serde_json::Value;

use crate::runtime::calls::operation::Operation;
use crate::runtime::mock::answer::MockAnswer;
use crate::runtime::mock::received::Received;
use crate::runtime::mock::service::Mock;
use crate::runtime::values::json;

/// Whether a request is meant.
pub(super) type Condition = Arc<dyn Fn(&Received) -> bool + Send + Sync>;

/// What an operation is expected to be called with, and what it answers, a `T` as the description has it.
///
/// Each answer is for one request, in their order; [`always`](Self::always) is for all that come behind them.
#[must_use = "without an answer, it is an expectation of nothing"]
pub struct Expectation<T> {
    mock: Mock,
    index: usize,
    encode: fn(&T) -> MockAnswer,
    answered: PhantomData<fn(T)>,
}

/// What happens to a request.
#[derive(Clone)]
pub(super) enum Step {
    Answer(MockAnswer),
    Made(Arc<dyn Fn(&Received) -> MockAnswer + Send + Sync>),
    /// The connection breaks when the server may have seen the request.
    BreakOff,
    /// Nobody is reached.
    Unreachable,
    /// No answer comes.
    Hang,
}

/// One of the expectations of a stand-in.
pub(super) struct Expected {
    pub(super) operation: &'static Operation,
    conditions: Vec<(String, Condition)>,
    pub(super) steps: VecDeque<(Duration, Step)>,
    pub(super) last: Option<(Duration, Step)>,
    /// Whether that is what was said last.
    ends_with_last: bool,
    /// How many requests it has answered.
    pub(super) count: usize,
}

impl Expected {
    pub(super) fn new(operation: &'static Operation) -> Self {
        Self {
            operation,
            conditions: Vec::new(),
            steps: VecDeque::new(),
            last: None,
            ends_with_last: false,
            count: 0,
        }
    }

    /// Whether it has something left for calls of an operation.
    pub(super) fn is_open(&self, operation: &'static Operation) -> bool {
        std::ptr::eq(self.operation, operation) && (!self.steps.is_empty() || self.last.is_some())
    }

    /// What a request has to be, besides.
    pub(super) fn conditions(&self) -> Vec<Condition> {
        self.conditions.iter().map(|(_, holds)| Arc::clone(holds)).collect()
    }
}

impl fmt::Display for Expected {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{} {}", self.operation.method, self.operation.path)?;
        for (condition, _) in &self.conditions {
            write!(formatter, ", {condition}")?;
        }
        Ok(())
    }
}

impl<T: 'static> Expectation<T> {
    pub(super) fn new(mock: Mock, index: usize, encode: fn(&T) -> MockAnswer) -> Self {
        Self {
            mock,
            index,
            encode,
            answered: PhantomData,
        }
    }

    fn with(&mut self, change: impl FnOnce(&mut Expected)) -> &mut Self {
        self.mock.with(self.index, change);
        self
    }

    /// Only for requests of which this holds.
    pub fn when(&mut self, holds: impl Fn(&Received) -> bool + Send + Sync + 'static) -> &mut Self {
        self.condition("when a condition holds".to_owned(), holds)
    }

    /// Only for requests with this value in the query.
    pub fn query(&mut self, name: &str, value: impl fmt::Display) -> &mut Self {
        let (name, value) = (name.to_owned(), value.to_string());
        self.condition(format!("with the query `{name}={value}`"), move |request| {
            request.query(&name).as_deref() == Some(&value)
        })
    }

    /// Only for requests with this header.
    pub fn header(&mut self, name: &str, value: &str) -> &mut Self {
        let (name, value) = (name.to_owned(), value.to_owned());
        self.condition(format!("with the header `{name}: {value}`"), move |request| {
            request.header(&name) == Some(&value)
        })
    }

    /// Only for requests with this value in the path, such as an id.
    pub fn path(&mut self, value: impl fmt::Display) -> &mut Self {
        let value = value.to_string();
        self.condition(format!("with `{value}` in the path"), move |request| {
            let segments = request.path().split('/');
            let mut segments =
                segments.map(|segment| percent_encoding::percent_decode_str(segment).decode_utf8_lossy());
            segments.any(|segment| segment == value)
        })
    }

    /// Only for requests whose body is this in JSON, whatever the order of its members.
    ///
    /// # Panics
    ///
    /// When the value cannot be written as JSON.
    pub fn body<B: Serialize + ?Sized>(&mut self, body: &B) -> &mut Self {
        let expected: Value = match json::to_value(body) {
            Ok(value) => value,
            Err(error) => panic!("the expected body cannot be written: {error}"),
        };
        self.condition(format!("with the body `{expected}`"), move |request| {
            request.json::<Value>().is_ok_and(|came| came == expected)
        })
    }

    fn condition(&mut self, text: String, holds: impl Fn(&Received) -> bool + Send + Sync + 'static) -> &mut Self {
        self.with(|expected| expected.conditions.push((text, Arc::new(holds))))
    }

    fn step(&mut self, step: Step) -> &mut Self {
        self.with(|expected| {
            expected.steps.push_back((Duration::ZERO, step));
            expected.ends_with_last = false;
        })
    }

    fn ends_with(&mut self, step: Step) -> &mut Self {
        self.with(|expected| {
            expected.last = Some((Duration::ZERO, step));
            expected.ends_with_last = true;
        })
    }

    /// The next request is answered with this.
    #[expect(clippy::needless_pass_by_value, reason = "a test has no use for it afterwards")]
    pub fn answer(&mut self, answer: T) -> &mut Self {
        let answer = (self.encode)(&answer);
        self.step(Step::Answer(answer))
    }

    /// The next request is answered with what is made of it.
    pub fn answer_with(&mut self, make: impl Fn(&Received) -> T + Send + Sync + 'static) -> &mut Self {
        let encode = self.encode;
        self.step(Step::Made(Arc::new(move |request| encode(&make(request)))))
    }

    /// The next request is answered with this, whatever the description says.
    pub fn answer_raw(&mut self, answer: MockAnswer) -> &mut Self {
        self.step(Step::Answer(answer))
    }

    /// The next request is answered with this status and body, in JSON: an error, as the description has it.
    ///
    /// # Panics
    ///
    /// When the value cannot be written as JSON.
    pub fn fail<B: Serialize + ?Sized>(&mut self, status: u16, body: &B) -> &mut Self {
        self.step(Step::Answer(MockAnswer::json(status, body)))
    }

    /// The connection of the next request breaks when the server may have seen it.
    pub fn break_off(&mut self) -> &mut Self {
        self.step(Step::BreakOff)
    }

    /// The next request reaches nobody.
    pub fn unreachable(&mut self) -> &mut Self {
        self.step(Step::Unreachable)
    }

    /// The next request is not answered.
    pub fn hang(&mut self) -> &mut Self {
        self.step(Step::Hang)
    }

    /// What was said last happens so much later.
    pub fn after(&mut self, wait: Duration) -> &mut Self {
        self.with(|expected| {
            let last = expected.last.as_mut().filter(|_| expected.ends_with_last);
            if let Some((delay, _)) = last.or(expected.steps.back_mut()) {
                *delay = wait;
            }
        })
    }

    /// Every further request is answered with this.
    #[expect(clippy::needless_pass_by_value, reason = "a test has no use for it afterwards")]
    pub fn always(&mut self, answer: T) -> &mut Self {
        let answer = (self.encode)(&answer);
        self.ends_with(Step::Answer(answer))
    }

    /// Every further request is answered with what is made of it.
    pub fn always_with(&mut self, make: impl Fn(&Received) -> T + Send + Sync + 'static) -> &mut Self {
        let encode = self.encode;
        let step = Step::Made(Arc::new(move |request| encode(&make(request))));
        self.ends_with(step)
    }
}

impl<T> fmt::Debug for Expectation<T> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Expectation").finish_non_exhaustive()
    }
}
