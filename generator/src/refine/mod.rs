//! [`Api`] in, [`Api`] out: a table of passes, each of which answers one question.

use crate::{Config, diagnostics::Diagnostics, ir::Api};

/// Runs every pass.
pub fn refine(api: Api, config: &Config, diagnostics: &mut Diagnostics) -> Api {
    let _ = (config, diagnostics);
    api
}
