//! Where something is written in, as words; its name out: whole, or without what stands between its two ends.

use super::ident::fits;

/// The words of a name, part by part: of what something is written in, from the outside in, and of its role there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Stem(Vec<Vec<String>>);

impl Stem {
    pub(super) fn of(words: Vec<String>) -> Self {
        Self(vec![words])
    }

    /// The same, and inside it what `role` says.
    pub(super) fn and(&self, role: Vec<String>) -> Self {
        Self(self.0.iter().cloned().chain([role]).collect())
    }

    /// All words.
    pub(super) fn words(&self) -> Vec<String> {
        self.0.concat()
    }

    /// The names that it may have, the best first.
    ///
    /// One that is too long to be read is what all is written in and its own role, with as much as fits of what stands
    /// between: of the inside, or else of the outside, or else of both, or else of whatever one part.
    pub(super) fn names(&self) -> impl Iterator<Item = Vec<String>> {
        let whole = self.words();
        let shorter = if fits(&whole) { Vec::new() } else { self.shorter() };
        shorter.into_iter().chain([whole])
    }

    fn shorter(&self) -> Vec<Vec<String>> {
        let [first, between @ .., last] = self.0.as_slice() else {
            return Vec::new();
        };
        let name = |parts: &[&[Vec<String>]]| {
            let between = parts.iter().flat_map(|parts| parts.concat());
            let words: Vec<String> = first
                .iter()
                .cloned()
                .chain(between)
                .chain(last.iter().cloned())
                .collect();
            fits(&words).then_some(words)
        };
        let count = between.len();
        let inside = (1..=count).find_map(|from| name(&[&between[from..]]));
        let outside = (0..count).rev().find_map(|to| name(&[&between[..to]]));
        let both = (1..count).rev().find_map(|kept| {
            let (start, end) = (kept.div_ceil(2), kept / 2);
            name(&[&between[..start], &between[count - end..]])
        });
        let one = (0..count).filter_map(|index| name(&[&between[index..=index]]));
        let mut names: Vec<Vec<String>> = Vec::new();
        for name in inside.into_iter().chain(outside).chain(both).chain(one) {
            if !names.contains(&name) {
                names.push(name);
            }
        }
        names
    }
}
