//! An OpenAPI document of any version in, a stand-alone Rust client crate out.
//!
//! ```text
//! bytes ─load→ Document ─lower→ Api ─refine→ Api ─name→ Names ─share→ Api ─gate→ Gates ─emit→ Modules ─render→ Files
//!          └─────────────── every stage may add to Diagnostics; only load and lower may refuse ───────────────┘
//! ```
//!
//! What can be called becomes a client; what the server sends by itself, enums with decoders; a document of neither is a
//! crate of models.
//!
//! [`Build`] is all of this in a build script, for a module instead of a crate.
//!
//! One module per stage, named by its verb. [`generate`] is a pure function: no disk, no network, no clock; the same
//! bytes give the same bytes. Writing the [`Files`] is a separate act, [`output::write`].

pub mod config;
pub mod diagnostics;
pub mod input;
pub mod ir;
pub mod manifest;
pub mod output;
pub mod propose;

mod build;
mod emit;
mod gate;
mod lexis;
mod load;
mod lower;
mod name;
mod refine;
mod render;
mod share;
mod spdx;
mod stack;

use std::{
    collections::BTreeSet,
    hash::{DefaultHasher, Hash as _},
};

pub use build::{Build, BuildError};
pub use config::Config;
pub use diagnostics::{Diagnostic, Diagnostics, Refusal, Sources};
pub use emit::{Dependency, Entry, EntryValue, Package};
pub use input::Input;
pub use load::Source;
pub use manifest::{MARKER, Manifest};
pub use render::{Files, NAMELESS, README};

/// What came of one document.
#[derive(Debug)]
pub struct Generated {
    /// The files of the crate, by path relative to its folder.
    pub files: Files,
    /// Everything that was degraded or skipped, with its place, sorted by it.
    pub diagnostics: Diagnostics,
    /// The texts that they are about: of the document, and of every file that it refers to.
    pub sources: Sources,
    /// The refined API, for reports about what was generated.
    pub api: ir::Api,
    /// What everything is called and typed in the crate; it is among the files too.
    pub manifest: Manifest,
    /// The settings that match nothing or cannot be followed, with pointers into the target's table.
    pub unmatched: Vec<Diagnostic>,
}

/// Turns a document, alone or with a way to its other files, into the files of a crate.
///
/// It is pure: what it reads is handed in, what it writes is handed out. Where files come from is said by a
/// [`Files`](input::Files), of which [`input::Folder`] is the one for a disk:
///
/// ```
/// use generator::{Config, Input, Source, generate, input::{FileError, Files}};
///
/// /// Files that are part of the program.
/// #[derive(Debug)]
/// struct Built(&'static [(&'static str, &'static str)]);
///
/// impl Files for Built {
///     fn read(&self, path: &str) -> Result<Vec<u8>, FileError> {
///         let file = self.0.iter().find(|(name, _)| *name == path);
///         file.map(|(_, text)| text.as_bytes().to_vec()).ok_or(FileError::Missing)
///     }
/// }
///
/// let document = r#"{
///     "openapi": "3.1.0",
///     "info": { "title": "Pets", "version": "1" },
///     "components": { "schemas": { "Owner": { "properties": { "pet": { "$ref": "pet.yaml" } } } } }
/// }"#;
/// let files = Built(&[("pet.yaml", "{ title: Pet, type: object, properties: { name: { type: string } } }")]);
/// let input = Input {
///     source: Source { name: "pets.json", bytes: document.as_bytes() },
///     files: &files,
///     overlays: &[],
///     earlier: None,
/// };
///
/// let generated = generate(input, &Config::default())?;
/// assert_eq!(generated.files.package.name, "pets");
/// assert!(generated.files.sources["src/models/pet.rs"].contains("pub struct Pet"));
/// for diagnostic in &generated.diagnostics {
///     eprintln!("{}: {}", diagnostic.pointer, diagnostic.message);
/// }
/// # Ok::<(), generator::Refusal>(())
/// ```
///
/// [`output::write`] brings the files to a folder, and keeps what is the user's there.
///
/// # Errors
///
/// [`Refusal`] when `input` is not a document that this tool reads; it holds every problem that was found.
pub fn generate<'a>(input: impl Into<Input<'a>>, config: &Config) -> Result<Generated, Refusal> {
    generate_telling(input, config, &|_| ())
}

/// What [`generate`] is at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Stage {
    /// The document and its files are read.
    Load,
    /// What they say is understood.
    Lower,
    /// What is understood is brought into shape, and everything gets its name.
    Refine,
    /// Code is made and formatted.
    Render,
}

/// The same as [`generate`], for whoever waits: `tell` is called when a stage begins.
///
/// # Errors
///
/// [`Refusal`], as [`generate`].
pub fn generate_telling<'a>(
    input: impl Into<Input<'a>>,
    config: &Config,
    tell: &(dyn Fn(Stage) + Sync),
) -> Result<Generated, Refusal> {
    let input = input.into();
    stack::deep(|| pipeline(&input, config, tell))
}

