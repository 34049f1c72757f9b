//! A command line and settings in, the crates to generate out.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use generator::{
    Config, Diagnostic, Input, Manifest, Refusal, Stage, Understood,
    config::{Many, Mount, Origin, Settings, Target, is_package_name},
    diagnostics::Code,
    ir::Pointer,
    output, understand,
};
use indexmap::IndexMap;

use super::{
    made::Plan,
    places::{self, earlier, earlier_or_moved, modules_in, seen_from},
    source::Fetched,
};
use crate::{
    cli::Codegen,
    exit::{Exit, Failure},
    front::Front,
    input::{SettingsFile, Spec, plain_config},
    progress::Line,
};

/// One document to generate from: a crate, or a module of one.
pub(super) struct Job {
    /// The target's name; none where `--spec` gives the document.
    pub(super) target: Option<String>,
    /// The module that it becomes in a crate of several.
    pub(super) module: Option<String>,
    pub(super) spec: Spec,
    pub(super) output: PathBuf,
    pub(super) config: Config,
    /// What an earlier run left of itself in the folder.
    pub(super) earlier: Option<Manifest>,
    /// Where the settings say that the document comes from.
    pub(super) source: Option<Origin>,
    /// The hand-written modules of the crate; of a crate of several, its first document answers for them.
    pub(super) modules: IndexMap<String, Mount>,
    /// The command that writes this crate.
    pub(super) command: String,
}

impl Job {
    pub(super) fn understand(&self, line: &Line) -> Result<Understood, Refusal> {
        let tell = |stage| {
            let stage = match stage {
                Stage::Load => "reading",
                Stage::Lower => "understanding",
                Stage::Refine => "naming",
                Stage::Render => unreachable!("nothing is written before all is understood"),
            };
            line.say(format!("{}: {stage}", self.spec.document.name));
        };
        self.spec.with_input(|input| {
            let earlier = self.earlier.as_ref();
            understand(Input { earlier, ..*input }, &self.config, &tell)
        })
    }
}

/// Every target that is named, or all. One of a crate of several documents comes with the others.
pub(super) fn chosen<'f>(
    arguments: &'f Codegen,
    file: &'f SettingsFile,
) -> Result<Vec<(&'f String, &'f Target)>, Failure> {
    let Settings { targets, crates, .. } = &file.settings;
    if arguments.targets.is_empty() {
        return Ok(targets.iter().collect());
    }
    let mut names: Vec<&String> = Vec::new();
    for name in &arguments.targets {
        let is_meant =
            |(whole, many): &(&String, &Many)| *whole == name || many.documents.values().any(|of| of == name);
        if let Some((_, many)) = crates.iter().find(is_meant) {
            names.extend(many.documents.values());
        } else {
            file.target(name)?;
            names.push(name);
        }
    }
    let mut seen = IndexMap::new();
    for name in names {
        seen.extend(targets.get_key_value(name));
    }
    Ok(seen.into_iter().collect())
}

/// Each of these targets, with the documents that were fetched for them, and the crates that they make.
pub(super) fn targets(
    chosen: Vec<(&String, &Target)>,
    file: &SettingsFile,
    front: Front,
    fetched: &[Fetched],
) -> Result<(Vec<Job>, Vec<Plan>), Failure> {
    let mut jobs: Vec<Job> = Vec::new();
    let mut plans = Vec::new();
    for (name, target) in chosen {
        let document = file.document_of(target);
        let there = fetched.iter().find(|fetched| fetched.is_at(&document));
        let output = file.output_of(name, target)?;
        let whole = file.settings.crates.iter().find_map(|(whole, many)| {
            let (module, _) = many.documents.iter().find(|(_, of)| *of == name)?;
            Some((whole, many, module))
        });
        let command = format!("{} {}", front.generate(), whole.map_or(name, |(whole, _, _)| whole));
        let is_first = whole.is_none_or(|(_, many, _)| many.documents.values().next() == Some(name));
        let modules = whole.map_or(&target.config.modules, |(_, many, _)| &many.config.modules);
        jobs.push(Job {
            target: Some(name.clone()),
            module: whole.map(|(_, _, module)| module.clone()),
            spec: file.spec_from(target, there.map(|fetched| fetched.bytes.clone()))?,
            earlier: earlier_or_moved(&output, whole.map(|(_, many, module)| (many, module.as_str()))),
            config: config(target, &output, file)?,
            output,
            // What was fetched just now is what it is.
            source: target.source.clone().filter(|_| there.is_none()),
            modules: if is_first { modules.clone() } else { IndexMap::new() },
            command,
        });
        let last = jobs.len() - 1;
        match whole {
            None => plans.push(Plan::one(last, &jobs[last])),
            Some((_, many, _)) if is_first => {
                let all = last..last + many.documents.len();
                let earlier = modules_in(&jobs[last].output);
                let whole = Config {
                    shared_runtime: jobs[last].config.shared_runtime.clone(),
                    ..many.config.clone()
                };
                plans.push(Plan::many(all, &jobs[last], whole, earlier));
            }
            Some(_) => {}
        }
    }
    places::check(file)?;
    if jobs.iter().any(|job| job.config.shared_runtime.is_some()) {
        let runtime = file.settings.runtime.clone();
        let output = file.path(&runtime.output);
        let standalone = places::is_standalone(file);
        plans.push(Plan::runtime(runtime, output, front.generate().to_owned(), standalone));
    }
    Ok((jobs, plans))
}

/// The settings of a target, with the way from its folder to the crate that has its runtime.
fn config(target: &Target, output: &Path, file: &SettingsFile) -> Result<Config, Failure> {
    let mut config = target.config.clone();
    if let Some(shared) = &mut config.shared_runtime {
        shared.path = seen_from(output, &file.path(&file.settings.runtime.output))?;
    }
    Ok(config)
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
        module: None,
        spec,
        earlier: earlier(out),
        output: out.clone(),
        config: plain_config(name),
        source: None,
        modules: IndexMap::new(),
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
