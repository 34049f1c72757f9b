//! The list keywords of a conjunction in, a list or a tuple out.

use serde_json::Value;

use super::{
    all_of::{Arm, Conjunction},
    context::Lowering,
    docs,
    keywords::{Keywords, Node, Others},
    object::{Member, Occurrence},
    schema::Site,
};
use crate::diagnostics::Code;
use crate::ir::{Item, LONGEST_TUPLE, Parent, Presence, Role, Shape, Tuple, Type};

/// How many lists are looked into for what needs a definition.
const DEPTH: usize = 8;

/// What comes after the items that have a position of their own.
enum Rest<'d, 'c> {
    /// Nothing.
    Nothing,
    /// Not a word, which is nothing as a rule.
    Silent,
    /// Anything.
    Any,
    /// Items of the schemas that these arms have under this keyword.
    Of(Vec<(Node<'d>, &'c Arm<'d>)>, &'static str),
}

impl<'d> Lowering<'d> {
    pub(super) fn lower_list(&mut self, conjunction: &Conjunction<'d>, site: &Site) -> Type {
        let mut positions = positions(conjunction);
        let rest = Self::rest(conjunction);
        if positions.is_empty() {
            let item = self.lower_rest(rest, site).unwrap_or(Type::Any);
            return Type::List(Box::new(item));
        }
        let count = |name| conjunction.arms.iter().filter_map(move |arm| count(arm.keywords, name));
        let (least, most) = (count("minItems").max(), count("maxItems").min());
        let is_longer = least.max(most).is_some_and(|count| count > positions.len());
        let rest = match rest {
            _ if most.is_some_and(|most| most <= positions.len()) => Rest::Nothing,
            // Whoever permits more items than are described permits any, and so does who asks for one that is not.
            Rest::Silent if is_longer || asks_for_items(conjunction) => Rest::Any,
            rest => rest,
        };
        if least.is_none() || matches!(rest, Rest::Silent) {
            let message =
                "a list says only by its positions how long it is; one of another length that comes is an error";
            let pointer = site.pointer();
            self.once.add(Code::AssumedLength, pointer, message.to_owned());
        }
        positions.truncate(most.unwrap_or(usize::MAX));
        // Whoever names the items and no length means all of them.
        let least = least.unwrap_or(positions.len());
        for (index, position) in positions.iter_mut().enumerate() {
            position.required = index < least;
        }
        if let Some(types) = self.lower_plain_tuple(&positions, &rest, site) {
            return Type::Tuple(types);
        }
        let id = self.define(site);
        self.types[id].docs.constraints = docs::limits_of_all(conjunction);
        let site = site.settled(id);
        let items = positions.iter().enumerate().map(|(index, position)| {
            let ty = self.lower_member(position, &Parent::Type(id), &Role::Position(index));
            Item {
                ty,
                presence: if position.required {
                    Presence::Required
                } else {
                    Presence::Optional
                },
                constant: self.constant(position),
                docs: self.facts(position).docs,
                boxed: false,
            }
        });
        let items = items.collect();
        let rest = self.lower_rest(rest, &site);
        self.types[id].shape = Shape::Tuple(Tuple { items, rest });
        Type::Def(id)
    }

