// @generated from an OpenAPI description: the runtime, the same for every API.

//! One batch: its inputs go in, are sent in one call or, after a refusal, in ever smaller ones, and what the calls said
//! about each comes out.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::Arc;

use serde::de::DeserializeOwned;
use serde::ser::{Serialize, SerializeMap, Serializer};
use serde_json::{Map, Value};

use crate::runtime::bulk::account::{self, Answer, Row, Verdict};
use crate::runtime::bulk::layout::{self, BatchKey, BatchLayout};
use crate::runtime::bulk::{EachCall, proof};
use crate::runtime::calls::call::{Call, Operation, Reply};
use crate::runtime::calls::ended::Failure;
use crate::runtime::calls::error::{ApiError, Error, Outcome};
use crate::runtime::calls::outcome::{self, IsOwn};
use crate::runtime::client::core::Core;
use crate::runtime::client::oversight::Oversight;
use crate::runtime::pace::panic;
use crate::runtime::received::decode;
use crate::runtime::shown::secret::Secrets;

/// What a run sends all its batches with.
pub(super) struct Sender<E> {
    pub(super) core: Core,
    pub(super) operation: &'static Operation,
    pub(super) layout: BatchLayout<'static>,
    /// Tells a refusal of the API from one of something in between.
    pub(super) is_own: IsOwn,
    /// A path that takes the place of the layout's own for the identity of a result.
    pub(super) identified_by: Option<String>,
    pub(super) members: Map<String, Value>,
    pub(super) splits: usize,
    pub(super) each_call: Option<EachCall<E>>,
    /// Halted when the run has ended: a batch that is being halved leaves the rest of it, and no call waits on.
    pub(super) oversight: Arc<Oversight>,
}

/// What calls said about one input.
#[derive(Debug)]
pub(super) enum Fate<E> {
    Answered(Verdict),
    Refused(Arc<Error<E>>),
    RefusedTogether(Arc<Error<E>>),
    Rejected(Arc<Error<E>>),
    Unknown(Arc<Error<E>>),
    /// The task that sent it has ended with its runtime.
    Abandoned,
    Halted,
}

/// Why no other batch should be sent.
#[derive(Debug)]
pub(super) enum Halt<E> {
    Unauthorized(Arc<Error<E>>),
    QuotaExhausted(Arc<Error<E>>),
}

/// What became of a batch.
#[derive(Debug)]
pub(super) struct Exchange<E> {
    /// One for each input, in their order.
    pub(super) fates: Vec<Fate<E>>,
    pub(super) calls: u64,
    pub(super) halt: Option<Halt<E>>,
    /// What the answers may repeat and nobody may see.
    pub(super) secrets: Secrets,
}

impl<E> Exchange<E> {
    /// Of a batch that is not sent.
    pub(super) const fn none() -> Self {
        Self {
            fates: Vec::new(),
            calls: 0,
            halt: None,
            secrets: Secrets::NONE,
        }
    }

    /// Whether any call was answered with more than a failure, and as described. Inputs that are refused one by one,
    /// whatever is in them, are not what is wrong.
    pub(super) fn is_usable(&self) -> bool {
        let usable = |fate: &Fate<E>| match fate {
            Fate::Answered(verdict) => !matches!(verdict, Verdict::Unproven(_)),
            Fate::Halted => true,
            Fate::Refused(_) | Fate::RefusedTogether(_) | Fate::Rejected(_) | Fate::Unknown(_) | Fate::Abandoned => {
                false
            }
        };
        self.fates.is_empty() || self.fates.iter().any(usable)
    }
}

/// What a failed call means for its inputs.
enum Class {
    /// The server looked at the inputs and wants none of them as they are.
    Refused,
    /// The credential does not reach this operation.
    Unauthorized,
    /// The server did not act.
    Rejected,
    /// The server may have acted.
    Unknown,
}

