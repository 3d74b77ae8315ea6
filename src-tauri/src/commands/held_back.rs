//! Why a change that waits would not be sent now, as the core judges it, for the page.

use std::collections::{HashMap, HashSet};

use serde::Serialize;
use trustdesk_core::sync::{Engine, HeldBack};
use trustdesk_domain::{Change, ChangeId, ChangeState};
use ts_rs::TS;

use crate::error::IpcError;

/// Times are this computer's clock, for people.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(tag = "reason", rename_all = "snake_case")]
pub(crate) enum HeldBackView {
    /// The index takes no new publishers of this provider, by the list that was read last.
    ProviderOff { provider: String },
    /// The publisher that is to take the place of this one is not listed, and not about to be sent.
    ReplacementNotListed { change: String },
    /// Another change asks for the same, and is not over.
    AskedAlready { change: String },
    /// It was sent without effect, and is not sent again before that time.
    SentBefore { until_ms: i64 },
    /// The index takes no more registrations before that time.
    Limit { until_ms: i64 },
    /// Its answer was lost. The index's list tells, for certain from that time on.
    OutcomeUnknown { until_ms: i64 },
}

impl HeldBackView {
    /// None: a sending reads the list first.
    fn of(held: HeldBack) -> Option<Self> {
        Some(match held {
            HeldBack::ProviderOff(provider) => Self::ProviderOff { provider },
            HeldBack::ReplacementNotListed(change) => {
                Self::ReplacementNotListed { change: change.0 }
            }
            HeldBack::AskedAlready(change) => Self::AskedAlready { change: change.0 },
            HeldBack::SentBefore(wait) => Self::SentBefore { until_ms: wait.until_ms },
            HeldBack::Limit(wait) => Self::Limit { until_ms: wait.until_ms },
            HeldBack::OutcomeUnknown(wait) => Self::OutcomeUnknown { until_ms: wait.until_ms },
            HeldBack::ListNotRead => return None,
        })
    }
}

/// What holds back these changes if they are sent together. A removal goes along with the new publisher
/// that it waits for, where that one can go.
pub(super) async fn held_back(
    engine: &Engine,
    changes: &[Change],
) -> Result<HashMap<ChangeId, HeldBackView>, IpcError> {
    let ids: Vec<ChangeId> =
        changes.iter().filter(|it| may_be(it)).map(|it| it.id.clone()).collect();
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let held = engine.held_back(&ids).await?.into_iter();
    let mut held: HashMap<ChangeId, HeldBackView> =
        held.filter_map(|(id, held)| Some((id, HeldBackView::of(held)?))).collect();
    let waiting = changes.iter().filter(|change| change.state == ChangeState::Waiting);
    let goes: HashSet<String> = waiting
        .filter(|change| !held.contains_key(&change.id))
        .map(|change| change.id.0.clone())
        .collect();
    held.retain(|_, held| match held {
        HeldBackView::ReplacementNotListed { change } => !goes.contains(change),
        _ => true,
    });
    Ok(held)
}

const fn may_be(change: &Change) -> bool {
    matches!(change.state, ChangeState::Waiting | ChangeState::Checking)
}
