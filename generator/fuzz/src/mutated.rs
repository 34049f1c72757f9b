//! Bytes in, read as a choice of a document and of what to do to it; the promise of the generator held about the result.
//!
//! The documents are those of this repository, in all versions, and, where `FUZZ_DOCUMENTS` names a folder, the ones in it. Half
//! of them have a file beside them, mutated like them, that references lead into and out of.

use std::{fs, path::Path, sync::OnceLock};

use arbitrary::{Result, Unstructured};
use generator::{
    Input, Source,
    input::{FileError, Files},
};
use serde_json::{Map, Value, json};

use super::{
    promise,
    words::{HAZARDS, WORDS},
};

/// # Panics
///
/// When the promise is broken.
pub(crate) fn run(bytes: &[u8]) {
    let choices = &mut Unstructured::new(bytes);
    if let (Ok(document), Ok(beside)) = (document(choices), beside(choices)) {
        let bytes = document.to_string().into_bytes();
        let source = Source {
            name: ROOT,
            bytes: &bytes,
        };
        let input = Input {
            files: &beside,
            ..Input::from(&source)
        };
        let _ = promise::hold_with(&input);
    }
}

/// What the document is called, and the file beside it.
const ROOT: &str = "document.json";
const BESIDE: &str = "beside.json";

/// The only other file.
#[derive(Debug)]
struct Beside(Option<Value>);

impl Files for Beside {
    fn read(&self, path: &str) -> std::result::Result<Vec<u8>, FileError> {
        let value = self.0.as_ref().filter(|_| path == BESIDE);
        value
            .map(|value| value.to_string().into_bytes())
            .ok_or(FileError::Missing)
    }
}

/// The file beside a document: any part of one.
fn beside(choices: &mut Unstructured<'_>) -> Result<Beside> {
    if !choices.arbitrary::<bool>()? {
        return Ok(Beside(None));
    }
    let document = document(choices)?;
    let place = place(&document, choices)?;
    Ok(Beside(document.pointer(&place).cloned()))
}

/// Larger documents take longer than they teach.
const MOST_BYTES: u64 = 200_000;

/// What to begin with.
fn documents() -> &'static [Value] {
    static DOCUMENTS: OnceLock<Vec<Value>> = OnceLock::new();
    DOCUMENTS.get_or_init(|| {
        // The generator's folder, or the one of the fuzz targets in it.
        let here = Path::new(env!("CARGO_MANIFEST_DIR")).ancestors();
        let mut homes = here.filter(|home| home.join("tests/fixtures").is_dir());
        let home = homes.next().expect("the fixtures are below the generator's folder");
        let mut folders: Vec<_> = ["alone", "emitted", "lower", "refusals", "stability", "wire"]
            .map(|folder| home.join("tests/fixtures").join(folder))
            .into();
        folders.extend([home.join("tests/fixtures"), home.join("../spec")]);
        folders.extend(std::env::var_os("FUZZ_DOCUMENTS").map(Into::into));
        let mut files: Vec<_> = folders
            .iter()
            .filter_map(|folder| fs::read_dir(folder).ok())
            .flatten()
            .filter_map(|entry| Some(entry.ok()?.path()))
            .collect();
        files.sort();
        let small = files
            .iter()
            .filter(|file| fs::metadata(file).is_ok_and(|file| file.len() <= MOST_BYTES));
        let texts = small.filter_map(|file| fs::read_to_string(file).ok());
        let documents: Vec<Value> = texts
            .filter_map(|text| serde_yaml::from_str(&text).ok())
            .filter(|document: &Value| document.get("openapi").is_some() || document.get("swagger").is_some())
            .collect();
        assert!(documents.len() > 20, "the fixtures are not where they were");
        documents
    })
}

fn document(choices: &mut Unstructured<'_>) -> Result<Value> {
    let mut document = choices.choose(documents())?.clone();
    for _ in 0..choices.int_in_range(1..=12)? {
        mutate(&mut document, choices)?;
    }
    Ok(document)
}

