//! The judge: what the client said and what the server knows go in, every broken promise comes out.

use std::collections::BTreeMap;
use std::fmt;

use crate::desk::{Operation, record};
use crate::ledger::{Ledger, Said};
use crate::run::{Account, Entry, Kind};
use crate::scenario::{Receiver, Scenario};

/// The promises.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Promise {
    /// What the client says is true.
    NoLies,
    /// Each input has one outcome, in its turn, and the counts agree.
    NothingLost,
    /// No input of a create is acted on twice.
    NothingDoubled,
    /// Unknown is said only of what the client could not know.
    NoNeedlessDoubt,
    /// Where nothing happens to requests, all that is good succeeds and all that is bad fails.
    FairWeather,
    /// The last input for a record wins.
    LastWins,
    /// No two requests that are on their way name the same record.
    NoTwins,
    /// No more requests at once than was asked for.
    NoCrowds,
    /// No more requests than a bad day explains.
    NoStorms,
    /// No input is sent after the run was told to stop.
    StopsAtOnce,
    /// Nothing is sent after the run ended.
    EndsAtOnce,
    /// After each attempt the hook is called, however it ended.
    HooksInPairs,
    /// The run comes to its end.
    Ends,
}

/// What was broken, and how often.
#[derive(Default)]
pub(crate) struct Judgement(pub(crate) BTreeMap<Promise, Vec<String>>);

impl Judgement {
    fn broken(&mut self, promise: Promise, how: String) {
        self.0.entry(promise).or_default().push(how);
    }
}

impl fmt::Display for Judgement {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (promise, how) in &self.0 {
            writeln!(
                formatter,
                "    {promise:?} broken {} times, such as: {}",
                how.len(),
                how[0]
            )?;
        }
        Ok(())
    }
}

pub(crate) fn judge(scenario: &Scenario, ledger: &Ledger, account: &Account) -> Judgement {
    let mut judgement = Judgement::default();
    if let Some(trouble) = account.trouble {
        judgement.broken(
            Promise::Ends,
            format!("it {trouble} after {} records", account.entries.len()),
        );
    }
    for entry in &account.entries {
        if let Some((promise, how)) = outcome(scenario, ledger, entry) {
            judgement.broken(promise, format!("{how}: {}", history(ledger, entry)));
        }
    }
    count(scenario, account, &mut judgement);
    fair_weather(scenario, account, &mut judgement);
    order(scenario, ledger, account, &mut judgement);
    traffic(scenario, ledger, account, &mut judgement);
    judgement
}

/// What happened to an input.
fn history(ledger: &Ledger, entry: &Entry) -> String {
    let Entry { index, id, why, .. } = entry;
    let met: Vec<_> = ledger.said_of(*index).map(|arrival| arrival.met).collect();
    let records = ledger.deeds.get(index).map_or([].as_slice(), Vec::as_slice);
    format!("input {index}, {id:?} {why:?}; its requests met {met:?}; the server acted on {records:?}")
}

fn outcome(scenario: &Scenario, ledger: &Ledger, entry: &Entry) -> Option<(Promise, &'static str)> {
    let input = usize::try_from(entry.index)
        .ok()
        .and_then(|index| scenario.inputs.get(index));
    let Some(input) = input else {
        return Some((Promise::NothingLost, "there is no such input"));
    };
    let deeds = ledger.deeds.get(&input.mark).map_or([].as_slice(), Vec::as_slice);
    if scenario.operation == Operation::Create && deeds.len() > 1 {
        return Some((Promise::NothingDoubled, "acted on more than once"));
    }
    match entry.kind {
        Kind::Succeeded => {
            let own = record(scenario.operation, input.name.as_deref(), || {
                deeds.first().cloned().unwrap_or_default()
            });
            if deeds.is_empty() {
                return Some((Promise::NoLies, "said to have succeeded"));
            }
            entry
                .id
                .as_ref()
                .filter(|id| **id != own)
                .map(|_| (Promise::NoLies, "with the id of another record"))
        }
        Kind::Failed if !deeds.is_empty() => Some((Promise::NoLies, "said to have failed")),
        Kind::Failed if !input.is_bad && !ledger.refused.contains(&input.mark) => {
            Some((Promise::NoLies, "said to fail for good"))
        }
        Kind::NotSent if !deeds.is_empty() => Some((Promise::NoLies, "said not to have been sent")),
        Kind::Unknown => {
            let mut said = ledger.said_of(input.mark).peekable();
            let could_know = said.peek().is_some() && said.all(|arrival| arrival.said != Said::Murky);
            could_know.then_some((Promise::NoNeedlessDoubt, "said to be unknown"))
        }
        Kind::Failed | Kind::NotSent => None,
    }
}

