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
        (&["--map", "row="], "the columns (--map) were"),
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

#[tokio::test(flavor = "multi_thread")]
async fn what_a_refusal_before_the_first_row_asks_for_can_be_done() {
    // Each of the runs but the last is refused; the line with too few fields is one that no run sends.
    for (header, runs) in [
        ("subject,nothing,#own", &[&[][..], &["--map", "nothing=row"]][..]),
        (
            "subject,row,#own",
            &[&["--look-up", "row"], &["--look-up", "import_row"]],
        ),
        ("subject,row,#own", &[&["--look-up", "nothing"], &[]]),
        (
            "subject,nothing,other",
            &[
                &[],
                &["--map", "nothing=row"],
                &["--map", "nothing=row", "--map", "other="],
            ],
        ),
    ] {
        let import = Import::new(&[], Faults::none()).await;
        let csv = import.folder.path().join("tickets.csv");
        fs::write(&csv, format!("{header}\nA,1,2\nB,2\n")).unwrap();
        for (number, more) in (1..).zip(runs) {
            let (status, text) = run(&import, csv.to_str().unwrap(), more);
            let (expected, is_last) = if number == runs.len() { (1, true) } else { (2, false) };
            assert_eq!(status, Some(expected), "{text}");
            assert_eq!(text.contains("nothing has been sent"), !is_last, "{text}");
        }
        assert_eq!(outcomes(&import), ["created", "failed"]);
        // A row has been sent now.
        let (status, text) = run(&import, csv.to_str().unwrap(), &["--stage", "2"]);
        assert_eq!(status, Some(2));
        assert!(text.contains("--stage was \"1\", and is now \"2\""), "{text}");
        assert_eq!(import.emulator.tickets().len(), 1);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_person_mended_outlives_a_refusal() {
    let import = Import::new(&[], Faults::none()).await;
    let csv = import.folder.path().join("tickets.csv");
    let path = csv.to_str().unwrap();
    fs::write(&csv, "subject,nothing\nA\n").unwrap();
    assert_eq!(run(&import, path, &[]).0, Some(1));
    let failed = csv.with_extension("failed.csv");
    let own = "subject,nothing,#line\nA,1,2\n";
    fs::write(&failed, own).unwrap();
    let (status, text) = run(&import, path, &["--retry-failed"]);
    assert_eq!(status, Some(2), "{text}");
    assert_eq!(fs::read_to_string(&failed).unwrap(), own);
    let (status, text) = run(&import, path, &["--retry-failed", "--map", "nothing=row"]);
    assert_eq!(status, Some(0), "{text}");
    assert_eq!(import.emulator.tickets()[0].property("row"), Some("1"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_row_that_cannot_be_read_is_not_sent_before_a_person_has_changed_it() {
    for (broken, mended) in [
        // Too many fields, too few, and quotes that go astray, on one line and on two.
        ("B,2,x,y", "B,2,x"),
        ("B,2", "B,2,x"),
        ("B,2,x,", "B,2,y"),
        ("B,2,x \"y\"", "B,2,\"x \"\"z\"\"\""),
        ("B,\"2\"x,y", "B,2,x"),
        ("\"B,2,x\nB2\"C,2,x", "B,2,y"),
    ] {
        let import = Import::new(&[], Faults::none()).await;
        let csv = import.folder.path().join("tickets.csv");
        let path = csv.to_str().unwrap();
        fs::write(&csv, format!("subject,row,content\nA,1,x\n{broken}\n")).unwrap();
        assert_eq!(run(&import, path, &[]).0, Some(1));
        let before = outcomes(&import);
        assert_eq!(before[..2], ["created", "failed"]);
        let failed = csv.with_extension("failed.csv");
        let text = fs::read_to_string(&failed).unwrap();
        // As it was written, and as a spreadsheet writes it.
        for same in [text.clone(), text.replace('\n', "\r\n")] {
            fs::write(&failed, same).unwrap();
            let (status, said) = run(&import, path, &["--retry-failed"]);
            assert_eq!(
                (status, outcomes(&import)),
                (Some(1), before.clone()),
                "{broken}: {said}"
            );
            assert!(said.contains("cannot be read and"), "{said}");
            assert_eq!(fs::read_to_string(&failed).unwrap(), text);
            assert_eq!(import.emulator.tickets().len(), 1, "{broken}");
        }
        fs::write(&failed, format!("subject,row,content,#line\n{mended},3\n")).unwrap();
        let (_, said) = run(&import, path, &["--retry-failed"]);
        assert_eq!(outcomes(&import)[1], "created", "{broken}: {said}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_row_that_was_mended_and_refused_can_be_sent_again_as_it_is() {
    let import = Import::new(&[], Faults::none()).await;
    let csv = import.folder.path().join("tickets.csv");
    let path = csv.to_str().unwrap();
    fs::write(&csv, "subject,hs_ticket_priority\nA\n").unwrap();
    assert_eq!(run(&import, path, &[]).0, Some(1));
    let failed = csv.with_extension("failed.csv");
    fs::write(&failed, "subject,hs_ticket_priority,#line\nA,low,2\n").unwrap();
    assert_eq!(run(&import, path, &["--retry-failed"]).0, Some(1));
    let before = import.emulator.requests();
    assert_eq!(run(&import, path, &["--retry-failed"]).0, Some(1));
    assert!(import.emulator.requests() > before + 1, "it has been sent");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_end_of_a_run_says_how_many_and_what_to_do() {
    let import = Import::new(&[], Faults::none()).await;
    let csv = import.folder.path().join("tickets.csv");
    let path = csv.to_str().unwrap();
    let broken: String = (0..7).map(|line| format!("B{}\n", ",".repeat(line + 2))).collect();
    fs::write(&csv, format!("subject,row\nA,1\n{broken}")).unwrap();
    let (_, text) = run(&import, path, &[]);
    assert!(text.contains("\n1 row: line 3: the number"), "{text}");
    assert!(text.contains("cannot be sent: 2 rows more"), "{text}");
    assert!(text.contains("\nand 2 more reasons, see "), "{text}");
    assert!(text.contains("say --retry-failed"), "{text}");
    assert!(!text.contains("run the same command again"), "{text}");

    // The sample's files have another name each time.
    let mut command = import.command();
    let output = command
        .env("IMPORT_ARGUMENTS", "import\n--emulator")
        .stderr(Stdio::piped())
        .output()
        .unwrap();
    let text = String::from_utf8(output.stderr).unwrap();
    assert!(text.contains("1 row: "), "{text}");
    assert!(!text.contains("--retry-failed"), "{text}");
}
