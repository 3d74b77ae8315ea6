//! An index without HTTP: projects with their publishers, and everything that can go wrong between a
//! request and its answer. It remembers what it was asked and what it did, for the promises to judge.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, MutexGuard};

use trustdesk_core::clock::Clock;
use trustdesk_core::index::Request;
use trustdesk_domain::{ListedPublisher, Provider, Publisher, PublisherId};

use crate::time::{DAY_MS, START_MS, Time};

/// What becomes of one request for a change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fate {
    /// It is done and answered.
    Answered,
    /// It never arrives, and nobody can know.
    LostOnTheWay,
    /// It is done, and the answer is lost.
    AnswerLost,
    /// The connection breaks, and the server does it so many milliseconds later.
    DoneLater(i64),
    /// The form is refused, for a reason that only the provider knows.
    Refused,
    /// The answer is yes, and nothing is stored.
    ReadOnly,
    /// The password is asked for in its place.
    PasswordAsked,
}

/// A request for a change, as it arrived or did not.
#[derive(Clone, Debug)]
pub(super) struct Post {
    /// When it left.
    pub(super) at_ms: i64,
    /// For which project.
    pub(super) project: String,
    /// What was asked.
    pub(super) request: Request,
    /// What became of it.
    pub(super) fate: Fate,
    /// Whether the list showed already what it asked for.
    pub(super) needless: bool,
    /// Whether the index had closed its limit, and said so.
    pub(super) against_limit: bool,
    /// Whether the index was in read-only mode, which stands on every page.
    pub(super) against_banner: bool,
}

/// A list of publishers, as it was asked for.
pub(super) struct Reading {
    pub(super) at_ms: i64,
    pub(super) project: String,
    pub(super) listed: Vec<ListedPublisher>,
}

/// The index and what it remembers.
pub(super) struct World {
    inner: Mutex<Inner>,
    pub(super) time: Arc<Time>,
}

/// What changes.
#[derive(Default)]
pub(super) struct Inner {
    pub(super) projects: BTreeMap<String, Vec<ListedPublisher>>,
    next_row: usize,
    later: Vec<(i64, String, Request)>,
    attempts: Vec<i64>,
    pub(super) limit: usize,
    told_closed_until_ms: Option<i64>,
    /// It answers nothing but server errors.
    pub(super) down: bool,
    pub(super) signed_out: bool,
    /// It is in read-only mode.
    pub(super) read_only: bool,
    /// The last page that was read said so.
    pub(super) announced: bool,
    /// The projects that the account may not manage now.
    pub(super) closed: BTreeSet<String>,
    pub(super) password_asked: bool,
    pub(super) fate: Option<Fate>,
    /// No request for a change arrives, and nobody hears of it.
    pub(super) swallows: bool,
    /// Whether its answers tell its time.
    pub(super) tells_time: bool,
    /// Every request for a change.
    pub(super) posts: Vec<Post>,
    /// Each list that was asked for.
    pub(super) readings: Vec<Reading>,
    /// Every publisher that was ever listed because it was asked for from here.
    pub(super) ever_added: Vec<(String, Publisher)>,
}

impl World {
    pub(super) fn new(
        time: &Arc<Time>,
        projects: &[&str],
        limit: usize,
        tells_time: bool,
    ) -> Arc<Self> {
        let projects = projects.iter().map(|name| ((*name).to_owned(), Vec::new())).collect();
        let inner = Inner { projects, limit, tells_time, ..Inner::default() };
        Arc::new(Self { inner: Mutex::new(inner), time: Arc::clone(time) })
    }

    /// The time by the index: what is set on a computer is nothing to it.
    pub(super) fn now_ms(&self) -> i64 {
        START_MS + self.time.steady_ms()
    }

    /// As it is at this moment: what was to be done later and is due has been done.
    pub(super) fn now(&self) -> MutexGuard<'_, Inner> {
        let mut inner = self.inner.lock().expect("not poisoned");
        let now_ms = self.now_ms();
        let (due, later) = inner.later.drain(..).partition(|(at_ms, ..)| *at_ms <= now_ms);
        inner.later = later;
        let due: Vec<_> = due;
        for (_, project, request) in due {
            inner.apply(&project, &request);
        }
        inner
    }
}

