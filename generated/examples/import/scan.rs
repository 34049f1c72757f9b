//! CSV text, line by line: bytes in, rows out, those that cannot be read too.
//!
//! A row that cannot be read must not take others with it, and a quote that is never closed would: so quotes are taken
//! strictly, and where one goes astray, only the lines up to the one in which it opened are given up.

use std::collections::VecDeque;
use std::io::BufRead;

use anyhow::{Context, bail};

/// A row, or a line without one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Scanned {
    /// The line that it begins in, counted from 1.
    pub(crate) line: u64,
    /// A number that another text is unlikely to have.
    pub(crate) hash: u64,
    /// What is there.
    pub(crate) content: Content,
}

/// What a row holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Content {
    /// Its fields.
    Fields(Vec<String>),
    /// Why it cannot be read, and the fields that it seems to have.
    Broken { reason: String, fields: Vec<String> },
    /// Nothing at all.
    Empty,
}

/// Reads rows.
#[derive(Debug)]
pub(crate) struct Scanner<R> {
    reader: R,
    separator: char,
    /// Lines that have been read and do not belong to a row yet.
    ahead: VecDeque<String>,
    /// The number of the first of them.
    line: u64,
    read: u64,
}

impl<R: BufRead> Scanner<R> {
    pub(crate) fn new(reader: R, separator: char) -> Self {
        Self {
            reader,
            separator,
            ahead: VecDeque::new(),
            line: 1,
            read: 0,
        }
    }

    /// The next row, or `None` after the last.
    ///
    /// # Errors
    ///
    /// The file cannot be read, or is not UTF-8.
    pub(crate) fn next(&mut self) -> anyhow::Result<Option<Scanned>> {
        if !self.fill(0)? {
            return Ok(None);
        }
        let (count, content) = self.scan()?;
        let line = self.line;
        let mut hash = FNV_OFFSET;
        for text in self.ahead.drain(..count) {
            hash = fingerprint(hash, text.as_bytes());
        }
        self.line += count as u64;
        Ok(Some(Scanned { line, hash, content }))
    }

    /// Reads on until there is a line at `index`; `false` at the end of the file.
    fn fill(&mut self, index: usize) -> anyhow::Result<bool> {
        while self.ahead.len() <= index {
            let mut bytes = Vec::new();
            let number = self.read + 1;
            let count = self.reader.read_until(b'\n', &mut bytes);
            if count.with_context(|| format!("cannot read line {number}"))? == 0 {
                return Ok(false);
            }
            self.read = number;
            if number == 1 {
                if bytes.starts_with(b"\xFF\xFE") || bytes.starts_with(b"\xFE\xFF") {
                    bail!("it is UTF-16; save it as UTF-8");
                }
                if bytes.starts_with(b"\xEF\xBB\xBF") {
                    bytes.drain(..3);
                }
            }
            let text = String::from_utf8(bytes).ok();
            self.ahead
                .push_back(text.with_context(|| format!("line {number} is not UTF-8; save the file as UTF-8"))?);
        }
        Ok(true)
    }

    /// What begins in the first line, and how many lines of it are done with.
    fn scan(&mut self) -> anyhow::Result<(usize, Content)> {
        let mut row = Row::default();
        // The line in which the last quote opened that went beyond its line.
        let mut opened = None;
        let mut index = 0;
        let fault = loop {
            let line = self.ahead.get(index).map_or("", String::as_str);
            let text = line.trim_end_matches(['\r', '\n']);
            if index == 0 && text.is_empty() {
                return Ok((1, Content::Empty));
            }
            let fault = text.chars().find_map(|character| row.add(character, self.separator));
            if let Some(fault) = fault {
                break fault.to_owned();
            }
            if row.place != Place::Quoted {
                row.end_field();
                return Ok((index + 1, Content::Fields(row.fields)));
            }
            row.field.push_str(line.strip_prefix(text).unwrap_or_default());
            if row.opened_here {
                opened = Some(index);
                row.opened_here = false;
            }
            index += 1;
            if !self.fill(index)? {
                break "a quote opens that is never closed".to_owned();
            }
        };
        let first = self.line;
        let (count, reason) = match opened {
            None => (1, fault),
            Some(opened) if index < self.ahead.len() => (
                opened + 1,
                format!(
                    "a quote opens in line {} that is not closed before line {}, and there: {fault}",
                    first + opened as u64,
                    first + index as u64
                ),
            ),
            Some(opened) => (opened + 1, fault),
        };
        let text: String = self.ahead.range(..count).map(String::as_str).collect();
        let fields = text.trim_end_matches(['\r', '\n']).split(self.separator);
        let fields = fields
            .map(|field| field.trim_matches('"').replace("\"\"", "\""))
            .collect();
        Ok((count, Content::Broken { reason, fields }))
    }
}

#[derive(Debug, Default, PartialEq, Eq)]
enum Place {
    #[default]
    Start,
    Bare,
    Quoted,
    /// After a quote that closes the field, or is the first of two.
    Quote,
}

/// A row that is being read.
#[derive(Debug, Default)]
struct Row {
    place: Place,
    field: String,
    fields: Vec<String>,
    opened_here: bool,
}

impl Row {
    /// Takes in a character, or says why it cannot stand there.
    fn add(&mut self, character: char, separator: char) -> Option<&'static str> {
        match (&self.place, character) {
            (Place::Start | Place::Bare | Place::Quote, character) if character == separator => self.end_field(),
            (Place::Start, '"') => {
                self.place = Place::Quoted;
                self.opened_here = true;
            }
            (Place::Bare, '"') => return Some("a quote stands in a field that does not begin with one"),
            (Place::Start | Place::Bare, '\r') => return Some("a line ends with a carriage return alone"),
            (Place::Start | Place::Bare, _) => {
                self.place = Place::Bare;
                self.field.push(character);
            }
            (Place::Quoted, '"') => self.place = Place::Quote,
            (Place::Quoted, _) => self.field.push(character),
            (Place::Quote, '"') => {
                self.place = Place::Quoted;
                self.field.push('"');
            }
            (Place::Quote, _) => return Some("text follows a quote that closes a field"),
        }
        None
    }

    fn end_field(&mut self) {
        self.place = Place::Start;
        self.fields.push(std::mem::take(&mut self.field));
    }
}

pub(crate) const FNV_OFFSET: u64 = 0xCBF2_9CE4_8422_2325;
const FNV_PRIME: u64 = 0x0000_0100_0000_01B3;

/// Goes on with a hash (FNV-1a): the standard library's hasher may differ between two builds.
pub(crate) fn fingerprint(hash: u64, bytes: &[u8]) -> u64 {
    bytes
        .iter()
        .fold(hash, |hash, &byte| (hash ^ u64::from(byte)).wrapping_mul(FNV_PRIME))
}
