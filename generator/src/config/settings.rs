//! The text of a `codegen.toml` in, [`Settings`] out: targets by name, or every problem with its place.

use std::collections::BTreeMap;

use indexmap::IndexMap;

use super::{
    documents,
    made::{Many, Runtime, Target},
    names::is_package_name,
    reader::{Reader, Section, location},
    target::{Made, target},
};
use crate::{
    Source,
    diagnostics::{Code, Diagnostic, Location, Refusal, Sources},
    ir::Pointer,
};

/// What a `codegen.toml` says.
#[derive(Debug, Clone)]
pub struct Settings {
    /// What to generate, by name, in the file's order. A document of a crate of several is called `CRATE.MODULE`.
    pub targets: IndexMap<String, Target>,
    /// The crates of several documents, by name.
    pub crates: IndexMap<String, Many>,
    /// The crate with the runtime of those that share one.
    pub runtime: Runtime,
    places: BTreeMap<Pointer, Location>,
}

impl Settings {
    /// Reads the settings in `source`.
    ///
    /// # Errors
    ///
    /// [`Refusal`] with every problem of the text.
    pub fn read(source: &Source<'_>) -> Result<Self, Refusal> {
        Self::of(source).map_err(|mut refusal| {
            refusal.sources = source.into();
            refusal
        })
    }

    fn of(source: &Source<'_>) -> Result<Self, Refusal> {
        let text = str::from_utf8(source.bytes).map_err(|error| {
            let valid = String::from_utf8_lossy(&source.bytes[..error.valid_up_to()]);
            refuse("the settings are not UTF-8".to_owned(), location(&valid, valid.len()))
        })?;
        let document = toml_edit::Document::parse(text).map_err(|error| {
            let start = error.span().unwrap_or_default().start;
            refuse(error.message().to_owned(), location(text, start))
        })?;
        let mut reader = Reader::new(text);
        let root = Section::root(document.as_table());
        reader.only(&root, &["targets", "runtime"]);
        let runtime = runtime(&mut reader, &root);
        let mut targets = IndexMap::new();
        let mut crates = IndexMap::new();
        if let Some(section) = reader.section(&root, "targets") {
            for name in section.keys() {
                let Some(table) = reader.section(&section, name) else {
                    continue;
                };
                let made = match target(&mut reader, name, &table, &runtime) {
                    Some(Made::One(target)) => vec![(name.to_owned(), target)],
                    Some(Made::Many(mut many, documents)) => {
                        let named = documents.into_iter().map(|(module, target)| {
                            let called = format!("{name}.{module}");
                            many.documents.insert(module, called.clone());
                            (called, target)
                        });
                        let named = named.collect();
                        crates.insert(name.to_owned(), many);
                        named
                    }
                    None => Vec::new(),
                };
                for (called, target) in made {
                    let message = format!("`{called}`, a document of a crate of several, is called as another target");
                    if targets.insert(called, target).is_some() {
                        reader.reject_name(&section, name, message, None);
                    }
                }
            }
        }
        if targets.is_empty() && reader.problems.is_empty() {
            let message = "there is no target".to_owned();
            let hint = "start with `[targets.NAME]`, and under it `document` and `output`".to_owned();
            reader.problem(Pointer::root(), 0..0, message, Some(hint));
        }
        if reader.problems.is_empty() {
            Ok(Self {
                targets,
                crates,
                runtime,
                places: reader.places,
            })
        } else {
            reader.problems.sort_by_key(|problem| problem.location);
            // A table that is read twice says twice what is wrong with it.
            reader.problems.dedup();
            Err(Refusal {
                problems: reader.problems,
                sources: Sources::default(),
            })
        }
    }

    /// Where the setting `at` of the target `name` stands. What a document does not say itself is said of its crate.
    #[must_use]
    pub fn place(&self, name: &str, at: &Pointer) -> Option<Location> {
        let targets = Pointer::root().child("targets");
        let below = |mut place: Pointer| {
            for token in at.tokens() {
                place = place.child(token);
            }
            self.places.get(&place).copied()
        };
        let Some((whole, module)) = self.document(name) else {
            return below(targets.child(name));
        };
        let whole = targets.child(whole);
        below(whole.child(documents::KEY).child(module)).or_else(|| below(whole))
    }

    /// The tables that hold the settings of the target `name`, from the top of the file on.
    #[must_use]
    pub fn path<'s>(&'s self, name: &'s str) -> Vec<&'s str> {
        match self.document(name) {
            Some((whole, module)) => vec!["targets", whole, documents::KEY, module],
            None => vec!["targets", name],
        }
    }

    /// The crate and the module of a target that is a document of several.
    fn document(&self, name: &str) -> Option<(&str, &str)> {
        self.crates.iter().find_map(|(whole, many)| {
            let mut documents = many.documents.iter();
            let (module, _) = documents.find(|(_, called)| *called == name)?;
            Some((whole.as_str(), module.as_str()))
        })
    }
}

fn refuse(message: String, location: Location) -> Refusal {
    Refusal::from(Diagnostic {
        code: Code::Setting,
        pointer: Pointer::root(),
        message,
        hint: None,
        location: Some(location),
    })
}

/// What is said of the crate with the runtime.
fn runtime<'t>(reader: &mut Reader<'t>, root: &Section<'t>) -> Runtime {
    let usual = Runtime::default();
    let Some(table) = reader.section(root, "runtime") else {
        return usual;
    };
    reader.only(&table, &["name", "output"]);
    let package = reader.string(&table, "name").unwrap_or(usual.package);
    if !is_package_name(&package) {
        reader.reject(&table, "name", format!("`{package}` is not a package name"));
    }
    if reader.string(&table, "output").is_some_and(|output| output.is_empty()) {
        reader.reject(&table, "output", "expected the folder of the crate".to_owned());
    }
    Runtime {
        output: reader.string(&table, "output").unwrap_or_else(|| package.clone()),
        package,
    }
}

#[cfg(test)]
mod tests;