fn pipeline(input: &Input<'_>, config: &Config, tell: &dyn Fn(Stage)) -> Result<Generated, Refusal> {
    let mut diagnostics = Diagnostics::default();
    let Named {
        document,
        config,
        unmatched,
        api,
        names,
        gates,
    } = named_telling(input, config, &mut diagnostics, tell)?;
    tell(Stage::Render);
    let emitted = emit::emit(&api, &names, &gates, &config);
    let manifest = Manifest {
        files: document.files(),
        ..emit::manifest(&api, &names, &gates, &config)
    };
    let mut files = render::render(emitted, input.source.name);
    files.sources.insert(Manifest::PATH.to_owned(), manifest.to_json());
    document.place(&mut diagnostics);
    Ok(Generated {
        files,
        diagnostics,
        sources: document.into_sources(),
        api,
        manifest,
        unmatched,
    })
}

/// What becomes of a document, no longer than it takes to tell whether another becomes the same.
#[derive(Debug)]
pub struct Digest {
    /// A hash of all that would be in the files, before anybody formats it. Not stable from release to release.
    pub files: u64,
    /// Everything that was degraded or skipped. Without places: the same is said of the same, wherever it stands.
    pub diagnostics: Diagnostics,
}

/// What [`generate`] would make of `input`, as a [`Digest`] of it: many times faster.
///
/// # Errors
///
/// [`Refusal`], as [`generate`].
pub fn digest<'a>(input: impl Into<Input<'a>>, config: &Config) -> Result<Digest, Refusal> {
    let input = input.into();
    stack::deep(|| {
        let mut diagnostics = Diagnostics::default();
        let named = named(&input, config, &mut diagnostics)?;
        let emitted = emit::emit(&named.api, &named.names, &named.gates, &named.config);
        let manifest = emit::manifest(&named.api, &named.names, &named.gates, &named.config);
        let mut hasher = DefaultHasher::new();
        manifest.to_json().hash(&mut hasher);
        Ok(Digest {
            files: render::digest(emitted, hasher),
            diagnostics,
        })
    })
}

/// A document that was understood, with a name for all that is in it.
struct Named {
    document: load::Document,
    config: Config,
    unmatched: Vec<Diagnostic>,
    api: ir::Api,
    names: name::Names,
    gates: gate::Gates,
}

fn named(input: &Input<'_>, config: &Config, diagnostics: &mut Diagnostics) -> Result<Named, Refusal> {
    named_telling(input, config, diagnostics, &|_| ())
}

fn named_telling(
    input: &Input<'_>,
    config: &Config,
    diagnostics: &mut Diagnostics,
    tell: &dyn Fn(Stage),
) -> Result<Named, Refusal> {
    tell(Stage::Load);
    let document = load::load(input, diagnostics)?;
    tell(Stage::Lower);
    let (api, described) = lower::lower(&document, config, diagnostics);
    tell(Stage::Refine);
    let config = config.named_after(&api.info.title, input.source.name);
    let mut unmatched = config::unmatched(&document, &described, &api, &config);
    let mut left_out: BTreeSet<_> = described.left_out.into_iter().collect();
    if config.prune {
        left_out.extend(api.types.iter().map(|(_, definition)| definition.pointer.clone()));
    }
    let earlier = manifest::Earlier::of(input.earlier, &api);
    let mut api = refine::refine(api, &config, &earlier, diagnostics);
    // What nobody gets is nothing to hear of.
    if !left_out.is_empty() {
        diagnostics.forget(&left_out, &api.places());
    }
    let names = name::name(&api, &config, &earlier);
    unmatched.extend(name::refused(&api, &names, &config, &earlier));
    share::share(&mut api, &names, &config, &earlier);
    let gates = if config.tag_features {
        let groups: Vec<&[ir::OperationId]> = names.groups.iter().map(|group| group.operations.as_slice()).collect();
        gate::gate(&api, &groups)
    } else {
        gate::Gates::default()
    };
    Ok(Named {
        document,
        config,
        unmatched,
        api,
        names,
        gates,
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
/// [`Refusal`], as [`generate`].
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
/// [`Refusal`], as [`generate`].
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
/// [`Refusal`], as [`generate`].
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
    /// [`Refusal`], as [`generate`].
    pub fn of<'a>(input: impl Into<Input<'a>>, config: &Config) -> Result<Self, Refusal> {
        let input = input.into();
        stack::deep(|| {
            let named = named(&input, config, &mut Diagnostics::default())?;
            Ok(emit::manifest(&named.api, &named.names, &named.gates, &named.config))
        })
    }
}
