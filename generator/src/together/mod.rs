//! Documents that were understood in, one crate out: a module for each, and what they have in common once.
//!
//! Each document is emitted as for a crate of its own, and its files go below its module. The runtime is that of all. A file
//! of models that is the same in several documents stands in the first of them, the others name it: one type, so that what
//! handles it handles it wherever it comes from.

mod alike;

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt,
};

use crate::{
    Config, Diagnostic, Files, Generated, Manifest, NAMELESS, Understood,
    config::{Runtime, is_module_name, is_of_crate},
    emit::{self, WITHIN},
    ir::TypeId,
    name::Model,
    render::{self, Root, heading},
    stack,
};

/// What came of several documents.
#[derive(Debug)]
pub struct Together {
    /// The files of the crate.
    pub files: Files,
    /// What came of each document, in their order. Its files are those below its module.
    pub documents: Vec<Generated>,
}

/// Turns documents, each under the name of its module, into the files of the crate that `config` is about.
///
/// Those of their own settings that are about a crate and not about a document are not looked at, but for
/// [`features`](Config::tag_features): where they stand behind features, nothing is one for several documents.
///
/// ```
/// use generator::{Config, Source, together, understand};
///
/// let config = Config { crate_name: "shop".to_owned(), ..Config::default() };
/// let mut documents = Vec::new();
/// for name in ["orders", "owners"] {
///     let text = format!("openapi: 3.1.0\ninfo: {{ title: {name}, version: '1' }}\npaths: {{}}");
///     let understood = understand(&Source { name, bytes: text.as_bytes() }, &config, &|_| ())?;
///     documents.push((name.to_owned(), understood));
/// }
/// let shop = together(documents, &config)?;
/// assert!(shop.files.sources.contains_key("src/owners/mod.rs"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
///
/// [`ModuleError`] where a document cannot have the name that it has.
pub fn together(documents: Vec<(String, Understood)>, config: &Config) -> Result<Together, ModuleError> {
    check(&documents, config)?;
    let (files, below, keepers) = stack::deep(|| joined(&documents, config));
    let documents = documents.into_iter().zip(below).zip(keepers);
    let documents = documents.map(|(((module, understood), files), keepers)| {
        let mut generated = understood.generated(files, &keepers);
        if let Some(manifest) = generated.files.sources.shift_remove(Manifest::PATH) {
            generated
                .files
                .sources
                .insert(format!("src/{module}/{}", Manifest::PATH), manifest);
        }
        generated
    });
    let mut together = Together {
        files,
        documents: documents.collect(),
    };
    match_any(&mut together.documents);
    for document in &together.documents {
        together.files.sources.extend(document.files.sources.clone());
    }
    Ok(together)
}

/// Of a setting of the crate it is enough that one of the documents has what it names.
fn match_any(documents: &mut [Generated]) {
    let all: Vec<Vec<Diagnostic>> = documents.iter().map(|document| document.unmatched.clone()).collect();
    for (index, document) in documents.iter_mut().enumerate() {
        document.unmatched.retain(|diagnostic| {
            let is_said = |of: &Vec<Diagnostic>| of.iter().any(|other| other.pointer == diagnostic.pointer);
            let is_of_document = !diagnostic.pointer.tokens().next().is_some_and(|key| is_of_crate(&key));
            is_of_document || index == 0 && all.iter().all(is_said)
        });
    }
}

/// A document under a name that its module cannot have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ModuleError {
    name: String,
    is_taken: bool,
}

impl fmt::Display for ModuleError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let why = if self.is_taken {
            "another one is called so"
        } else {
            "it is no name in small letters that Rust leaves free"
        };
        write!(
            formatter,
            "no module for a document can be called `{}`: {why}",
            self.name
        )
    }
}

impl std::error::Error for ModuleError {}

fn check(documents: &[(String, Understood)], config: &Config) -> Result<(), ModuleError> {
    let mut taken: BTreeSet<&str> = config.modules.keys().map(String::as_str).collect();
    taken.insert("runtime");
    for (name, _) in documents {
        let is_taken = !taken.insert(name);
        if is_taken || !is_module_name(name) {
            return Err(ModuleError {
                name: name.clone(),
                is_taken,
            });
        }
    }
    Ok(())
}

/// For each type that is another document's: its path, and that which it has there with the module before it.
pub(crate) type Keepers = BTreeMap<String, String>;

