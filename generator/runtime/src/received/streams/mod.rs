//! Answers that go on: bytes in, events and items out, each as soon as it is there.

#[cfg(any(part = "events", part = "items"))]
pub mod decode;
#[cfg(part = "events")]
pub mod event;
#[cfg(part = "events")]
pub mod event_data;
#[cfg(part = "events")]
pub mod event_id;
#[cfg(part = "events")]
pub mod event_parser;
#[cfg(any(part = "items", part = "item_uploads"))]
pub mod framing;
#[cfg(part = "items")]
pub mod items;
#[cfg(part = "events")]
pub mod reconnect;
