//! What a `$ref` or an `$id` is seen from and its text in, the same seen from the document of record out.
//!
//! What comes out names a resource: nothing for the document of record, the path of a file from that document's folder,
//! or a URI that begins with its scheme. Paths are as in [`Pointer`](crate::ir::Pointer): without percent-encoding but
//! for `#` and `%`, without dots but for `..` at the start.

use crate::ir::{percent_decoded, scheme};

/// The resource and the fragment that `reference` names, as seen from `base`, the name of a resource.
pub(super) fn join(base: &str, reference: &str) -> (String, String) {
    let (uri, fragment) = split(reference);
    (resource(base, uri), fragment.to_owned())
}

/// What stands before the `#`, and what behind it.
pub(super) fn split(reference: &str) -> (&str, &str) {
    reference.split_once('#').unwrap_or((reference, ""))
}

fn resource(base: &str, uri: &str) -> String {
    if uri.is_empty() {
        return base.to_owned();
    }
    if scheme(uri).is_some() {
        return uri.to_owned();
    }
    let Some(length) = scheme(base) else {
        return if uri.starts_with(['/', '\\']) {
            uri.to_owned()
        } else {
            let folder = folder(base);
            normal(&format!(
                "{folder}{}",
                encoded(&percent_decoded(uri).replace('\\', "/"))
            ))
        };
    };
    let (scheme, rest) = base.split_at(length + 1);
    let (authority, path) = match rest.strip_prefix("//") {
        Some(rest) => {
            let end = rest.find('/').unwrap_or(rest.len());
            (&base[..scheme.len() + 2 + end], &rest[end..])
        }
        None => (scheme, rest),
    };
    if uri.starts_with("//") {
        format!("{scheme}{uri}")
    } else if uri.starts_with('/') {
        format!("{authority}{}", normal(uri))
    } else {
        let path = normal(&format!("{}{uri}", folder(path)));
        let path = path.trim_start_matches("../");
        let slash = if authority.ends_with(':') || path.starts_with('/') {
            ""
        } else {
            "/"
        };
        format!("{authority}{slash}{path}")
    }
}

/// The part of a path up to its last slash, with it.
pub(super) fn folder(path: &str) -> &str {
    path.rfind('/').map_or("", |slash| &path[..=slash])
}

/// Without `.`, and without `..` behind a name.
fn normal(path: &str) -> String {
    let mut names: Vec<&str> = Vec::new();
    let is_absolute = path.starts_with('/');
    for name in path.split('/') {
        match name {
            "" | "." => {}
            ".." if names.last().is_some_and(|last| *last != "..") => _ = names.pop(),
            ".." if is_absolute => {}
            name => names.push(name),
        }
    }
    let slash = if is_absolute { "/" } else { "" };
    format!("{slash}{}", names.join("/"))
}

/// `text` with `%` and `#` percent-encoded.
pub(super) fn encoded(text: &str) -> String {
    text.replace('%', "%25").replace('#', "%23")
}

#[cfg(test)]
mod tests {
    use super::join;

    #[test]
    fn references_are_seen_from_the_root() {
        let cases = [
            ("", "#/a", "", "/a"),
            ("", "./pet.yaml", "pet.yaml", ""),
            ("a/b.yaml", "#/c", "a/b.yaml", "/c"),
            ("a/b.yaml", "c.yaml#", "a/c.yaml", ""),
            ("a/b.yaml", "../c.yaml#x", "c.yaml", "x"),
            ("a/b.yaml", "../../c.yaml", "../c.yaml", ""),
            ("../b.yaml", "../c.yaml", "../../c.yaml", ""),
            ("a/b.yaml", "x/%2e%2e/./y//z.yaml", "a/y/z.yaml", ""),
            ("", "100%25%231.yaml", "100%25%231.yaml", ""),
            ("100%25/a.yaml", "b.yaml", "100%25/b.yaml", ""),
            ("", "a%20b.yaml", "a b.yaml", ""),
            ("", "50%.yaml", "50%25.yaml", ""),
            ("a/b.yaml", "..\\c\\d.yaml", "c/d.yaml", ""),
            ("a/b.yaml", "/etc/passwd", "/etc/passwd", ""),
            ("a/b.yaml", "C:\\c.yaml", "C:\\c.yaml", ""),
            ("a/b.yaml", "https://x.y/z#/a", "https://x.y/z", "/a"),
            ("https://x.y/a/b", "c", "https://x.y/a/c", ""),
            ("https://x.y/a/b", "../../c#d", "https://x.y/c", "d"),
            ("https://x.y/a/b", "/c/./d", "https://x.y/c/d", ""),
            ("https://x.y", "c", "https://x.y/c", ""),
            ("https://x.y/a", "//z/c", "https://z/c", ""),
            ("urn:a:b", "#c", "urn:a:b", "c"),
            ("urn:a:b", "c", "urn:c", ""),
        ];
        for (base, reference, resource, fragment) in cases {
            let joined = join(base, reference);
            assert_eq!(
                (joined.0.as_str(), joined.1.as_str()),
                (resource, fragment),
                "{reference} in {base}"
            );
        }
    }
}
