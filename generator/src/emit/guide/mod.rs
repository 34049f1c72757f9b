//! What a reader needs first, in the order in which it is needed: the first page of the documentation and the README out, both
//! of the same sections.

mod bulk;
mod credentials;
mod features;
mod further;
mod program;
mod readme;
mod several;

use super::{
    Emitter, defaults,
    docs::{self, Text},
    runtime::Parts,
};
use crate::name::OperationNames;

/// The rule that callers rely on most.
const REPEATED: &str = "A request is repeated only when it cannot have reached the server, when HTTP or the API's \
                        description says that it was not acted on, or when a repetition does no harm \
                        ([`RetryPolicy`]).";

/// What is known of a call that failed.
const FAILED: &str = "An error has the status of the answer ([`is_status`](Error::is_status)), its typed \
                      [`body`](Error::body) where the API describes one, whether the server acted on the request \
                      ([`outcome`](Error::outcome)), and the id that support asks for \
                      ([`correlation_id`](Error::correlation_id)). Its type says what the body is; \
                      [`untyped`](Error::untyped) makes one type of those of several operations.";

/// What there is where there is nothing to call.
const TYPES: &str = "The types are in [`models`].";

/// How many lines of a description stand before everything else.
const LONGEST: usize = 12;

/// A part of both.
struct Section {
    /// What stands above it.
    title: &'static str,
    text: Text,
}

impl Emitter<'_> {
    /// The first page of the documentation.
    pub(super) fn page(self, parts: Parts, depth: Text) -> Text {
        let info = &self.api.info;
        let summary = Text::of_theirs(info.summary.as_ref());
        let whole = Text::of_theirs(info.description.as_ref());
        let is_long = whole.lines().len() > LONGEST;
        let beginning = info.description.as_deref().filter(|_| is_long).and_then(Text::summary);
        let (first, last) = match beginning {
            Some(beginning) => (beginning, Text::ours("# About the API").and(whole)),
            None => (whole, Text::default()),
        };
        let head = self
            .title()
            .and(summary)
            .and(first)
            .and(self.version())
            .and(self.first_call());
        let sections = self.sections(parts).into_iter();
        sections
            .fold(head, |text, Section { title, text: own }| {
                text.and(Text::ours(format!("# {title}"))).and(own)
            })
            .and(last)
            .and(self.imprint())
            .and(depth)
    }

    fn title(self) -> Text {
        Text::theirs(&self.api.info.title).or(if self.has_client() {
            "A client."
        } else {
            "The types of an API."
        })
    }

    fn version(self) -> Text {
        Text::ours(format!("Version {} of the API.", docs::code(&self.api.info.version)))
    }

    /// One call, or where the types are.
    fn first_call(self) -> Text {
        if self.has_client() {
            Text::ours(self.program(&self.construction().example()))
        } else {
            Text::ours(TYPES).and(self.sent())
        }
    }

    /// All that comes behind the first call.
    fn sections(self, parts: Parts) -> Vec<Section> {
        if !self.has_client() {
            return Vec::new();
        }
        let sections = [
            ("Operations", self.groups()),
            ("Authentication", self.authentication()),
            ("Errors", Text::ours(FAILED)),
            (
                "Time-outs and retries",
                Text::ours(format!("{} {REPEATED}", self.limits())),
            ),
            ("Any number of inputs", self.any_number()),
            ("More", self.further(parts)),
            ("Features", self.feature_table(parts)),
        ];
        let sections = sections.into_iter().filter(|(_, text)| !text.is_empty());
        sections.map(|(title, text)| Section { title, text }).collect()
    }

    /// How long and how often, unless a program says otherwise.
    fn limits(self) -> String {
        let calls = &self.config.calls;
        let [call, attempt] = [
            calls.timeout.unwrap_or(120_000),
            calls.attempt_timeout.unwrap_or(60_000),
        ];
        let (call, attempt) = (defaults::seconds(call), defaults::seconds(attempt));
        let attempts = calls.max_attempts.unwrap_or(4);
        format!(
            "A call takes {call} at most and is sent {attempts} times at most, each of which may take {attempt}. \
             [`ClientBuilder`] has settings of all calls, [`AnyCall`](runtime::AnyCall) those of one \
             (`.timeout(…)`, `.max_attempts(…)`)."
        )
    }

    /// Where the operations are.
    fn groups(self) -> Text {
        if self.names.groups.is_empty() {
            return Text::default();
        }
        let groups = self.names.groups.iter().fold(Text::default(), |text, group| {
            let described = self.group_summary(group);
            let accessor = group.accessor.as_str();
            let count = group.operations.len();
            let all = match count {
                _ if group.is_call => String::new(),
                1 => format!(" ([1 operation](api::{}))", group.module.as_str()),
                _ => format!(" ([{count} operations](api::{}))", group.module.as_str()),
            };
            let feature = self.feature_of(group).map(|feature| format!(", feature `{feature}`"));
            let feature = feature.unwrap_or_default();
            text.with_item(&format!("[`{accessor}`](Client::{accessor}){all}{feature}"), described)
        });
        Text::ours("The operations are methods of what these methods of the client give:").and(groups)
    }

    /// A link to an operation's method, or to the one of that which ends in `suffix`.
    fn link_to(self, names: &OperationNames, suffix: &str) -> String {
        let group = &self.names.groups[names.group];
        let place = if group.is_call {
            "Client".to_owned()
        } else {
            format!("api::{}::{}", group.module.as_str(), group.handle.as_str())
        };
        let method = names.method.as_str();
        format!("[`{}{suffix}`]({place}::{method}{suffix})", Self::path_of(group, names))
    }
}
