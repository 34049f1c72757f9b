//! Where an API is served: base URLs with variables in, what they are by default out.

/// A base URL, possibly with variables.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Server {
    /// What the document calls it.
    pub name: Option<String>,
    /// The URL template; a path alone is one at the host where the rest of the API is.
    pub url: String,
    /// What the document says about it.
    pub description: Option<String>,
    /// The variables of the template, in document order.
    pub variables: Vec<ServerVariable>,
}

impl Server {
    /// The URL with the default of every variable in its place.
    #[must_use]
    pub fn default_url(&self) -> String {
        let default =
            |url: String, variable: &ServerVariable| url.replace(&format!("{{{}}}", variable.name), &variable.default);
        self.variables.iter().fold(self.url.clone(), default)
    }

    /// Whether clients send to [`default_url`](Self::default_url): credentials travel encrypted, or not at all.
    #[must_use]
    pub fn is_callable(&self) -> bool {
        let url = self.default_url();
        url.starts_with("https://")
            || url.strip_prefix("http://").is_some_and(|rest| {
                let authority = rest.split('/').next().unwrap_or(rest);
                let host = authority.rsplit_once(':').map_or(authority, |(host, _)| host);
                host == "localhost" || host.ends_with(".localhost") || host.starts_with("127.") || host == "[::1]"
            })
    }

    /// Whether [`default_url`](Self::default_url) is one to be replaced.
    #[must_use]
    pub fn is_placeholder(&self) -> bool {
        is_placeholder(&self.default_url())
    }
}

/// Whether a URL is one to be replaced: at a host that belongs to nobody, or to somebody else than the API's. What is sent
/// there, a stranger may read.
pub(crate) fn is_placeholder(url: &str) -> bool {
    let rest = url.split_once("://").map_or("", |(_, rest)| rest);
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let host = authority.rsplit_once('@').map_or(authority, |(_, host)| host);
    let host = host
        .split(':')
        .next()
        .unwrap_or_default()
        .trim_end_matches('.')
        .to_ascii_lowercase();
    let is_of = |domain: &&str| {
        let rest = host.strip_suffix(*domain);
        rest.is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
    };
    // The last label is no word of the writer's.
    let labels = host.rsplit_once('.').map_or(host.as_str(), |(labels, _)| labels);
    EXAMPLES.iter().any(is_of) || labels.split('.').any(is_to_be_replaced)
}

/// Domains that are kept for documentation (RFC 2606, section 3).
const EXAMPLES: [&str; 3] = ["example.com", "example.net", "example.org"];

/// Whether a label of a host speaks to its reader: `your-domain`, `mycompany`, `<site>`, `subdomain`.
fn is_to_be_replaced(label: &str) -> bool {
    const NOUNS: [&str; 24] = [
        "account",
        "app",
        "cluster",
        "company",
        "domain",
        "endpoint",
        "environment",
        "host",
        "hostname",
        "instance",
        "org",
        "organization",
        "project",
        "region",
        "resource",
        "server",
        "service",
        "site",
        "store",
        "subdomain",
        "team",
        "tenant",
        "website",
        "workspace",
    ];
    // What services are called: nothing says that these are made up.
    const SERVICES: [&str; 8] = [
        "myaccount",
        "myapp",
        "myhost",
        "myservice",
        "mysite",
        "mystore",
        "myteam",
        "yourhost",
    ];
    const NAMES: [&str; 6] = [
        "accountname",
        "hostname",
        "placeholder",
        "subdomain",
        "tenantname",
        "yourname",
    ];
    let mut words = label.split(['-', '_']);
    let is_told = match (words.next(), words.next()) {
        (Some("your" | "example"), Some(_)) => true,
        (Some("my"), Some(noun)) => NOUNS.contains(&noun),
        (Some(word), _) => {
            let noun = word.strip_prefix("your").or_else(|| word.strip_prefix("my"));
            word == "example"
                || NAMES.contains(&word)
                || noun.is_some_and(|noun| NOUNS.contains(&noun) && !SERVICES.contains(&word))
        }
        (None, _) => false,
    };
    is_told || label.contains(['<', '>', '{', '}', '$', '*', '%'])
}

/// One `{variable}` of a [`Server`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ServerVariable {
    /// The name inside the braces.
    pub name: String,
    /// The value used when none is chosen.
    pub default: String,
    /// The permitted values; empty means any.
    pub values: Vec<String>,
    /// What the document says about it.
    pub description: Option<String>,
}

#[cfg(test)]
mod tests {
    use super::is_placeholder;

    #[test]
    fn hosts_that_are_to_be_replaced_are_told_from_those_that_have_such_words() {
        for url in [
            "https://example.com",
            "https://api.Example.com:8443/v1",
            "https://me@jira.example.org/?a=b",
            "https://your-domain.atlassian.net",
            "https://yourcompany.zendesk.com/api",
            "https://your_api.vendor.io",
            "https://my-instance.vendor.io",
            "https://mycompany.vendor.io",
            "https://your-resource-name.vendor.io",
            "https://example.vendor.io",
            "https://example-abc123.vendor.io",
            "https://subdomain.vendor.io",
            "https://example.com./v1",
            "https://$HOST/v1",
            "https://<site>.vendor.io",
            "https://{missing}.vendor.io",
        ] {
            assert!(is_placeholder(url), "{url}");
        }
        for url in [
            "https://api.vendor.io/your-domain",
            "https://notexample.com",
            "https://api.vendor.example",
            "https://api.com.vendor.io",
            "https://myaccount.google.com",
            "https://myapp.vendor.io",
            "https://yourls.org",
            "https://myorganizer.com",
            "https://yourhosting.nl",
            "https://mysites.vendor.io",
            "https://examples.vendor.io",
            "https://mytime.io",
            "http://localhost:8080",
            "https://[::1]:8443",
            "/v1",
            "",
        ] {
            assert!(!is_placeholder(url), "{url}");
        }
    }
}
