//! Kills at any point, behind a gateway that holds, drops, and answers a 503 after acting: nothing is doubled, nothing is
//! called what it is not, and every row of the file has one outcome.
//!
//! A sample runs with the tests. As many kills, rows and seeds as one likes are run by
//!
//! ```console
//! $ IMPORT_KILLS=500 IMPORT_ROWS=50000 IMPORT_SEEDS=1 cargo test --release -p hubspot-tickets-batch --features emulator --test import -- --ignored many_kills --nocapture
//! ```

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::time::Duration;

use hubspot_tickets_batch::emulator::{Emulator, Faults};
use tempfile::TempDir;

use super::proxy::Proxy;
use super::{Import, KEY};

/// What is to be found out.
struct Bar {
    kills: u64,
    rows: u64,
    seed: u64,
    look_up: bool,
}

/// What was found out, over all imports that the kills took.
#[derive(Debug, Default)]
struct Found {
    imports: u64,
    kills: u64,
    refused: u64,
    rows: u64,
    outcomes: u64,
    doubled: u64,
    wrong: u64,
    counts: BTreeMap<String, u64>,
}

/// A file in which some rows cannot be sent, some are refused, and texts go over several lines.
fn file(rows: u64) -> String {
    let mut csv = "subject,row,content\n".to_owned();
    for row in 1..=rows {
        match row {
            _ if row % 997 == 0 => writeln!(csv, "\"Subject of {row},{row},never closed"),
            _ if row % 501 == 0 => writeln!(csv, "Subject of {row},{row},one,more"),
            _ if row % 100 == 0 => writeln!(csv, ",{row},without a subject"),
            _ if row % 10 == 0 => writeln!(csv, "Subject of {row},{row},\"two\n\"\"lines\"\"\""),
            _ => writeln!(csv, "Subject of {row},{row},"),
        }
        .unwrap();
    }
    csv
}

impl Bar {
    async fn run(&self) -> Found {
        let mut random = fastrand::Rng::with_seed(self.seed);
        let mut found = Found::default();
        while found.kills < self.kills {
            self.import(&mut random, &mut found).await;
        }
        println!(
            "seed {}, {}: {found:?}",
            self.seed,
            if self.look_up {
                "with look-up"
            } else {
                "without look-up"
            }
        );
        assert!(found.kills >= self.kills);
        assert_eq!((found.doubled, found.wrong), (0, 0), "{found:?}");
        assert_eq!(found.rows, found.outcomes, "{found:?}");
        assert!(!self.look_up || !found.counts.contains_key("unknown"), "{found:?}");
        found
    }

    /// One import, killed again and again, and then brought to its end.
    async fn import(&self, random: &mut fastrand::Rng, found: &mut Found) {
        let emulator = Emulator::builder().property("row").unique_property(KEY);
        let emulator = emulator.faults(Faults::none()).start().await.unwrap();
        let proxy = Proxy::start(&emulator.url(), random.u64(..)).await;
        let options: &[&str] = if self.look_up { &["--look-up", KEY] } else { &[] };
        let import = Import {
            url: proxy.url(),
            emulator,
            folder: TempDir::new().unwrap(),
            options,
        };
        let csv = import.folder.path().join("tickets.csv");
        fs::write(&csv, file(self.rows)).unwrap();
        let path = csv.to_str().unwrap();
        while found.kills < self.kills {
            let concurrency = ["1", "1", "2", "4"][random.usize(0..4)];
            let mut command = import.command_with(path, &["--concurrency", concurrency]);
            let mut child = command.stdout(std::process::Stdio::null()).spawn().unwrap();
            let target = proxy.requests() + random.u64(0..6);
            while proxy.requests() < target && child.try_wait().unwrap().is_none() {
                tokio::time::sleep(Duration::from_micros(200)).await;
            }
            tokio::time::sleep(Duration::from_micros(random.u64(0..20_000))).await;
            if child.try_wait().unwrap().is_some() {
                break;
            }
            child.kill().unwrap();
            child.wait().unwrap();
            found.kills += 1;
            // Before the journal has a whole line of a row that was sent, other settings may take its place.
            let journal = import.folder.path().join("tickets.outcomes.csv.journal");
            let journal = fs::read_to_string(journal).unwrap_or_default();
            let begun = journal
                .rsplit_once('\n')
                .is_some_and(|(whole, _)| whole.contains(",sending,"));
            if begun && random.u8(0..10) == 0 {
                let other = if self.look_up {
                    ["--stage", "2"]
                } else {
                    ["--look-up", KEY]
                };
                let status = import.command_with(path, &other).status().unwrap();
                assert_eq!(status.code(), Some(2), "other settings are refused");
                found.refused += 1;
            }
        }
        let mut runs = 0;
        loop {
            proxy.drain().await;
            let status = import.command().stdout(std::process::Stdio::null()).status().unwrap();
            runs += 1;
            assert!(runs < 100, "the import does not come to its end: {status}");
            if status.code() == Some(1) && self.is_settled(&import) {
                break;
            }
        }
        proxy.drain().await;
        self.audit(&import, found);
    }

    /// Whether another run would change nothing.
    fn is_settled(&self, import: &Import) -> bool {
        let open = super::outcomes(import);
        let is_open = |outcome: &String| outcome == "not sent" || self.look_up && outcome == "unknown";
        !open.iter().any(is_open)
    }

    /// Compares the outcome file with the file and with what the server has.
    fn audit(&self, import: &Import, found: &mut Found) {
        found.imports += 1;
        found.rows += self.rows;
        let mut truth = BTreeMap::<String, Vec<String>>::new();
        for ticket in import.emulator.tickets() {
            let row = ticket.property("row").unwrap().to_owned();
            truth.entry(row).or_default().push(ticket.id.to_string());
        }
        found.doubled += truth.values().filter(|ids| ids.len() > 1).count() as u64;
        let outcomes = csv::Reader::from_path(import.outcome_file()).unwrap().into_records();
        for (number, record) in (1_u64..).zip(outcomes) {
            let record = record.unwrap();
            let ids = truth.get(&record[0]).map_or(&[][..], Vec::as_slice);
            let is_true = match &record[1] {
                "created" => ids == [record[2].to_owned()],
                "unknown" => ids.len() <= 1,
                "failed" | "not sent" => ids.is_empty(),
                _ => false,
            };
            found.outcomes += 1;
            found.wrong += u64::from(!is_true || record[0] != *number.to_string());
            *found.counts.entry(record[1].to_owned()).or_default() += 1;
        }
    }
}

fn setting(name: &str, default: u64) -> u64 {
    std::env::var(name).map_or(default, |text| text.parse().unwrap())
}

#[tokio::test(flavor = "multi_thread")]
async fn with_a_look_up_every_row_is_settled_however_often_it_is_killed() {
    let found = Bar {
        kills: 20,
        rows: 2_000,
        seed: 1,
        look_up: true,
    };
    found.run().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_look_up_nothing_is_sent_twice_however_often_it_is_killed() {
    let found = Bar {
        kills: 20,
        rows: 2_000,
        seed: 2,
        look_up: false,
    };
    found.run().await;
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "as long as one likes: IMPORT_KILLS, IMPORT_ROWS and IMPORT_SEEDS say how long"]
async fn many_kills() {
    for seed in 0..setting("IMPORT_SEEDS", 1) {
        for look_up in [true, false] {
            let bar = Bar {
                kills: setting("IMPORT_KILLS", 500),
                rows: setting("IMPORT_ROWS", 50_000),
                seed: 100 + seed,
                look_up,
            };
            bar.run().await;
        }
    }
}
