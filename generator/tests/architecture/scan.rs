//! The sources in, what they name and take apart out.

use std::{
    fs,
    path::{Path, PathBuf},
};

use proc_macro2::{TokenStream, TokenTree};
use syn::visit::{self, Visit};

pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// The generator, without its tests.
pub(crate) fn sources() -> Vec<(PathBuf, String)> {
    rust_files("generator/src")
        .into_iter()
        .filter(|(path, _)| !is_test(path))
        .collect()
}

/// The files that people write.
pub(crate) fn own_files() -> Vec<(PathBuf, String)> {
    let generator = ["generator/src", "generator/tests", "generator/runtime", "xtask"];
    let generated = ["generated/handwritten", "generated/tests", "generated/examples"];
    generator
        .iter()
        .chain(&generated)
        .flat_map(|folder| rust_files(folder))
        .collect()
}

/// Every Rust file below `folder`, with its path from the top, sorted.
pub(crate) fn rust_files(folder: &str) -> Vec<(PathBuf, String)> {
    let mut files = Vec::new();
    let mut open = vec![root().join(folder)];
    while let Some(folder) = open.pop() {
        let Ok(entries) = fs::read_dir(&folder) else { continue };
        for entry in entries {
            let path = entry.unwrap().path();
            if path.is_dir() {
                open.push(path);
            } else if path.extension().is_some_and(|kind| kind == "rs") {
                let text = fs::read_to_string(&path).unwrap();
                files.push((path.strip_prefix(root()).unwrap().to_owned(), text));
            }
        }
    }
    files.retain(|(path, _)| !path.components().any(|part| part.as_os_str() == "target"));
    files.sort();
    files
}

pub(crate) fn stage(path: &Path) -> String {
    let inside = path.strip_prefix("generator/src").unwrap();
    let first = Path::new(inside.components().next().unwrap().as_os_str());
    first.file_stem().unwrap().to_str().unwrap().to_owned()
}

pub(crate) fn is_test(path: &Path) -> bool {
    path.components()
        .any(|part| matches!(part.as_os_str().to_str(), Some("tests" | "tests.rs" | "benches")))
}

pub(crate) fn starts_with(named: &str, guarded: &str) -> bool {
    named
        .strip_prefix(guarded)
        .is_some_and(|rest| rest.is_empty() || rest.starts_with("::"))
}

/// Every path that a file names outside its tests and outside the code that it emits.
pub(crate) fn paths_named(text: &str) -> Vec<String> {
    let mut paths = Paths(Vec::new());
    paths.visit_file(&syn::parse_file(text).unwrap());
    paths.0
}

struct Paths(Vec<String>);

impl Paths {
    fn tree(&mut self, prefix: &str, tree: &syn::UseTree) {
        let join = |name: &syn::Ident| {
            if prefix.is_empty() {
                name.to_string()
            } else {
                format!("{prefix}::{name}")
            }
        };
        match tree {
            syn::UseTree::Path(path) => self.tree(&join(&path.ident), &path.tree),
            syn::UseTree::Name(name) => self.0.push(join(&name.ident)),
            syn::UseTree::Rename(rename) => self.0.push(join(&rename.ident)),
            syn::UseTree::Glob(_) => self.0.push(prefix.to_owned()),
            syn::UseTree::Group(group) => group.items.iter().for_each(|tree| self.tree(prefix, tree)),
        }
    }

    /// Paths among tokens that nobody has parsed.
    fn tokens(&mut self, tokens: TokenStream) {
        let mut path = String::new();
        for token in tokens {
            match token {
                TokenTree::Ident(name) if path.is_empty() || path.ends_with("::") => path += &name.to_string(),
                TokenTree::Punct(colon) if colon.as_char() == ':' && !path.is_empty() => path.push(':'),
                TokenTree::Group(group) => {
                    self.flush(&mut path);
                    self.tokens(group.stream());
                }
                TokenTree::Ident(_) | TokenTree::Punct(_) | TokenTree::Literal(_) => self.flush(&mut path),
            }
        }
        self.flush(&mut path);
    }

    fn flush(&mut self, path: &mut String) {
        let path = std::mem::take(path);
        if path.contains("::") {
            self.0.push(path);
        }
    }
}

pub(crate) fn is_test_only(attributes: &[syn::Attribute]) -> bool {
    attributes.iter().any(|attribute| {
        let condition = attribute.parse_args::<syn::Ident>();
        attribute.path().is_ident("cfg") && condition.is_ok_and(|condition| condition == "test")
    })
}

impl<'f> Visit<'f> for Paths {
    fn visit_item_use(&mut self, item: &'f syn::ItemUse) {
        if !is_test_only(&item.attrs) {
            self.tree("", &item.tree);
        }
    }

    fn visit_item_mod(&mut self, item: &'f syn::ItemMod) {
        if !is_test_only(&item.attrs) {
            visit::visit_item_mod(self, item);
        }
    }

    fn visit_path(&mut self, path: &'f syn::Path) {
        if path.segments.len() > 1 {
            let names: Vec<_> = path.segments.iter().map(|segment| segment.ident.to_string()).collect();
            self.0.push(names.join("::"));
        }
        visit::visit_path(self, path);
    }

    fn visit_macro(&mut self, call: &'f syn::Macro) {
        self.visit_path(&call.path);
        if !call
            .path
            .segments
            .last()
            .is_some_and(|name| name.ident.to_string().starts_with("quote"))
        {
            self.tokens(call.tokens.clone());
        }
    }
}