/// The crate with the runtime that several others share: all of it, whatever documents these are made of.
#[must_use]
pub fn shared_runtime(runtime: &Runtime, standalone: bool) -> Files {
    let config = Config {
        crate_name: runtime.package.clone(),
        standalone,
        ..Config::default()
    };
    stack::deep(|| render::render(emit::shared(&config), NAMELESS))
}

/// Whether the crate of [`shared_runtime`] can have this name, or it depends on one that has.
#[must_use]
pub fn can_have_runtime(name: &str) -> bool {
    emit::can_have_runtime(name)
}

/// The files beside the modules, those below each, and of each what is another's.
fn joined(documents: &[(String, Understood)], config: &Config) -> (Files, Vec<Files>, Vec<Keepers>) {
    let subjects: Vec<_> = documents
        .iter()
        .map(|(module, understood)| (module.as_str(), understood.subject()))
        .collect();
    let emit::Together {
        documents: emitted,
        common,
        package,
    } = emit::together(&subjects, config);
    let rendered = emitted.into_iter().zip(documents);
    let rendered = rendered.map(|(modules, (_, understood))| Files {
        sources: render::rendered(modules, &understood.name),
        package: package.clone(),
    });
    let rendered: Vec<Files> = rendered.collect();
    // What is the crate's, and not a document's.
    let modules = documents.iter().map(|(module, _)| module.as_str());
    let modules = modules.filter(|module| !WITHIN.contains(module));
    let outside = ["runtime"].into_iter().chain(config.modules.keys().map(String::as_str));
    let outside: Vec<&str> = outside.chain(modules).collect();
    let shared = if config.tag_features || config.share == Some(false) {
        Vec::new()
    } else {
        let whole = documents.iter().map(|(_, understood)| understood).zip(&rendered);
        alike::alike(&whole.collect::<Vec<_>>(), &outside)
    };
    let below = documents
        .iter()
        .zip(&rendered)
        .enumerate()
        .map(|(index, ((module, understood), files))| {
            let root = Root {
                path: module,
                flag: "feature",
                outside: &outside,
            };
            let sources = files.sources.iter().map(|(path, text)| {
                let keeper = shared.get(index).and_then(|shared| shared.get(path));
                let text = match keeper {
                    Some(keeper) => named(text, understood, path, &documents[*keeper].0),
                    None => root.rooted(text),
                };
                (placed(path, module), text)
            });
            Files {
                sources: sources.collect(),
                package: package.clone(),
            }
        });
    let below = below.collect();
    let keepers = documents.iter().enumerate().map(|(index, (_, understood))| {
        let shared = shared.get(index).into_iter().flatten();
        let types = shared.flat_map(|(path, keeper)| {
            let keeper = &documents[*keeper].0;
            types_in(understood, path).map(move |id| {
                let path = understood.names.path_of(id);
                let there = format!("{keeper}::{path}");
                (path, there)
            })
        });
        types.collect()
    });
    let keepers = keepers.collect();
    let common = Files {
        sources: render::rendered(common, NAMELESS),
        package,
    };
    (common, below, keepers)
}

/// Where a file of a crate goes below a module.
fn placed(path: &str, module: &str) -> String {
    match path.strip_prefix("src/") {
        Some("lib.rs") => format!("src/{module}/mod.rs"),
        Some(below) => format!("src/{module}/{below}"),
        None => format!("src/{module}/{path}"),
    }
}

/// The types in the file of models at `path`.
fn types_in(understood: &Understood, path: &str) -> impl Iterator<Item = TypeId> {
    let is_it = |model: &&Model| {
        let file = path.strip_suffix(".rs").and_then(|path| path.rsplit('/').next());
        file == Some(model.module.as_str())
    };
    let model = understood.names.models.iter().find(is_it);
    model.into_iter().flat_map(|model| model.types.iter().copied())
}

/// A file of models that are those of the document in `keeper`.
fn named(text: &str, understood: &Understood, path: &str, keeper: &str) -> String {
    let names = types_in(understood, path).map(|id| understood.names.types[id.index()].as_str());
    let names: Vec<&str> = names.collect();
    let names = match names.as_slice() {
        [name] => (*name).to_owned(),
        names => format!("{{{}}}", names.join(", ")),
    };
    format!(
        "{}\n//! The same as in [`{keeper}`](crate::{keeper}::models).\n\npub use crate::{keeper}::models::{names};\n",
        heading(text)
    )
}
