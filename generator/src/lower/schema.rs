//! A schema in, a [`Type`] out, and a definition where it needs one: the dispatch by what the keywords say.

use serde_json::Value;

use super::{
    all_of::{Conjunction, TooDeep},
    context::Lowering,
    docs,
    keywords::{JsonType, Keywords, Node},
    reference, sentences,
};
use crate::{
    diagnostics::Code,
    ir::{Docs, Origin, Parent, Pointer, Role, Shape, Type, TypeId},
};

/// How deep schemas may be written inside schemas.
pub(super) const DEPTH: usize = 48;

/// What can be done where schemas are written deeper.
pub(super) const A_NAME: &str = "a schema with a name of its own, which a `$ref` leads to, begins anew";

/// Where a schema is written.
#[derive(Debug, Clone)]
pub(super) struct Place {
    pub(super) pointer: Pointer,
    pub(super) parent: Parent,
    pub(super) role: Role,
}

/// Where the definition of a schema goes, should it need one.
#[derive(Debug, Clone)]
pub(super) struct Site {
    /// The places that it is made of.
    pub(super) key: Vec<Pointer>,
    pub(super) home: Home,
}

#[derive(Debug, Clone)]
pub(super) enum Home {
    /// It has one already.
    Reserved(TypeId),
    /// It gets one when it needs one.
    Inline { parent: Parent, role: Role },
}

impl Site {
    pub(super) fn pointer(&self) -> Pointer {
        self.key.last().cloned().unwrap_or_default()
    }

    /// The same place, which has the definition `id` by now.
    pub(super) fn settled(&self, id: TypeId) -> Self {
        Self {
            key: self.key.clone(),
            home: Home::Reserved(id),
        }
    }

    /// The place of what is written at `pointer` inside a list or a map. These have no definition of their own, so
    /// that what is inside stands for the whole.
    pub(super) fn inside(&self, pointer: Pointer, role: Role) -> Place {
        match &self.home {
            Home::Reserved(id) => Place {
                pointer,
                parent: Parent::Type(*id),
                role,
            },
            Home::Inline { parent, role } => Place {
                pointer,
                parent: parent.clone(),
                role: role.clone(),
            },
        }
    }
}

impl<'d> Lowering<'d> {
    /// Gives every schema of `components` its definition, first the ids and then the bodies.
    pub(super) fn lower_components(&mut self) {
        let folder = Pointer::root().child("components").child("schemas");
        let schemas = self.document.value_at(&folder).and_then(Value::as_object);
        for (name, value) in schemas.into_iter().flatten() {
            let Some(node) = Node::of(value) else { continue };
            let pointer = folder.child(name);
            let id = self.reserve(vec![pointer.clone()], Origin::Component(name.clone()));
            if let Some((node, end)) = self.written_elsewhere(node) {
                self.types[id].pointer = end.clone();
                self.definitions.insert(vec![end.clone()], id);
                self.pending.push_back((id, node, end));
            } else {
                self.pending.push_back((id, node, pointer));
            }
        }
        self.lower_pending();
    }

    /// What a component is that only says where it is written: in a file of its own, as a rule. It is one type with that,
    /// unless another component is already.
    fn written_elsewhere(&mut self, node: Node<'d>) -> Option<(Node<'d>, Pointer)> {
        let Node::Reference(reference) = node else { return None };
        let (keywords, end) = self.terminal(reference).ok()?;
        let is_free = !self.definitions.contains_key([end.clone()].as_slice());
        let is_elsewhere =
            reference::component(&end).is_none() && (end.file().is_some() || reference::entry(&end).is_some());
        (is_free && is_elsewhere).then_some((Node::Schema(keywords), end))
    }

