// @generated from an OpenAPI description: the runtime, the same for every API.

//! Through what requests go: the caller's choice and the environment in, the way to a URL out.
//!
//! The environment must not decide who sees a credential. It can name a proxy for `https`, which is asked to connect
//! (`CONNECT`) and sees only what is encrypted. In the clear, requests go through a proxy only where the caller has named
//! both the host and the proxy. This machine is reached without one, always.

use std::ffi::OsString;
use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use http::uri::Scheme;
use http::{HeaderValue, Uri};
use hyper_util::client::proxy::matcher::Matcher;
use percent_encoding::percent_decode_str;
use url::{Host, Url};

use crate::runtime::client::host;
use crate::runtime::shown::outside::BoxError;

/// Where the environment names a proxy for `https`; the first that is not empty counts.
const PROXY: [&str; 4] = ["HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"];
/// Where the environment names the hosts that are reached without a proxy.
const NO_PROXY: [&str; 2] = ["NO_PROXY", "no_proxy"];

/// What a caller says about proxies.
#[derive(Clone, Default)]
pub(crate) enum Choice {
    #[default]
    Environment,
    Nothing,
    Url(String),
}

/// Without the URL, which may have a password in it.
impl fmt::Debug for Choice {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Environment => "Environment",
            Self::Nothing => "Nothing",
            Self::Url(_) => "Url",
        })
    }
}

/// A proxy.
#[derive(Clone)]
pub(super) struct Proxy {
    pub(super) uri: Uri,
    /// The value of `Proxy-Authorization`.
    pub(super) authorization: Option<HeaderValue>,
}

/// The way to a URL.
pub(super) enum Route<'r> {
    Direct,
    /// By a connection that the proxy makes and cannot look into.
    #[cfg_attr(
        not(feature = "rustls"),
        expect(dead_code, reason = "what is sent into it would have to be encrypted")
    )]
    Tunnel(&'r Proxy),
    /// In the clear.
    Forward(&'r Proxy),
}

/// The ways to all URLs.
pub(crate) enum Routes {
    Direct,
    Chosen(Proxy),
    Environment {
        proxy: Proxy,
        /// It intercepts what goes through the proxy.
        matcher: Matcher,
    },
    /// The environment names a proxy that cannot be used.
    Broken {
        reason: String,
        matcher: Matcher,
    },
}

impl Routes {
    /// # Errors
    ///
    /// When the proxy that the caller names cannot be used.
    pub(crate) fn new(choice: &Choice) -> Result<Self, BoxError> {
        match choice {
            Choice::Nothing => Ok(Self::Direct),
            Choice::Url(url) => match proxy(url) {
                Ok(proxy) => Ok(Self::Chosen(proxy)),
                Err(reason) => Err(format!("the proxy cannot be used: {reason}").into()),
            },
            Choice::Environment => Ok(Self::of_environment(|name| std::env::var_os(name))),
        }
    }

    fn of_environment(variable: impl Fn(&str) -> Option<OsString>) -> Self {
        let first = |names: &[&'static str]| {
            names.iter().find_map(|name| {
                let value = variable(name).filter(|value| !value.is_empty())?;
                Some((*name, value))
            })
        };
        let Some((name, value)) = first(&PROXY) else {
            return Self::Direct;
        };
        let exempt = first(&NO_PROXY).map(|(_, value)| value.to_string_lossy().into_owned());
        let exempt = exempt.unwrap_or_default();
        let mut exempt: Vec<&str> = exempt.split(',').map(str::trim).collect();
        if exempt.contains(&"*") {
            return Self::Direct;
        }
        // The library knows `.example.com`, which is the same.
        for name in &mut exempt {
            *name = name.strip_prefix('*').unwrap_or(name);
        }
        // Of this proxy, only whether it is asked for is of interest.
        let matcher = Matcher::builder()
            .all("http://proxy.invalid")
            .no(exempt.join(","))
            .build();
        match value.to_str().ok_or("it is no text".to_owned()).and_then(proxy) {
            Ok(proxy) => Self::Environment { proxy, matcher },
            Err(reason) => Self::Broken {
                reason: format!(
                    "the environment variable {name} names a proxy that cannot be used: {reason}; `proxy` and `no_proxy` \
                     on the builder are heard before it"
                ),
                matcher,
            },
        }
    }

    /// The way to `target`, whose scheme is `https` or `http`.
    ///
    /// # Errors
    ///
    /// When it would lead through a proxy that cannot be used.
    pub(super) fn to(&self, target: &Uri) -> Result<Route<'_>, BoxError> {
        let host = Host::parse(target.host().ok_or("the URL has no host")?)?;
        let host = match &host {
            Host::Domain(name) => Host::Domain(name.as_str()),
            Host::Ipv4(address) => Host::Ipv4(*address),
            Host::Ipv6(address) => Host::Ipv6(*address),
        };
        if host::is_this_machine(&host) {
            return Ok(Route::Direct);
        }
        let is_https = target.scheme() == Some(&Scheme::HTTPS);
        match self {
            Self::Chosen(proxy) if is_https => Ok(Route::Tunnel(proxy)),
            Self::Chosen(proxy) => Ok(Route::Forward(proxy)),
            Self::Environment { proxy, matcher } if is_https && matcher.intercept(target).is_some() => {
                Ok(Route::Tunnel(proxy))
            }
            Self::Broken { reason, matcher } if is_https && matcher.intercept(target).is_some() => {
                Err(reason.clone().into())
            }
            Self::Direct | Self::Environment { .. } | Self::Broken { .. } => Ok(Route::Direct),
        }
    }
}

/// Reads the URL of a proxy, whose scheme is `http` where it has none. No error shows any of it.
fn proxy(text: &str) -> Result<Proxy, String> {
    let text = text.trim();
    let url = if text.contains("://") {
        Url::parse(text)
    } else {
        Url::parse(&format!("http://{text}"))
    };
    let url = url.map_err(|error| format!("it is not a URL: {error}"))?;
    match url.scheme() {
        "http" | "https" => {}
        "socks4" | "socks4a" | "socks5" | "socks5h" => {
            return Err("SOCKS is not spoken here; a transport of one's own can".to_owned());
        }
        _ => return Err("its scheme is neither http nor https".to_owned()),
    }
    if url.path() != "/" || url.query().is_some() || url.fragment().is_some() {
        return Err("it has more than a scheme, a user, a host and a port".to_owned());
    }
    let uri = url.origin().ascii_serialization().parse();
    Ok(Proxy {
        uri: uri.map_err(|error| format!("it is not a URL: {error}"))?,
        authorization: authorization(&url)?,
    })
}

fn authorization(url: &Url) -> Result<Option<HeaderValue>, String> {
    if url.username().is_empty() && url.password().is_none() {
        return Ok(None);
    }
    let mut pair: Vec<u8> = percent_decode_str(url.username()).collect();
    pair.push(b':');
    pair.extend(percent_decode_str(url.password().unwrap_or_default()));
    let mut value =
        HeaderValue::try_from(format!("Basic {}", STANDARD.encode(pair))).map_err(|_| "its user is too long")?;
    value.set_sensitive(true);
    Ok(Some(value))
}
