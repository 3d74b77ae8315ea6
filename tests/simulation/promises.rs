//! What must hold in every life, whatever happens: kept, once, and no request without need.

use std::collections::BTreeMap;

use trustdesk_core::index::Request;
use trustdesk_domain::{
    Change, ChangeAction, ChangeId, ChangeState, Github, Intent, ListedPublisher, Publisher,
    PublisherId,
};

use super::Seen;
use super::world::{Fate, Inner, Post, World, shows};
use crate::broken::Broken;
use crate::time::{DAY_MS, MINUTE_MS, SERVER_MAY_WORK_MS};

/// The least time between two requests for one change that were without effect, by how many there were.
const WAITS_MS: [i64; 2] = [SERVER_MAY_WORK_MS, 5 * MINUTE_MS];
/// Requests for one change in 24 hours before a person is asked again.
const MOST_IN_A_DAY: usize = 3;

/// What is known of the changes so far.
#[derive(Default)]
pub(super) struct Promises {
    last: BTreeMap<ChangeId, Change>,
    by_others: Vec<(String, Publisher)>,
    /// The rows of the above, by their projects.
    rows_of_others: Vec<(String, PublisherId)>,
    gone_by_others: Vec<PublisherId>,
    /// What a person decided to ask for, and when by the index.
    decisions: Vec<(String, Request, i64)>,
    /// What a person discarded while nobody knew whether the index would do it.
    given_up: Vec<(String, Publisher)>,
    judged: usize,
    seen: Seen,
}

/// The publisher that a workflow of a project's own repository is.
pub(super) fn github(project: &str, workflow: &str) -> Publisher {
    Publisher::Github(Github {
        owner: "octo-org".to_owned(),
        repository: project.to_owned(),
        workflow_filename: workflow.to_owned(),
        environment: None,
    })
}

impl Promises {
    pub(super) fn added_by_others(
        &mut self,
        project: &str,
        publisher: &Publisher,
        row: PublisherId,
    ) {
        self.by_others.push((project.to_owned(), publisher.clone()));
        self.rows_of_others.push((project.to_owned(), row));
    }

    pub(super) fn removed_by_others(&mut self, row: &ListedPublisher) {
        self.gone_by_others.push(row.id.clone());
    }

    /// A person decided on this change at this time of the index.
    pub(super) fn decided(&mut self, change: &Change, at_ms: i64) {
        let request = match &change.intent {
            Intent::Remove { row, .. } => Request::Remove(row.clone()),
            Intent::Add { publisher, .. } => Request::Add(publisher.clone()),
        };
        self.decisions.push((change.project.clone(), request, at_ms));
    }

    pub(super) fn given_up(&mut self, change: &Change) {
        self.given_up.push((change.project.clone(), change.intent.publisher().clone()));
    }

    /// A confirmed change is there for ever.
    pub(super) fn look_at(&mut self, id: &ChangeId, now: Option<&Change>) -> Result<(), Broken> {
        let Some(now) = now else {
            return Err(Broken::Lost(format!("{} is gone", id.0)));
        };
        let before = self.last.insert(id.clone(), now.clone());
        self.seen.entered.insert(now.state);
        let blames = now.reasons.messages.iter().any(|words| words.starts_with("Someone else"));
        if blames && !self.others_changed(now) {
            let what = format!("{}: nobody else changed {}", id.0, now.project);
            return Err(Broken::Misread(what));
        }
        if let Some(before) = before.filter(|before| before.state != now.state) {
            self.seen.left.insert(before.state);
            if before.state.is_final() {
                return Err(Broken::Doubled(format!("{} came back as {:?}", id.0, now.state)));
            }
        }
        Ok(())
    }

    /// Whether somebody else added or removed a row since the list on which a change was confirmed.
    fn others_changed(&self, change: &Change) -> bool {
        let base = change.base.iter().flatten();
        let is_in_base = |row: &PublisherId| base.clone().any(|listed| listed.id == *row);
        let rows = self.rows_of_others.iter().filter(|(project, _)| *project == change.project);
        rows.into_iter().any(|(_, row)| !is_in_base(row))
            || self.gone_by_others.iter().any(is_in_base)
    }

    /// Judges the requests that are new.
    pub(super) fn hold(&mut self, world: &World) -> Result<(), Broken> {
        let world = world.now();
        for (number, post) in world.posts.iter().enumerate().skip(self.judged) {
            let said = || format!("{:?} for {} at {}", post.request, post.project, post.at_ms);
            if post.needless {
                return Err(Broken::Needless(format!("the list showed it already: {}", said())));
            }
            if post.against_banner {
                return Err(Broken::Needless(format!("the index was read-only: {}", said())));
            }
            if post.against_limit {
                return Err(Broken::Needless(format!("the limit was closed: {}", said())));
            }
            self.holds_waits(&world.posts[..number], post).map_err(Broken::Needless)?;
            if let Some(former) = unknown_before(&world.posts[..number], post)
                && !was_read_between(&world, former, post)
            {
                return Err(Broken::Doubled(format!(
                    "nobody had looked after {former:?}: {}",
                    said()
                )));
            }
        }
        self.judged = world.posts.len();
        Ok(())
    }

