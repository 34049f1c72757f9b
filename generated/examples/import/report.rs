//! The end of a run: what the journal knows goes in; the outcome file, and files of the rows that need a person, come out.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use anyhow::Context;

use crate::journal::{Journal, sync_folder};
use crate::line::{Line, State};
use crate::scan;
use crate::table::{Mended, Table};

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

/// What became of the file with the rows in a state.
#[derive(Debug)]
pub(crate) enum Written {
    /// It has them all.
    Anew(PathBuf),
    /// A person has changed it since it was written, so it was kept, and another one has them all.
    Kept { own: PathBuf, all: PathBuf },
}

/// The file of failed rows that a person is to mend.
pub(crate) fn failed_file(paths: &Paths) -> PathBuf {
    paths.rows(State::Failed, 1)
}

/// Remembers that what the file of failed rows says is in the journal, so that it can be written anew.
pub(crate) fn has_been_read(journal: &mut Journal, path: &Path) -> anyhow::Result<()> {
    let text = fs::read(path)?;
    Ok(journal.add_note(&note(State::Failed), print(&text))?)
}

/// The name of the note in the journal of what the file with the rows in a state said when it was written.
fn note(state: State) -> String {
    format!("fingerprint of the {} rows", state.as_str())
}

fn print(text: &[u8]) -> String {
    format!("{:016x}", scan::fingerprint(scan::FNV_OFFSET, text))
}

/// Writes the rows in a state to a file of their own, with the columns that they came with.
pub(crate) fn write_rows(
    table: &Table,
    journal: &mut Journal,
    paths: &Paths,
    state: State,
    separator: char,
) -> anyhow::Result<Option<Written>> {
    let rows = journal.rows(&[Some(state)]);
    let path = paths.rows(state, 1);
    let present = fs::read(&path).ok();
    let is_ours = present.is_none_or(|text| journal.note(&note(state)) == Some(&print(&text)));
    if rows.is_empty() {
        if is_ours && path.exists() {
            fs::remove_file(&path)?;
        }
        return Ok(None);
    }
    let text = rows_as_csv(table, journal, rows, separator)?;
    if is_ours {
        replace(&path, &text)?;
        journal.add_note(&note(state), print(&text))?;
        return Ok(Some(Written::Anew(path)));
    }
    let mut others = (2..).map(|number| paths.rows(state, number));
    let all = others.find(|path| fs::read(path).map_or(true, |present| present == text));
    let all = all.context("there is no name left for a file")?;
    replace(&all, &text)?;
    Ok(Some(Written::Kept { own: path, all }))
}

fn rows_as_csv(table: &Table, journal: &Journal, rows: BTreeSet<u32>, separator: char) -> anyhow::Result<Vec<u8>> {
    let mut builder = csv::WriterBuilder::new();
    let mut writer = builder.delimiter(u8::try_from(separator)?).from_writer(Vec::new());
    let names = &table.columns.names;
    let kept = kept(names);
    let header = kept.iter().map(|&place| names[place].as_str());
    writer.write_record(header.chain(["#line", "#reason", "#trace"]))?;
    for (row, fields) in table.texts(rows, journal.mended().clone())? {
        let fields = fitted(fields, names.len(), separator);
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

/// The places of the columns that the file of a person has: one with rows of an earlier import has ours already.
fn kept(names: &[String]) -> Vec<usize> {
    let is_own = |name: &str| ["#line", "#reason", "#trace"].contains(&name);
    (0..names.len()).filter(|&place| !is_own(&names[place])).collect()
}

/// As many fields as there are columns. What is too much is kept at the end, so that nothing gets lost before a person
/// has seen it.
fn fitted(mut fields: Vec<String>, columns: usize, separator: char) -> Vec<String> {
    if fields.len() > columns {
        let rest = fields.split_off(columns - 1).join(&separator.to_string());
        fields.push(rest);
    }
    fields.resize(columns, String::new());
    fields
}

/// Takes rows out that could not be read and that nobody has changed since they were written to the file of failed rows,
/// and says how many. Written there, such a row can be read: its fields are then as many as the columns, by force.
pub(crate) fn leave_unchanged(
    table: &Table,
    journal: &Journal,
    mended: &mut Mended,
    separator: char,
) -> anyhow::Result<usize> {
    let is_unread = |row: &u32| table.broken.contains_key(row) && !journal.mended().contains_key(row);
    let rows: BTreeSet<_> = mended.keys().copied().filter(is_unread).collect();
    let kept = kept(&table.columns.names);
    // A spreadsheet changes how lines end, and that mends nothing.
    let plain = |fields: &[String]| -> Vec<String> {
        let fields = kept.iter().filter_map(|&place| fields.get(place));
        fields
            .map(|field| field.replace("\r\n", "\n").trim().to_owned())
            .collect()
    };
    let before = mended.len();
    for (row, fields) in table.texts(rows, Mended::new())? {
        let written = fitted(fields, table.columns.names.len(), separator);
        if mended.get(&row).is_some_and(|fields| plain(fields) == plain(&written)) {
            mended.remove(&row);
        }
    }
    Ok(before - mended.len())
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
