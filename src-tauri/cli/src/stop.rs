//! Ctrl-C, for the whole run. The first one lets the request that is on its way come to its end, so
//! that nothing is left half-known; the second one gives it up.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use tokio::sync::watch;

use crate::output::remark;

/// How often a person wanted the end.
#[derive(Default)]
pub(crate) struct Stop {
    presses: Arc<watch::Sender<usize>>,
    is_listening: AtomicBool,
}

impl Stop {
    /// From now on Ctrl-C does not end the program by itself.
    pub(crate) fn listen(&self) {
        if self.is_listening.swap(true, Ordering::Relaxed) {
            return;
        }
        let presses = Arc::clone(&self.presses);
        tokio::spawn(async move {
            while tokio::signal::ctrl_c().await.is_ok() {
                presses.send_modify(|times| *times += 1);
                if *presses.borrow() == 1 {
                    remark("Stopping after this request. Ctrl-C again gives it up.");
                }
            }
        });
    }

    /// Whether no further request shall begin.
    pub(crate) fn is_wanted(&self) -> bool {
        *self.presses.borrow() > 0
    }

    /// Waits until the end is wanted.
    pub(crate) async fn wanted(&self) {
        self.pressed(1).await;
    }

    /// Waits until the end is wanted at once.
    pub(crate) async fn wanted_at_once(&self) {
        self.pressed(2).await;
    }

    async fn pressed(&self, times: usize) {
        // It only fails when the sender is gone, which is in here.
        let _ = self.presses.subscribe().wait_for(|pressed| *pressed >= times).await;
    }
}
