//! Texts in which anything may stand in some places: their pieces in, one text out that a file has, and back.
//!
//! A text may have the mark itself. Then a backslash stands before it, and those that stood there already are doubled.

/// What stands in the place of a secret.
pub(super) const HIDDEN: &str = "…";

/// One text of pieces, between which something is hidden.
pub(super) fn written(pieces: &[&[u8]]) -> Vec<u8> {
    let mut all = Vec::new();
    for (index, piece) in pieces.iter().enumerate() {
        if index > 0 {
            all.extend_from_slice(HIDDEN.as_bytes());
        }
        let mut rest = *piece;
        while let Some((before, behind)) = split(rest) {
            all.extend_from_slice(before);
            all.resize(all.len() + backslashes(before) + 1, b'\\');
            all.extend_from_slice(HIDDEN.as_bytes());
            rest = behind;
        }
        all.extend_from_slice(rest);
        if index + 1 < pieces.len() {
            all.resize(all.len() + backslashes(rest), b'\\');
        }
    }
    all
}

/// The pieces of such a text.
fn pieces(written: &[u8]) -> Vec<Vec<u8>> {
    let mut pieces = Vec::new();
    let mut piece = Vec::new();
    let mut rest = written;
    while let Some((before, behind)) = split(rest) {
        let count = backslashes(before);
        piece.extend_from_slice(before);
        piece.truncate(piece.len() - count.div_ceil(2));
        if count % 2 == 1 {
            piece.extend_from_slice(HIDDEN.as_bytes());
        } else {
            pieces.push(std::mem::take(&mut piece));
        }
        rest = behind;
    }
    piece.extend_from_slice(rest);
    pieces.push(piece);
    pieces
}

/// Such a text as it is said: with the mark in the place of what is hidden.
pub(super) fn said(written: &[u8]) -> Vec<u8> {
    pieces(written).join(HIDDEN.as_bytes())
}

/// The same of characters.
pub(super) fn said_text(written: &str) -> String {
    String::from_utf8_lossy(&said(written.as_bytes())).into_owned()
}

/// Whether a text is the one that was recorded.
pub(super) fn reads(recorded: &[u8], came: &[u8]) -> bool {
    if recorded == came {
        return true;
    }
    if split(recorded).is_none() {
        return false;
    }
    let (pieces, came) = (pieces(recorded), said(came));
    let [first, middle @ .., last] = pieces.as_slice() else {
        return pieces.concat() == came;
    };
    let came = came.strip_prefix(first.as_slice());
    let Some(mut came) = came.and_then(|came| came.strip_suffix(last.as_slice())) else {
        return false;
    };
    middle.iter().all(|piece| {
        let behind = find(came, piece).and_then(|at| came.get(at + piece.len()..));
        came = behind.unwrap_or_default();
        behind.is_some()
    })
}

/// Where `part` begins.
pub(super) fn find(text: &[u8], part: &[u8]) -> Option<usize> {
    match part {
        [] => Some(0),
        part => text.windows(part.len()).position(|window| window == part),
    }
}

/// What stands before the first mark, and behind it.
fn split(text: &[u8]) -> Option<(&[u8], &[u8])> {
    let at = find(text, HIDDEN.as_bytes())?;
    Some((text.get(..at)?, text.get(at + HIDDEN.len()..)?))
}

/// How many of them a text ends with.
fn backslashes(text: &[u8]) -> usize {
    text.iter().rev().take_while(|byte| **byte == b'\\').count()
}
