//! The journal: what is about to be sent and what became of it go in as they happen; after an interruption, what is
//! left to do comes out.
//!
//! It is a CSV file that only grows, in which the last line about a row counts. A row is written down, and the file
//! brought to the disk, before the row is sent. So a row without a line was never sent, and one whose last line says
//! that it is being sent may have been.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, BufWriter, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};

/// What is known of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum State {
    /// It may be on its way.
    Sending,
    /// The server has created it.
    Created,
    /// The server has refused it.
    Failed,
    /// The server may have created it.
    Unknown,
    /// The server has not created it.
    NotSent,
}

impl State {
    const ALL: [Self; 5] = [Self::Sending, Self::Created, Self::Failed, Self::Unknown, Self::NotSent];

    fn as_str(self) -> &'static str {
        match self {
            Self::Sending => "sending",
            Self::Created => "created",
            Self::Failed => "failed",
            Self::Unknown => "unknown",
            Self::NotSent => "not sent",
        }
    }

    fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.as_str() == text)
    }
}

/// A line about a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Line {
    /// The row, counted from 1.
    pub(crate) row: u32,
    /// What is known of it.
    pub(crate) state: State,
    /// The id of the ticket that was created.
    pub(crate) ticket: String,
    /// Why the row failed, is unknown or was not sent.
    pub(crate) reason: String,
    /// The id that the row was sent with, for the vendor's support.
    pub(crate) trace: String,
}

impl Line {
    /// A line with nothing but a state.
    pub(crate) fn new(row: u32, state: State) -> Self {
        Self {
            row,
            state,
            ticket: String::new(),
            reason: String::new(),
            trace: String::new(),
        }
    }

    fn fields(&self) -> [&str; 4] {
        [self.state.as_str(), &self.ticket, &self.reason, &self.trace]
    }
}

/// The journal of one import.
#[derive(Debug)]
pub(crate) struct Journal {
    path: PathBuf,
    writer: BufWriter<File>,
    /// The last line about each row.
    lines: Vec<Option<Line>>,
}

impl Journal {
    /// Opens the journal of an import into `target`, or begins one.
    ///
    /// # Errors
    ///
    /// The file cannot be read or written, is in use, or is the journal of another CSV file or target.
    pub(crate) fn open(path: &Path, rows: u32, fingerprint: u64, target: &str) -> anyhow::Result<Self> {
        let header = format!("import of {rows} rows, fingerprint {fingerprint:016x}, into {target:?}\n");
        let mut lines = vec![None; rows as usize];
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
        // A line that the interruption has cut is one that was never written.
        text.truncate(text.iter().rposition(|&byte| byte == b'\n').map_or(0, |end| end + 1));
        if text.is_empty() {
            file.set_len(0)?;
            file.write_all(header.as_bytes())?;
            file.sync_all()?;
        } else {
            let body = text.strip_prefix(header.as_bytes()).with_context(|| {
                let path = path.display();
                format!(
                    "{path} belongs to another CSV file, another state of this one, or another target than {target}"
                )
            })?;
            let body = std::str::from_utf8(body).with_context(|| format!("cannot read {}", path.display()))?;
            read_lines(body, &mut lines).with_context(|| format!("cannot read {}", path.display()))?;
            file.set_len(text.len() as u64)?;
            file.seek(SeekFrom::End(0))?;
        }
        Ok(Self {
            path: path.to_owned(),
            writer: BufWriter::new(file),
            lines,
        })
    }

    /// The tickets that rows are known to have become.
    pub(crate) fn tickets(&self) -> BTreeSet<String> {
        let created = self.lines.iter().flatten().filter(|line| line.state == State::Created);
        created.map(|line| line.ticket.clone()).collect()
    }

    /// What is said of a row.
    pub(crate) fn line(&self, row: u32) -> Option<&Line> {
        let index = usize::try_from(row.checked_sub(1)?).ok()?;
        self.lines.get(index)?.as_ref()
    }

    /// The reasons why rows were not created, the most frequent one first.
    pub(crate) fn reasons(&self) -> Vec<(&str, usize)> {
        let mut counts = BTreeMap::<_, usize>::new();
        for line in self.lines.iter().flatten().filter(|line| !line.reason.is_empty()) {
            *counts.entry(line.reason.as_str()).or_default() += 1;
        }
        let mut reasons: Vec<_> = counts.into_iter().collect();
        reasons.sort_by_key(|&(_, count)| std::cmp::Reverse(count));
        reasons
    }

    /// The rows in one of the given states; `None` stands for a row without a line.
    pub(crate) fn rows(&self, states: &[Option<State>]) -> Vec<u32> {
        let in_state = |line: &Option<Line>| states.contains(&line.as_ref().map(|line| line.state));
        (1..)
            .zip(&self.lines)
            .filter(|(_, line)| in_state(line))
            .map(|(row, _)| row)
            .collect()
    }

    /// Adds a line.
    pub(crate) fn add(&mut self, mut line: Line) -> io::Result<()> {
        // The end of a line must be the end of what is said about a row.
        line.reason = line.reason.replace(['\r', '\n'], " ");
        let mut text = csv::WriterBuilder::new().from_writer(Vec::new());
        let row = line.row.to_string();
        text.write_record(std::iter::once(row.as_str()).chain(line.fields()))?;
        let text = text.into_inner().map_err(|error| io::Error::other(error.to_string()))?;
        self.writer.write_all(&text)?;
        if let Some(slot) = self.lines.get_mut(line.row as usize - 1) {
            *slot = Some(line);
        }
        Ok(())
    }

    /// Makes the rows unknown that were on their way when an earlier run ended without warning.
    pub(crate) fn settle_interrupted(&mut self) -> io::Result<()> {
        let interrupted = self.lines.iter().flatten().filter(|line| line.state == State::Sending);
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

    /// Writes the outcome file: one line for every row of the input, in their order. It appears whole or not at all.
    pub(crate) fn write_outcomes(&mut self, path: &Path) -> anyhow::Result<()> {
        self.sync()?;
        let draft = self.path.with_extension("draft");
        let file = File::create(&draft).with_context(|| format!("cannot write {}", draft.display()))?;
        let mut writer = csv::Writer::from_writer(file);
        writer.write_record(["row", "outcome", "ticket", "reason", "trace"])?;
        for (row, line) in (1_u32..).zip(&self.lines) {
            let never_sent = Line::new(row, State::NotSent);
            let line = line.as_ref().unwrap_or(&never_sent);
            writer.write_record(std::iter::once(row.to_string().as_str()).chain(line.fields()))?;
        }
        writer
            .into_inner()
            .map_err(|error| io::Error::other(error.to_string()))?
            .sync_all()?;
        fs::rename(&draft, path).with_context(|| format!("cannot write {}", path.display()))
    }
}

fn read_lines(body: &str, lines: &mut [Option<Line>]) -> anyhow::Result<()> {
    for record in csv::ReaderBuilder::new()
        .has_headers(false)
        .from_reader(body.as_bytes())
        .records()
    {
        let record = record?;
        let field = |index: usize| record.get(index).unwrap_or_default().to_owned();
        let row: u32 = field(0).parse()?;
        let state = State::parse(&field(1)).with_context(|| format!("`{}` is no state", field(1)))?;
        let slot = row.checked_sub(1).and_then(|index| lines.get_mut(index as usize));
        *slot.context("a line is about a row that does not exist")? = Some(Line {
            row,
            state,
            ticket: field(2),
            reason: field(3),
            trace: field(4),
        });
    }
    Ok(())
}
