//! The documents of a crate of several in, the page that leads to them out.

use super::readme::shown;
use crate::{
    Config,
    emit::{Emitter, docs::Text},
};

impl Emitter<'_> {
    /// The modules, each with what it is.
    pub(in crate::emit) fn modules_of_several(documents: &[Emitter<'_>]) -> Text {
        documents.iter().fold(Text::default(), |text, document| {
            let module = document.home.module.unwrap_or_default();
            let title = Text::theirs(&document.api.info.title).or("An API.");
            let what = if document.has_client() {
                format!("[`Client`]({module}::Client)")
            } else {
                "types".to_owned()
            };
            text.with_item(&format!("[`{module}`] ({what})"), Some(title))
        })
    }

    /// `README.md`, but for its marker: what stands in `summary`, and a call by the first of them that has any.
    pub(in crate::emit) fn readme_of_several(documents: &[Emitter<'_>], summary: Text, config: &Config) -> String {
        let modules = documents.iter().fold(Text::default(), |text, document| {
            let title = Text::theirs(&document.api.info.title).or("An API.");
            text.with_item(&format!("`{}`", document.krate()), Some(title))
        });
        let has_client = documents.iter().find(|document| document.has_client());
        let mut page = Text::ours(format!("# {}", config.crate_name)).and(summary).and(modules);
        if let Some(document) = has_client.or(documents.first()) {
            page = page.and(Text::ours("## Install")).and(document.installed());
        }
        if let Some(document) = has_client {
            page = page.and(Text::ours("## First call")).and(document.first_call());
        }
        page = page.and(Text::ours("## Documentation")).and(Text::ours(
            "`cargo doc --open` shows the documentation. That of each module is as that of a crate of its own.",
        ));
        shown(page.lines()).join("\n") + "\n"
    }
}
