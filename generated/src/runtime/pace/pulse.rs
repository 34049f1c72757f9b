// @generated from an OpenAPI description: the runtime, the same for every API.

//! Whether work that others wait for goes on: a future is polled here, and whoever waits for it sees when that happened last.

use std::convert::Infallible;
use std::future::{Future, poll_fn};
use std::pin::{Pin, pin};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use futures_util::future::{Either, select};
use tokio::time::{Instant, sleep};

/// How often work that goes on is polled at least, and how often those who wait should look.
pub(crate) const BEAT: Duration = Duration::from_millis(250);

/// Work that was not polled for so long stands still.
const STILL: Duration = Duration::from_millis(750);

/// When work was polled last.
#[derive(Debug)]
pub(crate) struct Pulse(Mutex<Beat>);

#[derive(Debug, Clone, Copy)]
enum Beat {
    /// It has not begun, since then.
    Due(Instant),
    /// It is being polled.
    Now,
    /// It was polled then.
    Last(Instant),
    /// It never begins.
    GivenUp,
}

impl Pulse {
    /// Of work that is about to begin.
    pub(crate) fn new() -> Self {
        Self(Mutex::new(Beat::Due(Instant::now())))
    }

    fn lock(&self) -> MutexGuard<'_, Beat> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Does the work, unless it was given up before it began.
    pub(crate) async fn drive<T>(&self, work: impl Future<Output = T>) -> Option<T> {
        if !self.begin() {
            return None;
        }
        let mut work = pin!(work);
        let work = poll_fn(|context| {
            *self.lock() = Beat::Now;
            let polled = work.as_mut().poll(context);
            *self.lock() = Beat::Last(Instant::now());
            polled
        });
        // Whoever waits for something is polled now and then nevertheless.
        let beat = async {
            loop {
                sleep(BEAT).await;
            }
        };
        let beat: Pin<&mut (dyn Future<Output = Infallible> + Send)> = pin!(beat);
        match select(work, beat).await {
            Either::Left((value, _)) => Some(value),
            Either::Right((never, _)) => match never {},
        }
    }

    fn begin(&self) -> bool {
        let mut beat = self.lock();
        let is_wanted = !matches!(*beat, Beat::GivenUp);
        if is_wanted {
            *beat = Beat::Now;
        }
        is_wanted
    }

    /// Whether nobody has polled it for long. Work that blocks its thread is being polled all the while.
    pub(crate) fn is_still(&self) -> bool {
        match *self.lock() {
            Beat::Due(then) | Beat::Last(then) => then.elapsed() >= STILL,
            Beat::Now => false,
            Beat::GivenUp => true,
        }
    }

    /// Whether it never begins.
    pub(crate) fn is_given_up(&self) -> bool {
        matches!(*self.lock(), Beat::GivenUp)
    }

    /// Keeps work that has not begun from beginning. What has begun goes on.
    pub(crate) fn give_up(&self) {
        let mut beat = self.lock();
        if let Beat::Due(_) = *beat {
            *beat = Beat::GivenUp;
        }
    }
}
