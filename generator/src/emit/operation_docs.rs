//! An operation in, what its method says of itself out: what is sent and asked, what comes back, and an example.

use std::fmt::Write as _;

use indexmap::IndexSet;
use proc_macro2::TokenStream;

use super::{
    Emitter, defaults,
    docs::{self, Text},
    door::Doors,
    manifest::text,
    pages::Paged,
    response::Answer,
    server,
};
use crate::{
    ir::{Operation, Requirement, Response},
    name::{Group, OperationNames},
};

impl<'a> Emitter<'a> {
    /// All that there is to say about an operation.
    pub(super) fn operation_docs(
        self,
        group: &Group,
        operation: &'a Operation,
        names: &'a OperationNames,
        (success, error, doors, paged): (&Answer, &Answer, Option<&Doors>, Option<&Paged>),
    ) -> Text {
        let request = operation.method_and_path();
        let mut text = docs::of(&operation.docs, String::new).and(Text::ours(docs::code(&request)));
        text = text.and(server::own_docs(operation));
        for parameter in &operation.parameters {
            if let Some(value) = &parameter.constant {
                let (wire, value) = (docs::code(&parameter.wire), docs::code(&value.to_string()));
                text = text.and(Text::ours(format!("Sends {wire}, which is always {value}.")));
            }
            if let Some(pattern) = &parameter.segments {
                let wire = docs::code(&parameter.wire);
                let form = match pattern.as_str() {
                    "**" => "any number of segments of the path, with the slashes between them".to_owned(),
                    pattern => format!("segments of the path, of the form {}", docs::code(pattern)),
                };
                text = text.and(Text::ours(format!(
                    "The parameter {wire} is {form}; none is empty, `.` or `..`."
                )));
            }
        }
        text = text.and(self.stand_ins(operation));
        if let Some(calls) = self.config.calls_of(&operation.keys()) {
            text = text.and(defaults::docs(calls));
        }
        if let Some(header) = &operation.idempotency_key {
            text = text.and(Text::ours(format!(
                "Sends a random key in {}, the same for all attempts of a call, by which the server knows a repeated request: it is \
                 safe to repeat. A value of your own takes its place.",
                docs::code(header)
            )));
        }
        text = text.and(Self::arguments(operation, names));
        if operation.tags.len() > 1 {
            let tags: Vec<String> = operation.tags.iter().map(|tag| docs::code(tag)).collect();
            text = text.and(Text::ours(format!("Tags: {}.", tags.join(", "))));
        }
        text = text.and(self.scopes(operation));
        if operation.responses.iter().any(|response| !response.headers.is_empty()) {
            let line = format!("[`{}`] reads the headers of the answer.", names.headers);
            text = text.and(Text::ours(line));
        }
        if let Some(set) = self.callbacks_of(operation) {
            let line = format!("What comes back later is a [`{set}`](crate::webhooks::{set}).");
            text = text.and(Text::ours(line));
        }
        let doors = doors.map(|doors| doors.docs.clone()).unwrap_or_default();
        let paged = paged.map(|paged| paged.docs.clone()).unwrap_or_default();
        text.and(Self::answers(operation, success))
            .and(paged)
            .and(doors)
            .and(Self::errors(operation, error))
            .and(Text::ours("# Example"))
            .and(self.example(group, operation, names, success))
    }

    /// Which parameters are called as a credential of the operation is.
    fn stand_ins(self, operation: &Operation) -> Text {
        let mut text = Text::default();
        let mut told = IndexSet::new();
        for requirement in operation.security.iter().flatten() {
            let scheme = &self.api.security_schemes[requirement.scheme.0];
            for parameter in &operation.parameters {
                if scheme.kind.is_in_place_of(parameter.location, &parameter.wire) && told.insert(&scheme.name) {
                    text = text.and(Text::ours(format!(
                        "The parameter {}, where it is set, is sent in place of the credential of the scheme {}.",
                        docs::code(&parameter.wire),
                        docs::code(&scheme.name)
                    )));
                }
            }
        }
        text
    }

