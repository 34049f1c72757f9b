//! `openapi-crate`: a client crate from any OpenAPI document, in anybody's folder.

use std::process::ExitCode;

fn main() -> ExitCode {
    xtask::openapi_crate()
}
