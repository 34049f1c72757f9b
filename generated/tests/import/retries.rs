//! Rows that failed are mended by a person and sent again; settings that changed are refused.

use std::fs;
use std::process::Stdio;

use hubspot_tickets_batch::emulator::Faults;

use super::{Import, outcomes};

/// Runs an import to its end: the exit status and what it says.
fn run(import: &Import, csv: &str, more: &[&str]) -> (Option<i32>, String) {
    let output = import.command_with(csv, more).stderr(Stdio::piped()).output().unwrap();
    (output.status.code(), String::from_utf8(output.stderr).unwrap())
}

#[tokio::test(flavor = "multi_thread")]
async fn failed_rows_can_be_mended_and_sent_again() {
    let import = Import::new(&[], Faults::none()).await;
    let csv = import.folder.path().join("tickets.csv");
    let path = csv.to_str().unwrap();
    fs::write(
        &csv,
        "subject,hs_ticket_priority,row\nA,LOW,1\nB,low,2\nC,LOW,3,4\n,LOW,4\n",
    )
    .unwrap();
    assert_eq!(run(&import, path, &[]).0, Some(1));
    assert_eq!(outcomes(&import), ["created", "failed", "failed", "failed"]);
    let failed = csv.with_extension("failed.csv");
    let text = fs::read_to_string(&failed).unwrap();
    assert!(
        text.starts_with("subject,hs_ticket_priority,row,#line,#reason,#trace\nB,low,2,3,"),
        "{text}"
    );
    assert!(
        text.contains("\nC,LOW,\"3,4\",4,\"line 4: the number of its fields is 4"),
        "{text}"
    );

    // A row that is mended twice is sent once; one that is not in the file stays failed.
    let header = "row,subject,#line,hs_ticket_priority\n";
    for (row, expected) in [
        ("2,B,3,low\n3,C,4,LOW\n", ["created", "failed", "created", "failed"]),
        ("2,B,3,HIGH\n", ["created", "created", "created", "failed"]),
    ] {
        fs::write(&failed, format!("{header}{row}")).unwrap();
        let (status, text) = run(&import, path, &["--retry-failed"]);
        assert_eq!(outcomes(&import), expected, "{text}");
        assert_eq!(status, Some(1));
    }
    let mended = import.emulator.tickets();
    assert_eq!(mended.len(), 3);
    assert_eq!(mended[2].property("hs_ticket_priority"), Some("HIGH"));

    // One that has not failed is not sent again.
    fs::write(&failed, format!("{header}1,A,2,LOW\n")).unwrap();
    let (status, text) = run(&import, path, &["--retry-failed"]);
    assert_eq!(status, Some(2));
    assert!(
        text.contains("the row in line 2 has not failed, it is created"),
        "{text}"
    );
    assert_eq!(import.emulator.tickets().len(), 3);

    // What a person has written is not written over.
    let own = format!("{header}4,D,5,LOW\n");
    fs::write(&failed, &own).unwrap();
    assert_eq!(run(&import, path, &[]).0, Some(1));
    assert_eq!(fs::read_to_string(&failed).unwrap(), own);
    let all = fs::read_to_string(csv.with_extension("failed-2.csv")).unwrap();
    assert!(all.contains("\n,LOW,4,5,"), "{all}");
    let (status, text) = run(&import, path, &["--retry-failed", "--mended", failed.to_str().unwrap()]);
    assert_eq!(status, Some(0), "{text}");
    assert!(!failed.exists(), "nothing is left to mend");
    assert_eq!(import.emulator.tickets().len(), 4);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_file_of_failed_rows_is_a_file_to_import() {
    let import = Import::new(&[], Faults::none()).await;
    let csv = import.folder.path().join("tickets.csv");
    fs::write(&csv, "subject,row\nA,1\n,2\n").unwrap();
    assert_eq!(run(&import, csv.to_str().unwrap(), &[]).0, Some(1));
    let failed = csv.with_extension("failed.csv");
    let text = fs::read_to_string(&failed).unwrap();
    fs::write(&failed, text.replace("\n,2,", "\nB,2,")).unwrap();
    let (status, text) = run(&import, failed.to_str().unwrap(), &[]);
    assert_eq!(status, Some(0), "{text}");
    assert_eq!(import.emulator.tickets().len(), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_run_with_other_settings_is_refused() {
    let import = Import::new(&[], Faults::none()).await;
    let csv = import.folder.path().join("tickets.csv");
    let path = csv.to_str().unwrap();
    let text = "subject,row,content\nA,1,x\n,2,y\n";
    fs::write(&csv, text).unwrap();
    assert_eq!(run(&import, path, &[]).0, Some(1));
    let before = import.emulator.requests();
    for (more, expected) in [
        (
            &["--look-up", "import_row"][..],
            "--look-up was \"none\", and is now \"import_row\"",
        ),
        (&["--map", "row="], "the columns (--map) was"),
        (&["--stage", "2"], "--stage was \"1\", and is now \"2\""),
        (&["--pipeline", "7"], "--pipeline was \"0\", and is now \"7\""),
        (&["--url", "http://127.0.0.1:1"], "the account (--url) was"),
    ] {
        let (status, text) = run(&import, path, more);
        assert_eq!(status, Some(2));
        assert!(text.contains(expected), "{text}");
    }
    for (changed, more) in [
        (format!("{text}C,3,z\n"), &[][..]),
        (text.replace('A', "B"), &[]),
        (text.replace(',', ";"), &["--separator", ";"]),
    ] {
        fs::write(&csv, changed).unwrap();
        let (status, text) = run(&import, path, more);
        assert_eq!(status, Some(2));
        assert!(text.contains("the content of the file was"), "{text}");
    }
    assert_eq!(import.emulator.requests(), before);
    fs::write(&csv, text).unwrap();
    assert_eq!(run(&import, path, &["--concurrency", "1"]).0, Some(1));
}
