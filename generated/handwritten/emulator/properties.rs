//! What an account knows: the definition of its properties, pipelines and associations goes in; what is wrong with a
//! draft comes out.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use jiff::civil::Date;
use serde_json::{Value, json};

use super::store::Draft;

/// The most characters that a value may have.
const LONGEST: usize = 65_536;

/// The pipeline of a ticket that names none.
const DEFAULT_PIPELINE: &str = "0";

/// What the values of a property may be.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Kind {
    Text,
    Number,
    /// A day, or a moment as ISO 8601 or as milliseconds since 1970.
    Date,
    /// One of these.
    Choice(Vec<String>),
    /// One of [`Schema::pipelines`].
    Pipeline,
    /// A stage of the ticket's pipeline.
    Stage,
    /// What the server alone sets.
    ReadOnly,
}

impl Kind {
    fn wire(&self) -> &'static str {
        match self {
            Self::Text => "string",
            Self::Number => "number",
            Self::Date | Self::ReadOnly => "datetime",
            Self::Choice(_) | Self::Pipeline | Self::Stage => "enumeration",
        }
    }
}

/// What is wrong with one value of a draft.
#[derive(Debug)]
pub(super) struct Fault {
    pub(super) property: String,
    pub(super) code: &'static str,
    pub(super) message: String,
}

/// The definitions of an account.
#[derive(Debug, Clone)]
pub(super) struct Schema {
    properties: BTreeMap<String, Kind>,
    unique: BTreeSet<String>,
    pipelines: BTreeMap<String, BTreeSet<String>>,
    associations: BTreeSet<(String, i64)>,
}

impl Schema {
    /// What every account has.
    pub(super) fn new() -> Self {
        let choice = |options: &[&str]| Kind::Choice(options.iter().map(|&option| option.to_owned()).collect());
        let properties = [
            ("closed_date", Kind::Date),
            ("content", Kind::Text),
            ("createdate", Kind::Date),
            ("hs_createdate", Kind::ReadOnly),
            ("hs_file_upload", Kind::Text),
            ("hs_lastmodifieddate", Kind::ReadOnly),
            ("hs_object_id", Kind::ReadOnly),
            ("hs_pipeline", Kind::Pipeline),
            ("hs_pipeline_stage", Kind::Stage),
            ("hs_resolution", Kind::Text),
            (
                "hs_ticket_category",
                choice(&["PRODUCT_ISSUE", "BILLING_ISSUE", "FEATURE_REQUEST", "GENERAL_INQUIRY"]),
            ),
            ("hs_ticket_priority", choice(&["LOW", "MEDIUM", "HIGH", "URGENT"])),
            ("hubspot_owner_id", Kind::Number),
            ("source_type", choice(&["CHAT", "EMAIL", "FORM", "PHONE"])),
            ("subject", Kind::Text),
        ];
        // Of tickets to: contact, primary company, deal, thread, communication, call, email, meeting, note, task,
        // conversation, company, ticket, postal mail, order.
        let associations = [16, 26, 28, 32, 84, 219, 223, 225, 227, 229, 278, 339, 452, 456, 526];
        let mut schema = Self {
            properties: properties.map(|(name, kind)| (name.to_owned(), kind)).into(),
            unique: BTreeSet::new(),
            pipelines: BTreeMap::new(),
            associations: associations.map(|id| ("HUBSPOT_DEFINED".to_owned(), id)).into(),
        };
        for stage in ["1", "2", "3", "4"] {
            schema.add_stage(DEFAULT_PIPELINE.to_owned(), stage.to_owned());
        }
        schema
    }

    pub(super) fn add_text(&mut self, name: String) {
        self.properties.entry(name).or_insert(Kind::Text);
    }

    pub(super) fn add_choice(&mut self, name: String, options: Vec<String>) {
        self.properties.insert(name, Kind::Choice(options));
    }

    pub(super) fn add_unique(&mut self, name: String) {
        self.add_text(name.clone());
        self.unique.insert(name);
    }

    pub(super) fn add_stage(&mut self, pipeline: String, stage: String) {
        self.pipelines.entry(pipeline).or_default().insert(stage);
    }

    pub(super) fn add_association(&mut self, category: String, id: i64) {
        self.associations.insert((category, id));
    }

    pub(super) fn unique(&self) -> &BTreeSet<String> {
        &self.unique
    }

