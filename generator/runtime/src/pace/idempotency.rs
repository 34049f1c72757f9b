//! Keys by which a server knows a repeated request: random numbers in, a key out.

use uuid::Builder;

use crate::runtime::pace::clock::Clock;

/// A key for one call: a random UUID.
pub(crate) fn key(clock: &dyn Clock) -> String {
    let mut bytes = [0; 16];
    for piece in bytes.chunks_mut(4) {
        // The upper bits of a fraction: as many as the clock of the system has.
        let bits = (1.0 + clock.random().clamp(0.0, 1.0)).to_bits() << 12;
        piece.copy_from_slice(&bits.to_be_bytes()[..4]);
    }
    Builder::from_random_bytes(bytes).into_uuid().to_string()
}
