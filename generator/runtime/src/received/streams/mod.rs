//! Answers that go on: bytes in, events and items out, each as soon as it is there.

pub mod event;
pub mod event_data;
pub mod event_id;
pub mod event_parser;
pub mod items;
pub mod reconnect;
