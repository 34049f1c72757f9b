//! An OpenAPI document of any version in, a stand-alone Rust client crate out.
//!
//! ```text
//! bytes ─load→ Document ─lower→ Api ─refine→ Api ─name→ Names ─share→ Api ─gate→ Gates ─emit→ Modules ─render→ Files
//!          └─────────────── every stage may add to Diagnostics; only load and lower may refuse ───────────────┘
//! ```
//!
//! [`understand`] is the way up to `Gates`; [`together`] puts the files of several documents into one crate.
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

mod asked;
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
mod together;

use std::collections::BTreeSet;

pub use asked::{Digest, InEffect, digest, in_effect, locate, propose_pages};
pub use build::{Build, BuildError};
pub use config::Config;
pub use diagnostics::{Diagnostic, Diagnostics, Refusal, Sources};
pub use emit::{Dependency, Entry, EntryValue, Package};
pub use input::Input;
pub use load::Source;
pub use manifest::{MARKER, Manifest};
pub use render::{Files, NAMELESS, README};
use together::Keepers;
pub use together::{ModuleError, Together, can_have_runtime, shared_runtime, together};

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
    let understood = understand(input, config, tell)?;
    tell(Stage::Render);
    Ok(understood.generate())
}

/// A document that was understood, with a name for all that is in it.
#[derive(Debug)]
pub struct Understood {
    /// What it is called.
    name: String,
    document: load::Document,
    config: Config,
    diagnostics: Diagnostics,
    unmatched: Vec<Diagnostic>,
    api: ir::Api,
    names: name::Names,
    gates: gate::Gates,
}

/// The first half of [`generate_telling`], before any code is made: all that may refuse.
///
/// # Errors
///
/// [`Refusal`], as [`generate`].
pub fn understand<'a>(
    input: impl Into<Input<'a>>,
    config: &Config,
    tell: &(dyn Fn(Stage) + Sync),
) -> Result<Understood, Refusal> {
    let input = input.into();
    stack::deep(|| Understood::of(&input, config, tell))
}

impl Understood {
    fn of(input: &Input<'_>, config: &Config, tell: &dyn Fn(Stage)) -> Result<Self, Refusal> {
        let mut diagnostics = Diagnostics::default();
        tell(Stage::Load);
        let document = load::load(input, &mut diagnostics)?;
        tell(Stage::Lower);
        let (api, described) = lower::lower(&document, config, &mut diagnostics);
        tell(Stage::Refine);
        let config = config.named_after(&api.info.title, input.source.name);
        let mut unmatched = config::unmatched(&document, &described, &api, &config);
        let mut left_out: BTreeSet<_> = described.left_out.into_iter().collect();
        if config.prune {
            left_out.extend(api.types.iter().map(|(_, definition)| definition.pointer.clone()));
        }
        let earlier = manifest::Earlier::of(input.earlier, &api);
        let mut api = refine::refine(api, &config, &earlier, &mut diagnostics);
        // What nobody gets is nothing to hear of.
        if !left_out.is_empty() {
            diagnostics.forget(&left_out, &api.places());
        }
        let names = name::name(&api, &config, &earlier);
        unmatched.extend(name::refused(&api, &names, &config, &earlier));
        share::share(&mut api, &names, &config, &earlier);
        let gates = if config.tag_features {
            let groups: Vec<&[ir::OperationId]> =
                names.groups.iter().map(|group| group.operations.as_slice()).collect();
            gate::gate(&api, &groups)
        } else {
            gate::Gates::default()
        };
        Ok(Self {
            name: input.source.name.to_owned(),
            document,
            config,
            diagnostics,
            unmatched,
            api,
            names,
            gates,
        })
    }

    fn subject(&self) -> emit::Subject<'_> {
        emit::Subject {
            api: &self.api,
            names: &self.names,
            gates: &self.gates,
            config: &self.config,
        }
    }

    fn manifest(&self) -> Manifest {
        Manifest {
            files: self.document.files(),
            ..emit::manifest(self.subject())
        }
    }

    /// The second half of [`generate_telling`]: the files of a crate.
    #[must_use]
    pub fn generate(self) -> Generated {
        let files = stack::deep(|| render::render(emit::emit(self.subject()), &self.name));
        self.generated(files, &Keepers::new())
    }

    /// What came of the document, with these files beside its manifest.
    fn generated(self, mut files: Files, keepers: &Keepers) -> Generated {
        let mut manifest = self.manifest();
        for entry in &mut manifest.types {
            entry.one_with = keepers.get(&entry.path).cloned();
        }
        files.sources.insert(Manifest::PATH.to_owned(), manifest.to_json());
        let mut diagnostics = self.diagnostics;
        self.document.place(&mut diagnostics);
        Generated {
            files,
            diagnostics,
            sources: self.document.into_sources(),
            api: self.api,
            manifest,
            unmatched: self.unmatched,
        }
    }
}
