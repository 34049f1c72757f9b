//! Objects and bodies in XML in, the names of their tables out. Nobody but the crate itself sees them.

use super::{
    ident::Ident,
    reserved::Namespace,
    scope::{Scope, Wish},
    words::words,
};
use crate::ir::{Api, Pointer};

/// What stands between names in a description, and is none.
const STRUCTURE: [&str; 12] = [
    "components",
    "schemas",
    "properties",
    "schema",
    "content",
    "paths",
    "responses",
    "requestBody",
    "allOf",
    "oneOf",
    "anyOf",
    "$defs",
];

/// The names of objects and of bodies.
pub(super) fn tables(api: &Api) -> (Vec<Ident>, Vec<Ident>) {
    let objects = api.xml.objects.iter().map(|object| wish(&object.pointer));
    let roots = api.xml.roots.iter().map(|root| {
        let name = words(&root.name);
        let names = [&["body".to_owned(), "of".to_owned()], name.as_slice()].concat();
        Wish::words(root.to_string(), vec![names])
    });
    let wishes: Vec<Wish> = objects.chain(roots).collect();
    let mut names: Vec<Ident> = Scope::default().settle(&wishes, Namespace::Constant);
    let roots = names.split_off(api.xml.objects.len());
    (names, roots)
}

fn wish(pointer: &Pointer) -> Wish {
    let tokens: Vec<String> = pointer.tokens().collect();
    let names = tokens.iter().filter(|token| !STRUCTURE.contains(&token.as_str()));
    let all: Vec<String> = tokens.iter().flat_map(|token| words(token)).collect();
    let short: Vec<String> = names.flat_map(|token| words(token)).collect();
    let best = if short.is_empty() { all.clone() } else { short };
    Wish::words(pointer.reference(), vec![best, all])
}