impl<E> Sender<E>
where
    E: DeserializeOwned + std::fmt::Debug + Send + Sync + 'static,
{
    /// Where the operation keeps what belongs to one input.
    fn layout(&self) -> BatchLayout<'_> {
        let Some(result) = self.identified_by.as_deref() else {
            return self.layout;
        };
        BatchLayout {
            identity: self.layout.identity.map(|key| BatchKey { result, ..key }),
            property: None,
            ..self.layout
        }
    }

    /// What is sent along with `rows`: the members of the run, with the properties that results are identified by among
    /// those that are asked for.
    fn members(&self, layout: &BatchLayout<'_>, rows: &[&Row]) -> Cow<'_, Map<String, Value>> {
        let mut members = Cow::Borrowed(&self.members);
        if let Some(list) = layout.property.and_then(|property| property.request) {
            let properties: BTreeSet<_> = rows
                .iter()
                .filter_map(|row| layout.property_of(&self.members, &row.body))
                .collect();
            for property in properties {
                layout::add_missing(members.to_mut(), list, property);
            }
        }
        members
    }

    /// Sends a batch.
    pub(super) async fn exchange(&self, rows: &[&Row]) -> Exchange<E> {
        let mut fates: Vec<Fate<E>> = rows.iter().map(|_| Fate::Halted).collect();
        let mut halt = None;
        let mut calls = 0;
        let mut secrets = Secrets::NONE;
        let mut splits = self.splits;
        let whole = 0..rows.len();
        let mut pending = Vec::from([whole]);
        while let Some(range) = pending.pop() {
            let Some(part) = rows.get(range.clone()).filter(|part| !part.is_empty()) else {
                continue;
            };
            if self.oversight.is_halted() || halt.is_some() {
                break;
            }
            calls += 1;
            let layout = self.layout();
            let members = self.members(&layout, part);
            let error = match self.send(part, &members).await {
                Ok(reply) => {
                    secrets = secrets.with(reply.secrets.iter().cloned());
                    let answer = Answer {
                        members: &members,
                        status: reply.status,
                        body: reply.body,
                    };
                    let verdicts = account::account(&layout, part, answer);
                    fill(&mut fates, range, verdicts.into_iter().map(Fate::Answered));
                    continue;
                }
                Err(error) => Arc::new(error),
            };
            if error.attempts() == 0 && self.oversight.is_halted() {
                break;
            }
            let fate: fn(Arc<Error<E>>) -> Fate<E> = match self.classify(&error) {
                Class::Refused if part.len() == 1 => Fate::Refused,
                Class::Refused if splits >= 2 => {
                    splits -= 2;
                    let middle = range.start + part.len() / 2;
                    pending.extend([middle..range.end, range.start..middle]);
                    continue;
                }
                Class::Refused => Fate::RefusedTogether,
                Class::Unauthorized => {
                    halt = Some(Halt::Unauthorized(error));
                    continue;
                }
                Class::Rejected if error.is_quota_exhausted() => {
                    halt = Some(Halt::QuotaExhausted(error));
                    continue;
                }
                // The rest of a batch that is being halved would fare no better, and was not acted on either.
                Class::Rejected => {
                    for rest in pending.drain(..) {
                        let same = std::iter::repeat_with(|| Fate::Rejected(Arc::clone(&error)));
                        fill(&mut fates, rest, same);
                    }
                    Fate::Rejected
                }
                // An attempt before the one that was told so may have been acted on.
                Class::Unknown if error.is_quota_exhausted() => {
                    halt = Some(Halt::QuotaExhausted(Arc::clone(&error)));
                    Fate::Unknown
                }
                Class::Unknown => Fate::Unknown,
            };
            let same = std::iter::repeat_with(|| fate(Arc::clone(&error)));
            fill(&mut fates, range, same);
        }
        Exchange {
            fates,
            calls,
            halt,
            secrets,
        }
    }

    async fn send(&self, rows: &[&Row], members: &Map<String, Value>) -> Result<Reply<Value>, Error<E>> {
        let body = Body {
            members,
            inputs: self.layout.inputs,
            rows,
        };
        let success = if self.layout.results.is_some() {
            decode::json::<Value>
        } else {
            proof::read
        };
        let mut call = Call::new(&self.core, self.operation, success, decode::json::<E>)
            .refused_by(self.is_own)
            .json(&body);
        if let Some(change) = &self.each_call {
            call = match panic::caught(|| change(call)) {
                Ok(call) => call,
                Err(problem) => {
                    let problem = format!("what changes each call panicked: {problem}");
                    return Err(Failure::refused(self.operation, problem.into()).into_error());
                }
            };
        }
        call.under(Arc::clone(&self.oversight)).await
    }

    fn classify(&self, error: &Error<E>) -> Class {
        let is_own = |api: &ApiError<E>| {
            outcome::promise(self.operation, api.status).is_none() && (self.is_own)(&api.headers, &api.raw)
        };
        match (error.outcome(), error.api().filter(|api| is_own(api))) {
            // A success that cannot be read says that the server acted, but not on which records.
            (Outcome::Unknown, _) | (Outcome::Done, None) => Class::Unknown,
            _ if error.is_quota_exhausted() => Class::Rejected,
            (_, Some(api)) => match api.status.as_u16() {
                401 | 403 => Class::Unauthorized,
                400 | 404 | 409 | 412 | 413 | 422 => Class::Refused,
                _ => Class::Rejected,
            },
            (Outcome::Rejected, None) => Class::Rejected,
        }
    }
}

fn fill<E>(fates: &mut [Fate<E>], range: Range<usize>, with: impl Iterator<Item = Fate<E>>) {
    let slots = fates.get_mut(range).unwrap_or_default();
    for (slot, fate) in slots.iter_mut().zip(with) {
        *slot = fate;
    }
}

/// The body of a call.
struct Body<'r> {
    members: &'r Map<String, Value>,
    inputs: &'static str,
    rows: &'r [&'r Row],
}

impl Serialize for Body<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.members.len() + 1))?;
        map.serialize_entry(self.inputs, &Inputs(self.rows))?;
        for (member, value) in self.members {
            map.serialize_entry(member, value)?;
        }
        map.end()
    }
}

struct Inputs<'r>(&'r [&'r Row]);

impl Serialize for Inputs<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.0.iter().map(|row| &row.body))
    }
}
