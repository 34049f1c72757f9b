//! Bytes in; the promise of the generator about them held or broken, and what came of them out.
//!
//! For any bytes there is a complete crate, or there are located problems and nothing else; and the same bytes give the
//! same. What rustc would say about the crate is not asked here, only what can be seen by looking at it.

use std::collections::{BTreeMap, BTreeSet};

use generator::{
    Config, Diagnostic, Files, Generated, Input, Manifest, Refusal, Source, Sources,
    diagnostics::{Severity, render},
    generate,
};
use syn::visit::{self, Visit};

/// What is larger takes long enough once.
const TWICE: usize = 100_000;

/// Generates from `bytes`, twice where they are few.
///
/// # Panics
///
/// When the promise is broken.
pub(crate) fn hold(name: &str, bytes: &[u8]) -> Result<Generated, Refusal> {
    hold_with(&Input::from(&Source { name, bytes }))
}

/// The same of a document that has files; what they hold is not counted.
///
/// # Panics
///
/// When the promise is broken.
pub(crate) fn hold_with(input: &Input<'_>) -> Result<Generated, Refusal> {
    let once = generate(input, &Config::default());
    let twice = (input.source.bytes.len() <= TWICE).then(|| generate(input, &Config::default()));
    match (&once, twice.as_ref().unwrap_or(&once)) {
        (Ok(once), Ok(twice)) => {
            assert_eq!(once.files, twice.files, "the same bytes gave other files");
            assert!(
                once.diagnostics.iter().eq(&twice.diagnostics),
                "the same bytes gave other messages"
            );
            complete(&once.files);
            let problems: Vec<_> = once.diagnostics.iter().collect();
            located(&problems, &once.sources);
        }
        (Err(once), Err(twice)) => {
            assert_eq!(once.problems, twice.problems, "the same bytes gave other messages");
            assert!(!once.problems.is_empty(), "refused for no reason");
            let problems: Vec<_> = once.problems.iter().collect();
            located(&problems, &once.sources);
        }
        (Ok(_), Err(_)) | (Err(_), Ok(_)) => panic!("the same bytes are refused once and taken once"),
    }
    once
}

/// Every problem has a place in the text of its file, and can be drawn.
fn located(problems: &[&Diagnostic], sources: &Sources) {
    // The line ends of YAML 1.1.
    let is_end = |char: &char| matches!(char, '\n' | '\r' | '\u{85}' | '\u{2028}' | '\u{2029}');
    // Of thousands of problems, all of one file: its text is read once.
    let mut counted = BTreeMap::new();
    for problem in problems {
        let text = sources.text(&problem.pointer);
        let lines = *counted
            .entry(text.as_ptr())
            .or_insert_with(|| text.chars().filter(is_end).count() + 1);
        assert!(!problem.message.trim().is_empty(), "{problem:?}");
        let Some(place) = problem.location else {
            // There are no lines in what is no text.
            assert_eq!(problem.code.severity(), Severity::Refused, "{problem:?}");
            continue;
        };
        assert!(place.line >= 1 && place.column >= 1, "{problem:?}");
        assert!(place.line <= lines + 1, "{problem:?}");
    }
    let few = problems.iter().copied().take(20);
    let drawn = render(few, sources, false);
    assert!(drawn.is_empty() == problems.is_empty());
    let is_safe = |char: char| char == '\n' || !char.is_control();
    assert!(
        drawn.chars().all(is_safe),
        "what is drawn could command a terminal: {drawn:?}"
    );
}

/// The files are Rust, say nothing twice, and lie in the folder of the crate.
fn complete(files: &Files) {
    let mut paths = BTreeSet::new();
    for (path, text) in &files.sources {
        assert!(paths.insert(path.to_lowercase()), "two files are called {path}");
        for part in path.split('/').filter(|_| path != Manifest::PATH) {
            let stem = part.split('.').next().unwrap_or_default();
            let is_plain = |char: char| char.is_ascii_alphanumeric() || matches!(char, '_' | '-' | '.');
            assert!(
                !stem.is_empty() && part.len() <= 128 && part.chars().all(is_plain),
                "{path}"
            );
        }
        if !path.starts_with("src/runtime/") && path.rsplit_once('.').is_some_and(|(_, kind)| kind == "rs") {
            let file = syn::parse_file(text).unwrap_or_else(|error| panic!("{path} is no Rust: {error}\n{text}"));
            let mut names = Names {
                path,
                scope: BTreeSet::new(),
            };
            names.visit_file(&file);
        }
    }
    for root in ["src/lib.rs", "src/models/mod.rs", "src/runtime/mod.rs"] {
        assert!(files.sources.contains_key(root), "there is no {root}");
    }
    let has_groups = files
        .sources
        .keys()
        .any(|path| path.starts_with("src/api/") && path != "src/api/mod.rs");
    for root in ["src/client.rs", "src/api/mod.rs"] {
        assert_eq!(files.sources.contains_key(root), has_groups, "{root}");
    }
    let name = &files.package.name;
    assert!(
        !name.is_empty()
            && name
                .chars()
                .all(|char| char.is_ascii_alphanumeric() || matches!(char, '_' | '-')),
        "a package cannot be called {name:?}"
    );
}

/// The names that one module, type or function has given so far.
struct Names<'p> {
    path: &'p str,
    scope: BTreeSet<String>,
}

impl Names<'_> {
    fn once(&mut self, kind: &str, name: &syn::Ident) {
        let name = format!("{kind} {name}");
        assert!(self.scope.insert(name.clone()), "{} has two of {name}", self.path);
    }

    fn inside(&mut self, work: impl FnOnce(&mut Self)) {
        let scope = std::mem::take(&mut self.scope);
        work(self);
        self.scope = scope;
    }
}

impl<'a> Visit<'a> for Names<'_> {
    fn visit_item(&mut self, item: &'a syn::Item) {
        match item {
            syn::Item::Struct(item) => self.once("type", &item.ident),
            syn::Item::Enum(item) => self.once("type", &item.ident),
            syn::Item::Type(item) => self.once("type", &item.ident),
            syn::Item::Trait(item) => self.once("type", &item.ident),
            syn::Item::Mod(item) => self.once("type", &item.ident),
            syn::Item::Fn(item) => self.once("value", &item.sig.ident),
            syn::Item::Const(item) => self.once("value", &item.ident),
            syn::Item::Static(item) => self.once("value", &item.ident),
            // Two for one type may both have a `new`; rustc is asked about that elsewhere.
            _ => {}
        }
        self.inside(|names| visit::visit_item(names, item));
    }

    fn visit_field(&mut self, field: &'a syn::Field) {
        if let Some(name) = &field.ident {
            self.once("field", name);
        }
        visit::visit_field(self, field);
    }

    fn visit_variant(&mut self, variant: &'a syn::Variant) {
        self.once("variant", &variant.ident);
        self.inside(|names| visit::visit_variant(names, variant));
    }

    fn visit_impl_item_fn(&mut self, function: &'a syn::ImplItemFn) {
        self.once("method", &function.sig.ident);
        self.inside(|names| visit::visit_impl_item_fn(names, function));
    }

    fn visit_pat_type(&mut self, argument: &'a syn::PatType) {
        if let syn::Pat::Ident(name) = &*argument.pat {
            self.once("argument", &name.ident);
        }
        visit::visit_pat_type(self, argument);
    }
}
