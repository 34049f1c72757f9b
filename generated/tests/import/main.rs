//! The example `import`, killed and resumed: whatever happens to the process, no row is created twice, and the outcome
//! file never says more than the server knows.
//!
//! The process that is killed is this test program, started once more to do nothing but the import.

#![expect(clippy::unwrap_used, reason = "a test ends where it cannot go on")]

// The program's own modules, so that what is killed cannot be an older build of it.
#[path = "../../examples/import/account.rs"]
mod account;
#[path = "../../examples/import/args.rs"]
mod args;
#[path = "../../examples/import/bar.rs"]
mod bar;
#[path = "../../examples/import/columns.rs"]
mod columns;
#[path = "../../examples/import/journal.rs"]
mod journal;
#[path = "../../examples/import/line.rs"]
mod line;
#[path = "../../examples/import/look_up.rs"]
mod look_up;
#[path = "../../examples/import/report.rs"]
mod report;
#[path = "../../examples/import/run.rs"]
mod run;
#[path = "../../examples/import/scan.rs"]
mod scan;
#[path = "../../examples/import/send.rs"]
mod send;
#[path = "../../examples/import/stop.rs"]
mod stop;
#[path = "../../examples/import/table.rs"]
mod table;

mod files;
mod journals;
mod kills;
mod proxy;
mod retries;

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use clap::Parser;
use hubspot_tickets_batch::Client;
use hubspot_tickets_batch::emulator::{Emulator, Fault, Faults};
use hubspot_tickets_batch::models::CreateTicket;
use tempfile::TempDir;

const ROWS: usize = 3_000;
const KEY: &str = "import_row";

/// An import that can be interrupted.
struct Import {
    emulator: Emulator,
    folder: TempDir,
    options: &'static [&'static str],
    url: String,
}

