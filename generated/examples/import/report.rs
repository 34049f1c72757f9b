//! The end of a run: what the journal knows goes in; the outcome file, and files of the rows that need a person, come out.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use anyhow::Context;

use crate::journal::{Journal, sync_folder};
use crate::line::{Line, State};
use crate::scan;
use crate::table::Table;

/// Where the files of an import are.
#[derive(Debug)]
pub(crate) struct Paths {
    pub(crate) outcomes: PathBuf,
    pub(crate) journal: PathBuf,
    stem: PathBuf,
}

impl Paths {
    /// The files beside an outcome file.
    pub(crate) fn new(outcomes: PathBuf) -> Self {
        let name = outcomes.to_string_lossy();
        let stem = name.strip_suffix(".outcomes.csv").or(name.strip_suffix(".csv"));
        let stem = stem.map_or_else(|| outcomes.clone(), PathBuf::from);
        Self {
            journal: beside(&outcomes, ".journal"),
            stem,
            outcomes,
        }
    }

    /// The file of rows in a state, where earlier ones are not to be overwritten the `number`th.
    fn rows(&self, state: State, number: u32) -> PathBuf {
        let ending = if number == 1 {
            String::new()
        } else {
            format!("-{number}")
        };
        beside(&self.stem, &format!(".{}{ending}.csv", state.as_str()))
    }
}

fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(ending);
    name.into()
}

/// Writes the outcome file: one line for every row of the input, in their order.
pub(crate) fn write_outcomes(table: &Table, journal: &mut Journal, path: &Path) -> anyhow::Result<()> {
    journal.sync()?;
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(["row", "outcome", "ticket", "reason", "trace", "line"])?;
    for row in 1..=table.rows() {
        let line = match journal.line(row) {
            None => Line::because(row, State::NotSent, "the run ended before"),
            Some(line) if line.state == State::Mended => {
                Line::because(row, State::NotSent, "it was mended, and the run ended before")
            }
            Some(line) => line.clone(),
        };
        let (row, place) = (row.to_string(), table.line(row).to_string());
        writer.write_record(line.fields(&row).into_iter().chain([place.as_str()]))?;
    }
    replace(path, &finish(writer)?)
}

/// The note in the journal of the file of failed rows that the last run wrote or used.
const FAILED_FILE: &str = "failed rows are in";
/// The note of what was in it.
const FAILED_TEXT: &str = "failed rows have the fingerprint";

/// The file of failed rows that a person is to mend.
pub(crate) fn failed_file(paths: &Paths, journal: &Journal) -> PathBuf {
    let noted = journal.note(FAILED_FILE).map(PathBuf::from);
    noted.unwrap_or_else(|| paths.rows(State::Failed, 1))
}

/// Remembers that what a file of failed rows says is in the journal.
pub(crate) fn has_been_read(journal: &mut Journal, path: &Path) -> anyhow::Result<()> {
    let text = fs::read(path)?;
    note_failed(journal, path, &text)
}

fn note_failed(journal: &mut Journal, path: &Path, text: &[u8]) -> anyhow::Result<()> {
    journal.add_note(FAILED_FILE, path.to_string_lossy().into_owned())?;
    Ok(journal.add_note(FAILED_TEXT, print(text))?)
}

fn print(text: &[u8]) -> String {
    format!("{:016x}", scan::fingerprint(scan::FNV_OFFSET, text))
}

/// Writes the rows that need a person, with the columns that they came with, and returns the files.
///
/// One that a person has changed since it was written is never written over.
pub(crate) fn write_rows(
    table: &Table,
    journal: &mut Journal,
    paths: &Paths,
    separator: char,
) -> anyhow::Result<Vec<(State, PathBuf)>> {
    let mut written = Vec::new();
    for state in [State::Failed, State::Unknown] {
        let rows = journal.rows(&[Some(state)]);
        let mut path = paths.rows(state, 1);
        if state == State::Failed {
            path = failed_file(paths, journal);
            let mut number = 1;
            while let Ok(text) = fs::read(&path)
                && journal.note(FAILED_TEXT) != Some(&print(&text))
            {
                number += 1;
                path = paths.rows(state, number);
            }
        }
        if rows.is_empty() {
            match fs::remove_file(&path) {
                Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error.into()),
                _ => continue,
            }
        }
        let text = rows_as_csv(table, journal, rows, separator)?;
        replace(&path, &text)?;
        if state == State::Failed {
            note_failed(journal, &path, &text)?;
        }
        written.push((state, path));
    }
    Ok(written)
}

fn rows_as_csv(table: &Table, journal: &Journal, rows: BTreeSet<u32>, separator: char) -> anyhow::Result<Vec<u8>> {
    let mut builder = csv::WriterBuilder::new();
    let mut writer = builder.delimiter(u8::try_from(separator)?).from_writer(Vec::new());
    // A file that a person has mended and imports on its own has these columns already.
    let is_own = |name: &str| ["#line", "#reason", "#trace"].contains(&name);
    let names = &table.columns.names;
    let kept: Vec<_> = (0..names.len()).filter(|&place| !is_own(&names[place])).collect();
    let header = kept.iter().map(|&place| names[place].as_str());
    writer.write_record(header.chain(["#line", "#reason", "#trace"]))?;
    for (row, mut fields) in table.texts(rows, journal.mended().clone())? {
        // What is too much is kept at the end, so that nothing gets lost before a person has seen it.
        if fields.len() > names.len() {
            let rest = fields.split_off(names.len() - 1).join(&separator.to_string());
            fields.push(rest);
        }
        let line = journal
            .line(row)
            .cloned()
            .unwrap_or_else(|| Line::new(row, State::NotSent));
        let place = table.line(row).to_string();
        let fields = kept.iter().map(|&place| fields.get(place).map_or("", String::as_str));
        writer.write_record(fields.chain([place.as_str(), &line.reason, &line.trace]))?;
    }
    finish(writer)
}

fn finish(writer: csv::Writer<Vec<u8>>) -> anyhow::Result<Vec<u8>> {
    Ok(writer
        .into_inner()
        .map_err(|error| io::Error::other(error.to_string()))?)
}

/// Writes a file that appears whole or not at all.
fn replace(path: &Path, text: &[u8]) -> anyhow::Result<()> {
    let write = || {
        let draft = beside(path, ".draft");
        let mut file = File::create(&draft)?;
        io::Write::write_all(&mut file, text)?;
        file.sync_all()?;
        drop(file);
        fs::rename(&draft, path)?;
        sync_folder(path)
    };
    write().with_context(|| format!("cannot write {}", path.display()))
}
