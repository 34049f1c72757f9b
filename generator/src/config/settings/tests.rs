//! The text of a `codegen.toml` in, the settings or the problems out.

use std::fmt::Write;

use insta::{assert_debug_snapshot, assert_snapshot};

use super::Settings;
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
files = ["../shared"]
overlays = ["tickets.overlay.yaml"]
output = "../generated"
name = "hubspot-tickets"
standalone = true
prune = true
relax = ["Ticket.archived"]
bodies = { create = "application/x-www-form-urlencoded" }
only = [{ tag = "Batch" }, { path = "/crm/" }]
skip = [{ id = "archive" }]
derives = ["::schemars::JsonSchema"]

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
    assert_eq!(shown, [Some((10, 10)), Some((12, 28)), Some((22, 12)), Some((24, 16))]);
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
formats = { decimal = "not a path" }
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
fn the_settings_file_shows_every_setting() {
    let text = include_str!("../../../../spec/codegen.toml");
    let example: String = text
        .lines()
        .filter_map(|line| line.strip_prefix("#     "))
        .fold(String::new(), |text, line| text + line + "\n");
    read(&example).expect("a valid example");
    for setting in super::TARGET.iter().chain(&super::RENAME).chain(&super::SELECTOR) {
        assert!(
            example.contains(&format!("{setting} =")) || example.contains(&format!(".{setting}]")),
            "{setting}"
        );
    }
    read(text).expect("valid settings");
}
