//! TOML items in, plain values out; what does not fit is a problem with its place, and reading goes on.

use std::{collections::BTreeMap, ops::Range};

use indexmap::IndexMap;
use toml_edit::{Item, TableLike, Value};

use super::matching::nearest;
use crate::{
    diagnostics::{Code, Diagnostic, Location, did_you_mean},
    ir::Pointer,
};

/// A table of settings, and its place.
#[derive(Clone)]
pub(super) struct Section<'t> {
    pub(super) at: Pointer,
    table: &'t dyn TableLike,
    span: Range<usize>,
}

impl<'t> Section<'t> {
    pub(super) fn root(table: &'t dyn TableLike) -> Self {
        Self {
            at: Pointer::root(),
            table,
            span: 0..0,
        }
    }

    pub(super) fn start(&self) -> Range<usize> {
        self.span.clone()
    }

    pub(super) fn keys(&self) -> impl Iterator<Item = &'t str> {
        self.table.iter().map(|(key, _)| key)
    }
}

/// Collects what is wrong, and where everything stands.
pub(super) struct Reader<'t> {
    text: &'t str,
    pub(super) problems: Vec<Diagnostic>,
    pub(super) places: BTreeMap<Pointer, Location>,
}

impl<'t> Reader<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        Self {
            text,
            problems: Vec::new(),
            places: BTreeMap::new(),
        }
    }

    pub(super) fn problem(&mut self, at: Pointer, span: Range<usize>, message: String, hint: Option<String>) {
        let location = Some(location(self.text, span.start));
        self.problems.push(Diagnostic {
            code: Code::Setting,
            pointer: at,
            message,
            hint,
            location,
        });
    }

    /// A problem with the setting `key` of `section`.
    pub(super) fn reject(&mut self, section: &Section<'t>, key: &str, message: String) {
        self.reject_with(section, key, message, None);
    }

    /// The same with what can be done about it.
    pub(super) fn reject_with(
        &mut self,
        section: &Section<'t>,
        key: &str,
        message: String,
        hint: impl Into<Option<String>>,
    ) {
        let span = section
            .table
            .get(key)
            .and_then(Item::span)
            .unwrap_or_else(|| section.span.clone());
        self.problem(section.at.child(key), span, message, hint.into());
    }

    /// Notes where every key of `section` stands, and reports those that are not among `known`.
    pub(super) fn only(&mut self, section: &Section<'t>, known: &[&str]) {
        for key in section.keys() {
            if !known.contains(&key) {
                let span = key_span(section, key);
                let hint = match nearest(key, known.iter().copied()) {
                    Some(near) => did_you_mean(near),
                    None => format!("the settings here are {}", list(known)),
                };
                self.problem(
                    section.at.child(key),
                    span,
                    format!("unknown setting `{key}`"),
                    Some(hint),
                );
            }
        }
    }

    /// The table under `key`, if there is one.
    pub(super) fn section(&mut self, parent: &Section<'t>, key: &str) -> Option<Section<'t>> {
        let item = self.item(parent, key)?;
        let Some(table) = item.as_table_like() else {
            self.mismatch(parent, key, "a table", item);
            return None;
        };
        let span = key_span(parent, key);
        Some(Section {
            at: parent.at.child(key),
            table,
            span,
        })
    }

    pub(super) fn string(&mut self, section: &Section<'t>, key: &str) -> Option<String> {
        let item = self.item(section, key)?;
        let text = item.as_str().map(str::to_owned);
        if text.is_none() {
            self.mismatch(section, key, "a string", item);
        }
        text
    }

    /// Like [`Reader::string`], and a problem when there is none.
    pub(super) fn required(&mut self, section: &Section<'t>, key: &str) -> Option<String> {
        if section.table.contains_key(key) {
            return self.string(section, key);
        }
        let message = format!("`{key}` is missing");
        self.problem(section.at.clone(), section.span.clone(), message, None);
        None
    }

    /// A number, with or without a fraction.
    #[expect(clippy::cast_precision_loss, reason = "nobody means a number that large exactly")]
    pub(super) fn number(&mut self, section: &Section<'t>, key: &str) -> Option<f64> {
        let item = self.item(section, key)?;
        let number = item.as_float().or_else(|| item.as_integer().map(|whole| whole as f64));
        if number.is_none() {
            self.mismatch(section, key, "a number", item);
        }
        number
    }

    /// `true` or `false`, where that is said.
    pub(super) fn said(&mut self, section: &Section<'t>, key: &str) -> Option<bool> {
        let item = self.item(section, key)?;
        if item.as_bool().is_none() {
            self.mismatch(section, key, "`true` or `false`", item);
        }
        item.as_bool()
    }

    pub(super) fn flag(&mut self, section: &Section<'t>, key: &str) -> bool {
        self.said(section, key).unwrap_or_default()
    }

    /// The number under `key`, if there is one.
    pub(super) fn count(&mut self, section: &Section<'t>, key: &str) -> Option<usize> {
        let item = self.item(section, key)?;
        let count = item.as_integer().and_then(|count| usize::try_from(count).ok());
        if count.is_none() {
            self.mismatch(section, key, "an integer from zero up", item);
        }
        count
    }

    /// Whether anything is under `key`, and whether that is an array.
    pub(super) fn shape(section: &Section<'t>, key: &str) -> Option<bool> {
        section.table.get(key).map(Item::is_array)
    }

    /// Whether a table is under `key`.
    pub(super) fn is_table(section: &Section<'t>, key: &str) -> bool {
        section.table.get(key).is_some_and(Item::is_table_like)
    }

    /// The texts in the array under `key`.
    pub(super) fn strings(&mut self, section: &Section<'t>, key: &str) -> Vec<String> {
        let texts = self.placed_strings(section, key);
        texts.into_iter().map(|(_, _, text)| text).collect()
    }

    /// The same, each with where it stands.
    pub(super) fn placed_strings(&mut self, section: &Section<'t>, key: &str) -> Vec<(Pointer, Range<usize>, String)> {
        let all = self.array(section, key);
        let placed = |(at, value): (Pointer, &Value)| {
            let span = value.span().unwrap_or_default();
            if let Some(text) = value.as_str() {
                return Some((at, span, text.to_owned()));
            }
            let message = format!("expected a string, found {}", kind(value.type_name()));
            self.problem(at, span, message, None);
            None
        };
        all.into_iter().filter_map(placed).collect()
    }

    /// A problem with the name of a setting of `section`.
    pub(super) fn reject_name(&mut self, section: &Section<'t>, key: &str, message: String, hint: Option<String>) {
        self.problem(section.at.child(key), key_span(section, key), message, hint);
    }

    /// The tables in the array under `key`.
    pub(super) fn sections(&mut self, section: &Section<'t>, key: &str) -> Vec<Section<'t>> {
        self.array(section, key)
            .into_iter()
            .filter_map(|(at, value)| {
                let span = value.span().unwrap_or_default();
                let table = value.as_inline_table();
                if table.is_none() {
                    let message = format!("expected a table, found {}", kind(value.type_name()));
                    self.problem(at.clone(), span.clone(), message, None);
                }
                table.map(|table| Section { at, table, span })
            })
            .collect()
    }

    /// The table of texts under `key`.
    pub(super) fn map(&mut self, parent: &Section<'t>, key: &str) -> IndexMap<String, String> {
        let Some(section) = self.section(parent, key) else {
            return IndexMap::new();
        };
        section
            .keys()
            .filter_map(|key| Some((key.to_owned(), self.string(&section, key)?)))
            .collect()
    }

    fn array(&mut self, section: &Section<'t>, key: &str) -> Vec<(Pointer, &'t Value)> {
        let Some(item) = self.item(section, key) else {
            return Vec::new();
        };
        let Some(array) = item.as_array() else {
            self.mismatch(section, key, "an array", item);
            return Vec::new();
        };
        let at = section.at.child(key);
        let values: Vec<_> = array
            .iter()
            .enumerate()
            .map(|(index, value)| (at.item(index), value))
            .collect();
        for (at, value) in &values {
            self.places
                .insert(at.clone(), location(self.text, value.span().unwrap_or_default().start));
        }
        values
    }

    fn item(&mut self, section: &Section<'t>, key: &str) -> Option<&'t Item> {
        let item = section.table.get(key)?;
        self.places
            .insert(section.at.child(key), location(self.text, key_span(section, key).start));
        Some(item)
    }

    fn mismatch(&mut self, section: &Section<'t>, key: &str, wanted: &str, found: &Item) {
        self.reject(
            section,
            key,
            format!("expected {wanted} for `{key}`, found {}", kind(found.type_name())),
        );
    }
}

fn key_span(section: &Section<'_>, key: &str) -> Range<usize> {
    section
        .table
        .key(key)
        .and_then(toml_edit::Key::span)
        .unwrap_or_else(|| section.span.clone())
}

/// The place of the byte at `offset`.
pub(super) fn location(text: &str, offset: usize) -> Location {
    let before = text.get(..offset).unwrap_or(text);
    let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
    Location {
        line: before.matches('\n').count() + 1,
        column: before[line_start..].chars().count() + 1,
    }
}

fn kind(name: &str) -> String {
    let article = if name.starts_with(['a', 'e', 'i', 'o', 'u']) {
        "an"
    } else {
        "a"
    };
    format!("{article} {name}")
}

pub(super) fn list(names: &[&str]) -> String {
    names
        .iter()
        .map(|name| format!("`{name}`"))
        .collect::<Vec<_>>()
        .join(", ")
}
