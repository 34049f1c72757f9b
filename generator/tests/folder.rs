//! Files, folders and links on a disk in, what of them references may lead into out.

#![cfg(unix)]
#![expect(clippy::unwrap_used, reason = "a set-up that fails is a test that fails")]

use std::{
    fs,
    os::unix::{fs::symlink, net::UnixListener},
    path::Path,
    sync::Mutex,
};

use generator::{
    Config, Generated, Input, Source, generate,
    input::{FileError, Files, Folder},
};

/// A folder `api` for a document, and around it what it may not lead to.
fn disk() -> tempfile::TempDir {
    let disk = tempfile::tempdir().unwrap();
    for path in [
        "api/pet.yaml",
        "api/deep/owner.yaml",
        "shared/error.yaml",
        "secret.yaml",
    ] {
        let path = disk.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, path.file_name().unwrap().as_encoded_bytes()).unwrap();
    }
    let link = |to: &str, from: &str| symlink(to, disk.path().join(from)).unwrap();
    link("deep/owner.yaml", "api/inside.yaml");
    link("../secret.yaml", "api/outside.yaml");
    link("../shared", "api/linked");
    link("round.yaml", "api/round.yaml");
    link("nothing.yaml", "api/dangling.yaml");
    link("api", "door");
    disk
}

fn read(files: &Folder, path: &str) -> Result<String, FileError> {
    files.read(path).map(|bytes| String::from_utf8(bytes).unwrap())
}

#[test]
fn what_is_below_the_folder_is_read() {
    let disk = disk();
    let files = Folder::of(&disk.path().join("api")).unwrap();
    for (path, name) in [
        ("pet.yaml", "pet.yaml"),
        ("deep/owner.yaml", "owner.yaml"),
        ("inside.yaml", "owner.yaml"),
        ("../api/pet.yaml", "pet.yaml"),
        ("../../api/../api/pet.yaml", "pet.yaml"),
    ] {
        let expected = if path.starts_with("../..") {
            Err(FileError::Outside)
        } else {
            Ok(name.to_owned())
        };
        assert_eq!(read(&files, path), expected, "{path}");
    }
}

#[test]
fn what_leads_out_is_not() {
    let disk = disk();
    let files = Folder::of(&disk.path().join("api")).unwrap();
    for (path, why) in [
        ("../secret.yaml", FileError::Outside),
        ("../api-not/pet.yaml", FileError::Outside),
        ("../missing.yaml", FileError::Outside),
        ("../../../../../../../../etc/passwd", FileError::Outside),
        ("outside.yaml", FileError::Link),
        ("linked/error.yaml", FileError::Link),
        ("linked", FileError::Link),
        ("deep", FileError::Folder),
        ("missing.yaml", FileError::Missing),
        ("dangling.yaml", FileError::Missing),
        ("pet.yaml/owner.yaml", FileError::Missing),
        ("/etc/passwd", FileError::Missing),
        ("", FileError::Missing),
        ("a\0b.yaml", FileError::Missing),
    ] {
        assert_eq!(read(&files, path), Err(why), "{path:?}");
    }
    assert!(matches!(read(&files, "round.yaml"), Err(FileError::Refused(_))));
}

#[test]
fn what_is_opened_is_read_as_well() {
    let disk = disk();
    let files = Folder::of(&disk.path().join("door")).unwrap();
    let files = files.and(&disk.path().join("shared")).unwrap();
    assert_eq!(read(&files, "../shared/error.yaml").as_deref(), Ok("error.yaml"));
    assert_eq!(read(&files, "linked/error.yaml").as_deref(), Ok("error.yaml"));
    assert_eq!(read(&files, "../secret.yaml"), Err(FileError::Outside));
    assert!(files.and(Path::new("/no/such/folder")).is_err());
}

#[test]
fn what_is_no_file_is_not_opened() {
    let disk = disk();
    let _listener = UnixListener::bind(disk.path().join("api/socket")).unwrap();
    let files = Folder::of(&disk.path().join("api")).unwrap();
    assert_eq!(read(&files, "socket"), Err(FileError::Special));
    let sparse = fs::File::create(disk.path().join("api/sparse.yaml")).unwrap();
    sparse.set_len(1 << 40).unwrap();
    assert_eq!(read(&files, "sparse.yaml"), Err(FileError::TooLarge(256 << 20)));
    let devices = Folder::of(Path::new("/dev")).unwrap();
    assert_eq!(read(&devices, "zero"), Err(FileError::Special));
}

/// Files that are made when they are asked for, and the paths that were.
#[derive(Debug, Default)]
struct Made(Mutex<Vec<String>>);

impl Files for Made {
    fn read(&self, path: &str) -> Result<Vec<u8>, FileError> {
        let mut asked = self.0.lock().unwrap();
        asked.push(path.to_owned());
        let next = asked.len();
        Ok(match path {
            "large.yaml" => vec![b'#'; 256 << 20],
            // It says something else each time.
            "same.yaml" => format!("type: string\nenum: [v{next}]").into_bytes(),
            _ => format!("{{$ref: {next}.yaml}}").into_bytes(),
        })
    }
}

fn generated(references: &[&str], files: &Made) -> Generated {
    let schemas = references
        .iter()
        .enumerate()
        .map(|(index, reference)| format!("    S{index}: {{$ref: '{reference}'}}\n"));
    let text = format!(
        "openapi: 3.1.0\ninfo: {{title: t, version: '1'}}\ncomponents:\n  schemas:\n{}",
        schemas.collect::<String>()
    );
    let source = Source {
        name: "openapi.yaml",
        bytes: text.as_bytes(),
    };
    let input = Input {
        files,
        ..Input::from(&source)
    };
    generate(input, &Config::default()).unwrap()
}

fn said(generated: &Generated) -> Vec<&str> {
    let said = generated.diagnostics.iter();
    said.map(|diagnostic| diagnostic.message.as_str()).collect()
}

#[test]
fn each_file_is_read_once() {
    let files = Made::default();
    let generated = generated(&["same.yaml", "./same.yaml#", "a/../same.yaml"], &files);
    assert_eq!(said(&generated), [""; 0]);
    assert_eq!(*files.0.lock().unwrap(), ["same.yaml"]);
    assert_eq!(generated.manifest.files, ["same.yaml"]);
}

#[test]
fn files_without_end_have_one() {
    let files = Made::default();
    let generated = generated(&["start.yaml"], &files);
    assert_eq!(
        said(&generated),
        ["`10000.yaml` is not read: the document refers to more than 10000 files; it is typed as any JSON value"]
    );
}

#[test]
fn a_document_and_its_files_are_of_a_size_together() {
    let generated = generated(&["large.yaml"], &Made::default());
    assert_eq!(
        said(&generated),
        ["`large.yaml` is not read: at most 268435456 bytes are read; it is typed as any JSON value"]
    );
}
