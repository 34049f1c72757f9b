// @generated from an OpenAPI description: the runtime, the same for every API.

//! A character in, whether a line of text can show it out.

/// Whether a character can end a line, move the cursor, or make a line read as another.
pub(crate) fn is_misleading(char: char) -> bool {
    char.is_control()
        || matches!(char,
            '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}
