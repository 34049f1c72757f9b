//! Items in, what came of each out, with every core at work.
//!
//! Not through `rayon`: whoever waits for the generator's pool there takes the next item on top of the one it is at, and so
//! comes to the end of its stack.

use std::{
    sync::atomic::{AtomicUsize, Ordering},
    thread,
};

/// What `work` makes of each of the `items`, in their order.
pub(crate) fn side_by_side<T: Sync, R: Send>(items: &[T], work: impl Fn(&T) -> R + Sync) -> Vec<R> {
    let next = AtomicUsize::new(0);
    let take = || {
        let mut done = Vec::new();
        loop {
            let position = next.fetch_add(1, Ordering::Relaxed);
            let Some(item) = items.get(position) else {
                return done;
            };
            done.push((position, work(item)));
        }
    };
    let cores = thread::available_parallelism().map_or(1, usize::from);
    let mut done: Vec<_> = thread::scope(|scope| {
        let threads: Vec<_> = (0..cores).map(|_| scope.spawn(take)).collect();
        let results = threads.into_iter().map(thread::ScopedJoinHandle::join);
        let results = results.map(|result| result.unwrap_or_else(|panic| std::panic::resume_unwind(panic)));
        results.flatten().collect()
    });
    done.sort_by_key(|(position, _)| *position);
    done.into_iter().map(|(_, result)| result).collect()
}
