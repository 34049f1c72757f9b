//! A `codegen.toml` in, what it says of the document of a build script out.

use std::{
    fs,
    path::{Path, PathBuf},
};

use super::{
    Build, BuildError, Said,
    environment::{Environment, Text},
};
use crate::{
    Config, Diagnostic, Refusal, Sources,
    config::{Settings, Target},
};

/// The target that the settings are those of.
pub(super) struct Chosen {
    name: String,
    text: Text,
    settings: Settings,
}

impl Build {
    /// Takes the settings that are meant, where a file of them was named.
    pub(super) fn take_settings(
        &mut self,
        environment: &Environment,
        said: &mut Said,
    ) -> Result<Option<Chosen>, BuildError> {
        let Some(path) = &self.settings else {
            return Ok(None);
        };
        let text = environment.read(path, said)?;
        let settings = Settings::read(&text.source())?;
        let folder = path.parent().unwrap_or(Path::new("")).to_owned();
        let (name, target) = self.choose(&settings, &folder, environment)?;
        let (name, target) = (name.to_owned(), target.clone());
        let below = |paths: Vec<String>| paths.into_iter().map(|path| folder.join(path)).collect::<Vec<_>>();
        self.overlays.splice(0..0, below(target.overlays));
        self.files.splice(0..0, below(target.files));
        // A module has its own.
        self.config = Config {
            shared_runtime: None,
            ..target.config
        };
        Ok(Some(Chosen { name, text, settings }))
    }

    /// The target that is named, else the one that has the document.
    fn choose<'s>(
        &self,
        settings: &'s Settings,
        folder: &Path,
        environment: &Environment,
    ) -> Result<(&'s str, &'s Target), BuildError> {
        let place = |path: PathBuf| fs::canonicalize(environment.path(&path)).ok();
        let document = place(self.document.clone());
        let is_meant = |(name, target): &(&'s String, &'s Target)| match &self.target {
            Some(wanted) => wanted == *name,
            None => document.is_some() && place(folder.join(&target.document)) == document,
        };
        let mut meant = settings.targets.iter().filter(is_meant);
        let wanted = match (&self.target, meant.next(), meant.next()) {
            (_, Some((name, target)), None) => return Ok((name, target)),
            (Some(name), _, _) => format!("is called `{name}`"),
            (None, None, _) => format!("has the document `{}`", self.document.display()),
            (None, Some(_), _) => format!("alone has the document `{}`", self.document.display()),
        };
        let names = settings.targets.keys().map(|name| format!("`{name}`"));
        Err(BuildError::new(format!(
            "no target of the settings {wanted}; there are {}",
            names.collect::<Vec<_>>().join(", ")
        )))
    }
}

/// Why settings that match nothing in the document are refused.
pub(super) fn unmatched(problems: &mut [Diagnostic], chosen: Option<&Chosen>) -> BuildError {
    for problem in problems.iter_mut() {
        problem.location = chosen.and_then(|chosen| chosen.settings.place(&chosen.name, &problem.pointer));
    }
    let mut refusal = Refusal::new(problems.to_vec());
    if let Some(chosen) = chosen {
        refusal.sources = Sources::from(&chosen.text.source());
    }
    refusal.into()
}
