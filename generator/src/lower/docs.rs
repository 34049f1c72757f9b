//! Annotations and limits in, [`Docs`] out.

use openapiv3::{ExternalDocumentation, SchemaKind, Type};

use super::{all_of::Conjunction, keywords::Keywords};
use crate::ir::Docs;

/// The documentation that a schema gives for what it is the type of.
pub(super) fn of_schema(keywords: Keywords<'_>) -> Docs {
    let data = keywords.data();
    Docs {
        summary: text(data.title.as_ref()),
        description: text(data.description.as_ref()),
        deprecated: data.deprecated,
        link: link(data.external_docs.as_ref()),
        example: data.example.clone().filter(|example| !example.is_null()),
        constraints: limits(keywords),
    }
}

/// A text that says something.
pub(super) fn text(text: Option<&String>) -> Option<String> {
    text.filter(|text| !text.trim().is_empty()).cloned()
}

/// The address of further documentation.
pub(super) fn link(docs: Option<&ExternalDocumentation>) -> Option<String> {
    docs.map(|docs| docs.url.clone()).filter(|url| !url.trim().is_empty())
}

/// The limits of every schema that a value has to satisfy.
pub(super) fn limits_of_all(conjunction: &Conjunction<'_>) -> Vec<String> {
    let mut sentences = Vec::new();
    for sentence in conjunction.arms.iter().flat_map(|arm| limits(arm.keywords)) {
        if !sentences.contains(&sentence) {
            sentences.push(sentence);
        }
    }
    sentences
}

/// What a schema asks of a value beyond its type, a sentence each.
pub(super) fn limits(keywords: Keywords<'_>) -> Vec<String> {
    let mut limits = Limits::default();
    match keywords.kind() {
        SchemaKind::Type(Type::String(string)) => {
            limits.count(string.min_length, string.max_length, "character");
            limits.pattern(string.pattern.as_deref());
        }
        SchemaKind::Type(Type::Integer(integer)) => {
            limits.bound("least", "greater", integer.minimum, integer.exclusive_minimum);
            limits.bound("most", "less", integer.maximum, integer.exclusive_maximum);
            limits.multiple(integer.multiple_of);
        }
        SchemaKind::Type(Type::Number(number)) => {
            limits.bound("least", "greater", number.minimum, number.exclusive_minimum);
            limits.bound("most", "less", number.maximum, number.exclusive_maximum);
            limits.multiple(number.multiple_of);
        }
        SchemaKind::Type(Type::Array(array)) => {
            limits.count(array.min_items, array.max_items, "item");
            limits.unique(array.unique_items);
        }
        SchemaKind::Type(Type::Object(object)) => {
            limits.count(object.min_properties, object.max_properties, "member");
        }
        SchemaKind::Type(Type::Boolean(_)) => {
            if let [value] = keywords.enumeration().as_slice() {
                limits.0.push(format!("Always `{value}`."));
            }
        }
        SchemaKind::Any(any) => {
            limits.count(any.min_length, any.max_length, "character");
            limits.pattern(any.pattern.as_deref());
            limits.bound("least", "greater", any.minimum, any.exclusive_minimum == Some(true));
            limits.bound("most", "less", any.maximum, any.exclusive_maximum == Some(true));
            limits.multiple(any.multiple_of);
            limits.count(any.min_items, any.max_items, "item");
            limits.unique(any.unique_items == Some(true));
            limits.count(any.min_properties, any.max_properties, "member");
        }
        SchemaKind::OneOf { .. } | SchemaKind::AllOf { .. } | SchemaKind::AnyOf { .. } | SchemaKind::Not { .. } => {}
    }
    limits.0
}

#[derive(Default)]
struct Limits(Vec<String>);

impl Limits {
    fn count(&mut self, least: Option<usize>, most: Option<usize>, what: &str) {
        let plural = |count: usize| if count == 1 { "" } else { "s" };
        match (least.filter(|&least| least > 0), most) {
            (Some(least), Some(most)) if least == most => {
                self.0.push(format!("Exactly {most} {what}{}.", plural(most)));
            }
            (Some(least), Some(most)) => self.0.push(format!("{least} to {most} {what}s.")),
            (Some(least), None) => self.0.push(format!("At least {least} {what}{}.", plural(least))),
            (None, Some(most)) => self.0.push(format!("At most {most} {what}{}.", plural(most))),
            (None, None) => {}
        }
    }

    fn bound(&mut self, inclusive: &str, exclusive: &str, bound: Option<impl std::fmt::Display>, is_exclusive: bool) {
        if let Some(bound) = bound {
            self.0.push(if is_exclusive {
                format!("{}{} than {bound}.", exclusive[..1].to_uppercase(), &exclusive[1..])
            } else {
                format!("At {inclusive} {bound}.")
            });
        }
    }

    fn multiple(&mut self, of: Option<impl std::fmt::Display>) {
        if let Some(of) = of {
            self.0.push(format!("A multiple of {of}."));
        }
    }

    fn pattern(&mut self, pattern: Option<&str>) {
        if let Some(pattern) = pattern.filter(|pattern| !pattern.is_empty()) {
            self.0.push(format!("Matches `{pattern}`."));
        }
    }

    fn unique(&mut self, unique: bool) {
        if unique {
            self.0.push("No item twice.".to_owned());
        }
    }
}
