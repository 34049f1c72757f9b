//! The emulator's tickets: changes go in, the state that a server would keep comes out.

use std::collections::BTreeMap;

use jiff::Timestamp;

use super::properties::Schema;

/// A ticket as the emulator has it.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct StoredTicket {
    /// Its id, which is also its place in the order of creation.
    pub id: u64,
    /// What its properties were over time, the latest last. A cleared property has an empty value.
    pub history: BTreeMap<String, Vec<Version>>,
    /// What it is associated with.
    pub associations: Vec<Association>,
    /// The trace id that it was created under.
    pub trace_id: Option<String>,
    /// When it was created.
    pub created_at: Timestamp,
    /// When it was last changed.
    pub updated_at: Timestamp,
    /// When it was archived.
    pub archived_at: Option<Timestamp>,
}

/// A value that a property has or had.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Version {
    /// The value.
    pub value: String,
    /// Since when.
    pub timestamp: Timestamp,
}

/// An association to another record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Association {
    /// The id of the other record.
    pub to: String,
    /// Who defined the type.
    pub category: String,
    /// The number of the type.
    pub type_id: i64,
}

impl StoredTicket {
    /// The present value of a property; `None` where it was never set or has been cleared.
    #[must_use]
    pub fn property(&self, name: &str) -> Option<&str> {
        self.history
            .get(name)?
            .last()
            .map(|version| version.value.as_str())
            .filter(|value| !value.is_empty())
    }

    /// The properties that have a value.
    pub fn properties(&self) -> impl Iterator<Item = (&str, &str)> {
        self.history
            .keys()
            .filter_map(|name| Some((name.as_str(), self.property(name)?)))
    }
}

/// What a caller wants a ticket to be.
#[derive(Debug, Default)]
pub(super) struct Draft {
    pub(super) properties: BTreeMap<String, String>,
    pub(super) associations: Vec<Association>,
    pub(super) trace_id: Option<String>,
}

/// All tickets, the way from unique values to them, and what the account knows.
#[derive(Debug)]
pub(super) struct Store {
    schema: Schema,
    tickets: BTreeMap<u64, StoredTicket>,
    /// By property, then by value.
    unique: BTreeMap<String, BTreeMap<String, u64>>,
    next: u64,
}

/// The real server's ids are large and have gaps; both would catch a client that takes them for positions.
const FIRST_ID: u64 = 17_000_000_003;
const GAP: u64 = 7;

impl Store {
    pub(super) fn new(schema: Schema) -> Self {
        let unique = schema.unique().iter().map(|name| (name.clone(), BTreeMap::new()));
        Self {
            unique: unique.collect(),
            schema,
            tickets: BTreeMap::new(),
            next: FIRST_ID,
        }
    }

    pub(super) fn schema(&self) -> &Schema {
        &self.schema
    }

    pub(super) fn tickets(&self) -> impl Iterator<Item = &StoredTicket> {
        self.tickets.values()
    }

    pub(super) fn get(&self, id: u64) -> Option<&StoredTicket> {
        self.tickets.get(&id)
    }

    pub(super) fn is_unique(&self, property: &str) -> bool {
        self.unique.contains_key(property)
    }

    /// The ticket with this id or, with a property, with this value of it.
    pub(super) fn find(&self, id: &str, property: Option<&str>) -> Option<u64> {
        match property {
            None | Some("hs_object_id") => id.parse().ok().filter(|id| self.tickets.contains_key(id)),
            Some(property) => self.unique.get(property)?.get(id).copied(),
        }
    }

    /// The unique properties of `draft` whose value another ticket than `own` has already.
    pub(super) fn conflicts(&self, draft: &Draft, own: Option<u64>) -> Vec<String> {
        let taken = |name: &str, value: &str| {
            let holder = self.unique.get(name).and_then(|values| values.get(value)).copied();
            holder.is_some() && holder != own
        };
        draft
            .properties
            .iter()
            .filter(|(name, value)| taken(name, value))
            .map(|(name, _)| name.clone())
            .collect()
    }

    pub(super) fn create(&mut self, draft: Draft, now: Timestamp) -> u64 {
        let id = self.next;
        self.next += GAP;
        let ticket = StoredTicket {
            id,
            history: BTreeMap::new(),
            associations: draft.associations,
            trace_id: draft.trace_id,
            created_at: now,
            updated_at: now,
            archived_at: None,
        };
        self.tickets.insert(id, ticket);
        self.set(id, draft.properties, now);
        id
    }

    pub(super) fn set(&mut self, id: u64, properties: BTreeMap<String, String>, now: Timestamp) {
        let Some(ticket) = self.tickets.get_mut(&id) else {
            return;
        };
        ticket.updated_at = now;
        for (name, value) in properties {
            if let Some(values) = self.unique.get_mut(&name) {
                if let Some(old) = ticket.property(&name) {
                    values.remove(old);
                }
                if !value.is_empty() {
                    values.insert(value.clone(), id);
                }
            }
            ticket
                .history
                .entry(name)
                .or_default()
                .push(Version { value, timestamp: now });
        }
    }

    pub(super) fn archive(&mut self, id: u64, now: Timestamp) {
        if let Some(ticket) = self.tickets.get_mut(&id) {
            ticket.archived_at.get_or_insert(now);
        }
    }
}
