//! The request as it goes to the transport: servers, a request and credentials in, one message out that goes nowhere
//! else.

use http::header::{ACCEPT, CONTENT_LENGTH, CONTENT_TYPE, COOKIE, HeaderMap, HeaderValue, USER_AGENT};
use http::{Method, Uri};
use url::Url;

use crate::runtime::auth::authorization::Authorization;
use crate::runtime::calls::operation::Api;
use crate::runtime::calls::request::{self, Request};
use crate::runtime::client::server::{Base, Servers};
use crate::runtime::sent::body::Body;
use crate::runtime::shown::outside::BoxError;
#[cfg(all(part = "mock", feature = "mock"))]
use crate::runtime::shown::secret::Secrets;

/// Puts a message together.
pub(crate) fn build(
    servers: &Servers,
    api: &Api,
    request: &Request,
    authorization: &Authorization,
) -> Result<http::Request<Option<Body>>, BoxError> {
    let mut message = http::Request::new(request.body.clone());
    *message.method_mut() = Method::from_bytes(request.operation.method.as_str().as_bytes())?;
    #[cfg(part = "pages")]
    if request.link.is_some() {
        *message.method_mut() = Method::GET;
    }
    *message.uri_mut() = target(&*servers.of(request.operation)?, request, &authorization.query)?;
    *message.headers_mut() = headers(api, request, authorization)?;
    #[cfg(all(part = "mock", feature = "mock"))]
    {
        message.extensions_mut().insert(request.operation);
        message
            .extensions_mut()
            .insert(authorization.secrets().collect::<Secrets>());
    }
    declare_empty(&mut message);
    Ok(message)
}

/// Says that there is no body. Servers answer 411 where a method that goes with one has none and does not say so.
pub(crate) fn declare_empty(message: &mut http::Request<Option<Body>>) {
    let is_empty = message.body().as_ref().is_none_or(|body| body.length() == Some(0));
    let method = message.method().as_str();
    if is_empty && ["POST", "PUT", "PATCH", "QUERY"].contains(&method) {
        message
            .headers_mut()
            .insert(CONTENT_LENGTH, HeaderValue::from_static("0"));
    }
}

fn target(base: &Base, request: &Request, credentials: &[String]) -> Result<Uri, BoxError> {
    #[cfg(part = "pages")]
    if let Some(link) = &request.link {
        return linked(base, link, credentials);
    }
    let path = format!("{}{}", base.path, request.arguments.path(request.operation.path)?);
    let mut target = format!("{}{path}", base.origin.ascii_serialization());
    let query = request.arguments.query();
    let extras: Vec<String> = request.extras.written().collect();
    let pieces = query.iter().chain(&extras).chain(credentials).map(String::as_str);
    for (piece, mark) in pieces.zip(std::iter::once('?').chain(std::iter::repeat('&'))) {
        target.push(mark);
        target.push_str(piece);
    }
    // What a URL parser makes of the text must be what was written: nothing may retarget the request.
    let parsed = Url::parse(&target).map_err(|_| "the URL of the request is none")?;
    if parsed.origin() != base.origin || parsed.path() != path || parsed.fragment().is_some() {
        return Err("the parameters would send the request to another place".into());
    }
    let length = parsed.as_str().len();
    Uri::try_from(String::from(parsed))
        .map_err(|error| format!("the URL of the request has {length} bytes and cannot be sent: {error}").into())
}

/// The same for a link that is followed.
#[cfg(part = "pages")]
fn linked(base: &Base, link: &Url, credentials: &[String]) -> Result<Uri, BoxError> {
    if link.origin() != base.origin {
        return Err("the link would send the request to another place".into());
    }
    let mut link = link.clone();
    let pieces = link.query().into_iter().chain(credentials.iter().map(String::as_str));
    let query = pieces.collect::<Vec<_>>().join("&");
    if !query.is_empty() {
        link.set_query(Some(&query));
    }
    Ok(Uri::try_from(String::from(link))?)
}

fn headers(api: &Api, request: &Request, authorization: &Authorization) -> Result<HeaderMap, BoxError> {
    let mut headers = HeaderMap::new();
    headers.insert(USER_AGENT, HeaderValue::from_str(api.user_agent)?);
    if !request.reading.accept.is_empty() {
        headers.insert(ACCEPT, HeaderValue::from_str(request.reading.accept)?);
    }
    if let Some(body) = &request.body {
        headers.insert(CONTENT_TYPE, body.content_type().clone());
    }
    for (name, mut value) in request.arguments.headers() {
        request::may_be_set(&name)?;
        value.set_sensitive(true);
        headers.insert(name, value);
    }
    for (name, value) in &authorization.headers {
        if name != COOKIE {
            headers.insert(name, value.clone());
        }
    }
    // What the caller says for this call goes before what holds for all.
    for (name, value) in &request.headers {
        headers.insert(name, value.clone());
    }
    let mut cookies: Vec<_> = request.arguments.cookies().into_iter().collect();
    for value in authorization.headers.get_all(COOKIE).iter().chain(headers.get(COOKIE)) {
        cookies.push(value.to_str()?.to_owned());
    }
    if !cookies.is_empty() {
        let mut value = HeaderValue::try_from(cookies.join("; "))?;
        value.set_sensitive(true);
        headers.insert(COOKIE, value);
    }
    Ok(headers)
}
