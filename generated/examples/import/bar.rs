//! The bar: what is known of rows goes in, a line on the terminal comes out. On anything but a terminal it draws nothing.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use hubspot_tickets_batch::bulk::Progress;
use indicatif::{ProgressBar, ProgressStyle};
use tokio::task::JoinHandle;

/// What is on its way, and what waits.
#[derive(Debug, Default)]
pub(crate) struct Traffic {
    requests: AtomicUsize,
    /// When the limiter lets the next request go, as far as that is known.
    turn: Mutex<Option<Instant>>,
}

impl Traffic {
    pub(crate) fn begin(&self) {
        self.requests.fetch_add(1, Ordering::Relaxed);
    }

    pub(crate) fn end(&self) {
        let less = |count: usize| Some(count.saturating_sub(1));
        // It never gives up, since `less` never does.
        let _ = self.requests.fetch_update(Ordering::Relaxed, Ordering::Relaxed, less);
    }

    /// Remembers for how long the limiter lets nobody go.
    pub(crate) fn wait(&self, time: Option<Duration>) {
        let turn = time.and_then(|time| Instant::now().checked_add(time));
        *self.turn.lock().unwrap_or_else(PoisonError::into_inner) = turn;
    }

    /// What is going on, in words.
    pub(crate) fn describe(&self) -> String {
        let turn = *self.turn.lock().unwrap_or_else(PoisonError::into_inner);
        let left = turn.map(|turn| turn.saturating_duration_since(Instant::now()).as_secs() + 1);
        match (self.requests.load(Ordering::Relaxed), left) {
            (0, Some(seconds)) => {
                format!("waiting for {seconds} s: no more requests than --rate, and the server, allow")
            }
            (0, None) => "waiting before the next request".to_owned(),
            (1, _) => "1 request on its way".to_owned(),
            (count, _) => format!("{count} requests on their way"),
        }
    }
}

/// A bar that moves while the run waits, too.
#[derive(Debug)]
pub(crate) struct Bar {
    line: ProgressBar,
    traffic: Arc<Traffic>,
    ticks: JoinHandle<()>,
}

impl Bar {
    /// A bar for `rows` rows, of which `left` are left to do.
    pub(crate) fn new(rows: u32, left: usize, traffic: Arc<Traffic>) -> Self {
        let bar = ProgressBar::new(u64::from(rows));
        let template = "{spinner} {bar:30} {pos}/{len} {msg}, {eta} left\n  {prefix}";
        bar.set_style(ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar()));
        bar.set_position(u64::from(rows).saturating_sub(left as u64));
        bar.reset_eta();
        let (drawn, shown) = (bar.clone(), Arc::clone(&traffic));
        let ticks = tokio::spawn(async move {
            let mut interval = tokio::time::interval(Duration::from_millis(200));
            loop {
                interval.tick().await;
                drawn.set_prefix(shown.describe());
                drawn.tick();
            }
        });
        Self {
            line: bar,
            traffic,
            ticks,
        }
    }

    /// What is called with the counts of the run.
    pub(crate) fn progress(&self) -> impl FnMut(&Progress) + Send + 'static {
        let (bar, traffic) = (self.line.clone(), Arc::clone(&self.traffic));
        move |progress| {
            traffic.wait(progress.next_turn);
            bar.set_message(format!(
                "{} created, {} failed, {} unknown, {:.0}/s",
                progress.succeeded,
                progress.failed,
                progress.unknown,
                progress.per_second(),
            ));
        }
    }

    pub(crate) fn advance(&self) {
        self.line.inc(1);
    }
}

impl Drop for Bar {
    fn drop(&mut self) {
        self.ticks.abort();
        self.line.finish_and_clear();
    }
}
