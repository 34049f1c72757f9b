// @generated from an OpenAPI description: the runtime, the same for every API.

//! Which inputs a result or an error names: their ids go in, inputs of the same call come out.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value};

use crate::runtime::bulk::account::Row;
use crate::runtime::bulk::layout::{self, BatchLayout};

/// The way from ids to the inputs of a call. No two of them have the same id.
pub(super) struct Index<'r> {
    layout: &'r BatchLayout<'r>,
    correlation: BTreeMap<&'r str, usize>,
    identity: BTreeMap<&'r str, usize>,
    /// By what the results of inputs are identified: a property of the records or, with `None`, what the layout says.
    properties: BTreeMap<Option<&'r str>, BTreeSet<usize>>,
}

/// What the ids of a result or an error name.
pub(super) enum Named {
    /// These inputs.
    Rows(Vec<usize>),
    /// One of these inputs, or several. Its ids disagree.
    Doubtful(Vec<usize>),
    /// It has no id.
    Nothing,
    /// It has a correlation id that no input was sent with.
    OtherCorrelation,
    /// It has an identity that no input has.
    OtherIdentity,
}

impl<'r> Index<'r> {
    /// An index of `rows`, which are sent along with `members`.
    pub(super) fn new(layout: &'r BatchLayout<'r>, members: &'r Map<String, Value>, rows: &'r [&Row]) -> Self {
        let by = |id: fn(&Row) -> Option<&str>| {
            rows.iter()
                .enumerate()
                .filter_map(|(row, sent)| Some((id(sent)?, row)))
                .collect()
        };
        let mut properties = BTreeMap::<_, BTreeSet<_>>::new();
        for (row, sent) in rows.iter().enumerate() {
            let property = layout.property_of(members, &sent.body);
            properties.entry(property).or_default().insert(row);
        }
        // The value after the call may be what was another input's before it.
        properties.retain(|property, rows_by_it| {
            let is_rewritten = |property| rows.iter().any(|row| rewrites(layout, row, property));
            !rows_by_it.is_empty() && !property.is_some_and(is_rewritten)
        });
        Self {
            layout,
            correlation: by(|row| row.correlation.as_deref()),
            identity: by(|row| row.identity.as_deref()),
            properties,
        }
    }

    /// Which input a result names.
    pub(super) fn of_result(&self, result: &Value) -> Named {
        let correlation = self.layout.correlation.and_then(|key| layout::id(result, key.result));
        let correlated = correlation.as_deref().and_then(|id| self.correlation.get(id).copied());
        let mut has_identity = false;
        let mut identified = Vec::new();
        if let Some(key) = self.layout.identity {
            for (property, rows) in &self.properties {
                let id = match (property, self.layout.property) {
                    (None, _) => layout::id(result, key.result),
                    // The name of a property may have dots in it.
                    (Some(name), Some(property)) => {
                        layout::at(result, property.result).and_then(|properties| layout::text(properties.get(name)?))
                    }
                    (Some(_), None) => None,
                };
                has_identity |= id.is_some();
                let row = id.and_then(|id| self.identity.get(id.as_str()).copied());
                identified.extend(row.filter(|row| rows.contains(row)));
            }
        }
        named(
            correlation.is_some(),
            correlated.into_iter().collect(),
            has_identity,
            identified,
            1,
        )
    }

    /// Which inputs an error names.
    pub(super) fn of_error(&self, error: &Value) -> Named {
        let ids = |path: Option<&str>| path.map(|path| layout::ids(error, path)).unwrap_or_default();
        let rows = |ids: &[String], index: &BTreeMap<&str, usize>| -> Vec<usize> {
            // Each once: a list may name the same one again and again.
            let rows: BTreeSet<_> = ids.iter().filter_map(|id| index.get(id.as_str()).copied()).collect();
            rows.into_iter().collect()
        };
        let correlation = ids(self.layout.correlation.and_then(|key| key.error));
        let identity = ids(self.layout.identity.and_then(|key| key.error));
        let correlated = rows(&correlation, &self.correlation);
        let identified = rows(&identity, &self.identity);
        named(
            !correlation.is_empty(),
            correlated,
            !identity.is_empty(),
            identified,
            usize::MAX,
        )
    }
}

/// Whether an input gives the property that it is found by another value.
fn rewrites(layout: &BatchLayout<'_>, row: &Row, property: &str) -> bool {
    let set = layout
        .property
        .and_then(|of| layout::at(&row.body, of.result)?.get(property));
    set.is_some_and(|set| layout::text(set) != row.identity)
}

/// Correlation goes before identity, which must not speak of other inputs, nor of more than `most`.
fn named(
    has_correlation: bool,
    correlated: Vec<usize>,
    has_identity: bool,
    identified: Vec<usize>,
    most: usize,
) -> Named {
    let agree = identified.iter().all(|row| correlated.contains(row));
    match (correlated.is_empty(), identified.is_empty()) {
        (false, _) if agree => Named::Rows(correlated),
        (true, false) if identified.len() <= most => Named::Rows(identified),
        (false, _) | (true, false) => Named::Doubtful([correlated, identified].concat()),
        (true, true) if has_correlation => Named::OtherCorrelation,
        (true, true) if has_identity => Named::OtherIdentity,
        (true, true) => Named::Nothing,
    }
}
