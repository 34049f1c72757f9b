//! The first line of the file: names in, what becomes of each column out.

use std::collections::BTreeMap;

use anyhow::bail;
use hubspot_tickets_batch::models::{CreateTicket, Properties};
use hubspot_tickets_batch::tickets::AssociationKind;

/// What becomes of a column.
#[derive(Debug, Clone)]
pub(crate) enum Column {
    /// Its values are those of a property.
    Property(String),
    /// Its values are ids of records.
    Association(AssociationKind),
    /// It is left out.
    Ignored,
}

/// The columns of a file.
#[derive(Debug, Clone)]
pub(crate) struct Columns {
    /// Their names in the file.
    pub(crate) names: Vec<String>,
    targets: Vec<Column>,
}

impl Columns {
    /// Reads the names in the first line.
    ///
    /// # Errors
    ///
    /// A name is missing, is there twice, or stands for nothing.
    pub(crate) fn new(names: &[String], separator: char, maps: &[(String, String)]) -> anyhow::Result<Self> {
        let names: Vec<_> = names.iter().map(|name| name.trim().to_owned()).collect();
        let mut seen = BTreeMap::new();
        for (name, number) in names.iter().zip(1..) {
            if name.is_empty() {
                bail!("line 1: column {number} has no name");
            }
            if let Some(other) = seen.insert(name, number) {
                bail!("line 1: two columns are called `{name}`, the {other}. and the {number}.");
            }
        }
        let mut mapped = BTreeMap::new();
        for (column, target) in maps {
            if !names.contains(column) {
                bail!("--map {column}={target}: there is no column `{column}`");
            }
            if mapped.insert(column, target).is_some() {
                bail!("--map {column}={target}: the column `{column}` has been mapped before");
            }
        }
        let target = |name: &String| match mapped.get(name) {
            Some(target) => Column::parse(target),
            None if name.starts_with('#') => Ok(Column::Ignored),
            None => Column::parse(name),
        };
        let targets = names.iter().map(target).collect::<anyhow::Result<Vec<_>>>()?;
        let mut filled = BTreeMap::new();
        for (column, name) in targets.iter().zip(&names) {
            if let Column::Property(property) = column
                && let Some(other) = filled.insert(property.as_str(), name)
            {
                bail!("the columns `{other}` and `{name}` are both to fill `{property}`");
            }
        }
        if !filled.contains_key("subject") {
            let other = [',', ';', '\t']
                .into_iter()
                .find(|&other| other != separator && names.iter().any(|name| name.contains(other)));
            match other {
                Some('\t') => bail!("its columns are separated by tabs; say `--separator tab`"),
                Some(other) => bail!("its columns are separated by {other:?}; say `--separator '{other}'`"),
                None => bail!("it has no column `subject`, and no ticket can be without one; see `--map`"),
            }
        }
        Ok(Self { names, targets })
    }

    /// The properties that columns fill.
    pub(crate) fn properties(&self) -> impl Iterator<Item = &str> {
        self.targets.iter().filter_map(|column| match column {
            Column::Property(name) => Some(name.as_str()),
            Column::Association(_) | Column::Ignored => None,
        })
    }

    /// The place of the column that fills a property.
    pub(crate) fn place(&self, property: &str) -> Option<usize> {
        let is_it = |column: &Column| matches!(column, Column::Property(name) if name == property);
        self.targets.iter().position(is_it)
    }

    /// The ticket that a row says.
    pub(crate) fn ticket(&self, fields: &[String]) -> CreateTicket {
        let mut ticket = CreateTicket::new(Properties::new());
        for (column, value) in self.targets.iter().zip(fields).filter(|(_, value)| !value.is_empty()) {
            ticket = match column {
                Column::Property(name) => ticket.property(name, value),
                Column::Association(kind) => {
                    let ids = value.split(';').map(str::trim).filter(|id| !id.is_empty());
                    ids.fold(ticket, |ticket, id| ticket.associate(kind.to(id)))
                }
                Column::Ignored => ticket,
            };
        }
        ticket
    }

    /// What becomes of each column, in words that a change of it would change.
    pub(crate) fn describe(&self) -> String {
        let described = self.names.iter().zip(&self.targets).map(|(name, column)| match column {
            Column::Property(property) => format!("{name}={property}"),
            Column::Association(kind) => format!("{name}=@{}", kind.type_id()),
            Column::Ignored => format!("{name}="),
        });
        described.collect::<Vec<_>>().join(", ")
    }
}

impl Column {
    fn parse(name: &str) -> anyhow::Result<Self> {
        Ok(match name.strip_prefix('@') {
            None if name.is_empty() => Self::Ignored,
            None => Self::Property(name.to_owned()),
            Some("contact") => Self::Association(AssociationKind::CONTACT),
            Some("company") => Self::Association(AssociationKind::COMPANY),
            Some("primary-company") => Self::Association(AssociationKind::PRIMARY_COMPANY),
            Some("deal") => Self::Association(AssociationKind::DEAL),
            Some("ticket") => Self::Association(AssociationKind::TICKET),
            Some(other) => bail!("the column `@{other}` names no kind of record that this program knows"),
        })
    }
}
