//! What was asked for and what the core said of it, held against what is there afterwards.

use std::collections::{BTreeMap, BTreeSet};

use trustdesk_demo_index::DemoIndex;
use trustdesk_domain::{Change, ChangeAction, ChangeState, DraftId, Publisher, Typed};

use super::kept::Kept;
use super::play::Said;
use super::script::{PROJECTS, Step, publisher};
use crate::broken::Broken;
use crate::desk::posts;

/// What is known of a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Known {
    NotBegun,
    /// It was begun; nobody said that it was kept.
    Unknown,
    Kept,
}

/// The script of a life with what is known of each step.
#[derive(Clone)]
pub(crate) struct Books {
    steps: Vec<Step>,
    known: Vec<Known>,
    next: usize,
}

impl Books {
    pub(crate) fn of(steps: Vec<Step>) -> Self {
        let known = vec![Known::NotBegun; steps.len()];
        Self { steps, known, next: 0 }
    }

    /// How many steps there are.
    pub(crate) fn steps(&self) -> usize {
        self.steps.len()
    }

    /// The step that was not answered yet.
    pub(crate) fn next(&self) -> usize {
        self.next
    }

    /// How many steps were begun and not called kept.
    pub(crate) fn unknown(&self) -> usize {
        self.known.iter().filter(|known| **known == Known::Unknown).count()
    }

    pub(crate) fn hear(&mut self, said: Said) {
        let (step, known) = match said {
            Said::Kept(step) => (step, Known::Kept),
            Said::Refused(step) => (step, Known::Unknown),
        };
        self.known[step] = known;
        self.next = step + 1;
    }

    /// The process is gone, perhaps in the middle of a step.
    pub(crate) fn cut_off(&mut self) {
        if let Some(known) = self.known.get_mut(self.next) {
            *known = Known::Unknown;
        }
    }

    /// Nothing that was called kept is missing, and nothing is there that nobody asked for.
    pub(crate) fn hold(&self, kept: &Kept) -> Result<(), Broken> {
        for (step, known) in self.begun() {
            let of_step = kept.changes.iter().filter(|change| wants(step, change)).count();
            let is_wish = matches!(step, Step::Add(..) | Step::Remove(..));
            if is_wish && known == Known::Kept && of_step == 0 {
                return Err(Broken::Lost(format!("{step:?}")));
            }
            if of_step > 1 {
                return Err(Broken::Doubled(format!("{of_step} changes for {step:?}")));
            }
        }
        for change in &kept.changes {
            if !self.begun().any(|(step, _)| wants(step, change)) {
                return Err(Broken::Doubled(format!("nobody asked for {change:?}")));
            }
        }
        self.hold_drafts(kept)
    }

    /// A request leaves only when the disk knows that it may have.
    pub(crate) fn hold_claims(kept: &Kept, posted: usize) -> Result<(), Broken> {
        let is_claimed = |change: &&Change| change.state != ChangeState::Waiting;
        let claimed = kept.changes.iter().filter(is_claimed).count();
        if claimed >= posted {
            return Ok(());
        }
        Err(Broken::Doubled(format!("{posted} requests left and {claimed} are known to have")))
    }

    fn hold_drafts(&self, kept: &Kept) -> Result<(), Broken> {
        let mut possible: BTreeMap<&DraftId, Vec<Option<&Typed>>> = BTreeMap::new();
        for (step, known) in self.begun() {
            let (draft, text, known) = match step {
                Step::Save(draft, typed) => (draft, Some(typed), known),
                Step::Discard(draft) => (draft, None, known),
                // The draft goes in the same commit that keeps the change.
                Step::Add(draft, _) if kept.changes.iter().any(|change| wants(step, change)) => {
                    (draft, None, Known::Kept)
                }
                Step::Add(..) | Step::Remove(..) | Step::Sync(_) | Step::Read(_) => continue,
            };
            let texts = possible.entry(draft).or_insert_with(|| vec![None]);
            if known == Known::Kept {
                texts.clear();
            }
            texts.push(text);
        }
        for (draft, texts) in &possible {
            let found = kept.drafts.iter().find(|found| found.id == **draft);
            let found = found.map(|found| &found.typed);
            if !texts.contains(&found) {
                return Err(Broken::Lost(format!("{found:?} in the place of {texts:?}")));
            }
        }
        match kept.drafts.iter().find(|draft| !possible.contains_key(&draft.id)) {
            Some(draft) => Err(Broken::Doubled(format!("nobody typed {draft:?}"))),
            None => Ok(()),
        }
    }

    /// When nothing is left to do, the index has done each change once and nothing else.
    pub(crate) fn hold_at_rest(
        &self,
        kept: &Kept,
        index: &DemoIndex,
        before: &Listed,
    ) -> Result<(), Broken> {
        self.hold(kept)?;
        if let Some(open) = kept.changes.iter().find(|change| change.state != ChangeState::Done) {
            return Err(Broken::Stuck(format!("{open:?}")));
        }
        let mut wanted = before.clone();
        for change in &kept.changes {
            let row = (change.project.clone(), change.intent.publisher().line());
            let _was_there = match change.intent.action() {
                ChangeAction::Add => wanted.insert(row),
                ChangeAction::Remove => wanted.remove(&row),
            };
        }
        let listed = listed(index)?;
        if let Some(missing) = wanted.difference(&listed).next() {
            return Err(Broken::Lost(format!("{missing:?} is not listed")));
        }
        if let Some(extra) = listed.difference(&wanted).next() {
            return Err(Broken::Doubled(format!("{extra:?} is listed, which nobody asked for")));
        }
        let (asked, changes) = (posts(index), kept.changes.len());
        if asked == changes {
            return Ok(());
        }
        Err(Broken::Needless(format!("{asked} requests for {changes} changes")))
    }

    fn begun(&self) -> impl Iterator<Item = (&Step, Known)> {
        let steps = self.steps.iter().zip(self.known.iter().copied());
        steps.filter(|(_, known)| *known != Known::NotBegun)
    }
}

/// Whether a change is what a step asks for.
fn wants(step: &Step, change: &Change) -> bool {
    let is = |action: ChangeAction, project: &str, publisher: &Publisher| {
        change.intent.action() == action
            && change.project == project
            && change.intent.publisher().identity() == publisher.identity()
    };
    match step {
        Step::Add(_, typed) => is(ChangeAction::Add, &typed.project, &publisher(typed)),
        Step::Remove(project, publisher) => is(ChangeAction::Remove, project, publisher),
        Step::Save(..) | Step::Discard(_) | Step::Sync(_) | Step::Read(_) => false,
    }
}

/// The publishers of all projects of a life.
pub(crate) type Listed = BTreeSet<(String, String)>;

/// What the index lists.
///
/// # Errors
/// It lists one thing twice.
pub(crate) fn listed(index: &DemoIndex) -> Result<Listed, Broken> {
    let mut listed = Listed::new();
    for project in PROJECTS {
        for row in index.publishers(project) {
            let line = row.publisher.line();
            if !listed.insert((project.to_owned(), line.clone())) {
                return Err(Broken::Doubled(format!("{project} lists {line} twice")));
            }
        }
    }
    Ok(listed)
}
