//! Documents in, the crates that are made of them out: one for each, or one for several, and the runtime that some share.

use std::{ops::Range, path::PathBuf};

use generator::{
    Config, Files, Generated, Manifest, Refusal, Together, Understood, config::Runtime, shared_runtime, together,
};

use super::{job::Job, places};
use crate::progress::Line;

/// What is to become one crate.
pub(super) struct Plan {
    /// The positions of the documents among all; none for a runtime.
    jobs: Range<usize>,
    output: PathBuf,
    /// The command that writes it.
    command: String,
    kind: Kind,
}

enum Kind {
    /// Of one document.
    One,
    /// Of several, with what is said of the crate and what an earlier run left of each.
    Many(Box<Config>, Vec<(String, Manifest)>),
    /// The runtime of others.
    Runtime { runtime: Runtime, standalone: bool },
}

impl Plan {
    pub(super) fn one(index: usize, job: &Job) -> Self {
        Self {
            jobs: index..index + 1,
            output: job.output.clone(),
            command: job.command.clone(),
            kind: Kind::One,
        }
    }

    /// One of the jobs `jobs`, of which `first` is the first.
    pub(super) fn many(jobs: Range<usize>, first: &Job, config: Config, earlier: Vec<(String, Manifest)>) -> Self {
        Self {
            jobs,
            output: first.output.clone(),
            command: first.command.clone(),
            kind: Kind::Many(Box::new(config), earlier),
        }
    }

    pub(super) fn runtime(runtime: Runtime, output: PathBuf, command: String, standalone: bool) -> Self {
        Self {
            jobs: 0..0,
            output,
            command,
            kind: Kind::Runtime { runtime, standalone },
        }
    }
}

/// A crate, as it is to be in its folder.
pub(super) struct Crate {
    pub(super) files: Files,
    pub(super) output: PathBuf,
    pub(super) command: String,
    /// The positions of the documents that it is made of.
    pub(super) jobs: Range<usize>,
    /// What an earlier run left of each, in a crate of several.
    pub(super) earlier: Vec<(String, Manifest)>,
    /// What callers hear of where everything is.
    pub(super) moved: Option<&'static str>,
}

/// What came of each document, and the crates where all of their documents were understood.
pub(super) fn make(jobs: &[Job], plans: Vec<Plan>, line: &Line) -> (Vec<Result<Generated, Refusal>>, Vec<Crate>) {
    let mut results = Vec::new();
    let mut crates = Vec::new();
    for Plan {
        jobs: range,
        output,
        command,
        kind,
    } in plans
    {
        let jobs = &jobs[range.clone()];
        let mut before = Vec::new();
        let moved = match &kind {
            Kind::One => places::moved(&output, false),
            Kind::Many(..) => places::moved(&output, true),
            Kind::Runtime { .. } => None,
        };
        let understood = jobs.iter().map(|job| job.understand(line));
        let files = match kind {
            Kind::One => {
                let generated = understood.map(|document| document.map(Understood::generate));
                let mut generated: Vec<_> = generated.collect();
                let files = generated
                    .iter_mut()
                    .find_map(|generated| Some(std::mem::take(&mut generated.as_mut().ok()?.files)));
                results.extend(generated);
                files
            }
            Kind::Many(config, earlier) => {
                before = earlier;
                let all: Vec<Result<Understood, Refusal>> = understood.collect();
                let (files, generated) = joined(jobs, all, &config);
                results.extend(generated);
                files
            }
            Kind::Runtime { runtime, standalone } => Some(shared_runtime(&runtime, standalone)),
        };
        crates.extend(files.map(|files| Crate {
            files,
            output,
            command,
            jobs: range,
            earlier: before,
            moved,
        }));
    }
    (results, crates)
}

/// The crate of several documents, if all of them were understood, and what came of each.
fn joined(
    jobs: &[Job],
    all: Vec<Result<Understood, Refusal>>,
    config: &Config,
) -> (Option<Files>, Vec<Result<Generated, Refusal>>) {
    if all.iter().any(Result::is_err) {
        let each = all.into_iter().map(|document| document.map(Understood::generate));
        return (None, each.collect());
    }
    let modules = jobs.iter().map(|job| job.module.clone().unwrap_or_default());
    let together = together(modules.zip(all.into_iter().flatten()).collect(), config);
    let Together { files, documents } = match together {
        Ok(together) => together,
        Err(error) => unreachable!("settings with such a name are refused: {error}"),
    };
    (Some(files), documents.into_iter().map(Ok).collect())
}
