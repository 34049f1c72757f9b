//! A schema as it stands in the document in, its keywords out.
//!
//! Schemas are read where they stand, as the object that `load` left there: the words of OpenAPI 3.0 and those of JSON
//! Schema side by side, each of the shape that the grammar of its version demands. A view that is asked keyword by
//! keyword knows them all and costs nothing for those that nobody asks for.

use std::fmt;

use serde_json::{Map, Value};

use super::number;

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

    /// What is said beside the `$ref` that `value` is.
    pub(super) fn beside(value: &'d Value) -> Option<Keywords<'d>> {
        value.as_object().map(Keywords)
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
    Null,
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
            "null" => Self::Null,
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
            Self::Null => "null",
            Self::Other(other) => other,
        }
    }
}

/// What is permitted beyond what has a name or a position of its own.
#[derive(Debug, Clone, Copy)]
pub(super) enum Others<'d> {
    Any(bool),
    Schema(Node<'d>),
}

/// The value of `discriminator`.
#[derive(Debug, Clone, Copy)]
pub(super) struct Discriminator<'d> {
    pub(super) property: &'d str,
    mapping: Option<&'d Map<String, Value>>,
    /// What is selected by no value that is known, or by none at all.
    pub(super) default: Option<&'d str>,
}

impl<'d> Discriminator<'d> {
    /// Everything that is selected, by some value or by none.
    pub(super) fn targets(self) -> impl Iterator<Item = &'d str> {
        self.mapping().map(|(_, target)| target).chain(self.default)
    }

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

