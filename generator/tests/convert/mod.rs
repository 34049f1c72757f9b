//! A document in OpenAPI 3.0 in, the same one written in another version out.
//!
//! Written apart from the generator, by what the specifications say, so that the two can be held against each other.

mod forms;
mod sayable;
mod to_2_0;
mod to_3_1;
mod walk;

pub(crate) use self::{sayable::sayable_in_2_0, to_2_0::to_2_0, to_3_1::to_3_1};
