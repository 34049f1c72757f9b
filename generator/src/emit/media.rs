//! The media types of an operation in, what it asks for and how its answers arrive out: `Accept`, and the statuses that are
//! answers.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use crate::ir::{Content, Operation, Payload, Reading, Response, Status};

/// The media type that is sent where the document gives a range.
pub(super) fn concrete(media_type: &str) -> &str {
    let essence = media_type.split(';').next().unwrap_or_default().trim();
    match essence {
        "*/*" | "application/*" => "application/json",
        "multipart/*" => "multipart/form-data",
        essence if essence.contains('*') && essence.ends_with("+json") => "application/json",
        essence if essence.contains('*') && essence.ends_with("+xml") => "application/xml",
        essence if essence.contains('*') => "application/octet-stream",
        _ => media_type,
    }
}

/// The media type or range that is asked for where an answer is described by `media_type`.
fn asked<'a>(media_type: &'a str, payload: &Payload, scalar: bool) -> &'a str {
    let is_range = media_type.contains('*');
    match payload {
        // Of a text under any media type, JSON is one way to write it, and seldom what comes.
        Payload::Json(_) if is_range && !scalar => concrete(media_type),
        _ => media_type,
    }
}

/// The header `Accept` for a way to read the successes, the usual one for `None`: every media type that they are read from,
/// then those of errors. Left out is what would bring a success in another of its ways.
pub(super) fn accept(operation: &Operation, door: Option<Reading>, is_scalar: impl Fn(&Payload) -> bool) -> String {
    let answers = operation.answers();
    let mut accepted: Vec<&str> = Vec::new();
    let mut others: Vec<&str> = Vec::new();
    for response in &answers {
        let read = response.read_as(door);
        for (index, content) in response.contents.iter().enumerate() {
            let is_read = read.iter().any(|(known, _)| *known == index);
            let list = if is_read { &mut accepted } else { &mut others };
            list.extend(names(content).map(|name| asked(name, &content.payload, is_scalar(&content.payload))));
        }
    }
    let errors = operation.errors().flat_map(|response| &response.contents);
    accepted.extend(errors.flat_map(|content| {
        let is_scalar = is_scalar(&content.payload);
        names(content).map(move |name| asked(name, &content.payload, is_scalar))
    }));
    // Who offers nothing but bytes seldom sends them under that name.
    let is_sole = others.is_empty() && !accepted.iter().any(|name| is_kind_of_bytes(name));
    let mut sent: Vec<&str> = Vec::new();
    for name in accepted {
        let name = match name {
            "application/octet-stream" if is_sole => "*/*",
            name => name,
        };
        let sendable = name.bytes().all(|byte| byte.is_ascii_graphic() || byte == b' ');
        if sendable && !sent.contains(&name) && !others.contains(&name) {
            sent.push(name);
        }
    }
    sent.join(", ")
}

fn is_kind_of_bytes(media_type: &str) -> bool {
    ["image/", "audio/", "video/", "font/"]
        .iter()
        .any(|top| media_type.starts_with(top))
}

/// All media types of a body.
pub(super) fn names(content: &Content) -> impl Iterator<Item = &str> {
    std::iter::once(&content.media_type)
        .chain(&content.others)
        .map(String::as_str)
}

/// What an answer is handed over as while it arrives, where it is read in one way.
fn streams(response: &Response, door: Option<Reading>) -> Option<Reading> {
    let read = response.read_as(door);
    let reading = read.first().map(|(_, content)| content.payload.reading());
    reading.filter(|reading| reading.is_stream())
}

fn streaming(reading: Option<Reading>) -> TokenStream {
    match reading {
        None | Some(Reading::Value | Reading::Text) => quote!(Streaming::No),
        Some(Reading::Bytes) => quote!(Streaming::Bytes),
        Some(Reading::Events) => quote!(Streaming::Events),
        Some(Reading::Items) => quote!(Streaming::Items),
    }
}

/// What a success is handed over as, and the statuses that say otherwise or are none that HTTP calls a success.
pub(super) fn arrivals(operation: &Operation, door: Option<Reading>) -> (TokenStream, TokenStream) {
    let answers = operation.answers();
    let widest = operation
        .widest_success
        .and_then(|index| operation.responses.get(index));
    let usual = widest.or(answers.first().copied());
    let usual = usual.and_then(|response| streams(response, door));
    let is_usual = |response: &&Response| {
        let is_success = response.status.is_success() || response.status == Status::Default;
        is_success && streams(response, door) == usual
    };
    if answers.iter().all(is_usual) {
        return (streaming(usual), quote!(&[]));
    }
    // A class would speak for the statuses in it that are not listed.
    let has_class = answers
        .iter()
        .any(|response| matches!(response.status, Status::Class(_)));
    let listed = answers.iter().filter(|response| has_class || !is_usual(response));
    let rows = listed.map(|response| {
        let (first, last) = match response.status {
            Status::Code(code) => (code, code),
            Status::Class(class) => (u16::from(class) * 100, u16::from(class) * 100 + 99),
            Status::Default => (200, 299),
        };
        let stream = streaming(streams(response, door));
        let (first, last) = (Literal::u16_unsuffixed(first), Literal::u16_unsuffixed(last));
        quote!(Arrival::new(#first, #last, #stream))
    });
    (streaming(usual), quote!(&[#(#rows),*]))
}
