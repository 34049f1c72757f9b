//! Work in, its result out, done where the stack is deep enough for every document that is read, whoever calls.

use rayon::ThreadPoolBuilder;

/// A description of the permitted depth takes about 8 MiB in a build without optimisation, which is more than threads
/// have by default. What is not used is never mapped.
const BYTES: usize = 64 * 1024 * 1024;

/// Does `work`, and all that it does in parallel, on such stacks.
pub(crate) fn deep<T: Send>(work: impl Fn() -> T + Sync) -> T {
    let pool = |threads| ThreadPoolBuilder::new().stack_size(BYTES).num_threads(threads).build();
    // Where memory is short, one thread of its own is still to be had before none is.
    match pool(0).or_else(|_| pool(1)) {
        Ok(pool) => pool.install(&work),
        // The caller's stack is enough for all but the deepest.
        Err(_) => work(),
    }
}
