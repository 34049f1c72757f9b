//! A path and bytes in, the file that is there with these bytes out: whole or not at all.

use std::{
    fs,
    io::Write as _,
    path::{Path, PathBuf},
};

use tempfile::Builder;

use crate::exit::Failure;

/// Brings a file to its new text; what it may be used for stays, and so do links that lead to it.
pub(super) fn replace(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    if fs::read(path).is_ok_and(|there| there == bytes) {
        return Ok(());
    }
    make_folder_of(path)?;
    let failed = |error: std::io::Error| Failure::at("write", path, &error);
    let Ok(target) = fs::canonicalize(path) else {
        // Nothing is lost where nothing is, and a link may lead to where nothing is.
        return fs::write(path, bytes).map_err(failed);
    };
    let permissions = fs::metadata(&target).map_err(failed)?.permissions();
    let mut beside = Builder::new()
        .prefix(".codegen-")
        .tempfile_in(folder_of(&target))
        .map_err(failed)?;
    beside.write_all(bytes).map_err(failed)?;
    beside.as_file().set_permissions(permissions).map_err(failed)?;
    beside.persist(&target).map_err(|error| failed(error.error))?;
    Ok(())
}

/// Makes the folder that a file is to be in.
pub(super) fn make_folder_of(path: &Path) -> Result<(), Failure> {
    let folder = folder_of(path);
    fs::create_dir_all(folder).map_err(|error| Failure::at("make the folder", folder, &error))
}

/// Whether two paths lead to one file, which need not be there.
pub(super) fn is_same(one: &Path, other: &Path) -> bool {
    let [one, other] = [one, other].map(|path| fs::canonicalize(path).unwrap_or_else(|_| in_real_folder(path)));
    one == other
}

fn in_real_folder(path: &Path) -> PathBuf {
    let folder = fs::canonicalize(folder_of(path));
    match (folder, path.file_name()) {
        (Ok(folder), Some(name)) => folder.join(name),
        _ => path.to_owned(),
    }
}

fn folder_of(path: &Path) -> &Path {
    match path.parent() {
        Some(folder) if folder != Path::new("") => folder,
        _ => Path::new("."),
    }
}

#[cfg(all(test, unix))]
mod tests {
    use std::{
        fs,
        os::unix::fs::{PermissionsExt as _, symlink},
    };

    use super::{is_same, replace};

    #[test]
    fn nothing_else_of_a_file_or_beside_it_changes() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = |name: &str| folder.path().join(name);
        fs::write(path("a"), "old").expect("a file");
        fs::write(path("a.new"), "mine").expect("a file");
        fs::set_permissions(path("a"), fs::Permissions::from_mode(0o640)).expect("a file");
        symlink("a", path("link")).expect("a link");
        replace(&path("link"), b"new").expect("a folder that can be written to");
        let read = |name: &str| fs::read_to_string(path(name)).expect("a file");
        assert_eq!([read("a"), read("a.new")], ["new", "mine"]);
        assert!(path("link").is_symlink() && is_same(&path("link"), &path("a")));
        let mode = fs::metadata(path("a")).expect("a file").permissions().mode();
        assert_eq!(mode & 0o777, 0o640);
        assert_eq!(fs::read_dir(folder.path()).expect("a folder").count(), 3);
        symlink("b", path("open")).expect("a link");
        replace(&path("open"), b"new").expect("a folder that can be written to");
        replace(&path("x/y/c"), b"new").expect("a folder that can be made");
        assert_eq!([read("b"), read("x/y/c")], ["new", "new"]);
        assert!(path("open").is_symlink());
    }
}