impl Import {
    async fn new(options: &'static [&'static str], faults: Faults) -> Self {
        let emulator = Emulator::builder().property("row").unique_property(KEY).faults(faults);
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
            url: emulator.url(),
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
        self.command_with(&csv, &[])
    }

    /// The command for a file, with more options.
    fn command_with(&self, csv: &str, more: &[&str]) -> Command {
        let arguments = [&["import", csv, "--rate", "1000000"], self.options, more]
            .concat()
            .join("\n");
        let mut command = Command::new(std::env::current_exe().unwrap());
        command
            .args(["--exact", "import_in_this_process", "--ignored", "--nocapture"])
            .env("IMPORT_ARGUMENTS", arguments)
            .env("HUBSPOT_TOKEN", self.emulator.token())
            .env("HUBSPOT_URL", &self.url)
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
    let status = run::run(&args::Args::parse_from(arguments.lines())).await;
    std::process::exit(status.into());
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
    let import = Import::new(&["--look-up", KEY], Faults::bad_day(3).retry_after(0)).await;
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

/// The outcome of every row.
fn outcomes(import: &Import) -> Vec<String> {
    let mut file = csv::Reader::from_path(import.outcome_file()).unwrap();
    file.records().map(|record| record.unwrap()[1].to_owned()).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn two_rows_with_the_same_unique_value_are_not_one_ticket() {
    // The answer to the first call is lost, so that all rows are looked up.
    let faults = Faults::script([vec![], vec![], vec![Fault::ResetAfter]]);
    let import = Import::new(&["--look-up", KEY], faults).await;
    let csv = format!("subject,{KEY}\nA,1\nB,1\nC,2\n");
    fs::write(import.folder.path().join("tickets.csv"), csv).unwrap();
    import.finish().await;
    assert_eq!(outcomes(&import), ["created", "failed", "created"]);
    assert_eq!(import.emulator.tickets().len(), 2);
}

/// Creates a ticket that the import knows nothing of.
async fn create(import: &Import, ticket: CreateTicket) {
    let client = Client::builder()
        .base_url(import.emulator.url())
        .access_token(import.emulator.token());
    let client = client.build().unwrap();
    assert_eq!(client.batch().create_all([ticket]).run().await.succeeded, 1);
}

/// Faults that let every attempt of a run to create anything get lost, and everything else succeed.
fn creates_get_lost() -> Faults {
    let lost = [vec![Fault::ResetBefore], vec![]];
    Faults::script([vec![], vec![]].into_iter().chain(lost.iter().cycle().take(6).cloned()))
}

#[tokio::test(flavor = "multi_thread")]
async fn a_ticket_that_arrives_after_the_look_is_the_rows_and_one_that_was_there_before_is_not() {
    for arrives_late in [true, false] {
        let import = Import::new(&["--look-up", KEY], creates_get_lost()).await;
        let csv = format!("subject,{KEY}\nA,1\nB,2\n");
        fs::write(import.folder.path().join("tickets.csv"), csv).unwrap();
        let ticket = CreateTicket::about("A", "0", "1").property(KEY, "1");
        if !arrives_late {
            import.emulator.set_faults(Faults::none());
            create(&import, ticket.clone()).await;
            import.emulator.set_faults(creates_get_lost());
        }
        import.finish().await;
        let before = outcomes(&import);
        if arrives_late {
            assert_eq!(before, ["unknown", "unknown"]);
            create(&import, ticket).await;
        }
        import.finish().await;
        let expected = if arrives_late { "created" } else { "failed" };
        assert_eq!(outcomes(&import), [expected, "created"], "{before:?}");
        assert_eq!(import.emulator.tickets().len(), 2);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_row_whose_value_another_ticket_has_is_not_said_to_be_created() {
    let import = Import::new(&["--look-up", KEY], Faults::none()).await;
    fs::write(
        import.folder.path().join("tickets.csv"),
        format!("subject,{KEY}\nA,1\nB,2\n"),
    )
    .unwrap();
    create(&import, CreateTicket::about("Another", "0", "1").property(KEY, "1")).await;
    import.finish().await;
    assert_eq!(outcomes(&import), ["failed", "created"]);
    assert_eq!(import.emulator.tickets().len(), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_look_up_what_is_unknown_is_sent_again_only_on_demand() {
    let import = Import::new(&[], Faults::script([vec![], vec![Fault::ResetBefore]])).await;
    let csv = import.folder.path().join("tickets.csv");
    fs::write(&csv, "subject,row\nA,1\n").unwrap();
    import.finish().await;
    assert_eq!(outcomes(&import), ["unknown"]);
    let list = fs::read_to_string(csv.with_extension("unknown.csv")).unwrap();
    assert!(list.starts_with("subject,row,#line,#reason,#trace\nA,1,2,"), "{list}");
    let before = import.emulator.requests();
    import.finish().await;
    assert_eq!(
        (outcomes(&import), import.emulator.requests()),
        (vec!["unknown".to_owned()], before)
    );
    let output = import
        .command_with(csv.to_str().unwrap(), &["--resend-unknown"])
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(0));
    assert_eq!(outcomes(&import), ["created"]);
    assert!(!csv.with_extension("unknown.csv").exists());
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_stands_in_for_a_token() {
    let import = Import::new(&[], Faults::none()).await;
    let csv = import.folder.path().join("tickets.csv");
    fs::write(&csv, "subject\nA\n").unwrap();
    for (token, expected) in [
        (
            None,
            "error: HUBSPOT_TOKEN is not set; set it to an access token, or say --emulator to try without an account",
        ),
        (
            Some(" "),
            "error: HUBSPOT_TOKEN is empty; set it to an access token, or say --emulator to try without an account",
        ),
    ] {
        let mut command = import.command();
        command
            .env_remove("HUBSPOT_TOKEN")
            .envs(token.map(|token| ("HUBSPOT_TOKEN", token)));
        let output = command.stderr(Stdio::piped()).output().unwrap();
        let text = String::from_utf8(output.stderr).unwrap();
        assert_eq!((output.status.code(), text.trim_end()), (Some(2), expected));
        assert_eq!(
            fs::read_dir(import.folder.path()).unwrap().count(),
            1,
            "nothing has been written"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_an_emulator_was_sent_is_still_to_be_sent_to_the_account() {
    let import = Import::new(&[], Faults::none()).await;
    let csv = import.folder.path().join("tickets.csv");
    fs::write(&csv, "subject\nA\n").unwrap();
    let mut command = import.command_with(csv.to_str().unwrap(), &["--emulator"]);
    assert_eq!(command.output().unwrap().status.code(), Some(0));
    assert!(csv.with_extension("emulator.outcomes.csv").exists());
    assert!(!import.outcome_file().exists());
    assert_eq!(import.emulator.requests(), 0);
    import.finish().await;
    assert_eq!(
        (outcomes(&import), import.emulator.tickets().len()),
        (vec!["created".to_owned()], 1)
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn columns_are_compared_with_the_account_before_the_first_row_is_sent() {
    for (header, more, expected) in [
        (
            "subject,nothing",
            vec![],
            "the account has no property `nothing` of tickets",
        ),
        (
            "subject,hs_object_id",
            vec![],
            "the property `hs_object_id` is set by HubSpot alone",
        ),
        (
            "subject,row",
            vec!["--look-up", "nothing"],
            "the account has no property `nothing` of tickets",
        ),
        (
            "subject,row",
            vec!["--look-up", "row"],
            "the values of the property `row` need not be unique",
        ),
        ("subject,nothing", vec!["--map", "nothing=row"], ""),
        ("subject,nothing", vec!["--map", "nothing="], ""),
        ("subject,#nothing", vec![], ""),
        ("Title,row", vec!["--map", "Title=subject"], ""),
    ] {
        let import = Import::new(&[], Faults::none()).await;
        let csv = import.folder.path().join("tickets.csv");
        fs::write(&csv, format!("{header}\nA,1\n")).unwrap();
        let mut command = import.command_with(csv.to_str().unwrap(), &more);
        let output = command.stderr(Stdio::piped()).output().unwrap();
        let text = String::from_utf8(output.stderr).unwrap();
        let created = import.emulator.tickets().len();
        if expected.is_empty() {
            assert_eq!((output.status.code(), created), (Some(0), 1), "{text}");
        } else {
            assert!(
                text.contains(expected) && text.contains("nothing has been sent"),
                "{text}"
            );
            assert_eq!((output.status.code(), created), (Some(2), 0));
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn tickets_of_an_earlier_run_have_to_be_in_the_account() {
    let mut import = Import::new(&[], Faults::none()).await;
    let csv = import.folder.path().join("tickets.csv");
    fs::write(&csv, "subject,row\nA,1\nB,\n,3\n").unwrap();
    import.finish().await;
    assert_eq!(outcomes(&import), ["created", "created", "failed"]);
    // Another account behind the same URL, as far as the program can see.
    let url = import.emulator.url();
    let port = url.rsplit_once(':').unwrap().1.parse().unwrap();
    let other = Import::new(&[], Faults::none()).await;
    drop(std::mem::replace(&mut import.emulator, other.emulator));
    tokio::time::sleep(Duration::from_millis(50)).await;
    import.emulator = Emulator::builder().property("row").port(port).start().await.unwrap();
    let mut command = import.command_with(csv.to_str().unwrap(), &["--retry-failed"]);
    let output = command.stderr(Stdio::piped()).output().unwrap();
    let text = String::from_utf8(output.stderr).unwrap();
    assert!(text.contains("of 2 tickets"), "{text}");
    assert_eq!((output.status.code(), import.emulator.tickets().len()), (Some(2), 0));
}

#[test]
fn the_bar_tells_waiting_from_working() {
    let traffic = bar::Traffic::default();
    assert_eq!(traffic.describe(), "waiting before the next request");
    traffic.wait(Some(Duration::from_secs(30)));
    assert!(
        traffic.describe().starts_with("waiting for 30 s: "),
        "{}",
        traffic.describe()
    );
    traffic.begin();
    assert_eq!(traffic.describe(), "1 request on its way");
    traffic.begin();
    assert_eq!(traffic.describe(), "2 requests on their way");
    traffic.end();
    traffic.end();
    traffic.wait(None);
    assert_eq!(traffic.describe(), "waiting before the next request");
}

/// Presses Ctrl-C.
#[cfg(unix)]
fn interrupt(child: &Child) {
    let mut command = Command::new("kill");
    let status = command.args(["-INT", &child.id().to_string()]).status().unwrap();
    assert!(status.success());
}

#[cfg(unix)]
#[tokio::test(flavor = "multi_thread")]
async fn ctrl_c_finishes_what_is_on_its_way() {
    let import = Import::new(&["--concurrency", "1"], Faults::seeded(1).chance(Fault::Shuffled, 1.0)).await;
    let mut command = import.command();
    let mut child = command.stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap();
    import.requests(4, &mut child).await;
    interrupt(&child);
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    let text = String::from_utf8(output.stderr).unwrap();
    assert!(text.contains("run the same command again to send the rest"), "{text}");
    let counts = import.audit();
    assert!(!counts.contains_key("unknown") && counts["not sent"] > 0, "{counts:?}");

    import.finish().await;
    assert_eq!(import.audit()["created"], ROWS - ROWS / 100);
}

#[cfg(unix)]
#[tokio::test(flavor = "multi_thread")]
async fn a_second_ctrl_c_ends_at_once_and_the_journal_is_right() {
    // A server that never answers a create.
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let mut import = Import::new(&[], Faults::none()).await;
    let upstream = std::mem::replace(&mut import.url, format!("http://{}", listener.local_addr().unwrap()));
    let mut child = import.start();
    // The account's properties are asked for first; what comes then is left without an answer.
    let (mut first, _) = listener.accept().await.unwrap();
    let mut server = tokio::net::TcpStream::connect(upstream.trim_start_matches("http://"))
        .await
        .unwrap();
    let copying = tokio::spawn(async move { tokio::io::copy_bidirectional(&mut first, &mut server).await });
    let (stalled, _) = listener.accept().await.unwrap();
    tokio::time::sleep(Duration::from_millis(100)).await;
    interrupt(&child);
    tokio::time::sleep(Duration::from_millis(100)).await;
    assert!(child.try_wait().unwrap().is_none(), "it waits for what is on its way");
    interrupt(&child);
    assert_eq!(child.wait().unwrap().code(), Some(130));
    drop((listener, stalled, copying));

    let journal = fs::read_to_string(import.folder.path().join("tickets.outcomes.csv.journal")).unwrap();
    assert!(journal.contains("\n1,sending,"), "{journal}");
    assert!(!import.outcome_file().exists());
}

#[cfg(unix)]
#[tokio::test(flavor = "multi_thread")]
async fn ctrl_c_reaches_what_waits_for_its_turn() {
    // Three requests that create something in ten seconds; the one before them is not counted.
    let import = Import::new(&[], Faults::none()).await;
    let csv = import.folder.path().join("tickets.csv");
    let mut command = import.command_with(csv.to_str().unwrap(), &["--concurrency", "2"]);
    let arguments = command
        .get_envs()
        .find(|(name, _)| *name == "IMPORT_ARGUMENTS")
        .unwrap()
        .1
        .unwrap();
    let arguments = arguments.to_str().unwrap().replace("1000000", "3");
    let mut child = command
        .env("IMPORT_ARGUMENTS", arguments)
        .stdout(Stdio::null())
        .spawn()
        .unwrap();
    import.requests(4, &mut child).await;
    tokio::time::sleep(Duration::from_millis(200)).await;
    interrupt(&child);
    let interrupted = std::time::Instant::now();
    assert_eq!(child.wait().unwrap().code(), Some(1));
    assert!(
        interrupted.elapsed() < Duration::from_secs(5),
        "{:?}",
        interrupted.elapsed()
    );
    assert_eq!(import.emulator.requests(), 4);
    assert!(!import.audit().contains_key("unknown"));
}
