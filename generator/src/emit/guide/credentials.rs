//! Ways to authenticate in, what a program does for each of them out.

use crate::{
    emit::{
        Emitter,
        docs::{self, Text},
        oauth, words,
    },
    ir::{CredentialLocation, FlowKind, SecurityKind, SecurityScheme, SecuritySchemeId},
    name::Ident,
};

/// What may stand in the place of a text.
const OTHERWISE: &str = "Where a text is taken, a [`Credential`] is too: such as a source of tokens that change \
                         ([`Credential::provider`]).";

/// The flows, that of which a program is shown first.
const SHOWN: [FlowKind; 4] = [
    FlowKind::ClientCredentials,
    FlowKind::AuthorizationCode,
    FlowKind::Device,
    FlowKind::Password,
];

impl<'a> Emitter<'a> {
    /// How a client is given what each scheme asks for.
    pub(super) fn authentication(self) -> Text {
        let construction = self.construction();
        let chosen = construction.scheme().map(|scheme| &scheme.name);
        let list = self.schemes().fold(Text::default(), |text, (scheme, setter)| {
            let setter = setter.as_str();
            let given = if chosen == Some(&scheme.name) {
                ", which `Client::new` takes"
            } else {
                ""
            };
            let about = Text::ours(format!("{}{given}.", sent(&scheme.kind)));
            text.with_item(&format!("[`{setter}`](ClientBuilder::{setter})"), Some(about))
        });
        if list.is_empty() {
            return list;
        }
        let takes_text = self.schemes().any(|(scheme, _)| scheme.kind != SecurityKind::MutualTls);
        let otherwise = Text::ours(if takes_text { OTHERWISE } else { "" });
        let schemes = self.schemes().enumerate();
        let mut ways =
            schemes.filter_map(|(index, (scheme, setter))| self.tokens(SecuritySchemeId(index), scheme, setter));
        Text::ours("The builder of a client has a method for each way to authenticate:")
            .and(list)
            .and(otherwise)
            .and(ways.next().unwrap_or_default())
    }

    /// How a program comes to the tokens of a scheme.
    fn tokens(self, id: SecuritySchemeId, scheme: &'a SecurityScheme, setter: &'a Ident) -> Option<Text> {
        let mut flows: Vec<_> = scheme.flows.iter().filter(|flow| !flow.token_url.is_empty()).collect();
        flows.retain(|flow| SHOWN.contains(&flow.kind));
        flows.sort_by_key(|flow| SHOWN.iter().position(|kind| *kind == flow.kind));
        let flow = flows.first()?;
        let function = oauth::function_name(setter, flow.kind)?;
        let krate = self.krate();
        let (fails, lines): (&str, &[&str]) = match flow.kind {
            FlowKind::AuthorizationCode => (
                "async ",
                &[
                    "(\"client id\", \"http://127.0.0.1:7878/signed-in\").sign_in()?;",
                    "println!(\"open {}, and enter where that led to\", sign_in.url());",
                    "let mut led_to = String::new();",
                    "std::io::stdin().read_line(&mut led_to)?;",
                    "let tokens = sign_in.finish(led_to.trim()).await?;",
                ],
            ),
            FlowKind::Device => (
                "async ",
                &[
                    "(\"client id\").sign_in().await?;",
                    "println!(\"open {} and enter {}\", sign_in.verification_url(), sign_in.user_code());",
                    "let tokens = sign_in.finish().await?;",
                ],
            ),
            FlowKind::Password => (
                "",
                &["(\"client id\", \"client secret\", \"user\", \"password\").build()?;"],
            ),
            FlowKind::ClientCredentials | FlowKind::Implicit => ("", &["(\"client id\", \"client secret\").build()?;"]),
        };
        let variable = if lines.len() == 1 { "tokens" } else { "sign_in" };
        let first = format!("let {variable} = oauth::{function}{}", lines[0]);
        let built = format!("Ok({})", self.construction().built_with(&format!(".{setter}(tokens)")));
        let body = [first.as_str()]
            .into_iter()
            .chain(lines[1..].iter().copied())
            .chain([built.as_str()]);
        let body = body.fold(String::new(), |text, line| text + "    " + line + "\n");
        let place = if words::is_link(&flow.token_url) {
            docs::code(&flow.token_url)
        } else {
            "the API".to_owned()
        };
        let scope = if self.scope(id, flow).is_empty() {
            ""
        } else {
            " for the scopes that operations name"
        };
        // A program without the feature has none of it.
        Some(Text::ours(format!(
            "With the feature `oauth`, tokens{scope} come from {place} by themselves, and are renewed before they \
             expire:\n\n\
             ```no_run\n# #[cfg(feature = \"oauth\")]\n# mod example {{\nuse {krate}::{{Client, oauth}};\n\n\
             pub {fails}fn client() -> Result<Client, Box<dyn std::error::Error>> {{\n{body}}}\n# }}\n```"
        )))
    }
}

/// What is given, and how it travels.
fn sent(kind: &SecurityKind) -> String {
    match kind {
        SecurityKind::Bearer => "a token, sent as `Authorization: Bearer …`".to_owned(),
        SecurityKind::Basic => "a user and a password ([`Credential::basic`])".to_owned(),
        SecurityKind::Http(scheme) => {
            let header = docs::code(&format!("Authorization: {scheme} …"));
            format!("what is sent as {header}")
        }
        SecurityKind::MutualTls => "a certificate ([`ClientCertificate`](runtime::ClientCertificate))".to_owned(),
        SecurityKind::ApiKey { location, parameter } => {
            let place = match location {
                CredentialLocation::Header => "header",
                CredentialLocation::Query => "query parameter",
                CredentialLocation::Cookie => "cookie",
            };
            format!("a key, sent as the {place} {}", docs::code(parameter))
        }
    }
}