    /// The types of a list that is a Rust tuple: of exactly so many items, none of which needs a definition.
    fn lower_plain_tuple(&mut self, positions: &[Member<'d>], rest: &Rest<'d, '_>, site: &Site) -> Option<Vec<Type>> {
        let is_plain = positions.len() <= LONGEST_TUPLE
            && matches!(rest, Rest::Nothing | Rest::Silent)
            && positions.iter().all(|position| {
                position.required
                    && self.constant(position).is_none()
                    && matches!(position.occurrences.as_slice(), [one] if self.is_plain(one.node, DEPTH))
            });
        is_plain.then(|| {
            let types = positions.iter().enumerate().map(|(index, position)| {
                let place = site.inside(site.pointer(), Role::Position(index));
                self.lower_member(position, &place.parent, &place.role)
            });
            types.collect()
        })
    }

    /// Whether the type of a schema needs no definition that is not there anyway.
    fn is_plain(&mut self, node: Node<'d>, depth: usize) -> bool {
        let Some(depth) = depth.checked_sub(1) else {
            return false;
        };
        let Node::Schema(keywords) = node else { return true };
        if let Some(part) = self.only_part(keywords) {
            return self.is_plain(part, depth);
        }
        let is_open = !matches!(keywords.others("additionalProperties"), Some(Others::Any(false)));
        let values = match keywords.additional() {
            Some(Others::Schema(node)) => Some(node),
            Some(Others::Any(_)) | None => None,
        };
        let positions = keywords.prefix_items().iter().filter_map(Node::of);
        let length = keywords.prefix_items().len();
        let is_longer = count(keywords, "maxItems").is_some_and(|most| most > length);
        let is_whole = count(keywords, "minItems").is_none_or(|least| least == length);
        is_open
            && !keywords.is_enumerated()
            && !keywords.has_properties()
            && keywords.unevaluated().is_none()
            && keywords.patterns().next().is_none()
            && [keywords.all_of(), keywords.one_of(), keywords.any_of()]
                .concat()
                .is_empty()
            && (keywords.prefix_items().is_empty()
                || is_whole && !is_longer && keywords.items().is_none() && keywords.others("contains").is_none())
            && keywords
                .items()
                .into_iter()
                .chain(values)
                .chain(positions)
                .all(|node| self.is_plain(node, depth))
    }

    fn rest<'c>(conjunction: &'c Conjunction<'d>) -> Rest<'d, 'c> {
        let arms = || conjunction.arms.iter();
        let items: Vec<_> = arms()
            .filter_map(|arm| Some((arm.keywords.others("items")?, arm)))
            .collect();
        let is_unevaluated = items.is_empty();
        let unevaluated = arms().filter_map(|arm| Some((arm.keywords.unevaluated_items()?, arm)));
        let (said, keyword) = if is_unevaluated {
            (unevaluated.collect(), "unevaluatedItems")
        } else {
            (items, "items")
        };
        if said.is_empty() {
            return Rest::Silent;
        }
        if is_unevaluated && evaluates_more(conjunction) {
            return Rest::Any;
        }
        if said.iter().any(|(others, _)| matches!(others, Others::Any(false))) {
            return Rest::Nothing;
        }
        let described = said.into_iter().filter_map(|(others, arm)| match others {
            Others::Schema(node) => Some((node, arm)),
            Others::Any(_) => None,
        });
        match described.collect::<Vec<_>>() {
            none if none.is_empty() => Rest::Any,
            described => Rest::Of(described, keyword),
        }
    }

    fn lower_rest(&mut self, rest: Rest<'d, '_>, site: &Site) -> Option<Type> {
        match rest {
            Rest::Nothing | Rest::Silent => None,
            Rest::Any => Some(Type::Any),
            Rest::Of(described, keyword) => Some(self.lower_others(&described, keyword, Role::Item, site)),
        }
    }

    /// The type of what has no name and no position of its own, of which each of these arms has a schema under `keyword`: a
    /// value has to satisfy all of them.
    pub(super) fn lower_others(
        &mut self,
        described: &[(Node<'d>, &Arm<'d>)],
        keyword: &str,
        role: Role,
        site: &Site,
    ) -> Type {
        if let [(node, arm)] = described {
            return self.lower_node(*node, arm.place(arm.pointer.child(keyword), role, site));
        }
        let occurrences = described.iter().map(|(node, arm)| Occurrence {
            node: *node,
            pointer: arm.pointer.child(keyword),
            parent: arm.parent.clone(),
        });
        let member = Member {
            occurrences: occurrences.collect(),
            required: true,
        };
        let place = site.inside(site.pointer(), role);
        self.lower_member(&member, &place.parent, &place.role)
    }
}

/// The items that have a position of their own, as all arms of a conjunction describe them.
fn positions<'d>(conjunction: &Conjunction<'d>) -> Vec<Member<'d>> {
    let mut positions: Vec<Member<'d>> = Vec::new();
    for arm in &conjunction.arms {
        let list = arm.pointer.child("prefixItems");
        for (index, value) in arm.keywords.prefix_items().iter().enumerate() {
            let Some(node) = Node::of(value) else { continue };
            // What no value can be at ends the list.
            if matches!(node, Node::Schema(keywords) if keywords.is_never()) {
                positions.truncate(index);
                break;
            }
            if positions.len() == index {
                positions.push(Member::default());
            }
            if let Some(position) = positions.get_mut(index) {
                position.occurrences.push(Occurrence {
                    node,
                    pointer: list.item(index),
                    parent: arm.parent.clone(),
                });
            }
        }
    }
    positions
}

/// Whether some item is asked for that need not be one of those with a position.
fn asks_for_items(conjunction: &Conjunction<'_>) -> bool {
    let mut arms = conjunction.arms.iter();
    arms.any(|arm| arm.keywords.others("contains").is_some())
}

/// Whether items may be evaluated by what does not say which: then `unevaluatedItems` is about others than those without a
/// position.
fn evaluates_more(conjunction: &Conjunction<'_>) -> bool {
    conjunction.arms.iter().any(|arm| {
        let says = |name: &str| arm.keywords.get(name).is_some();
        says("contains") || says("if") || matches!(arm.keywords.unevaluated_items(), Some(Others::Any(true)))
    })
}

fn count(keywords: Keywords<'_>, name: &str) -> Option<usize> {
    let count = keywords.get(name).and_then(Value::as_u64)?;
    usize::try_from(count).ok()
}
