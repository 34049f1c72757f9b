//! A `$ref` as written in, the place that it means out.

use std::{
    cell::{OnceCell, RefCell},
    collections::{BTreeMap, BTreeSet},
};

use openapiv3::{Header, ReferenceOr, RequestBody, Response};
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::{
    ir::Pointer,
    load::{Components, Document, Parameter, SecurityScheme},
};

use indexmap::IndexMap;

/// Why a `$ref` cannot be followed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Broken {
    /// It leads to something that is no schema.
    NoSchema(String),
    /// There is nothing where it leads, or it may not be read.
    Dangling(String),
    /// It leads, in one or more steps, to itself. The steps are in order.
    Ring(Vec<Pointer>),
    /// It leads on, in more steps than are followed, which are so many.
    Far(usize),
}

/// The place that `reference` names, without asking whether there is anything.
pub(super) fn parse(reference: &str) -> Result<Pointer, Broken> {
    Pointer::of_reference(reference).ok_or_else(|| Broken::Dangling(reference.to_owned()))
}

/// What a `$ref` may lead to.
pub(super) trait Target: DeserializeOwned + 'static {
    /// What messages call it.
    const NAME: &'static str;
    /// The folder of `components` that keeps it.
    const FOLDER: Option<&'static str>;

    fn folder(components: &Components) -> Option<&IndexMap<String, ReferenceOr<Self>>>;
    fn elsewhere(place: &Elsewhere) -> &OnceCell<Option<ReferenceOr<Self>>>;
}

macro_rules! targets {
    ($($ty:ident, $name:literal, $cell:ident, $folder:expr, |$components:ident| $components_folder:expr;)*) => {
        /// A place outside `components` that a `$ref` names, read as what the `$ref` expects.
        #[derive(Debug, Default)]
        pub(super) struct Elsewhere { $($cell: OnceCell<Option<ReferenceOr<$ty>>>,)* }

        $(impl Target for $ty {
            const NAME: &'static str = $name;
            const FOLDER: Option<&'static str> = $folder;

            fn folder($components: &Components) -> Option<&IndexMap<String, ReferenceOr<Self>>> {
                $components_folder
            }

            fn elsewhere(place: &Elsewhere) -> &OnceCell<Option<ReferenceOr<Self>>> {
                &place.$cell
            }
        })*
    };
}

targets! {
    Parameter, "parameter", parameter, Some("parameters"), |components| Some(&components.parameters);
    Response, "response", response, Some("responses"), |components| Some(&components.responses);
    Header, "header", header, Some("headers"), |components| Some(&components.headers);
    RequestBody, "request body", request_body, Some("requestBodies"), |components| Some(&components.request_bodies);
    SecurityScheme, "security scheme", security_scheme, Some("securitySchemes"),
        |components| Some(&components.security_schemes);
}

/// Everything that a `$ref` of a document leads to.
#[derive(Debug)]
pub(super) struct Targets<'d> {
    document: &'d Document,
    elsewhere: IndexMap<Pointer, Elsewhere>,
    /// Where chains of references end, by each of their steps, so that none is walked twice.
    ends: RefCell<BTreeMap<Pointer, Pointer>>,
}

impl<'d> Targets<'d> {
    /// Looks for every `$ref`, wherever it stands.
    pub(super) fn of(document: &'d Document) -> Self {
        let mut elsewhere = IndexMap::new();
        let mut pending: Vec<&Value> = document.values().collect();
        while let Some(value) = pending.pop() {
            match value {
                Value::Object(members) => {
                    let reference = members.get("$ref").and_then(Value::as_str);
                    if let Some(pointer) = reference.and_then(Pointer::of_reference)
                        && component(&pointer).is_none()
                    {
                        elsewhere.insert(pointer, Elsewhere::default());
                    }
                    pending.extend(members.values());
                }
                Value::Array(items) => pending.extend(items),
                Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
            }
        }
        Self {
            document,
            elsewhere,
            ends: RefCell::default(),
        }
    }

