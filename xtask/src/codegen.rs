//! Targets or a document in; crates, or what differs from them, out.
//!
//! Everything is generated and every folder looked at before anything is written, so that a refusal of one target
//! leaves all of them as they were.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use generator::{
    Config, Diagnostic, Generated, Input, Manifest, Refusal, Sources,
    config::{Target, is_package_name},
    diagnostics::Code,
    generate,
    ir::Pointer,
    manifest, output,
};

use crate::{
    cli::Codegen,
    diagnostics::{self, Entry},
    exit::{Exit, Failure},
    input::{SettingsFile, Spec, plain_config},
    terminal,
};

/// One crate to generate.
struct Job {
    /// The target's name; none where `--spec` gives the document.
    target: Option<String>,
    spec: Spec,
    output: PathBuf,
    config: Config,
    /// What an earlier run left of itself in the folder.
    earlier: Option<Manifest>,
    /// The command that writes this crate.
    command: String,
}

impl Job {
    fn generate(&self) -> Result<Generated, Refusal> {
        self.spec.with_input(|input| {
            let earlier = self.earlier.as_ref();
            generate(Input { earlier, ..*input }, &self.config)
        })
    }
}

pub(crate) fn run(arguments: &Codegen) -> Result<Exit, Failure> {
    let settings = match &arguments.spec {
        Some(_) => None,
        None => Some(SettingsFile::read(arguments.settings.as_deref())?),
    };
    let jobs = match &settings {
        Some(settings) => targets(arguments, settings)?,
        None => vec![document(arguments)?],
    };
    if arguments.manifest.is_some() && jobs.len() != 1 {
        return Err(Failure::usage("--manifest is about one target; name it".to_owned()));
    }

    let results: Vec<_> = jobs.iter().map(Job::generate).collect();
    let mut report = Vec::new();
    let mut done = Vec::new();
    let mut refused = false;
    for (job, result) in jobs.iter().zip(&results) {
        let (found, sources): (Vec<&Diagnostic>, _) = match result {
            Ok(generated) => (generated.diagnostics.iter().collect(), &generated.sources),
            Err(refusal) => (refusal.problems.iter().collect(), &refusal.sources),
        };
        diagnostics::print(found.iter().copied(), sources);
        report.extend(
            found
                .into_iter()
                .map(|diagnostic| Entry::new(&job.spec.document.name, sources, diagnostic)),
        );
        match result {
            Ok(generated) => {
                refused |= print_unmatched(job, generated, settings.as_ref());
                done.push((job, generated));
            }
            Err(refusal) => {
                refused = true;
                let problems = terminal::count(refusal.problems.len(), "problem", "problems");
                terminal::error(&format!("`{}` is refused: {problems}", job.spec.document.name));
            }
        }
    }
    if let Some(path) = &arguments.report {
        write_json(path, &report)?;
    }
    if refused {
        return Err(Failure {
            exit: Exit::Refused,
            message: "nothing was written".to_owned(),
        });
    }
    let losses = report_losses(arguments, &done);
    if losses {
        let message = "the output is not whole (--strict), nothing was written".to_owned();
        return Err(Failure {
            exit: Exit::Differs,
            message,
        });
    }
    if let (Some(path), Some((_, generated))) = (&arguments.manifest, done.first()) {
        fs::write(path, generated.manifest.to_json()).map_err(|error| Failure::at("write", path, &error))?;
    }
    if arguments.check { check(&done) } else { write(&done) }
}

/// Every target that is named, or all.
fn targets(arguments: &Codegen, file: &SettingsFile) -> Result<Vec<Job>, Failure> {
    let known = &file.settings.targets;
    let chosen: Vec<(&String, &Target)> = if arguments.targets.is_empty() {
        known.iter().collect()
    } else {
        let find = |name: &String| {
            known.get_key_value(name).ok_or_else(|| {
                let known = known
                    .keys()
                    .map(|name| format!("`{name}`"))
                    .collect::<Vec<_>>()
                    .join(", ");
                Failure::usage(format!(
                    "there is no target `{name}` in `{}`, but {known}",
                    file.document.name
                ))
            })
        };
        arguments.targets.iter().map(find).collect::<Result<_, _>>()?
    };
    let job = |(name, target): (&String, &Target)| {
        let output = file.output_of(target);
        Ok(Job {
            target: Some(name.clone()),
            spec: file.spec_of(target)?,
            earlier: earlier(&output),
            output,
            config: target.config.clone(),
            command: format!("cargo xtask codegen {name}"),
        })
    };
    chosen.into_iter().map(job).collect()
}

