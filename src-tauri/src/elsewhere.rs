//! Another program at the same data, the command line for one: what it writes is on screen soon.

use std::time::Duration;

use tokio::time::{MissedTickBehavior, interval};
use trustdesk_core::store::Others;

use crate::events::Changed;
use crate::state::AppState;

/// On screen within a second, with time left to read it.
const LOOK_EVERY: Duration = Duration::from_millis(500);

/// Looks for as long as the app runs.
pub(crate) async fn watch(state: AppState) {
    let mut every = interval(LOOK_EVERY);
    every.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let mut others = None;
    loop {
        every.tick().await;
        look(&state, &mut others).await;
    }
}

/// A database that is not open is left to the commands, which open it and say why they cannot.
async fn look(state: &AppState, others: &mut Option<Others>) {
    let Some(engine) = state.opened() else { return };
    let others = others.get_or_insert_with(|| engine.store().others());
    // One that cannot be asked now is asked again, and whoever needs it says so.
    if others.have_written().await.unwrap_or(false) {
        state.announce(Changed::Elsewhere);
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use tokio::sync::mpsc::unbounded_channel;
    use trustdesk_core::clock::SystemClock;
    use trustdesk_core::secrets::MemorySecrets;
    use trustdesk_core::store::Store;
    use trustdesk_core::sync::Engine;
    use trustdesk_domain::Index;

    use super::*;
    use crate::settings::InMemory;

    #[tokio::test]
    async fn what_another_program_writes_is_told_once_and_what_this_one_writes_is_not() {
        let folder = tempfile::tempdir().expect("a folder");
        let store = Store::open(folder.path()).await.expect("opens");
        let secrets = Arc::new(MemorySecrets::default());
        let engine = Engine::start(store, secrets, Arc::new(SystemClock)).await.expect("starts");
        let (news, mut heard) = unbounded_channel();
        let announce = Box::new(move |changed| drop(news.send(changed)));
        let preferences = Arc::new(InMemory::default());
        let state = AppState::on(engine, folder.path().to_owned(), preferences, announce);
        let theirs = Store::open(folder.path()).await.expect("opens");
        let pypi = Index::pypi().expect("an address");
        let mut others = None;

        look(&state, &mut others).await;
        state.engine().await.expect("there").select_index(&pypi).await.expect("written");
        look(&state, &mut others).await;
        assert!(heard.try_recv().is_err(), "it was this program");
        theirs.deselect_index().await.expect("written");
        look(&state, &mut others).await;
        assert_eq!(heard.try_recv().ok(), Some(Changed::Elsewhere));
        look(&state, &mut others).await;
        assert!(heard.try_recv().is_err(), "it was told");
    }
}
