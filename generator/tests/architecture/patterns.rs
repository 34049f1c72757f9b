//! The types of the IR in, everywhere out that reads one and would not notice a new field of it.
//!
//! A pattern that names every field does not compile when one is added. So each stage that has to say all of a type takes it
//! apart by such a pattern.

use std::{collections::BTreeSet, path::PathBuf};

use syn::visit::{self, Visit};

use super::scan::{is_test_only, sources, stage};

/// What reads the IR as a whole: the dump says everything, the manifest what callers see.
const READERS: [(&str, &str); 4] = [
    ("the dump", "generator/src/ir/"),
    ("the names", "generator/src/name"),
    ("the code", "generator/src/emit"),
    ("the manifest", "generator/src/emit/manifest.rs"),
];

/// What of a document makes a part of a type, an operation or a webhook, and who besides the dump takes it apart.
const TAKEN_APART: &[(&str, &[&str])] = &[
    ("EnumValue", &["the names", "the code"]),
    ("Field", &["the names", "the code", "the manifest"]),
    ("Header", &["the code"]),
    ("Info", &["the code"]),
    ("Item", &["the names", "the code", "the manifest"]),
    ("Operation", &["the manifest"]),
    ("Parameter", &["the manifest"]),
    ("Part", &["the code"]),
    ("TypeDef", &["the manifest"]),
    ("Variant", &["the names", "the code", "the manifest"]),
    ("Webhook", &["the manifest"]),
];

/// What `refine` makes for the stages behind it.
const NOT_OF_THE_DOCUMENT: [&str; 1] = ["Client"];

#[test]
fn no_pattern_leaves_fields_of_the_ir_out() {
    let types = types();
    let is_reader = |path: &str| READERS.iter().any(|(_, place)| path.starts_with(place));
    let partial: Vec<String> = taken_apart()
        .into_iter()
        .filter(|(path, name, is_partial)| *is_partial && types.contains(name) && is_reader(path))
        .map(|(path, name, _)| format!("{path}: `{name} {{ .. }}`"))
        .collect();
    assert_eq!(
        partial, [""; 0],
        "name the fields, with `_` for those that are of no interest"
    );
}

#[test]
fn who_says_all_of_a_type_takes_it_apart() {
    let taken = taken_apart();
    let mut missing = Vec::new();
    let mut require = |name: &str, reader: &str| {
        let (_, place) = READERS.iter().find(|(known, _)| *known == reader).unwrap();
        if !taken
            .iter()
            .any(|(path, taken, _)| path.starts_with(place) && taken == name)
        {
            missing.push(format!("{reader} reads fields of `{name}` one by one"));
        }
    };
    for name in types()
        .iter()
        .filter(|name| !NOT_OF_THE_DOCUMENT.contains(&name.as_str()))
    {
        require(name, "the dump");
    }
    for (name, readers) in TAKEN_APART {
        readers.iter().for_each(|reader| require(name, reader));
    }
    assert_eq!(missing, [""; 0], "a new field would be forgotten there");
}

/// Every pattern that takes a struct apart: its file, the type, and whether it leaves fields out.
fn taken_apart() -> Vec<(String, String, bool)> {
    let of_file = |(path, text): (PathBuf, String)| {
        let mut patterns = Patterns::default();
        patterns.visit_file(&syn::parse_file(&text).unwrap());
        let path = path.to_string_lossy().into_owned();
        patterns
            .0
            .into_iter()
            .map(move |(name, partial)| (path.clone(), name, partial))
    };
    sources().into_iter().flat_map(of_file).collect()
}

/// The types of the IR that have fields with names.
fn types() -> BTreeSet<String> {
    let ir = sources().into_iter().filter(|(path, _)| stage(path) == "ir");
    let items = ir.flat_map(|(_, text)| syn::parse_file(&text).unwrap().items);
    let structs = items.filter_map(|item| match item {
        syn::Item::Struct(item) => Some(item),
        _ => None,
    });
    let named = structs
        .filter(|item| matches!(item.vis, syn::Visibility::Public(_)) && matches!(item.fields, syn::Fields::Named(_)));
    named.map(|item| item.ident.to_string()).collect()
}

/// The types that patterns take apart, each with whether some fields are left out.
#[derive(Default)]
struct Patterns(Vec<(String, bool)>);

impl<'f> Visit<'f> for Patterns {
    fn visit_item_mod(&mut self, item: &'f syn::ItemMod) {
        if !is_test_only(&item.attrs) {
            visit::visit_item_mod(self, item);
        }
    }

    fn visit_pat_struct(&mut self, pattern: &'f syn::PatStruct) {
        let names: Vec<_> = pattern
            .path
            .segments
            .iter()
            .map(|segment| segment.ident.to_string())
            .collect();
        // A variant of an enum stands behind the name of a type.
        let is_struct = |before: &String| before.starts_with(char::is_lowercase);
        match names.as_slice() {
            [before @ .., name] if before.iter().all(is_struct) => self.0.push((name.clone(), pattern.rest.is_some())),
            _ => {}
        }
        visit::visit_pat_struct(self, pattern);
    }
}
