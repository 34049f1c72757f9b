//! The alternatives of a choice in, the variants of a union out.

use std::collections::BTreeSet;

use super::{
    all_of::{Choice, Conjunction},
    context::Lowering,
    docs,
    keywords::{JsonType, Keywords, Node},
    object,
    schema::{Home, Place, Site},
    sentences,
    union::Alternative,
};
use crate::ir::{Discriminator, Docs, EnumValue, Parent, Pointer, Role, Shape, Type, Union, Variant};

impl<'d> Lowering<'d> {
    /// Lowers the alternatives of a choice together with what stands beside it.
    pub(super) fn lower_alternatives(
        &mut self,
        conjunction: &Conjunction<'d>,
        (choice, alternatives): (&Choice<'d>, &[Alternative<'d>]),
        site: &Site,
    ) -> Type {
        let beside = scalar_beside(conjunction).filter(|_| !alternatives.iter().all(says_a_type));
        let plain = is_plain(conjunction) && beside.is_none();
        if let ([alternative], true) = (alternatives, plain) {
            self.note_sole(choice);
            return self.lower_sole(alternative, choice, site);
        }
        if is_plain(conjunction)
            && let Some(ty) = self.lower_scalars(alternatives, beside, site)
        {
            return ty;
        }
        if let [alternative] = alternatives {
            self.note_sole(choice);
            return self.lower_only(conjunction, alternative, choice, site);
        }
        let id = self.define(site);
        self.types[id].docs.constraints = docs::limits_of_all(conjunction);
        let parent = choice.parent.clone().filter(|_| plain).unwrap_or(Parent::Type(id));
        let mut texts: Vec<Vec<EnumValue>> = Vec::with_capacity(alternatives.len());
        let mut variants: Vec<Variant> = Vec::with_capacity(alternatives.len());
        for (index, alternative) in alternatives.iter().enumerate() {
            let home = Home::Inline {
                parent: parent.clone(),
                role: Role::Variant(index),
            };
            let own = if plain {
                self.texts_in_place(alternative)
            } else {
                Vec::new()
            };
            let ty = match own.first() {
                Some(first) => Type::Constant(first.text()),
                None if plain || beside.is_none() && includes(alternative, conjunction) => {
                    self.lower_alone(alternative, home)
                }
                None => self.lower_beside(conjunction, (choice, alternative), home),
            };
            variants.push(Variant {
                ty: as_object(ty, alternative),
                name: own.first().and_then(|first| first.name.clone()),
                tags: Vec::new(),
                docs: docs_of(alternative),
            });
            texts.push(own);
        }
        let discriminator = self.discriminate(choice, alternatives, conjunction, &mut variants);
        self.types[id].shape = Shape::Union(spread(variants, texts, discriminator));
        Type::Def(id)
    }

    /// The type of an alternative that says all by itself.
    fn lower_alone(&mut self, alternative: &Alternative<'d>, home: Home) -> Type {
        let Home::Inline { parent, role } = home else {
            unreachable!("an alternative is written in a choice")
        };
        let pointer = alternative.pointer.clone();
        let place = Place { pointer, parent, role };
        self.lower_node(alternative.node, place).without_null()
    }

    /// The type of an alternative together with what stands beside the choice.
    fn lower_beside(
        &mut self,
        conjunction: &Conjunction<'d>,
        (choice, alternative): (&Choice<'d>, &Alternative<'d>),
        home: Home,
    ) -> Type {
        let mut key: Vec<Pointer> = conjunction.arms.iter().map(|arm| arm.pointer.clone()).collect();
        key.push(alternative.pointer.clone());
        if let Some(&id) = self.definitions.get(&key) {
            return Type::Def(id);
        }
        let flat = self.flatten_with(conjunction, alternative, choice);
        self.lower_merged(flat, &Site { key, home })
    }
}

/// A union in which every text has a variant of its own: those of one alternative stand together.
fn spread(variants: Vec<Variant>, texts: Vec<Vec<EnumValue>>, discriminator: Option<Discriminator>) -> Union {
    let mut all: Vec<Variant> = Vec::with_capacity(variants.len());
    let mut seen = BTreeSet::new();
    let mut places = Vec::with_capacity(variants.len());
    for (variant, texts) in variants.into_iter().zip(texts) {
        places.push(all.len());
        if texts.is_empty() {
            all.push(variant);
            continue;
        }
        let new = texts.into_iter().filter(|value| seen.insert(value.text()));
        all.extend(new.map(|value| Variant {
            ty: Type::Constant(value.text()),
            docs: if value.docs == Docs::default() {
                variant.docs.clone()
            } else {
                value.docs
            },
            name: value.name,
            tags: Vec::new(),
        }));
    }
    let discriminator = discriminator.map(|discriminator| Discriminator {
        default: discriminator.default.map(|index| places[index]),
        ..discriminator
    });
    Union {
        variants: all,
        discriminator,
    }
}

