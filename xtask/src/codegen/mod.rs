//! Targets or a document in; crates, or what differs from them, out.
//!
//! Everything is generated and every folder looked at before anything is written, so that a refusal of one target
//! leaves all of them as they were.

mod file;
mod job;
mod made;
mod places;
mod source;

use std::{
    fs,
    path::{Path, PathBuf},
};

use generator::{Diagnostic, Generated, Refusal, Sources, manifest, output};

pub(crate) use self::job::check_folder;
use self::{
    job::{Job, chosen, document, missing_modules, targets},
    made::{Crate, Plan, make},
};
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
    let (fetched, (jobs, plans)) = if let Some(settings) = &settings {
        let chosen = chosen(arguments, settings)?;
        let fetched = if arguments.update {
            source::update(&chosen, settings, &Network::new())?
        } else {
            Vec::new()
        };
        let jobs = targets(chosen, settings, front, &fetched)?;
        (fetched, jobs)
    } else {
        let job = document(arguments, front)?;
        let plan = Plan::one(0, &job);
        (Vec::new(), (vec![job], vec![plan]))
    };
    if arguments.manifest.is_some() && jobs.len() != 1 {
        let message = "--manifest is about one document; name its target, unless that is of several";
        return Err(Failure::usage(message.to_owned()));
    }

    let (results, crates) = progress::during(|line| make(&jobs, plans, line));
    read.extend(jobs.iter().flat_map(|job| job.spec.read_so_far()));
    if quietly && jobs.iter().zip(&results).all(is_sound) && crates.iter().all(is_up_to_date) {
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
    let differences = differences(&done, front);
    if arguments.check {
        return check(&crates, &done, differences);
    }
    for difference in differences {
        terminal::warning(&difference);
    }
    for made in &crates {
        output::check(&made.files, &made.output).map_err(|error| Failure::refused(&error))?;
    }
    if let Some(settings) = settings.filter(|_| !fetched.is_empty()) {
        source::save(&fetched, &settings)?;
    }
    write(&crates, &done, arguments.verbose)
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

/// Whether a document was understood, and all that its settings name is there.
fn is_sound((job, result): (&Job, &Result<Generated, Refusal>)) -> bool {
    let is_matched = |generated: &Generated| generated.unmatched.is_empty() && missing_modules(job).is_empty();
    result.as_ref().is_ok_and(is_matched)
}

/// Whether a crate is in its folder.
fn is_up_to_date(made: &Crate) -> bool {
    output::compare(&made.files, &made.output).is_ok_and(|drift| drift.files.is_empty())
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

fn write(crates: &[Crate], done: &[(&Job, &Generated)], verbose: bool) -> Result<Exit, Failure> {
    for made in crates {
        let Crate {
            files, output, jobs, ..
        } = made;
        let outcome = progress::during(|line| {
            line.say(format!("writing {}", output.display()));
            output::write(files, output).map_err(|error| Failure::refused(&error))
        })?;
        for (verb, paths) in [("written", &outcome.written), ("removed", &outcome.removed)] {
            list(verb, paths, output, verbose);
        }
        print_changes(&changes(made, &done[jobs.clone()]));
        let [written, unchanged, removed] = [&outcome.written, &outcome.unchanged, &outcome.removed].map(Vec::len);
        let (name, folder) = (&files.package.name, output.display());
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

fn check(crates: &[Crate], done: &[(&Job, &Generated)], differences: Vec<String>) -> Result<Exit, Failure> {
    let mut exit = Exit::Done;
    for difference in differences {
        terminal::error(&difference);
        exit = Exit::Differs;
    }
    for made in crates {
        let Crate {
            files,
            output,
            command,
            jobs,
            ..
        } = made;
        let drift = output::compare(files, output).map_err(|error| Failure::refused(&error))?;
        let (name, folder) = (&files.package.name, output.display());
        if drift.files.is_empty() {
            terminal::print(&format!("{name} in {folder}: up to date"));
            continue;
        }
        for (_, diff) in &drift.files {
            terminal::print(diff.trim_end());
        }
        print_changes(&changes(made, &done[jobs.clone()]));
        let files = terminal::count(drift.files.len(), "file differs", "files differ");
        terminal::error(&format!("{name} in {folder}: {files}; `{command}` mends it"));
        exit = Exit::Differs;
    }
    Ok(exit)
}

/// What changes for callers of a crate of these documents, where an earlier run left its manifest.
fn changes(made: &Crate, documents: &[(&Job, &Generated)]) -> Vec<String> {
    let changed = if made.earlier.is_empty() {
        let of_one = documents.iter().filter(|(job, _)| job.module.is_none());
        let changed = of_one.filter_map(|(job, generated)| Some((job.earlier.as_ref()?, &generated.manifest)));
        changed
            .flat_map(|(earlier, now)| manifest::compare(earlier, now))
            .collect()
    } else {
        let earlier = made
            .earlier
            .iter()
            .map(|(module, manifest)| (module.as_str(), manifest));
        let now = documents.iter();
        let now = now.filter_map(|(job, generated)| Some((job.module.as_deref()?, &generated.manifest)));
        manifest::compare_several(&earlier.collect::<Vec<_>>(), &now.collect::<Vec<_>>())
    };
    let moved = made.moved.map(str::to_owned).into_iter();
    moved.chain(changed.into_iter().map(|change| change.text)).collect()
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
