//! The journal: what is about to be sent and what became of it go in as they happen; after an interruption, what is
//! left to do comes out.
//!
//! Its head says what decides what is sent. Below it is a CSV file that only grows, in which the last line about a row
//! counts. A row is written down, and the file brought to the disk, before the row is sent. So a row without a line was
//! never sent, and one whose last line says that it is being sent may have been.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, BufWriter, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};

use crate::account::BEGAN;
use crate::line::{Line, State};
use crate::table::Mended;

const FIRST: &str = "# a journal of the import of tickets, version 2\n";
const LAST: &str = "# end of settings\n";

/// The name of the one setting that is a plural.
pub(crate) const COLUMNS: &str = "the columns (--map)";

/// What decides what is sent: names and values.
pub(crate) type Settings = Vec<(&'static str, String)>;

/// The journal of one import.
#[derive(Debug)]
pub(crate) struct Journal {
    pub(crate) path: PathBuf,
    writer: BufWriter<File>,
    known: Known,
}

/// What the lines say.
#[derive(Debug, Default)]
struct Known {
    /// The last line about each row.
    lines: Vec<Option<Line>>,
    /// Rows that may have been on their way once without an answer: a request of theirs may still arrive.
    doubtful: BTreeSet<u32>,
    mended: Mended,
    notes: BTreeMap<String, String>,
}

impl Journal {
    /// Opens the journal of an import, or begins one. One with other settings is replaced if no row was ever sent.
    ///
    /// # Errors
    ///
    /// The file cannot be read or written, is in use, or is the journal of an import with other settings.
    pub(crate) fn open(path: &Path, rows: u32, settings: &Settings) -> anyhow::Result<Self> {
        let mut known = Known {
            lines: vec![None; rows as usize],
            ..Known::default()
        };
        let mut file = OpenOptions::new()
            .read(true)
            .write(true)
            .create(true)
            .truncate(false)
            .open(path)
            .with_context(|| format!("cannot write {}", path.display()))?;
        // Two imports of one file at the same time would create every row twice.
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => bail!("another import is writing to {}", path.display()),
            Err(TryLockError::Error(error)) => {
                return Err(error).with_context(|| format!("cannot lock {}", path.display()));
            }
        }
        let mut text = fs::read(path).with_context(|| format!("cannot read {}", path.display()))?;
        let head = text
            .windows(LAST.len())
            .position(|window| window == LAST.as_bytes())
            .map(|place| place + LAST.len());
        match head {
            Some(end) if text.starts_with(FIRST.as_bytes()) => {
                if let Err(difference) = compare(&text[..end], settings, path) {
                    known.notes = replaceable(&text[end..]).ok_or(difference)?;
                    let mut new = head_of(settings).into_bytes();
                    for (name, value) in &known.notes {
                        new.extend(record(&["0", name, value])?);
                    }
                    begin(&mut file, &new, path)?;
                    return Ok(Self {
                        path: path.to_owned(),
                        writer: BufWriter::new(file),
                        known,
                    });
                }
                // A line that the interruption has cut is one that was never written.
                text.truncate(text.iter().rposition(|&byte| byte == b'\n').map_or(0, |end| end + 1));
                known
                    .read(&text[end..])
                    .with_context(|| format!("cannot read {}", path.display()))?;
                file.set_len(text.len() as u64)?;
                file.seek(SeekFrom::End(0))?;
            }
            // Nothing has been sent before the head was complete.
            _ if text.starts_with(FIRST.as_bytes()) || FIRST.as_bytes().starts_with(&text) => {
                begin(&mut file, head_of(settings).as_bytes(), path)?;
            }
            _ => bail!(
                "{} is no journal of this program, or one of another version",
                path.display()
            ),
        }
        Ok(Self {
            path: path.to_owned(),
            writer: BufWriter::new(file),
            known,
        })
    }

    /// The tickets that rows are known to have become.
    pub(crate) fn tickets(&self) -> BTreeSet<String> {
        let lines = self.known.lines.iter().flatten();
        let created = lines.filter(|line| line.state == State::Created);
        created.map(|line| line.ticket.clone()).collect()
    }

    /// What is said of a row.
    pub(crate) fn line(&self, row: u32) -> Option<&Line> {
        let index = usize::try_from(row.checked_sub(1)?).ok()?;
        self.known.lines.get(index)?.as_ref()
    }

    /// Whether a row may have been on its way once without an answer.
    pub(crate) fn is_doubtful(&self, row: u32) -> bool {
        self.known.doubtful.contains(&row)
    }

    /// The texts of rows that a person has mended.
    pub(crate) fn mended(&self) -> &Mended {
        &self.known.mended
    }

    /// The reasons why rows were not created, the most frequent one first.
    pub(crate) fn reasons(&self) -> Vec<(&str, usize)> {
        let mut counts = BTreeMap::<_, usize>::new();
        for line in self.known.lines.iter().flatten().filter(|line| !line.reason.is_empty()) {
            *counts.entry(line.reason.as_str()).or_default() += 1;
        }
        let mut reasons: Vec<_> = counts.into_iter().collect();
        reasons.sort_by_key(|&(_, count)| std::cmp::Reverse(count));
        reasons
    }

    /// The rows in one of the given states; `None` stands for a row without a line.
    pub(crate) fn rows(&self, states: &[Option<State>]) -> BTreeSet<u32> {
        let in_state = |line: &Option<Line>| states.contains(&line.as_ref().map(|line| line.state));
        (1..)
            .zip(&self.known.lines)
            .filter(|(_, line)| in_state(line))
            .map(|(row, _)| row)
            .collect()
    }

    /// A remark that is about no row.
    pub(crate) fn note(&self, name: &str) -> Option<&str> {
        self.known.notes.get(name).map(String::as_str)
    }

    /// Adds a remark that is about no row, and brings it to the disk.
    pub(crate) fn add_note(&mut self, name: &str, value: String) -> io::Result<()> {
        self.write(&["0", name, &value])?;
        self.known.notes.insert(name.to_owned(), value);
        self.sync()
    }

    /// Adds a line.
    pub(crate) fn add(&mut self, mut line: Line) -> io::Result<()> {
        // The end of a line must be the end of what is said about a row.
        for text in [&mut line.ticket, &mut line.reason, &mut line.trace] {
            *text = text.replace(['\r', '\n'], " ");
        }
        self.write(&line.fields(&line.row.to_string()))?;
        self.known.take(line);
        Ok(())
    }

    /// Gives a row that failed another text, with which it is to be sent.
    pub(crate) fn mend(&mut self, row: u32, fields: &[String]) -> io::Result<()> {
        let text = serde_json::to_string(fields)?;
        self.add(Line {
            ticket: text,
            ..Line::new(row, State::Mended)
        })
    }

    fn write(&mut self, fields: &[&str]) -> io::Result<()> {
        self.writer.write_all(&record(fields)?)
    }

    /// Makes the rows unknown that were on their way when an earlier run ended without warning.
    pub(crate) fn settle_interrupted(&mut self) -> io::Result<()> {
        let lines = self.known.lines.iter().flatten();
        let interrupted = lines.filter(|line| line.state == State::Sending);
        for line in interrupted.cloned().collect::<Vec<_>>() {
            let reason = "the run was interrupted while this row was being sent".to_owned();
            self.add(Line {
                state: State::Unknown,
                reason,
                ..line
            })?;
        }
        self.sync()
    }

    /// Hands all lines to the system: should this process be killed, they stay.
    pub(crate) fn flush(&mut self) -> io::Result<()> {
        self.writer.flush()
    }

    /// Brings all lines to the disk: should the machine go down, they stay.
    pub(crate) fn sync(&mut self) -> io::Result<()> {
        self.writer.flush()?;
        self.writer.get_ref().sync_data()
    }
}

