//! One document of a corpus in, a file with its figures out: what the child process does.

use std::{collections::BTreeSet, fs, path::Path};

use generator::{
    Config, Generated, generate,
    ir::{Origin, Pointer},
    output,
};

use super::{
    count::count,
    row::{Counts, Figures, Outcome, Report},
};
use crate::{
    cli::CorpusDocument,
    diagnostics,
    exit::{Exit, Failure},
    input::Description,
};

pub(crate) fn run(arguments: &CorpusDocument) -> Result<Exit, Failure> {
    limit_memory(arguments.memory)?;
    let description = Description::read(&arguments.document, &[], &[])?;
    let crate_name = arguments.name.clone().unwrap_or_else(|| "client".to_owned());
    let report = match description.with_input(|input| {
        generate(
            input,
            &Config {
                crate_name,
                ..Config::default()
            },
        )
    }) {
        Ok(generated) => {
            if let Some(out) = &arguments.out {
                output::write(&generated.files, out).map_err(|error| Failure::refused(&error))?;
            }
            Report {
                outcome: Outcome::Generated,
                figures: figures(&generated, &description.document.bytes),
            }
        }
        Err(refusal) => {
            let (code, reason) = refusal.problems.first().map_or_else(Default::default, |problem| {
                (problem.code.as_str().to_owned(), problem.message.clone())
            });
            Report {
                outcome: Outcome::Refused { code, reason },
                figures: Figures::default(),
            }
        }
    };
    write(&arguments.row, &report)?;
    Ok(Exit::Done)
}

fn write(path: &Path, report: &Report) -> Result<(), Failure> {
    let text = serde_json::to_vec(report).unwrap_or_else(|error| unreachable!("only texts: {error}"));
    fs::write(path, text).map_err(|error| Failure::at("write", path, &error))
}

#[cfg(unix)]
fn limit_memory(mib: u64) -> Result<(), Failure> {
    let bytes = mib.saturating_mul(1 << 20);
    rlimit::Resource::AS
        .set(bytes, bytes)
        .map_err(|error| Failure::refused(&error))
}

#[cfg(not(unix))]
fn limit_memory(_mib: u64) -> Result<(), Failure> {
    Ok(())
}

fn figures(generated: &Generated, bytes: &[u8]) -> Figures {
    let held = count(bytes);
    let mut figures = Figures {
        lines: lines(generated),
        peak_mib: peak_mib(),
        ..Figures::default()
    };
    for diagnostic in &generated.diagnostics {
        *figures
            .diagnostics
            .entry(diagnostic.code.as_str().to_owned())
            .or_default() += 1;
    }
    let emitted = generated.api.operations.iter().map(|operation| &operation.pointer);
    figures.operations = counts(generated, held.operations, emitted, &["paths"]);
    let components = generated.api.types.iter().map(|(_, definition)| definition);
    let components = components.filter(|definition| matches!(definition.origin, Origin::Component(_)));
    let emitted = components.map(|definition| &definition.pointer);
    figures.schemas = counts(generated, held.schemas, emitted, &["components", "schemas"]);
    figures.webhooks = webhooks(generated, &held.webhooks);
    figures
}

/// How many tokens lead to an operation, and to a component schema.
const DEPTH: usize = 3;

/// Holds what was `emitted` against what the diagnostics are about, among the things that lie under `below`.
fn counts<'p>(
    generated: &Generated,
    document: usize,
    emitted: impl Iterator<Item = &'p Pointer>,
    below: &[&str],
) -> Counts {
    let thing = |pointer: &Pointer| -> Option<Vec<String>> {
        let tokens: Vec<String> = pointer.tokens().take(DEPTH).collect();
        (tokens.len() == DEPTH && tokens.iter().zip(below).all(|(token, wanted)| token == wanted)).then_some(tokens)
    };
    let emitted: Vec<_> = emitted.map(thing).collect();
    let distinct: BTreeSet<_> = emitted.iter().flatten().collect();
    let losses = generated
        .diagnostics
        .iter()
        .filter(|diagnostic| diagnostics::is_loss(diagnostic));
    let reported: BTreeSet<_> = losses.filter_map(|diagnostic| thing(&diagnostic.pointer)).collect();
    let degraded = reported.iter().filter(|thing| distinct.contains(thing)).count();
    Counts {
        document,
        emitted: emitted.len(),
        degraded,
        skipped: reported.len() - degraded,
    }
}

/// Holds the webhooks that were emitted against those in the `document` by place. One that is not there has been reported, or
/// what it is written in has.
fn webhooks(generated: &Generated, document: &[String]) -> Counts {
    let mut emitted: Vec<&str> = generated.api.webhooks.iter().map(|it| it.pointer.as_str()).collect();
    let losses = || generated.diagnostics.iter().filter(|it| diagnostics::is_loss(it));
    let mut counts = Counts {
        document: document.len(),
        emitted: emitted.len(),
        ..Counts::default()
    };
    for place in document {
        let is_inside = |outer: &str, inner: &str| {
            inner
                .strip_prefix(outer)
                .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        };
        if let Some(index) = emitted.iter().position(|known| known == place) {
            emitted.swap_remove(index);
            counts.degraded += usize::from(losses().any(|loss| is_inside(place, loss.pointer.as_str())));
        } else if losses().any(|loss| {
            let loss = loss.pointer.as_str();
            loss.len() > 1 && (is_inside(place, loss) || is_inside(loss, place))
        }) {
            counts.skipped += 1;
        }
    }
    counts
}

fn lines(generated: &Generated) -> usize {
    let files = generated.files.sources.iter();
    files
        .filter(|(path, _)| path.starts_with("src/") && !path.starts_with("src/runtime/"))
        .map(|(_, text)| text.lines().count())
        .sum()
}

/// The kernel's high-water mark, where it writes one.
fn peak_mib() -> Option<u64> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    let kib: u64 = peak.trim().strip_suffix(" kB")?.trim().parse().ok()?;
    Some(kib / 1024)
}
