//! Files as people have them: each row of one becomes a ticket or is refused by its line, and a file that cannot be read
//! is refused with the reason.

use std::fs;

use clap::Parser;
use tempfile::TempDir;

use super::args::Args;
use super::table::{Mended, Table};

/// What the table says about a file.
fn table(text: &[u8], options: &[&str]) -> Result<Table, String> {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("tickets.csv");
    fs::write(&path, text).unwrap();
    let arguments = [&["import", path.to_str().unwrap()], options].concat();
    Table::open(&Args::parse_from(arguments)).map_err(|error| {
        let (outer, inner) = (error.to_string(), format!("{error:#}"));
        assert_eq!(outer, format!("cannot import {}", path.display()));
        inner.trim_start_matches(&outer).trim_start_matches(": ").to_owned()
    })
}

#[test]
fn a_file_that_cannot_be_imported_says_why() {
    for (text, options, expected) in [
        (
            &b""[..],
            &[][..],
            "it is empty; the first line must name the properties",
        ),
        (b"\nsubject\n", &[], "line 1 is empty; it must name the properties"),
        (
            b"content\na\n",
            &[],
            "it has no column `subject`, and no ticket can be without one; see `--map`",
        ),
        (
            b"subject;content\na;b\n",
            &[],
            "its columns are separated by ';'; say `--separator ';'`",
        ),
        (
            b"subject\tcontent\na\tb\n",
            &[],
            "its columns are separated by tabs; say `--separator tab`",
        ),
        (
            b"subject,content,subject\n",
            &[],
            "line 1: two columns are called `subject`, the 1. and the 3.",
        ),
        (b"subject,\na,b\n", &[], "line 1: column 2 has no name"),
        (
            b"subject, \"x\na,b\n",
            &[],
            "line 1: a quote stands in a field that does not begin with one",
        ),
        (b"subject,\"x\na,b\n", &[], "line 1: a quote opens that is never closed"),
        (
            b"subject,@martian\n",
            &[],
            "the column `@martian` names no kind of record that this program knows",
        ),
        (
            b"subject,content\n\ncaf\xE9,\n",
            &[],
            "line 3 is not UTF-8; save the file as UTF-8",
        ),
        (b"caf\xE9,subject\n", &[], "line 1 is not UTF-8; save the file as UTF-8"),
        (b"\xFF\xFEs\0u\0b\0", &[], "it is UTF-16; save it as UTF-8"),
        (b"subject,a\n", &["--map", "b=c"], "--map b=c: there is no column `b`"),
        (
            b"subject,a\n",
            &["--map", "a=subject"],
            "the columns `subject` and `a` are both to fill `subject`",
        ),
        (
            b"subject,a\n",
            &["--map", "a=b", "--map", "a=c"],
            "--map a=c: the column `a` has been mapped before",
        ),
    ] {
        assert_eq!(table(text, options).map(|_| ()).unwrap_err(), expected);
    }
}

/// The rows of a file: the line of each and its fields, or why it is refused.
fn rows(text: &str, options: &[&str]) -> Vec<(u64, String)> {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("tickets.csv");
    fs::write(&path, text).unwrap();
    let arguments = [&["import", path.to_str().unwrap()], options].concat();
    let table = Table::open(&Args::parse_from(arguments)).unwrap();
    let all = (1..=table.rows()).collect();
    let texts: Vec<_> = table.texts(all, Mended::new()).unwrap().collect();
    assert_eq!(texts.len(), table.rows() as usize);
    assert!(!table.has_changed());
    let rows = texts.into_iter().map(|(row, fields)| {
        let shown = table.broken.get(&row).cloned();
        (table.line(row), shown.unwrap_or_else(|| fields.join("|")))
    });
    rows.collect()
}

