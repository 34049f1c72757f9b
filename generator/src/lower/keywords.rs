//! A typed schema in, its keywords out, whichever of the many shapes `openapiv3` gave it.

use openapiv3::{
    AdditionalProperties, AnySchema, IntegerFormat, NumberFormat, ReferenceOr, Schema, SchemaData, SchemaKind,
    StringFormat, Type, VariantOrUnknownOrEmpty,
};
use serde_json::Value;

/// What may stand where a schema is expected.
#[derive(Debug, Clone, Copy)]
pub(super) enum Node<'d> {
    /// A `$ref`, as written.
    Reference(&'d str),
    /// A schema in place.
    Schema(&'d Schema),
}

impl<'d> From<&'d ReferenceOr<Schema>> for Node<'d> {
    fn from(node: &'d ReferenceOr<Schema>) -> Self {
        match node {
            ReferenceOr::Reference { reference } => Self::Reference(reference),
            ReferenceOr::Item(schema) => Self::Schema(schema),
        }
    }
}

impl<'d> From<&'d ReferenceOr<Box<Schema>>> for Node<'d> {
    fn from(node: &'d ReferenceOr<Box<Schema>>) -> Self {
        match node {
            ReferenceOr::Reference { reference } => Self::Reference(reference),
            ReferenceOr::Item(schema) => Self::Schema(schema),
        }
    }
}

/// The members of an object, as a schema lists them.
pub(super) type Properties = indexmap::IndexMap<String, ReferenceOr<Box<Schema>>>;

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

/// The keywords of one schema. Cheap to copy: nothing is read before it is asked for.
#[derive(Debug, Clone, Copy)]
pub(super) struct Keywords<'d>(&'d Schema);

impl<'d> Keywords<'d> {
    pub(super) fn of(schema: &'d Schema) -> Self {
        Self(schema)
    }

