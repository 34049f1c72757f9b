//! The journal: what is written is read back, and one that does not fit is refused.

use std::collections::BTreeSet;
use std::fs;

use tempfile::TempDir;

use super::account::BEGAN;
use super::journal::{Journal, Settings};
use super::line::{Line, State};

fn settings(look_up: &str) -> Settings {
    vec![("--look-up", look_up.to_owned()), ("--stage", "1".to_owned())]
}

#[test]
fn a_line_that_was_cut_was_never_written() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("journal");
    let mut journal = Journal::open(&path, 3, &settings("a")).unwrap();
    journal
        .add(Line {
            ticket: "88".to_owned(),
            ..Line::new(1, State::Created)
        })
        .unwrap();
    let reason = "line one\nline two, \"quoted\"";
    journal.add(Line::because(2, State::Failed, reason)).unwrap();
    journal.sync().unwrap();
    drop(journal);
    let whole = fs::read(&path).unwrap();
    for rest in [&b"3,created,99,caf\xc3"[..], b"3", b"3,\"unkn", b"\0\0\0\0"] {
        fs::write(&path, [whole.as_slice(), rest].concat()).unwrap();
        let journal = Journal::open(&path, 3, &settings("a")).unwrap();
        assert_eq!(fs::read(&path).unwrap(), whole);
        assert_eq!(journal.rows(&[Some(State::Created)]), BTreeSet::from([1]));
        assert_eq!(journal.rows(&[Some(State::Failed)]), BTreeSet::from([2]));
        assert_eq!(journal.rows(&[None]), BTreeSet::from([3]));
        let line = journal.line(2).unwrap();
        assert_eq!(line.reason, "line one line two, \"quoted\"");
    }
}

#[test]
fn a_head_that_was_cut_is_written_again() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("journal");
    drop(Journal::open(&path, 3, &settings("a")).unwrap());
    let whole = fs::read(&path).unwrap();
    for length in 0..whole.len() {
        fs::write(&path, &whole[..length]).unwrap();
        drop(Journal::open(&path, 3, &settings("a")).unwrap());
        assert_eq!(fs::read(&path).unwrap(), whole, "cut after {length} bytes");
    }
}

#[test]
fn a_row_without_an_answer_stays_doubtful() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("journal");
    let mut journal = Journal::open(&path, 2, &settings("a")).unwrap();
    journal.add(Line::new(1, State::Sending)).unwrap();
    journal.add(Line::new(2, State::Sending)).unwrap();
    journal.add(Line::new(2, State::NotSent)).unwrap();
    drop(journal);
    let mut journal = Journal::open(&path, 2, &settings("a")).unwrap();
    journal.settle_interrupted().unwrap();
    assert_eq!(journal.line(1).unwrap().state, State::Unknown);
    journal.add(Line::new(1, State::Failed)).unwrap();
    drop(journal);
    let journal = Journal::open(&path, 2, &settings("a")).unwrap();
    assert_eq!((journal.is_doubtful(1), journal.is_doubtful(2)), (true, false));
}

#[test]
fn the_journal_of_other_settings_is_refused_with_what_differs() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("journal");
    let mut journal = Journal::open(&path, 3, &settings("a")).unwrap();
    journal.add(Line::new(1, State::Sending)).unwrap();
    journal.add(Line::new(1, State::NotSent)).unwrap();
    drop(journal);
    let before = fs::read(&path).unwrap();
    let error = Journal::open(&path, 3, &settings("b")).unwrap_err().to_string();
    assert!(error.contains("--look-up was \"a\", and is now \"b\""), "{error}");
    assert!(!error.contains("--stage"), "{error}");
    assert_eq!(fs::read(&path).unwrap(), before);
    assert!(Journal::open(&path, 3, &settings("a")).is_ok());
}

#[test]
fn the_journal_of_other_settings_in_which_no_row_was_sent_is_replaced() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("journal");
    let mut journal = Journal::open(&path, 3, &settings("a")).unwrap();
    journal.add(Line::because(3, State::Failed, "sending")).unwrap();
    journal.add(Line::new(1, State::NotSent)).unwrap();
    journal.add_note("a note", "kept".to_owned()).unwrap();
    journal.add_note(BEGAN, "2024-01-01T00:00:00Z".to_owned()).unwrap();
    drop(journal);
    // Another file may have fewer rows.
    let journal = Journal::open(&path, 2, &settings("b")).unwrap();
    assert_eq!(journal.rows(&[None]), BTreeSet::from([1, 2]));
    assert_eq!((journal.note("a note"), journal.note(BEGAN)), (Some("kept"), None));
    drop(journal);
    let mut journal = Journal::open(&path, 2, &settings("b")).unwrap();
    assert_eq!((journal.note("a note"), journal.note(BEGAN)), (Some("kept"), None));

    // What a person has mended may be nowhere else.
    journal.mend(1, &["A".to_owned()]).unwrap();
    drop(journal);
    assert!(Journal::open(&path, 2, &settings("a")).is_err());
}

#[test]
fn a_file_that_is_no_journal_is_left_as_it_is() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("journal");
    for text in [
        "a line\nand one without an end",
        "without an end",
        "\u{feff}caf\u{e9}\n",
        "import of 3 rows, fingerprint 0000000000000007, into \"HubSpot\"\n1,created,88,,\n",
    ] {
        fs::write(&path, text).unwrap();
        assert!(Journal::open(&path, 3, &settings("a")).is_err());
        assert_eq!(fs::read_to_string(&path).unwrap(), text);
    }
}

#[test]
fn a_journal_that_is_in_use_is_not_used_twice() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("journal");
    let journal = Journal::open(&path, 3, &settings("a")).unwrap();
    let error = Journal::open(&path, 3, &settings("a")).unwrap_err().to_string();
    assert!(error.starts_with("another import is writing to "), "{error}");
    drop(journal);
    assert!(Journal::open(&path, 3, &settings("a")).is_ok());
}
