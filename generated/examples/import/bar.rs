//! The bar: what is known of rows goes in, a line on the terminal comes out. On anything but a terminal it draws nothing.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use hubspot_tickets_batch::runtime::bulk::Progress;
use indicatif::{ProgressBar, ProgressStyle};
use tokio::task::JoinHandle;

/// How many requests are on their way.
#[derive(Debug, Default)]
pub(crate) struct Traffic {
    requests: AtomicUsize,
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

    /// What is going on, in words.
    pub(crate) fn describe(&self) -> String {
        match self.requests.load(Ordering::Relaxed) {
            0 => "waiting for its turn (--rate, or a break that the server asked for)".to_owned(),
            1 => "1 request on its way".to_owned(),
            count => format!("{count} requests on their way"),
        }
    }
}

/// A bar that moves while the run waits, too.
#[derive(Debug)]
pub(crate) struct Bar {
    bar: ProgressBar,
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
        let drawn = bar.clone();
        let ticks = tokio::spawn(async move {
            let mut interval = tokio::time::interval(Duration::from_millis(200));
            loop {
                interval.tick().await;
                drawn.set_prefix(traffic.describe());
                drawn.tick();
            }
        });
        Self { bar, ticks }
    }

    /// What is called with the counts of the run.
    pub(crate) fn progress(&self) -> impl FnMut(&Progress) + Send + 'static {
        let bar = self.bar.clone();
        move |progress| {
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
        self.bar.inc(1);
    }
}

impl Drop for Bar {
    fn drop(&mut self) {
        self.ticks.abort();
        self.bar.finish_and_clear();
    }
}
