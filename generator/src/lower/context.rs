//! What all of `lower` works on: the document, the definitions so far, and what was reported.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use indexmap::IndexMap;
use openapiv3::ReferenceOr;

use super::{
    claims::Claimed,
    family::Family,
    keywords::{Keywords, Node},
    reference::{self, Broken, Target, Targets},
    sets::Sets,
    xml::Nodes,
};
use crate::{
    Config,
    config::Everything,
    diagnostics::{Code, Diagnostics, Tally, did_you_mean},
    ir::{Capability, Direction, Docs, Equality, Origin, Parent, Pointer, Shape, Type, TypeDef, TypeId, Types},
    load::{Document, may_be_schema},
};

pub(super) struct Lowering<'d> {
    pub(super) document: &'d Document,
    pub(super) targets: &'d Targets<'d>,
    pub(super) config: &'d Config,
    pub(super) diagnostics: &'d mut Diagnostics,
    pub(super) types: Types,
    /// Definitions by the places that they are made of: one, or several where members of the same name are merged.
    pub(super) definitions: IndexMap<Vec<Pointer>, TypeId>,
    /// Definitions that have an id and no body yet.
    pub(super) pending: VecDeque<(TypeId, Node<'d>, Pointer)>,
    /// Defaults to compare with their types, once these are known.
    pub(super) defaults: Vec<DefaultToCheck>,
    /// How deep in schemas within schemas the work is.
    pub(super) depth: usize,
    /// The places that are being put together, none of which has a definition yet.
    pub(super) merging: BTreeSet<Vec<Pointer>>,
    /// The origins of the schemas that a `$ref` shares, where they were met in the place where they are written.
    pub(super) origins: BTreeMap<Pointer, Origin>,
    /// How many definitions are made of several schemas.
    pub(super) merged: usize,
    /// How often such definitions were looked at.
    pub(super) visited: usize,
    /// What is said once, however many places it is true of.
    pub(super) once: Tally,
    reported: BTreeSet<(Code, Pointer)>,
    terminals: BTreeMap<Pointer, Result<Pointer, Broken>>,
    pub(super) nullable: BTreeMap<Pointer, bool>,
    /// Whether the schemas that references lead to are there to permit `null` and nothing else.
    pub(super) nulls: BTreeMap<Pointer, bool>,
    /// Enums that have a name wherever they are written, once anybody meets one.
    pub(super) sets: Option<Sets>,
    /// Who inherits from whom, once anybody asks.
    pub(super) heirs: Option<Family>,
    /// Every `operationId`, once any link asks.
    pub(super) operation_ids: Option<BTreeSet<String>>,
    /// What was found out about the values of discriminators.
    pub(super) claimed: Claimed,
    /// The operations so far, those too that are left out.
    pub(super) described: Everything,
    /// What is written as XML.
    pub(super) xml: Nodes,
}

/// Where the IR keeps a default that is still to be compared with its type.
pub(super) struct DefaultToCheck {
    pub(super) holder: Holder,
    pub(super) pointer: Pointer,
}

/// What a default belongs to.
#[derive(Clone, Copy)]
pub(super) enum Holder {
    Field(TypeId, usize),
    Parameter(usize, usize),
}

impl<'d> Lowering<'d> {
    pub(super) fn new(
        document: &'d Document,
        targets: &'d Targets<'d>,
        config: &'d Config,
        diagnostics: &'d mut Diagnostics,
    ) -> Self {
        Self {
            document,
            targets,
            config,
            diagnostics,
            types: Types::default(),
            definitions: IndexMap::new(),
            pending: VecDeque::new(),
            defaults: Vec::new(),
            depth: 0,
            merging: BTreeSet::new(),
            origins: BTreeMap::new(),
            merged: 0,
            visited: 0,
            once: Tally::default(),
            reported: BTreeSet::new(),
            terminals: BTreeMap::new(),
            nullable: BTreeMap::new(),
            nulls: BTreeMap::new(),
            sets: None,
            heirs: None,
            operation_ids: None,
            claimed: Claimed::default(),
            described: Everything::default(),
            xml: Nodes::default(),
        }
    }

