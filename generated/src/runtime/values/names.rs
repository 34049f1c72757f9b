// @generated from an OpenAPI description: the runtime, the same for every API.

//! A fixed list of texts, and fast ways to find one: shared by the members of models and the values of enums.

use std::sync::OnceLock;

/// Longer lists are searched through a sorted index, shorter ones from one end to the other.
const LINEAR: usize = 24;

/// A fixed list of distinct texts.
#[derive(Debug)]
pub struct Names {
    texts: &'static [&'static str],
    sorted: OnceLock<Vec<usize>>,
}

impl Names {
    /// A list of `texts`. Of equal texts, the first is found.
    #[must_use]
    pub const fn new(texts: &'static [&'static str]) -> Self {
        Self {
            texts,
            sorted: OnceLock::new(),
        }
    }

    /// The text at `index`.
    #[must_use]
    pub fn get(&self, index: usize) -> Option<&'static str> {
        self.texts.get(index).copied()
    }

    /// Where `text` stands.
    #[must_use]
    pub fn find(&self, text: &str) -> Option<usize> {
        self.find_from(0, text)
    }

    /// Where `text` stands, found fastest at `start` or soon after it: members mostly come in the order of the list.
    #[must_use]
    #[inline(always)]
    #[expect(
        clippy::inline_always,
        reason = "the common case is a few instructions, for every member of every object"
    )]
    pub fn find_from(&self, start: usize, text: &str) -> Option<usize> {
        match self.texts.get(start) {
            Some(next) if *next == text => Some(start),
            _ => self.look(start, text),
        }
    }

    #[inline(never)]
    fn look(&self, start: usize, text: &str) -> Option<usize> {
        if self.texts.len() > LINEAR {
            return self.search(text);
        }
        let (before, after) = self.texts.split_at_checked(start)?;
        // Few names share both length and first letter, so few need the call that compares the rest.
        let first = text.as_bytes().first();
        let same = |candidate: &&str| {
            candidate.len() == text.len() && candidate.as_bytes().first() == first && *candidate == text
        };
        let position = |texts: &[&str]| texts.iter().position(same);
        position(after).map(|index| start + index).or_else(|| position(before))
    }

    fn search(&self, text: &str) -> Option<usize> {
        let sorted = self.sorted.get_or_init(|| {
            let mut indices: Vec<usize> = (0..self.texts.len()).collect();
            indices.sort_by_key(|&index| self.texts[index]);
            indices
        });
        let first = sorted.partition_point(|&index| self.texts[index] < text);
        sorted.get(first).copied().filter(|&index| self.texts[index] == text)
    }
}
