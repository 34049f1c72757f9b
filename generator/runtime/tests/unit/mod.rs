//! Tests of the runtime's parts, compiled into it so that they see what a generated crate sees.

#![expect(unreachable_pub, reason = "the macros write the methods of public types")]

mod model;
mod open_enum;
mod parameter;
mod union;
