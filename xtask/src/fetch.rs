//! An address in, the bytes that are there out: by https only, wherever it leads, and no more of them than a description has.

use std::{
    io::{self, Read},
    time::Duration,
};

use ureq::{
    Agent,
    tls::{RootCerts, TlsConfig},
};
use url::Url;

use crate::exit::{Exit, Failure};

/// How many bytes are taken.
pub(crate) const MOST: u64 = 64 * 1024 * 1024;

/// How long it may take until all of them are there.
const PATIENCE: Duration = Duration::from_mins(2);

/// How often one address leads to another.
const REDIRECTIONS: usize = 5;

/// Something that is asked for what is at an address.
pub(crate) trait Web {
    /// One answer, wherever it leads.
    fn get(&self, url: &Url) -> Result<Answer, String>;
}

/// What is at an address.
pub(crate) struct Answer {
    pub(crate) status: u16,
    /// Where it leads.
    pub(crate) location: Option<String>,
    pub(crate) body: Box<dyn Read>,
}

/// What is at `address`, over `web`.
pub(crate) fn fetch(address: &str, web: &dyn Web) -> Result<Vec<u8>, Failure> {
    let refused = |why: String| Failure {
        exit: Exit::Refused,
        message: format!("cannot fetch `{address}`: {why}"),
    };
    let mut url = Url::parse(address).map_err(|error| refused(error.to_string()))?;
    for _ in 0..=REDIRECTIONS {
        if url.scheme() != "https" {
            return Err(refused(format!("it leads to `{url}`, which is not https")));
        }
        let Answer { status, location, body } = web.get(&url).map_err(&refused)?;
        match (status, location) {
            (200, _) => return read(body).map_err(refused),
            (301 | 302 | 303 | 307 | 308, Some(location)) => {
                url = url.join(&location).map_err(|error| refused(error.to_string()))?;
            }
            (status, _) => return Err(refused(format!("the answer has the status {status}"))),
        }
    }
    Err(refused(format!("it leads on more than {REDIRECTIONS} times")))
}

fn read(body: impl Read) -> Result<Vec<u8>, String> {
    let mut bytes = Vec::new();
    let read = body.take(MOST + 1).read_to_end(&mut bytes);
    read.map_err(|error: io::Error| error.to_string())?;
    if u64::try_from(bytes.len()).is_ok_and(|length| length <= MOST) {
        Ok(bytes)
    } else {
        Err(format!("it is larger than {} MiB", MOST / 1024 / 1024))
    }
}

/// The network.
pub(crate) struct Network(Agent);

impl Network {
    pub(crate) fn new() -> Self {
        let agent = Agent::config_builder()
            .https_only(true)
            .max_redirects(0)
            .http_status_as_error(false)
            .timeout_global(Some(PATIENCE))
            .user_agent(concat!("openapi-crate/", env!("CARGO_PKG_VERSION")))
            .tls_config(TlsConfig::builder().root_certs(RootCerts::PlatformVerifier).build())
            .build();
        Self(agent.into())
    }
}

impl Web for Network {
    fn get(&self, url: &Url) -> Result<Answer, String> {
        let answer = self.0.get(url.as_str()).call().map_err(|error| error.to_string())?;
        let location = answer.headers().get("location");
        Ok(Answer {
            status: answer.status().as_u16(),
            location: location.and_then(|value| value.to_str().ok()).map(str::to_owned),
            body: Box::new(answer.into_body().into_reader()),
        })
    }
}

#[cfg(test)]
mod tests {
    use std::io;

    use super::{Answer, MOST, Network, Url, Web, fetch};

    /// A web of four addresses, and of one that leads to itself.
    struct Few;

    impl Web for Few {
        fn get(&self, url: &Url) -> Result<Answer, String> {
            let leads = |status, location: &str| Answer {
                status,
                location: Some(location.to_owned()),
                body: Box::new(io::empty()),
            };
            let body = |body| Answer {
                status: 200,
                location: None,
                body,
            };
            Ok(match url.as_str() {
                "https://vendor.test/api" => leads(302, "/v1/pets.yaml"),
                "https://vendor.test/v1/pets.yaml" => body(Box::new(&b"openapi: 3.1.0"[..])),
                "https://vendor.test/plain" => leads(301, "http://vendor.test/v1/pets.yaml"),
                "https://vendor.test/file" => leads(307, "file:///etc/passwd"),
                "https://vendor.test/circle" => leads(308, "circle"),
                "https://vendor.test/endless" => body(Box::new(io::repeat(b' '))),
                "https://vendor.test/most" => body(Box::new(io::Read::take(io::repeat(b' '), MOST))),
                _ => Answer {
                    status: 404,
                    location: None,
                    body: Box::new(io::empty()),
                },
            })
        }
    }

    fn said(address: &str, web: &dyn Web) -> String {
        match fetch(address, web) {
            Ok(bytes) => format!("{} bytes", bytes.len()),
            Err(failure) => failure.message,
        }
    }

    #[test]
    fn nothing_is_fetched_but_what_may_be() {
        let at = |path: &str| said(&format!("https://vendor.test/{path}"), &Few);
        assert_eq!(at("api"), "14 bytes");
        assert_eq!(at("most"), format!("{MOST} bytes"));
        let mut refused = String::new();
        for path in ["plain", "file", "circle", "endless", "missing"] {
            refused.push_str(&at(path));
            refused.push('\n');
        }
        assert_eq!(
            refused,
            "cannot fetch `https://vendor.test/plain`: it leads to `http://vendor.test/v1/pets.yaml`, which is not https\n\
             cannot fetch `https://vendor.test/file`: it leads to `file:///etc/passwd`, which is not https\n\
             cannot fetch `https://vendor.test/circle`: it leads on more than 5 times\n\
             cannot fetch `https://vendor.test/endless`: it is larger than 64 MiB\n\
             cannot fetch `https://vendor.test/missing`: the answer has the status 404\n"
        );
        assert!(said("http://vendor.test/api", &Few).ends_with("which is not https"));
    }

    #[test]
    fn the_network_is_asked_by_https_only() {
        let url = Url::parse("http://127.0.0.1:9/").expect("it is a URL");
        let Err(error) = Network::new().get(&url) else {
            panic!("it was asked");
        };
        assert!(error.contains("https"), "{error}");
    }
}
