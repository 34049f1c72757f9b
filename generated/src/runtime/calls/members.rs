// @generated from an OpenAPI description: the runtime, the same for every API.

//! What the body of a call has that its description lacks: members in, a body with them out. What is there already is neither
//! replaced nor doubled.

use std::collections::BTreeSet;
use std::fmt;

use serde::Serialize;
use serde::de::{Deserialize, Deserializer, IgnoredAny, MapAccess, Visitor};

use crate::runtime::sent::body::{Body, is_json};
use crate::runtime::shown::outside::BoxError;
use crate::runtime::values::json;

/// The extra members of one call, each with its JSON text.
#[derive(Debug, Clone, Default)]
pub(crate) struct Members(Vec<(String, String)>);

impl Members {
    /// Another member.
    pub(crate) fn add<V: Serialize + ?Sized>(&mut self, name: &str, value: &V) -> Result<(), BoxError> {
        if self.0.iter().any(|(other, _)| other == name) {
            return Err(format!("the extra member `{name}` is given twice").into());
        }
        self.0.push((name.to_owned(), String::from_utf8(json::to_vec(value)?)?));
        Ok(())
    }

    /// A body with the members.
    pub(crate) fn add_to(&self, body: Option<Body>) -> Result<Option<Body>, BoxError> {
        if self.0.is_empty() {
            return Ok(body);
        }
        let Some(body) = body else {
            return Err("the call has no body that extra members could be added to".into());
        };
        let Some(bytes) = body.bytes() else {
            return Err("extra members cannot be added to a body that is a file or a stream".into());
        };
        let media_type = body.content_type().to_str()?.to_owned();
        if !is_json(&media_type) {
            return Err(format!("extra members cannot be added to a body of the media type `{media_type}`").into());
        }
        Ok(Some(Body::written(&media_type, self.in_object(bytes)?)?))
    }

    /// The bytes of an object, with the members behind its own: no number in it is read, and so none is changed.
    fn in_object(&self, object: &[u8]) -> Result<Vec<u8>, BoxError> {
        let is_no_object = |_| "extra members cannot be added to a body that is no JSON object";
        let Names(names) = serde_json::from_slice(object).map_err(is_no_object)?;
        self.check_members(|name| names.contains(name))?;
        let mut written = object.trim_ascii_end().to_vec();
        written.pop();
        for (index, (name, value)) in self.0.iter().enumerate() {
            if index > 0 || !names.is_empty() {
                written.push(b',');
            }
            serde_json::to_writer(&mut written, name)?;
            written.push(b':');
            written.extend_from_slice(value.as_bytes());
        }
        written.push(b'}');
        Ok(written)
    }

    fn check_members(&self, is_there: impl Fn(&String) -> bool) -> Result<(), BoxError> {
        match self.0.iter().find(|(name, _)| is_there(name)) {
            Some((name, _)) => Err(format!("the body has `{name}` already; an extra one would double it").into()),
            None => Ok(()),
        }
    }
}

/// The names of an object's members.
struct Names(BTreeSet<String>);

impl<'de> Deserialize<'de> for Names {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(NamesVisitor)
    }
}

struct NamesVisitor;

impl<'de> Visitor<'de> for NamesVisitor {
    type Value = Names;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Names, A::Error> {
        let mut names = BTreeSet::new();
        while let Some((name, IgnoredAny)) = members.next_entry()? {
            names.insert(name);
        }
        Ok(Names(names))
    }
}
