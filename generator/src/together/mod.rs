//! Documents that were understood in, one crate out: a module for each, and what they have in common once.
//!
//! Each document is emitted as for a crate of its own, and its files go below its module. The runtime is that of all. A file
//! of models that is the same in several documents stands in the first of them, the others name it: one type, so that what
//! handles it handles it wherever it comes from.

mod alike;

use crate::{
    Config, Files, Generated, Manifest, NAMELESS, Understood,
    config::Runtime,
    emit,
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
#[must_use]
pub fn together(documents: Vec<(String, Understood)>, config: &Config) -> Together {
    let (files, below) = stack::deep(|| joined(&documents, config));
    let documents = documents.into_iter().zip(below);
    let documents = documents.map(|((module, understood), files)| {
        let mut generated = understood.generated(files);
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
    for document in &together.documents {
        together.files.sources.extend(document.files.sources.clone());
    }
    together
}

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

/// The files beside the modules, and those below each.
fn joined(documents: &[(String, Understood)], config: &Config) -> (Files, Vec<Files>) {
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
    let shared = if config.tag_features || config.share == Some(false) {
        Vec::new()
    } else {
        let whole = documents.iter().map(|(_, understood)| understood).zip(&rendered);
        alike::alike(&whole.collect::<Vec<_>>())
    };
    let below = documents
        .iter()
        .zip(&rendered)
        .enumerate()
        .map(|(index, ((module, understood), files))| {
            let root = Root {
                path: module,
                flag: "feature",
                outside: Some("runtime"),
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
    let common = Files {
        sources: render::rendered(common, NAMELESS),
        package,
    };
    (common, below)
}

/// Where a file of a crate goes below a module.
fn placed(path: &str, module: &str) -> String {
    match path.strip_prefix("src/") {
        Some("lib.rs") => format!("src/{module}/mod.rs"),
        Some(below) => format!("src/{module}/{below}"),
        None => format!("src/{module}/{path}"),
    }
}

/// A file of models that are those of the document in `keeper`.
fn named(text: &str, understood: &Understood, path: &str, keeper: &str) -> String {
    let is_it = |model: &&Model| {
        path.strip_suffix(".rs")
            .is_some_and(|path| path.ends_with(&format!("/{}", model.module.as_str())))
    };
    let types = understood
        .names
        .models
        .iter()
        .find(is_it)
        .into_iter()
        .flat_map(|model| &model.types);
    let names: Vec<&str> = types.map(|id| understood.names.types[id.index()].as_str()).collect();
    let names = match names.as_slice() {
        [name] => (*name).to_owned(),
        names => format!("{{{}}}", names.join(", ")),
    };
    format!(
        "{}\n//! The same as in [`{keeper}`](crate::{keeper}::models).\n\npub use crate::{keeper}::models::{names};\n",
        heading(text)
    )
}
