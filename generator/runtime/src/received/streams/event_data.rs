//! Data of events that is of another type for each kind of event: an event as it came in, a value out.

use serde::de::DeserializeOwned;
use serde::de::value::{Error as PlainError, StrDeserializer};

use crate::runtime::received::decode::DecodeError;
use crate::runtime::received::streams::event::Event;
use crate::runtime::shown::secret::Secrets;
use crate::runtime::values::json;

/// The data by which many servers say that a stream of events has ended.
pub const DONE: &str = "[DONE]";

/// Data that knows which kind of event it is of.
pub trait EventData: Sized {
    /// The data of the event that ends a stream, and is none of it, where the description says no other.
    const END: Option<&'static str> = Some(DONE);

    /// The data of an event.
    ///
    /// # Errors
    ///
    /// When it is not what the description says of its kind.
    fn read(event: &EventText<'_>) -> Result<Self, DecodeError>;
}

/// An event whose data is still the text that came.
#[derive(Debug, Clone, Copy)]
pub struct EventText<'e> {
    event: &'e Event<String>,
    secrets: &'e Secrets,
}

impl<'e> EventText<'e> {
    pub(crate) const fn new(event: &'e Event<String>, secrets: &'e Secrets) -> Self {
        Self { event, secrets }
    }

    /// The kind of event; `message` where the server does not say.
    #[must_use]
    pub fn kind(&self) -> &'e str {
        &self.event.kind
    }

    /// Its data.
    #[must_use]
    pub fn text(&self) -> &'e str {
        &self.event.data
    }

    /// Its data as JSON; what is not JSON is a text, for a `T` that can be one.
    ///
    /// # Errors
    ///
    /// When it does not fit.
    pub fn json<T: DeserializeOwned>(&self) -> Result<T, DecodeError> {
        let text = self.text();
        json::from_str(text).or_else(|error| {
            let plain = T::deserialize(StrDeserializer::<PlainError>::new(text));
            plain.map_err(|_| DecodeError::json(text.as_bytes(), error, self.secrets))
        })
    }
}