impl Known {
    fn read(&mut self, body: &[u8]) -> anyhow::Result<()> {
        let mut reader = csv::ReaderBuilder::new();
        for record in reader.has_headers(false).flexible(true).from_reader(body).records() {
            let record = record?;
            let field = |index: usize| record.get(index).unwrap_or_default().to_owned();
            let row: u32 = field(0).parse()?;
            if row == 0 {
                self.notes.insert(field(1), field(2));
                continue;
            }
            let state = State::parse(&field(1)).with_context(|| format!("`{}` is no state", field(1)))?;
            if row as usize > self.lines.len() {
                bail!("a line is about row {row}, which does not exist");
            }
            self.take(Line {
                row,
                state,
                ticket: field(2),
                reason: field(3),
                trace: field(4),
            });
        }
        Ok(())
    }

    fn take(&mut self, mut line: Line) {
        if line.state == State::Unknown {
            self.doubtful.insert(line.row);
        }
        if line.state == State::Mended {
            let fields = serde_json::from_str(&std::mem::take(&mut line.ticket));
            self.mended.insert(line.row, fields.unwrap_or_default());
        }
        if let Some(slot) = self.lines.get_mut((line.row as usize).saturating_sub(1)) {
            *slot = Some(line);
        }
    }
}

/// One line.
fn record(fields: &[&str]) -> io::Result<Vec<u8>> {
    let mut text = csv::WriterBuilder::new().flexible(true).from_writer(Vec::new());
    text.write_record(fields)?;
    text.into_inner().map_err(|error| io::Error::other(error.to_string()))
}

