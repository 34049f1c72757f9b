//! [`Api`] in, [`Names`] out: every Rust identifier, decided once.

use crate::{Config, ir::Api};

/// Every Rust identifier of the output.
#[derive(Debug)]
pub struct Names {}

/// Decides every name.
pub fn name(api: &Api, config: &Config) -> Names {
    let _ = (api, config);
    Names {}
}
