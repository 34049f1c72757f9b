//! JSON pointers (RFC 6901): the one way in which stages speak of places in a document.

use std::fmt;

/// A place in a document. The empty pointer is the whole of it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Pointer(String);

impl Pointer {
    /// The whole document.
    #[must_use]
    pub fn root() -> Self {
        Self::default()
    }

    /// The place below this one under `token`, which is escaped here.
    #[must_use]
    pub fn child(&self, token: impl AsRef<str>) -> Self {
        let token = token.as_ref().replace('~', "~0").replace('/', "~1");
        Self(format!("{}/{token}", self.0))
    }

    /// The place below this one at position `index`.
    #[must_use]
    pub fn item(&self, index: usize) -> Self {
        Self(format!("{}/{index}", self.0))
    }

    /// The pointer as text; what a `$ref` writes after its `#`.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The unescaped tokens, from the root down.
    pub fn tokens(&self) -> impl Iterator<Item = String> + '_ {
        self.0
            .split('/')
            .skip(1)
            .map(|token| token.replace("~1", "/").replace("~0", "~"))
    }

    /// The place that holds this one, and the token that leads from there to here; `None` for the whole document.
    #[must_use]
    pub fn split_last(&self) -> Option<(Self, String)> {
        let (holder, _) = self.0.rsplit_once('/')?;
        Some((Self(holder.to_owned()), self.tokens().last()?))
    }

    /// The whole of the file `name`, which is another one than the document's.
    #[must_use]
    pub fn in_file(name: &str) -> Self {
        Self(format!("{name}#"))
    }

    /// Reads a pointer as it stands: empty, or starting with a slash.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        (text.is_empty() || text.starts_with('/')).then(|| Self(text.to_owned()))
    }
}

impl fmt::Display for Pointer {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::Pointer;

    #[test]
    fn tokens_survive_escaping() {
        let pointer = Pointer::root().child("paths").child("/a~b/{c}").item(3);
        assert_eq!(pointer.as_str(), "/paths/~1a~0b~1{c}/3");
        assert_eq!(pointer.tokens().collect::<Vec<_>>(), ["paths", "/a~b/{c}", "3"]);
    }
}
