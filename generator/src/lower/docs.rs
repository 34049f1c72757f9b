//! Annotations and limits in, [`Docs`] out.

use openapiv3::ExternalDocumentation;
use serde_json::Value;

use super::{
    all_of::Conjunction,
    context::Lowering,
    keywords::{JsonType, Keywords, Node, Others},
    media::{Alternative, Family, family},
    sentences,
};
use crate::ir::{Docs, Pointer};

/// The documentation that a schema gives for what it is the type of.
pub(super) fn of_schema(keywords: Keywords<'_>) -> Docs {
    let link = keywords.get("externalDocs").and_then(|docs| docs.get("url")?.as_str());
    let mut constraints = limits(keywords);
    if !keywords.has_properties() && keywords.all_of().is_empty() {
        constraints.extend(keywords.required().map(|name| format!("Requires a member `{name}`.")));
    }
    Docs {
        summary: text(keywords.text("title")),
        description: text(keywords.text("description")),
        deprecated: keywords.flag("deprecated"),
        link: text(link),
        example: keywords.example().cloned(),
        constraints,
    }
}

impl<'d> Lowering<'d> {
    /// What is said beside the `$ref` at `place`, which goes before what is said where it leads to.
    pub(super) fn text_of_use(&self, place: &Pointer, name: &str) -> Option<&'d str> {
        self.document.text_at(&place.child("$ref"))?;
        let text = self.document.text_at(&place.child(name))?;
        (!text.trim().is_empty()).then_some(text)
    }

    /// The example of the parameter or header at `pointer`: its own, else the first of several, else that of its media
    /// type.
    pub(super) fn example_of(&mut self, pointer: &Pointer) -> Option<Value> {
        let media = self.sole_content(pointer).map(|alternative| alternative.described);
        [Some(pointer), media.as_ref()]
            .into_iter()
            .flatten()
            .find_map(|pointer| self.example_at(pointer))
    }

    /// The example of a body that may come back: of its media type, else of its schema, which may have a default in its place.
    pub(super) fn example_of_answer(&mut self, alternative: &Alternative<'d>) -> Option<Value> {
        if let Some(own) = self.example_at(&alternative.described) {
            return Some(own);
        }
        let node = self.node_at(&alternative.described.child("schema"))?;
        let keywords = self.end_of(node)?;
        let default = || keywords.get("default").filter(|default| !default.is_null());
        keywords.example().or_else(default).cloned()
    }

    /// What the contents at `holder` ask of a value, where no type of its own says so.
    pub(super) fn limits_of_contents(&mut self, holder: &Pointer) -> Vec<String> {
        let list = holder.child("content");
        let names = self.document.value_at(&list).and_then(Value::as_object);
        let names = names.into_iter().flat_map(serde_json::Map::keys);
        let mut docs = Docs::default();
        for name in names {
            let Some(node) = self.node_at(&list.child(name).child("schema")) else {
                continue;
            };
            // The parts of a form are no type that could say it.
            let of_form = match family(name) {
                Family::Multipart => self.end_of(node),
                _ => None,
            };
            let limits = of_form
                .map_or_else(|| sentences::of_use(node), sentences::of_form)
                .into_iter();
            let is_text = matches!(family(name), Family::Json | Family::Form);
            docs = docs.with(limits.filter(|limit| is_text || !sentences::is_of_bytes(limit)));
        }
        docs.constraints
    }

    /// The example that is given at `pointer`, else the first of several.
    pub(super) fn example_at(&mut self, pointer: &Pointer) -> Option<Value> {
        let own = self.document.value_at(&pointer.child("example"));
        if let Some(own) = own.filter(|own| !own.is_null()) {
            return Some(own.clone());
        }
        let list = pointer.child("examples");
        let first = self.document.value_at(&list)?.as_object()?.keys().next()?;
        let place = self.end_of_references(&list.child(first)).ok()?;
        let example = self.document.value_at(&place)?;
        ["dataValue", "value", "serializedValue"]
            .into_iter()
            .find_map(|name| example.get(name))
            .cloned()
    }
}

