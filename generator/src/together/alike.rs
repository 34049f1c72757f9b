//! The files of models of several documents in, those that are the same in several of them out.
//!
//! The same are files of one name and one text, in which every name means the same again. What holds itself is compared as a
//! whole, by splitting: all are taken for the same that read the same, until what they name tells them apart.

use std::collections::BTreeMap;

use crate::{
    Understood,
    ir::{Type, TypeId},
    lexis::word,
    name::Model,
    render::{Files, body},
};

/// A file of models, by the position of its document and its own.
type Place = (usize, usize);

/// For each document, the files of models that it has from another one: by the path of each, the position of that document.
/// Modules that are `outside` of all of them are the same for all.
pub(super) fn alike(documents: &[(&Understood, &Files)], outside: &[&str]) -> Vec<BTreeMap<String, usize>> {
    let mut places: Vec<Place> = Vec::new();
    let mut known: BTreeMap<Place, usize> = BTreeMap::new();
    for (document, (understood, _)) in documents.iter().enumerate() {
        for model in 0..understood.names.models.len() {
            known.insert((document, model), places.len());
            places.push((document, model));
        }
    }
    let parts: Vec<Vec<usize>> = documents
        .iter()
        .enumerate()
        .flat_map(|(document, (understood, _))| {
            let parts = parts(understood).into_iter();
            parts
                .map(|parts| parts.into_iter().map(|part| known[&(document, part)]).collect())
                .collect::<Vec<_>>()
        })
        .collect();
    let texts = places.iter().map(|(document, model)| {
        let (understood, files) = documents[*document];
        let path = path(&understood.names.models[*model]);
        let text = files.sources.get(&path).map_or("", |text| body(text));
        // What is said of anything else of the document is said of that alone.
        let alone = is_of_its_document(text, outside).then_some(*document);
        (path, text, alone)
    });
    let mut classes = numbered(texts);
    loop {
        let split = numbered(classes.iter().zip(&parts).map(|(class, parts)| {
            let parts: Vec<usize> = parts.iter().map(|part| classes[*part]).collect();
            (*class, parts)
        }));
        if split == classes {
            break;
        }
        classes = split;
    }
    let mut first: BTreeMap<usize, usize> = BTreeMap::new();
    let mut found = vec![BTreeMap::new(); documents.len()];
    for ((document, model), class) in places.into_iter().zip(classes) {
        let keeper = *first.entry(class).or_insert(document);
        if keeper != document {
            found[document].insert(path(&documents[document].0.names.models[model]), keeper);
        }
    }
    found
}

/// The path of a file of models in the crate of its document.
fn path(model: &Model) -> String {
    format!("src/models/{}.rs", model.module.as_str())
}

/// Whether a text names what is generated for its document beside models.
fn is_of_its_document(text: &str, outside: &[&str]) -> bool {
    let mut named = text.split("crate::").skip(1);
    named.any(|name| !outside.contains(&&name[..word(name)]))
}

/// For each file of models, those whose types it names.
fn parts(understood: &Understood) -> Vec<Vec<usize>> {
    let mut homes: Vec<Option<usize>> = vec![None; understood.api.types.len()];
    for (index, model) in understood.names.models.iter().enumerate() {
        for id in &model.types {
            homes[id.index()] = Some(index);
        }
    }
    let named = |id: &TypeId| {
        let definition = &understood.api.types[*id];
        let parts: Vec<TypeId> = definition
            .shape
            .parts()
            .into_iter()
            .flat_map(Type::definitions)
            .collect();
        parts.into_iter().chain(definition.same_as)
    };
    let models = understood.names.models.iter();
    let parts = models.map(|model| {
        let mut parts: Vec<usize> = model
            .types
            .iter()
            .flat_map(named)
            .filter_map(|id| homes[id.index()])
            .collect();
        parts.sort_unstable();
        parts.dedup();
        parts
    });
    parts.collect()
}

/// The same number for the same value, in the order in which they are met.
fn numbered<T: Ord>(values: impl IntoIterator<Item = T>) -> Vec<usize> {
    let mut known = BTreeMap::new();
    let number = |value| {
        let next = known.len();
        *known.entry(value).or_insert(next)
    };
    values.into_iter().map(number).collect()
}