/// The document of the command line.
fn document(arguments: &Codegen) -> Result<Job, Failure> {
    let (Some(given), Some(out)) = (&arguments.spec, &arguments.out) else {
        unreachable!("clap requires both");
    };
    let name = arguments.name.clone().unwrap_or_default();
    if arguments.name.is_some() && !is_package_name(&name) {
        return Err(Failure::usage(format!("`{name}` is not a package name")));
    }
    let spec = Spec::read(given, &arguments.overlay, &arguments.files)?;
    check_folder(out)?;
    let mut command = format!("cargo xtask codegen --spec {} --out {}", given.display(), out.display());
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
        command,
    })
}

/// A folder that nobody mentioned in a settings file may not be somebody's.
fn check_folder(dir: &Path) -> Result<(), Failure> {
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
fn missing_modules(job: &Job) -> Vec<Diagnostic> {
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

/// Draws the settings that match nothing; whether there are any.
fn print_unmatched(job: &Job, generated: &Generated, file: Option<&SettingsFile>) -> bool {
    let (Some(file), Some(target)) = (file, &job.target) else {
        return false;
    };
    let mut unmatched = [generated.unmatched.as_slice(), &missing_modules(job)].concat();
    for diagnostic in &mut unmatched {
        diagnostic.location = file.settings.place(target, &diagnostic.pointer);
    }
    unmatched.sort_by_key(|diagnostic| diagnostic.location);
    diagnostics::print(&unmatched, &Sources::from(&file.document.source()));
    !unmatched.is_empty()
}

/// Prints a line that counts, for each crate; whether `--strict` objects.
fn report_losses(arguments: &Codegen, done: &[(&Job, &Generated)]) -> bool {
    for (job, generated) in done {
        let operations = terminal::count(generated.api.operations.len(), "operation", "operations");
        let webhooks = match generated.api.webhooks.len() {
            0 => String::new(),
            sent => format!("{}, ", terminal::count(sent, "webhook", "webhooks")),
        };
        let types = terminal::count(generated.api.types.len(), "type", "types");
        let summary = diagnostics::summary(generated.diagnostics.iter());
        terminal::note(&format!(
            "{}: {operations}, {webhooks}{types}; {summary}",
            job.spec.document.name
        ));
    }
    arguments.strict
        && done
            .iter()
            .any(|(_, generated)| generated.diagnostics.iter().any(diagnostics::is_loss))
}

fn write(done: &[(&Job, &Generated)]) -> Result<Exit, Failure> {
    for (job, generated) in done {
        output::check(&generated.files, &job.output).map_err(|error| Failure::refused(&error))?;
    }
    for (job, generated) in done {
        let changes = changes(job, generated);
        let outcome = output::write(&generated.files, &job.output).map_err(|error| Failure::refused(&error))?;
        for (verb, paths) in [("written", &outcome.written), ("removed", &outcome.removed)] {
            for path in paths {
                terminal::print(&format!("  {verb} {}", job.output.join(path).display()));
            }
        }
        print_changes(&changes);
        let [written, unchanged, removed] = [&outcome.written, &outcome.unchanged, &outcome.removed].map(Vec::len);
        let (name, folder) = (&generated.files.package.name, job.output.display());
        terminal::print(&format!(
            "{name} in {folder}: {written} written, {unchanged} unchanged, {removed} removed"
        ));
    }
    Ok(Exit::Done)
}

fn check(done: &[(&Job, &Generated)]) -> Result<Exit, Failure> {
    let mut exit = Exit::Done;
    for (job, generated) in done {
        let drift = output::compare(&generated.files, &job.output).map_err(|error| Failure::refused(&error))?;
        let (name, folder) = (&generated.files.package.name, job.output.display());
        if drift.files.is_empty() {
            terminal::print(&format!("{name} in {folder}: up to date"));
            continue;
        }
        for (_, diff) in &drift.files {
            terminal::print(diff.trim_end());
        }
        print_changes(&changes(job, generated));
        let files = terminal::count(drift.files.len(), "file differs", "files differ");
        terminal::error(&format!("{name} in {folder}: {files}; `{}` mends it", job.command));
        exit = Exit::Differs;
    }
    Ok(exit)
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

/// What changes for callers of the crate, where an earlier run left its manifest.
fn changes(job: &Job, generated: &Generated) -> Vec<String> {
    let earlier = job.earlier.as_ref();
    earlier
        .map(|earlier| manifest::changes(earlier, &generated.manifest))
        .unwrap_or_default()
}

fn print_changes(changes: &[String]) {
    if !changes.is_empty() {
        terminal::print("What changes for callers:");
        for change in changes {
            terminal::print(&format!("  {change}"));
        }
    }
}

fn write_json(path: &Path, value: &impl serde::Serialize) -> Result<(), Failure> {
    let mut text = serde_json::to_string_pretty(value).map_err(|error| Failure {
        exit: Exit::Refused,
        message: error.to_string(),
    })?;
    text.push('\n');
    fs::write(path, text).map_err(|error| Failure::at("write", path, &error))
}
