//! The names of resources in, what they hold out: files are read when they are first asked for, once each.

use std::collections::BTreeMap;

use super::{
    resources::{Resources, Twice},
    texts::Texts,
    uri,
    version::Version,
};
use crate::{
    diagnostics::{Code, Diagnostic, Diagnostics, Refusal},
    input::{FileError, Files, Input, MOST_BYTES, MOST_FILES, NoFiles},
    ir::{Pointer, scheme},
};

/// What was read, and a way to what was not.
#[derive(Debug)]
pub(super) struct Reader<'i> {
    pub(super) texts: Texts,
    pub(super) resources: Resources,
    files: &'i dyn Files,
    /// What other files call the document of record.
    root: String,
    /// Resources that are not read, and why.
    pub(super) unread: BTreeMap<String, Unread>,
    bytes: u64,
    /// What is wrong with the texts of files.
    problems: Vec<Diagnostic>,
}

impl Default for Reader<'_> {
    fn default() -> Self {
        Self {
            texts: Texts::default(),
            resources: Resources::default(),
            files: &NoFiles,
            root: String::new(),
            unread: BTreeMap::new(),
            bytes: 0,
            problems: Vec::new(),
        }
    }
}

/// Why something that a `$ref` names was not read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Unread {
    /// It would have to be fetched.
    Network,
    /// The path begins at the top of a disk.
    Absolute,
    /// More files than are read.
    TooMany,
    File(FileError),
    /// It is no text that can be read, as was said elsewhere.
    Broken,
}

impl<'i> Reader<'i> {
    /// Reads the document of record.
    pub(super) fn open(input: &Input<'i>, diagnostics: &mut Diagnostics) -> Result<(Self, Version), Refusal> {
        let name = input.source.name.rsplit(['/', std::path::MAIN_SEPARATOR]).next();
        let mut reader = Reader {
            files: input.files,
            root: uri::encoded(name.unwrap_or_default()),
            bytes: u64::try_from(input.source.bytes.len()).unwrap_or(u64::MAX),
            ..Reader::default()
        };
        let version = reader.texts.add_root(&input.source, diagnostics)?;
        if let Err(mut refusal) = reader.texts.lay(input.overlays, diagnostics) {
            refusal.sources = reader.texts.into_sources();
            return Err(refusal);
        }
        reader.note_names(&Pointer::root(), diagnostics);
        Ok((reader, version))
    }

    /// The place of the resource called `name`, if it is there or can be read. Files are in `version` unless they say
    /// otherwise.
    pub(super) fn place(&mut self, name: &str, version: Version, diagnostics: &mut Diagnostics) -> Option<Pointer> {
        if name.is_empty() {
            return Some(Pointer::root());
        }
        if let Some(place) = self.resources.named(name) {
            return Some(place.clone());
        }
        let path = self.beside(name).unwrap_or_else(|| name.to_owned());
        if path == self.root {
            return Some(Pointer::root());
        }
        let why = if path.starts_with(['/', '\\']) || is_drive(&path) || path.starts_with("file:") {
            Unread::Absolute
        } else if scheme(&path).is_some() {
            Unread::Network
        } else {
            let whole = Pointer::of_reference(&format!("{path}#"))?;
            match self.unread.get(&path) {
                Some(why) => why.clone(),
                None if self.texts.has(&whole) => return Some(whole),
                None => match self.read(&whole, version, diagnostics) {
                    Ok(()) => return Some(whole),
                    Err(why) => why,
                },
            }
        };
        self.unread.insert(name.to_owned(), why.clone());
        self.unread.insert(path, why);
        None
    }

    /// The path of what stands beside a file that calls itself a name beside `name`.
    fn beside(&self, name: &str) -> Option<String> {
        scheme(name)?;
        self.resources.files().find_map(|(whole, own)| {
            let rest = name.strip_prefix(uri::folder(own)).filter(|_| own.contains('/'))?;
            Some(uri::join(whole.whole_as_str().trim_end_matches('#'), rest).0)
        })
    }

    fn read(&mut self, whole: &Pointer, version: Version, diagnostics: &mut Diagnostics) -> Result<(), Unread> {
        if self.texts.len() > MOST_FILES {
            return Err(Unread::TooMany);
        }
        let path = whole.file().unwrap_or_default();
        let bytes = self.files.read(&path).map_err(Unread::File)?;
        self.bytes = self
            .bytes
            .saturating_add(u64::try_from(bytes.len()).unwrap_or(u64::MAX));
        if self.bytes > MOST_BYTES {
            return Err(Unread::File(FileError::TooLarge(MOST_BYTES)));
        }
        if let Err(problem) = self.texts.add(whole, &bytes, version, diagnostics) {
            self.problems.push(problem);
            return Err(Unread::Broken);
        }
        self.note_names(whole, diagnostics);
        Ok(())
    }

    /// Notes what the parts of the file at `whole` call themselves.
    fn note_names(&mut self, whole: &Pointer, diagnostics: &mut Diagnostics) {
        let Some((text, value)) = self.texts.text_and_value(whole) else {
            return;
        };
        for Twice { name, first, second } in self.resources.add(whole, text, value) {
            let message = format!(
                "`{name}` is the name of `{}` too; a reference to it means that one",
                first.reference()
            );
            diagnostics.report(Code::DuplicateAnchor, &second, message);
        }
    }

    /// What was found to be no text that can be read.
    pub(super) fn refusal(&mut self) -> Option<Refusal> {
        let problems = std::mem::take(&mut self.problems);
        (!problems.is_empty()).then(|| Refusal::new(problems))
    }
}

/// What is said of `reference`, which leads nowhere: its code, a message, and what can be done.
pub(super) fn why(unread: &BTreeMap<String, Unread>, reference: &str) -> (Code, String, Option<&'static str>) {
    let (resource, fragment) = uri::split(reference);
    let is_whole = fragment.is_empty() && !resource.is_empty();
    let reference = if is_whole { resource } else { reference };
    match unread.get(resource) {
        Some(why) => why.of(reference),
        None => (Code::DanglingReference, format!("`{reference}` leads nowhere"), None),
    }
}

impl Unread {
    /// What is said of a reference to it.
    fn of(&self, reference: &str) -> (Code, String, Option<&'static str>) {
        let out = Code::ExternalReference;
        match self {
            Self::Network => (
                out,
                format!("`{reference}` leads out of the document, and nothing is fetched from the network"),
                Some("keep a copy beside the document, and refer to that"),
            ),
            Self::Absolute => (
                out,
                format!("`{reference}` leads to a place on one machine only"),
                Some("write the path as seen from the file that refers to it"),
            ),
            Self::TooMany => (
                out,
                format!("`{reference}` is not read: the document refers to more than {MOST_FILES} files"),
                None,
            ),
            Self::Broken => (
                out,
                format!("`{reference}` leads into a file that cannot be read"),
                None,
            ),
            Self::File(error @ (FileError::Missing | FileError::Folder | FileError::Special)) => (
                Code::DanglingReference,
                format!("`{reference}` leads nowhere: {error}"),
                error.hint(),
            ),
            Self::File(FileError::None) => (
                out,
                format!("`{reference}` leads out of the document, which was handed in alone"),
                FileError::None.hint(),
            ),
            Self::File(error) => (out, format!("`{reference}` is not read: {error}"), error.hint()),
        }
    }
}

/// Whether a path begins with the drive of a Windows system.
fn is_drive(path: &str) -> bool {
    scheme(path) == Some(1)
}
