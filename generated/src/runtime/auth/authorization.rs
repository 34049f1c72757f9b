// @generated from an OpenAPI description: the runtime, the same for every API.

//! What a request carries of the one who sends it: credentials in, headers and query parts out, and what nobody may see of
//! them.

use std::collections::BTreeMap;

use http::HeaderMap;
use http::header::{AUTHORIZATION, COOKIE, HeaderName, HeaderValue};

use crate::runtime::calls::operation::{SecurityKind, SecurityScheme};
use crate::runtime::calls::request::Request;
use crate::runtime::sent::argument::escaped;
use crate::runtime::shown::outside::BoxError;
use crate::runtime::shown::secret::{self, Secret};

/// What is added to one request.
#[derive(Default)]
pub(crate) struct Authorization {
    pub(crate) headers: HeaderMap,
    pub(crate) query: Vec<String>,
    /// What was used, by scheme.
    pub(super) used: BTreeMap<&'static str, Secret>,
    /// What is behind those, and what the caller sends.
    pub(super) behind: Vec<Secret>,
    pub(super) can_refresh: bool,
}

impl Authorization {
    /// Takes notice of secrets that the caller sends.
    pub(crate) fn overridden(&mut self, request: &Request) {
        for (name, value) in request.own_headers() {
            // A key of this kind only tells requests apart, and errors quote it.
            let is_telling = name.as_str().eq_ignore_ascii_case(request.operation.idempotency_key);
            if secret::is_named_by(name.as_str()) && !is_telling {
                let value = String::from_utf8_lossy(value.as_bytes());
                self.behind.extend(secret::in_header(&name, &value));
            }
        }
    }

    /// The same of what stands in the place of a credential, whatever it is called.
    pub(crate) fn overridden_schemes(&mut self, request: &Request, schemes: &[SecurityScheme]) {
        for scheme in schemes {
            match scheme.kind {
                SecurityKind::Header(name) => {
                    for (name, value) in request.in_header(name) {
                        let value = String::from_utf8_lossy(value.as_bytes());
                        self.behind.extend(secret::in_header(&name, &value));
                    }
                }
                SecurityKind::Query(name) => self.behind.extend(request.in_query(name).into_iter().map(Secret::new)),
                SecurityKind::Bearer
                | SecurityKind::Basic
                | SecurityKind::Http(_)
                | SecurityKind::Cookie(_)
                | SecurityKind::MutualTls => {}
            }
        }
    }

    /// The secrets that are sent, and those behind them.
    pub(crate) fn secrets(&self) -> impl Iterator<Item = Secret> {
        let behind = self.behind.iter();
        let behind = self.used.values().chain(behind);
        behind.cloned()
    }
}

impl Authorization {
    /// Whether the same secrets are sent.
    pub(crate) fn is_same_as(&self, other: &Self) -> bool {
        self.used == other.used
    }

    /// Whether a new token may help where the server refused this one.
    pub(crate) const fn can_refresh(&self) -> bool {
        self.can_refresh
    }

    pub(super) fn add(&mut self, kind: SecurityKind, secret: &Secret) -> Result<(), BoxError> {
        let secret = secret.expose();
        match kind {
            SecurityKind::Bearer => self.header(AUTHORIZATION, &format!("Bearer {secret}")),
            SecurityKind::Basic => self.header(AUTHORIZATION, &format!("Basic {secret}")),
            SecurityKind::Http(scheme) => self.header(AUTHORIZATION, &format!("{scheme} {secret}")),
            SecurityKind::Header(name) => self.header(HeaderName::from_bytes(name.as_bytes())?, secret),
            SecurityKind::Cookie(name) => self.header(COOKIE, &format!("{name}={}", escaped(secret))),
            SecurityKind::Query(name) => {
                self.query.push(format!("{}={}", escaped(name), escaped(secret)));
                Ok(())
            }
            SecurityKind::MutualTls => Err("a certificate is shown when the client connects, and not sent".into()),
        }
    }

    fn header(&mut self, name: HeaderName, text: &str) -> Result<(), BoxError> {
        // The library's own error is as silent about the value; this one says whose fault it is.
        let mut value =
            HeaderValue::from_str(text).map_err(|_| "a credential has characters that no header may have")?;
        value.set_sensitive(true);
        self.headers.append(name, value);
        Ok(())
    }
}
