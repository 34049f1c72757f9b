//! A group's module in, the Cargo feature that it stands behind out.
//!
//! It is called like the module, with `-` for `_`: `pull_requests` → `pull-requests`. Where the crate has a feature of that
//! name anyway, it starts with `api-`: `gzip` → `api-gzip`; so does what would then be called like another one, `api_gzip` →
//! `api-api-gzip`. So it follows from the module alone, and no group that comes or goes moves the feature of another.

use super::{
    ident::{Ident, Name as _},
    reserved::{self, Namespace},
};
use crate::Config;

const PREFIX: &str = "api-";

pub(super) fn feature(module: &Ident, config: &Config) -> String {
    let text = module.as_str();
    // What only keeps a module from the name of another need not keep a feature from it.
    let plain = text.trim_end_matches('_');
    let is_taken_as_module = Ident::exact(plain, Namespace::Module).is_none();
    let feature = if is_taken_as_module { plain } else { text }.replace('_', "-");
    let is_taken = |name: &str| {
        let mounted = config.modules.values().filter_map(|mount| mount.feature.as_deref());
        reserved::FEATURES.contains(&name) || mounted.into_iter().any(|taken| taken == name)
    };
    let mut end = feature.as_str();
    loop {
        if is_taken(end) {
            return format!("{PREFIX}{feature}");
        }
        match end.strip_prefix(PREFIX) {
            Some(rest) => end = rest,
            None => return feature,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::feature;
    use crate::{
        Config,
        config::Mount,
        name::{
            ident::{Ident, Name as _},
            reserved::Namespace,
            words::words,
        },
    };

    fn of(tag: &str) -> String {
        let mut config = Config::default();
        let mount = Mount {
            path: "money.rs".to_owned(),
            feature: Some("money".to_owned()),
        };
        config.modules.insert("money".to_owned(), mount);
        feature(&Ident::of(&words(tag), Namespace::Module), &config)
    }

    #[test]
    fn a_feature_is_called_like_its_module_and_never_like_another_feature() {
        let shown = [
            "Pull requests",
            "gzip",
            "api gzip",
            "api api gzip",
            "Webhooks",
            "money",
            "default",
            "api",
            "API keys",
            "type",
            "con",
            "self",
            "2FA",
        ]
        .map(|tag| format!("{tag} → {}", of(tag)));
        insta::assert_snapshot!(shown.join("\n"), @r"
        Pull requests → pull-requests
        gzip → api-gzip
        api gzip → api-api-gzip
        api api gzip → api-api-api-gzip
        Webhooks → api-webhooks
        money → api-money
        default → api-default
        api → api
        API keys → api-keys
        type → type
        con → con
        self → self
        2FA → module-2fa
        ");
    }
}
