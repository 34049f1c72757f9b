//! The path of a file in, its bytes out, from the disk: below one folder, and below others that were opened.

use std::{
    fs::{self, File},
    io::{self, Read as _},
    path::{Component, Path, PathBuf},
};

use super::{FileError, Files, MOST_BYTES};

/// The files below the folder of a document.
///
/// No path, and no symbolic link on one, leads out of that folder and of those that were opened; what lies outside is
/// not looked at. Only regular files are opened.
#[derive(Debug, Clone)]
pub struct Folder {
    /// Without symbolic links and dots.
    home: PathBuf,
    open: Vec<PathBuf>,
}

impl Folder {
    /// The folder `home`, from which paths are seen.
    ///
    /// # Errors
    ///
    /// What the system says where there is no such folder.
    pub fn of(home: &Path) -> io::Result<Self> {
        let here = if home.as_os_str().is_empty() {
            Path::new(".")
        } else {
            home
        };
        Ok(Self {
            home: fs::canonicalize(here)?,
            open: Vec::new(),
        })
    }

    /// Opens `folder`, and what is below it, as well.
    ///
    /// # Errors
    ///
    /// What the system says where there is no such folder.
    pub fn and(mut self, folder: &Path) -> io::Result<Self> {
        self.open.push(fs::canonicalize(folder)?);
        Ok(self)
    }

    fn holds(&self, path: &Path) -> bool {
        path.starts_with(&self.home) || self.open.iter().any(|folder| path.starts_with(folder))
    }

    /// Where the file at `path` is, dots aside. `None` for what is no path on this system, such as `C:\a`.
    fn place(&self, path: &str) -> Option<PathBuf> {
        let mut place = self.home.clone();
        for name in path.split('/') {
            let mut components = Path::new(name).components();
            match (components.next(), components.next()) {
                (Some(Component::ParentDir), None) => _ = place.pop(),
                (Some(Component::Normal(part)), None) if part == name => place.push(part),
                _ => return None,
            }
        }
        Some(place)
    }
}

impl Files for Folder {
    fn read(&self, path: &str) -> Result<Vec<u8>, FileError> {
        let place = self.place(path).ok_or(FileError::Missing)?;
        if !self.holds(&place) {
            return Err(FileError::Outside);
        }
        let place = fs::canonicalize(place).map_err(|error| refused(&error))?;
        if !self.holds(&place) {
            return Err(FileError::Link);
        }
        // What is no regular file may wait for somebody, or act, when it is opened.
        regular(&fs::metadata(&place).map_err(|error| refused(&error))?)?;
        let file = File::open(&place).map_err(|error| refused(&error))?;
        let kind = file.metadata().map_err(|error| refused(&error))?;
        regular(&kind)?;
        if kind.len() > MOST_BYTES {
            return Err(FileError::TooLarge(MOST_BYTES));
        }
        let mut bytes = Vec::new();
        file.take(MOST_BYTES + 1)
            .read_to_end(&mut bytes)
            .map_err(|error| refused(&error))?;
        Ok(bytes)
    }
}

fn regular(kind: &fs::Metadata) -> Result<(), FileError> {
    if kind.is_dir() {
        Err(FileError::Folder)
    } else if kind.is_file() {
        Ok(())
    } else {
        Err(FileError::Special)
    }
}

fn refused(error: &io::Error) -> FileError {
    match error.kind() {
        // A file is not a folder, so that nothing is in it.
        io::ErrorKind::NotFound | io::ErrorKind::NotADirectory | io::ErrorKind::InvalidInput => FileError::Missing,
        _ => FileError::Refused(error.to_string()),
    }
}
