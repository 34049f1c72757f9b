//! Where a document comes from: its table in, an address and what is known of what was there out.

use super::{
    package::is_url,
    reader::{Reader, Section},
};

/// Where a document comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Origin {
    /// Its address, by https.
    pub url: String,
    /// The SHA-256 of its bytes when it was fetched last, as 64 hexadecimal digits in lower case; none before that.
    pub sha256: Option<String>,
}

pub(super) fn origin<'t>(reader: &mut Reader<'t>, section: &Section<'t>) -> Option<Origin> {
    let table = reader.section(section, "source")?;
    reader.only(&table, &["url", "sha256"]);
    let url = reader.required(&table, "url");
    if url
        .as_ref()
        .is_some_and(|url| !url.starts_with("https://") || !is_url(url))
    {
        reader.reject(&table, "url", "expected a URL that begins with `https://`".to_owned());
    }
    let sha256 = reader.string(&table, "sha256");
    let is_digest = |text: &String| {
        text.len() == 64
            && text
                .chars()
                .all(|char| char.is_ascii_digit() || ('a'..='f').contains(&char))
    };
    if sha256.as_ref().is_some_and(|text| !is_digest(text)) {
        let message = "expected 64 hexadecimal digits in lower case; `generate --update` writes them".to_owned();
        reader.reject(&table, "sha256", message);
    }
    Some(Origin { url: url?, sha256 })
}
