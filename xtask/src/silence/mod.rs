//! A folder of documents in, the members that could be taken away from them in silence out.

mod law;
mod slice;

use std::{
    collections::BTreeMap,
    fs,
    path::Path,
    sync::{
        atomic::{AtomicUsize, Ordering},
        mpsc,
    },
    thread,
};

use serde_json::Value;

use crate::{
    cli::Silence,
    exit::{Exit, Failure},
    files::documents_below,
    terminal,
};
use law::{Exceptions, Tried, changes, try_changes};
use slice::slices;

/// The most parts that are taken of one document.
const PARTS: usize = 12;

/// Of the members that are taken away from one document, the part that one path may have.
const SHARE: usize = 4;

pub(crate) fn run(arguments: &Silence) -> Result<Exit, Failure> {
    let exceptions = include_str!("law/exceptions.yaml");
    let exceptions = Exceptions::read(exceptions).map_err(|error| Failure::refused(&error))?;
    let mut random = fastrand::Rng::with_seed(arguments.seed);
    let mut documents = documents_below(&arguments.folder)?;
    random.shuffle(&mut documents);
    // Each has its numbers for itself, whoever comes first.
    let documents: Vec<_> = documents.into_iter().map(|path| (path, random.u64(..))).collect();
    let tried_documents = AtomicUsize::new(0);
    let next = AtomicUsize::new(0);
    let jobs = arguments.jobs.or_else(|| thread::available_parallelism().ok());
    let (sender, receiver) = mpsc::channel();
    let (mut changes, mut taken, mut lost) = (0, 0, 0);
    let (mut excepted, mut silent) = (BTreeMap::<usize, usize>::new(), BTreeMap::<String, Vec<String>>::new());
    thread::scope(|scope| {
        for _ in 0..jobs.map_or(1, std::num::NonZero::get) {
            let (sender, next, documents, exceptions, done) =
                (sender.clone(), &next, &documents, &exceptions, &tried_documents);
            scope.spawn(move || {
                while done.load(Ordering::Relaxed) < arguments.sample
                    && let Some((path, seed)) = documents.get(next.fetch_add(1, Ordering::Relaxed))
                {
                    let tried = one(path, *seed, arguments.members, exceptions);
                    if tried.iter().any(|tried| tried.changes > 0) {
                        done.fetch_add(1, Ordering::Relaxed);
                        _ = sender.send((path, tried));
                    }
                }
            });
        }
        drop(sender);
        for (path, tried) in receiver {
            let name = path
                .strip_prefix(&arguments.folder)
                .unwrap_or(path)
                .display()
                .to_string();
            for tried in tried {
                changes += tried.changes;
                taken += tried.taken;
                lost += tried.lost;
                for exception in tried.excepted {
                    *excepted.entry(exception).or_default() += 1;
                }
                for change in tried.silent {
                    silent
                        .entry(change.site.clone())
                        .or_default()
                        .push(format!("{name} {change}"));
                }
            }
        }
    });
    let mut kinds: Vec<_> = silent.iter().collect();
    kinds.sort_by_key(|(_, said)| usize::MAX - said.len());
    for (site, said) in kinds {
        terminal::print(&format!("{:5} {site}\n        {}", said.len(), said.join("\n        ")));
    }
    for (exception, count) in &excepted {
        let exception = &exceptions.0[*exception];
        terminal::print(&format!("{count:5} {}: {}", exception.name, exception.reason));
    }
    let silences: usize = silent.values().map(Vec::len).sum();
    terminal::print(&format!(
        "{} documents, {taken} members taken away, {} values changed: {silences} silent, {} as the exceptions say, {lost} within what is said to be lost",
        tried_documents.load(Ordering::Relaxed),
        changes - taken,
        excepted.values().sum::<usize>(),
    ));
    Ok(if silences == 0 { Exit::Done } else { Exit::Differs })
}

/// Tries the members of one document, a part at a time.
fn one(path: &Path, seed: u64, members: usize, exceptions: &Exceptions) -> Vec<Tried> {
    let mut random = fastrand::Rng::with_seed(seed);
    let Some(document) = read(path) else { return Vec::new() };
    let mut left = members;
    let mut results = Vec::new();
    for part in slices(&document, PARTS, &mut random) {
        if left == 0 {
            break;
        }
        let mut all = changes(&part);
        random.shuffle(&mut all);
        let most = left.min(members.div_ceil(SHARE));
        let (taken, changed): (Vec<_>, Vec<_>) = all.into_iter().partition(law::Change::is_taken);
        let wanted = taken.into_iter().take(most).chain(changed.into_iter().take(most / 2));
        let tried = try_changes(&part, wanted, exceptions);
        left -= tried.taken;
        results.push(tried);
    }
    results
}

fn read(path: &Path) -> Option<Value> {
    let text = fs::read_to_string(path).ok()?;
    let value = serde_json::from_str(&text)
        .ok()
        .or_else(|| serde_yaml::from_str(&text).ok())?;
    Some(value).filter(Value::is_object)
}
