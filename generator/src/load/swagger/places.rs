//! What stands where: a place in a translated document in, the one in the document as it was written out, and back.

use std::collections::BTreeMap;

use crate::ir::Pointer;

/// Places of the translated document, each with that which it came from.
#[derive(Debug, Default)]
pub(in super::super) struct Places {
    sources: BTreeMap<Pointer, Pointer>,
    /// Where a `$ref` to a place leads now: to the first one that came from it.
    homes: BTreeMap<Pointer, Pointer>,
}

impl Places {
    /// What is at `here` came from `source`, and a `$ref` to that leads here.
    pub(super) fn moved(&mut self, here: Pointer, source: Pointer) {
        self.homes.entry(source.clone()).or_insert_with(|| here.clone());
        self.sources.insert(here, source);
    }

    /// What is at `here` is spoken of as what is at `source`.
    pub(super) fn stands_for(&mut self, here: Pointer, source: Pointer) {
        self.sources.insert(here, source);
    }

    /// The place that what is at `pointer` of the translated document came from.
    pub(in super::super) fn source(&self, pointer: &Pointer) -> Pointer {
        carried(&self.sources, pointer).unwrap_or_else(|| pointer.clone())
    }

    /// Whether what was at exactly this place was moved.
    pub(super) fn is_moved(&self, source: &Pointer) -> bool {
        self.homes.contains_key(source)
    }

    /// The place of the translated document that has what was at `pointer`, if it was moved.
    pub(super) fn home(&self, pointer: &Pointer) -> Option<Pointer> {
        carried(&self.homes, pointer)
    }
}

/// The place that `pointer` becomes when the longest known part of it is replaced.
fn carried(known: &BTreeMap<Pointer, Pointer>, pointer: &Pointer) -> Option<Pointer> {
    let tokens: Vec<String> = pointer.tokens().collect();
    (0..=tokens.len()).rev().find_map(|length| {
        let (start, rest) = tokens.split_at(length);
        let base = known.get(&below(&pointer.whole(), start))?;
        Some(below(base, rest))
    })
}

fn below(base: &Pointer, tokens: &[String]) -> Pointer {
    tokens.iter().fold(base.clone(), |pointer, token| pointer.child(token))
}

#[cfg(test)]
mod tests {
    use super::Places;
    use crate::ir::Pointer;

    fn at(text: &str) -> Pointer {
        Pointer::parse(text).unwrap()
    }

    #[test]
    fn the_longest_known_part_is_replaced() {
        let mut places = Places::default();
        places.moved(at("/components/schemas/A"), at("/definitions/A"));
        places.moved(
            at("/paths/~1/get/requestBody/content/a~1b/schema"),
            at("/paths/~1/get/parameters/2/schema"),
        );
        places.stands_for(at("/paths/~1/get/requestBody"), at("/paths/~1/get/parameters/2"));
        let source = |text| places.source(&at(text)).as_str().to_owned();
        assert_eq!(source("/components/schemas/A/items"), "/definitions/A/items");
        assert_eq!(
            source("/paths/~1/get/requestBody/required"),
            "/paths/~1/get/parameters/2/required"
        );
        assert_eq!(
            source("/paths/~1/get/requestBody/content/a~1b/schema/items"),
            "/paths/~1/get/parameters/2/schema/items"
        );
        assert_eq!(source("/tags/0"), "/tags/0");
        let home = |text| places.home(&at(text)).map(|home| home.as_str().to_owned());
        assert_eq!(
            home("/definitions/A/items").as_deref(),
            Some("/components/schemas/A/items")
        );
        assert_eq!(home("/definitions/B"), None);
        assert_eq!(home("/paths/~1/get/parameters/2"), None);
    }

    #[test]
    fn a_reference_to_what_stands_in_two_places_leads_to_the_first() {
        let mut places = Places::default();
        places.moved(at("/b"), at("/a"));
        places.moved(at("/c"), at("/a"));
        assert_eq!(places.home(&at("/a/x")), Some(at("/b/x")));
        assert_eq!(places.source(&at("/c/x")), at("/a/x"));
    }
}