    /// What stands at `pointer`, if it can be read as a `T`.
    pub(super) fn at<'t, T: Target>(&'t self, pointer: &Pointer) -> Option<&'t ReferenceOr<T>>
    where
        'd: 't,
    {
        if let Some((folder, name)) = component(pointer)
            && Some(folder.as_str()) == T::FOLDER
        {
            return T::folder(&self.document.openapi.components)?.get(&name);
        }
        let place = self.elsewhere.get(pointer)?;
        T::elsewhere(place)
            .get_or_init(|| self.document.typed_at(pointer))
            .as_ref()
    }

    /// The places, none of which is a component, that `$ref`s lead to.
    pub(super) fn shared(&self) -> impl Iterator<Item = &Pointer> {
        self.elsewhere.keys()
    }

    /// Whether a `$ref` leads to `pointer`, which is not a component.
    pub(super) fn is_shared(&self, pointer: &Pointer) -> bool {
        self.elsewhere.contains_key(pointer)
    }

    /// Follows `reference` to something that is not a `$ref`.
    pub(super) fn follow<T: Target>(&self, reference: &str) -> Result<(&T, Pointer), Broken> {
        let mut steps = Vec::new();
        let mut seen = BTreeSet::new();
        let mut reference = reference;
        loop {
            let mut pointer = parse(reference)?;
            if let Some(end) = self.ends.borrow().get(&pointer) {
                pointer.clone_from(end);
            }
            if !seen.insert(pointer.clone()) {
                let start = steps.iter().position(|step| *step == pointer).unwrap_or_default();
                steps.drain(..start);
                return Err(Broken::Ring(steps));
            }
            match self.at::<T>(&pointer) {
                None => return Err(Broken::Dangling(reference.to_owned())),
                Some(ReferenceOr::Item(item)) => {
                    let passed = steps.into_iter().map(|step| (step, pointer.clone()));
                    self.ends.borrow_mut().extend(passed);
                    return Ok((item, pointer));
                }
                Some(ReferenceOr::Reference { reference: next }) => reference = next,
            }
            steps.push(pointer);
        }
    }
}

/// The folder and the name of a component of the document of record, if `pointer` is the place of one.
pub(super) fn component(pointer: &Pointer) -> Option<(String, String)> {
    // Asked of every place, most of which are elsewhere.
    if !pointer.as_str().starts_with("/components/") {
        return None;
    }
    let mut tokens = pointer.tokens();
    match (tokens.next()?.as_str(), tokens.next(), tokens.next(), tokens.next()) {
        ("components", Some(folder), Some(name), None) => Some((folder, name)),
        _ => None,
    }
}

/// What holds entries under names of the document's own, wherever it stands.
const SHELVES: [&str; 4] = ["$defs", "definitions", "schemas", "models"];

/// The name that something has where it is written, and what it is in, the nearest last: an entry of a shelf, an entry of a
/// file, or a whole file.
pub(super) fn entry(pointer: &Pointer) -> Option<(String, Vec<String>)> {
    let file = pointer.file();
    // Asked of every place, most of which are on no shelf.
    let holder = pointer.as_str().rsplit('/').nth(1).unwrap_or_default();
    if file.is_none() && !SHELVES.contains(&holder) {
        return None;
    }
    let mut tokens: Vec<String> = pointer.tokens().collect();
    let Some(name) = tokens.pop() else {
        return file.map(|file| name_of_file(&file));
    };
    let shelf = tokens.pop();
    let is_entry = match &shelf {
        None => file.is_some(),
        // A property may be called so, too.
        Some(shelf) if SHELVES.contains(&shelf.as_str()) => tokens.last().is_none_or(|holder| holder != "properties"),
        Some(_) => file.is_some() && tokens == ["components"],
    };
    let mut within = file.map_or_else(Vec::new, |file| {
        let (name, mut within) = name_of_file(&file);
        within.push(name);
        within
    });
    // What is on the way says where it is, and not what.
    let on_the_way =
        |token: &String| !SHELVES.contains(&token.as_str()) && !["components", "properties"].contains(&token.as_str());
    within.extend(tokens.into_iter().filter(on_the_way));
    is_entry.then_some((name, within))
}

/// Whether what something is under says what it is: a status or a position does not.
pub(super) fn is_name(key: &str) -> bool {
    let is_status = |digit: u8| digit.is_ascii_digit() || digit == b'X';
    !key.bytes().all(is_status) && key != "default"
}

/// The name of a file without what says what kind of file it is, and the folders that it is in.
fn name_of_file(file: &str) -> (String, Vec<String>) {
    const PLAIN: [&str; 3] = ["index", "_index", "schema"];
    let mut folders: Vec<String> = file
        .split('/')
        .filter(|name| *name != "..")
        .map(str::to_owned)
        .collect();
    let name = folders.pop().unwrap_or_default();
    let stem = name
        .split('.')
        .find(|part| !part.is_empty())
        .unwrap_or(&name)
        .to_owned();
    match folders.pop() {
        Some(folder) if PLAIN.contains(&stem.as_str()) => (folder, folders),
        folder => {
            folders.extend(folder);
            (stem, folders)
        }
    }
}
