//! Every hazard that a document may hold in, what comes of it out: a table for each class.
//!
//! The promise is held for each of them: it is generated, or there are reasons with a place, in time. What is generated
//! is also compiled, in `compiled.rs`. To take a change of a table over, run the test with `INSTA_UPDATE=always` and read
//! the difference.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

#[allow(dead_code, reason = "shared with the test that compiles")]
mod cases;
mod hazards;
mod promise;

use std::{collections::BTreeMap, fs, path::Path, sync::mpsc, thread, time::Duration};

use cases::{Case, Document};
use rayon::iter::{IntoParallelIterator, ParallelIterator};

/// Far more than any of them takes on a busy machine without optimisation, and less than a hang.
const LONGEST: Duration = Duration::from_mins(5);

#[test]
#[ignore = "minutes; `cargo test --workspace --all-features --tests -- --ignored at_length` runs it"]
fn every_hazard_has_its_outcome_at_length() {
    let mut broken = Vec::new();
    for (class, cases) in cases::classes() {
        let outcomes: Vec<Result<String, String>> = cases.into_par_iter().map(row).collect();
        let rows: Vec<String> = outcomes
            .into_iter()
            .filter_map(|outcome| outcome.map_err(|why| broken.push(why)).ok())
            .collect();
        // A row that is missing would look like a change to accept.
        assert!(broken.is_empty(), "{}", broken.join("\n"));
        insta::with_settings!({ snapshot_path => "snapshots/hazards", prepend_module_to_snapshot => false, omit_expression => true }, {
            insta::assert_snapshot!(class, rows.join("\n"));
        });
    }
}

/// An item with its outcome, or how it broke the promise.
fn row(Case { item, document }: Case) -> Result<String, String> {
    let bytes = match document {
        Document::Value(document) | Document::Modern(document) | Document::Vast(document) => {
            document.to_string().into_bytes()
        }
        Document::Bytes(bytes) => bytes,
        Document::Fixture(path) => {
            let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures");
            fs::read(fixtures.join(path)).unwrap()
        }
    };
    let (sender, receiver) = mpsc::channel();
    let work = thread::spawn(move || sender.send(outcome(&bytes)));
    match receiver.recv_timeout(LONGEST) {
        Ok(outcome) => Ok(format!("{item} → {outcome}")),
        Err(mpsc::RecvTimeoutError::Timeout) => Err(format!("{item}: nothing came in {LONGEST:?}")),
        Err(mpsc::RecvTimeoutError::Disconnected) => {
            let why = work.join().map_err(|why| why.downcast_ref::<String>().cloned());
            Err(format!("{item}: {why:?}"))
        }
    }
}

/// What came of a document, in a line.
fn outcome(bytes: &[u8]) -> String {
    match promise::hold("hazard", bytes) {
        Ok(generated) => {
            let mut codes = BTreeMap::new();
            for diagnostic in &generated.diagnostics {
                *codes.entry(diagnostic.code.as_str()).or_insert(0) += 1;
            }
            let reported: Vec<String> = codes
                .into_iter()
                .map(|(code, number)| format!("{number} {code}"))
                .collect();
            let (operations, types) = (generated.api.operations.len(), generated.api.types.len());
            let reported = if reported.is_empty() {
                "nothing to report".to_owned()
            } else {
                reported.join(", ")
            };
            format!("generated: operations {operations}, types {types}; {reported}")
        }
        Err(refusal) => {
            let problem = refusal.problems.first().unwrap();
            let place = problem
                .location
                .map(|at| format!(" at {}:{}", at.line, at.column))
                .unwrap_or_default();
            format!("refused: {}{place}: {}", problem.code.as_str(), problem.message)
        }
    }
}
