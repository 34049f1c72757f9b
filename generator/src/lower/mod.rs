//! OpenAPI in, [`Api`] out. After this stage nobody knows what OpenAPI is.

use crate::{
    Config,
    diagnostics::{Diagnostics, Refusal},
    ir::Api,
    load::Document,
};

/// Understands `document`.
pub fn lower(document: &Document, config: &Config, diagnostics: &mut Diagnostics) -> Result<Api, Refusal> {
    let _ = (document, config, diagnostics);
    unreachable!("not built yet")
}
