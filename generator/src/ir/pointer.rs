//! JSON pointers (RFC 6901), with the file that they lead into: the one way in which stages speak of places.

use std::{
    borrow::{Borrow, Cow},
    fmt,
};

/// A place in the documents that were read together.
///
/// A place in the document of record is written as its pointer: empty for the whole, else beginning with a slash. One in
/// another file is written as a `$ref` from that document would have it: `schemas/pet.yaml#/Pet`, with the path of the
/// file from the folder of the document of record. In names of files `#` and `%` are percent-encoded, and nothing else.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Pointer(String);

impl Pointer {
    /// The whole document of record.
    #[must_use]
    pub fn root() -> Self {
        Self::default()
    }

    /// The whole of another file. `name` is its path from the folder of the document of record, or another name that
    /// no slash begins.
    #[must_use]
    pub fn in_file(name: &str) -> Self {
        debug_assert!(!name.is_empty() && !name.starts_with('/'), "{name:?} names no file");
        Self(format!("{}#", name.replace('%', "%25").replace('#', "%23")))
    }

    /// The place below this one under `token`, which is escaped here.
    #[must_use]
    pub fn child(&self, token: impl AsRef<str>) -> Self {
        let token = token.as_ref();
        if token.contains(['~', '/']) {
            let token = token.replace('~', "~0").replace('/', "~1");
            return Self(format!("{}/{token}", self.0));
        }
        Self([&self.0, "/", token].concat())
    }

    /// The place below this one at position `index`.
    #[must_use]
    pub fn item(&self, index: usize) -> Self {
        Self(format!("{}/{index}", self.0))
    }

    /// The place that holds this one; the whole of a file is in nothing.
    #[must_use]
    pub fn parent(&self) -> Self {
        match self.within().rfind('/') {
            Some(slash) => Self(self.0[..self.whole_as_str().len() + slash].to_owned()),
            None => self.clone(),
        }
    }

    /// The place as text: a pointer alone, or behind the name of a file and a `#`.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The name of the file, unless it is the document of record.
    #[must_use]
    pub fn file(&self) -> Option<Cow<'_, str>> {
        let (file, _) = self.split();
        (!file.is_empty()).then(|| {
            if file.contains('%') {
                file.replace("%23", "#").replace("%25", "%").into()
            } else {
                file.into()
            }
        })
    }

    /// The pointer inside of the file.
    #[must_use]
    pub fn within(&self) -> &str {
        self.split().1
    }

    /// The whole of the file that the place is in.
    #[must_use]
    pub fn whole(&self) -> Self {
        Self(self.whole_as_str().to_owned())
    }

    /// What [`Self::whole`] is written as.
    pub(crate) fn whole_as_str(&self) -> &str {
        &self.0[..self.0.len() - self.within().len()]
    }

    /// The place as a `$ref` of the document of record would write it: `#/components`, `schemas/pet.yaml#/Pet`.
    #[must_use]
    pub fn reference(&self) -> String {
        if self.split().0.is_empty() {
            format!("#{}", self.0)
        } else {
            self.0.clone()
        }
    }

    /// The unescaped tokens, from the top of the file down.
    pub fn tokens(&self) -> impl Iterator<Item = String> + '_ {
        self.within().split('/').skip(1).map(|token| {
            if token.contains('~') {
                token.replace("~1", "/").replace("~0", "~")
            } else {
                token.to_owned()
            }
        })
    }

    /// Reads a `$ref` whose file is written as pointers have it: `#/components`, `schemas/pet.yaml#/Pet`. The pointer may
    /// be percent-encoded. `None` for a URI, an absolute path, and what has no pointer behind its `#`.
    #[must_use]
    pub fn of_reference(reference: &str) -> Option<Self> {
        let (file, fragment) = reference.split_once('#')?;
        let fragment = percent_decoded(fragment);
        let is_elsewhere = file.starts_with('/') || scheme(file).is_some();
        // Rebuilt from its tokens, so that one place has one spelling.
        (!is_elsewhere && (fragment.is_empty() || fragment.starts_with('/'))).then(|| {
            let whole = if file.is_empty() {
                Self::root()
            } else {
                Self(format!("{file}#"))
            };
            let pointer = Self(fragment);
            pointer.tokens().fold(whole, |place, token| place.child(token))
        })
    }

    /// The token that leads from [`Self::parent`] to here; `None` for the whole of a file.
    #[must_use]
    pub fn last(&self) -> Option<String> {
        self.tokens().last()
    }

    /// Reads a pointer into the document of record as it stands: empty, or starting with a slash.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        (text.is_empty() || text.starts_with('/')).then(|| Self(text.to_owned()))
    }

    /// The encoded name of the file, empty for the document of record, and the pointer into it.
    fn split(&self) -> (&str, &str) {
        if self.0.starts_with('/') {
            return ("", &self.0);
        }
        self.0.split_once('#').unwrap_or(("", &self.0))
    }
}

