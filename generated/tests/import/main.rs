//! The example `import`, killed and resumed: whatever happens to the process, no row is created twice, and the outcome
//! file never says more than the server knows.
//!
//! The process that is killed is this test program, started once more to do nothing but the import.

#![expect(clippy::unwrap_used, reason = "a test ends where it cannot go on")]

// The program's own modules, so that what is killed cannot be an older build of it.
#[path = "../../examples/import/args.rs"]
mod args;
#[path = "../../examples/import/journal.rs"]
mod journal;
#[path = "../../examples/import/run.rs"]
mod run;
#[path = "../../examples/import/send.rs"]
mod send;
#[path = "../../examples/import/table.rs"]
mod table;

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use clap::Parser;
use hubspot_tickets_batch::emulator::{Emulator, Fault, Faults};
use journal::{Journal, Line, State};
use tempfile::TempDir;

const ROWS: usize = 3_000;
const KEY: &str = "import_row";

/// An import that can be interrupted.
struct Import {
    emulator: Emulator,
    folder: TempDir,
    options: &'static [&'static str],
}

impl Import {
    async fn new(options: &'static [&'static str], faults: Faults) -> Self {
        let emulator = Emulator::builder()
            .unique_property("unused")
            .unique_property(KEY)
            .faults(faults);
        let emulator = emulator.start().await.unwrap();
        let folder = TempDir::new().unwrap();
        let mut csv = "subject,row\n".to_owned();
        for row in 1..=ROWS {
            // Every hundredth row lacks its subject.
            let subject = if row % 100 == 0 {
                String::new()
            } else {
                format!("Subject of {row}")
            };
            writeln!(csv, "{subject},{row}").unwrap();
        }
        fs::write(folder.path().join("tickets.csv"), csv).unwrap();
        Self {
            emulator,
            folder,
            options,
        }
    }

    fn outcome_file(&self) -> PathBuf {
        self.folder.path().join("tickets.outcomes.csv")
    }

    fn start(&self) -> Child {
        self.command().stdout(Stdio::null()).spawn().unwrap()
    }

    fn command(&self) -> Command {
        let csv = self.folder.path().join("tickets.csv").to_str().unwrap().to_owned();
        let arguments = [&["import", &csv, "--rate", "1000000"], self.options]
            .concat()
            .join("\n");
        let mut command = Command::new(std::env::current_exe().unwrap());
        command
            .args(["--exact", "import_in_this_process", "--ignored", "--nocapture"])
            .env("IMPORT_ARGUMENTS", arguments)
            .env("HUBSPOT_TOKEN", self.emulator.token())
            .env("HUBSPOT_URL", self.emulator.url())
            .stderr(Stdio::null());
        command
    }

    /// Waits until so many more requests have arrived, or the program has ended.
    async fn requests(&self, more: u64, child: &mut Child) {
        let target = self.emulator.requests() + more;
        while self.emulator.requests() < target && child.try_wait().unwrap().is_none() {
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
    }

    async fn finish(&self) {
        let mut child = self.start();
        while child.try_wait().unwrap().is_none() {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        assert!(self.outcome_file().exists(), "the import did not get to its end");
    }

    /// Compares the outcome file with what the server has, and returns how many rows have each outcome.
    fn audit(&self) -> BTreeMap<String, usize> {
        let truth = self.emulator.count_by("row");
        let ids: BTreeMap<_, _> = self
            .emulator
            .tickets()
            .iter()
            .map(|ticket| (ticket.id.to_string(), ticket.clone()))
            .collect();
        let mut counts = BTreeMap::new();
        let mut rows = 0;
        for record in csv::Reader::from_path(self.outcome_file()).unwrap().records() {
            let record = record.unwrap();
            let (row, outcome, id) = (&record[0], &record[1], &record[2]);
            rows += 1;
            assert_eq!(row, rows.to_string(), "one line for each row, in their order");
            let created = truth.get(row).copied().unwrap_or_default();
            match outcome {
                "created" => {
                    assert_eq!(created, 1, "row {row}");
                    assert_eq!(ids[id].property("row"), Some(row), "row {row}");
                }
                "unknown" => assert!(created <= 1, "row {row} was created {created} times"),
                _ => assert_eq!(created, 0, "row {row} is said to be `{outcome}`"),
            }
            *counts.entry(outcome.to_owned()).or_default() += 1;
        }
        assert_eq!(rows, ROWS);
        counts
    }
}

/// What [`Import::start`] starts.
#[tokio::test(flavor = "multi_thread")]
#[ignore = "the other half of the tests here, which start it themselves"]
async fn import_in_this_process() {
    let Ok(arguments) = std::env::var("IMPORT_ARGUMENTS") else {
        println!("nobody asked for it: the other tests do");
        return;
    };
    run::run(&args::Args::parse_from(arguments.lines())).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn killed_anywhere_no_row_is_created_twice_and_none_is_lost() {
    let import = Import::new(&[], Faults::none()).await;
    for requests in [0, 1, 3, 7, 2] {
        let mut child = import.start();
        import.requests(requests, &mut child).await;
        child.kill().unwrap();
        child.wait().unwrap();
    }
    import.finish().await;
    let counts = import.audit();
    // At most the four calls that were on their way at each of the kills are unknown.
    assert!(
        counts.get("unknown").is_none_or(|&unknown| unknown <= 5 * 400),
        "{counts:?}"
    );
    assert!(
        !counts.contains_key("sending") && !counts.contains_key("not sent"),
        "{counts:?}"
    );

    // There is nothing left to do.
    let before = import.emulator.requests();
    import.finish().await;
    assert_eq!(import.emulator.requests(), before);
    assert_eq!(import.audit(), counts);
}

#[tokio::test(flavor = "multi_thread")]
async fn with_a_unique_property_every_row_is_settled() {
    let import = Import::new(&["--idempotency", KEY], Faults::bad_day(3).retry_after(0)).await;
    for requests in [2, 5, 11] {
        let mut child = import.start();
        import.requests(requests, &mut child).await;
        child.kill().unwrap();
        child.wait().unwrap();
    }
    import.emulator.set_faults(Faults::none());
    import.finish().await;
    let counts = import.audit();
    assert_eq!(
        counts,
        [
            ("created".to_owned(), ROWS - ROWS / 100),
            ("failed".to_owned(), ROWS / 100)
        ]
        .into()
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_dry_run_sends_nothing_and_names_rows_that_cannot_work() {
    let import = Import::new(&["--dry-run"], Faults::none()).await;
    let output = import.command().stdout(Stdio::piped()).output().unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    assert!(text.contains("row 100: no subject"), "{text}");
    assert!(text.contains("3000 of 3000 rows would be sent in 30 calls"), "{text}");
    assert_eq!(import.emulator.requests(), 0);
}

#[test]
fn a_line_that_was_cut_was_never_written() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("journal");
    let mut journal = Journal::open(&path, 3, 7, "HubSpot").unwrap();
    journal
        .add(Line {
            ticket: "88".to_owned(),
            ..Line::new(1, State::Created)
        })
        .unwrap();
    journal
        .add(Line {
            reason: "line one\nline two, \"quoted\"".to_owned(),
            ..Line::new(2, State::Failed)
        })
        .unwrap();
    journal.sync().unwrap();
    drop(journal);
    let whole = fs::read(&path).unwrap();
    fs::write(&path, [whole.as_slice(), b"3,created,99,caf\xc3"].concat()).unwrap();

    let mut journal = Journal::open(&path, 3, 7, "HubSpot").unwrap();
    assert_eq!(fs::read(&path).unwrap(), whole);
    assert_eq!(journal.rows(&[Some(State::Created)]), [1]);
    assert_eq!(journal.rows(&[Some(State::Failed)]), [2]);
    assert_eq!(journal.rows(&[None]), [3]);
    let outcomes = folder.path().join("outcomes");
    journal.write_outcomes(&outcomes).unwrap();
    assert_eq!(
        fs::read_to_string(outcomes).unwrap(),
        "row,outcome,ticket,reason,trace\n\
         1,created,88,,\n\
         2,failed,,\"line one line two, \"\"quoted\"\"\",\n\
         3,not sent,,,\n"
    );
}

#[test]
fn the_journal_of_another_file_is_refused() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("journal");
    Journal::open(&path, 3, 7, "HubSpot").unwrap();
    assert!(Journal::open(&path, 3, 8, "HubSpot").is_err());
    assert!(Journal::open(&path, 4, 7, "HubSpot").is_err());
    assert!(Journal::open(&path, 3, 7, "an emulator").is_err());
    assert!(Journal::open(&path, 3, 7, "HubSpot").is_ok());
}

#[test]
fn a_file_that_is_no_journal_is_left_as_it_is() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("journal");
    for text in ["a line\nand one without an end", "\u{feff}caf\u{e9}\n"] {
        fs::write(&path, text).unwrap();
        assert!(Journal::open(&path, 3, 7, "HubSpot").is_err());
        assert_eq!(fs::read_to_string(&path).unwrap(), text);
    }
}

#[test]
fn a_journal_that_is_in_use_is_not_used_twice() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("journal");
    let journal = Journal::open(&path, 3, 7, "HubSpot").unwrap();
    let error = Journal::open(&path, 3, 7, "HubSpot").unwrap_err().to_string();
    assert!(error.starts_with("another import is writing to "), "{error}");
    drop(journal);
    assert!(Journal::open(&path, 3, 7, "HubSpot").is_ok());
}

