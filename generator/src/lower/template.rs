//! A path template in, its pieces out: what is sent as it stands, and where parameters go.

/// A piece of a template.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Piece {
    /// Text, percent-encoded where it must be.
    Literal(String),
    /// A parameter.
    Name(Name),
}

/// What stands between braces.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Name {
    /// As it is written.
    pub(super) written: String,
    /// Without the marks of a template language.
    pub(super) plain: String,
    /// The form of a value that may have slashes: segments, of which `*` is any one, and `**` any number.
    pub(super) segments: Option<String>,
    /// Whether reserved characters stay as they are.
    pub(super) allow_reserved: bool,
}

impl Name {
    /// Reads a name as servers' routers and template languages write one: `{x=projects/*}`, `{+x}`, `{x*}`, `{*x}`, `{x+}`,
    /// `{x:path}`, `{x:.*}`.
    fn of(written: &str) -> Self {
        let any = || Some("**".to_owned());
        let (name, segments, allow_reserved) = if let Some((name, pattern)) = written.split_once('=') {
            let segments = (pattern != "*" && !pattern.is_empty()).then(|| pattern.trim_matches('/').to_owned());
            (name, segments, false)
        } else if let Some(name) = written.strip_prefix('+') {
            (name, any(), true)
        } else if let Some((name, pattern)) = written.split_once(':') {
            let has_slashes = pattern == "path" || pattern.contains(".*") || pattern.contains(".+");
            (name, has_slashes.then(any).flatten(), false)
        } else {
            let name = written.trim_start_matches('*').trim_end_matches(['*', '+']);
            (name, (name != written).then(any).flatten(), false)
        };
        // A name that is nothing but marks is one of the document's own.
        let is_plain = name.is_empty();
        Self {
            written: written.to_owned(),
            plain: if is_plain { written } else { name }.to_owned(),
            segments: segments.filter(|_| !is_plain),
            allow_reserved: allow_reserved && !is_plain,
        }
    }
}

/// A template, taken apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Template {
    pub(super) path: Vec<Piece>,
    /// What stands after a `?`: names, and what is to be their value.
    pub(super) query: Vec<(String, Piece)>,
    /// What is wrong with it, a sentence each.
    pub(super) problems: Vec<String>,
}

/// Takes `template` apart.
pub(super) fn split(template: &str) -> Template {
    let mut problems = Vec::new();
    let (sent, fragment) = cut(template, '#');
    if fragment.is_some() {
        // A fragment never leaves the client; some documents use it to keep their paths apart.
        problems.push("what follows `#` in the path is not sent".to_owned());
    }
    let (path, query) = cut(sent, '?');
    let path = pieces(path, &mut problems);
    let mut pairs = Vec::new();
    for pair in query.unwrap_or_default().split('&').filter(|pair| !pair.is_empty()) {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        let mut value = pieces(value, &mut problems);
        match (value.pop(), value.is_empty()) {
            (None, _) => pairs.push((name.to_owned(), Piece::Literal(String::new()))),
            // The runtime encodes the values of a query, so that they stay as they are written here.
            (Some(Piece::Literal(_)), true) => {
                let raw = pair.split_once('=').map_or("", |(_, value)| value);
                pairs.push((name.to_owned(), Piece::Literal(raw.to_owned())));
            }
            (Some(piece), true) => pairs.push((name.to_owned(), piece)),
            (Some(_), false) => problems.push(format!("the value of `{name}` in the query is more than one parameter")),
        }
    }
    Template {
        path,
        query: pairs,
        problems,
    }
}

/// Splits at the first `separator` that is not inside braces.
fn cut(text: &str, separator: char) -> (&str, Option<&str>) {
    let mut depth = 0_usize;
    for (index, character) in text.char_indices() {
        match character {
            '{' => depth += 1,
            '}' => depth = depth.saturating_sub(1),
            other if other == separator && depth == 0 => {
                return (&text[..index], Some(&text[index + separator.len_utf8()..]));
            }
            _ => {}
        }
    }
    (text, None)
}

