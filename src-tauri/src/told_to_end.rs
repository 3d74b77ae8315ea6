//! The end that is not asked for at the window: a logout, a shutdown, `kill`, a terminal that closes.

use std::io;
use std::time::Duration;

use tauri::{AppHandle, Runtime};
use tokio::signal::unix::{SignalKind, signal};
use tokio::time::timeout;

use crate::state::AppState;

/// Whoever shuts a computer down waits for seconds only. What is not settled by then is checked at the
/// next start.
const LEAVE: Duration = Duration::from_secs(1);

/// Waits until the system wants the end, settles what is on its way, and ends as the window's own
/// close button does.
pub(crate) async fn watch<R: Runtime>(app: AppHandle<R>, state: AppState) {
    if told().await.is_err() {
        // Nothing can be heard, so the system ends the app without asking: that loses nothing either.
        return;
    }
    state.work().stop();
    let settled = timeout(LEAVE, state.work().ended()).await.is_ok();
    tracing::info!(settled, "told to end");
    app.exit(0);
}

async fn told() -> io::Result<()> {
    let mut terminate = signal(SignalKind::terminate())?;
    let mut hang_up = signal(SignalKind::hangup())?;
    let mut interrupt = signal(SignalKind::interrupt())?;
    tokio::select! {
        _ = terminate.recv() => {}
        _ = hang_up.recv() => {}
        _ = interrupt.recv() => {}
    }
    Ok(())
}
