//! Bytes in, text out.

use crate::{
    diagnostics::{Code, Diagnostic, Location, Refusal},
    ir::Pointer,
};

/// Decodes UTF-8, with or without a byte order mark.
pub(super) fn decode(bytes: &[u8]) -> Result<String, Refusal> {
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    std::str::from_utf8(bytes).map(str::to_owned).map_err(|error| {
        let valid = String::from_utf8_lossy(bytes.get(..error.valid_up_to()).unwrap_or_default());
        let line = valid.matches('\n').count() + 1;
        let column = valid.rsplit('\n').next().map_or(1, |last| last.chars().count() + 1);
        Refusal {
            problems: vec![Diagnostic {
                code: Code::Syntax,
                pointer: Pointer::root(),
                message: "this is not UTF-8 text".to_owned(),
                hint: None,
                location: Some(Location { line, column }),
            }],
        }
    })
}
