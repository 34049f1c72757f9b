//! The first page in, the README out: the same, for whoever does not have the crate yet and reads it where no link leads into
//! the documentation.

use super::Section;
use crate::{
    config::Publish,
    emit::{Emitter, docs::Text, runtime::Parts},
};

impl Emitter<'_> {
    /// `README.md`, but for its marker.
    pub(in crate::emit) fn readme(self, parts: Parts) -> String {
        let name = &self.config.crate_name;
        let info = &self.api.info;
        let mut about = [&info.summary, &info.description].into_iter().flatten();
        let about = about.find_map(|text| Text::summary(text));
        let mut page = Text::ours(format!("# {name}"))
            .and(self.title())
            .and(about.unwrap_or_default())
            .and(self.version())
            .and(Text::ours("## Install"))
            .and(self.installed());
        if self.has_client() {
            page = page.and(Text::ours("## First call"));
        }
        page = page.and(self.first_call());
        for Section { title, text } in self.sections(parts) {
            page = page.and(Text::ours(format!("## {title}"))).and(text);
        }
        let page = page.and(self.documentation()).and(self.imprint()).and(self.licensed());
        shown(page.lines()).join("\n") + "\n"
    }

    pub(super) fn installed(self) -> Text {
        let name = &self.config.crate_name;
        let tokio = if self.has_client() {
            "\n$ cargo add tokio --features macros,rt-multi-thread"
        } else {
            ""
        };
        let place = match &self.config.package.publish {
            Some(Publish::Any(true)) => String::new(),
            // Nobody else's crate of this name is meant.
            _ => format!(" --path ../{name}"),
        };
        Text::ours(format!("```console\n$ cargo add {name}{place}{tokio}\n```"))
    }

    fn documentation(self) -> Text {
        let package = &self.config.package;
        let place = match (&package.documentation, &package.publish) {
            (Some(url), _) => format!("<{url}> has the documentation."),
            (None, Some(Publish::Any(true))) => {
                format!("<https://docs.rs/{}> has the documentation.", self.config.crate_name)
            }
            _ => "`cargo doc --open` shows the documentation.".to_owned(),
        };
        Text::ours("## Documentation").and(Text::ours(place))
    }

    fn licensed(self) -> Text {
        let license = self.config.package.license.as_ref();
        let text = license.map(|license| format!("This crate is licensed under {license}."));
        Text::ours(text.unwrap_or_default())
    }
}

/// Lines of documentation as they are read where nothing is hidden, and where links of rustdoc lead nowhere.
pub(super) fn shown(lines: &[String]) -> Vec<String> {
    // What closes the block that a line stands in, and whether that is Rust.
    let mut block: Option<(String, bool)> = None;
    let mut shown = Vec::new();
    for line in lines {
        if let Some((end, is_code)) = &block {
            let is_hidden = *is_code && (line == "#" || line.starts_with("# "));
            if !is_hidden {
                shown.push(line.clone());
            }
            if line == end {
                block = None;
            }
            continue;
        }
        let indented = line.trim_start();
        let fence = &indented[..indented.len() - indented.trim_start_matches('`').len()];
        if fence.len() < 3 {
            shown.push(unlinked(line));
            continue;
        }
        let margin = &line[..line.len() - indented.len()];
        let is_code = &indented[fence.len()..] == "no_run";
        block = Some((format!("{margin}{fence}"), is_code));
        shown.push(if is_code {
            format!("{margin}{fence}rust,no_run")
        } else {
            line.clone()
        });
    }
    shown
}

/// A line without links to items of Rust: of each, its text is left.
fn unlinked(line: &str) -> String {
    let mut text = String::new();
    let mut rest = line;
    while let Some((before, linked)) = rest.split_once('[') {
        text += before;
        let parts = linked.split_once(']').filter(|_| !before.ends_with('\\'));
        let behind = parts.and_then(|(label, behind)| {
            let target = behind.strip_prefix('(').and_then(|behind| behind.split_once(')'));
            let is_code = label.starts_with('`') && label.ends_with('`');
            match target {
                Some((target, behind)) => (target.contains("::") && !target.contains("//")).then_some((label, behind)),
                None => is_code.then_some((label, behind)),
            }
        });
        if let Some((label, behind)) = behind {
            text += label;
            rest = behind;
        } else {
            text.push('[');
            rest = linked;
        }
    }
    text + rest
}

#[cfg(test)]
mod tests {
    use super::{shown, unlinked};

    #[test]
    fn links_to_items_are_words() {
        for (line, plain) in [
            (
                "* [`pets`](Client::pets) ([2 operations](api::pets)): Pets.",
                "* `pets` (2 operations): Pets.",
            ),
            ("See [`RetryPolicy`], [`a`](b::c).", "See `RetryPolicy`, `a`."),
            (
                "[`a`](https://vendor.test/a) [b](c)",
                "[`a`](https://vendor.test/a) [b](c)",
            ),
            ("a \\[`b`] [`c", "a \\[`b`] [`c"),
        ] {
            assert_eq!(unlinked(line), plain);
        }
    }

    #[test]
    fn nothing_of_a_program_is_hidden() {
        let lines = "```no_run\n# fn main() {\n#[test]\n#\nlet a = 1;\n# }\n```\n# Title\n```text\n# a\n```".lines();
        let lines: Vec<String> = lines.map(str::to_owned).collect();
        assert_eq!(
            shown(&lines).join("\n"),
            "```rust,no_run\n#[test]\nlet a = 1;\n```\n# Title\n```text\n# a\n```"
        );
    }
}
