// @generated from an OpenAPI description: the runtime, the same for every API.

//! Results and errors as the description has them: what calls said about an input goes in, its outcome comes out.

use std::sync::Arc;

use serde_json::Value;

use crate::runtime::bulk::BatchOperation;
use crate::runtime::bulk::account::Verdict;
use crate::runtime::bulk::exchange::Fate;
use crate::runtime::bulk::results::outcome::{Failure, NotSent, Outcome, Said, Unknown};
use crate::runtime::shown::secret::Secrets;
use crate::runtime::values::json;

/// What became of an input, where what was not sent was not for this `reason`.
pub(super) fn outcome<O: BatchOperation>(
    fate: Fate<O::Error>,
    reason: Option<&NotSent<O::Error>>,
    failures: &mut Failures<O>,
) -> Outcome<O::Output, O::Failure, O::Error> {
    match fate {
        Fate::Answered(Verdict::Succeeded(result)) => {
            if let Ok(result) = json::from_value(&result) {
                return Outcome::Succeeded(result);
            }
            let secrets = failures.secrets.clone();
            Outcome::Unknown(Unknown::Undescribed(Said::new(Arc::new(result), secrets)))
        }
        Fate::Answered(Verdict::Failed(error)) => Outcome::Failed(failures.decode(error)),
        Fate::Answered(Verdict::NotMentioned) => Outcome::Unknown(Unknown::NotMentioned),
        Fate::Answered(Verdict::Unattributed) => Outcome::Unknown(Unknown::Unattributed),
        Fate::Answered(Verdict::Contradicted) => Outcome::Unknown(Unknown::Contradicted),
        Fate::Answered(Verdict::Unproven(status)) => Outcome::Unknown(Unknown::Unproven(status)),
        Fate::Refused(error) => Outcome::Failed(Failure::Refused(error)),
        Fate::RefusedTogether(error) => Outcome::NotSent(NotSent::RefusedTogether(error)),
        Fate::Rejected(error) => Outcome::NotSent(NotSent::Rejected(error)),
        Fate::Unknown(error) => Outcome::Unknown(Unknown::Call(error)),
        Fate::Abandoned => Outcome::Unknown(Unknown::Abandoned),
        Fate::Halted => Outcome::NotSent(reason.cloned().unwrap_or(NotSent::Stopped)),
    }
}

/// Decodes errors, each only once however many inputs it is about.
pub(super) struct Failures<O: BatchOperation> {
    last: Option<(Arc<Value>, Arc<O::Failure>)>,
    secrets: Secrets,
}

impl<O: BatchOperation> Failures<O> {
    pub(super) const fn new(secrets: Secrets) -> Self {
        Self { last: None, secrets }
    }

    fn decode(&mut self, error: Arc<Value>) -> Failure<O::Failure, O::Error> {
        if let Some((last, decoded)) = &self.last
            && Arc::ptr_eq(last, &error)
        {
            return Failure::Reported(Said::new(Arc::clone(decoded), self.secrets.clone()));
        }
        match json::from_value::<O::Failure>(&error) {
            Ok(decoded) => {
                let decoded = Arc::new(decoded);
                self.last = Some((error, Arc::clone(&decoded)));
                Failure::Reported(Said::new(decoded, self.secrets.clone()))
            }
            Err(_) => Failure::Undescribed(Said::new(error, self.secrets.clone())),
        }
    }
}
