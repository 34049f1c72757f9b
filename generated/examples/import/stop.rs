//! Ctrl-C: the first one is a wish that others can wait for, the second one ends the program.

use tokio::sync::watch;

/// The exit status after a second Ctrl-C.
const INTERRUPTED: i32 = 130;

/// The wish that nothing more is sent.
#[derive(Debug, Clone)]
pub(crate) struct Stop(watch::Receiver<bool>);

impl Stop {
    /// Listens to Ctrl-C from now on.
    pub(crate) fn on_ctrl_c() -> Self {
        let (sender, receiver) = watch::channel(false);
        tokio::spawn(async move {
            if tokio::signal::ctrl_c().await.is_err() {
                // Nobody can be listened to; the wish is never uttered.
                return sender.closed().await;
            }
            eprintln!("stopping; what is on its way is being finished (Ctrl-C again leaves it unknown)");
            sender.send_replace(true);
            if tokio::signal::ctrl_c().await.is_ok() {
                // The journal has what is on its way, and is whole up to its last line.
                std::process::exit(INTERRUPTED);
            }
        });
        Self(receiver)
    }

    pub(crate) fn is_wished(&self) -> bool {
        *self.0.borrow()
    }

    /// Ends when the wish is uttered.
    pub(crate) async fn wished(mut self) {
        if self.0.wait_for(|wished| *wished).await.is_err() {
            std::future::pending::<()>().await;
        }
    }
}