#[test]
fn every_row_is_read_or_refused_by_its_line() {
    const NEVER: &str = "a quote opens that is never closed";
    const STRAY: &str = "a quote stands in a field that does not begin with one";
    const LENGTH: &str = "the number of its fields is";
    let swallowed = |first: u64, last: u64, why: &str| {
        format!("a quote opens in line {first} that is not closed before line {last}, and there: {why}")
    };
    let follows = "text follows a quote that closes a field";
    let cases: Vec<(&str, Vec<(u64, String)>)> = vec![
        ("", vec![]),
        ("a,b", vec![(2, "a|b".into())]),
        (
            "a,b\r\nc,\"d \"\"e\"\"\"\r\n",
            vec![(2, "a|b".into()), (3, "c|d \"e\"".into())],
        ),
        ("a,\"x\ny\"\nc,d\n", vec![(2, "a|x\ny".into()), (4, "c|d".into())]),
        (
            "a,\"x\r\n\r\ny\"\r\nc,d\r\n",
            vec![(2, "a|x\r\n\r\ny".into()), (5, "c|d".into())],
        ),
        ("\n\na,b\n\n\nc,d\n\n", vec![(4, "a|b".into()), (7, "c|d".into())]),
        (
            "a\nb,c,d\ne,f\n",
            vec![
                (2, format!("line 2: {LENGTH} 1, and that of line 1 is 2")),
                (3, format!("line 3: {LENGTH} 3, and that of line 1 is 2")),
                (4, "e|f".into()),
            ],
        ),
        // A quote that is never closed, at the end, in the middle, and twice.
        ("a,b\nc,\"d\n", vec![(2, "a|b".into()), (3, format!("line 3: {NEVER}"))]),
        (
            "c,\"d\na,b\ne,f",
            vec![(2, format!("line 2: {NEVER}")), (3, "a|b".into()), (4, "e|f".into())],
        ),
        (
            "c,\"d\na,b\ne,\"f\ng,h\n",
            vec![
                (2, format!("line 2: {}", swallowed(2, 4, follows))),
                (3, "a|b".into()),
                (4, format!("line 4: {NEVER}")),
                (5, "g|h".into()),
            ],
        ),
        // The next quotes belong to a good row.
        (
            "c,\"d\na,b\ne,\"f\"\n",
            vec![
                (2, format!("line 2: {}", swallowed(2, 4, follows))),
                (3, "a|b".into()),
                (4, "e|f".into()),
            ],
        ),
        (
            "c,\"d\ne,\", f\"\na,b\n",
            vec![
                (2, format!("line 2: {}", swallowed(2, 3, STRAY))),
                (3, "e|, f".into()),
                (4, "a|b".into()),
            ],
        ),
        // It opens in a row that goes over two lines already: only what is before it is given up.
        (
            "\"x\ny\",\"z\na,b\n",
            vec![(2, format!("line 2: {NEVER}")), (4, "a|b".into())],
        ),
        // It is well-formed, and one row.
        (
            "a,\"x\ny\",z\nc,d\n",
            vec![
                (2, format!("line 2: {LENGTH} 3, and that of line 1 is 2")),
                (4, "c|d".into()),
            ],
        ),
        (
            "a,5\" pipe\nc,d\n",
            vec![(2, format!("line 2: {STRAY}")), (3, "c|d".into())],
        ),
        (
            "a,\"b\"c\nc,d\n",
            vec![(2, format!("line 2: {follows}")), (3, "c|d".into())],
        ),
        (
            "a,b\rc,d\ne,f\n",
            vec![
                (2, "line 2: a line ends with a carriage return alone".into()),
                (3, "e|f".into()),
            ],
        ),
    ];
    for (text, expected) in cases {
        assert_eq!(rows(&format!("subject,content\n{text}"), &[]), expected, "{text:?}");
        let marked = format!("\u{feff}subject;content\n{}", text.replace(',', ";"));
        let semicolons: Vec<_> = rows(&marked, &["--separator", ";"]);
        let lines = |rows: &[(u64, String)]| rows.iter().map(|row| row.0).collect::<Vec<_>>();
        assert_eq!(lines(&semicolons), lines(&expected), "{text:?}");
    }
    let tabs = rows("subject\tcontent\na\tb\n", &["--separator", "tab"]);
    assert_eq!(tabs, [(2, "a|b".to_owned())]);
}

#[test]
fn empty_lines_are_counted() {
    assert_eq!(table(b"subject\na\n\n\nb\n", &[]).unwrap().empty, Some((2, 3)));
    assert_eq!(table(b"subject\na\n", &[]).unwrap().empty, None);
}

#[test]
fn many_quotes_that_are_never_closed_take_no_time() {
    let line = "a,\"b\n".repeat(100_000);
    assert_eq!(rows(&format!("subject,content\n{line}"), &[]).len(), 100_000);
    let line = "\"\"\n".repeat(100_000);
    assert_eq!(rows(&format!("subject\n\"\n{line}"), &[]).len(), 100_001);
}

#[test]
fn a_row_that_has_a_value_for_the_second_time_is_refused() {
    let text = "subject,key\na,1\nb,\nc,1\nd,\n";
    let refused = "line 4: line 2 has the same value of `key`, which has to be unique";
    let expected = [(2, "a|1"), (3, "b|"), (4, refused), (5, "d|")].map(|(line, text)| (line, text.to_owned()));
    assert_eq!(rows(text, &["--look-up", "key"]), expected);
}

#[test]
fn a_file_that_changes_under_way_is_noticed() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("tickets.csv");
    for changed in ["subject\na\nX\nc\n", "subject\na\n", "subject\nb\na\nc\n"] {
        fs::write(&path, "subject\na\nb\nc\n").unwrap();
        let table = Table::open(&Args::parse_from(["import", path.to_str().unwrap()])).unwrap();
        fs::write(&path, changed).unwrap();
        let texts = table.texts((1..=3).collect(), Mended::new()).unwrap();
        assert!(texts.count() < 3);
        assert!(table.has_changed());
    }
}
