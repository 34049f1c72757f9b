//! A schema in, its forms out: everything that it permits with all choices made, one conjunction for each.
//!
//! Choices are made by `oneOf` and `anyOf`, wherever they stand, and by a discriminator that leaves them to heirs.

use super::{
    all_of::{Choice, Conjunction, TooDeep},
    context::Lowering,
    keywords::{Keywords, Node},
    object::Occurrence,
    told,
    union::only_requires,
};
use crate::{
    diagnostics::Code,
    ir::{Parent, Pointer},
};

/// How many schemas are looked at. Choices multiply, so that a short document can ask for more than any memory holds.
const STEPS: usize = 1_024;

/// What a schema permits when all of its choices are made.
#[derive(Debug, Clone)]
pub(super) struct Form<'d> {
    pub(super) flat: Conjunction<'d>,
    /// Where the last alternative stands; the schema itself where there is no choice.
    pub(super) at: Pointer,
    /// The place of the schema that this is, at the end of all references.
    pub(super) end: Pointer,
    /// Members that discriminate, each with its values in this form.
    tags: Vec<(&'d str, Vec<String>)>,
    /// The choices that are made.
    made: Vec<Pointer>,
}

impl<'d> Form<'d> {
    /// The values of a member by which a discriminator selects this form.
    pub(super) fn tags(&self, property: &str) -> &[String] {
        let mut tags = self.tags.iter().rev();
        tags.find(|(known, _)| *known == property)
            .map_or(&[], |(_, values)| values.as_slice())
    }

    /// The schemas that hold at once.
    pub(super) fn keywords(&self) -> impl DoubleEndedIterator<Item = Keywords<'d>> {
        self.flat.arms.iter().map(|arm| arm.keywords)
    }
}

impl<'d> Lowering<'d> {
    /// The forms of what several schemas say together; none where `allOf` is nested too deeply.
    pub(super) fn forms(&mut self, schemas: &[Occurrence<'d>]) -> Vec<Form<'d>> {
        let nodes = schemas.iter().cloned();
        let Ok(flat) = self.flatten(nodes.map(|schema| (schema.node, schema.pointer, schema.parent))) else {
            return Vec::new();
        };
        let at = schemas.last().map(|schema| schema.pointer.clone()).unwrap_or_default();
        let mut open = vec![Form {
            flat,
            end: self.end_of_references(&at).unwrap_or_else(|_| at.clone()),
            at: at.clone(),
            tags: Vec::new(),
            made: Vec::new(),
        }];
        let mut forms = Vec::new();
        for _ in 0..STEPS {
            let Some(mut form) = open.pop() else { return forms };
            match self.narrower(&mut form) {
                None => forms.push(form),
                Some(narrower) => open.extend(narrower.into_iter().rev()),
            }
        }
        if !open.is_empty() {
            let message = format!("alternatives lead to more than {STEPS} others; the last of them are left out");
            self.report(Code::UnsupportedSchema, &at, message);
        }
        forms
    }

    /// What comes of the next choice; `None` where all are made.
    fn narrower(&mut self, form: &mut Form<'d>) -> Option<Vec<Form<'d>>> {
        if let Some(heirs) = self.narrower_by_heirs(form) {
            return Some(heirs);
        }
        while !form.flat.choices.is_empty() {
            let choice = form.flat.choices.remove(0);
            self.limit_combinations(&choice, &mut form.flat);
            if choice.nodes.iter().all(only_requires) {
                continue;
            }
            if let Some(narrower) = self.narrower_by(&choice, form) {
                return Some(narrower);
            }
        }
        None
    }

    fn narrower_by(&mut self, choice: &Choice<'d>, form: &Form<'d>) -> Option<Vec<Form<'d>>> {
        let alternatives = self.alternatives(choice);
        if alternatives.is_empty() {
            return None;
        }
        let tags = choice.discriminator.map(|declared| {
            (
                declared.property,
                self.declared_tags(choice, declared.property, &alternatives, &form.flat),
            )
        });
        let mut narrower = Vec::with_capacity(alternatives.len());
        for (index, alternative) in alternatives.iter().enumerate() {
            // What is chosen again adds nothing.
            if form.flat.contains(&alternative.end) {
                continue;
            }
            let Ok(mut flat) = self.flatten_with(&form.flat, alternative, choice) else {
                let message = TooDeep::message("the alternative is left out");
                self.report(Code::UnsupportedSchema, &alternative.pointer, message);
                continue;
            };
            let mut made = form.made.clone();
            made.push(choice.pointer.clone());
            keep_open(&mut flat, &made);
            let mut chosen = form.tags.clone();
            if let Some((property, tags)) = &tags {
                let values = tags[index].iter().filter_map(told::text);
                chosen.push((property, values.collect()));
            }
            narrower.push(Form {
                flat,
                at: alternative.pointer.clone(),
                end: alternative.end.clone(),
                tags: chosen,
                made,
            });
        }
        Some(narrower)
    }

    /// The heirs of a form that names a discriminator and no alternatives.
    fn narrower_by_heirs(&mut self, form: &Form<'d>) -> Option<Vec<Form<'d>>> {
        if form.made.contains(&form.end) {
            return None;
        }
        let Some(Node::Schema(keywords)) = self.node_at(&form.end) else {
            return None;
        };
        let property = keywords.discriminator()?.property;
        let mut narrower = Vec::new();
        for (heir, tags) in self.heirs_by_tag(keywords, &form.end)? {
            let mut narrow = form.clone();
            narrow.made.extend([form.end.clone(), heir.clone()]);
            narrow.tags.push((property, tags));
            if heir != form.end {
                let parent = Parent::Type(self.shared(&heir));
                let node = self.node_at(&heir)?;
                // Which of its alternatives it is stays open.
                let flat = self.flatten([(node, heir.clone(), Some(parent))]).ok()?;
                let arms = flat.arms.into_iter();
                let new: Vec<_> = arms.filter(|arm| !form.flat.contains(&arm.pointer)).collect();
                narrow.flat.arms.extend(new);
                narrow.flat.choices.extend(flat.choices);
                keep_open(&mut narrow.flat, &narrow.made);
                (narrow.at, narrow.end) = (heir.clone(), heir);
            }
            narrower.push(narrow);
        }
        Some(narrower)
    }
}

/// Leaves out the choices that are made, and those that are there already.
fn keep_open(flat: &mut Conjunction<'_>, made: &[Pointer]) {
    let mut seen = made.to_vec();
    flat.choices.retain(|choice| {
        let is_new = !seen.contains(&choice.pointer);
        seen.push(choice.pointer.clone());
        is_new
    });
}
