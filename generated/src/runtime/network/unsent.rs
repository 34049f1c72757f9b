// @generated from an OpenAPI description: the runtime, the same for every API.

//! What an error proves: one of a connection in, whether the server has certainly not acted on the request out.

use std::error::Error;

/// Whether `error` says that the request was not begun to be sent, or that the server has not begun to process it.
pub(super) fn is_proven(error: &(dyn Error + 'static)) -> bool {
    let mut next = Some(error);
    while let Some(error) = next {
        if is_canceled(error) || is_unprocessed(error) {
            return true;
        }
        next = error.source();
    }
    false
}

/// `hyper` cancels a request only while it still has the whole of it: the connection broke before.
fn is_canceled(error: &(dyn Error + 'static)) -> bool {
    error
        .downcast_ref::<hyper::Error>()
        .is_some_and(hyper::Error::is_canceled)
}

/// HTTP/2 says what was not processed (RFC 9113, section 8.7): a stream that the server refuses, and those with a higher
/// number than the last one that a `GOAWAY` admits to. Only to those does `h2` give it as their error; streams below break
/// with the connection.
#[cfg(feature = "http2")]
fn is_unprocessed(error: &(dyn Error + 'static)) -> bool {
    error.downcast_ref::<h2::Error>().is_some_and(|error| {
        let is_refused = error.is_reset() && error.reason() == Some(h2::Reason::REFUSED_STREAM);
        error.is_remote() && (error.is_go_away() || is_refused)
    })
}

#[cfg(not(feature = "http2"))]
const fn is_unprocessed(_: &(dyn Error + 'static)) -> bool {
    false
}
