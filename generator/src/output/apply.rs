//! A [`Plan`] in, a changed folder out, or the folder as it was.
//!
//! New texts are written into a staging folder inside the output folder, so that moving them into place cannot fail
//! for want of space or by crossing file systems. What they replace is moved into the staging folder and moved back
//! when a later step fails.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use rayon::iter::{IntoParallelIterator as _, ParallelIterator as _};

use super::{
    error::{Action, OutputError},
    plan::{Plan, Step},
};

pub(super) fn apply(plan: &Plan, dir: &Path) -> Result<(), OutputError> {
    apply_watched(plan, dir, |_| Ok(()))
}

/// `before` is asked before every change; it is how tests make any of them fail.
fn apply_watched(plan: &Plan, dir: &Path, before: impl FnMut(&Path) -> io::Result<()>) -> Result<(), OutputError> {
    if plan.steps.is_empty() {
        return Ok(());
    }
    let mut transaction = Transaction {
        before,
        undo: Vec::new(),
    };
    let result = transaction
        .create_folder(dir)
        .and_then(|()| transaction.stage_and_move(plan, dir));
    if result.is_err() {
        transaction.roll_back(0);
    }
    result
}

/// How many new files wait in one folder.
const FOLDER: usize = 64;

/// How to take a change back.
enum Undo {
    RemoveFolder(PathBuf),
    Move { from: PathBuf, to: PathBuf },
}

struct Transaction<B> {
    before: B,
    undo: Vec<Undo>,
}

impl<B: FnMut(&Path) -> io::Result<()>> Transaction<B> {
    fn stage_and_move(&mut self, plan: &Plan, dir: &Path) -> Result<(), OutputError> {
        let start = self.undo.len();
        let staging = tempfile::Builder::new()
            .prefix(".codegen-")
            .tempdir_in(dir)
            .map_err(OutputError::io(Action::Create, dir))?;
        let result = self
            .stage(plan, dir, staging.path())
            .and_then(|()| self.move_into_place(plan, dir, staging.path()));
        match result {
            Ok(()) => remove_empty_folders(plan, dir),
            // The old files lie in the staging folder, which goes when this function returns.
            Err(_) => self.roll_back(start),
        }
        result
    }

    fn stage(&mut self, plan: &Plan, dir: &Path, staging: &Path) -> Result<(), OutputError> {
        let failed = |path: &str, error| OutputError::io(Action::Write, dir.join(path))(error);
        let mut texts = Vec::new();
        for (index, step) in plan.steps.iter().enumerate() {
            if let Step::Write { new, path, .. } = step {
                let place = fresh(staging, index);
                (self.before)(&place).map_err(|error| failed(path, error))?;
                texts.push((place, new, path));
            }
        }
        let folders = plan.steps.len() / FOLDER + 1;
        for folder in 0..folders {
            let folder = staging.join(format!("new-{folder}"));
            fs::create_dir(&folder).map_err(OutputError::io(Action::Create, folder))?;
        }
        // To make a file takes longer than to fill it, and a kernel makes several at once, in as many folders.
        let texts = texts.into_par_iter();
        texts
            .map(|(place, new, path)| fs::write(place, new).map_err(|error| failed(path, error)))
            .collect()
    }

    /// Old files go first: where case does not count, `Pet.rs` would take the new `pet.rs` with it.
    fn move_into_place(&mut self, plan: &Plan, dir: &Path, staging: &Path) -> Result<(), OutputError> {
        for (index, step) in plan.steps.iter().enumerate() {
            let target = dir.join(step.path());
            if fs::symlink_metadata(&target).is_ok() {
                self.rename(&target, &former(staging, index))?;
            }
        }
        for (index, step) in plan.steps.iter().enumerate() {
            match step {
                Step::Write { path, .. } => {
                    let target = dir.join(path);
                    if let Some(folder) = target.parent() {
                        self.create_folder(folder)?;
                    }
                    self.rename(&fresh(staging, index), &target)?;
                }
                Step::Remove { .. } => {}
            }
        }
        Ok(())
    }

    fn rename(&mut self, from: &Path, to: &Path) -> Result<(), OutputError> {
        (self.before)(from)
            .and_then(|()| fs::rename(from, to))
            .map_err(OutputError::io(Action::Move, from))?;
        self.undo.push(Undo::Move {
            from: from.to_owned(),
            to: to.to_owned(),
        });
        Ok(())
    }

    fn create_folder(&mut self, folder: &Path) -> Result<(), OutputError> {
        let named = folder.ancestors().take_while(|folder| !folder.as_os_str().is_empty());
        let missing: Vec<_> = named.take_while(|folder| !folder.exists()).collect();
        for folder in missing.into_iter().rev() {
            (self.before)(folder)
                .and_then(|()| fs::create_dir(folder))
                .map_err(OutputError::io(Action::Create, folder))?;
            self.undo.push(Undo::RemoveFolder(folder.to_owned()));
        }
        Ok(())
    }

    /// Takes back everything since `start`. Nothing more can be done where even this fails; the error that led here
    /// is the one to report.
    fn roll_back(&mut self, start: usize) {
        while self.undo.len() > start {
            let _ = match self.undo.pop() {
                Some(Undo::RemoveFolder(folder)) => fs::remove_dir(folder),
                Some(Undo::Move { from, to }) => fs::rename(to, from),
                None => return,
            };
        }
    }
}

/// Where a new file waits.
fn fresh(staging: &Path, index: usize) -> PathBuf {
    staging.join(format!("new-{}/{index}", index / FOLDER))
}

/// Where an old file waits.
fn former(staging: &Path, index: usize) -> PathBuf {
    staging.join(format!("old-{index}"))
}

/// A folder that still holds something stays, which is why a failure is no failure.
fn remove_empty_folders(plan: &Plan, dir: &Path) {
    for step in &plan.steps {
        if let Step::Remove { path, .. } = step {
            let folders = Path::new(path)
                .ancestors()
                .skip(1)
                .filter(|folder| !folder.as_os_str().is_empty());
            for folder in folders {
                if fs::remove_dir(dir.join(folder)).is_err() {
                    break;
                }
            }
        }
    }
}

#[cfg(test)]
mod tests;
