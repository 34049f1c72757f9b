//! Files that somebody edits in, crates that follow them out.

use std::{
    collections::BTreeMap,
    fs,
    hash::{DefaultHasher, Hash as _, Hasher as _},
    path::{Path, PathBuf},
    thread,
    time::{Duration, SystemTime},
};

use crate::{
    cli::Codegen,
    codegen,
    exit::{Exit, Failure},
    front::Front,
    terminal,
};

/// How often the files are looked at. To look is cheap, works on every file system, and sees an editor that puts a new file in
/// the place of the old one.
const PAUSE: Duration = Duration::from_millis(200);

/// The files that matter, each with what it holds.
type Seen = BTreeMap<PathBuf, Option<u64>>;

pub(super) fn run(arguments: &Codegen, front: Front) -> Result<Exit, Failure> {
    if arguments.spec.as_deref() == Some(Path::new("-")) {
        return Err(Failure::usage("the standard input cannot be watched".to_owned()));
    }
    let mut files = Vec::new();
    let mut seen = Seen::new();
    let (mut is_first, mut is_due) = (true, true);
    loop {
        if is_due || seen.iter().any(|(path, before)| content(path) != *before) {
            let start = SystemTime::now();
            // What is saved while the crates are made is seen at the next look.
            seen = look(&files);
            files.clear();
            if let Err(failure) = codegen::run_and_note(arguments, front, !is_first, &mut files) {
                // The command line stays wrong, however long one waits.
                if failure.exit == Exit::Usage || is_first && !files.iter().any(|path| path.exists()) {
                    return Err(failure);
                }
                terminal::error(&failure.message);
            }
            if is_first {
                terminal::note("watching; Ctrl-C ends it");
            }
            let new: Seen = look(&files)
                .into_iter()
                .filter(|(path, _)| !seen.contains_key(path))
                .collect();
            // Of these nobody knows what they held when they were read.
            is_due = new.keys().any(|path| is_younger(path, start));
            seen.extend(new);
            is_first = false;
        }
        thread::sleep(PAUSE);
    }
}

/// Whether a file was saved after `moment`, as far as a file system tells.
fn is_younger(path: &Path, moment: SystemTime) -> bool {
    let saved = fs::metadata(path).and_then(|file| file.modified());
    saved.is_ok_and(|saved| saved + PAUSE >= moment)
}

fn look(files: &[PathBuf]) -> Seen {
    files.iter().map(|path| (path.clone(), content(path))).collect()
}

/// What a file holds, as a number; nothing where there is none.
fn content(path: &Path) -> Option<u64> {
    let mut hasher = DefaultHasher::new();
    fs::read(path).ok()?.hash(&mut hasher);
    Some(hasher.finish())
}