/// Does one thing to one value.
fn mutate(document: &mut Value, choices: &mut Unstructured<'_>) -> Result<()> {
    let place = place(document, choices)?;
    let other = self::place(document, choices)?;
    let value = document.pointer(&other).cloned().unwrap_or_default();
    match choices.int_in_range(0..=9)? {
        0 => set(document, &place, hostile(choices)?),
        // A copy from elsewhere, and so, now and then, two places for one thing.
        1 => set(document, &place, value),
        2 => {
            let here = document.pointer(&place).cloned().unwrap_or_default();
            set(document, &place, value);
            set(document, &other, here);
        }
        3 => remove(document, &place),
        4 => {
            let file = choices.choose(&["", "", BESIDE, ROOT])?;
            set(document, &place, json!({ "$ref": format!("{file}#{other}") }));
        }
        8 => {
            let version = *choices.choose(VERSIONS)?;
            if let Value::Object(members) = document {
                members.shift_remove("swagger");
                members.shift_remove("openapi");
                let name = if version == "2.0" { "swagger" } else { "openapi" };
                members.insert(name.to_owned(), version.into());
            }
        }
        // A schema beside what it was, as 3.1 has it.
        9 => {
            let (key, value) = (key(choices)?, hostile(choices)?);
            if let Some(Value::Object(members)) = document.pointer_mut(&place) {
                members.insert(key, value);
            }
        }
        5 => {
            let key = key(choices)?;
            if let Some(Value::Object(members)) = document.pointer_mut(&place) {
                members.insert(key, value);
            }
        }
        6 => {
            let (to, which) = (key(choices)?, choices.arbitrary::<u8>()?);
            if let Some(Value::Object(members)) = document.pointer_mut(&place) {
                rename(members, usize::from(which), &to);
            }
        }
        _ => match document.pointer_mut(&place) {
            Some(Value::Array(items)) => items.push(value),
            Some(Value::String(text)) => text.push_str(&self::text(choices)?),
            Some(schema @ Value::Object(_)) => {
                let within = choices.choose(&["items", "additionalProperties", "not"])?;
                let inner = schema.take();
                *schema = json!({ *within: inner });
            }
            _ => {}
        },
    }
    Ok(())
}

/// The place of any value, the deeper ones as likely as the others.
fn place(document: &Value, choices: &mut Unstructured<'_>) -> Result<String> {
    let mut place = String::new();
    let mut value = document;
    loop {
        let (token, next) = match value {
            Value::Object(members) if !members.is_empty() => {
                let index = choices.choose_index(members.len())?;
                let (key, next) = members
                    .iter()
                    .nth(index)
                    .unwrap_or_else(|| unreachable!("chosen among them"));
                (key.replace('~', "~0").replace('/', "~1"), next)
            }
            Value::Array(items) if !items.is_empty() => {
                let index = choices.choose_index(items.len())?;
                (index.to_string(), &items[index])
            }
            _ => return Ok(place),
        };
        place.push('/');
        place.push_str(&token);
        value = next;
        if choices.ratio(1, 6)? {
            return Ok(place);
        }
    }
}

fn set(document: &mut Value, place: &str, value: Value) {
    if let Some(slot) = document.pointer_mut(place) {
        *slot = value;
    }
}

fn remove(document: &mut Value, place: &str) {
    let Some((parent, token)) = place.rsplit_once('/') else {
        return;
    };
    match document.pointer_mut(parent) {
        Some(Value::Object(members)) => _ = members.shift_remove(&token.replace("~1", "/").replace("~0", "~")),
        Some(Value::Array(items)) => {
            if let Some(index) = token.parse().ok().filter(|index| *index < items.len()) {
                items.remove(index);
            }
        }
        _ => {}
    }
}

fn rename(members: &mut Map<String, Value>, which: usize, to: &str) {
    let which = which % members.len().max(1);
    *members = std::mem::take(members)
        .into_iter()
        .enumerate()
        .map(|(index, (key, value))| {
            if index == which {
                (to.to_owned(), value)
            } else {
                (key, value)
            }
        })
        .collect();
}

const VERSIONS: &[&str] = &["2.0", "3.0.4", "3.1.1", "3.2.0", "3.9.0"];

fn text(choices: &mut Unstructured<'_>) -> Result<String> {
    Ok(match choices.int_in_range(0..=3)? {
        0 => choices.arbitrary::<String>()?.chars().take(20).collect(),
        1 => (*choices.choose(WORDS)?).to_owned(),
        _ => (*choices.choose(HAZARDS)?).to_owned(),
    })
}

fn key(choices: &mut Unstructured<'_>) -> Result<String> {
    if choices.ratio(2, 3)? {
        Ok((*choices.choose(WORDS)?).to_owned())
    } else {
        text(choices)
    }
}

fn hostile(choices: &mut Unstructured<'_>) -> Result<Value> {
    Ok(match choices.int_in_range(0..=9)? {
        0 => Value::Null,
        1 => choices.arbitrary::<bool>()?.into(),
        2 => choices.arbitrary::<i64>()?.into(),
        3 => choices.arbitrary::<f64>()?.into(),
        4 => u64::MAX.into(),
        5 => json!([]),
        6 => json!({}),
        7 => json!({ "type": choices.choose(WORDS)? }),
        _ => text(choices)?.into(),
    })
}
