//! JSON texts one after the other, sent or received: what tells one from the next.

/// What an item of a sequence begins with.
pub(crate) const RECORD: u8 = 0x1E;

/// How items are told apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Framing {
    Lines,
    Sequence,
}