    /// Lowers the bodies of all definitions that have none yet, and of those that this brings up.
    pub(super) fn lower_pending(&mut self) {
        while let Some((id, node, pointer)) = self.pending.pop_front() {
            let ty = match node {
                Node::Reference(reference) => {
                    let beside = |name: &str| self.document.value_at(&pointer.child(name)).and_then(Value::as_str);
                    let (summary, description) = (docs::text(beside("summary")), docs::text(beside("description")));
                    self.types[id].docs = Docs {
                        summary,
                        description,
                        ..Docs::default()
                    };
                    self.lower_reference(reference, &pointer)
                }
                Node::Schema(keywords) => {
                    self.types[id].docs = docs::of_schema(keywords);
                    let ty = self.lower_schema(
                        keywords,
                        &Site {
                            key: vec![pointer],
                            home: Home::Reserved(id),
                        },
                    );
                    // What is asked of a value may have been put together anew by now.
                    let of_use = sentences::of_default(keywords).into_iter();
                    let docs = std::mem::take(&mut self.types[id].docs);
                    self.types[id].docs = docs.with(of_use.chain(sentences::of_access(keywords)));
                    ty
                }
            };
            if ty != Type::Def(id) {
                // Whether `null` is permitted is a fact of each use.
                self.types[id].shape = Shape::Alias(ty.without_null());
            }
        }
    }

    /// Lowers what stands where a type is used.
    pub(super) fn lower_node(&mut self, node: Node<'d>, place: Place) -> Type {
        match node {
            Node::Reference(reference) => self.lower_reference(reference, &place.pointer),
            Node::Schema(keywords) => {
                self.note_origin(&place);
                let key = vec![place.pointer];
                let ty = if let Some(&id) = self.definitions.get(&key) {
                    Type::Def(id)
                } else if self.depth >= DEPTH {
                    let message = format!(
                        "schemas are written inside each other more than {DEPTH} deep; this one is typed as any JSON value"
                    );
                    self.report_with_hint(Code::UnsupportedSchema, &key[0], message, A_NAME);
                    Type::Any
                } else {
                    self.depth += 1;
                    let site = Site {
                        key,
                        home: Home::Inline {
                            parent: place.parent,
                            role: place.role,
                        },
                    };
                    let ty = self.lower_schema(keywords, &site);
                    self.depth -= 1;
                    self.document(&ty, &site, keywords);
                    ty
                };
                if self.admits_null(node) {
                    ty.or_null()
                } else {
                    ty.without_null()
                }
            }
        }
    }

    /// Gives the definition that came of an inline schema its documentation.
    fn document(&mut self, ty: &Type, site: &Site, keywords: Keywords<'_>) {
        if let Type::Def(id) = ty
            && self.definitions.get(&site.key) == Some(id)
        {
            let constraints = std::mem::take(&mut self.types[*id].docs.constraints);
            self.types[*id].docs = Docs {
                constraints,
                ..docs::of_schema(keywords)
            };
        }
    }

    /// Lowers a `$ref` that stands at `pointer`.
    pub(super) fn lower_reference(&mut self, reference: &'d str, pointer: &Pointer) -> Type {
        match self.terminal(reference) {
            Ok((keywords, end)) => {
                self.hear_type_beside(pointer, keywords);
                // A component keeps its name, even if it only passes on to another.
                let first = reference::parse(reference).unwrap_or_else(|_| end.clone());
                let id = self.shared(if reference::component(&first).is_some() {
                    &first
                } else {
                    &end
                });
                if self.admits_null(Node::Reference(reference)) {
                    Type::Def(id).or_null()
                } else {
                    Type::Def(id)
                }
            }
            Err(broken) => {
                self.report_broken(&broken, pointer, "it is typed as any JSON value");
                Type::Any
            }
        }
    }

    /// Lowers a schema in place, whatever it says about `null`.
    pub(super) fn lower_schema(&mut self, keywords: Keywords<'d>, site: &Site) -> Type {
        let pointer = site.pointer();
        self.note_idle(keywords, &pointer);
        if let Some(ty) = self.sole_reference(keywords, &pointer) {
            return ty;
        }
        if let Some(ty) = self.lower_base(keywords, site) {
            return ty;
        }
        self.note_childless(keywords, &pointer);
        let flat = self.flatten([(Node::Schema(keywords), pointer, None)]);
        self.lower_flat(flat, site)
    }