    /// Requests without effect are ever further apart, and a person is asked after three in a day.
    fn holds_waits(&self, before: &[Post], post: &Post) -> Result<(), String> {
        let asks_this = |(project, request, _): &&(String, Request, i64)| {
            *project == post.project && is_same(request, &post.request)
        };
        let decisions = self.decisions.iter().filter(asks_this).map(|(.., at_ms)| *at_ms);
        let decided_at_ms = decisions.filter(|at_ms| *at_ms <= post.at_ms).max().unwrap_or(0);
        let in_vain = before.iter().filter(|former| {
            former.project == post.project
                && is_same(&former.request, &post.request)
                && former.at_ms >= decided_at_ms
                && is_unknown(former)
        });
        let in_vain: Vec<i64> = in_vain.map(|former| former.at_ms).collect();
        let said = || format!("{:?} at {}, before: {in_vain:?}", post.request, post.at_ms);
        let of_the_day = in_vain.iter().filter(|at_ms| post.at_ms - **at_ms < DAY_MS).count();
        if of_the_day >= MOST_IN_A_DAY {
            return Err(format!("nobody decided on a fourth request: {}", said()));
        }
        let (Some(last), Some(index)) = (in_vain.last(), in_vain.len().checked_sub(1)) else {
            return Ok(());
        };
        let wait_ms = WAITS_MS.get(index).copied().unwrap_or(30 * MINUTE_MS);
        if post.at_ms - last < wait_ms {
            return Err(format!("too early: {}", said()));
        }
        Ok(())
    }

    /// When nothing is left to do, the index holds what was asked for and nothing else.
    pub(super) fn hold_at_rest(&self, world: &World) -> Result<(), Broken> {
        let world = world.now();
        for (project, listed) in &world.projects {
            for one in listed {
                let same = |(of, publisher): &&(String, Publisher)| {
                    of == project && publisher.identity() == one.publisher.identity()
                };
                let asked = self.last.values().any(|change| {
                    change.intent.action() == ChangeAction::Add
                        && change.state == ChangeState::Done
                        && same(&&(change.project.clone(), change.intent.publisher().clone()))
                });
                let mut others = self.by_others.iter().chain(&self.given_up);
                if !asked && !others.any(|other| same(&other)) {
                    return Err(Broken::Doubled(format!(
                        "{project} trusts {}, which nobody asked for",
                        one.publisher.line()
                    )));
                }
            }
        }
        for change in self.last.values().filter(|change| change.state == ChangeState::Done) {
            self.was_done(&world, change)?;
        }
        Ok(())
    }

    /// What is called done was seen on the index at some time.
    fn was_done(&self, world: &Inner, change: &Change) -> Result<(), Broken> {
        let of_change = |(of, publisher): &(String, Publisher)| {
            *of == change.project && publisher.identity() == change.intent.publisher().identity()
        };
        let was = match &change.intent {
            Intent::Add { .. } => {
                world.ever_added.iter().any(of_change) || self.by_others.iter().any(of_change)
            }
            Intent::Remove { row: removed, .. } => {
                let rows = world.projects.get(&change.project).into_iter().flatten();
                !rows.into_iter().any(|row| row.id == *removed)
            }
        };
        if was { Ok(()) } else { Err(Broken::Lost(format!("{} was never done", change.id.0))) }
    }

    pub(super) fn seen(&self, world: &World) -> Seen {
        Seen { posts: world.now().posts.len(), ..self.seen.clone() }
    }
}

/// The last request for the same thing, if nobody knew what became of it.
fn unknown_before<'a>(before: &'a [Post], post: &Post) -> Option<&'a Post> {
    let same =
        |former: &&Post| former.project == post.project && is_same(&former.request, &post.request);
    before.iter().rev().find(same).filter(|former| is_unknown(former))
}

/// Whether nobody here knew what became of it.
fn is_unknown(post: &Post) -> bool {
    matches!(post.fate, Fate::LostOnTheWay | Fate::AnswerLost | Fate::DoneLater(_))
}

fn is_same(one: &Request, other: &Request) -> bool {
    match (one, other) {
        (Request::Add(one), Request::Add(other)) => one.identity() == other.identity(),
        (Request::Remove(one), Request::Remove(other)) => one == other,
        _ => false,
    }
}

/// Whether a list has answered what became of the former request: it showed it done, or it was asked for
/// when the server must have been through with it.
fn was_read_between(world: &Inner, former: &Post, post: &Post) -> bool {
    world.readings.iter().any(|reading| {
        reading.project == post.project
            && (former.at_ms..=post.at_ms).contains(&reading.at_ms)
            && (reading.at_ms >= former.at_ms + SERVER_MAY_WORK_MS
                || shows(&reading.listed, &former.request))
    })
}
