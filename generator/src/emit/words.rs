//! Pieces of a paragraph in, its lines out: words are kept whole, and whatever could mean something to a reader of
//! Markdown is escaped.

/// How long lines get, before their indentation.
const WIDTH: usize = 110;

/// The words of a paragraph, each as it is written.
#[derive(Debug, Default)]
pub(super) struct Words {
    words: Vec<Word>,
    /// Whether what comes next belongs to the last word.
    is_open: bool,
}

#[derive(Debug)]
enum Word {
    Text(String),
    Break,
}

impl Words {
    pub(super) fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// Adds plain text.
    pub(super) fn text(&mut self, text: &str) {
        self.each(text, plain);
    }

    /// Adds the text of a link, in which no other can stand.
    pub(super) fn label(&mut self, text: &str) {
        self.each(text, |word| marked(word).replace(']', "\\]"));
    }

    fn each(&mut self, text: &str, write: impl Fn(&str) -> String) {
        let mut rest = text;
        while !rest.is_empty() {
            let start = rest.find(|char: char| !char.is_whitespace()).unwrap_or(rest.len());
            if start > 0 {
                self.is_open = false;
            }
            rest = &rest[start..];
            let end = rest.find(char::is_whitespace).unwrap_or(rest.len());
            if end > 0 {
                self.piece(&write(&rest[..end]));
            }
            rest = &rest[end..];
        }
    }

    /// Adds something that is markup already and is not taken apart.
    pub(super) fn piece(&mut self, piece: &str) {
        match self.words.last_mut() {
            Some(Word::Text(word)) if self.is_open => word.push_str(piece),
            Some(_) | None => self.words.push(Word::Text(piece.to_owned())),
        }
        self.is_open = true;
    }

    /// Ends the word.
    pub(super) fn space(&mut self) {
        self.is_open = false;
    }

    /// Ends the line.
    pub(super) fn line_break(&mut self) {
        self.words.push(Word::Break);
        self.is_open = false;
    }

    /// All on one line.
    pub(super) fn into_line(self) -> String {
        let texts = self.words.into_iter().filter_map(|word| match word {
            Word::Text(text) => Some(text),
            Word::Break => None,
        });
        texts.collect::<Vec<_>>().join(" ")
    }

    /// Lines of a bearable length.
    pub(super) fn into_lines(self) -> Vec<String> {
        let mut lines = Vec::new();
        let mut line = String::new();
        for word in self.words {
            match word {
                Word::Text(text) => {
                    if !line.is_empty() && line.len() + 1 + text.len() > WIDTH {
                        lines.push(std::mem::take(&mut line));
                    }
                    if !line.is_empty() {
                        line.push(' ');
                    }
                    line.push_str(&text);
                }
                Word::Break if line.is_empty() => {}
                Word::Break => lines.push(std::mem::take(&mut line) + "\\"),
            }
        }
        match lines.last_mut() {
            Some(last) if line.is_empty() && last.ends_with('\\') => {
                last.pop();
            }
            Some(_) | None => lines.push(line),
        }
        lines
            .into_iter()
            .filter(|line| !line.is_empty())
            .map(|line| guarded(&line))
            .collect()
    }
}

/// One word of prose as Markdown: a link, code, or text.
fn plain(word: &str) -> String {
    let starts = ["http://", "https://"].iter().filter_map(|scheme| word.find(scheme));
    if let Some(start) = starts.min() {
        let (before, rest) = word.split_at(start);
        let end = rest
            .find(['<', '>', '"', '`', '[', ']', '|', '\\', '*', '^'])
            .unwrap_or(rest.len());
        let url = rest[..end].trim_end_matches(['.', ',', ';', ':', '!', '?', '\'', ')']);
        let after = &rest[url.len()..];
        let link = if is_link(url) { format!("<{url}>") } else { code(url) };
        let after = if url.is_empty() { escaped(after) } else { plain(after) };
        return format!("{}{link}{after}", escaped(before));
    }
    marked(word)
}

