//! What is asked for lies elsewhere: a request and an answer that says where in, the request for it there out.

use bytes::Bytes;
use http::header::{ACCEPT, CONTENT_LENGTH, CONTENT_TYPE, HeaderMap, IF_RANGE, LOCATION, RANGE, USER_AGENT};
use http::{Method, StatusCode, Uri};
use url::Url;

use crate::runtime::calls::ended::Failed;
use crate::runtime::calls::error::{Kind, Outcome, Unreadable};
use crate::runtime::calls::outcome::Verdict;
use crate::runtime::network::transport::{Transport, TransportError};
use crate::runtime::received::reading::Streaming;
use crate::runtime::received::stream::ByteStream;
use crate::runtime::sent::body::Body;
use crate::runtime::shown::outside::BoxError;
use crate::runtime::shown::secret::Secrets;

/// How many answers may say so, one after the other.
const MOST: u32 = 5;

/// Goes where answers lead that lie elsewhere, to the one that is there.
pub(crate) async fn follow(
    transport: &dyn Transport,
    mut answer: http::Response<ByteStream>,
    mut followed: Option<&mut Followed>,
    arrival: impl Fn(StatusCode) -> Option<Streaming>,
    failed: impl Fn(TransportError) -> Failed,
) -> Result<http::Response<ByteStream>, Failed> {
    loop {
        let next = followed
            .as_mut()
            .filter(|_| arrival(answer.status()).is_some())
            .and_then(|followed| followed.next(answer.status(), answer.headers()));
        match next {
            None => return Ok(answer),
            Some(Ok(next)) => answer = transport.send(next).await.map_err(&failed)?,
            Some(Err(source)) => {
                let (status, headers) = (answer.status(), answer.headers().clone());
                let verdict = Verdict::lasting(Outcome::Unknown);
                return Err(unreadable(status, headers, Bytes::new(), source, verdict));
            }
        }
    }
}

/// What somebody else refuses says nothing about the API: neither its errors nor its limits.
pub(crate) fn refused(host: &str, status: StatusCode, headers: HeaderMap, raw: Bytes) -> Failed {
    let passes = status.is_server_error() || status == StatusCode::TOO_MANY_REQUESTS;
    let verdict = if passes {
        Verdict::passing(Outcome::Unknown)
    } else {
        Verdict::lasting(Outcome::Unknown)
    };
    let source = format!("it is {host}, where the answer is said to lie").into();
    unreadable(status, headers, raw, source, verdict)
}

fn unreadable(status: StatusCode, headers: HeaderMap, raw: Bytes, source: BoxError, verdict: Verdict) -> Failed {
    let unreadable = Unreadable {
        status,
        headers,
        raw,
        source,
        secrets: Secrets::NONE,
    };
    Failed::untyped(Kind::Unreadable(unreadable), verdict)
}

/// A request whose answer is followed to where it lies.
pub(crate) struct Followed {
    uri: Uri,
    headers: HeaderMap,
    times: u32,
    /// The host that is asked, where it is another than the first.
    stranger: Option<String>,
    /// What a stand-in knows the request by.
    #[cfg(all(part = "mock", feature = "mock"))]
    extensions: http::Extensions,
}

impl Followed {
    /// What of a request is needed to follow its answer: reading alone is repeated elsewhere.
    pub(crate) fn of(message: &http::Request<Option<Body>>) -> Option<Self> {
        (message.method() == Method::GET).then(|| Self {
            uri: message.uri().clone(),
            headers: message.headers().clone(),
            times: 0,
            stranger: None,
            #[cfg(all(part = "mock", feature = "mock"))]
            extensions: message.extensions().clone(),
        })
    }

    /// The next request, where an answer leads to one.
    ///
    /// Another origin gets no credentials, and nothing of the caller's but which part is wanted.
    ///
    /// # Errors
    ///
    /// When the answer leads to no URL, or there were too many of its kind.
    pub(crate) fn next(
        &mut self,
        status: StatusCode,
        headers: &HeaderMap,
    ) -> Option<Result<http::Request<Option<Body>>, BoxError>> {
        let leads = matches!(status.as_u16(), 301 | 302 | 303 | 307 | 308);
        let location = headers.get(LOCATION).filter(|_| leads)?;
        let place = std::str::from_utf8(location.as_bytes()).map_err(BoxError::from);
        Some(place.and_then(|place| self.to(place)))
    }

    /// The host that is asked now, where it is another than that of the API.
    pub(crate) fn stranger(&self) -> Option<&str> {
        self.stranger.as_deref()
    }

    fn to(&mut self, place: &str) -> Result<http::Request<Option<Body>>, BoxError> {
        self.times += 1;
        if self.times > MOST {
            return Err(format!("the answer lies elsewhere, and there elsewhere again, {MOST} times").into());
        }
        let here = Url::parse(&self.uri.to_string())?;
        let mut there = here
            .join(place)
            .map_err(|_| "the answer lies at a place that is no URL")?;
        there.set_fragment(None);
        if there.scheme() != "https" && there.scheme() != here.scheme() {
            return Err("the answer lies at a place that is not under `https`".into());
        }
        self.headers.remove(ACCEPT);
        self.headers.remove(CONTENT_TYPE);
        self.headers.remove(CONTENT_LENGTH);
        if there.origin() != here.origin() {
            let known = [USER_AGENT, RANGE, IF_RANGE];
            let mut headers = HeaderMap::new();
            for (name, value) in known.iter().filter_map(|name| Some((name, self.headers.get(name)?))) {
                headers.insert(name, value.clone());
            }
            self.headers = headers;
            self.stranger = there.host_str().map(str::to_owned);
        }
        self.uri = Uri::try_from(String::from(there)).map_err(|_| "the answer lies at a place that is no URL")?;
        let mut message = http::Request::new(None);
        *message.uri_mut() = self.uri.clone();
        *message.headers_mut() = self.headers.clone();
        #[cfg(all(part = "mock", feature = "mock"))]
        message.extensions_mut().clone_from(&self.extensions);
        Ok(message)
    }
}
