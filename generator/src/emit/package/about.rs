//! What the settings and the document say of the crate in, the entries of `[package]` out.

use super::super::Emitter;
use crate::{
    config::{PackageSettings, Publish, is_url},
    spdx,
};

/// An entry of `[package]`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Its key.
    pub key: &'static str,
    /// What it says.
    pub value: EntryValue,
    /// Whether the settings say so, and it is kept as they have it. All others are written when the file is created, and
    /// are the user's afterwards.
    pub is_kept: bool,
    /// What stands behind it when it is written.
    pub comment: Option<&'static str>,
}

/// What an [`Entry`] says.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub enum EntryValue {
    Flag(bool),
    Text(String),
    List(Vec<String>),
}

/// How the API is licensed says nothing about the client.
const OF_THE_API: &str = "of the API; that of this crate is yours to say";

impl Entry {
    fn new(key: &'static str, value: impl Into<EntryValue>) -> Self {
        Self {
            key,
            value: value.into(),
            is_kept: false,
            comment: None,
        }
    }

    fn commented(mut self, comment: &'static str) -> Self {
        self.comment = Some(comment);
        self
    }
}

impl From<&str> for EntryValue {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for EntryValue {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

/// What the document says of the crate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::emit) struct About {
    pub(in crate::emit) description: String,
    /// How the API is licensed, where that is said in a way that is understood.
    pub(in crate::emit) license: Option<String>,
    /// A page about the API.
    pub(in crate::emit) homepage: Option<String>,
}

impl About {
    /// All entries but the name, in the order in which they are written.
    pub(super) fn entries(self, said: &PackageSettings, has_calls: bool, rust_version: &str) -> Vec<Entry> {
        let text = |key, said: &Option<String>| {
            said.as_ref().map(|text| Entry {
                is_kept: true,
                ..Entry::new(key, text.as_str())
            })
        };
        let list = |key, said: &Option<Vec<String>>| {
            said.as_ref().map(|texts| Entry {
                is_kept: true,
                ..Entry::new(key, EntryValue::List(texts.clone()))
            })
        };
        let license = || Some(Entry::new("license", self.license?).commented(OF_THE_API));
        let homepage = || Some(Entry::new("homepage", self.homepage?).commented("of the API"));
        let categories =
            || has_calls.then(|| Entry::new("categories", EntryValue::List(vec!["api-bindings".to_owned()])));
        let publish = said.publish.as_ref().map(|publish| Entry {
            is_kept: true,
            ..Entry::new(
                "publish",
                match publish {
                    Publish::Any(is_allowed) => EntryValue::Flag(*is_allowed),
                    Publish::To(registries) => EntryValue::List(registries.clone()),
                },
            )
        });
        let entries = [
            Some(text("version", &said.version).unwrap_or_else(|| Entry::new("version", "0.1.0"))),
            Some(Entry::new("edition", "2024")),
            Some(Entry::new("rust-version", rust_version)),
            Some(text("description", &said.description).unwrap_or_else(|| Entry::new("description", self.description))),
            text("license", &said.license).or_else(license),
            list("authors", &said.authors),
            text("homepage", &said.homepage).or_else(homepage),
            text("repository", &said.repository),
            text("documentation", &said.documentation),
            list("keywords", &said.keywords),
            list("categories", &said.categories).or_else(categories),
            Some(publish.unwrap_or_else(|| Entry::new("publish", EntryValue::Flag(false)))),
        ];
        entries.into_iter().flatten().collect()
    }
}

impl Emitter<'_> {
    /// What its document says of the crate.
    pub(in crate::emit) fn about_package(self, has_calls: bool) -> About {
        About {
            description: self.description(has_calls),
            license: self.license(),
            homepage: self.homepage(),
        }
    }

    fn description(self, has_calls: bool) -> String {
        // Cargo hands it to rustc in the environment, where not every character can be.
        let words = self
            .api
            .info
            .title
            .split(|char: char| char.is_whitespace() || char.is_control());
        let title = words.filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ");
        let kind = if has_calls { "A client for" } else { "The types of" };
        format!("{kind} {title}")
    }

    /// How the API is licensed, where that is said in a way that is understood.
    fn license(self) -> Option<String> {
        let license = self.api.info.license.as_ref()?;
        let expression = license.identifier.as_deref().map(str::trim);
        match expression.filter(|text| spdx::is_expression(text)) {
            Some(expression) => Some(expression.to_owned()),
            None => spdx::identifier(&license.name).map(str::to_owned),
        }
    }

    /// A page about the API: its documentation, or that of whoever is asked about it.
    fn homepage(self) -> Option<String> {
        let info = &self.api.info;
        let contact = info.contact.as_ref().and_then(|contact| contact.url.as_ref());
        let mut pages = [info.link.as_ref(), contact].into_iter().flatten();
        pages.find(|page| is_url(page)).cloned()
    }
}
