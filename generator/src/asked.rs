//! What else is asked of a document: everything but the crate.

use std::hash::{DefaultHasher, Hash as _};

use crate::{
    Config, Diagnostics, Input, Manifest, Refusal, Source, Sources, Understood, diagnostics, emit, ir, load, lower,
    propose, render, stack,
};

/// What becomes of a document, no longer than it takes to tell whether another becomes the same.
#[derive(Debug)]
pub struct Digest {
    /// A hash of all that would be in the files, before anybody formats it. Not stable from release to release.
    pub files: u64,
    /// Everything that was degraded or skipped. Without places: the same is said of the same, wherever it stands.
    pub diagnostics: Diagnostics,
}

/// What [`generate`](crate::generate) would make of `input`, as a [`Digest`] of it: many times faster.
///
/// # Errors
///
/// [`Refusal`], as [`generate`](crate::generate).
pub fn digest<'a>(input: impl Into<Input<'a>>, config: &Config) -> Result<Digest, Refusal> {
    let input = input.into();
    stack::deep(|| {
        let understood = Understood::of(&input, config, &|_| ())?;
        let mut hasher = DefaultHasher::new();
        emit::manifest(understood.subject()).to_json().hash(&mut hasher);
        Ok(Digest {
            files: render::digest(emit::emit(understood.subject()), hasher),
            diagnostics: understood.diagnostics,
        })
    })
}

/// A document as the generator works on it: in OpenAPI 3.1, with its overlays laid over it.
#[derive(Debug)]
pub struct InEffect {
    /// The document, as YAML.
    pub yaml: String,
    /// What was repaired or given up while it was read.
    pub diagnostics: Diagnostics,
    /// The texts that they are about.
    pub sources: Sources,
}

/// The document that `input` is in effect.
///
/// # Errors
///
/// [`Refusal`], as [`generate`](crate::generate).
pub fn in_effect<'a>(input: impl Into<Input<'a>>) -> Result<InEffect, Refusal> {
    let input = input.into();
    stack::deep(|| {
        let mut diagnostics = Diagnostics::default();
        let document = load::load(&input, &mut diagnostics)?;
        document.place(&mut diagnostics);
        Ok(InEffect {
            yaml: document.express(),
            diagnostics,
            sources: document.into_sources(),
        })
    })
}

/// Proposes how the pages of `input` are to be described, where nothing in it says how they follow each other.
///
/// # Errors
///
/// [`Refusal`], as [`generate`](crate::generate).
pub fn propose_pages<'a>(input: impl Into<Input<'a>>, config: &Config) -> Result<propose::Proposals, Refusal> {
    let input = input.into();
    stack::deep(|| {
        let document = load::load(&input, &mut Diagnostics::default())?;
        let (api, _) = lower::lower(&document, config, &mut Diagnostics::default());
        let is_said = |operation: &ir::Operation| lower::says_pages(&document, &operation.pointer);
        let mut lowered = |overlay: &str| {
            let source = Source {
                name: "pages.yaml",
                bytes: overlay.as_bytes(),
            };
            let overlays = [input.overlays, &[source]].concat();
            let input = Input {
                overlays: &overlays,
                ..input
            };
            let document = load::load(&input, &mut Diagnostics::default()).ok()?;
            let (api, _) = lower::lower(&document, config, &mut Diagnostics::default());
            Some(
                api.operations
                    .into_iter()
                    .map(|operation| operation.pagination)
                    .collect(),
            )
        };
        Ok(propose::propose(&api, is_said, &mut lowered))
    })
}

/// Where `places` are in the texts that `input` is made of: the file, and the line and column of each.
///
/// # Errors
///
/// [`Refusal`], as [`generate`](crate::generate).
pub fn locate<'a>(
    input: impl Into<Input<'a>>,
    places: &[ir::Pointer],
) -> Result<Vec<(String, diagnostics::Location)>, Refusal> {
    let input = input.into();
    stack::deep(|| {
        let document = load::load(&input, &mut Diagnostics::default())?;
        let found = document.places(places);
        let sources = document.into_sources();
        let named = found.into_iter();
        Ok(named
            .map(|(place, location)| (sources.name(&place).to_owned(), location))
            .collect())
    })
}

impl Manifest {
    /// What everything in a document would be called and typed, without the code of it.
    ///
    /// # Errors
    ///
    /// [`Refusal`], as [`generate`](crate::generate).
    pub fn of<'a>(input: impl Into<Input<'a>>, config: &Config) -> Result<Self, Refusal> {
        let input = input.into();
        stack::deep(|| {
            let understood = Understood::of(&input, config, &|_| ())?;
            Ok(emit::manifest(understood.subject()))
        })
    }
}
