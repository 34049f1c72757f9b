//! One batch: its inputs go in, are sent in one call or, after a refusal, in ever smaller ones, and what the calls said
//! about each comes out.

use std::ops::Range;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use serde::de::DeserializeOwned;
use serde::ser::{Serialize, SerializeMap, Serializer};
use serde_json::{Map, Value};

use crate::runtime::bulk::EachCall;
use crate::runtime::bulk::account::{self, Row, Verdict};
use crate::runtime::bulk::layout::{BatchKey, BatchLayout};
use crate::runtime::call::{Call, Operation, Reply};
use crate::runtime::core::Core;
use crate::runtime::decode;
use crate::runtime::error::{self, DecodeError, Error};
use crate::runtime::response::Response;
use crate::runtime::secret::Secrets;

/// What a run sends all its batches with.
pub(super) struct Sender<E> {
    pub(super) core: Core,
    pub(super) operation: &'static Operation,
    pub(super) layout: BatchLayout<'static>,
    /// A path that takes the place of the layout's own for the identity of a result.
    pub(super) identified_by: Option<String>,
    pub(super) members: Map<String, Value>,
    pub(super) splits: usize,
    pub(super) each_call: Option<EachCall<E>>,
    /// Set when the run has ended; a batch that is being halved then leaves the rest of it.
    pub(super) halted: AtomicBool,
}

/// What calls said about one input.
#[derive(Debug)]
pub(super) enum Fate<E> {
    Answered(Verdict),
    Refused(Arc<Error<E>>),
    RefusedTogether(Arc<Error<E>>),
    Rejected(Arc<Error<E>>),
    Unknown(Arc<Error<E>>),
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
    /// Whether any call was answered with more than a failure. Inputs that are refused one by one, whatever is in them,
    /// are not what is wrong.
    pub(super) fn is_usable(&self) -> bool {
        let usable = |fate: &Fate<E>| match fate {
            Fate::Answered(_) | Fate::Halted => true,
            Fate::Refused(_) | Fate::RefusedTogether(_) | Fate::Rejected(_) | Fate::Unknown(_) => false,
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
        let result = self.identified_by.as_deref();
        let identity = self.layout.identity.map(|key| BatchKey {
            result: result.unwrap_or(key.result),
            ..key
        });
        BatchLayout {
            identity,
            ..self.layout
        }
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
            if self.halted.load(Ordering::Relaxed) || halt.is_some() {
                break;
            }
            calls += 1;
            let error = match self.call(part).await {
                Ok(reply) => {
                    secrets = secrets.with(reply.secrets.iter().cloned());
                    let verdicts = account::account(&self.layout(), part, reply.body);
                    fill(&mut fates, range, verdicts.into_iter().map(Fate::Answered));
                    continue;
                }
                Err(error) => Arc::new(error),
            };
            let fate: fn(Arc<Error<E>>) -> Fate<E> = match classify(&error) {
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
                Class::Rejected => Fate::Rejected,
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

    async fn call(&self, rows: &[&Row]) -> Result<Reply<Value>, Error<E>> {
        let body = Body {
            members: &self.members,
            inputs: self.layout.inputs,
            rows,
        };
        let success = if self.layout.results.is_some() {
            decode::json::<Value>
        } else {
            ignore
        };
        let mut call = Call::new(&self.core, self.operation, success, decode::json::<E>).json(&body);
        if let Some(change) = &self.each_call {
            call = change(call);
        }
        call.reply().await
    }
}

fn fill<E>(fates: &mut [Fate<E>], range: Range<usize>, with: impl Iterator<Item = Fate<E>>) {
    let slots = fates.get_mut(range).unwrap_or_default();
    for (slot, fate) in slots.iter_mut().zip(with) {
        *slot = fate;
    }
}

fn classify<E>(error: &Error<E>) -> Class {
    match (error.outcome(), error.status().map(|status| status.as_u16())) {
        (error::Outcome::Unknown, _) => Class::Unknown,
        _ if error.is_quota_exhausted() => Class::Rejected,
        (_, Some(401 | 403)) => Class::Unauthorized,
        (_, Some(400 | 404 | 409 | 412 | 413 | 422)) => Class::Refused,
        (error::Outcome::Done | error::Outcome::Rejected, _) => Class::Rejected,
    }
}

/// A success that says nothing about single inputs may have any body.
#[expect(clippy::unnecessary_wraps, reason = "the signature of all decoders")]
fn ignore(_: Response) -> Result<Value, DecodeError> {
    Ok(Value::Null)
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
