//! A text in, its lines out, and the byte at which a character of a line stands, without reading the line up to it.

/// How many characters lie between two known places.
const STRIDE: usize = 1024;

/// The lines of a text.
///
/// Minified JSON is one line of millions of characters, and a document may have thousands of messages about it.
pub(super) struct Lines<'t>(Vec<Line<'t>>);

/// One line, without its end.
pub(super) struct Line<'t> {
    pub(super) text: &'t str,
    /// The bytes at which the characters number 0, `STRIDE`, 2 · `STRIDE`, … stand.
    places: Vec<usize>,
}

impl<'t> Lines<'t> {
    pub(super) fn of(text: &'t str) -> Self {
        let line = |line: &'t str| {
            let text = line.split('\r').next().unwrap_or_default();
            let places = text.char_indices().step_by(STRIDE).map(|(offset, _)| offset).collect();
            Line { text, places }
        };
        Self(text.split('\n').map(line).collect())
    }

    /// The line number `number`, counted from one.
    pub(super) fn get(&self, number: usize) -> Option<&Line<'t>> {
        self.0.get(number.checked_sub(1)?)
    }
}

impl Line<'_> {
    /// The byte at which the character number `count` stands, counted from zero; the end where there are fewer.
    pub(super) fn offset(&self, count: usize) -> usize {
        let Some(&place) = self.places.get(count / STRIDE) else {
            return self.text.len();
        };
        let rest = self.text.get(place..).unwrap_or_default();
        rest.char_indices()
            .nth(count % STRIDE)
            .map_or(self.text.len(), |(offset, _)| place + offset)
    }
}

#[cfg(test)]
mod tests {
    use super::{Lines, STRIDE};

    #[test]
    fn offsets_are_those_of_counting() {
        let long = "aé漢🦀".repeat(STRIDE);
        let text = format!("first\r\n{long}\n\nlast");
        let lines = Lines::of(&text);
        assert_eq!(lines.get(1).map(|line| line.text), Some("first"));
        assert_eq!(lines.get(3).map(|line| line.text), Some(""));
        assert!(lines.get(0).is_none() && lines.get(5).is_none());
        let line = lines.get(2).expect("there are four lines");
        for count in [
            0,
            1,
            3,
            STRIDE - 1,
            STRIDE,
            STRIDE + 1,
            4 * STRIDE - 1,
            4 * STRIDE,
            5 * STRIDE,
        ] {
            let counted = long.char_indices().nth(count).map_or(long.len(), |(offset, _)| offset);
            assert_eq!(line.offset(count), counted, "character {count}");
        }
    }
}
