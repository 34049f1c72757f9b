//! Random input that is the same each time.

use proptest::{
    collection::{SizeRange, vec},
    prelude::*,
    sample::{Index, select},
    test_runner::{RngAlgorithm, TestRng, TestRunner},
};

/// Runs `holds` with so many of the values; what breaks it is made smaller so many times.
///
/// # Panics
///
/// When it does for one of them.
pub(crate) fn sample<S: Strategy>(cases: u32, smaller: u32, strategy: &S, holds: impl Fn(S::Value)) {
    let config = ProptestConfig {
        cases,
        failure_persistence: None,
        max_shrink_iters: smaller,
        ..ProptestConfig::default()
    };
    let mut runner = TestRunner::new_with_rng(config, TestRng::deterministic_rng(RngAlgorithm::ChaCha));
    let outcome = runner.run(strategy, |value| {
        holds(value);
        Ok(())
    });
    outcome.unwrap_or_else(|error| panic!("{error}"));
}

/// The texts with something else at some places, one of the `pieces` or any bytes, or only what stands before.
pub(crate) fn damaged(
    texts: Vec<Vec<u8>>,
    pieces: &'static [&'static [u8]],
    places: impl Into<SizeRange>,
) -> impl Strategy<Value = Vec<u8>> {
    let piece = select(pieces).prop_map(<[u8]>::to_vec);
    let other = prop_oneof![1 => vec(any::<u8>(), 0..8), 2 => piece];
    let damages = vec((any::<Index>(), other, any::<bool>()), places);
    (select(texts), damages).prop_map(|(mut text, damages)| {
        for (place, other, ends) in damages {
            let place = place.index(text.len());
            let end = if ends { text.len() } else { place + 1 };
            text.splice(place..end, other);
            text.resize(text.len().max(1), 0);
        }
        text
    })
}