    /// Lowers what [`flatten`](Self::flatten) made.
    pub(super) fn lower_flat(&mut self, flat: Result<Conjunction<'d>, TooDeep>, site: &Site) -> Type {
        if let Ok(conjunction) = flat {
            self.lower_conjunction(conjunction, site)
        } else {
            let message = TooDeep::message("it is typed as any JSON value");
            self.report(Code::UnsupportedSchema, &site.pointer(), message);
            Type::Any
        }
    }

    /// The type of a schema that only wraps a `$ref`, to annotate it or to permit `null`.
    pub(super) fn sole_reference(&mut self, keywords: Keywords<'d>, pointer: &Pointer) -> Option<Type> {
        let (index, reference) = keywords.sole_reference()?;
        // An heir without members of its own is not all that its base may be.
        if self.is_heir(pointer, reference) {
            return None;
        }
        let place = pointer.child("allOf").item(index);
        if let Ok((end, _)) = self.terminal(reference) {
            self.hear_type(keywords.ty(), end, &pointer.child("type"));
        }
        Some(self.lower_reference(reference, &place).without_null())
    }

    pub(super) fn lower_conjunction(&mut self, conjunction: Conjunction<'d>, site: &Site) -> Type {
        let pointer = site.pointer();
        for arm in &conjunction.arms {
            if arm.keywords.is_never() {
                let message = "no value is permitted here; it is typed as any JSON value";
                self.report(Code::UnsupportedSchema, &arm.pointer, message);
                return Type::Any;
            }
            self.report_empty_lists(arm.keywords, &arm.pointer);
            self.note_lonely(arm.keywords, &arm.pointer);
        }
        let Ok(ty) = self.json_type(&conjunction, &pointer) else {
            return Type::Any;
        };
        if let Some(enumerated) = self.lower_enumeration(&conjunction, ty, site) {
            return enumerated;
        }
        if !conjunction.choices.is_empty() {
            return self.lower_union(conjunction, site);
        }
        match ty {
            Some(JsonType::Object) => self.lower_object(&conjunction, site),
            Some(JsonType::Array) => self.lower_list(&conjunction, site),
            Some(JsonType::Null) | None => Type::Any,
            Some(ty) => self.lower_primitive(&conjunction, ty, &pointer),
        }
    }

    /// The one type that all arms agree on; without a word about it, what the other keywords are meant for.
    fn json_type(&mut self, conjunction: &Conjunction<'d>, pointer: &Pointer) -> Result<Option<JsonType<'d>>, ()> {
        let mut agreed: Option<JsonType<'d>> = None;
        for ty in conjunction.arms.iter().filter_map(|arm| arm.keywords.ty()) {
            agreed = match (agreed, ty) {
                (None, ty) => Some(ty),
                (Some(agreed), ty) if agreed == ty => Some(ty),
                (Some(JsonType::Integer), JsonType::Number) | (Some(JsonType::Number), JsonType::Integer) => {
                    Some(JsonType::Integer)
                }
                (Some(agreed), ty) => {
                    let message = format!(
                        "a value cannot be of type `{}` and `{}` at once; it is typed as any JSON value",
                        agreed.as_str(),
                        ty.as_str()
                    );
                    self.report(Code::UnsupportedSchema, pointer, message);
                    return Err(());
                }
            };
        }
        Ok(agreed.or_else(|| {
            let arms = || conjunction.arms.iter().map(|arm| arm.keywords);
            if arms().any(Keywords::types_members) {
                Some(JsonType::Object)
            } else if !arms().all(Keywords::says_nothing_of_a_list) {
                Some(JsonType::Array)
            } else {
                arms()
                    .any(|keywords| keywords.text("contentEncoding").is_some())
                    .then_some(JsonType::String)
            }
        }))
    }
}