fn count(scenario: &Scenario, account: &Account, judgement: &mut Judgement) {
    let mut seen: Vec<_> = account.entries.iter().map(|entry| entry.index).collect();
    if scenario.ordered && !seen.is_sorted() {
        judgement.broken(Promise::NothingLost, format!("out of order: {seen:?}"));
    }
    seen.sort_unstable();
    let count = seen.len();
    seen.dedup();
    if seen.len() < count {
        judgement.broken(
            Promise::NothingLost,
            format!("{count} outcomes for {} inputs", seen.len()),
        );
    }
    let Some(counts) = account.counts else { return };
    if seen.len() != scenario.inputs.len() {
        judgement.broken(
            Promise::NothingLost,
            format!("{} outcomes for {} inputs", seen.len(), scenario.inputs.len()),
        );
    }
    let of = |kind| account.entries.iter().filter(|entry| entry.kind == kind).count() as u64;
    let counted = [Kind::Succeeded, Kind::Failed, Kind::Unknown, Kind::NotSent].map(of);
    if counts != counted {
        judgement.broken(Promise::NothingLost, format!("progress says {counts:?} of {counted:?}"));
    }
}

fn fair_weather(scenario: &Scenario, account: &Account, judgement: &mut Judgement) {
    let is_full = matches!(scenario.receiver, Receiver::Fast | Receiver::Slow | Receiver::Reading);
    if scenario.share > 0 || scenario.changing_token || !is_full {
        return;
    }
    for (entry, input) in account
        .entries
        .iter()
        .zip(&scenario.inputs)
        .filter(|_| scenario.ordered)
    {
        let due = if input.is_bad { Kind::Failed } else { Kind::Succeeded };
        if entry.kind != due {
            let Entry { index, kind, why, .. } = entry;
            judgement.broken(Promise::FairWeather, format!("input {index} is {kind:?}: {why}"));
        }
    }
}

/// No record is left as an input wanted it that was given before one which succeeded.
fn order(scenario: &Scenario, ledger: &Ledger, account: &Account, judgement: &mut Judgement) {
    if !matches!(scenario.operation, Operation::Update | Operation::Upsert) {
        return;
    }
    let mut last = BTreeMap::new();
    for entry in account.entries.iter().filter(|entry| entry.kind == Kind::Succeeded) {
        let name = scenario
            .inputs
            .get(usize::try_from(entry.index).unwrap())
            .and_then(|input| input.name.as_deref());
        let latest = last
            .entry(record(scenario.operation, name, String::new))
            .or_insert(entry.index);
        *latest = entry.index.max(*latest);
    }
    for (record, latest) in last {
        let state = ledger.state.get(&record).copied();
        if state.is_some_and(|state| state < latest) {
            judgement.broken(
                Promise::LastWins,
                format!("input {latest} succeeded for {record}, and {state:?} is what it is left as"),
            );
        }
    }
}

fn traffic(scenario: &Scenario, ledger: &Ledger, account: &Account, judgement: &mut Judgement) {
    for name in &ledger.twins {
        judgement.broken(Promise::NoTwins, format!("two requests at once name {name}"));
    }
    if ledger.most_open > scenario.concurrency {
        judgement.broken(Promise::NoCrowds, format!("{} at once", ledger.most_open));
    }
    let (requests, most) = (ledger.arrivals.len(), scenario.most_requests());
    if requests > most {
        judgement.broken(
            Promise::NoStorms,
            format!("{requests} requests, where {most} were enough"),
        );
    }
    let mut known = std::collections::BTreeSet::new();
    for arrival in &ledger.arrivals {
        if arrival.after_stop && arrival.marks.iter().any(|mark| !known.contains(mark)) {
            let first = arrival.marks.first();
            judgement.broken(
                Promise::StopsAtOnce,
                format!("input {first:?} was sent for the first time"),
            );
        }
        known.extend(arrival.marks.iter().copied());
    }
    if account.afterwards > 0 {
        judgement.broken(Promise::EndsAtOnce, format!("{} requests", account.afterwards));
    }
    if account.hooks.0 != account.hooks.1 {
        judgement.broken(
            Promise::HooksInPairs,
            format!("called before and after: {:?}", account.hooks),
        );
    }
}
