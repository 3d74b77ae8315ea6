//! `trustdesk-cli plan`: what would be sent, to which projects, and what it costs. Asks nobody.

use std::collections::BTreeSet;
use std::path::PathBuf;

use clap::Args;
use serde::Serialize;
use trustdesk_core::sync::{Engine, Quota};
use trustdesk_domain::ChangeAction;

use crate::answer::Answer;
use crate::change_view::publisher;
use crate::failure::Failure;
use crate::here::Here;
use crate::planned::{self, Plan};
use crate::shown;
use crate::table::table;

/// The command's own.
#[derive(Args)]
pub(crate) struct PlanOut {
    /// Writes the list and its hash, for `sync --plan FILE`.
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// Writes in the place of a file that is there.
    #[arg(long, requires = "out")]
    force: bool,
}

/// What would be sent, and what that costs.
#[derive(Serialize)]
pub(crate) struct PlanView {
    #[serde(flatten)]
    pub(crate) plan: Plan,
    cost: Cost,
}

#[derive(Serialize)]
struct Cost {
    projects: usize,
    /// Registrations: adds count towards the limit, removals do not.
    adds: usize,
    /// Sent from here in the last 24 hours. The index may count more.
    used: usize,
    limit: usize,
    /// When the adds that do not fit any more can go; none: all of them fit.
    rest_from_ms: Option<i64>,
    /// So often the index writes to every collaborator of the project at hand.
    emails: usize,
}

pub(crate) async fn run(here: &Here, plan: PlanOut) -> Result<Answer, Failure> {
    let view = of(here.engine().await?).await?;
    let mut text = text(&view);
    if let Some(path) = &plan.out {
        view.plan.write(path, plan.force)?;
        let path = path.display();
        text.push_str(&format!("\nWritten to {path}. Send it: trustdesk-cli sync --plan {path}"));
    }
    Answer::new(&view, text)
}

/// What waits now.
pub(crate) async fn of(engine: &Engine) -> Result<PlanView, Failure> {
    let (index, account) = planned::destination(engine).await?;
    let review = engine.review().await?;
    let plan = Plan::of(&index, &account, &review.changes)?;
    let cost = cost(&plan, &review.quota);
    Ok(PlanView { plan, cost })
}

fn cost(plan: &Plan, quota: &Quota) -> Cost {
    let adds = plan.changes.iter().filter(|change| change.action == ChangeAction::Add).count();
    let projects: BTreeSet<&str> =
        plan.changes.iter().map(|change| change.project.as_str()).collect();
    Cost {
        projects: projects.len(),
        adds,
        used: quota.attempts.len(),
        limit: quota.limit,
        rest_from_ms: quota.rest_from_ms(adds),
        emails: plan.changes.len(),
    }
}

/// The list and its cost, for a person.
pub(crate) fn text(view: &PlanView) -> String {
    let PlanView { plan, cost } = view;
    if plan.changes.is_empty() {
        return "Nothing waits to be sent.".to_owned();
    }
    let row = |change: &planned::Planned| {
        [change.project.clone(), change.action.key().to_owned(), publisher(&change.publisher)]
    };
    let mut lines = vec![
        format!(
            "{} for {} on {}:",
            count(plan.changes.len(), "change"),
            shown::text(&plan.account),
            plan.index.trim_end_matches('/')
        ),
        table(["PROJECT", "WHAT", "PUBLISHER"], plan.changes.iter().map(row).collect()),
        format!(
            "{} of {} registrations sent from here in 24 h; the index may count more. This is {}.",
            cost.used,
            cost.limit,
            count(cost.adds, "more")
        ),
    ];
    if let Some(rest_from_ms) = cost.rest_from_ms {
        lines.push(format!("Not all of it fits: the rest from {}.", shown::time(rest_from_ms)));
    }
    lines.push(format!(
        "Each change e-mails every collaborator of its project ({}).",
        count(cost.projects, "project")
    ));
    lines.join("\n")
}

fn count(count: usize, what: &str) -> String {
    let plural = if count == 1 || what == "more" { "" } else { "s" };
    format!("{count} {what}{plural}")
}
