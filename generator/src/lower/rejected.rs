//! `x-rejected` in, the statuses with which the API promises that it did not act out. What cannot be read is reported, and
//! the rest stays.

use serde_json::Value;

use super::{
    context::Lowering,
    extension::{Kind, Member, may, must},
};
use crate::{
    diagnostics::Code,
    ir::{Pointer, Rejected},
};

const NAME: &str = "x-rejected";

/// The members of an entry that says more than a status.
const MEMBERS: &[Member] = &[must("status", Kind::Anything), may("wait", Kind::Anything)];

impl Lowering<'_> {
    /// The extension of the object at `owner`: the document or an operation. `None` where there is none that is a list.
    pub(super) fn lower_rejected(&mut self, owner: &Pointer) -> Option<Vec<Rejected>> {
        let pointer = owner.child(NAME);
        let entries = match self.document.value_at(&pointer)? {
            Value::Null => return None,
            Value::Array(entries) => entries,
            _ => {
                self.report(
                    Code::WrongShape,
                    &pointer,
                    "`x-rejected` is not a list of statuses; it is ignored",
                );
                return None;
            }
        };
        let mut list: Vec<Rejected> = Vec::new();
        for (index, entry) in entries.iter().enumerate() {
            let pointer = pointer.child(index.to_string());
            let is_ignored = (NAME, "the entry is ignored");
            if entry.is_object() && !self.is_extension(entry, &pointer, MEMBERS, is_ignored) {
                continue;
            }
            match rejected(entry) {
                Ok(rejected) if list.iter().any(|known| known.status == rejected.status) => {
                    let message = format!(
                        "the status {} is in `x-rejected` twice; the first counts",
                        rejected.status
                    );
                    self.report(Code::WrongShape, &pointer, message);
                }
                Ok(rejected) => list.push(rejected),
                Err((member, message)) => {
                    let pointer = member.map_or_else(|| pointer.clone(), |member| pointer.child(member));
                    self.report(Code::WrongShape, &pointer, format!("{message}; the entry is ignored"));
                }
            }
        }
        Some(list)
    }
}

/// An entry of the list; or the member that is wrong, and how.
fn rejected(entry: &Value) -> Result<Rejected, (Option<&'static str>, String)> {
    if !entry.is_object() {
        let status = status(entry).map_err(|message| (None, message))?;
        return Ok(Rejected {
            status,
            wait_seconds: 0,
        });
    }
    let status = status(&entry["status"]).map_err(|message| (Some("status"), message))?;
    let wait_seconds = match entry.get("wait").filter(|wait| !wait.is_null()) {
        None => 0,
        Some(wait) => {
            whole(wait).ok_or_else(|| (Some("wait"), "the wait is not a whole number of seconds".to_owned()))?
        }
    };
    Ok(Rejected { status, wait_seconds })
}

fn status(value: &Value) -> Result<u16, String> {
    let status = whole(value).and_then(|number| u16::try_from(number).ok());
    status
        .filter(|status| (400..600).contains(status))
        .ok_or_else(|| "it is not the status of an error, from 400 to 599".to_owned())
}

/// A number without a fraction: `2` and `2.0` are the same in JSON.
fn whole(value: &Value) -> Option<u32> {
    let number = value.as_u64().or_else(|| {
        let number = value.as_f64().filter(|number| number.fract() == 0.0)?;
        format!("{number:.0}").parse().ok()
    });
    number.and_then(|number| u32::try_from(number).ok())
}
