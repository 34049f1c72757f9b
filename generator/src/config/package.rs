//! What the crate is to say of itself in, what a registry takes out: the entries of `[package]`, by the rules of crates.io.

mod rules;

pub(crate) use rules::is_url;

use super::reader::{Reader, Section};
use crate::{diagnostics::did_you_mean, spdx};

/// The entries of `[package]` that the settings give. Those are kept up to date; all others are the user's.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PackageSettings {
    /// The version of the crate, which is not that of the API.
    pub version: Option<String>,
    /// One line about it.
    pub description: Option<String>,
    /// How the crate is licensed, as an expression of SPDX.
    pub license: Option<String>,
    /// Who made it.
    pub authors: Option<Vec<String>>,
    /// Its page.
    pub homepage: Option<String>,
    /// Where its source is.
    pub repository: Option<String>,
    /// Where its documentation is, if not at docs.rs.
    pub documentation: Option<String>,
    /// What it is found by: five at most.
    pub keywords: Option<Vec<String>>,
    /// The slugs of its categories at crates.io: five at most.
    pub categories: Option<Vec<String>>,
    /// Where it may be published.
    pub publish: Option<Publish>,
}

/// Where a crate may be published.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Publish {
    /// Everywhere, or nowhere.
    Any(bool),
    /// In these registries.
    To(Vec<String>),
}

pub(super) const PACKAGE: [&str; 10] = [
    "version",
    "description",
    "license",
    "authors",
    "homepage",
    "repository",
    "documentation",
    "keywords",
    "categories",
    "publish",
];

/// The settings in the table `package`.
pub(super) fn package<'t>(reader: &mut Reader<'t>, section: &Section<'t>) -> PackageSettings {
    let Some(table) = reader.section(section, "package") else {
        return PackageSettings::default();
    };
    reader.only(&table, &PACKAGE);
    PackageSettings {
        version: text(reader, &table, "version", rules::version),
        description: text(reader, &table, "description", rules::description),
        license: license(reader, &table),
        authors: list(reader, &table, "authors", usize::MAX, rules::author),
        homepage: text(reader, &table, "homepage", rules::url),
        repository: text(reader, &table, "repository", rules::url),
        documentation: text(reader, &table, "documentation", rules::url),
        keywords: list(reader, &table, "keywords", rules::MOST, rules::keyword),
        categories: categories(reader, &table),
        publish: publish(reader, &table),
    }
}

/// What a text has to be, where it is not.
type Rule = fn(&str) -> Result<(), &'static str>;

fn text<'t>(reader: &mut Reader<'t>, table: &Section<'t>, key: &str, rule: Rule) -> Option<String> {
    let text = reader.string(table, key)?;
    if let Err(wanted) = rule(&text) {
        let message = format!("`{}` is {wanted}", text.escape_debug());
        reader.reject(table, key, message);
    }
    Some(text)
}

fn license<'t>(reader: &mut Reader<'t>, table: &Section<'t>) -> Option<String> {
    let text = reader.string(table, "license")?;
    if !spdx::is_expression(&text) {
        let message = format!("`{}` is no expression of SPDX", text.escape_debug());
        let hint = match spdx::identifier(&text) {
            Some(identifier) => did_you_mean(identifier),
            None => "such as `MIT OR Apache-2.0`".to_owned(),
        };
        reader.reject_with(table, "license", message, hint);
    }
    Some(text)
}

/// The texts in the array under `key`, where there is one.
fn list<'t>(reader: &mut Reader<'t>, table: &Section<'t>, key: &str, most: usize, rule: Rule) -> Option<Vec<String>> {
    Reader::shape(table, key)?;
    let texts = reader.strings(table, key);
    if texts.len() > most {
        let message = format!("crates.io takes {most} {key} at most, and these are {}", texts.len());
        reader.reject(table, key, message);
    }
    for text in &texts {
        if let Err(wanted) = rule(text) {
            reader.reject(table, key, format!("`{}` is {wanted}", text.escape_debug()));
        }
    }
    Some(texts)
}

fn categories<'t>(reader: &mut Reader<'t>, table: &Section<'t>) -> Option<Vec<String>> {
    let slugs = list(reader, table, "categories", rules::MOST, |_| Ok(()))?;
    for slug in slugs.iter().filter(|slug| !rules::CATEGORIES.contains(&slug.as_str())) {
        let message = format!("`{}` is no category of crates.io", slug.escape_debug());
        let hint = match super::nearest(slug, rules::CATEGORIES.into_iter()) {
            Some(near) => did_you_mean(near),
            None => "they are listed at https://crates.io/category_slugs".to_owned(),
        };
        reader.reject_with(table, "categories", message, hint);
    }
    Some(slugs)
}

fn publish<'t>(reader: &mut Reader<'t>, table: &Section<'t>) -> Option<Publish> {
    if Reader::shape(table, "publish")? {
        return Some(Publish::To(reader.strings(table, "publish")));
    }
    reader.said(table, "publish").map(Publish::Any)
}

#[cfg(test)]
mod tests;
