//! Decoders of answers that go on: an answer in, the stream of what it is made of out.

use serde::de::DeserializeOwned;

use crate::runtime::received::decode::{DecodeError, LONGEST, uncoded};
use crate::runtime::received::media::{self, Kind};
use crate::runtime::received::response::Response;
use crate::runtime::received::stream::ByteStream;
#[cfg(part = "events")]
use crate::runtime::received::streams::event::EventStream;
#[cfg(part = "events")]
use crate::runtime::received::streams::event_data::EventData;
#[cfg(part = "items")]
use crate::runtime::received::streams::framing::Framing;
#[cfg(part = "items")]
use crate::runtime::received::streams::items::ItemStream;
use crate::runtime::shown::excerpt::Shown;

/// Server-sent events, each with a JSON text as its data. The stream fails when the server sends nothing, not even a
/// comment, for too long ([`idle_timeout`](crate::runtime::calls::any_call::AnyCall::idle_timeout)).
///
/// # Errors
///
/// When the answer is said to be something else (`Content-Type`), or is coded (`Content-Encoding`). An event that does not fit
/// is an error of the stream.
#[cfg(part = "events")]
pub fn events<T: DeserializeOwned>(response: Response) -> Result<EventStream<T>, DecodeError> {
    let secrets = response.secrets().clone();
    Ok(EventStream::guarded(framed(response, Kind::Events)?, secrets))
}

/// Server-sent events whose data depends on their kind; otherwise as [`events`].
///
/// # Errors
///
/// When the answer is said to be something else (`Content-Type`), or is coded (`Content-Encoding`). An event that does not fit
/// is an error of the stream.
#[cfg(part = "events")]
pub fn events_by_kind<T: EventData>(response: Response) -> Result<EventStream<T>, DecodeError> {
    let secrets = response.secrets().clone();
    Ok(EventStream::guarded_by_kind(framed(response, Kind::Events)?, secrets))
}

/// Items, a JSON text on a line each. The stream fails when the server sends nothing for too long
/// ([`idle_timeout`](crate::runtime::calls::any_call::AnyCall::idle_timeout)).
///
/// # Errors
///
/// When the answer is said to be something else (`Content-Type`) that is neither text nor bytes, or is coded
/// (`Content-Encoding`). An item that does not fit is an error of the stream.
#[cfg(part = "items")]
pub fn lines<T: DeserializeOwned>(response: Response) -> Result<ItemStream<T>, DecodeError> {
    let secrets = response.secrets().clone();
    let bytes = framed(response, Kind::Lines)?;
    Ok(ItemStream::new(bytes, Framing::Lines, secrets))
}

/// The same, for items that begin with a record separator (RFC 7464).
///
/// # Errors
///
/// When the answer is said to be something else (`Content-Type`) that is neither text nor bytes, or is coded
/// (`Content-Encoding`). An item that does not fit is an error of the stream.
#[cfg(part = "items")]
pub fn sequence<T: DeserializeOwned>(response: Response) -> Result<ItemStream<T>, DecodeError> {
    let secrets = response.secrets().clone();
    let bytes = framed(response, Kind::Sequence)?;
    Ok(ItemStream::new(bytes, Framing::Sequence, secrets))
}

/// The bytes of a stream of this kind.
fn framed(response: Response, kind: Kind) -> Result<ByteStream, DecodeError> {
    uncoded(&response, "")?;
    let Some(came) = media::foreign(response.headers(), kind) else {
        return Ok(response.into_stream());
    };
    let came = Shown::new(&came, response.secrets()).at_most(LONGEST).to_string();
    let asked = match kind {
        #[cfg(part = "events")]
        Kind::Events => "server-sent events are",
        #[cfg(part = "items")]
        Kind::Lines => "JSON texts on a line each are",
        #[cfg(part = "items")]
        Kind::Sequence => "a sequence of JSON texts is",
    };
    let message = format!("it is `{came}`, where {asked} expected");
    Err(DecodeError::new(message, response.secrets()))
}
