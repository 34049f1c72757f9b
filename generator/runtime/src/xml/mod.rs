//! XML in both directions: JSON values in, their text by a table of nodes out, and back.
//!
//! Models are types of JSON. What the description says of their writing in XML is a table beside them; by it a text becomes the
//! JSON that the model reads, and the JSON that it writes becomes a text.

pub mod element;
pub mod error;
pub mod node;
pub mod read;
pub mod write;
