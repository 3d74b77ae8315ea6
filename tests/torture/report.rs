//! What the torture counts, and what it tells while it goes on.

use serde::Serialize;

use crate::broken::Broken;

/// The last line of the torture: what was tried, and how often each promise broke.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Report {
    /// Lives of the simulation.
    pub sims: u64,
    /// Connections that broke in the middle of a change.
    pub lost_answers: u64,
    /// Pages that were not quite what they were.
    pub mutations: u64,
    /// Requests for changes in all of these.
    pub posts: usize,
    /// Processes that were ended in the middle.
    pub kills: u64,
    /// Lives with a disk that failed.
    pub disk_errors: u64,
    /// Disks as they can be found after a power cut.
    pub power_losses: u64,
    lost_drafts: usize,
    doubles: usize,
    extra_posts: usize,
    stuck: usize,
    misread_pages: usize,
    /// What decided all of it.
    pub seed: u64,
}

impl Report {
    /// Nothing was tried yet.
    #[must_use]
    pub fn of_seed(seed: u64) -> Self {
        Self { seed, ..Self::default() }
    }

    /// Counts a broken promise, and tells how it came to that: `by` says what to run to see it again.
    pub fn found(&mut self, broken: &Broken, by: &str, diary: &[String]) {
        let counter = match broken {
            Broken::Lost(_) => &mut self.lost_drafts,
            Broken::Doubled(_) => &mut self.doubles,
            Broken::Needless(_) => &mut self.extra_posts,
            Broken::Stuck(_) => &mut self.stuck,
            Broken::Misread(_) => &mut self.misread_pages,
        };
        *counter += 1;
        eprintln!("{broken:?} in {by}:\n{}", diary.join("\n"));
    }

    /// Whether every promise held.
    #[must_use]
    pub fn is_clean(&self) -> bool {
        let broken =
            [self.lost_drafts, self.doubles, self.extra_posts, self.stuck, self.misread_pages];
        broken.iter().all(|count| *count == 0)
    }
}
