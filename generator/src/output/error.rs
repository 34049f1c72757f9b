//! Why a folder was left as it was.

use std::{fmt, io, path::PathBuf};

/// Why nothing was written.
#[derive(Debug)]
#[non_exhaustive]
pub enum OutputError {
    /// A path leads out of the folder, or is no path on some system.
    Escapes(String),
    /// Two paths differ in case only, which some file systems do not tell apart.
    Twins(String, String),
    /// A symbolic link is where a folder or file of the crate belongs.
    Symlink(PathBuf),
    /// A file that does not bear the marker is where a machine-written one belongs.
    Foreign(PathBuf),
    /// `Cargo.toml` cannot be edited.
    Manifest {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        message: String,
    },
    /// The file system refused.
    Io {
        /// What was tried.
        action: Action,
        /// On what.
        path: PathBuf,
        /// What it said.
        source: io::Error,
    },
}

/// What was tried on a file system.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub enum Action {
    Read,
    Write,
    Create,
    Move,
    Remove,
}

impl OutputError {
    pub(super) fn io(action: Action, path: impl Into<PathBuf>) -> impl FnOnce(io::Error) -> Self {
        let path = path.into();
        move |source| Self::Io { action, path, source }
    }
}

impl fmt::Display for OutputError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Escapes(path) => write!(
                formatter,
                "`{}` is not a path inside the output folder",
                path.escape_debug()
            ),
            Self::Twins(one, other) => write!(formatter, "`{one}` and `{other}` are one file on some file systems"),
            Self::Symlink(path) => {
                write!(
                    formatter,
                    "`{}` is a symbolic link; the output folder must hold its own files",
                    path.display()
                )
            }
            Self::Foreign(path) => {
                let path = path.display();
                write!(
                    formatter,
                    "`{path}` was not generated and is not replaced; move it away"
                )
            }
            Self::Manifest { path, message } => write!(formatter, "cannot edit `{}`: {message}", path.display()),
            Self::Io { action, path, .. } => {
                let action = match action {
                    Action::Read => "read",
                    Action::Write => "write",
                    Action::Create => "create",
                    Action::Move => "move",
                    Action::Remove => "remove",
                };
                write!(formatter, "cannot {action} `{}`", path.display())
            }
        }
    }
}

impl std::error::Error for OutputError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Io { source, .. } => Some(source),
            Self::Escapes(_) | Self::Twins(..) | Self::Symlink(_) | Self::Foreign(_) | Self::Manifest { .. } => None,
        }
    }
}