    /// The schema at `pointer`.
    pub(super) fn node_at(&self, pointer: &Pointer) -> Option<Node<'d>> {
        Node::of(self.document.value_at(pointer)?)
    }

    /// Whether anything of that `code` was said of the place `pointer`.
    pub(super) fn is_reported(&self, code: Code, pointer: &Pointer) -> bool {
        self.reported.contains(&(code, pointer.clone()))
    }

    /// Reports once per place and code, however often the place is looked at.
    pub(super) fn report(&mut self, code: Code, pointer: &Pointer, message: impl Into<String>) {
        if self.reported.insert((code, pointer.clone())) {
            self.diagnostics.report(code, pointer, message);
        }
    }

    /// The same, with a hint of what can be done.
    pub(super) fn report_with_hint(
        &mut self,
        code: Code,
        pointer: &Pointer,
        message: impl Into<String>,
        hint: impl Into<String>,
    ) {
        if self.reported.insert((code, pointer.clone())) {
            self.diagnostics.report_with_hint(code, pointer, message, hint);
        }
    }

    /// The same, with what was `meant`, if that is known.
    pub(super) fn report_mistaken(
        &mut self,
        code: Code,
        pointer: &Pointer,
        message: impl Into<String>,
        meant: Option<&str>,
    ) {
        match meant {
            Some(meant) => self.report_with_hint(code, pointer, message, did_you_mean(meant)),
            None => self.report(code, pointer, message),
        }
    }

    /// Reports one of several things that are wrong with the path at `pointer`.
    pub(super) fn report_path(&mut self, pointer: &Pointer, message: impl Into<String>, meant: Option<&str>) {
        match meant {
            Some(meant) => {
                let hint = did_you_mean(meant);
                self.diagnostics
                    .report_with_hint(Code::PathTemplate, pointer, message, hint);
            }
            None => self.diagnostics.report(Code::PathTemplate, pointer, message),
        }
    }

    /// Reports what is said once.
    pub(super) fn end(&mut self) {
        std::mem::take(&mut self.once).report(self.diagnostics);
    }

    /// Reports a `$ref` at `pointer` that leads nowhere; `instead` says what becomes of the place.
    pub(super) fn report_broken(&mut self, broken: &Broken, pointer: &Pointer, instead: &str) {
        let (code, message, hint) = self.why_broken(broken);
        self.report_reference(code, pointer, format!("{message}; {instead}"), hint);
    }

    /// Reports something of the `$ref` at `pointer`.
    pub(super) fn report_reference(&mut self, code: Code, pointer: &Pointer, message: String, hint: Option<String>) {
        // It is the reference that is at fault, where there is one.
        let reference = pointer.child("$ref");
        let pointer = if self.document.text_at(&reference).is_some() {
            &reference
        } else {
            pointer
        };
        match hint {
            Some(hint) => self.report_with_hint(code, pointer, message, hint),
            None => self.report(code, pointer, message),
        }
    }

    /// What is said of a `$ref` that leads nowhere.
    pub(super) fn why_broken(&self, broken: &Broken) -> (Code, String, Option<String>) {
        match broken {
            Broken::Dangling(reference) => self.document.why(reference),
            Broken::NoSchema(reference) => {
                let message = format!("`{reference}` leads to something that is no schema");
                let meant = self.document.near(reference);
                (Code::DanglingReference, message, meant.as_deref().map(did_you_mean))
            }
            Broken::Ring(steps) => {
                const SHOWN: usize = 8;
                let shown = |step: &Pointer| format!("`{}`", self.document.source(step).reference());
                let mut chain: Vec<_> = steps.iter().take(SHOWN).map(shown).collect();
                if steps.len() > SHOWN {
                    chain.push("…".to_owned());
                }
                chain.extend(steps.first().map(shown));
                let message = format!("references form a ring without a type: {}", chain.join(" → "));
                (Code::ReferenceCycle, message, None)
            }
            Broken::Far(steps) => {
                let message = format!("more than {steps} references follow on each other");
                (Code::DanglingReference, message, None)
            }
        }
    }

    /// Follows a reference, which stands at `pointer`, to something that is not a schema. `None` is reported.
    pub(super) fn resolve<'t, T: Target>(
        &mut self,
        node: &'t ReferenceOr<T>,
        pointer: &Pointer,
    ) -> Option<(&'t T, Pointer)>
    where
        'd: 't,
    {
        match node {
            ReferenceOr::Item(item) => Some((item, pointer.clone())),
            ReferenceOr::Reference { reference } => match self.targets.follow::<T>(reference) {
                Ok(found) => Some(found),
                Err(broken) => {
                    self.report_broken(&broken, pointer, &format!("the {} is left out", T::NAME));
                    None
                }
            },
        }
    }

    /// Follows a reference to a schema.
    pub(super) fn terminal(&mut self, reference: &str) -> Result<(Keywords<'d>, Pointer), Broken> {
        let pointer = self.followed(reference)?;
        match self.node_at(&pointer) {
            Some(_) if !may_be_schema(&pointer) => Err(Broken::NoSchema(reference.to_owned())),
            Some(Node::Schema(keywords)) => Ok((keywords, pointer)),
            Some(Node::Reference(_)) | None => Err(Broken::Dangling(pointer.reference())),
        }
    }

    /// Follows a reference to what is none. Remembers every step, so that long chains cost no more than their length.
    fn followed(&mut self, reference: &str) -> Result<Pointer, Broken> {
        let mut steps: Vec<Pointer> = Vec::new();
        let mut seen = BTreeSet::new();
        let mut reference = reference;
        let end = loop {
            let pointer = match reference::parse(reference) {
                Ok(pointer) => pointer,
                Err(broken) => break Err(broken),
            };
            if let Some(known) = self.terminals.get(&pointer) {
                break known.clone();
            }
            if !seen.insert(pointer.clone()) {
                let start = steps.iter().position(|step| *step == pointer).unwrap_or_default();
                break Err(Broken::Ring(steps[start..].to_vec()));
            }
            match self.node_at(&pointer) {
                None => break Err(Broken::Dangling(reference.to_owned())),
                Some(Node::Schema(_)) => {
                    steps.push(pointer.clone());
                    break Ok(pointer);
                }
                Some(Node::Reference(next)) => reference = next,
            }
            steps.push(pointer);
        };
        for step in steps {
            self.terminals.insert(step, end.clone());
        }
        end
    }

    /// Where the references that begin at `place` end; at `place` itself where there is none.
    pub(super) fn end_of_references(&mut self, place: &Pointer) -> Result<Pointer, Broken> {
        match self.node_at(place) {
            Some(Node::Reference(reference)) => self.followed(reference),
            Some(Node::Schema(_)) | None => Ok(place.clone()),
        }
    }

    /// Adds a definition without a body, so that what it holds can refer to it.
    pub(super) fn reserve(&mut self, key: Vec<Pointer>, origin: Origin) -> TypeId {
        let pointer = key.last().cloned().unwrap_or_default();
        let id = self.types.push(TypeDef {
            origin,
            pointer,
            docs: Docs::default(),
            shape: Shape::Alias(Type::Any),
            capability: Capability {
                eq: Equality::None,
                default: false,
                maybe: false,
            },
            direction: Direction::default(),
            same_as: None,
        });
        self.definitions.insert(key, id);
        id
    }

    /// The definition of the schema at `pointer`, to which a `$ref` leads.
    pub(super) fn shared(&mut self, pointer: &Pointer) -> TypeId {
        let key = vec![pointer.clone()];
        if let Some(&id) = self.definitions.get(&key) {
            return id;
        }
        let origin = self.origins.get(pointer).cloned().unwrap_or_else(|| {
            super::origin::of_place(pointer, |component| {
                self.definitions.get([component.clone()].as_slice()).copied()
            })
        });
        let id = self.reserve(key, origin);
        if let Some(node) = self.node_at(pointer) {
            self.pending.push_back((id, node, pointer.clone()));
        }
        id
    }

    /// The parent for what is written inside of `pointer`, which is no schema, where it has a name of its own.
    pub(super) fn component_parent(pointer: &Pointer) -> Option<Parent> {
        let name = reference::component(pointer).map(|(_, name)| name);
        let name = name.or_else(|| {
            let (name, _) = reference::entry(pointer)?;
            reference::is_name(&name).then_some(name)
        });
        name.map(Parent::Component)
    }
}
