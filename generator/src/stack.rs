//! Work in, its result out, done where the stack is deep enough for every document that is read, whoever calls.

use rayon::ThreadPoolBuilder;

/// A description of the permitted depth takes about 8 MiB in a build without optimisation, which is more than threads
/// have by default. What is not used is never mapped.
const BYTES: usize = 64 * 1024 * 1024;

/// Does `work`, and all that it does in parallel, on such stacks.
pub(crate) fn deep<T: Send>(work: impl Fn() -> T + Sync) -> T {
    match ThreadPoolBuilder::new().stack_size(BYTES).build() {
        Ok(pool) => pool.install(&work),
        // No threads to be had: the caller's stack is enough for all but the deepest.
        Err(_) => work(),
    }
}
