//! A paragraph of Markdown in, the ends of its sentences out.

/// What ends with a full stop and ends no sentence.
const ABBREVIATIONS: [&str; 38] = [
    "a.k.a", "al", "approx", "art", "ca", "cf", "co", "corp", "dept", "dr", "e.g", "eg", "eq", "esp", "etc", "excl",
    "fig", "i.e", "ie", "inc", "incl", "jr", "ltd", "max", "min", "misc", "mr", "mrs", "ms", "no", "nos", "prof",
    "resp", "sec", "st", "u.s", "ver", "vs",
];

/// Where the sentences of a paragraph end: the position of the line, and the length of what is in it of the sentence.
pub(super) fn ends(lines: &[String]) -> Vec<(usize, usize)> {
    let mut ends = Vec::new();
    let mut scan = Scan::default();
    for (index, line) in lines.iter().enumerate() {
        for (at, char) in line.char_indices() {
            scan.step(char, &line[at..]);
            if scan.is_inside() || !matches!(char, '.' | '!' | '?' | '。') {
                continue;
            }
            let behind = &line[at + char.len_utf8()..];
            let closed = behind.trim_start_matches([')', '"', '\'', '*', '’', '”']);
            let end = line.len() - closed.len();
            let next = match closed.trim_start() {
                "" | "\\" => lines.get(index + 1).map_or("", |next| next.trim_start()),
                next if closed.starts_with(' ') || char == '。' => next,
                _ => continue,
            };
            if !is_start(next) || (char == '.' && is_abbreviation(&line[..at])) {
                continue;
            }
            ends.push((index, end));
        }
        scan.end_of_line();
    }
    ends
}

/// What a reader of Markdown is inside of.
#[derive(Default)]
struct Scan {
    /// How many backticks began the code.
    code: usize,
    run: usize,
    is_escaped: bool,
    /// Inside of angle brackets, square brackets and the parentheses behind those.
    in_link: bool,
    brackets: usize,
    in_target: bool,
    last: Option<char>,
}

impl Scan {
    fn step(&mut self, char: char, rest: &str) {
        if char == '`' && !self.is_escaped {
            self.run += 1;
            if !rest[1..].starts_with('`') {
                self.code = match self.code {
                    0 => self.run,
                    open if open == self.run => 0,
                    open => open,
                };
                self.run = 0;
            }
        } else if self.code == 0 && !self.is_escaped {
            match char {
                '<' if rest.starts_with("<http") || rest.starts_with("<mailto:") => self.in_link = true,
                '>' => self.in_link = false,
                '[' => self.brackets += 1,
                ']' => self.brackets = self.brackets.saturating_sub(1),
                '(' if self.last == Some(']') => self.in_target = true,
                ')' => self.in_target = false,
                _ => {}
            }
        }
        self.is_escaped = char == '\\' && !self.is_escaped && self.code == 0;
        self.last = Some(char);
    }

    fn end_of_line(&mut self) {
        self.is_escaped = false;
        self.last = None;
    }

    fn is_inside(&self) -> bool {
        self.code > 0 || self.in_link || self.in_target || self.brackets > 0
    }
}

/// Whether a sentence may begin so.
fn is_start(text: &str) -> bool {
    !text.starts_with(|char: char| char.is_lowercase() || matches!(char, ',' | ';' | ':' | '.'))
}

/// Whether `text`, before a full stop, ends with something that is written with one.
fn is_abbreviation(text: &str) -> bool {
    let word = text
        .rsplit(|char: char| char.is_whitespace() || matches!(char, '(' | '[' | '"' | '/'))
        .next();
    let word = word.unwrap_or_default().trim_matches('*').to_ascii_lowercase();
    let is_initial = word.len() == 1 && word.starts_with(|char: char| char.is_ascii_alphabetic());
    // At the start, a number is that of an item.
    let is_number =
        word.len() == text.trim_start().len() && word.trim_end_matches('\\').bytes().all(|byte| byte.is_ascii_digit());
    is_initial || is_number || ABBREVIATIONS.contains(&word.as_str())
}

#[cfg(test)]
mod tests {
    use super::ends;

    /// The sentences of a paragraph, each as it stands in its lines.
    fn sentences(text: &str) -> Vec<String> {
        let lines: Vec<String> = text.lines().map(str::to_owned).collect();
        let mut start = (0, 0);
        let mut sentences = Vec::new();
        for end in ends(&lines) {
            let parts = (start.0..=end.0).map(|index| {
                let from = if index == start.0 { start.1 } else { 0 };
                let to = if index == end.0 { end.1 } else { lines[index].len() };
                lines[index][from..to].trim()
            });
            sentences.push(parts.collect::<Vec<_>>().join(" ").trim().to_owned());
            start = end;
        }
        sentences
    }

    #[test]
    fn sentences_end_where_they_end() {
        let cases: [(&str, &[&str]); 12] = [
            ("One. Two.", &["One.", "Two."]),
            ("One\ngoes on. Two!", &["One goes on.", "Two!"]),
            (
                "A thing, e.g. A or B, i.e. one of both. Next.",
                &["A thing, e.g. A or B, i.e. one of both.", "Next."],
            ),
            ("Since v1.2.3 of it. Then.", &["Since v1.2.3 of it.", "Then."]),
            (
                "See <https://vendor.test/a. B>. Then.",
                &["See <https://vendor.test/a. B>.", "Then."],
            ),
            (
                "See [this. And that](https://vendor.test/a.b). Then.",
                &["See [this. And that](https://vendor.test/a.b).", "Then."],
            ),
            ("Of `a. B` and ``x`. Y``. Then.", &["Of `a. B` and ``x`. Y``.", "Then."]),
            ("(In brackets.) Then.", &["(In brackets.)", "Then."]),
            ("**Bold.** Then.", &["**Bold.**", "Then."]),
            ("1. First. Second.", &["1. First.", "Second."]),
            ("Returned if:", &[]),
            ("By J. Doe et al. In 1990. Then", &["By J. Doe et al. In 1990."]),
        ];
        for (text, expected) in cases {
            assert_eq!(sentences(text), expected, "{text}");
        }
    }
}
