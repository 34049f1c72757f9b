//! What a conjunction says of members without a name of their own in, what others an object may have out.

use super::{
    all_of::{Arm, Conjunction},
    context::Lowering,
    keywords::{Node, Others},
    schema::{Place, Site},
};
use crate::{
    diagnostics::Code,
    ir::{Additional, Pointer, Role, Type},
};

impl<'d> Lowering<'d> {
    /// What other members the object may have.
    pub(super) fn lower_additional(&mut self, conjunction: &Conjunction<'d>, site: &Site) -> Additional {
        let mut denied = 0;
        let mut said = 0;
        for arm in conjunction.arms.iter().rev() {
            let patterns: Vec<_> = arm.keywords.patterns().collect();
            let others = arm.keywords.additional();
            said += usize::from(others.is_some() || !arm.keywords.is_bare());
            match (others, patterns.as_slice()) {
                (None | Some(Others::Any(false)), [_, ..]) => {
                    return Additional::Declared(self.lower_patterns(&patterns, arm, site));
                }
                (None, []) => {}
                (Some(Others::Any(false)), []) => denied += 1,
                (Some(Others::Any(true)), []) => return Additional::Declared(Type::Any),
                (Some(Others::Schema(node)), []) => {
                    return Additional::Declared(self.lower_other(node, "additionalProperties", arm, site));
                }
                (Some(Others::Any(true) | Others::Schema(_)), [_, ..]) => {
                    self.lose_patterns(arm);
                    return Additional::Declared(Type::Any);
                }
            }
        }
        // An arm that denies what another one describes cannot be meant.
        if denied > 0 && denied == said {
            return Additional::Denied;
        }
        self.lower_unevaluated(conjunction, site)
    }

    /// What no other keyword has spoken of.
    fn lower_unevaluated(&mut self, conjunction: &Conjunction<'d>, site: &Site) -> Additional {
        let mut unevaluated = conjunction
            .arms
            .iter()
            .rev()
            .filter_map(|arm| Some((arm.keywords.unevaluated()?, arm)));
        match unevaluated.next() {
            None => Additional::Implied,
            Some((Others::Any(false), _)) => Additional::Denied,
            Some((Others::Any(true), _)) => Additional::Declared(Type::Any),
            Some((Others::Schema(node), arm)) => {
                Additional::Declared(self.lower_other(node, "unevaluatedProperties", arm, site))
            }
        }
    }

    /// The type of all members whose names match some pattern: the one that all patterns have.
    fn lower_patterns(&mut self, patterns: &[(&'d str, Node<'d>)], arm: &Arm<'d>, site: &Site) -> Type {
        let mut distinct: Vec<(Node<'d>, &str, Pointer)> = Vec::new();
        for (pattern, node) in patterns {
            let pointer = arm.pointer.child("patternProperties").child(pattern);
            let end = match node {
                Node::Schema(_) => pointer,
                Node::Reference(reference) => self.terminal(reference).map_or(pointer, |(_, end)| end),
            };
            let is_known = distinct.iter().any(|(known, _, place)| match (known, node) {
                (Node::Schema(one), Node::Schema(other)) => one.agrees_with(*other),
                _ => *place == end,
            });
            let is_never = matches!(node, Node::Schema(keywords) if keywords.is_never());
            if !is_known && !is_never {
                distinct.push((*node, pattern, end));
            }
        }
        let keyword = |pattern: &str| arm.pointer.child("patternProperties").child(pattern);
        match distinct.as_slice() {
            [] => Type::Any,
            [(node, pattern, _)] => self.lower_other_at(*node, keyword(pattern), arm, site),
            [(first, pattern, _), others @ ..] => {
                // Scalars that differ in their limits only are of one type all the same.
                let is_scalar = distinct.iter().all(|(node, ..)| self.is_scalar(*node));
                let ty = is_scalar.then(|| self.lower_other_at(*first, keyword(pattern), arm, site));
                let is_same = others.iter().all(|(node, pattern, _)| {
                    ty.as_ref()
                        .is_some_and(|ty| self.lower_other_at(*node, keyword(pattern), arm, site) == *ty)
                });
                match ty {
                    Some(ty) if is_same => ty,
                    _ => {
                        self.lose_patterns(arm);
                        Type::Any
                    }
                }
            }
        }
    }

    /// Whether the type of a schema is a scalar, which needs no definition.
    fn is_scalar(&mut self, node: Node<'d>) -> bool {
        let Some(keywords) = self.end_of(node) else {
            return false;
        };
        let format = keywords.format().unwrap_or_default();
        !keywords.is_enumerated()
            && keywords.all_of().is_empty()
            && keywords.ty().is_some_and(|ty| self.primitive(ty, format).is_some())
            && matches!(node, Node::Schema(_))
    }

    fn lose_patterns(&mut self, arm: &Arm<'d>) {
        let message = "members are of several types, by patterns of their names; they are typed as any JSON value";
        let place = arm.pointer.child("patternProperties");
        self.once.add(Code::UnsupportedSchema, place, message);
    }

    fn lower_other(&mut self, node: Node<'d>, keyword: &str, arm: &Arm<'d>, site: &Site) -> Type {
        self.lower_other_at(node, arm.pointer.child(keyword), arm, site)
    }

    fn lower_other_at(&mut self, node: Node<'d>, pointer: Pointer, arm: &Arm<'d>, site: &Site) -> Type {
        let place = match &arm.parent {
            Some(parent) => Place {
                pointer,
                parent: parent.clone(),
                role: Role::AdditionalProperty,
            },
            None => site.inside(pointer, Role::AdditionalProperty),
        };
        self.lower_node(node, place)
    }
}
