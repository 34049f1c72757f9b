//! A document in, what everything in it is called out, by what tells it from everything else in the document.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt,
};

use generator::{Config, Input, Manifest, Refusal, Source};
use serde_json::Value;

/// Something that has a name.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct What {
    /// The scope in which its name must be its own.
    scope: String,
    /// What it is, in words of the document. It does not count positions, which move when something else goes.
    pub(crate) id: String,
}

impl fmt::Display for What {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.id)
    }
}

pub(crate) struct Names {
    pub(crate) manifest: Manifest,
    pub(crate) given: BTreeMap<What, String>,
    taken: BTreeSet<(String, String)>,
}

impl Names {
    /// The names for one who has nothing yet, or the crate that `earlier` describes.
    pub(crate) fn of(document: &Value, earlier: Option<&Manifest>) -> Result<Self, Refusal> {
        let config = Config {
            crate_name: "names".to_owned(),
            ..Config::default()
        };
        let bytes = serde_json::to_vec(document).unwrap();
        let source = Source {
            name: "names.json",
            bytes: &bytes,
        };
        let input = Input {
            earlier,
            ..Input::from(&source)
        };
        let manifest = Manifest::of(input, &config)?;
        let names = named(&manifest, document);
        // What leads to a group takes a name of the client.
        let groups = manifest
            .operations
            .iter()
            .filter_map(|entry| entry.call.split_once("()"));
        let groups = groups.map(|(accessor, _)| ("client".to_owned(), accessor.to_owned()));
        let taken = names
            .iter()
            .map(|(what, name)| (what.scope.clone(), name.clone()))
            .chain(groups)
            .collect();
        Ok(Self {
            manifest,
            given: names,
            taken,
        })
    }

    /// Whether something in the scope of `what` is called `name`.
    pub(crate) fn is_taken(&self, what: &What, name: &str) -> bool {
        self.taken.contains(&(what.scope.clone(), name.to_owned()))
    }
}

fn named(manifest: &Manifest, document: &Value) -> BTreeMap<What, String> {
    let mut names = BTreeMap::new();
    let mut twice = BTreeSet::new();
    let mut add = |scope: &str, id: String, name: &str| {
        let scope = scope.to_owned();
        let what = What { scope, id };
        if names.insert(what.clone(), name.to_owned()).is_some() {
            twice.insert(what);
        }
    };
    for entry in &manifest.types {
        let id = match (&entry.schema, &entry.pointer) {
            (Some(schema), _) => format!("#/components/schemas/{schema}"),
            (None, Some(pointer)) => place(document, pointer),
            (None, None) => unreachable!("a type is written somewhere"),
        };
        add("types", id.clone(), &entry.path);
        for (name, member) in &entry.members {
            // An arm is called as its type.
            let ty = if entry.kind == "union" { &member.ty } else { "" };
            add(&id, format!("{id} member {} {ty}", member.wire), name);
        }
    }
    for entry in &manifest.operations {
        let id = format!("{} {}", entry.method, entry.path);
        let (group, _) = entry.call.rsplit_once('.').unwrap();
        add(group, id.clone(), &entry.call);
        for parameter in &entry.parameters {
            let id = format!("{id} parameter {} {}", parameter.location, parameter.wire);
            add(&entry.call, id, &parameter.name);
        }
    }
    for entry in &manifest.webhooks {
        let id = format!("{} sent {}", entry.operation.as_deref().unwrap_or("api"), entry.name);
        let (set, _) = entry.path.rsplit_once("::").unwrap();
        add(set, id, &entry.path);
    }
    // Nothing tells these apart but their order.
    names.retain(|what, _| !twice.contains(what));
    names
}

/// A pointer whose positions are replaced by what stands there.
fn place(document: &Value, pointer: &str) -> String {
    let mut at = Some(document);
    let mut place = "#".to_owned();
    for token in pointer.split('/').skip(1) {
        let key = token.replace("~1", "/").replace("~0", "~");
        let (next, shown) = match at {
            Some(Value::Array(items)) => {
                let item = key.parse().ok().and_then(|index: usize| items.get(index));
                (item, item.map(told).unwrap_or_default())
            }
            Some(other) => (other.get(&key), token.to_owned()),
            None => (None, token.to_owned()),
        };
        at = next;
        place = format!("{place}/{shown}");
    }
    place
}

/// What an item of a list is told by: a parameter by its name, an arm by what it says.
fn told(item: &Value) -> String {
    match (item.get("in"), item.get("name")) {
        (Some(Value::String(location)), Some(Value::String(name))) => format!("{location}:{name}"),
        _ => item.to_string(),
    }
}
