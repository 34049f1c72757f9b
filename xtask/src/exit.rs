//! How a command ends, as the number that a shell sees.

use std::{error::Error, process::ExitCode};

/// How a command ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Exit {
    /// All is done.
    Done = 0,
    /// The output is not what it should be (`--check`), or not whole (`--strict`).
    Differs = 1,
    /// Nothing was written.
    Refused = 2,
    /// Callers compile, and some calls do something else (`diff`).
    Behaves = 3,
    /// Callers may not compile (`diff`).
    Breaks = 4,
    /// The command line makes no sense.
    Usage = 64,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit as u8)
    }
}

/// Why a command ended early.
#[derive(Debug)]
pub(crate) struct Failure {
    pub(crate) exit: Exit,
    pub(crate) message: String,
}

impl Failure {
    /// Nothing was written, because of `error` and all that led to it.
    pub(crate) fn refused(error: &dyn Error) -> Self {
        let mut message = error.to_string();
        let mut cause = error.source();
        while let Some(error) = cause {
            message = format!("{message}: {error}");
            cause = error.source();
        }
        Self {
            exit: Exit::Refused,
            message,
        }
    }

    /// Nothing was written, because `path` cannot be dealt with.
    pub(crate) fn at(what: &str, path: &std::path::Path, error: &std::io::Error) -> Self {
        Self {
            exit: Exit::Refused,
            message: format!("cannot {what} `{}`: {error}", path.display()),
        }
    }

    pub(crate) fn usage(message: String) -> Self {
        Self {
            exit: Exit::Usage,
            message,
        }
    }
}