/// What the table says about a file.
fn table(text: &[u8]) -> Result<table::Table, String> {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("tickets.csv");
    fs::write(&path, text).unwrap();
    let table = table::Table::open(Some(&path));
    table.map_err(|error| {
        let (outer, inner) = (error.to_string(), format!("{error:#}"));
        assert_eq!(outer, format!("cannot import {}", path.display()));
        inner.trim_start_matches(&outer).trim_start_matches(": ").to_owned()
    })
}

#[test]
fn a_file_that_cannot_be_imported_is_told_from_one_that_can() {
    for (text, rows) in [
        (&b"subject\n"[..], 0),
        (
            b"\xEF\xBB\xBFsubject,content\r\n\"a \"\"b\"\"\",\"one\ntwo\"\r\nc,\r\nc,\r\n",
            3,
        ),
        (b" subject ,@contact\na,1;2", 1),
    ] {
        assert_eq!(table(text).unwrap().rows, rows);
    }
    for (text, expected) in [
        (&b""[..], "it is empty; the first line must name the properties"),
        (
            b"content\na\n",
            "it has no column `subject`, and no ticket can be without one",
        ),
        (
            b"subject;content\na;b\n",
            "its columns are separated by ';'; they must be by commas",
        ),
        (
            b"subject\tcontent\na\tb\n",
            "its columns are separated by '\\t'; they must be by commas",
        ),
        (b"subject,content,subject\na,b,c\n", "two columns are called `subject`"),
        (b"subject,\na,b\n", "column 2 has no name"),
        (
            b"subject,@martian\na,b\n",
            "the column `@martian` names no kind of record that this program knows",
        ),
        (
            b"subject,content\na\n",
            "CSV error: record 1 (line: 2, byte: 16): found record with 1 fields, but the previous record has 2 fields",
        ),
        (
            b"subject\ncaf\xE9\n",
            "CSV parse error: record 1 (line 2, field: 0, byte: 8): invalid utf-8: invalid UTF-8 in field 0 near byte index 3",
        ),
    ] {
        assert_eq!(table(text).map(|_| ()).unwrap_err(), expected);
    }
}