impl Inner {
    /// Whether the list shows what is asked for.
    pub(super) fn shows(&self, project: &str, request: &Request) -> bool {
        shows(self.projects.get(project).map_or(&[], Vec::as_slice), request)
    }

    fn apply(&mut self, project: &str, request: &Request) {
        if self.shows(project, request) {
            return;
        }
        match request {
            Request::Add(publisher) => {
                self.ever_added.push((project.to_owned(), publisher.clone()));
                let _row = self.add_row(project, publisher.clone());
            }
            Request::Remove(id) => self.remove_row(project, id),
        }
    }

    /// A row that somebody else adds.
    pub(super) fn add_row(&mut self, project: &str, publisher: Publisher) -> PublisherId {
        self.next_row += 1;
        let id = PublisherId(format!("row-{}", self.next_row));
        let listed = self.projects.entry(project.to_owned()).or_default();
        listed.push(ListedPublisher { id: id.clone(), publisher });
        id
    }

    /// A row that somebody else removes.
    pub(super) fn remove_row(&mut self, project: &str, id: &PublisherId) {
        self.projects.entry(project.to_owned()).or_default().retain(|listed| listed.id != *id);
    }

    /// A program has ended, and its account is kept as closed until then: what was said of the limit
    /// and not kept before the end is known to nobody.
    pub(super) fn limit_is_known_until(&mut self, kept_ms: Option<i64>) {
        // It is told in whole seconds.
        let is_kept = |told_ms: &i64| kept_ms.is_some_and(|kept_ms| told_ms - kept_ms < 1_000);
        self.told_closed_until_ms = self.told_closed_until_ms.filter(is_kept);
    }

    /// Takes a request for a change, and tells what became of it; or until when the limit is closed.
    pub(super) fn take(
        &mut self,
        now_ms: i64,
        project: &str,
        request: &Request,
    ) -> Result<Fate, i64> {
        let usual = if self.swallows { Fate::LostOnTheWay } else { Fate::Answered };
        let fate = self.fate.take().unwrap_or(usual);
        let fate = if self.read_only { Fate::ReadOnly } else { fate };
        self.posts.push(Post {
            at_ms: now_ms,
            project: project.to_owned(),
            request: request.clone(),
            fate,
            needless: self.shows(project, request),
            against_limit: matches!(request, Request::Add(_))
                && self.told_closed_until_ms.is_some_and(|until_ms| now_ms < until_ms),
            against_banner: self.read_only,
        });
        let arrives = !matches!(fate, Fate::LostOnTheWay | Fate::PasswordAsked);
        if arrives && matches!(request, Request::Add(_)) {
            self.attempts.retain(|at_ms| now_ms < at_ms + DAY_MS);
            if self.attempts.len() >= self.limit {
                let until_ms = self.attempts.first().map_or(now_ms, |oldest| oldest + DAY_MS);
                self.told_closed_until_ms = Some(until_ms);
                return Err(until_ms);
            }
            self.attempts.push(now_ms);
        }
        match fate {
            Fate::Answered | Fate::AnswerLost => self.apply(project, request),
            Fate::DoneLater(by_ms) => {
                self.later.push((now_ms + by_ms, project.to_owned(), request.clone()));
            }
            Fate::PasswordAsked => self.password_asked = true,
            Fate::LostOnTheWay | Fate::Refused | Fate::ReadOnly => {}
        }
        Ok(fate)
    }

    /// The providers whose forms are on every page.
    pub(super) fn providers() -> Vec<Provider> {
        vec![Provider::Github]
    }
}

/// Whether a list shows what is asked for.
pub(super) fn shows(listed: &[ListedPublisher], request: &Request) -> bool {
    match request {
        Request::Add(publisher) => {
            listed.iter().any(|listed| listed.publisher.identity() == publisher.identity())
        }
        Request::Remove(id) => !listed.iter().any(|listed| listed.id == *id),
    }
}
