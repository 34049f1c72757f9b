//! A `$ref` as written in, the place that it means out.

use std::{
    cell::{OnceCell, RefCell},
    collections::{BTreeMap, BTreeSet},
};

use openapiv3::{Components, Header, Parameter, PathItem, ReferenceOr, RequestBody, Response, SecurityScheme};
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::{ir::Pointer, load::Document};

use indexmap::IndexMap;

/// Why a `$ref` cannot be followed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Broken {
    /// It leads out of the document.
    External(String),
    /// There is nothing where it leads.
    Dangling(String),
    /// It leads, in one or more steps, to itself. The steps are in order.
    Ring(Vec<Pointer>),
}

/// The place that `reference` names, without asking whether there is anything.
pub(super) fn parse(reference: &str) -> Result<Pointer, Broken> {
    let Some(fragment) = reference.strip_prefix('#') else {
        return Err(Broken::External(reference.to_owned()));
    };
    let pointer = decode(fragment).and_then(|text| Pointer::parse(&text));
    // Rebuilt from its tokens, so that one place has one spelling.
    pointer
        .map(|pointer| {
            pointer
                .tokens()
                .fold(Pointer::root(), |pointer, token| pointer.child(token))
        })
        .ok_or_else(|| Broken::Dangling(reference.to_owned()))
}

/// Undoes percent-encoding. A `%` that starts no escape stands for itself.
fn decode(text: &str) -> Option<String> {
    let bytes = text.as_bytes();
    let mut decoded = Vec::with_capacity(bytes.len());
    let mut position = 0;
    while let Some(&byte) = bytes.get(position) {
        let escape = text.get(position + 1..position + 3).filter(|_| byte == b'%');
        if let Some(value) = escape.and_then(|digits| u8::from_str_radix(digits, 16).ok()) {
            decoded.push(value);
            position += 3;
        } else {
            decoded.push(byte);
            position += 1;
        }
    }
    String::from_utf8(decoded).ok()
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
    PathItem, "path item", path_item, None, |_components| None;
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
        let mut pending: Vec<&Value> = document.value_at(&Pointer::root()).into_iter().collect();
        while let Some(value) = pending.pop() {
            match value {
                Value::Object(members) => {
                    if let Some(pointer) = members.get("$ref").and_then(Value::as_str).and_then(|r| parse(r).ok())
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
            return T::folder(self.document.openapi.components.as_ref()?)?.get(&name);
        }
        let place = self.elsewhere.get(pointer)?;
        T::elsewhere(place)
            .get_or_init(|| self.document.typed_at(pointer))
            .as_ref()
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

/// The folder and the name of a component, if `pointer` is the place of one.
pub(super) fn component(pointer: &Pointer) -> Option<(String, String)> {
    let mut tokens = pointer.tokens();
    match (tokens.next()?.as_str(), tokens.next(), tokens.next(), tokens.next()) {
        ("components", Some(folder), Some(name), None) => Some((folder, name)),
        _ => None,
    }
}