    /// Annotations, and the keywords that go with any kind.
    pub(super) fn data(self) -> &'d SchemaData {
        &self.0.schema_data
    }

    fn any(self) -> Option<&'d AnySchema> {
        match &self.0.schema_kind {
            SchemaKind::Any(any) => Some(any),
            SchemaKind::Type(_)
            | SchemaKind::OneOf { .. }
            | SchemaKind::AllOf { .. }
            | SchemaKind::AnyOf { .. }
            | SchemaKind::Not { .. } => None,
        }
    }

    pub(super) fn kind(self) -> &'d SchemaKind {
        &self.0.schema_kind
    }

    /// `type`.
    pub(super) fn ty(self) -> Option<JsonType<'d>> {
        match &self.0.schema_kind {
            SchemaKind::Type(Type::Boolean(_)) => Some(JsonType::Boolean),
            SchemaKind::Type(Type::Integer(_)) => Some(JsonType::Integer),
            SchemaKind::Type(Type::Number(_)) => Some(JsonType::Number),
            SchemaKind::Type(Type::String(_)) => Some(JsonType::String),
            SchemaKind::Type(Type::Array(_)) => Some(JsonType::Array),
            SchemaKind::Type(Type::Object(_)) => Some(JsonType::Object),
            SchemaKind::Any(any) => any.typ.as_deref().map(JsonType::named),
            SchemaKind::OneOf { .. } | SchemaKind::AllOf { .. } | SchemaKind::AnyOf { .. } | SchemaKind::Not { .. } => {
                None
            }
        }
    }

    /// `format`.
    pub(super) fn format(self) -> Option<&'d str> {
        match &self.0.schema_kind {
            SchemaKind::Type(Type::String(string)) => format(&string.format, |format| match format {
                StringFormat::Date => "date",
                StringFormat::DateTime => "date-time",
                StringFormat::Password => "password",
                StringFormat::Byte => "byte",
                StringFormat::Binary => "binary",
            }),
            SchemaKind::Type(Type::Number(number)) => format(&number.format, |format| match format {
                NumberFormat::Float => "float",
                NumberFormat::Double => "double",
            }),
            SchemaKind::Type(Type::Integer(integer)) => format(&integer.format, |format| match format {
                IntegerFormat::Int32 => "int32",
                IntegerFormat::Int64 => "int64",
            }),
            _ => self.any()?.format.as_deref(),
        }
    }

    /// `enum`; empty where there is none.
    pub(super) fn enumeration(self) -> Vec<Value> {
        fn values<T: Clone + Into<Value>>(values: &[Option<T>]) -> Vec<Value> {
            values
                .iter()
                .map(|value| value.clone().map_or(Value::Null, Into::into))
                .collect()
        }
        match &self.0.schema_kind {
            SchemaKind::Type(Type::String(string)) => values(&string.enumeration),
            SchemaKind::Type(Type::Number(number)) => values(&number.enumeration),
            SchemaKind::Type(Type::Integer(integer)) => values(&integer.enumeration),
            SchemaKind::Type(Type::Boolean(boolean)) => values(&boolean.enumeration),
            SchemaKind::Any(any) => any.enumeration.clone(),
            SchemaKind::Type(Type::Object(_) | Type::Array(_))
            | SchemaKind::OneOf { .. }
            | SchemaKind::AllOf { .. }
            | SchemaKind::AnyOf { .. }
            | SchemaKind::Not { .. } => Vec::new(),
        }
    }

    /// Whether `enum` names any value.
    pub(super) fn is_enumerated(self) -> bool {
        match &self.0.schema_kind {
            SchemaKind::Type(Type::String(string)) => !string.enumeration.is_empty(),
            SchemaKind::Type(Type::Number(number)) => !number.enumeration.is_empty(),
            SchemaKind::Type(Type::Integer(integer)) => !integer.enumeration.is_empty(),
            SchemaKind::Type(Type::Boolean(boolean)) => !boolean.enumeration.is_empty(),
            _ => self.any().is_some_and(|any| !any.enumeration.is_empty()),
        }
    }

    /// `properties`.
    pub(super) fn properties(self) -> Option<&'d Properties> {
        match &self.0.schema_kind {
            SchemaKind::Type(Type::Object(object)) => Some(&object.properties),
            _ => self.any().map(|any| &any.properties),
        }
        .filter(|properties| !properties.is_empty())
    }

    /// `required`.
    pub(super) fn required(self) -> &'d [String] {
        match &self.0.schema_kind {
            SchemaKind::Type(Type::Object(object)) => &object.required,
            _ => self.any().map_or(&[], |any| any.required.as_slice()),
        }
    }

    /// `additionalProperties`.
    pub(super) fn additional(self) -> Option<&'d AdditionalProperties> {
        match &self.0.schema_kind {
            SchemaKind::Type(Type::Object(object)) => object.additional_properties.as_ref(),
            _ => self.any()?.additional_properties.as_ref(),
        }
    }

    /// `items`.
    pub(super) fn items(self) -> Option<Node<'d>> {
        match &self.0.schema_kind {
            SchemaKind::Type(Type::Array(array)) => array.items.as_ref().map(Node::from),
            _ => self.any()?.items.as_ref().map(Node::from),
        }
    }

    /// `allOf`.
    pub(super) fn all_of(self) -> &'d [ReferenceOr<Schema>] {
        match &self.0.schema_kind {
            SchemaKind::AllOf { all_of } => all_of,
            _ => self.any().map_or(&[], |any| any.all_of.as_slice()),
        }
    }

    /// `oneOf`.
    pub(super) fn one_of(self) -> &'d [ReferenceOr<Schema>] {
        match &self.0.schema_kind {
            SchemaKind::OneOf { one_of } => one_of,
            _ => self.any().map_or(&[], |any| any.one_of.as_slice()),
        }
    }

    /// `anyOf`.
    pub(super) fn any_of(self) -> &'d [ReferenceOr<Schema>] {
        match &self.0.schema_kind {
            SchemaKind::AnyOf { any_of } => any_of,
            _ => self.any().map_or(&[], |any| any.any_of.as_slice()),
        }
    }

    /// Whether there is a `not`.
    pub(super) fn has_not(self) -> bool {
        matches!(self.0.schema_kind, SchemaKind::Not { .. }) || self.any().is_some_and(|any| any.not.is_some())
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
        self.properties().is_none() && self.required().is_empty() && self.additional().is_none()
    }

    /// Whether it requires members and says nothing else.
    pub(super) fn only_requires(self) -> bool {
        !self.required().is_empty()
            && self.properties().is_none()
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
        let values = self.enumeration();
        if !values.is_empty() {
            return values.iter().all(Value::is_null);
        }
        self.data().nullable && self.is_annotation()
    }
}

fn format<F: Copy>(format: &VariantOrUnknownOrEmpty<F>, known: fn(F) -> &'static str) -> Option<&str> {
    match format {
        VariantOrUnknownOrEmpty::Item(format) => Some(known(*format)),
        VariantOrUnknownOrEmpty::Unknown(format) => Some(format),
        VariantOrUnknownOrEmpty::Empty => None,
    }
}
