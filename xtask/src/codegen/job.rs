//! A command line and settings in, the crates to generate out.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use generator::{
    Config, Diagnostic, Generated, Input, Manifest, Refusal, Stage,
    config::{Origin, Target, is_package_name},
    diagnostics::Code,
    generate_telling,
    ir::Pointer,
    output,
};

use super::source::Fetched;
use crate::{
    cli::Codegen,
    exit::{Exit, Failure},
    front::Front,
    input::{SettingsFile, Spec, plain_config},
    progress::Line,
    terminal,
};

/// One crate to generate.
pub(super) struct Job {
    /// The target's name; none where `--spec` gives the document.
    pub(super) target: Option<String>,
    pub(super) spec: Spec,
    pub(super) output: PathBuf,
    pub(super) config: Config,
    /// What an earlier run left of itself in the folder.
    pub(super) earlier: Option<Manifest>,
    /// Where the settings say that the document comes from.
    pub(super) source: Option<Origin>,
    /// The command that writes this crate.
    pub(super) command: String,
}

impl Job {
    pub(super) fn generate(&self, line: &Line) -> Result<Generated, Refusal> {
        let tell = |stage| {
            let stage = match stage {
                Stage::Load => "reading",
                Stage::Lower => "understanding",
                Stage::Refine => "naming",
                Stage::Render => "writing and formatting code",
            };
            line.say(format!("{}: {stage}", self.spec.document.name));
        };
        self.spec.with_input(|input| {
            let earlier = self.earlier.as_ref();
            generate_telling(Input { earlier, ..*input }, &self.config, &tell)
        })
    }
}

/// Every target that is named, or all.
pub(super) fn chosen<'f>(
    arguments: &'f Codegen,
    file: &'f SettingsFile,
) -> Result<Vec<(&'f String, &'f Target)>, Failure> {
    if arguments.targets.is_empty() {
        Ok(file.settings.targets.iter().collect())
    } else {
        let find = |name: &'f String| Ok((name, file.target(name)?));
        arguments.targets.iter().map(find).collect()
    }
}

/// Each of these targets, with the documents that were fetched for them.
pub(super) fn targets(
    chosen: Vec<(&String, &Target)>,
    file: &SettingsFile,
    front: Front,
    fetched: &[Fetched],
) -> Result<Vec<Job>, Failure> {
    let job = |(name, target): (&String, &Target)| {
        let document = file.document_of(target);
        let there = fetched.iter().find(|fetched| fetched.is_at(&document));
        let output = file.output_of(name, target)?;
        Ok(Job {
            target: Some(name.clone()),
            spec: file.spec_from(target, there.map(|fetched| fetched.bytes.clone()))?,
            earlier: earlier(&output),
            output,
            config: target.config.clone(),
            // What was fetched just now is what it is.
            source: target.source.clone().filter(|_| there.is_none()),
            command: format!("{} {name}", front.generate()),
        })
    };
    chosen.into_iter().map(job).collect()
}

/// The document of the command line.
pub(super) fn document(arguments: &Codegen, front: Front) -> Result<Job, Failure> {
    let (Some(given), Some(out)) = (&arguments.spec, &arguments.out) else {
        unreachable!("clap requires both");
    };
    let name = arguments.name.clone().unwrap_or_default();
    if arguments.name.is_some() && !is_package_name(&name) {
        return Err(Failure::usage(format!("`{name}` is not a package name")));
    }
    let spec = Spec::read(given, &arguments.overlay, &arguments.files)?;
    check_folder(out)?;
    let (document, folder) = (given.display(), out.display());
    let mut command = format!("{} --spec {document} --out {folder}", front.generate());
    for overlay in &arguments.overlay {
        command = format!("{command} --overlay {}", overlay.display());
    }
    for folder in &arguments.files {
        command = format!("{command} --files {}", folder.display());
    }
    if arguments.name.is_some() {
        command = format!("{command} --name {name}");
    }
    Ok(Job {
        target: None,
        spec,
        earlier: earlier(out),
        output: out.clone(),
        config: plain_config(name),
        source: None,
        command,
    })
}

/// A folder that nobody mentioned in a settings file may not be somebody's.
pub(crate) fn check_folder(dir: &Path) -> Result<(), Failure> {
    let entries = match fs::read_dir(dir) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(Failure::at("write to the folder", dir, &error)),
    };
    if output::is_generated(dir).map_err(|error| Failure::refused(&error))? {
        return Ok(());
    }
    let names = entries.filter_map(|entry| entry.ok()?.file_name().into_string().ok());
    let mut foreign: Vec<String> = names.filter(|name| !name.starts_with('.')).collect();
    foreign.sort_unstable();
    if foreign.is_empty() {
        return Ok(());
    }
    let shown = foreign
        .iter()
        .take(3)
        .map(|name| format!("`{name}`"))
        .collect::<Vec<_>>()
        .join(", ");
    let more = if foreign.len() > 3 { ", …" } else { "" };
    let message = format!(
        "`{}` holds files that are not generated ({shown}{more}); choose a new or empty folder",
        dir.display()
    );
    Err(Failure {
        exit: Exit::Refused,
        message,
    })
}

/// The modules that the crate is to mount and that are not there.
pub(super) fn missing_modules(job: &Job) -> Vec<Diagnostic> {
    let mounts = job
        .config
        .modules
        .iter()
        .map(|(name, mount)| (name, job.output.join(&mount.path)));
    let missing = mounts.filter(|(_, path)| !path.is_file());
    let problem = |(name, path): (&String, PathBuf)| Diagnostic {
        code: Code::UnmatchedSetting,
        pointer: Pointer::root().child("modules").child(name).child("path"),
        message: format!("there is no file `{}`", path.display()),
        hint: None,
        location: None,
    };
    missing.map(problem).collect()
}

/// The manifest in the folder of a crate, where an earlier run left one.
fn earlier(output: &Path) -> Option<Manifest> {
    let path = output.join(Manifest::PATH);
    let manifest = Manifest::from_json(&fs::read_to_string(&path).ok()?);
    if manifest.is_none() {
        terminal::note(&format!(
            "`{}` cannot be read: names and the order of arguments are as for a newcomer",
            path.display()
        ));
    }
    manifest
}
