//! Something that has a name in the output, what the settings call it out.

use std::collections::BTreeSet;

use serde_json::Value;

use super::{Enum, EnumValue, Operation, Origin, Parameter, Type, TypeDef, Types, Variant};

impl TypeDef {
    /// The name of a component, or the place of what is written elsewhere: `#` and a pointer, with its file before it.
    #[must_use]
    pub fn key(&self) -> String {
        match &self.origin {
            Origin::Component(name) => name.clone(),
            Origin::Entry { .. } | Origin::Inline { .. } => self.pointer.reference(),
        }
    }

    /// What the member `wire` of this schema is called.
    #[must_use]
    pub fn member_key(&self, wire: &str) -> String {
        format!("{}.{wire}", self.key())
    }
}

impl Types {
    /// What a variant of `union` is called: by each of its tags, and by its schema.
    #[must_use]
    pub fn variant_keys(&self, union: &TypeDef, variant: &Variant) -> Vec<String> {
        let schema = match &variant.ty {
            Type::Def(id) => Some(self[*id].key()),
            Type::Constant(text) => Some(text.clone()),
            _ => None,
        };
        let names = variant.tag_texts().into_iter().chain(schema);
        names.map(|name| union.member_key(&name)).collect()
    }

    /// Where a parameter is written, where its position in a list says that and a type is written in it.
    #[must_use]
    pub fn place_of(&self, parameter: &Parameter) -> Option<String> {
        let mut leaves = self.leaves(&parameter.ty).into_iter();
        leaves.find_map(|leaf| {
            let Type::Def(id) = leaf else { return None };
            let key = self[*id].key();
            let start = key.find("/parameters/")? + "/parameters/".len();
            let digits = key[start..].find('/')?;
            let is_position = key[start..start + digits].bytes().all(|byte| byte.is_ascii_digit());
            is_position.then(|| key[..start + digits].to_owned())
        })
    }
}

impl Variant {
    /// Its tags as text: a text as it is, anything else as JSON.
    #[must_use]
    pub fn tag_texts(&self) -> Vec<String> {
        self.tags.iter().map(text).collect()
    }
}

impl Enum {
    /// Each value as text: a string as it is, anything else as JSON. Of two of the same text (`'1'` and `1`) both as JSON.
    #[must_use]
    pub fn texts(&self) -> Vec<String> {
        let twins = self.twins();
        let own = |value: &EnumValue| Some(value.text()).filter(|text| !twins.contains(text));
        let values = self.values.iter();
        values
            .map(|value| own(value).unwrap_or_else(|| value.wire.to_string()))
            .collect()
    }

    /// The texts that several values have.
    #[must_use]
    pub fn twins(&self) -> BTreeSet<String> {
        let mut seen = BTreeSet::new();
        let texts = self.values.iter().map(EnumValue::text);
        texts.filter(|text| !seen.insert(text.clone())).collect()
    }
}

impl EnumValue {
    /// The value as text: a string as it is, anything else as JSON.
    #[must_use]
    pub fn text(&self) -> String {
        text(&self.wire)
    }
}

fn text(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

impl Operation {
    /// The method and the path: `GET /pets/{id}`.
    #[must_use]
    pub fn method_and_path(&self) -> String {
        format!("{} {}", self.method.as_str(), self.template)
    }

    /// The method and the path, and the id where there is one.
    #[must_use]
    pub fn keys(&self) -> Vec<String> {
        self.id.iter().cloned().chain([self.method_and_path()]).collect()
    }

    /// What one of its parameters is called.
    #[must_use]
    pub fn parameter_keys(&self, parameter: &Parameter) -> Vec<String> {
        let keys = self.keys().into_iter();
        keys.map(|key| format!("{key}.{}", parameter.wire)).collect()
    }
}
