//! Ctrl-C in the middle of long work. The first one ends it between two requests, so that nothing is
//! left half-known; a second one does not wait for the request at hand.

use tokio::sync::watch;

/// Counts how often a person wanted to stop.
#[derive(Clone)]
pub(crate) struct Stop(watch::Receiver<u8>);

impl Stop {
    /// Listens from now on. Where the system has no such signal nobody stops anything.
    pub(crate) fn listen() -> Self {
        let (wanted, seen) = watch::channel(0_u8);
        tokio::spawn(async move {
            while tokio::signal::ctrl_c().await.is_ok() {
                wanted.send_modify(|times| *times = times.saturating_add(1));
            }
            // The sender lives as long as somebody may wait for it.
            wanted.closed().await;
        });
        Self(seen)
    }

    pub(crate) fn is_wanted(&self) -> bool {
        *self.0.borrow() > 0
    }

    /// Waits for the first wish.
    pub(crate) async fn wanted(&self) {
        self.times(1).await;
    }

    /// Waits until a person does not want to wait any more.
    pub(crate) async fn at_once(&self) {
        self.times(2).await;
    }

    async fn times(&self, least: u8) {
        // It only fails when nobody can want anything any more.
        if self.0.clone().wait_for(|times| *times >= least).await.is_err() {
            std::future::pending::<()>().await;
        }
    }
}