/// A text that says something.
pub(super) fn text(text: Option<impl AsRef<str>>) -> Option<String> {
    text.map(|text| text.as_ref().to_owned())
        .filter(|text| !text.trim().is_empty())
}

/// The address of further documentation.
pub(super) fn link(docs: Option<&ExternalDocumentation>) -> Option<String> {
    text(docs.map(|docs| &docs.url))
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
    let count = |name| keywords.get(name).and_then(Value::as_u64);
    limits.count(count("minLength"), count("maxLength"), "character");
    limits.pattern(keywords.text("pattern"));
    limits.0.extend(sentences::of_format(keywords));
    limits.bound(
        ("least", "greater"),
        keywords.get("minimum"),
        keywords.get("exclusiveMinimum"),
    );
    limits.bound(
        ("most", "less"),
        keywords.get("maximum"),
        keywords.get("exclusiveMaximum"),
    );
    limits.multiple(keywords.get("multipleOf"));
    limits.0.extend(sentences::of_text(keywords));
    if keywords.prefix_items().is_empty() {
        limits.count(count("minItems"), count("maxItems"), "item");
    }
    limits.unique(keywords.flag("uniqueItems"));
    limits.0.extend(sentences::of_positions(keywords));
    limits.0.extend(sentences::of_contents(keywords));
    if matches!(keywords.others("items"), Some(Others::Any(false))) && keywords.prefix_items().is_empty() {
        limits.0.push("Always empty.".to_owned());
    }
    limits.count(count("minProperties"), count("maxProperties"), "member");
    limits.0.extend(sentences::of_names(keywords));
    limits.0.extend(sentences::of_patterns(keywords));
    limits.0.extend(sentences::of_dependencies(keywords));
    limits.0.extend(sentences::of_choices(keywords));
    if keywords.ty().is_none_or(|ty| ty == JsonType::Boolean)
        && keywords.enumeration().iter().all(Value::is_boolean)
        && let [value, others @ ..] = keywords.enumeration().as_slice()
        && others.iter().all(|other| other == value)
        && (keywords.ty().is_some() || !others.is_empty())
    {
        limits.0.push(format!("Always `{value}`."));
    }
    if keywords.ty() == Some(JsonType::Object) && keywords.is_bare_but_for_format() && keywords.all_of().is_empty() {
        let or_null = if keywords.is_nullable() { " or `null`" } else { "" };
        limits.0.push(format!("A JSON object{or_null}."));
    }
    limits.0.extend(sentences::of_parts(keywords));
    for part in keywords.all_of().iter().filter_map(Node::of) {
        if let Node::Schema(part) = part {
            let new = self::limits(part).into_iter().filter(|limit| !limits.0.contains(limit));
            let new: Vec<_> = new.collect();
            limits.0.extend(new);
        }
    }
    limits.0
}

/// A number as a person writes it.
fn number(value: &Value) -> Option<String> {
    // What has more digits than a number can have here is a text.
    if let Value::String(text) = value {
        return Some(text.clone());
    }
    let number = value.as_number()?;
    let float = number.as_f64().filter(|_| number.is_f64());
    Some(float.map_or_else(|| number.to_string(), |float| float.to_string()))
}

#[derive(Default)]
struct Limits(Vec<String>);

impl Limits {
    fn count(&mut self, least: Option<u64>, most: Option<u64>, what: &str) {
        let plural = |count: u64| if count == 1 { "" } else { "s" };
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

    /// A bound is exclusive by a flag beside it, or by being given under the other keyword.
    fn bound(&mut self, (inclusive, exclusive): (&str, &str), bound: Option<&Value>, other: Option<&Value>) {
        let beyond = |bound| format!("{}{} than {bound}.", exclusive[..1].to_uppercase(), &exclusive[1..]);
        if let Some(bound) = bound.and_then(number) {
            let is_exclusive = other == Some(&Value::Bool(true));
            self.0.push(if is_exclusive {
                beyond(bound)
            } else {
                format!("At {inclusive} {bound}.")
            });
        }
        self.0.extend(other.and_then(number).map(beyond));
    }

    fn multiple(&mut self, of: Option<&Value>) {
        let of = of.and_then(number);
        self.0.extend(of.map(|of| format!("A multiple of {of}.")));
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