fn pieces(text: &str, problems: &mut Vec<String>) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut rest = text;
    while let Some(open) = rest.find('{') {
        let (literal, tail) = rest.split_at(open);
        let inner = &tail[1..];
        match inner.find(['{', '}']) {
            Some(close) if inner[close..].starts_with('}') && close > 0 => {
                push_literal(&mut pieces, literal, problems);
                pieces.push(Piece::Name(Name::of(&inner[..close])));
                rest = &inner[close + 1..];
            }
            Some(_) | None => {
                problems.push("a brace in the path opens nothing; it is sent as it stands".to_owned());
                push_literal(&mut pieces, &rest[..=open], &mut Vec::new());
                rest = inner;
            }
        }
    }
    push_literal(&mut pieces, rest, problems);
    pieces
}

fn push_literal(pieces: &mut Vec<Piece>, text: &str, problems: &mut Vec<String>) {
    if text.contains('}') {
        problems.push("a brace in the path closes nothing; it is sent as it stands".to_owned());
    }
    if text.is_empty() {
        return;
    }
    let encoded = encode(text);
    if let Some(Piece::Literal(literal)) = pieces.last_mut() {
        literal.push_str(&encoded);
    } else {
        pieces.push(Piece::Literal(encoded));
    }
}

/// Encodes what may not stand in a path (RFC 3986), and leaves escapes that are there already.
fn encode(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut encoded = String::with_capacity(text.len());
    for (index, &byte) in bytes.iter().enumerate() {
        let is_escape = byte == b'%'
            && bytes.get(index + 1).is_some_and(u8::is_ascii_hexdigit)
            && bytes.get(index + 2).is_some_and(u8::is_ascii_hexdigit);
        if is_escape || byte.is_ascii_alphanumeric() || b"-._~!$&'()*+,;=:@/".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            encoded.push('%');
            encoded.extend([byte >> 4, byte & 0xF].map(|digit| char::from(b"0123456789ABCDEF"[usize::from(digit)])));
        }
    }
    encoded
}

#[cfg(test)]
mod tests {
    use super::{Name, Piece, split};

    fn path(template: &str) -> Vec<String> {
        split(template)
            .path
            .into_iter()
            .map(|piece| match piece {
                Piece::Literal(text) => text,
                Piece::Name(name) => format!("<{}>", name.written),
            })
            .collect()
    }

    #[test]
    fn parameters_stand_anywhere() {
        assert_eq!(path("/a/{b}-{c-d}/e"), ["/a/", "<b>", "-", "<c-d>", "/e"]);
    }

    #[test]
    fn unbalanced_braces_are_text() {
        assert_eq!(path("/a{b"), ["/a%7Bb"]);
        assert_eq!(path("/a}b{}"), ["/a%7Db%7B%7D"]);
        assert_eq!(path("/{a{b}}"), ["/%7Ba", "<b>", "%7D"]);
        assert!(!split("/a}b").problems.is_empty());
    }

    #[test]
    fn what_must_be_encoded_is() {
        assert_eq!(path("/a b/ü/%20/100%"), ["/a%20b/%C3%BC/%20/100%25"]);
    }

    #[test]
    fn queries_and_fragments_leave_the_path() {
        let template = split("/a?x=1&y={z}&w#Action=b");
        assert_eq!(template.path, [Piece::Literal("/a".to_owned())]);
        assert_eq!(
            template.query,
            [
                ("x".to_owned(), Piece::Literal("1".to_owned())),
                ("y".to_owned(), Piece::Name(Name::of("z"))),
                ("w".to_owned(), Piece::Literal(String::new())),
            ]
        );
    }

    #[test]
    fn marks_of_template_languages_are_no_part_of_a_name() {
        let read = |text: &str| {
            let name = Name::of(text);
            let reserved = if name.allow_reserved { " reserved" } else { "" };
            format!("{} {}{reserved}", name.plain, name.segments.unwrap_or_default())
        };
        let marked = [
            "x",
            "x=**",
            "x=a/*/b/*",
            "x=*",
            "+x",
            "x*",
            "*x",
            "**x",
            "x+",
            "x:path",
            "x:.*",
            "x:[0-9]+",
            "*",
            "a-b",
            "$x",
        ];
        let names = marked.map(read);
        let expected = [
            "x ",
            "x **",
            "x a/*/b/*",
            "x ",
            "x ** reserved",
            "x **",
            "x **",
            "x **",
            "x **",
            "x **",
            "x **",
            "x ",
            "* ",
            "a-b ",
            "$x ",
        ];
        assert_eq!(names, expected);
    }
}
