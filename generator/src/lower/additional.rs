//! What a conjunction says of members without a name of their own in, what others an object may have out.

use super::{
    all_of::{Arm, Conjunction},
    context::Lowering,
    keywords::{Node, Others},
    schema::Site,
};
use crate::{
    diagnostics::Code,
    ir::{Additional, Pointer, Role, Type},
};

/// What one keyword says of members without a name of their own.
struct Voice<'d, 'c> {
    node: Node<'d>,
    pointer: Pointer,
    /// The place of the schema, at the end of all references.
    end: Pointer,
    arm: &'c Arm<'d>,
    is_nullable: bool,
}

impl<'d> Lowering<'d> {
    /// What other members the object may have.
    pub(super) fn lower_additional(&mut self, conjunction: &Conjunction<'d>, site: &Site) -> Additional {
        if conjunction
            .arms
            .iter()
            .any(|arm| arm.keywords.patterns().next().is_some())
        {
            return Additional::Declared(self.lower_by_name(conjunction, site));
        }
        let (mut denied, mut said, mut is_open) = (0, 0, false);
        let mut described = Vec::new();
        for arm in &conjunction.arms {
            let others = arm.keywords.additional();
            said += usize::from(others.is_some() || !arm.keywords.is_bare());
            match others {
                None => {}
                Some(Others::Any(false)) => denied += 1,
                Some(Others::Any(true)) => is_open = true,
                Some(Others::Schema(node)) => described.push((node, arm)),
            }
        }
        if denied > 0 && denied < said {
            self.note_denied(conjunction);
        }
        if !described.is_empty() {
            let ty = self.lower_others(&described, "additionalProperties", Role::AdditionalProperty, site);
            return Additional::Declared(ty);
        }
        if is_open {
            return Additional::Declared(Type::Any);
        }
        // An arm that denies what another one describes cannot be meant.
        if denied > 0 && denied == said {
            return Additional::Denied;
        }
        self.lower_unevaluated(conjunction, site)
    }

    /// What no other keyword has spoken of.
    fn lower_unevaluated(&mut self, conjunction: &Conjunction<'d>, site: &Site) -> Additional {
        match unevaluated(conjunction) {
            None => Additional::Implied,
            // What is described on a condition is not known here, and not denied.
            Some((Others::Any(false), _)) if is_conditional(conjunction) => Additional::Implied,
            Some((Others::Any(false), _)) => Additional::Denied,
            Some((Others::Any(true), _)) => Additional::Declared(Type::Any),
            Some((Others::Schema(node), arm)) => {
                let pointer = arm.pointer.child("unevaluatedProperties");
                Additional::Declared(self.lower_other(node, pointer, arm, site))
            }
        }
    }

    /// The type of members of which some keyword speaks by patterns of their names: the one that all keywords give them.
    /// Names that no pattern matches are as those that one does, unless a keyword speaks of them too.
    fn lower_by_name(&mut self, conjunction: &Conjunction<'d>, site: &Site) -> Type {
        let mut voices: Vec<Voice<'d, '_>> = Vec::new();
        let mut patterns = None;
        let mut is_open = false;
        let mut is_told = false;
        for arm in &conjunction.arms {
            let list = arm.pointer.child("patternProperties");
            for (pattern, node) in arm.keywords.patterns() {
                let is_never = matches!(node, Node::Schema(keywords) if keywords.is_never());
                if !is_never {
                    self.add_voice(node, list.child(pattern), arm, &mut voices);
                    patterns = Some(list.clone());
                }
            }
            match arm.keywords.additional() {
                None | Some(Others::Any(false)) => {}
                Some(Others::Any(true)) => is_open = true,
                Some(Others::Schema(node)) => {
                    self.add_voice(node, arm.pointer.child("additionalProperties"), arm, &mut voices);
                    is_told = true;
                }
            }
        }
        match unevaluated(conjunction).filter(|_| !is_open && !is_told) {
            None | Some((Others::Any(false), _)) => {}
            Some((Others::Any(true), _)) => is_open = true,
            Some((Others::Schema(node), arm)) => {
                self.add_voice(node, arm.pointer.child("unevaluatedProperties"), arm, &mut voices);
            }
        }
        if !is_open && let Some(ty) = self.lower_common(&voices, site) {
            return ty;
        }
        if let Some(place) = patterns {
            let message = "members are of several types, by patterns of their names; they are typed as any JSON value";
            self.once.add(Code::UnsupportedSchema, place, message);
        }
        Type::Any
    }

    /// Adds what is said at `pointer`, unless the same is said already.
    fn add_voice<'c>(&mut self, node: Node<'d>, pointer: Pointer, arm: &'c Arm<'d>, voices: &mut Vec<Voice<'d, 'c>>) {
        let end = match node {
            Node::Schema(_) => pointer.clone(),
            Node::Reference(reference) => self
                .terminal(reference)
                .map_or_else(|_| pointer.clone(), |(_, end)| end),
        };
        let is_nullable = self.admits_null(node);
        let is_known = voices.iter().any(|known| {
            is_nullable == known.is_nullable
                && match (known.node, node) {
                    (Node::Schema(one), Node::Schema(other)) => one.agrees_with(other),
                    _ => known.end == end,
                }
        });
        if !is_known {
            voices.push(Voice {
                node,
                pointer,
                end,
                arm,
                is_nullable,
            });
        }
    }

    /// The type that all `voices` give, if it is one.
    fn lower_common(&mut self, voices: &[Voice<'d, '_>], site: &Site) -> Option<Type> {
        let (first, others) = voices.split_first()?;
        // Scalars that differ in their limits only are of one type all the same.
        if !others.is_empty() && !voices.iter().all(|voice| self.is_scalar(voice.node)) {
            return None;
        }
        let ty = self.lower_other(first.node, first.pointer.clone(), first.arm, site);
        let ty = ty.without_null();
        let is_same = others.iter().all(|voice| {
            let other = self.lower_other(voice.node, voice.pointer.clone(), voice.arm, site);
            other.without_null() == ty
        });
        let ty = if voices.iter().any(|voice| voice.is_nullable) {
            ty.or_null()
        } else {
            ty
        };
        is_same.then_some(ty)
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

    fn lower_other(&mut self, node: Node<'d>, pointer: Pointer, arm: &Arm<'d>, site: &Site) -> Type {
        self.lower_node(node, arm.place(pointer, Role::AdditionalProperty, site))
    }
}

/// Whether members may be described that are not among those of the conjunction.
fn is_conditional(conjunction: &Conjunction<'_>) -> bool {
    const CONDITIONS: [&str; 4] = ["then", "else", "dependentSchemas", "anyOf"];
    let mut arms = conjunction.arms.iter();
    arms.any(|arm| CONDITIONS.iter().any(|keyword| arm.keywords.get(keyword).is_some()))
}

/// What the last arm that speaks of members that no other keyword has spoken of says.
fn unevaluated<'d, 'c>(conjunction: &'c Conjunction<'d>) -> Option<(Others<'d>, &'c Arm<'d>)> {
    let mut arms = conjunction.arms.iter().rev();
    arms.find_map(|arm| Some((arm.keywords.unevaluated()?, arm)))
}