/// The settings as they stand above the lines.
fn head_of(settings: &Settings) -> String {
    let lines = settings.iter().map(|(name, value)| format!("# {name}: {value:?}\n"));
    [FIRST.to_owned(), lines.collect(), LAST.to_owned()].concat()
}

/// Writes a journal anew, and brings it to the disk.
fn begin(file: &mut File, text: &[u8], path: &Path) -> io::Result<()> {
    file.set_len(0)?;
    file.seek(SeekFrom::Start(0))?;
    file.write_all(text)?;
    file.sync_all()?;
    sync_folder(path)
}

/// What another import can take over of a journal in which no row was ever sent: the notes, save that of the account.
/// `None` if one was, if it cannot be told, or if a person has mended one.
fn replaceable(body: &[u8]) -> Option<BTreeMap<String, String>> {
    // A line that was cut was not on the disk, so its row was not sent.
    let end = body.iter().rposition(|&byte| byte == b'\n').map_or(0, |end| end + 1);
    let mut notes = BTreeMap::new();
    let mut reader = csv::ReaderBuilder::new();
    let reader = reader.has_headers(false).flexible(true);
    for record in reader.from_reader(&body[..end]).records() {
        let record = record.ok()?;
        let (row, name) = (record.get(0)?, record.get(1)?);
        if row == "0" {
            notes.insert(name.to_owned(), record.get(2)?.to_owned());
        } else if ![State::Failed, State::NotSent].contains(&State::parse(name)?) {
            return None;
        }
    }
    notes.remove(BEGAN);
    Some(notes)
}

/// Says which of the settings are others than those of the journal.
fn compare(head: &[u8], settings: &Settings, path: &Path) -> anyhow::Result<()> {
    let head = String::from_utf8_lossy(head);
    let mut differences = String::new();
    for (name, value) in settings {
        let prefix = format!("# {name}: ");
        let before = head.lines().find_map(|line| line.strip_prefix(&prefix));
        if before != Some(format!("{value:?}").as_str()) {
            let before = before.unwrap_or("not recorded");
            let (was, is) = if *name == COLUMNS {
                ("were", "are")
            } else {
                ("was", "is")
            };
            write!(differences, "\n  {name} {was} {before}, and {is} now {value:?}")?;
        }
    }
    if differences.is_empty() {
        return Ok(());
    }
    bail!(
        "{} belongs to an import with other settings:{differences}\nGo on with those or, to begin another import, name \
         another file with --outcomes: rows that have been created will be created again.",
        path.display()
    )
}

/// Brings the name of a new file to the disk.
pub(crate) fn sync_folder(path: &Path) -> io::Result<()> {
    // Elsewhere a folder cannot be opened, and need not be.
    #[cfg(unix)]
    if let Some(folder) = path.parent() {
        let folder = if folder.as_os_str().is_empty() {
            Path::new(".")
        } else {
            folder
        };
        File::open(folder)?.sync_all()?;
    }
    #[cfg(not(unix))]
    let _ = path;
    Ok(())
}
