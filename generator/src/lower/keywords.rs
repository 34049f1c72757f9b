//! A schema as it stands in the document in, its keywords out.
//!
//! Schemas are read where they stand, as the object that `load` left there: the words of OpenAPI 3.0 and those of JSON
//! Schema side by side, each of the shape that the grammar of its version demands. A view that is asked keyword by
//! keyword knows them all and costs nothing for those that nobody asks for.

use serde_json::{Map, Value};

/// What may stand where a schema is expected.
#[derive(Debug, Clone, Copy)]
pub(super) enum Node<'d> {
    /// A `$ref`, as written.
    Reference(&'d str),
    /// A schema in place.
    Schema(Keywords<'d>),
}

impl<'d> Node<'d> {
    /// What `value` is, if it is an object at all.
    pub(super) fn of(value: &'d Value) -> Option<Self> {
        let members = value.as_object()?;
        Some(match members.get("$ref").and_then(Value::as_str) {
            Some(reference) => Self::Reference(reference),
            None => Self::Schema(Keywords(members)),
        })
    }
}

/// The value of the `type` keyword.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum JsonType<'d> {
    Boolean,
    Integer,
    Number,
    String,
    Array,
    Object,
    /// A word that the specification does not know.
    Other(&'d str),
}

impl<'d> JsonType<'d> {
    fn named(name: &'d str) -> Self {
        match name {
            "boolean" => Self::Boolean,
            "integer" => Self::Integer,
            "number" => Self::Number,
            "string" => Self::String,
            "array" => Self::Array,
            "object" => Self::Object,
            other => Self::Other(other),
        }
    }

    pub(super) fn as_str(self) -> &'d str {
        match self {
            Self::Boolean => "boolean",
            Self::Integer => "integer",
            Self::Number => "number",
            Self::String => "string",
            Self::Array => "array",
            Self::Object => "object",
            Self::Other(other) => other,
        }
    }
}

/// The value of `additionalProperties`.
#[derive(Debug, Clone, Copy)]
pub(super) enum AdditionalProperties<'d> {
    Any(bool),
    Schema(Node<'d>),
}

/// The value of `discriminator`.
#[derive(Debug, Clone, Copy)]
pub(super) struct Discriminator<'d> {
    pub(super) property: &'d str,
    mapping: Option<&'d Map<String, Value>>,
}

impl<'d> Discriminator<'d> {
    /// The values of the property, and what each selects.
    pub(super) fn mapping(self) -> impl Iterator<Item = (&'d str, &'d str)> {
        let entries = self.mapping.into_iter().flatten();
        entries.filter_map(|(tag, target)| Some((tag.as_str(), target.as_str()?)))
    }
}

/// What says nothing about which values are permitted, or says it apart from the type.
const ANNOTATIONS: [&str; 13] = [
    "title",
    "description",
    "default",
    "example",
    "examples",
    "deprecated",
    "readOnly",
    "writeOnly",
    "externalDocs",
    "nullable",
    "discriminator",
    "xml",
    "$comment",
];

/// The keywords of one schema. Cheap to copy: nothing is read before it is asked for.
#[derive(Debug, Clone, Copy)]
pub(super) struct Keywords<'d>(&'d Map<String, Value>);

