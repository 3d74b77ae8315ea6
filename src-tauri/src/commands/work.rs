//! Work that takes many requests: reading everything, sending a reviewed list.

use serde::{Deserialize, Serialize};
use trustdesk_core::sync::{self, Connection};
use trustdesk_domain::ChangeAction;
use ts_rs::TS;

use super::publishers::{ChangeView, ReviewedChange, reviewed, views};
use crate::error::IpcError;
use crate::events::Changed;
use crate::state::AppState;
use crate::work::{Job, Watch, WorkView};

#[derive(Debug, Serialize, TS)]
pub(crate) struct ReviewView {
    /// All that wait, in the order in which they would be sent.
    changes: Vec<ChangeView>,
    /// How many of them nothing is known to hold back.
    can_be_sent: usize,
    adds: usize,
    removes: usize,
    projects: usize,
    /// Adds sent from here; the index may have counted more.
    sent_in_24h: usize,
    /// Adds that the index takes in 24 hours.
    limit: usize,
    /// When the adds that do not fit any more can begin to go; none: all of them fit.
    rest_from_ms: Option<i64>,
}

#[derive(Debug, Deserialize, TS)]
pub(crate) struct SyncChanges {
    /// The changes as they were reviewed. No other is sent.
    changes: Vec<ReviewedChange>,
}

#[derive(Debug, Serialize, TS)]
pub(crate) struct WorkState {
    /// None: there was none in this run.
    work: Option<WorkView>,
}

pub(crate) async fn review_changes(state: &AppState) -> Result<ReviewView, IpcError> {
    state.try_to_wake_demo().await;
    let engine = state.engine().await?;
    let sync::Review { changes, quota } = engine.review().await?;
    let adds = changes.iter().filter(|change| change.intent.action() == ChangeAction::Add).count();
    let mut projects: Vec<&str> = changes.iter().map(|change| change.project.as_str()).collect();
    projects.dedup();
    let (removes, projects) = (changes.len() - adds, projects.len());
    let changes = views(engine, changes).await?;
    Ok(ReviewView {
        can_be_sent: changes.iter().filter(|change| !change.is_held_back()).count(),
        changes,
        adds,
        removes,
        projects,
        sent_in_24h: quota.attempts.len(),
        limit: quota.limit,
        rest_from_ms: quota.rest_from_ms(adds),
    })
}

pub(crate) async fn sync_changes(state: &AppState, input: SyncChanges) -> Result<(), IpcError> {
    start(state, Job::Send(reviewed(input.changes))).await
}

pub(crate) async fn refresh_everything(state: &AppState) -> Result<(), IpcError> {
    start(state, Job::Refresh).await
}

pub(crate) async fn stop_work(state: &AppState) -> Result<(), IpcError> {
    state.work().stop();
    state.announce(Changed::Work);
    Ok(())
}

pub(crate) async fn pause_work(state: &AppState) -> Result<(), IpcError> {
    state.work().pause();
    state.announce(Changed::Work);
    Ok(())
}

pub(crate) async fn resume_work(state: &AppState) -> Result<(), IpcError> {
    state.work().resume();
    state.announce(Changed::Work);
    Ok(())
}

/// A gate may have been opened: work that a person began and that rests before it goes on. Nothing is
/// begun here; what waits is offered for review by the page.
pub(super) async fn go_on(state: &AppState) -> Result<(), IpcError> {
    if !state.work().is_at_gate() {
        return Ok(());
    }
    match state.engine().await?.screen().await?.connection {
        Connection::Online => resume_work(state).await,
        // A limit on additions is not what it rests at: whatever is closed is said instead of it.
        Connection::WaitingForQuota { .. } if !state.work().is_at_limit() => {
            resume_work(state).await
        }
        _ => Ok(()),
    }
}

pub(crate) async fn get_work(state: &AppState) -> Result<WorkState, IpcError> {
    Ok(WorkState { work: state.work().view() })
}

/// Begins in the background; the page hears of each step. While other work is running nothing is begun,
/// and that is the answer: whoever asked would wait for what never comes.
async fn start(state: &AppState, job: Job) -> Result<(), IpcError> {
    state.wake_demo().await?;
    // What cannot even begin is the answer, not a result.
    state.engine().await?.account().await?;
    if !state.work().begin(&job) {
        return Err(IpcError::other_work_runs());
    }
    let watch = Watch(state.clone());
    tauri::async_runtime::spawn(async move {
        let ended = run(&watch, job).await;
        watch.end(ended);
    });
    Ok(())
}

