//! The CSV file: bytes in, tickets out, one for each row.

use std::collections::BTreeSet;
use std::fs::File;
use std::io::{self, BufReader, Cursor, Read};
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use hubspot_tickets_batch::models::CreateTicket;
use hubspot_tickets_batch::tickets::AssociationKind;

/// A CSV file that has been read once from end to end: every row of it can be turned into a ticket.
#[derive(Debug, Clone)]
pub(crate) struct Table {
    source: Source,
    columns: Vec<Column>,
    /// How many rows there are below the header.
    pub(crate) rows: u32,
    /// A number that another file is unlikely to have.
    pub(crate) fingerprint: u64,
}

#[derive(Debug, Clone)]
enum Source {
    File(PathBuf),
    Sample(&'static str),
}

#[derive(Debug, Clone)]
enum Column {
    Property(String),
    Association(AssociationKind),
}

/// What rows get that do not say it themselves.
#[derive(Debug, Clone)]
pub(crate) struct Defaults {
    /// The pipeline.
    pub(crate) pipeline: String,
    /// The stage.
    pub(crate) stage: String,
    /// The property that tells rows apart on the server.
    pub(crate) idempotency: Option<String>,
}

impl Table {
    /// Reads the file, or the sample that comes with the program.
    pub(crate) fn open(path: Option<&Path>) -> anyhow::Result<Self> {
        let source = path.map_or(Source::Sample(include_str!("sample.csv")), |path| {
            Source::File(path.to_owned())
        });
        let mut hashing = Hashing {
            inner: source.open()?,
            hash: FNV_OFFSET,
        };
        let (columns, rows) = read(&mut hashing).with_context(|| match &source {
            Source::File(path) => format!("cannot import {}", path.display()),
            Source::Sample(_) => "cannot import the sample".to_owned(),
        })?;
        Ok(Self {
            source,
            columns,
            rows,
            fingerprint: hashing.hash,
        })
    }

    /// The tickets of the given rows, which are counted from 1 and ascend.
    ///
    /// The file was whole when the table was opened. Should it have changed since, the iterator ends early.
    pub(crate) fn tickets(
        &self,
        rows: Vec<u32>,
        defaults: Defaults,
    ) -> anyhow::Result<impl Iterator<Item = CreateTicket> + Send + use<>> {
        let table = self.clone();
        let mut records = csv::Reader::from_reader(self.source.open()?).into_records();
        let mut at = 0;
        Ok(rows.into_iter().map_while(move |row| {
            let skipped = usize::try_from(row - at - 1).ok()?;
            at = row;
            let record = records.nth(skipped)?.ok()?;
            Some(table.ticket(row, &record, &defaults))
        }))
    }

    /// The values of a property in the given rows: the column's or, without one, those that are made up.
    pub(crate) fn keys(&self, rows: &[u32], property: &str) -> anyhow::Result<Vec<String>> {
        let defaults = Defaults {
            pipeline: String::new(),
            stage: String::new(),
            idempotency: Some(property.to_owned()),
        };
        let tickets = self.tickets(rows.to_vec(), defaults)?;
        Ok(tickets
            .filter_map(|mut ticket| ticket.properties.remove(property))
            .collect())
    }

    fn ticket(&self, row: u32, record: &csv::StringRecord, defaults: &Defaults) -> CreateTicket {
        let mut ticket = CreateTicket::new([].into());
        for (column, value) in self.columns.iter().zip(record).filter(|(_, value)| !value.is_empty()) {
            ticket = match column {
                Column::Property(name) => ticket.property(name, value),
                Column::Association(kind) => {
                    let ids = value.split(';').map(str::trim).filter(|id| !id.is_empty());
                    ids.fold(ticket, |ticket, id| ticket.associate(kind.to(id)))
                }
            };
        }
        let mut default = |name: &str, value: &dyn Fn() -> String| {
            ticket.properties.entry(name.to_owned()).or_insert_with(value);
        };
        default("hs_pipeline", &|| defaults.pipeline.clone());
        default("hs_pipeline_stage", &|| defaults.stage.clone());
        if let Some(property) = &defaults.idempotency {
            default(property, &|| format!("{:016x}-{row}", self.fingerprint));
        }
        ticket
    }
}

/// Reads the header, and counts the rows.
fn read(file: impl Read) -> anyhow::Result<(Vec<Column>, u32)> {
    let mut reader = csv::Reader::from_reader(file);
    let header = reader.headers()?.clone();
    if header.is_empty() {
        bail!("it is empty; the first line must name the properties");
    }
    let mut names = BTreeSet::new();
    for (name, number) in header.iter().map(str::trim).zip(1..) {
        if name.is_empty() {
            bail!("column {number} has no name");
        }
        if !names.insert(name) {
            bail!("two columns are called `{name}`");
        }
    }
    let columns = header.iter().map(Column::parse).collect::<anyhow::Result<Vec<_>>>()?;
    if !names.contains("subject") {
        let separator = [';', '\t']
            .into_iter()
            .find(|&separator| names.iter().any(|name| name.contains(separator)));
        match separator {
            Some(separator) => bail!("its columns are separated by {separator:?}; they must be by commas"),
            None => bail!("it has no column `subject`, and no ticket can be without one"),
        }
    }
    let mut rows = 0;
    for row in reader.records() {
        row?;
        rows += 1;
    }
    Ok((columns, rows))
}

impl Source {
    fn open(&self) -> anyhow::Result<Box<dyn Read + Send>> {
        Ok(match self {
            Self::File(path) => {
                let file = File::open(path).with_context(|| format!("cannot open {}", path.display()))?;
                Box::new(BufReader::new(file))
            }
            Self::Sample(text) => Box::new(Cursor::new(*text)),
        })
    }
}

impl Column {
    fn parse(name: &str) -> anyhow::Result<Self> {
        Ok(match name.trim().strip_prefix('@') {
            None => Self::Property(name.trim().to_owned()),
            Some("contact") => Self::Association(AssociationKind::CONTACT),
            Some("company") => Self::Association(AssociationKind::COMPANY),
            Some("primary-company") => Self::Association(AssociationKind::PRIMARY_COMPANY),
            Some("deal") => Self::Association(AssociationKind::DEAL),
            Some("ticket") => Self::Association(AssociationKind::TICKET),
            Some(other) => bail!("the column `@{other}` names no kind of record that this program knows"),
        })
    }
}

const FNV_OFFSET: u64 = 0xCBF2_9CE4_8422_2325;
const FNV_PRIME: u64 = 0x0000_0100_0000_01B3;

/// Hashes what is read through it (FNV-1a): the standard library's hasher may differ between two builds.
struct Hashing<R> {
    inner: R,
    hash: u64,
}

impl<R: Read> Read for Hashing<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.inner.read(buffer)?;
        let bytes = buffer.iter().take(count);
        self.hash = bytes.fold(self.hash, |hash, &byte| {
            (hash ^ u64::from(byte)).wrapping_mul(FNV_PRIME)
        });
        Ok(count)
    }
}
