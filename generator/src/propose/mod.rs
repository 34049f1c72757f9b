//! An API whose pages nobody described in, rules that describe them out, each with the reason for it.
//!
//! What people call things by says what they mean, mostly. So every rule is given to the stage that reads rules, and only
//! what comes of it as it was meant is proposed: for all operations at once, where it changes no other, or else for its own.

mod answer;
mod decide;
mod overlay;
mod request;
mod settle;
mod told;
mod wish;
mod words;

use crate::ir::{Api, Operation, Pagination};
use decide::{Firsts, Verdict, decide};
use settle::Group;

/// What can be said of the pages of a document.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Proposals {
    /// The rules, those for all operations first, in the order in which they have to stand.
    pub rules: Vec<Rule>,
    /// The operations that a rule for all fits, and for which it is not; its text is `false`.
    pub exception: Option<Rule>,
    /// The operations that look like pages and of which nothing is certain, in document order.
    pub uncertain: Vec<Uncertain>,
    /// How many operations have pages already.
    pub described: usize,
}

/// What `x-pagination` is to say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rule {
    /// Its text, as YAML in one line.
    pub text: String,
    /// What it is read from.
    pub why: String,
    /// The operations that it is for, as method and path, in document order.
    pub operations: Vec<String>,
    /// Where it is laid, as `JSONPath`; at the root of the document it is for all operations that it fits.
    pub targets: Vec<String>,
}

/// An operation that looks like pages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Uncertain {
    /// Its method and path.
    pub operation: String,
    /// What is not certain.
    pub why: String,
}

impl Proposals {
    /// All rules as an overlay, where there are any: YAML, with the reasons as comments.
    #[must_use]
    pub fn overlay(&self) -> Option<String> {
        (!self.rules.is_empty()).then(|| overlay::text(&self.rules, self.exception.as_ref()))
    }
}

/// How each operation's answers are pages once an overlay is laid over the document, unless it cannot be laid.
pub(crate) type Lowered<'l> = &'l mut dyn FnMut(&str) -> Option<Vec<Option<Pagination>>>;

/// Proposes rules for those operations of which `is_said` nothing.
pub(crate) fn propose(api: &Api, is_said: impl Fn(&Operation) -> bool, lowered: Lowered<'_>) -> Proposals {
    let firsts = Firsts::of(&api.operations, &api.types);
    let mut groups: Vec<Group> = Vec::new();
    let mut uncertain: Vec<(usize, String)> = Vec::new();
    let open = |operation: &Operation| operation.pagination.is_none() && !is_said(operation);
    for (index, operation) in api.operations.iter().enumerate().filter(|(_, it)| open(it)) {
        match decide(operation, &api.types, &firsts) {
            Verdict::Nothing => {}
            Verdict::Uncertain(why) => uncertain.push((index, why)),
            Verdict::Certain(wish, items) => settle::add(&mut groups, wish, index, items),
        }
    }
    let settled = settle::settle(api, settle::merged(groups), lowered);
    let refused = settled.refused.into_iter();
    uncertain.extend(refused.map(|(index, text)| (index, format!("`{text}` would be read as something else"))));
    uncertain.sort();
    Proposals {
        rules: settled.rules,
        exception: settled.exception,
        uncertain: uncertain
            .into_iter()
            .map(|(index, why)| Uncertain {
                operation: settle::key(&api.operations[index]),
                why,
            })
            .collect(),
        described: api.operations.iter().filter(|it| it.pagination.is_some()).count(),
    }
}