impl<'d> Keywords<'d> {
    /// The value of the keyword `name`.
    pub(super) fn get(self, name: &str) -> Option<&'d Value> {
        self.0.get(name)
    }

    /// The value of a keyword that is text.
    pub(super) fn text(self, name: &str) -> Option<&'d str> {
        self.get(name)?.as_str()
    }

    /// The value of a keyword that is `false` where it is missing.
    pub(super) fn flag(self, name: &str) -> bool {
        self.get(name).and_then(Value::as_bool).unwrap_or(false)
    }

    fn node(self, name: &str) -> Option<Node<'d>> {
        Node::of(self.get(name)?)
    }

    fn list(self, name: &str) -> &'d [Value] {
        self.get(name).and_then(Value::as_array).map_or(&[], Vec::as_slice)
    }

    /// `type`.
    pub(super) fn ty(self) -> Option<JsonType<'d>> {
        self.text("type").map(JsonType::named)
    }

    /// `format`.
    pub(super) fn format(self) -> Option<&'d str> {
        self.text("format")
    }

    /// `enum`; empty where there is none. A `number` is one with a point, however it is written.
    pub(super) fn enumeration(self) -> Vec<Value> {
        let is_number = self.ty() == Some(JsonType::Number);
        let values = self.list("enum").iter();
        let values = values.map(|value| match value.as_f64() {
            Some(float) if is_number => Value::from(float),
            _ => value.clone(),
        });
        values.collect()
    }

    /// Whether `enum` names any value.
    pub(super) fn is_enumerated(self) -> bool {
        !self.list("enum").is_empty()
    }

    /// `properties`; an empty one says nothing.
    pub(super) fn properties(self) -> impl Iterator<Item = (&'d str, Node<'d>)> {
        let members = self.get("properties").and_then(Value::as_object);
        let members = members.into_iter().flatten();
        members.filter_map(|(name, schema)| Some((name.as_str(), Node::of(schema)?)))
    }

    /// Whether `properties` names any.
    pub(super) fn has_properties(self) -> bool {
        self.properties().next().is_some()
    }

    /// `required`.
    pub(super) fn required(self) -> impl Iterator<Item = &'d str> {
        self.list("required").iter().filter_map(Value::as_str)
    }

    /// Whether `required` names any member.
    pub(super) fn requires(self) -> bool {
        self.required().next().is_some()
    }

    /// `additionalProperties`.
    pub(super) fn additional(self) -> Option<AdditionalProperties<'d>> {
        let value = self.get("additionalProperties")?;
        let any = value.as_bool().map(AdditionalProperties::Any);
        any.or_else(|| Node::of(value).map(AdditionalProperties::Schema))
    }

    /// `items`.
    pub(super) fn items(self) -> Option<Node<'d>> {
        self.node("items")
    }

    /// `allOf`.
    pub(super) fn all_of(self) -> &'d [Value] {
        self.list("allOf")
    }

    /// `oneOf`.
    pub(super) fn one_of(self) -> &'d [Value] {
        self.list("oneOf")
    }

    /// `anyOf`.
    pub(super) fn any_of(self) -> &'d [Value] {
        self.list("anyOf")
    }

    /// Whether there is a `not`.
    pub(super) fn has_not(self) -> bool {
        self.get("not").is_some()
    }

    /// `discriminator`.
    pub(super) fn discriminator(self) -> Option<Discriminator<'d>> {
        let object = self.get("discriminator")?.as_object()?;
        Some(Discriminator {
            property: object.get("propertyName")?.as_str()?,
            mapping: object.get("mapping").and_then(Value::as_object),
        })
    }

    /// `nullable`.
    pub(super) fn is_nullable(self) -> bool {
        self.flag("nullable")
    }

    /// `default`, unless it is `null`.
    pub(super) fn default(self) -> Option<&'d Value> {
        self.get("default").filter(|default| !default.is_null())
    }

    /// The first example that is not `null`.
    pub(super) fn example(self) -> Option<&'d Value> {
        let examples = self.get("example").into_iter().chain(self.list("examples"));
        examples.into_iter().find(|example| !example.is_null())
    }

    /// Whether both say the same of the type of a value.
    pub(super) fn agrees_with(self, other: Self) -> bool {
        let telling = |keywords: Self| {
            let members = keywords.0.iter();
            members.filter(|(name, _)| !ANNOTATIONS.contains(&name.as_str()) && !name.starts_with("x-"))
        };
        telling(self).count() == telling(other).count()
            && telling(self).all(|(name, value)| other.get(name) == Some(value))
    }

    /// Whether it says nothing about the type of a value: annotations and limits only.
    pub(super) fn is_annotation(self) -> bool {
        self.ty().is_none() && self.is_bare() && self.all_of().is_empty()
    }

    /// Whether nothing but `type` and `allOf` says anything about the type of a value.
    pub(super) fn is_bare(self) -> bool {
        self.says_nothing_of_an_object()
            && self.format().is_none()
            && !self.is_enumerated()
            && self.items().is_none()
            && self.one_of().is_empty()
            && self.any_of().is_empty()
            && !self.has_not()
    }

    /// Whether neither `properties` nor `required` nor `additionalProperties` says anything.
    pub(super) fn says_nothing_of_an_object(self) -> bool {
        !self.has_properties() && !self.requires() && self.additional().is_none()
    }

    /// Whether it requires members and says nothing else.
    pub(super) fn only_requires(self) -> bool {
        self.requires()
            && !self.has_properties()
            && self.additional().is_none()
            && matches!(self.ty(), None | Some(JsonType::Object))
            && self.all_of().is_empty()
            && self.one_of().is_empty()
            && self.any_of().is_empty()
            && self.items().is_none()
            && !self.is_enumerated()
    }

    /// Whether it permits nothing but `null`.
    pub(super) fn is_null(self) -> bool {
        if self.ty() == Some(JsonType::Other("null")) {
            return true;
        }
        let values = self.list("enum");
        if !values.is_empty() {
            return values.iter().all(Value::is_null);
        }
        self.is_nullable() && self.is_annotation()
    }
}

/// Whether `value`, an element of `allOf`, says more than an annotation does.
pub(super) fn tells(value: &Value) -> bool {
    match Node::of(value) {
        Some(Node::Reference(_)) => true,
        Some(Node::Schema(keywords)) => !keywords.is_annotation(),
        None => false,
    }
}
