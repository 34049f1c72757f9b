//! A way to files in, the same way out, and in the end the paths that were asked for.

use std::{
    collections::BTreeSet,
    sync::{Mutex, PoisonError},
};

use super::{FileError, Files};

/// Files, with the paths of those that a document refers to: what has to be looked at when something changes.
#[derive(Debug, Default)]
pub struct Recorded<F> {
    files: F,
    asked: Mutex<BTreeSet<String>>,
}

impl<F> Recorded<F> {
    /// The same files.
    pub fn new(files: F) -> Self {
        Self {
            files,
            asked: Mutex::default(),
        }
    }

    /// The paths that were asked for so far, whether or not there is such a file, seen from the folder of the document.
    pub fn asked(&self) -> Vec<String> {
        let asked = self.asked.lock().unwrap_or_else(PoisonError::into_inner);
        asked.iter().cloned().collect()
    }
}

impl<F: Files> Files for Recorded<F> {
    fn read(&self, path: &str) -> Result<Vec<u8>, FileError> {
        let mut asked = self.asked.lock().unwrap_or_else(PoisonError::into_inner);
        asked.insert(path.to_owned());
        drop(asked);
        self.files.read(path)
    }
}
