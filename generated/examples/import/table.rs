//! The CSV file: bytes in, tickets out, one for each row that can be read.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::io::{BufRead, BufReader, Cursor};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use anyhow::{Context, bail};
use hubspot_tickets_batch::models::CreateTicket;

use crate::args::Args;
use crate::columns::Columns;
use crate::journal::COLUMNS;
use crate::line::number;
use crate::scan::{self, Content, Scanner};

/// The texts that rows have instead of those in the file.
pub(crate) type Mended = BTreeMap<u32, Vec<String>>;

/// A CSV file that has been read once from end to end.
#[derive(Debug, Clone)]
pub(crate) struct Table {
    source: Source,
    separator: char,
    pub(crate) columns: Columns,
    index: Arc<[Place]>,
    /// Why rows cannot be sent as they are in the file.
    pub(crate) broken: BTreeMap<u32, String>,
    /// How many empty lines there are, and the first of them.
    pub(crate) empty: Option<(u64, u64)>,
    /// A number that another file is unlikely to have.
    pub(crate) fingerprint: u64,
    defaults: Defaults,
    changed: Arc<AtomicBool>,
}

/// Where a row is in the file, and a number that another text is unlikely to have.
#[derive(Debug, Clone, Copy)]
struct Place {
    line: u64,
    hash: u64,
}

#[derive(Debug, Clone)]
enum Source {
    File(PathBuf),
    Sample(&'static str),
}

/// What rows get that do not say it themselves.
#[derive(Debug, Clone)]
struct Defaults {
    pipeline: String,
    stage: String,
    look_up: Option<String>,
}

impl Table {
    /// Reads the file, or the sample that comes with the program.
    pub(crate) fn open(args: &Args) -> anyhow::Result<Self> {
        let source = args
            .csv
            .as_deref()
            .map_or(Source::Sample(include_str!("sample.csv")), |path| {
                Source::File(path.to_owned())
            });
        Self::read(source.clone(), args).with_context(|| match &source {
            Source::File(path) => format!("cannot import {}", path.display()),
            Source::Sample(_) => "cannot import the sample".to_owned(),
        })
    }

    fn read(source: Source, args: &Args) -> anyhow::Result<Self> {
        let mut scanner = Scanner::new(source.open()?, args.separator);
        let Some(header) = scanner.next()? else {
            bail!("it is empty; the first line must name the properties");
        };
        let mut fingerprint = scan::fingerprint(scan::FNV_OFFSET, &header.hash.to_be_bytes());
        let names = match header.content {
            Content::Fields(names) => names,
            Content::Empty => bail!("line 1 is empty; it must name the properties"),
            Content::Broken { reason, .. } => bail!("line 1: {reason}"),
        };
        let columns = Columns::new(&names, args.separator, &args.maps)?;
        let key = args.look_up.as_ref().and_then(|property| columns.place(property));
        let (mut keys, mut index, mut broken, mut empty) = (BTreeMap::new(), Vec::new(), BTreeMap::new(), None);
        while let Some(row) = scanner.next()? {
            fingerprint = scan::fingerprint(fingerprint, &row.hash.to_be_bytes());
            let reason = match row.content {
                Content::Empty => {
                    empty.get_or_insert((0, row.line)).0 += 1;
                    continue;
                }
                Content::Broken { reason, .. } => Some(reason),
                Content::Fields(fields) if fields.len() != names.len() => Some(format!(
                    "the number of its fields is {}, and that of line 1 is {}",
                    fields.len(),
                    names.len()
                )),
                Content::Fields(mut fields) => {
                    let value = key.map(|key| fields.swap_remove(key)).filter(|value| !value.is_empty());
                    let other = value.and_then(|value| keys.insert(value, row.line));
                    let name = args.look_up.as_deref().unwrap_or_default();
                    other.map(|line| format!("line {line} has the same value of `{name}`, which has to be unique"))
                }
            };
            index.push(Place {
                line: row.line,
                hash: row.hash,
            });
            if let Some(reason) = reason {
                broken.insert(u32::try_from(index.len())?, format!("line {}: {reason}", row.line));
            }
        }
        Ok(Self {
            source,
            separator: args.separator,
            columns,
            index: index.into(),
            broken,
            empty,
            fingerprint,
            defaults: Defaults {
                pipeline: args.pipeline.clone(),
                stage: args.stage.clone(),
                look_up: args.look_up.clone(),
            },
            changed: Arc::default(),
        })
    }

    /// How many rows there are below the first line.
    pub(crate) fn rows(&self) -> u32 {
        u32::try_from(self.index.len()).unwrap_or(u32::MAX)
    }

    /// The line that a row begins in.
    pub(crate) fn line(&self, row: u32) -> u64 {
        let place = row.checked_sub(1).and_then(|index| self.index.get(index as usize));
        place.map_or(0, |place| place.line)
    }

    /// The row that begins in a line.
    pub(crate) fn row_at(&self, line: u64) -> Option<u32> {
        let index = self.index.binary_search_by_key(&line, |place| place.line).ok()?;
        u32::try_from(index + 1).ok()
    }

    /// Whether the file was found to be another one while rows were read from it.
    pub(crate) fn has_changed(&self) -> bool {
        self.changed.load(Ordering::Relaxed)
    }