impl Borrow<str> for Pointer {
    fn borrow(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Pointer {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

/// The length of the scheme that `uri` begins with. The drive of a path on Windows, `C:`, passes for one; it is as little
/// a name for other machines.
pub(crate) fn scheme(uri: &str) -> Option<usize> {
    let colon = uri.find(':')?;
    let is_scheme = uri.starts_with(|first: char| first.is_ascii_alphabetic())
        && uri[..colon]
            .chars()
            .all(|char| char.is_ascii_alphanumeric() || matches!(char, '+' | '-' | '.'));
    is_scheme.then_some(colon)
}

/// Undoes percent-encoding. A `%` that starts no escape stands for itself, and so does all of what would be no text.
pub(crate) fn percent_decoded(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut decoded = Vec::with_capacity(bytes.len());
    let mut position = 0;
    while let Some(&byte) = bytes.get(position) {
        let digits = text.get(position + 1..position + 3).filter(|_| byte == b'%');
        let digits = digits.filter(|digits| digits.bytes().all(|digit| digit.is_ascii_hexdigit()));
        if let Some(value) = digits.and_then(|digits| u8::from_str_radix(digits, 16).ok()) {
            decoded.push(value);
            position += 3;
        } else {
            decoded.push(byte);
            position += 1;
        }
    }
    String::from_utf8(decoded).unwrap_or_else(|_| text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::{Pointer, percent_decoded};

    #[test]
    fn what_is_no_escape_stays() {
        let cases = [
            ("a%20b", "a b"),
            ("50%", "50%"),
            ("%+5%zz", "%+5%zz"),
            ("%ff", "%ff"),
            ("%C3%a9", "é"),
        ];
        for (encoded, decoded) in cases {
            assert_eq!(percent_decoded(encoded), decoded);
        }
    }

    #[test]
    fn references_name_places() {
        let place = |reference| Pointer::of_reference(reference).map(|place| place.as_str().to_owned());
        assert_eq!(place("#/a%20b/~1").as_deref(), Some("/a b/~1"));
        assert_eq!(place("#").as_deref(), Some(""));
        assert_eq!(place("a%25.yaml#/b").as_deref(), Some("a%25.yaml#/b"));
        assert_eq!(place("a.yaml#").as_deref(), Some("a.yaml#"));
        for elsewhere in ["a.yaml", "#b", "https://a.b/c#/d", "/a#/b"] {
            assert_eq!(place(elsewhere), None, "{elsewhere}");
        }
    }

    #[test]
    fn tokens_survive_escaping() {
        let pointer = Pointer::root().child("paths").child("/a~b/{c}").item(3);
        assert_eq!(pointer.as_str(), "/paths/~1a~0b~1{c}/3");
        assert_eq!(pointer.tokens().collect::<Vec<_>>(), ["paths", "/a~b/{c}", "3"]);
        assert_eq!(pointer.file(), None);
    }

    #[test]
    fn files_survive_encoding() {
        let pointer = Pointer::in_file("a/100%#1.yaml").child("a#b").item(0);
        assert_eq!(pointer.as_str(), "a/100%25%231.yaml#/a#b/0");
        assert_eq!(pointer.file().as_deref(), Some("a/100%#1.yaml"));
        assert_eq!(pointer.tokens().collect::<Vec<_>>(), ["a#b", "0"]);
        assert_eq!(pointer.whole(), Pointer::in_file("a/100%#1.yaml"));
        assert_eq!(Pointer::in_file("%2523").file().as_deref(), Some("%2523"));
    }

    #[test]
    fn references_are_what_the_root_would_write() {
        assert_eq!(Pointer::root().reference(), "#");
        assert_eq!(Pointer::root().child("a#b").reference(), "#/a#b");
        assert_eq!(Pointer::in_file("b.json").reference(), "b.json#");
        assert_eq!(Pointer::root().child("a").whole(), Pointer::root());
    }

    #[test]
    fn parents_stay_in_the_file() {
        let whole = Pointer::in_file("b/c.json");
        assert_eq!(whole.child("a/b").child("c").parent(), whole.child("a/b"));
        assert_eq!(whole.child("a").parent(), whole);
        assert_eq!(whole.parent(), whole);
        assert_eq!(Pointer::root().child("a").parent(), Pointer::root());
    }
}