async fn run(watch: &Watch, job: Job) -> Result<(), IpcError> {
    let engine = watch.0.engine().await?;
    match job {
        Job::Refresh => engine.refresh_everything(watch).await?,
        Job::Send(reviewed) => engine.sync_changes(&reviewed, watch).await?,
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::path::Path;
    use std::sync::Arc;

    use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};
    use trustdesk_core::clock::SystemClock;
    use trustdesk_core::secrets::MemorySecrets;
    use trustdesk_core::store::Store;
    use trustdesk_core::sync::{Engine, Queued};
    use trustdesk_demo_index::DemoIndex;
    use trustdesk_domain::{ChangeId, ChangeState, Fields, Provider, Typed};

    use super::*;
    use crate::commands::app::{leave_index, refresh_connection};
    use crate::commands::demo_account::sign_in_demo_account;
    use crate::settings::InMemory;
    use trustdesk_core::sync::LongWork as _;

    /// The demo account, signed in, with one change that waits.
    async fn waiting(folder: &Path) -> (AppState, ChangeId, UnboundedReceiver<Changed>) {
        let store = Store::open(folder).await.expect("opens");
        let secrets = Arc::new(MemorySecrets::default());
        let engine = Engine::start(store, secrets, Arc::new(SystemClock)).await.expect("starts");
        let (news, heard) = unbounded_channel();
        let announce = Box::new(move |changed| drop(news.send(changed)));
        let preferences = Arc::new(InMemory::default());
        let state = AppState::on(engine, folder.to_owned(), preferences, announce);
        let index = state.demo().index().await.expect("the demo index runs");
        let engine = state.engine().await.expect("there");
        engine.select_index(&index).await.expect("chosen");
        sign_in_demo_account(&state).await.expect("signed in");
        engine.refresh_projects().await.expect("read");
        let fields =
            [("owner", "octo-org"), ("repository", "demo"), ("workflow_filename", "a.yml")];
        let fields: Fields = fields.map(|(name, text)| (name.to_owned(), text.to_owned())).into();
        let typed = Typed::new("sampleproject", Provider::Github, &fields);
        let queued = engine.queue_add(&typed, None).await;
        let Queued::Queued(change, _) = queued.expect("decided") else { panic!("a new publisher") };
        (state, change.id, heard)
    }

    async fn state_of(state: &AppState, id: &ChangeId) -> ChangeState {
        let engine = state.engine().await.expect("there");
        let account = engine.account().await.expect("signed in").id;
        engine.store().change(account, id).await.expect("read").expect("kept").state
    }

    #[tokio::test]
    async fn being_online_again_begins_nothing() {
        let folder = tempfile::tempdir().expect("a folder");
        let (state, change, _heard) = waiting(folder.path()).await;
        refresh_connection(&state).await.expect("online");
        assert!(state.work().view().is_none(), "no work was begun");
        assert_eq!(state_of(&state, &change).await, ChangeState::Waiting);
    }

    #[tokio::test]
    async fn work_asked_for_while_other_work_runs_is_answered_busy_and_not_begun() {
        let folder = tempfile::tempdir().expect("a folder");
        let (state, change, _heard) = waiting(folder.path()).await;
        let review = review_changes(&state).await.expect("read");
        let changes = review.changes.iter().map(ChangeView::as_shown).collect();
        assert!(state.work().begin(&Job::Refresh));
        let before = format!("{:?}", state.work().view());
        let sending = sync_changes(&state, SyncChanges { changes }).await;
        assert!(matches!(sending, Err(IpcError::Busy { .. })), "{sending:?}");
        let reading = refresh_everything(&state).await;
        assert!(matches!(reading, Err(IpcError::Busy { .. })), "{reading:?}");
        assert_eq!(format!("{:?}", state.work().view()), before, "what runs is left alone");
        assert_eq!(state_of(&state, &change).await, ChangeState::Waiting);
    }

    #[tokio::test]
    async fn work_rests_in_a_pause_until_it_is_resumed() {
        let folder = tempfile::tempdir().expect("a folder");
        let (state, _change, mut heard) = waiting(folder.path()).await;
        assert!(state.work().begin(&Job::Refresh));
        pause_work(&state).await.expect("paused");
        let watch = Watch(state.clone());
        let (goes_on, ()) = tokio::join!(watch.goes_on(), async {
            while !state.work().view().is_some_and(|work| work.is_at_rest()) {
                heard.recv().await.expect("news");
            }
            go_on(&state).await.expect("asked");
            assert!(watch.is_held(), "an open gate does not end a person's pause");
            resume_work(&state).await.expect("resumed");
        });
        assert!(goes_on, "it was not stopped");
    }

    #[tokio::test]
    async fn work_goes_on_by_itself_once_its_gate_is_open() {
        let folder = tempfile::tempdir().expect("a folder");
        let (state, _change, _heard) = waiting(folder.path()).await;
        assert!(state.work().begin(&Job::Refresh));
        let watch = Watch(state.clone());
        let asks = sync::Error::Index(sync::IndexError::ConfirmPassword);
        watch.at_gate(asks).expect("it waits there");
        assert!(watch.is_held() && state.work().is_at_gate());
        go_on(&state).await.expect("the gate is open");
        assert!(!watch.is_held() && !state.work().is_at_gate());
    }

    #[tokio::test]
    async fn work_rests_at_the_password_until_it_was_entered_whatever_else_is_answered() {
        let folder = tempfile::tempdir().expect("a folder");
        let (state, _change, _heard) = waiting(folder.path()).await;
        state.demo().behind(DemoIndex::make_reauth_needed).await;
        let engine = state.engine().await.expect("there");
        let asks = engine.refresh_publishing("sampleproject").await.expect_err("the index asks");
        assert!(state.work().begin(&Job::Refresh));
        let watch = Watch(state.clone());
        watch.at_gate(asks).expect("it waits there");
        refresh_connection(&state).await.expect("the index was asked who this is");
        assert!(state.work().is_at_gate(), "nobody has entered it");
        engine.refresh_projects().await.expect("this list needs no password");
        go_on(&state).await.expect("asked");
        assert!(state.work().is_at_gate(), "still nobody has");
        let password = trustdesk_demo_index::PASSWORD.into();
        engine.confirm_password(&password).await.expect("taken");
        go_on(&state).await.expect("asked");
        assert!(!state.work().is_at_gate());
    }

    #[tokio::test]
    async fn review_counts_what_can_be_sent_and_says_what_holds_the_rest_back() {
        let folder = tempfile::tempdir().expect("a folder");
        let (state, add, _heard) = waiting(folder.path()).await;
        let engine = state.engine().await.expect("there");
        engine.refresh_publishing("tidepool").await.expect("read");
        let account = engine.account().await.expect("signed in").id;
        let listed = engine.store().publishing(account, "tidepool").await.expect("read");
        let rows = listed.expect("read before").page.publishers;
        let [old, gone] = rows.as_slice() else { panic!("tidepool has two publishers: {rows:?}") };
        engine.queue_remove("tidepool", &gone.id).await.expect("decided");
        let fields =
            [("owner", "octo-org"), ("repository", "next"), ("workflow_filename", "a.yml")]
                .map(|(name, text)| (name.to_owned(), text.to_owned()));
        let mut typed = Typed::new("tidepool", Provider::Github, &Fields::from(fields));
        typed.in_place_of.publisher = Some(old.id.clone());
        let queued = engine.queue_add(&typed, None).await.expect("decided");
        let Queued::Queued(new, _) = queued else { panic!("a new publisher: {queued:?}") };
        let reviewed = async || {
            let review = serde_json::to_value(review_changes(&state).await.expect("read"));
            let review = review.expect("serializes");
            let changes = review["changes"].as_array().expect("a list").clone();
            let held: Vec<_> = changes.iter().map(|change| change["held_back"].clone()).collect();
            (review["can_be_sent"].as_u64(), held)
        };
        let nothing = serde_json::Value::Null;
        assert_eq!(
            reviewed().await,
            (Some(4), vec![nothing.clone(); 4]),
            "a list that was not read is read first, a removal goes with its new publisher"
        );

        state.demo().behind(|index| index.set_provider_disabled(Provider::Github, true)).await;
        for project in ["sampleproject", "tidepool"] {
            engine.refresh_publishing(project).await.expect("read");
        }
        let (can_be_sent, held) = reviewed().await;
        let off = serde_json::json!({ "reason": "provider_off", "provider": "GitHub" });
        let after = serde_json::json!({ "reason": "replacement_not_listed", "change": new.id.0 });
        assert_eq!(can_be_sent, Some(1), "only the plain removal");
        assert_eq!(held, [off.clone(), nothing, off, after]);
        assert_eq!(state_of(&state, &add).await, ChangeState::Waiting);
    }

    #[tokio::test]
    async fn leaving_an_index_ends_its_work() {
        let folder = tempfile::tempdir().expect("a folder");
        let (state, _change, _heard) = waiting(folder.path()).await;
        assert!(state.work().begin(&Job::Refresh));
        pause_work(&state).await.expect("paused");
        leave_index(&state).await.expect("left");
        assert!(!Watch(state).goes_on().await, "it would go on beside another index");
    }
}
