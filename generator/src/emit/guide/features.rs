//! The Cargo features of a crate in, a table of them out.

use crate::emit::{Emitter, docs::Text, runtime::Parts};

/// What the features of every client are for.
const KNOWN: [(&str, &str); 9] = [
    ("rustls", "`https`, by rustls"),
    ("http2", "HTTP/2 with servers that offer it"),
    ("gzip", "compressed answers"),
    ("oauth", "tokens by OAuth 2: the module `oauth`"),
    ("blocking", "calls that are waited for without `async`: `wait()`"),
    ("tracing", "spans with the names of OpenTelemetry"),
    ("reqwest", "a `reqwest` client of your own as the network"),
    (
        "mock",
        "a stand-in for the API, and what records it, for tests: `runtime::Mock`, `runtime::Recorder`",
    ),
    ("tower", "any `tower` service as the network"),
];

/// What a program does to build no more than it calls.
const CHOSEN: &str = "With `default-features = false` there is only what the features that a program names need: a model \
                      comes with any group of operations that has it. `https` needs `rustls` among them.";

impl Emitter<'_> {
    /// What can be switched on and off.
    pub(super) fn feature_table(self, parts: Parts) -> Text {
        let package = self.package(parts);
        let default = package.features.get("default");
        let row = |name: &str, about: &str| {
            let is_on = default.is_some_and(|on| on.iter().any(|on| on == name));
            format!("| `{name}` | {}{about} |", if is_on { "on by default: " } else { "" })
        };
        let known = KNOWN.iter().filter(|(name, _)| package.features.contains_key(*name));
        let mut rows: Vec<String> = known.map(|(name, about)| row(name, about)).collect();
        let own = self.config.modules.iter();
        rows.extend(own.filter_map(|(module, mount)| {
            let feature = mount.feature.as_ref()?;
            Some(row(feature, &format!("the module `{module}`")))
        }));
        let mut table = Text::ours(format!("| feature | what it is for |\n|---|---|\n{}", rows.join("\n")));
        if !self.features().is_empty() {
            let all = "Each group of operations is a feature of its own, and all of them are on by default.";
            table = table.and(Text::ours(format!("{all} {CHOSEN}")));
        }
        table
    }
}

#[cfg(test)]
mod tests {
    use toml_edit::DocumentMut;

    use super::KNOWN;

    #[test]
    fn all_features_of_the_runtime_are_known() {
        let manifest: DocumentMut = include_str!("../../../runtime/manifest.toml")
            .parse()
            .expect("a manifest");
        let features = manifest["features"].as_table().expect("a table").iter();
        let mut features: Vec<&str> = features
            .map(|(name, _)| name)
            .filter(|name| *name != "default")
            .collect();
        let mut known = KNOWN.map(|(name, _)| name);
        features.sort_unstable();
        known.sort_unstable();
        assert_eq!(features, known);
    }
}