    /// The texts of the given rows, which are counted from 1.
    ///
    /// Should the file have changed since it was opened, the iterator ends early.
    pub(crate) fn texts(
        &self,
        rows: BTreeSet<u32>,
        mut mended: Mended,
    ) -> anyhow::Result<impl Iterator<Item = (u32, Vec<String>)> + Send + use<>> {
        let mut scanner = Scanner::new(self.source.open()?, self.separator);
        scanner.next()?;
        let (index, changed) = (Arc::clone(&self.index), Arc::clone(&self.changed));
        let mut at = 0;
        Ok(rows.into_iter().map_while(move |row| {
            while at < row {
                let next = scanner.next().ok().flatten();
                let is_row = next.as_ref().is_none_or(|next| next.content != Content::Empty);
                at += u32::from(is_row);
                if let Some(next) = next {
                    let place = index.get((at as usize).saturating_sub(1));
                    let same = place.is_some_and(|place| place.hash == next.hash);
                    match next.content {
                        Content::Empty => continue,
                        _ if !same => {}
                        _ if at < row => continue,
                        Content::Fields(fields) | Content::Broken { fields, .. } => {
                            return Some((row, mended.remove(&row).unwrap_or(fields)));
                        }
                    }
                }
                changed.store(true, Ordering::Relaxed);
                return None;
            }
            None
        }))
    }

    /// The tickets of the given rows.
    pub(crate) fn tickets(
        &self,
        rows: BTreeSet<u32>,
        mended: Mended,
    ) -> anyhow::Result<impl Iterator<Item = CreateTicket> + Send + use<>> {
        let table = self.clone();
        let texts = self.texts(rows, mended)?;
        Ok(texts.map(move |(row, fields)| table.ticket(row, &fields)))
    }

    /// The values of the look-up property in the given rows: the column's or, without one, those that are made up.
    pub(crate) fn keys(&self, rows: BTreeSet<u32>, mended: Mended) -> anyhow::Result<Vec<String>> {
        let property = self.defaults.look_up.clone().unwrap_or_default();
        let tickets = self.tickets(rows, mended)?;
        Ok(tickets
            .filter_map(|mut ticket| ticket.properties.remove(&property))
            .collect())
    }

    /// The value of the look-up property that a row gets which has none. No row is 0.
    pub(crate) fn key(&self, row: u32) -> String {
        format!("{:016x}-{row}", self.fingerprint)
    }

    fn ticket(&self, row: u32, fields: &[String]) -> CreateTicket {
        let mut ticket = self.columns.ticket(fields);
        let mut default = |name: &str, value: &dyn Fn() -> String| {
            ticket.properties.entry(name.to_owned()).or_insert_with(value);
        };
        default("hs_pipeline", &|| self.defaults.pipeline.clone());
        default("hs_pipeline_stage", &|| self.defaults.stage.clone());
        if let Some(property) = &self.defaults.look_up {
            default(property, &|| self.key(row));
        }
        ticket
    }

    /// What decides what is sent, as far as the file and its columns do.
    pub(crate) fn settings(&self) -> [(&'static str, String); 6] {
        let defaults = &self.defaults;
        [
            (
                "the content of the file",
                format!(
                    "{}, fingerprint {:016x}",
                    number(self.index.len(), "row"),
                    self.fingerprint
                ),
            ),
            (COLUMNS, self.columns.describe()),
            ("--separator", self.separator.to_string()),
            (
                "--look-up",
                defaults.look_up.clone().unwrap_or_else(|| "none".to_owned()),
            ),
            ("--pipeline", defaults.pipeline.clone()),
            ("--stage", defaults.stage.clone()),
        ]
    }

    /// Reads the texts of rows from a file that has the columns of this one, and `#line`.
    pub(crate) fn read_mended(&self, path: &Path) -> anyhow::Result<Mended> {
        let mut scanner = Scanner::new(Source::File(path.to_owned()).open()?, self.separator);
        let header = scanner.next()?.map(|header| header.content);
        let Some(Content::Fields(names)) = header else {
            bail!("its first line must name the columns");
        };
        let place = |name: &str| {
            let place = names.iter().position(|other| other.trim() == name);
            place.with_context(|| format!("it has no column `{name}`"))
        };
        let line = place("#line")?;
        let places = self.columns.names.iter().map(|name| place(name));
        let places = places.collect::<anyhow::Result<Vec<_>>>()?;
        let mut mended = Mended::new();
        while let Some(row) = scanner.next()? {
            let fields = match row.content {
                Content::Empty => continue,
                Content::Fields(fields) if fields.len() == names.len() => fields,
                Content::Fields(fields) => {
                    bail!(
                        "line {}: the number of its fields is {}, and that of line 1 is {}",
                        row.line,
                        fields.len(),
                        names.len()
                    )
                }
                Content::Broken { reason, .. } => bail!("line {}: {reason}", row.line),
            };
            let field = |place: usize| fields.get(place).cloned().unwrap_or_default();
            let number = field(line).trim().parse().ok().and_then(|line| self.row_at(line));
            let number =
                number.with_context(|| format!("line {}: no row begins in line `{}`", row.line, field(line)))?;
            if mended
                .insert(number, places.iter().map(|&place| field(place)).collect())
                .is_some()
            {
                bail!(
                    "line {}: a row for line {} has been there before",
                    row.line,
                    field(line)
                );
            }
        }
        Ok(mended)
    }
}

impl Source {
    fn open(&self) -> anyhow::Result<Box<dyn BufRead + Send>> {
        Ok(match self {
            Self::File(path) => {
                let file = File::open(path).with_context(|| format!("cannot open {}", path.display()))?;
                Box::new(BufReader::new(file))
            }
            Self::Sample(text) => Box::new(Cursor::new(*text)),
        })
    }
}
