//! An operation in, the names of what its answers are told apart by out: variants by status and media type, and the enums of
//! the ways to read them.

use indexmap::IndexMap;

use super::{
    ident::{Ident, Name, TypeName},
    operations::kind_words,
    reserved::Namespace,
    scope::{Scope, Wish},
    words::words,
};
use crate::ir::{Content, Operation, Reading, Response, Status};

/// The enums of the successes that the doors of an operation give, for each way that may need one.
pub(super) fn doors(operation: &Operation, method: &Ident, scope: &mut Scope) -> IndexMap<Reading, TypeName> {
    let doors = operation.doors();
    let wishes: Vec<Wish> = doors
        .iter()
        .map(|door| {
            let best = [words(method.as_str()), words(door.method()), words("response")].concat();
            Wish::words(format!("{} {} response", method.as_str(), door.method()), vec![best])
        })
        .collect();
    let names: Vec<TypeName> = scope.settle(&wishes, Namespace::Api);
    doors.into_iter().zip(names).collect()
}

/// The variants of the bodies that share a status, each called by that and its media type.
pub(super) fn variants(operation: &Operation) -> IndexMap<(Status, usize), TypeName> {
    let mut scope = Scope::default();
    for response in &operation.responses {
        scope.take(status_variant(response.status).as_str());
    }
    let shared: Vec<(Status, usize, &Content)> = operation.responses.iter().flat_map(shared).collect();
    let wishes: Vec<Wish> = shared
        .iter()
        .map(|(status, _, content)| {
            let media_type = &content.media_type;
            let of_status = words_of(*status);
            let named = |own: Vec<String>| [of_status.as_slice(), &own].concat();
            let own = [plain(kind_words(media_type)), words(media_type), vec!["any".to_owned()]];
            let wished = own.into_iter().filter(|own| !own.is_empty()).map(named);
            Wish::words(format!("{status} {media_type}"), wished.collect())
        })
        .collect();
    let names: Vec<TypeName> = scope.settle(&wishes, Namespace::Variant);
    let places = shared.into_iter().map(|(status, index, _)| (status, index));
    places.zip(names).collect()
}

/// A vendor's own type is called after what stands behind the `vnd`.
fn plain(words: Vec<String>) -> Vec<String> {
    match words.split_first() {
        Some((first, rest)) if first == "vnd" && !rest.is_empty() => rest.to_vec(),
        _ => words,
    }
}

/// The bodies of an answer that stand in one enum with others of it: those that are read in one way, or may be of one error.
fn shared(response: &Response) -> Vec<(Status, usize, &Content)> {
    let family = |content: &Content| match content.payload.reading() {
        Reading::Text if !response.status.is_answer() => Reading::Value,
        reading => reading,
    };
    let has_twin = |content: &Content| {
        let same = response
            .contents
            .iter()
            .filter(|other| family(other) == family(content));
        same.count() > 1
    };
    let all = response.contents.iter().enumerate();
    all.filter(|(_, content)| has_twin(content))
        .map(|(index, content)| (response.status, index, content))
        .collect()
}

fn words_of(status: Status) -> Vec<String> {
    match status_text(status) {
        "" => vec!["status".to_owned(), status.to_string()],
        text => words(text),
    }
}

/// The name of a response's variant, from its status.
pub(super) fn status_variant(status: Status) -> TypeName {
    TypeName::of(&words_of(status), Namespace::Variant)
}

fn status_text(status: Status) -> &'static str {
    match status {
        Status::Class(1) => "informational",
        Status::Class(2) => "success",
        Status::Class(3) => "redirection",
        Status::Class(4) => "client error",
        Status::Class(_) => "server error",
        Status::Default => "other",
        Status::Code(code) => REASONS
            .iter()
            .find(|(known, _)| *known == code)
            .map_or("", |(_, reason)| reason),
    }
}

/// The reason phrases of the registry of HTTP status codes.
const REASONS: [(u16, &str); 48] = [
    (200, "ok"),
    (201, "created"),
    (202, "accepted"),
    (203, "non authoritative"),
    (204, "no content"),
    (205, "reset content"),
    (206, "partial content"),
    (207, "multi status"),
    (208, "already reported"),
    (226, "im used"),
    (300, "multiple choices"),
    (301, "moved permanently"),
    (302, "found"),
    (303, "see other"),
    (304, "not modified"),
    (307, "temporary redirect"),
    (308, "permanent redirect"),
    (400, "bad request"),
    (401, "unauthorized"),
    (402, "payment required"),
    (403, "forbidden"),
    (404, "not found"),
    (405, "method not allowed"),
    (406, "not acceptable"),
    (407, "proxy authentication required"),
    (408, "request timeout"),
    (409, "conflict"),
    (410, "gone"),
    (411, "length required"),
    (412, "precondition failed"),
    (413, "content too large"),
    (414, "uri too long"),
    (415, "unsupported media type"),
    (416, "range not satisfiable"),
    (417, "expectation failed"),
    (418, "im a teapot"),
    (421, "misdirected request"),
    (422, "unprocessable content"),
    (423, "locked"),
    (424, "failed dependency"),
    (425, "too early"),
    (426, "upgrade required"),
    (428, "precondition required"),
    (429, "too many requests"),
    (500, "internal server error"),
    (501, "not implemented"),
    (502, "bad gateway"),
    (503, "service unavailable"),
];
