//! A code in, what the page of all diagnostics says of it out.

use super::Code;
use crate::config::nearest;

/// The page, which is written by a test.
const PAGE: &str = include_str!("../../docs/diagnostics.md");

impl Code {
    /// The code that is printed as `text`; where there is none, the one that was most likely meant.
    ///
    /// # Errors
    ///
    /// The nearest code, if any is near.
    pub fn find(text: &str) -> Result<Self, Option<Self>> {
        let of = |text: &str| Self::ALL.iter().find(|code| code.as_str() == text).copied();
        of(text).ok_or_else(|| of(nearest(text, Self::ALL.iter().map(|code| code.as_str()))?))
    }

    /// What it means, what can be done about it, and an example with what is said of it, as Markdown.
    #[must_use]
    pub fn page(self) -> &'static str {
        let mut sections = PAGE.split("\n## ").skip(1);
        let title = format!("`{}`\n", self.as_str());
        sections
            .find_map(|section| section.strip_prefix(title.as_str()))
            .map_or("", str::trim)
    }
}

#[cfg(test)]
mod tests {
    use super::Code;

    #[test]
    fn every_code_is_on_the_page() {
        for code in Code::ALL {
            assert_eq!(Code::find(code.as_str()), Ok(*code));
            assert!(
                code.page().starts_with('*') && code.page().contains("```text"),
                "{code:?}"
            );
        }
        assert_eq!(Code::find("dangling-refrence"), Err(Some(Code::DanglingReference)));
        assert_eq!(Code::find("E0308"), Err(None));
    }
}