/// One word of prose, as code where it is the name of something in code.
fn marked(word: &str) -> String {
    let is_inner = |char: char| char.is_alphanumeric() || char == '_';
    let (Some(start), Some(end)) = (word.find(is_inner), word.rfind(is_inner)) else {
        return escaped(word);
    };
    let end = end + word[end..].chars().next().map_or(0, char::len_utf8);
    let end = if word[end..].starts_with("()") { end + 2 } else { end };
    let owner = ["'s", "’s"]
        .iter()
        .find_map(|ending| word[start..end].strip_suffix(ending));
    let end = owner.map_or(end, |owner| start + owner.len());
    let (before, core, after) = (&word[..start], &word[start..end], &word[end..]);
    if is_code(core) {
        format!("{}{}{}", escaped(before), code(core), escaped(after))
    } else {
        escaped(word)
    }
}

/// Whether a word of prose is the name of something in code.
fn is_code(word: &str) -> bool {
    let is_text = word.contains(['<', '>', '`', '*', '[', ']', '\\']);
    !is_text && (word.contains('_') || word.contains("::") || word.contains("://") || word.ends_with("()"))
}

/// Whether a URL can stand between angle brackets, or after a link's text.
pub(super) fn is_link(url: &str) -> bool {
    let rest = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://"));
    let rest = rest.or_else(|| url.strip_prefix("mailto:"));
    let is_clean = |byte: u8| byte.is_ascii_graphic() && !b"<>\"`{}|\\^()".contains(&byte);
    rest.is_some_and(|rest| rest.starts_with(|char: char| char.is_ascii_alphanumeric()) && rest.bytes().all(is_clean))
}

/// `text` as code, on one line.
pub(super) fn code(text: &str) -> String {
    let text = match visible(text) {
        // An empty text would show as nothing at all.
        blank if blank.trim().is_empty() => format!("\"{blank}\""),
        text => text,
    };
    let longest_run = text.split(|char| char != '`').map(str::len).max().unwrap_or_default();
    let fence = "`".repeat(longest_run + 1);
    let touches = text.starts_with('`') || text.ends_with('`');
    let pad = if touches { " " } else { "" };
    format!("{fence}{pad}{text}{pad}{fence}")
}

/// Text without any meaning but its own.
fn escaped(text: &str) -> String {
    let text = visible(text);
    let mut escaped = String::with_capacity(text.len() + 4);
    for (index, char) in text.char_indices() {
        let rest = &text[index + char.len_utf8()..];
        let has_meaning = match char {
            '\\' | '`' | '*' | '_' | '[' | '~' => true,
            '<' => rest.starts_with(|next: char| next.is_ascii_alphabetic() || "/!?".contains(next)),
            '&' => rest.find(';').is_some_and(|end| end > 0),
            _ => false,
        };
        if has_meaning {
            escaped.push('\\');
        }
        escaped.push(char);
    }
    escaped
}

/// A line whose first characters begin no heading, list, rule, table or quotation.
fn guarded(line: &str) -> String {
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    match line.as_bytes().get(digits) {
        Some(b'#' | b'=' | b'+' | b'-' | b'>' | b':' | b'|') if digits == 0 => format!("\\{line}"),
        Some(b'.' | b')') if digits > 0 => format!("{}\\{}", &line[..digits], &line[digits..]),
        Some(_) | None => line.to_owned(),
    }
}

/// `text` without the characters that no reader sees; those that would turn or break the text around them show.
pub(super) fn visible(text: &str) -> String {
    text.chars()
        .filter(|char| !matches!(char, '\u{ad}' | '\u{200b}' | '\u{2060}'..='\u{2065}' | '\u{feff}'))
        .map(|char| match char {
            '\t' | '\n' | '\r' => ' ',
            '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{206f}' => '\u{fffd}',
            char if char.is_control() => '\u{fffd}',
            char => char,
        })
        .collect()
}
