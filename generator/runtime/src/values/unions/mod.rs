//! Types that are one of several: arms and a value in, the arm that it is out, and back without a loss.

pub mod arm;
pub mod from_arms;
pub mod looks;
pub mod loss;
pub mod parts;
pub mod tag;
pub mod trail;
pub mod tree;
pub mod union;
pub mod union_writer;
