//! Time that passes only while nothing else happens: a test goes in, and runs with real sockets in virtual time.
//!
//! Tokio's paused clock jumps to the next timer whenever no task is ready, and bytes that are on their way through the
//! loopback device do not count as ready. A keeper therefore leaves everybody many turns before it lets the clock move, and
//! then by a step that is short beside every time-out here. Hours cost milliseconds, and a machine under load changes
//! nothing.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::Notify;
use tokio::task::yield_now;
use tokio::time::sleep;

/// Turns for everybody before the clock moves.
const TURNS: u32 = 24;
/// The steps of the clock: short after something happened, longer with every step in which nothing did.
const SHORTEST: Duration = Duration::from_millis(1);
const LONGEST: Duration = Duration::from_secs(1);

thread_local! {
    static HAPPENED: Arc<Notify> = Arc::default();
}

/// Runs a test on this thread.
pub(crate) fn run<T>(test: impl Future<Output = T>) -> T {
    let mut builder = tokio::runtime::Builder::new_current_thread();
    let runtime = builder.enable_all().start_paused(true).build().unwrap();
    runtime.block_on(async {
        tokio::spawn(keep());
        test.await
    })
}

/// Says that bytes moved.
pub(crate) fn something_happened() {
    HAPPENED.with(|happened| happened.notify_one());
}

/// Waits until what is on its way has arrived, without letting the clock move.
pub(crate) async fn settle() {
    for _ in 0..4 * TURNS {
        yield_now().await;
    }
}

async fn keep() {
    let happened = HAPPENED.with(Arc::clone);
    let mut step = SHORTEST;
    loop {
        for _ in 0..TURNS {
            yield_now().await;
        }
        tokio::select! {
            () = happened.notified() => step = SHORTEST,
            () = sleep(step) => step = LONGEST.min(2 * step),
        }
    }
}
