//! What a build script says to Cargo: lines that begin with `cargo::`.

use std::{collections::BTreeSet, path::Path};

use super::needs::Features;
use crate::{Diagnostics, Package, Sources, diagnostics::Diagnostic};

/// How many losses are said one by one. Cargo repeats them at every build.
const LOSSES: usize = 20;

/// Lines for Cargo, in the order in which they came up.
#[derive(Debug, Default)]
pub(super) struct Said {
    pub(super) lines: Vec<String>,
    known: BTreeSet<String>,
}

impl Said {
    fn say(&mut self, what: &str, value: &str) {
        // What breaks a line would be an instruction of its own.
        let value = value.split(char::is_control).collect::<Vec<_>>().join(" ");
        let line = format!("cargo::{what}={value}");
        if self.known.insert(line.clone()) {
            self.lines.push(line);
        }
    }

    pub(super) fn warn(&mut self, text: &str) {
        self.say("warning", text);
    }

    pub(super) fn rerun_if_changed(&mut self, path: &Path) {
        self.say("rerun-if-changed", &path.display().to_string());
    }

    /// The same, but not for a file that is missing: Cargo would take that for a change each time.
    pub(super) fn rerun_if_there(&mut self, path: &Path) {
        if path.exists() {
            self.rerun_if_changed(path);
        }
    }

    /// What could not be generated whole. Of notes, by which nothing is lost, nobody hears.
    pub(super) fn losses(&mut self, diagnostics: &Diagnostics, sources: &Sources) {
        let is_loss = |diagnostic: &&Diagnostic| diagnostic.code.severity().is_loss();
        for diagnostic in diagnostics.iter().filter(is_loss).take(LOSSES) {
            let name = sources.name(&diagnostic.pointer);
            let place = diagnostic
                .location
                .map(|location| format!(":{}:{}", location.line, location.column));
            let (place, code) = (place.unwrap_or_default(), diagnostic.code.as_str());
            self.warn(&format!("{name}{place}: {} ({code})", diagnostic.message));
        }
        let more = diagnostics.iter().filter(is_loss).count().saturating_sub(LOSSES);
        if more > 0 {
            self.warn(&format!("… and {more} more; `openapi-crate generate --spec` shows all"));
        }
    }

    /// Which features the module has, of those that it could have.
    pub(super) fn flags(&mut self, flag: &str, package: &Package, features: &Features<'_>) {
        let known = package.features.keys().filter(|name| *name != "default");
        let known: Vec<String> = known.map(|name| format!("{name:?}")).collect();
        if !known.is_empty() {
            self.say("rustc-check-cfg", &format!("cfg({flag}, values({}))", known.join(", ")));
        }
        for name in features.on.iter().filter(|name| **name != "default") {
            self.say("rustc-cfg", &format!("{flag}={name:?}"));
        }
    }
}
