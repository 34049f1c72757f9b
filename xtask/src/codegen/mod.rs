//! Targets or a document in; crates, or what differs from them, out.
//!
//! Everything is generated and every folder looked at before anything is written, so that a refusal of one target
//! leaves all of them as they were.

mod file;
mod job;
mod source;

use std::{
    fs,
    path::{Path, PathBuf},
};

use generator::{Diagnostic, Generated, Refusal, Sources, manifest, output};

pub(crate) use self::job::check_folder;
use self::job::{Job, chosen, document, missing_modules, targets};
use crate::{
    cli::Codegen,
    diagnostics::{self, Entry},
    exit::{Exit, Failure},
    fetch::Network,
    front::Front,
    input::SettingsFile,
    progress, terminal,
};

/// How many files are listed that were written, or removed, unless all are asked for.
const LISTED: usize = 10;

/// Where the files are that are the same for every API, and of which one hears last.
const RUNTIME: &str = "src/runtime/";

pub(crate) fn run(arguments: &Codegen, front: Front) -> Result<Exit, Failure> {
    run_and_note(arguments, front, false, &mut Vec::new())
}

/// The same; notes in `read` every file that was read or looked for, and is silent where nothing would be written if `quietly`.
pub(crate) fn run_and_note(
    arguments: &Codegen,
    front: Front,
    quietly: bool,
    read: &mut Vec<PathBuf>,
) -> Result<Exit, Failure> {
    let settings = if arguments.spec.is_some() {
        None
    } else {
        read.push(arguments.settings.clone().unwrap_or_else(|| front.settings()));
        let settings = SettingsFile::read(arguments.settings.as_deref(), front)?;
        read.extend(settings.documents());
        Some(settings)
    };
    read.extend(arguments.spec.clone());
    let (fetched, jobs) = match &settings {
        Some(settings) => {
            let chosen = chosen(arguments, settings)?;
            let fetched = if arguments.update {
                source::update(&chosen, settings, &Network::new())?
            } else {
                Vec::new()
            };
            let jobs = targets(chosen, settings, front, &fetched)?;
            (fetched, jobs)
        }
        None => (Vec::new(), vec![document(arguments, front)?]),
    };
    if arguments.manifest.is_some() && jobs.len() != 1 {
        return Err(Failure::usage("--manifest is about one target; name it".to_owned()));
    }

    let results: Vec<_> = progress::during(|line| jobs.iter().map(|job| job.generate(line)).collect());
    read.extend(jobs.iter().flat_map(|job| job.spec.read_so_far()));
    if quietly && jobs.iter().zip(&results).all(is_up_to_date) {
        return Ok(Exit::Done);
    }
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
    if arguments.check {
        return check(&done, front);
    }
    for difference in differences(&done, front) {
        terminal::warning(&difference);
    }
    check_output(&done)?;
    if let Some(settings) = settings.filter(|_| !fetched.is_empty()) {
        source::save(&fetched, &settings)?;
    }
    write(&done, arguments.verbose)
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

/// Whether what came of a job is in its folder.
fn is_up_to_date((job, result): (&Job, &Result<Generated, Refusal>)) -> bool {
    let Ok(generated) = result else { return false };
    let is_sound = generated.unmatched.is_empty() && missing_modules(job).is_empty();
    is_sound && output::compare(&generated.files, &job.output).is_ok_and(|drift| drift.files.is_empty())
}

/// Finds what would keep one of the crates from being written.
fn check_output(done: &[(&Job, &Generated)]) -> Result<(), Failure> {
    for (job, generated) in done {
        output::check(&generated.files, &job.output).map_err(|error| Failure::refused(&error))?;
    }
    Ok(())
}

/// The documents that are not those that were fetched, in words.
fn differences(done: &[(&Job, &Generated)], front: Front) -> Vec<String> {
    let differences = done.iter().filter_map(|(job, _)| {
        let Job { spec, source, .. } = job;
        source::difference(&spec.document.name, &spec.document.bytes, source.as_ref())
    });
    let way_out = format!(
        "`{} --update` fetches it; what is yours belongs into an overlay",
        front.generate()
    );
    differences
        .map(|difference| format!("{difference}; {way_out}"))
        .collect()
}

fn write(done: &[(&Job, &Generated)], verbose: bool) -> Result<Exit, Failure> {
    for (job, generated) in done {
        let changes = changes(job, generated);
        let outcome = progress::during(|line| {
            line.say(format!("writing {}", job.output.display()));
            output::write(&generated.files, &job.output).map_err(|error| Failure::refused(&error))
        })?;
        for (verb, paths) in [("written", &outcome.written), ("removed", &outcome.removed)] {
            list(verb, paths, &job.output, verbose);
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

/// Lists files of the folder `output`: all, or those of which one wants to hear first.
fn list(verb: &str, paths: &[String], output: &Path, verbose: bool) {
    let mut paths: Vec<&String> = paths.iter().collect();
    paths.sort_by_key(|path| path.starts_with(RUNTIME));
    // One line for one file would save nothing.
    let most = if verbose || paths.len() == LISTED + 1 {
        paths.len()
    } else {
        LISTED
    };
    for path in paths.iter().take(most) {
        terminal::print(&format!("  {verb} {}", output.join(path).display()));
    }
    if let Some(more) = paths.len().checked_sub(most).filter(|more| *more > 0) {
        terminal::print(&format!("  … and {more} more files {verb} (-v lists all)"));
    }
}

fn check(done: &[(&Job, &Generated)], front: Front) -> Result<Exit, Failure> {
    let mut exit = Exit::Done;
    for difference in differences(done, front) {
        terminal::error(&difference);
        exit = Exit::Differs;
    }
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
