//! What else an API and its client have in, a line about each with where to look out.

use crate::{
    emit::{Emitter, docs::Text, runtime::Parts},
    ir::{Operation, Payload},
};

/// Where to look for what comes without being asked for.
const SENT: &str = "What the API sends by itself, and how a web handler reads it, is in [`webhooks`]";

impl Emitter<'_> {
    /// The rest, by what one wants.
    pub(super) fn further(self, parts: Parts) -> Text {
        let streamed = |is_it: fn(&Payload) -> bool| {
            let operations = self.api.operations.iter().zip(&self.names.operations);
            let mut calls = operations.filter(|(operation, _)| gives(operation, is_it));
            calls.next().map(|(_, names)| self.link_to(names, ""))
        };
        let events = streamed(|payload| matches!(payload, Payload::EventStream(..) | Payload::Events(..)));
        let items = streamed(|payload| matches!(payload, Payload::Items(..)));
        let bytes = streamed(|payload| matches!(payload, Payload::Bytes));
        let lines = [
            self.paged(),
            events.map(|call| format!("Events: {call} gives a stream of them, as they come.")),
            items.map(|call| format!("Long answers: {call} gives a stream of items, as they come.")),
            bytes.map(|call| format!("Downloads: {call} gives a [`ByteStream`], of which no more is in memory than is read.")),
            parts
                .has("uploads")
                .then(|| "Uploads: an [`Upload`] is bytes in memory, a file, or a stream.".to_owned()),
            self.has_webhooks().then(|| self.told_by_itself()),
            Some(
                "Elsewhere: [`base_url`](ClientBuilder::base_url), [`proxy`](ClientBuilder::proxy), \
                 [`default_header`](ClientBuilder::default_header), and any other way to send requests, such as one that \
                 answers in tests ([`transport`](ClientBuilder::transport))."
                    .to_owned(),
            ),
            Some(
                "As fast as the server permits: [`max_requests`](ClientBuilder::max_requests), and a [`Limiter`] that several \
                 clients share."
                    .to_owned(),
            ),
            parts.has("mock").then(|| {
                "Tests: with the feature `mock`, `runtime::Mock` stands in for the API, and the module `mock` beside each \
                 group of operations has what is expected of them; `Mock::with_examples()` answers all else as the API's \
                 document does by its examples. `runtime::Recorder` writes what a client and the API say to each other \
                 to a file, and `Recorded` says it again."
                    .to_owned()
            }),
            Some("Status and headers of a success: [`reply`](runtime::AnyCall::reply).".to_owned()),
        ];
        let lines: Vec<String> = lines.into_iter().flatten().map(|line| format!("* {line}")).collect();
        Text::ours(lines.join("\n"))
    }

    /// Which call has pages.
    fn paged(self) -> Option<String> {
        let operations = self.api.operations.iter().zip(&self.names.operations);
        let mut all = operations.filter(|(operation, _)| operation.pagination.is_some());
        let (_, names) = all.next()?;
        let own = names.call.pages.as_ref()?;
        let place = format!(
            "api::{}::{}",
            self.names.groups[names.group].module.as_str(),
            names.builder.as_str()
        );
        let among = match all.count() {
            0 => String::new(),
            1 => "; so has one other call".to_owned(),
            others => format!("; so have {others} other calls"),
        };
        let (call, pages, items) = (self.link_to(names, ""), &own.pages, &own.items);
        Some(format!(
            "Pages: {call} has all of them, one after the other ([`{pages}`]({place}::{pages})), and all of their items \
             ([`{items}`]({place}::{items})){among}."
        ))
    }

    /// Where what comes without being asked for is read, if anything does.
    pub(super) fn sent(self) -> Text {
        if self.has_webhooks() {
            Text::ours(self.told_by_itself())
        } else {
            Text::default()
        }
    }

    fn told_by_itself(self) -> String {
        let feature = self.when_webhooks().map(|_| ", with the feature `webhooks`");
        format!("{SENT}{}.", feature.unwrap_or_default())
    }
}

/// Whether a success may be what `is_it` says, before anything else.
fn gives(operation: &Operation, is_it: fn(&Payload) -> bool) -> bool {
    let answers = operation.answers();
    answers
        .iter()
        .any(|response| response.contents.first().is_some_and(|content| is_it(&content.payload)))
}
