//! What settings say of where documents come from in; documents that are fetched anew, and those that are not what they were, out.

use std::{
    fmt::Write as _,
    fs,
    path::{Path, PathBuf},
};

use generator::config::{Origin, Target};
use sha2::{Digest as _, Sha256};
use toml_edit::{DocumentMut, Item, Value};

use crate::{
    exit::{Exit, Failure},
    fetch::{Web, fetch},
    input::SettingsFile,
    progress, terminal,
};

/// A document as it is at its source now.
pub(super) struct Fetched {
    pub(super) target: String,
    pub(super) bytes: Vec<u8>,
    path: PathBuf,
    url: String,
    was: Option<String>,
    sha256: String,
}

/// Fetches the documents of these targets.
pub(super) fn update(
    targets: &[(&String, &Target)],
    file: &SettingsFile,
    web: &dyn Web,
) -> Result<Vec<Fetched>, Failure> {
    let known = targets
        .iter()
        .filter_map(|(name, target)| Some((*name, *target, target.source.as_ref()?)));
    let fetched = known.map(|(name, target, origin)| {
        let bytes = progress::during(|line| {
            line.say(format!("fetching {}", origin.url));
            fetch(&origin.url, web)
        })?;
        Ok(Fetched {
            target: name.clone(),
            path: file.document_of(target),
            url: origin.url.clone(),
            was: origin.sha256.clone(),
            sha256: digest(&bytes),
            bytes,
        })
    });
    let fetched: Vec<Fetched> = fetched.collect::<Result<_, _>>()?;
    if fetched.is_empty() {
        let message = "no document has a source: `[targets.NAME.source]` with `url` says where it comes from";
        return Err(Failure::usage(message.to_owned()));
    }
    Ok(fetched)
}

/// Writes what was fetched, and what it is told by into the settings.
pub(super) fn save(fetched: &[Fetched], file: &SettingsFile) -> Result<(), Failure> {
    let Ok(text) = str::from_utf8(&file.document.bytes) else {
        return Ok(());
    };
    let settings = recorded(text, fetched)?;
    for document in fetched {
        let Fetched {
            path, url, was, sha256, ..
        } = document;
        replace(path, &document.bytes)?;
        let path = path.display();
        match was {
            Some(was) if was == sha256 => terminal::print(&format!("{path}: as before at {url}")),
            Some(was) => terminal::print(&format!("{path}: new from {url}\n  sha256 {sha256}\n     was {was}")),
            None => terminal::print(&format!("{path}: from {url}\n  sha256 {sha256}")),
        }
    }
    replace(Path::new(&file.document.name), settings.as_bytes())
}

/// The settings with what each document is told by, and all else as it was.
fn recorded(text: &str, fetched: &[Fetched]) -> Result<String, Failure> {
    let refused = |message: String| Failure {
        exit: Exit::Refused,
        message,
    };
    let mut settings: DocumentMut = text
        .parse()
        .map_err(|error: toml_edit::TomlError| refused(error.to_string()))?;
    for Fetched { target, sha256, .. } in fetched {
        let source = settings
            .get_mut("targets")
            .and_then(|targets| targets.get_mut(target)?.get_mut("source"));
        let source = source.ok_or_else(|| refused(format!("the settings have no `source` for `{target}`")))?;
        let Some(table) = source.as_table_like_mut() else {
            return Err(refused(format!("`source` of `{target}` is no table")));
        };
        let mut value = Value::from(sha256);
        let before = table.get("sha256").and_then(Item::as_value);
        let is_new = before.is_none();
        if let Some(before) = before {
            *value.decor_mut() = before.decor().clone();
        }
        table.insert("sha256", Item::Value(value));
        if let Some(line) = source.as_inline_table_mut().filter(|_| is_new) {
            line.fmt();
        }
    }
    Ok(settings.to_string())
}

/// Brings a file to its new text, whole or not at all.
fn replace(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    if fs::read(path).is_ok_and(|there| there == bytes) {
        return Ok(());
    }
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(".new");
    let beside = path.with_file_name(name);
    let failed = |error: std::io::Error| Failure::at("write", path, &error);
    fs::write(&beside, bytes).map_err(failed)?;
    fs::rename(&beside, path).map_err(failed)
}

/// How a document differs from the one that was fetched, if it does.
pub(super) fn difference(name: &str, bytes: &[u8], origin: Option<&Origin>) -> Option<String> {
    let recorded = origin?.sha256.as_ref()?;
    let found = digest(bytes);
    (found != *recorded).then(|| {
        format!("`{name}` is not what was fetched from its source: its sha256 is {found}, the settings have {recorded}")
    })
}

fn digest(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(64);
    for byte in Sha256::digest(bytes) {
        let _ = write!(text, "{byte:02x}");
    }
    text
}

#[cfg(test)]
mod tests {
    use std::io;

    use url::Url;

    use super::{digest, save, update};
    use crate::{
        fetch::{Answer, Web},
        front::Front,
        input::SettingsFile,
    };

    struct Page(&'static str);

    impl Web for Page {
        fn get(&self, _: &Url) -> Result<Answer, String> {
            Ok(Answer {
                status: 200,
                location: None,
                body: Box::new(io::Cursor::new(self.0)),
            })
        }
    }

    #[test]
    fn a_digest_is_what_other_programs_say() {
        let sha256 = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        assert_eq!(digest(b"abc"), sha256);
    }

    #[test]
    fn what_is_fetched_is_recorded_and_all_else_stays() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("codegen.toml");
        let text = |sha256: &str| {
            format!(
                "# Mine.\n[targets.pets]\ndocument = \"pets.yaml\" # theirs\noutput = \"pets\"\n\n\
                 [targets.pets.source]\nurl = \"https://vendor.test/pets.yaml\"\n{sha256}\n\
                 [targets.cats]\ndocument = \"cats.yaml\"\noutput = \"cats\"\nsource = {{ url = \"https://vendor.test/cats.yaml\" }}\n\n\
                 [targets.dogs]\ndocument = \"dogs.yaml\"\noutput = \"dogs\"\n"
            )
        };
        std::fs::write(&path, text("")).expect("a file");
        let updated = |page| {
            let file = SettingsFile::read(Some(&path), Front::OpenapiCrate).expect("settings");
            let targets: Vec<_> = file.settings.targets.iter().collect();
            let fetched = update(&targets, &file, &Page(page)).expect("documents");
            assert_eq!(fetched.len(), 2);
            save(&fetched, &file).expect("a folder that can be written to");
            let read = |name: &str| std::fs::read_to_string(folder.path().join(name)).expect("a file");
            assert_eq!(read("pets.yaml"), page);
            assert_eq!(read("cats.yaml"), page);
            assert!(!folder.path().join("dogs.yaml").exists());
            read("codegen.toml")
        };
        let with = |sha256: &str| {
            let inline = format!("cats.yaml\", sha256 = \"{sha256}\" }}");
            text(&format!("sha256 = \"{sha256}\"\n")).replace("cats.yaml\" }", &inline)
        };
        assert_eq!(updated("a"), with(&digest(b"a")));
        assert_eq!(updated("b"), with(&digest(b"b")));
        assert_eq!(updated("b"), with(&digest(b"b")));
    }
}