    pub(super) fn has_property(&self, name: &str) -> bool {
        self.properties.contains_key(name)
    }

    /// The definitions of the properties, as the server lists them.
    pub(super) fn listed(&self) -> Vec<Value> {
        let listed = self.properties.iter().map(|(name, kind)| {
            let options: Vec<&String> = match kind {
                Kind::Choice(options) => options.iter().collect(),
                Kind::Pipeline => self.pipelines.keys().collect(),
                Kind::Stage => self.pipelines.values().flatten().collect(),
                Kind::Text | Kind::Number | Kind::Date | Kind::ReadOnly => Vec::new(),
            };
            let options: Vec<_> = options
                .into_iter()
                .map(|option| json!({ "label": option, "value": option, "hidden": false }))
                .collect();
            json!({
                "name": name,
                "label": name,
                "type": kind.wire(),
                "options": options,
                "hasUniqueValue": self.unique.contains(name),
                "archived": false,
                "modificationMetadata": { "readOnlyValue": *kind == Kind::ReadOnly },
            })
        });
        listed.collect()
    }

    /// What is wrong with the values of a draft, for a ticket that is in `pipeline` already or is to be created.
    pub(super) fn faults(&self, draft: &Draft, pipeline: Option<&str>) -> Vec<Fault> {
        let given = draft.properties.get("hs_pipeline").map(String::as_str);
        let pipeline = given
            .filter(|given| !given.is_empty())
            .or(pipeline)
            .unwrap_or(DEFAULT_PIPELINE);
        let fault = |(name, value): (&String, &String)| {
            let (code, message) = self.fault(name, value, pipeline)?;
            let property = name.clone();
            Some(Fault {
                property,
                code,
                message,
            })
        };
        draft.properties.iter().filter_map(fault).collect()
    }

    fn fault(&self, name: &str, value: &str, pipeline: &str) -> Option<(&'static str, String)> {
        let Some(kind) = self.properties.get(name) else {
            return Some(("PROPERTY_DOESNT_EXIST", format!("There is no property \"{name}\".")));
        };
        if *kind == Kind::ReadOnly {
            return Some((
                "READ_ONLY_VALUE",
                format!("The property \"{name}\" is set by the server."),
            ));
        }
        if value.is_empty() {
            return None;
        }
        if value.chars().count() > LONGEST {
            let message = format!("The value of \"{name}\" is longer than {LONGEST} characters.");
            return Some(("INVALID_LENGTH", message));
        }
        let (fits, expected) = match kind {
            Kind::Text | Kind::ReadOnly => (true, String::new()),
            Kind::Number => (
                value.trim().parse::<f64>().is_ok_and(f64::is_finite),
                "a number".to_owned(),
            ),
            Kind::Date => (is_date(value), "a day or a moment".to_owned()),
            Kind::Choice(options) => (
                options.iter().any(|option| option == value),
                format!("one of {}", options.join(", ")),
            ),
            Kind::Pipeline => (self.pipelines.contains_key(value), "the id of a pipeline".to_owned()),
            Kind::Stage => (
                self.pipelines
                    .get(pipeline)
                    .is_some_and(|stages| stages.contains(value)),
                format!("the id of a stage of the pipeline {pipeline}"),
            ),
        };
        let code = match kind {
            Kind::Number => "INVALID_NUMBER",
            Kind::Date => "INVALID_DATE",
            _ => "INVALID_OPTION",
        };
        (!fits).then(|| {
            (
                code,
                format!("\"{value}\" is no value of \"{name}\", which has to be {expected}."),
            )
        })
    }

    /// What is wrong with what a draft is to be associated with.
    pub(super) fn unknown_associations(&self, draft: &Draft) -> Option<String> {
        draft.associations.iter().find_map(|association| {
            let (category, id) = (&association.category, association.type_id);
            if !is_id(&association.to) {
                return Some(format!("\"{}\" is not the id of a record.", association.to));
            }
            let is_known = self.associations.contains(&(category.clone(), id));
            (!is_known).then(|| format!("Tickets have no association of the type {id} in the category {category}."))
        })
    }
}

fn is_date(value: &str) -> bool {
    value.parse::<i64>().is_ok() || value.parse::<Timestamp>().is_ok() || value.parse::<Date>().is_ok()
}

/// Whether a text is an id as the server makes them.
pub(super) fn is_id(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit()) && text.parse::<u64>().is_ok()
}