    /// What credentials must permit; of each alternative, where they must permit different things.
    fn scopes(self, operation: &Operation) -> Text {
        let scopes = |requirement: &Requirement| {
            let scopes = requirement.scopes.iter().map(|scope| docs::code(scope));
            scopes
                .collect::<IndexSet<_>>()
                .into_iter()
                .collect::<Vec<_>>()
                .join(", ")
        };
        let alternatives = operation.security.iter();
        let of_each: Vec<Vec<String>> = alternatives
            .map(|alternative| {
                alternative
                    .iter()
                    .map(scopes)
                    .filter(|scopes| !scopes.is_empty())
                    .collect()
            })
            .collect();
        match of_each.as_slice() {
            [] => Text::default(),
            [first, others @ ..] if first.len() < 2 && others.iter().all(|other| other == first) => {
                let first = first.first().map(|scopes| Text::ours(format!("Scopes: {scopes}.")));
                first.unwrap_or_default()
            }
            _ => {
                let lines = operation.security.iter().map(|alternative| {
                    let parts = alternative.iter().map(|requirement| {
                        let name = docs::code(&self.api.security_schemes[requirement.scheme.0].name);
                        match scopes(requirement) {
                            none if none.is_empty() => name,
                            scopes => format!("{name} with {scopes}"),
                        }
                    });
                    match parts.collect::<Vec<_>>().join(" and ") {
                        none if none.is_empty() => "none, without a credential".to_owned(),
                        parts => parts,
                    }
                });
                Text::ours(format!("Scopes: {}.", lines.collect::<Vec<_>>().join("; or ")))
            }
        }
    }

    /// A list of the arguments that there is something to say about.
    fn arguments(operation: &'a Operation, names: &'a OperationNames) -> Text {
        let required = Self::parameters(operation, names)
            .filter(|(parameter, _)| parameter.required && Self::fixed(parameter).is_none());
        let lines = required.fold(Text::default(), |text, (parameter, own)| {
            let about = Self::about(parameter, String::new);
            if about.is_empty() {
                return text;
            }
            text.with_item(&docs::code(&own.argument.to_string()), Some(about))
        });
        let body = operation.body.as_ref().filter(|body| body.required);
        let about = body.map(|body| docs::of(&body.docs, String::new)).unwrap_or_default();
        let lines = if about.is_empty() {
            lines
        } else {
            lines.with_item("`body`", Some(about))
        };
        if lines.is_empty() {
            return lines;
        }
        Text::ours("Arguments:").and(lines)
    }

    /// A list of the described answers, each with the variant that it arrives as.
    fn answers(operation: &Operation, success: &Answer) -> Text {
        let responses = operation.answers();
        if responses.is_empty() {
            return Text::default();
        }
        Text::ours("Answers:").and(Self::listed(responses, success))
    }

    /// The same for what a call fails with.
    fn errors(operation: &Operation, error: &Answer) -> Text {
        let mut responses = operation.errors().peekable();
        if responses.peek().is_none() {
            return Text::default();
        }
        Text::ours("# Errors").and(Self::listed(responses, error))
    }

    fn listed<'r>(responses: impl IntoIterator<Item = &'r Response>, answer: &Answer) -> Text {
        responses.into_iter().fold(Text::default(), |text, response| {
            let mut title = docs::code(&response.status.to_string());
            let variants = answer.variants.iter().filter(|(status, _)| *status == response.status);
            let mut links: Vec<String> = variants
                .flat_map(|(_, variants)| variants)
                .map(|variant| format!("[`{}::{variant}`]", answer.ty))
                .collect();
            if !response.status.is_answer() && answer.variants.is_empty() && !response.contents.is_empty() {
                links.extend(model(&answer.ty));
            }
            if !links.is_empty() {
                let _ = write!(title, " ({})", links.join(", "));
            }
            if !response.unread.is_empty() {
                let unread: Vec<String> = response.unread.iter().map(|name| docs::code(name)).collect();
                let _ = write!(title, ", unread as {}", unread.join(", "));
            }
            text.with_item(&title, Some(Text::in_short(&response.docs)))
        })
    }
}

/// A link to the model that a type is, if it is one.
fn model(ty: &TokenStream) -> Option<String> {
    let path = text(ty);
    let name = path.strip_prefix("models::")?;
    let is_name = name.chars().all(|char| char.is_alphanumeric() || char == '_');
    is_name.then(|| format!("[`{path}`]"))
}
