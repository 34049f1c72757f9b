//! Settings of calls: the constant that the runtime reads, and what the documentation says of them.

use proc_macro2::{Literal, TokenStream};
use quote::{ToTokens as _, quote};

use super::docs::Text;
use crate::config::Calls;

/// The constant.
pub(super) fn data(calls: Option<&Calls>) -> TokenStream {
    let empty = Calls::default();
    let Calls {
        timeout,
        attempt_timeout,
        idle_timeout,
        max_attempts,
        backoff,
        longest_backoff,
        longest_retry_after,
        unavailable_is_rejected,
        idempotency_key: _,
    } = calls.unwrap_or(&empty);
    let time = |name: TokenStream, millis: &Option<u64>| {
        let millis = (*millis)?;
        let (seconds, nanoseconds) = (grouped(millis / 1_000), grouped(millis % 1_000 * 1_000_000));
        Some(quote!(#name: Some(std::time::Duration::new(#seconds, #nanoseconds)),))
    };
    let times = [
        time(quote!(timeout), timeout),
        time(quote!(attempt_timeout), attempt_timeout),
        time(quote!(idle_timeout), idle_timeout),
        time(quote!(backoff_base), backoff),
        time(quote!(backoff_cap), longest_backoff),
        time(quote!(longest_retry_after), longest_retry_after),
    ];
    let attempts = max_attempts.map(|attempts| {
        let attempts = grouped(attempts.into());
        quote!(max_attempts: Some(#attempts),)
    });
    let rejected = unavailable_is_rejected.map(|rejected| quote!(unavailable_is_rejected: Some(#rejected),));
    let said: Vec<TokenStream> = times.into_iter().chain([attempts, rejected]).flatten().collect();
    if said.is_empty() {
        return quote!(Defaults::NONE);
    }
    quote!(Defaults { #(#said)* ..Defaults::NONE })
}

/// A number whose digits stand in groups of three.
fn grouped(number: u64) -> TokenStream {
    let digits = number.to_string();
    let mut text = String::new();
    for (index, digit) in digits.char_indices() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push('_');
        }
        text.push(digit);
    }
    // A literal that is parsed keeps its groups.
    text.parse()
        .unwrap_or_else(|_| Literal::u64_unsuffixed(number).into_token_stream())
}

/// A time as it is read.
pub(super) fn seconds(millis: u64) -> String {
    let fraction = format!(".{:03}", millis % 1000);
    let fraction = fraction.trim_end_matches('0').trim_end_matches('.');
    format!("{}{fraction} s", millis / 1000)
}

/// A sentence for what is said.
pub(super) fn docs(calls: &Calls) -> Text {
    let times = [
        ("the call", &calls.timeout),
        ("an attempt", &calls.attempt_timeout),
        ("silence in a stream", &calls.idle_timeout),
    ];
    let times = times
        .into_iter()
        .filter_map(|(what, time)| Some(format!("{} for {what}", seconds((*time)?))));
    let retries = [
        calls.max_attempts.map(|attempts| format!("{attempts} attempts")),
        calls.backoff.map(|time| format!("random waits from {}", seconds(time))),
        calls
            .longest_backoff
            .map(|time| format!("none longer than {}", seconds(time))),
        calls
            .longest_retry_after
            .map(|time| format!("`Retry-After` up to {}", seconds(time))),
        calls.unavailable_is_rejected.map(|rejected| {
            let act = if rejected { "did not act" } else { "may have acted" };
            format!("with 503, the server {act}")
        }),
    ];
    let said: Vec<String> = times.chain(retries.into_iter().flatten()).collect();
    if said.is_empty() {
        return Text::default();
    }
    Text::ours(format!("Unless the builder is told otherwise: {}.", said.join(", ")))
}
