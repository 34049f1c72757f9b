//! Types that are one of several: arms and a value in, the arm that it is out, and back without a loss.

#[cfg(part = "unions")]
pub mod arm;
#[cfg(part = "conversions")]
pub mod from_arms;
#[cfg(part = "unions")]
pub mod looks;
#[cfg(part = "unions")]
pub mod loss;
#[cfg(part = "unions")]
pub mod parts;
#[cfg(part = "unions")]
pub mod tag;
#[cfg(part = "unions")]
pub mod trail;
#[cfg(part = "unions")]
pub mod tree;
#[cfg(part = "unions")]
pub mod union;
#[cfg(part = "unions")]
pub mod union_writer;
