//! Calls to the real API in, a file of them that a person can read out; and the other way round, the file in, its answers
//! out.

pub mod recorder;
pub mod replay;

mod content;
mod difference;
mod exchange;
mod hiding;
mod names;
mod pattern;
mod pretty;
mod splice;
