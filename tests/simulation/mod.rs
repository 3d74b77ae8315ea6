//! A whole life in a fraction of a second: people, faults, restarts, others on the same projects and a
//! second process, in an order that a seed decides. The core and its database are the real ones; only
//! the time and the index behind the door are simulated. Each life is judged by the same promises.

mod dropped;
mod index;
mod life;
mod promises;
mod rest;
mod world;

use std::collections::BTreeSet;

use trustdesk_domain::ChangeState;

use life::Life;
use world::Fate;

use crate::broken::Broken;

/// Who is signed in.
const USERNAME: &str = "alice";
/// How much happens in a life.
const EVENTS: usize = 40;

/// What a life came through.
#[derive(Clone, Debug, Default)]
pub struct Seen {
    /// The states that a change was in after an event.
    pub entered: BTreeSet<ChangeState>,
    /// The states that a change had left after an event.
    pub left: BTreeSet<ChangeState>,
    /// Requests for changes.
    pub posts: usize,
}

impl Seen {
    /// Both together.
    pub fn add(&mut self, other: &Self) {
        self.entered.extend(&other.entered);
        self.left.extend(&other.left);
        self.posts += other.posts;
    }
}

/// One life.
///
/// # Errors
/// The first promise that did not hold, with what happened until then.
///
/// # Panics
/// The core fails in a way that no fault of the simulation explains.
pub async fn live(seed: u64) -> Result<Seen, (Broken, Vec<String>)> {
    let mut life = Life::begin(seed).await;
    let lived = life.live(EVENTS).await;
    let diary = Box::pin(life.end()).await;
    lived.map_err(|broken| (broken, diary))
}

/// Sends three changes again and again, with the first answer as it should be, lost and late, and drops
/// the work after one poll, two polls and so on until it is through. How many polls that took at most.
///
/// # Errors
/// The first promise that did not hold, with what happened until then.
///
/// # Panics
/// The core fails in a way that no fault of the simulation explains.
pub async fn dropped_after_each_poll() -> Result<u64, (Broken, Vec<String>)> {
    let mut most = 0;
    for fate in [None, Some(Fate::AnswerLost), Some(Fate::DoneLater(40_000))] {
        for polls in 0.. {
            let mut life = Life::begin(polls).await;
            let dropped = life.drop_one_sync(fate, polls).await;
            let diary = Box::pin(life.end()).await;
            most = most.max(polls);
            if dropped.map_err(|broken| (broken, diary))? {
                break;
            }
        }
    }
    Ok(most)
}
