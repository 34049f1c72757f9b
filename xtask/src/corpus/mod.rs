//! A folder of documents in, a line for each and a summary out.

mod compile;
mod count;
pub(crate) mod document;
mod row;
mod summary;

use std::{
    fs::{self, File},
    path::{Path, PathBuf},
    process::{Command, ExitStatus, Stdio},
    sync::{
        atomic::{AtomicUsize, Ordering},
        mpsc,
    },
    thread,
    time::{Duration, Instant},
};

use indicatif::{ProgressBar, ProgressStyle};
use wait_timeout::ChildExt;

use crate::{
    cli::Corpus,
    exit::{Exit, Failure},
    files::documents_below,
    input, terminal,
};
use row::{Outcome, Row};

pub(crate) fn run(arguments: &Corpus) -> Result<Exit, Failure> {
    let documents = documents(arguments)?;
    let work = arguments
        .work
        .clone()
        .unwrap_or_else(|| input::root().join("target/corpus"));
    let scratch = work.join("rows");
    fs::create_dir_all(&scratch).map_err(|error| Failure::at("create", &scratch, &error))?;
    let runner = Runner { arguments, scratch };

    let started = Instant::now();
    let mut rows = runner.all(&documents)?;
    let seconds = started.elapsed().as_secs_f64();
    if let Some(number) = arguments.check {
        compile::run(&runner, &mut rows, number, &work)?;
    }
    if let Some(path) = &arguments.json {
        let text = serde_json::to_string_pretty(&rows).unwrap_or_else(|error| unreachable!("only texts: {error}"));
        fs::write(path, text + "\n").map_err(|error| Failure::at("write", path, &error))?;
    }
    terminal::print(&summary::summary(&rows, seconds));
    Ok(if rows.iter().all(Row::is_honest) {
        Exit::Done
    } else {
        Exit::Differs
    })
}

/// Every document below the folder, sorted.
fn documents(arguments: &Corpus) -> Result<Vec<PathBuf>, Failure> {
    let folder = &arguments.folder;
    if !folder.is_dir() {
        let message = format!("`{}` is not a folder", folder.display());
        return Err(Failure {
            exit: Exit::Refused,
            message,
        });
    }
    let mut documents = documents_below(folder)?;
    if let Some(text) = &arguments.filter {
        documents.retain(|path| path.to_string_lossy().contains(text));
    }
    if documents.is_empty() {
        let message = format!("there is no document below `{}`", folder.display());
        return Err(Failure {
            exit: Exit::Refused,
            message,
        });
    }
    Ok(documents)
}

/// Runs documents, each in a process of its own.
struct Runner<'a> {
    arguments: &'a Corpus,
    scratch: PathBuf,
}

/// A crate to write, and its name.
struct Written<'p> {
    out: &'p Path,
    name: &'p str,
}

impl Runner<'_> {
    fn jobs(&self) -> usize {
        self.arguments
            .jobs
            .or_else(|| thread::available_parallelism().ok())
            .map_or(1, std::num::NonZero::get)
    }

    /// One row a document, in the order of the documents; printed as they come.
    fn all(&self, documents: &[PathBuf]) -> Result<Vec<Row>, Failure> {
        let bar = bar(documents.len(), "generate");
        let next = AtomicUsize::new(0);
        let (sender, receiver) = mpsc::channel();
        let mut rows: Vec<Option<Row>> = documents.iter().map(|_| None).collect();
        thread::scope(|scope| {
            for _ in 0..self.jobs().min(documents.len()) {
                let (sender, next) = (sender.clone(), &next);
                scope.spawn(move || {
                    while let index = next.fetch_add(1, Ordering::Relaxed)
                        && let Some(document) = documents.get(index)
                        && sender.send((index, self.one(document, index, None))).is_ok()
                    {}
                });
            }
            drop(sender);
            for (index, row) in receiver {
                let row = row?;
                bar.suspend(|| terminal::print(&row.to_string()));
                bar.inc(1);
                rows[index] = Some(row);
            }
            Ok(())
        })?;
        bar.finish_and_clear();
        Ok(rows.into_iter().flatten().collect())
    }

    /// Generates from one document, and writes the crate if asked to.
    fn one(&self, document: &Path, index: usize, written: Option<&Written<'_>>) -> Result<Row, Failure> {
        let row_path = self.scratch.join(format!("{index}.json"));
        let log_path = self.scratch.join(format!("{index}.log"));
        let _ = fs::remove_file(&row_path);
        let log = File::create(&log_path).map_err(|error| Failure::at("create", &log_path, &error))?;
        let program = std::env::current_exe().map_err(|error| Failure::refused(&error))?;
        let mut command = Command::new(program);
        command.arg("corpus-document").arg(document).arg("--row").arg(&row_path);
        command.arg("--memory").arg(self.arguments.memory.to_string());
        if let Some(written) = written {
            command.arg("--out").arg(written.out).arg("--name").arg(written.name);
        }
        // The first line of a panic says enough for a row.
        command
            .env("RUST_BACKTRACE", "0")
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(log);

        let started = Instant::now();
        let mut child = command.spawn().map_err(|error| Failure::refused(&error))?;
        let limit = Duration::from_secs(self.arguments.timeout);
        let status = child.wait_timeout(limit).map_err(|error| Failure::refused(&error))?;
        if status.is_none() {
            let _ = child.kill();
            let _ = child.wait();
        }
        let name = document
            .strip_prefix(&self.arguments.folder)
            .unwrap_or(document)
            .display()
            .to_string();
        let seconds = started.elapsed().as_secs_f64();
        let report = fs::read_to_string(&row_path)
            .ok()
            .and_then(|text| serde_json::from_str(&text).ok());
        let (outcome, report) = match (status, report) {
            (Some(status), Some(report)) if status.success() => (None, Some(report)),
            (Some(status), _) => (Some(crash(status, &log_path)), None),
            (None, _) => (Some(Outcome::TimedOut), None),
        };
        Ok(Row::new(name, outcome, report, seconds))
    }
}

/// What a child that did not come to its end said last.
fn crash(status: ExitStatus, log: &Path) -> Outcome {
    let said = fs::read_to_string(log).unwrap_or_default();
    let last = said
        .lines()
        .filter(|line| !line.starts_with("note: "))
        .collect::<Vec<_>>()
        .join(" ");
    let reason = format!("{status}: {}", last.chars().take(300).collect::<String>());
    Outcome::Crashed { reason }
}

/// A bar on a terminal, nothing elsewhere.
fn bar(length: usize, what: &'static str) -> ProgressBar {
    let style = ProgressStyle::with_template("{msg} {wide_bar} {pos}/{len} {eta}")
        .unwrap_or_else(|error| unreachable!("a valid template: {error}"));
    ProgressBar::new(length as u64).with_style(style).with_message(what)
}