/// The outcome of every row.
fn outcomes(import: &Import) -> Vec<String> {
    let mut file = csv::Reader::from_path(import.outcome_file()).unwrap();
    file.records().map(|record| record.unwrap()[1].to_owned()).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn two_rows_with_the_same_unique_value_are_not_one_ticket() {
    // The answer to the first call is lost, so that all rows are looked up.
    let faults = Faults::script([vec![Fault::ResetAfter]]);
    let import = Import::new(&["--idempotency", KEY], faults).await;
    let csv = format!("subject,{KEY}\nA,1\nB,1\nC,2\n");
    fs::write(import.folder.path().join("tickets.csv"), csv).unwrap();
    import.finish().await;
    assert_eq!(outcomes(&import), ["created", "not sent", "created"]);
    import.finish().await;
    assert_eq!(outcomes(&import), ["created", "failed", "created"]);
    assert_eq!(import.emulator.tickets().len(), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_row_that_is_refused_because_it_exists_already_has_been_created() {
    let import = Import::new(&["--idempotency", KEY], Faults::none()).await;
    let csv = format!("subject,{KEY}\nA,1\nB,2\n");
    fs::write(import.folder.path().join("tickets.csv"), csv).unwrap();
    // What a killed import leaves behind whose last request arrives after the next one has looked.
    let client = hubspot_tickets_batch::Client::builder()
        .base_url(import.emulator.url())
        .access_token(import.emulator.token())
        .build()
        .unwrap();
    let early = hubspot_tickets_batch::models::CreateTicket::about("A", "0", "1").property(KEY, "1");
    assert_eq!(client.batch().create_all([early]).run().await.succeeded, 1);
    import.finish().await;
    assert_eq!(outcomes(&import), ["created", "created"]);
    assert_eq!(import.emulator.tickets().len(), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_an_emulator_was_sent_is_still_to_be_sent_to_the_account() {
    let import = Import::new(&[], Faults::none()).await;
    let csv = import.folder.path().join("tickets.csv");
    fs::write(&csv, "subject\nA\n").unwrap();
    let emulated = import.command().env_remove("HUBSPOT_TOKEN").output().unwrap();
    assert!(emulated.status.success());
    assert!(csv.with_extension("emulator.outcomes.csv").exists());
    assert!(!import.outcome_file().exists());
    assert_eq!(import.emulator.tickets().len(), 0);
    import.finish().await;
    assert_eq!(
        (outcomes(&import), import.emulator.tickets().len()),
        (vec!["created".to_owned()], 1)
    );
}

#[cfg(unix)]
#[tokio::test(flavor = "multi_thread")]
async fn ctrl_c_finishes_what_is_on_its_way() {
    let import = Import::new(&["--concurrency", "1"], Faults::seeded(1).chance(Fault::Shuffled, 1.0)).await;
    let mut child = import.start();
    import.requests(3, &mut child).await;
    let status = Command::new("kill")
        .args(["-INT", &child.id().to_string()])
        .status()
        .unwrap();
    assert!(status.success());
    child.wait().unwrap();
    let counts = import.audit();
    assert!(!counts.contains_key("unknown"), "{counts:?}");

    import.finish().await;
    assert_eq!(import.audit()["created"], ROWS - ROWS / 100);
}
