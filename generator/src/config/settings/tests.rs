//! The text of a `codegen.toml` in, the settings or the problems out.

use std::fmt::Write;

use insta::{assert_debug_snapshot, assert_snapshot};

use super::{super::package::PACKAGE, Settings};
use crate::{Source, ir::Pointer};

fn read(text: &str) -> Result<Settings, String> {
    Settings::read(&Source {
        name: "codegen.toml",
        bytes: text.as_bytes(),
    })
    .map_err(|refusal| {
        let mut problems = String::new();
        for problem in refusal.problems {
            let at = problem.location.expect("every problem has a place");
            let hint = problem.hint.map(|hint| format!("; {hint}")).unwrap_or_default();
            let _ = writeln!(
                problems,
                "{}:{} {}: {}{hint}",
                at.line, at.column, problem.pointer, problem.message
            );
        }
        problems
    })
}

const EVERYTHING: &str = r#"
[targets.tickets]
document = "tickets.yaml"
source = { url = "https://vendor.test/tickets.yaml", sha256 = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad" }
files = ["../shared"]
overlays = ["tickets.overlay.yaml"]
output = "../generated"
name = "hubspot-tickets"
standalone = true
prune = true
features = "tags"
runtime = "whole"
mock = true
relax = ["Ticket.archived"]
bodies = { create = "application/x-www-form-urlencoded" }
optional_bodies = ["update"]
only = [{ tag = "Batch" }, { path = "/crm/" }]
skip = [{ id = "archive" }]
derives = ["::schemars::JsonSchema"]

[targets.tickets.package]
version = "2.0.0"
license = "MIT"
publish = true

[targets.tickets.formats]
date-time = "string"
decimal = "::rust_decimal::Decimal<Two, ::std::num::Wrapping<u8>>"

[targets.tickets.rename]
types = { Error = "Problem" }
fields = { "Ticket.type" = "kind" }
variants = { "Status.on-hold" = "Paused" }
operations = { "GET /crm/tickets" = "list" }
parameters = { "list.after" = "cursor" }
tags = { Batch = "many" }

[targets.tickets.calls]
timeout_seconds = 90
backoff_seconds = 0.5
longest_backoff_seconds = 8
longest_retry_after_seconds = 30
unavailable_is_rejected = true
idempotency_key = "Idempotency-Key"

[targets.tickets.operations.list]
attempt_timeout_seconds = 10
idle_timeout_seconds = 5
max_attempts = 2

[targets.tickets.modules]
emulator = { path = "handwritten/emulator.rs", feature = "emulator" }
"#;

#[test]
fn every_setting_is_read() {
    let settings = read(EVERYTHING).expect("settings");
    assert_debug_snapshot!(settings.targets);
    let place = |pointer: &str| settings.place("tickets", &Pointer::parse(pointer).expect("a pointer"));
    let shown = [
        "/relax/0",
        "/only/1",
        "/rename/fields/Ticket.type",
        "/rename/operations/GET ~1crm~1tickets",
    ]
    .map(|pointer| place(pointer).map(|at| (at.line, at.column)));
    assert_eq!(shown, [Some((14, 10)), Some((17, 28)), Some((32, 12)), Some((34, 16))]);
}

#[test]
fn every_problem_has_its_place() {
    let problems = read(
        r#"
[target.a]
[targets.b]
documents = "b.yaml"
output = 3
name = "1b"
prune = "yes"
relax = ["a", 1]
only = [{ tags = "x" }, { id = "a", tag = "b" }, "c"]
derives = ["Vec<u8>"]
formats = { decimal = "not a path", date = "integer" }
rename = { types = { A = "b c" }, type = {} }
modules = { "a-b" = { path = "/etc/passwd" }, c = {} }
[targets.c]
document = ["c.yaml"]
output = true
standalone = 1
relax = "Pet.id"
only = { tag = "x" }
skip = [{ id = 1 }, {}]
derives = {}
formats = { decimal = 1, date = "" }
rename = { fields = "a", tags = { a = [] } }
modules = ["a"]
[targets]
d = 1
"#,
    )
    .expect_err("problems");
    assert_snapshot!(problems);
}

#[test]
fn features_are_for_tags() {
    let text = "[targets.a]\ndocument = \"a.yaml\"\noutput = \"a\"\nfeatures = ";
    let problems = ["\"models\"", "true"].map(|wrong| read(&format!("{text}{wrong}")).expect_err(wrong));
    assert_snapshot!(problems.concat(), @r"
    4:12 /targets/a/features: `models` is unknown here: expected `tags`
    4:12 /targets/a/features: expected a string for `features`, found a boolean
    ");
}

#[test]
fn what_is_no_toml_is_refused() {
    assert_snapshot!(read("[targets.a]\ndocument = ").expect_err("no value"));
    assert_snapshot!(read("").expect_err("no target"));
    assert_snapshot!(read("targets = 1").expect_err("no table"));
    let refusal = Settings::read(&Source {
        name: "codegen.toml",
        bytes: b"# \xc3\xa4\n# \xff",
    })
    .expect_err("no text");
    let place = refusal.problems[0].location.map(|at| (at.line, at.column));
    assert_eq!(place, Some((2, 3)));
}

#[test]
fn a_document_comes_from_one_place_by_https() {
    let text = "[targets.a]\ndocument = \"a.yaml\"\noutput = \"a\"\nsource = ";
    let wrong = [
        "{ url = \"http://vendor.test/a.yaml\" }",
        "{ sha256 = \"ba78\", form = 1 }",
        "\"https://vendor.test/a.yaml\"",
    ];
    let problems = wrong.map(|wrong| read(&format!("{text}{wrong}\n")).expect_err(wrong));
    assert_snapshot!(problems.concat(), @r"
    4:18 /targets/a/source/url: expected a URL that begins with `https://`
    4:1 /targets/a/source: `url` is missing
    4:21 /targets/a/source/sha256: expected 64 hexadecimal digits in lower case; `generate --update` writes them
    4:29 /targets/a/source/form: unknown setting `form`; the settings here are `url`, `sha256`
    4:10 /targets/a/source: expected a table for `source`, found a string
    ");
}

#[test]
fn the_runtime_is_whole_or_what_is_needed() {
    let text = "[targets.a]\ndocument = \"a.yaml\"\noutput = \"a\"\nruntime = \"half\"\n";
    assert_snapshot!(read(text).expect_err("half"), @"4:11 /targets/a/runtime: `half` is unknown here: expected `whole` or `shared`");
}

#[test]
fn the_settings_file_shows_every_setting() {
    let text = include_str!("../../../../spec/codegen.toml");
    let example: String = text
        .lines()
        .filter_map(|line| line.strip_prefix("#     "))
        .fold(String::new(), |text, line| text + line + "\n");
    read(&example).expect("a valid example");
    for setting in super::super::target::settings().chain(PACKAGE) {
        assert!(
            example.contains(&format!("{setting} =")) || example.contains(&format!(".{setting}]")),
            "{setting}"
        );
    }
    read(text).expect("valid settings");
}

#[test]
fn calls_have_limits_that_make_sense() {
    let text = r#"
[targets.a]
document = "a.yaml"
output = "a"

[targets.a.calls]
timeout = 10
timeout_seconds = 0
attempt_timeout_seconds = "1 s"
idle_timeout_seconds = 1e9
max_attempts = 0
backoff_seconds = -1
unavailable_is_rejected = 1
idempotency_key = "Idempotency Key"

[targets.a.operations]
list = { max_attempts = 1.5 }
"#;
    assert_snapshot!(read(text).unwrap_err(), @r#"
    7:1 /targets/a/calls/timeout: unknown setting `timeout`; the settings here are `timeout_seconds`, `attempt_timeout_seconds`, `idle_timeout_seconds`, `max_attempts`, `backoff_seconds`, `longest_backoff_seconds`, `longest_retry_after_seconds`, `unavailable_is_rejected`, `idempotency_key`
    8:19 /targets/a/calls/timeout_seconds: `timeout_seconds` is a number of seconds, from 0.001 to 604800, a week
    9:27 /targets/a/calls/attempt_timeout_seconds: expected a number for `attempt_timeout_seconds`, found a string
    10:24 /targets/a/calls/idle_timeout_seconds: `idle_timeout_seconds` is a number of seconds, from 0.001 to 604800, a week
    11:16 /targets/a/calls/max_attempts: `max_attempts` is a whole number, 1 or more: the first attempt counts
    12:19 /targets/a/calls/backoff_seconds: `backoff_seconds` is a number of seconds, from 0.001 to 604800, a week
    13:27 /targets/a/calls/unavailable_is_rejected: expected `true` or `false` for `unavailable_is_rejected`, found an integer
    14:19 /targets/a/calls/idempotency_key: `Idempotency Key` cannot be the name of a header
    17:25 /targets/a/operations/list/max_attempts: `max_attempts` is a whole number, 1 or more: the first attempt counts
    "#);
}
