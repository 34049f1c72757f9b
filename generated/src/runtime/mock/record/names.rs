// @generated from an OpenAPI description: the runtime, the same for every API.

//! The name of a header of an answer, or of a pair in a query or a form, in; whether a credential goes under it out.
//!
//! Narrower than what is hidden of a request's headers, by which nothing is told apart: a client goes on by the token of the
//! next page, and waits by that of a limit.

/// Words that say so wherever they stand.
const ALWAYS: [&str; 16] = [
    "accesskey",
    "accesstoken",
    "apikey",
    "assertion",
    "authorization",
    "cookie",
    "credential",
    "credentials",
    "jwt",
    "passphrase",
    "passwd",
    "password",
    "secret",
    "session",
    "sig",
    "signature",
];

/// What stands before `token` where it is no credential.
const PLACES: [&str; 14] = [
    "change",
    "continuation",
    "cursor",
    "delta",
    "next",
    "nextpage",
    "page",
    "pagination",
    "paging",
    "prev",
    "previous",
    "resume",
    "skip",
    "sync",
];

/// What stands before `key` where it is one.
const KEYS: [&str; 10] = [
    "access",
    "account",
    "api",
    "app",
    "auth",
    "master",
    "private",
    "secret",
    "signing",
    "subscription",
];

pub(super) fn is_secret(name: &str) -> bool {
    let words = words(name);
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    words.iter().any(|word| ALWAYS.contains(word))
        || match words.as_slice() {
            ["auth" | "key" | "token"] => true,
            [.., before, "token"] => !PLACES.contains(before),
            [.., before, "key"] => KEYS.contains(before),
            _ => false,
        }
}

/// `access_token`, `Access-Token` and `accessToken` are the same two.
fn words(name: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut was_lower = false;
    for char in name.chars() {
        let is_next = !char.is_alphanumeric() || (was_lower && char.is_uppercase());
        if is_next && words.last().is_some_and(|word| !word.is_empty()) {
            words.push(String::new());
        }
        if let Some(word) = words.last_mut().filter(|_| char.is_alphanumeric()) {
            word.extend(char.to_lowercase());
        }
        was_lower = char.is_lowercase() || char.is_numeric();
    }
    words.retain(|word| !word.is_empty());
    words
}
