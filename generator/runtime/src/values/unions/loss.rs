//! What is lost of a value that is decoded into a type: notes of decoders in, the worst of them out.
//!
//! A union takes an arm only if the value would be written back the same. That is not found out by writing it, which would
//! compile the encoder of every type that is only received, but from what its decoder passes over.

use std::cell::Cell;

/// How a value would differ if it was written back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Loss {
    /// Not at all.
    Nothing,
    /// The same is written in another way: a date in another zone, a `null` not at all.
    Form,
    /// A member or a digit would be missing.
    Part,
}

/// What became of a value.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Decoded {
    pub(crate) loss: Loss,
    /// How many members of objects in it the type has no name for.
    pub(crate) unnamed: usize,
    /// How many members of objects in it the type says there are not.
    pub(crate) denied: usize,
    /// How much in it is of no variant that unions and enums know.
    pub(crate) unknown: usize,
}

impl Decoded {
    /// The same where a tag, or that nothing else is of its kind, has told what the value is, whatever else comes along.
    pub(crate) fn told(self) -> Self {
        Self { denied: 0, ..self }
    }

    /// Whether nothing is missing of the value, and nothing there that should not be.
    pub(crate) fn is_whole(self) -> bool {
        self.loss < Loss::Part && self.denied == 0
    }
}

const NOTHING: Decoded = Decoded {
    loss: Loss::Nothing,
    unnamed: 0,
    denied: 0,
    unknown: 0,
};

thread_local! {
    /// The address of a value that is written again by somebody else, so that it may be passed over; zero for none.
    static WRITTEN: Cell<usize> = const { Cell::new(0) };
    static SO_FAR: Cell<Decoded> = const { Cell::new(NOTHING) };
}

/// Decodes something in which `written` may be passed over.
pub(crate) fn apart_from<W, T>(written: Option<&W>, decode: impl FnOnce() -> T) -> T {
    let before = WRITTEN.replace(written.map_or(0, |written| std::ptr::from_ref(written).addr()));
    let value = decode();
    WRITTEN.set(before);
    value
}

/// The address of the value that may be passed over.
pub(crate) fn written() -> usize {
    WRITTEN.get()
}

/// Whether a value may be passed over.
pub(crate) fn is_written<W>(value: &W) -> bool {
    WRITTEN.get() == std::ptr::from_ref(value).addr()
}

/// Notes that a value was passed over.
pub(crate) fn note_passed_over<W>(value: &W) {
    if !is_written(value) {
        note(Loss::Part);
    }
}

/// Notes a loss.
pub(crate) fn note(loss: Loss) {
    let so_far = SO_FAR.get();
    if loss > so_far.loss {
        SO_FAR.set(Decoded { loss, ..so_far });
    }
}

/// Notes a member that the type at hand has no name for, and keeps.
pub(crate) fn note_unnamed() {
    let so_far = SO_FAR.get();
    SO_FAR.set(Decoded {
        unnamed: so_far.unnamed.saturating_add(1),
        ..so_far
    });
}

/// Notes a member that the type at hand says there is not, and keeps.
#[cfg(part = "denied")]
pub(crate) fn note_denied() {
    let so_far = SO_FAR.get();
    SO_FAR.set(Decoded {
        denied: so_far.denied.saturating_add(1),
        ..so_far
    });
}

/// Notes something that is of no known variant, with how much it is.
pub(crate) fn note_unknown(values: usize) {
    let so_far = SO_FAR.get();
    SO_FAR.set(Decoded {
        unknown: so_far.unknown.saturating_add(values),
        ..so_far
    });
}

/// Notes what became of a part.
pub(crate) fn note_part(part: Decoded) {
    let so_far = SO_FAR.get();
    SO_FAR.set(Decoded {
        loss: so_far.loss.max(part.loss),
        unnamed: so_far.unnamed.saturating_add(part.unnamed),
        denied: so_far.denied.saturating_add(part.denied),
        unknown: so_far.unknown.saturating_add(part.unknown),
    });
}

/// Decodes something, and says what was noted of it.
pub(crate) fn of<T>(decode: impl FnOnce() -> T) -> (T, Decoded) {
    let before = SO_FAR.replace(NOTHING);
    let value = decode();
    (value, SO_FAR.replace(before))
}