impl fmt::Display for Keywords<'_> {
    /// As JSON on one line, the same in whichever order it is written.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut schema = Value::Object(self.0.clone());
        schema.sort_all_objects();
        schema.fmt(formatter)
    }
}

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

    pub(super) fn list(self, name: &str) -> &'d [Value] {
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

    /// `enum`; empty where there is none. A number without a fraction is an integer, however it is written.
    pub(super) fn enumeration(self) -> Vec<Value> {
        self.list("enum").iter().map(number::plain).collect()
    }

    /// Whether `enum` names any value.
    pub(super) fn is_enumerated(self) -> bool {
        !self.list("enum").is_empty()
    }

    /// `properties`; an empty one says nothing.
    pub(super) fn properties(self) -> impl Iterator<Item = (&'d str, Node<'d>)> {
        self.schemas("properties")
    }

    /// `patternProperties`.
    pub(super) fn patterns(self) -> impl Iterator<Item = (&'d str, Node<'d>)> {
        self.schemas("patternProperties")
    }

    /// A keyword that gives each of some names a schema.
    fn schemas(self, name: &str) -> impl Iterator<Item = (&'d str, Node<'d>)> {
        let members = self.get(name).and_then(Value::as_object);
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
    pub(super) fn additional(self) -> Option<Others<'d>> {
        self.others("additionalProperties")
    }

    /// `unevaluatedProperties`.
    pub(super) fn unevaluated(self) -> Option<Others<'d>> {
        self.others("unevaluatedProperties")
    }

    /// `unevaluatedItems`.
    pub(super) fn unevaluated_items(self) -> Option<Others<'d>> {
        self.others("unevaluatedItems")
    }

    /// A keyword whose value is a schema or a flag, which a schema may be as well.
    pub(super) fn others(self, name: &str) -> Option<Others<'d>> {
        let value = self.get(name)?;
        match (value.as_bool(), Node::of(value)) {
            (Some(any), _) => Some(Others::Any(any)),
            (None, Some(Node::Schema(keywords))) if keywords.is_never() => Some(Others::Any(false)),
            (None, node) => node.map(Others::Schema),
        }
    }

    /// `items`.
    pub(super) fn items(self) -> Option<Node<'d>> {
        self.node("items")
    }

    /// `prefixItems`.
    pub(super) fn prefix_items(self) -> &'d [Value] {
        self.list("prefixItems")
    }

    /// `allOf`.
    pub(super) fn all_of(self) -> &'d [Value] {
        self.list("allOf")
    }

    /// The `$ref` in `allOf` that it does no more than wrap, and where it stands there.
    pub(super) fn sole_reference(self) -> Option<(usize, &'d str)> {
        let parts = self.all_of().iter().enumerate();
        let mut telling = parts.filter(|(_, part)| tells(part));
        match (telling.next().filter(|_| self.is_bare())?, telling.next()) {
            ((index, part), None) => Some((index, part.get("$ref")?.as_str()?)),
            _ => None,
        }
    }

    /// `oneOf`.
    pub(super) fn one_of(self) -> &'d [Value] {
        self.list("oneOf")
    }

    /// `anyOf`.
    pub(super) fn any_of(self) -> &'d [Value] {
        self.list("anyOf")
    }

    /// Whether it permits no value at all: it is what is left of `false`.
    pub(super) fn is_never(self) -> bool {
        self.get("not").and_then(Value::as_object).is_some_and(Map::is_empty)
    }

    /// `discriminator`.
    pub(super) fn discriminator(self) -> Option<Discriminator<'d>> {
        let object = self.get("discriminator")?.as_object()?;
        Some(Discriminator {
            property: object.get("propertyName")?.as_str()?,
            mapping: object.get("mapping").and_then(Value::as_object),
            default: object.get("defaultMapping").and_then(Value::as_str),
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

    /// Whether there is a `type` and nothing else.
    pub(super) fn is_only_a_type(self) -> bool {
        self.ty().is_some() && self.0.len() == 1
    }

    /// Whether nothing but `type` and `allOf` says anything about the type of a value.
    pub(super) fn is_bare(self) -> bool {
        self.format().is_none() && self.is_bare_but_for_format()
    }

    /// Whether nothing but `type`, `format` and `allOf` says anything about the type of a value.
    pub(super) fn is_bare_but_for_format(self) -> bool {
        self.says_nothing_of_an_object()
            && !self.is_enumerated()
            && self.says_nothing_of_a_list()
            && self.one_of().is_empty()
            && self.any_of().is_empty()
            && !self.is_never()
            && self.text("contentEncoding").is_none()
            && self.text("contentMediaType").is_none()
    }

    /// Whether nothing but one `oneOf` or `anyOf` says anything about the type of a value.
    pub(super) fn says_only_choices(self) -> bool {
        self.one_of().is_empty() != self.any_of().is_empty()
            && self.ty().is_none()
            && self.all_of().is_empty()
            && self.says_nothing_of_an_object()
            && self.says_nothing_of_a_list()
            && !self.is_enumerated()
            && !self.is_never()
    }

    /// Whether no keyword that types the members of an object says anything.
    pub(super) fn says_nothing_of_an_object(self) -> bool {
        !self.types_members() && !self.requires()
    }

    /// Whether a keyword types the members of an object.
    pub(super) fn types_members(self) -> bool {
        self.has_properties()
            || self.additional().is_some()
            || self.unevaluated().is_some()
            || self.patterns().next().is_some()
    }

    /// Whether no keyword that types the items of a list says anything.
    pub(super) fn says_nothing_of_a_list(self) -> bool {
        self.items().is_none() && self.prefix_items().is_empty() && self.unevaluated_items().is_none()
    }

    /// Whether it requires members and says nothing else.
    pub(super) fn only_requires(self) -> bool {
        self.requires()
            && !self.types_members()
            && matches!(self.ty(), None | Some(JsonType::Object))
            && self.all_of().is_empty()
            && self.one_of().is_empty()
            && self.any_of().is_empty()
            && self.says_nothing_of_a_list()
            && !self.is_enumerated()
    }

    /// Whether it permits nothing but `null`.
    pub(super) fn is_null(self) -> bool {
        let values = self.list("enum");
        self.ty() == Some(JsonType::Null) || !values.is_empty() && values.iter().all(Value::is_null)
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
