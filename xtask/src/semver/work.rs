//! A document and an edit in, the crate that a user has after regenerating out.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use generator::{
    Generated, Input, generate,
    manifest::{self, Change},
    output,
};

use super::edit::Edit;
use crate::{
    cargo::cargo,
    diagnostics,
    exit::Failure,
    files::touch,
    input::{self, Spec},
};

/// The folder in which crates are written and built.
pub(super) struct Work {
    root: PathBuf,
    document: PathBuf,
    caller: PathBuf,
    before: Generated,
}

impl Work {
    /// The package, which the caller names.
    pub(super) const CRATE: &str = "shop";
    /// The example that the caller is.
    pub(super) const CALLER: &str = "caller";

    /// Generates from the document of `fixture`, unedited.
    pub(super) fn new(fixture: &Path, root: PathBuf) -> Result<Self, Failure> {
        let document = fixture.join("shop.yaml");
        let before = generated(&document, None, None)?;
        Ok(Self {
            root,
            document,
            caller: fixture.join("caller.rs"),
            before,
        })
    }

    /// Writes the crate before any edit; its folder.
    pub(super) fn before(&self) -> Result<PathBuf, Failure> {
        self.write("before", None)
    }

    /// Writes the crate after an edit over the one before it, as a user does who regenerates; its folder, and what the
    /// user is told.
    pub(super) fn after(&self, edit: &Edit) -> Result<(PathBuf, Vec<Change>), Failure> {
        let after = generated(&self.document, Some(&edit.overlay), Some(&self.before))?;
        let changes = manifest::differences(&self.before, &after);
        Ok((self.write(&edit.name, Some(&after))?, changes))
    }

    fn write(&self, name: &str, after: Option<&Generated>) -> Result<PathBuf, Failure> {
        let folder = self.root.join(name);
        for generated in [Some(&self.before), after].into_iter().flatten() {
            output::write(&generated.files, &folder).map_err(|error| Failure::refused(&error))?;
        }
        let examples = folder.join("examples");
        fs::create_dir_all(&examples).map_err(|error| Failure::at("create", &examples, &error))?;
        let copies = [
            (self.caller.clone(), examples.join(Self::CALLER).with_extension("rs")),
            // The versions that the repository is tested with.
            (input::root().join("Cargo.lock"), folder.join("Cargo.lock")),
        ];
        for (from, to) in copies {
            fs::copy(&from, &to).map_err(|error| Failure::at("copy", &from, &error))?;
        }
        // Cargo would think that what another crate of the same name has written over is still there.
        let library = folder.join("src/lib.rs");
        touch(&library)?;
        Ok(folder)
    }

    /// Where everything is built, dependencies once.
    pub(super) fn target(&self) -> PathBuf {
        self.root.join("target")
    }

    /// Cargo in the folder of a crate.
    pub(super) fn cargo(&self, folder: &Path) -> Command {
        let mut command = cargo();
        command
            .current_dir(folder)
            .env("CARGO_TARGET_DIR", self.target())
            .env("CARGO_INCREMENTAL", "0")
            .env("CARGO_PROFILE_DEV_DEBUG", "false")
            // Rustdoc's JSON is not stable yet. The compiler is told for the caller too, so that nothing is built twice.
            .env("RUSTC_BOOTSTRAP", "1");
        command
    }
}

fn generated(document: &Path, overlay: Option<&Path>, earlier: Option<&Generated>) -> Result<Generated, Failure> {
    let overlays: Vec<PathBuf> = overlay.into_iter().map(Path::to_owned).collect();
    let spec = Spec::read(document, &overlays, &[])?;
    let earlier = earlier.map(|generated| &generated.manifest);
    let config = input::plain_config(Work::CRATE.to_owned());
    spec.with_input(|input| generate(Input { earlier, ..*input }, &config))
        .map_err(|refusal| {
            let name = overlay.unwrap_or(document).display();
            diagnostics::refused(&refusal, format!("`{name}` is refused"))
        })
}