/// Beside other types, an object without a word on its members is still an object.
fn as_object(ty: Type, alternative: &Alternative<'_>) -> Type {
    match (ty, &alternative.flat) {
        (Type::Any, Some(flat)) => bare(flat),
        (ty, _) => ty,
    }
}

fn docs_of(alternative: &Alternative<'_>) -> Docs {
    match alternative.node {
        Node::Schema(keywords) => docs::of_schema(keywords).with(sentences::of_default(keywords)),
        Node::Reference(_) => Docs::default(),
    }
}

/// Whether nothing beside a choice says anything about the type of a value.
fn is_plain(conjunction: &Conjunction<'_>) -> bool {
    conjunction.choices.is_empty()
        && conjunction.arms.iter().all(|arm| {
            arm.keywords.says_nothing_of_an_object()
                && arm.keywords.says_nothing_of_a_list()
                && !arm.keywords.is_enumerated()
        })
}

/// The scalar that stands beside a choice.
fn scalar_beside<'d>(conjunction: &Conjunction<'d>) -> Option<JsonType<'d>> {
    let mut types = conjunction.arms.iter().filter_map(|arm| arm.keywords.ty());
    types.find(|ty| !matches!(ty, JsonType::Object | JsonType::Array | JsonType::Other(_)))
}

/// Whether an alternative says by itself which type its values have, or leaves that to others.
fn says_a_type(alternative: &Alternative<'_>) -> bool {
    alternative.flat.as_ref().is_none_or(|flat| {
        let says = |keywords: Keywords<'_>| keywords.ty().is_some() || keywords.is_enumerated();
        !flat.choices.is_empty() || flat.arms.iter().any(|arm| says(arm.keywords))
    })
}

/// The type of what has no other keyword than a type, and is not a scalar.
fn bare(conjunction: &Conjunction<'_>) -> Type {
    match conjunction.arms.as_slice() {
        [arm] if arm.keywords.ty() == Some(JsonType::Object) && arm.keywords.says_nothing_of_an_object() => {
            Type::Map(Box::new(Type::Any))
        }
        _ => Type::Any,
    }
}

/// Whether an alternative says by itself all that stands beside the choice.
fn includes(alternative: &Alternative<'_>, base: &Conjunction<'_>) -> bool {
    let Some(flat) = alternative.flat.as_ref().filter(|_| base.choices.is_empty()) else {
        return false;
    };
    let own = object::members(flat);
    base.arms.iter().all(|arm| {
        flat.contains(&arm.pointer)
            || arm.keywords.additional().is_none()
                && arm.keywords.unevaluated().is_none()
                && arm.keywords.patterns().next().is_none()
                && !arm.keywords.is_enumerated()
                && arm.keywords.says_nothing_of_a_list()
                && arm.keywords.properties().all(|(name, _)| own.contains_key(name))
                && arm
                    .keywords
                    .required()
                    .all(|name| own.get(name).is_some_and(|member| member.required))
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::spread;
    use crate::ir::{Docs, EnumValue, Primitive, Type, Variant};

    #[test]
    fn a_text_that_two_alternatives_permit_is_one_variant() {
        let variant = |ty| Variant {
            ty,
            name: None,
            tags: Vec::new(),
            docs: Docs::default(),
        };
        let texts = |texts: [&str; 2]| texts.map(|text| EnumValue::from(json!(text))).to_vec();
        let variants = ["none", "auto"].map(|text| variant(Type::Constant(text.to_owned())));
        let variants = variants.into_iter().chain([variant(Type::Primitive(Primitive::Int64))]);
        let all = vec![texts(["none", "auto"]), texts(["auto", "required"]), Vec::new()];
        let union = spread(variants.collect(), all, None);
        let types: Vec<&Type> = union.variants.iter().map(|variant| &variant.ty).collect();
        let constant = |text: &str| Type::Constant(text.to_owned());
        let expected = [
            constant("none"),
            constant("auto"),
            constant("required"),
            Type::Primitive(Primitive::Int64),
        ];
        assert_eq!(types, expected.iter().collect::<Vec<_>>());
    }
}
