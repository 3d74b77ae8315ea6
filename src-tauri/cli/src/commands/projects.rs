//! `trustdesk-cli projects`: the account's projects as they were last read, or are read now.

use clap::Args;
use serde::Serialize;
use trustdesk_core::store::CachedProject;
use trustdesk_domain::{Publisher, normalize_project_name};

use crate::answer::Answer;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::here::Here;
use crate::output::remark;
use crate::progress::{Failed, Progress};
use crate::shown;
use crate::table::table;

#[derive(Args)]
pub(crate) struct Projects {
    /// Reads the list from the index first; with --without-publisher or --any-environment the
    /// publishers of every project too, one request each.
    #[arg(long)]
    refresh: bool,
    /// Only projects whose name has this in it.
    #[arg(long, value_name = "TEXT")]
    filter: Option<String>,
    /// Only projects that are known to have no publisher.
    #[arg(long, conflicts_with = "any_environment")]
    without_publisher: bool,
    /// Only projects with a publisher that takes any environment.
    #[arg(long)]
    any_environment: bool,
}

#[derive(Serialize)]
struct ProjectsView {
    /// None: the list was not read yet.
    read_at_ms: Option<i64>,
    projects: Vec<ProjectView>,
    /// Projects whose publishers can be read and were not yet: whether they have some, nobody knows.
    not_read: usize,
    failed: Vec<Failed>,
}

#[derive(Serialize)]
struct ProjectView {
    name: String,
    organization: Option<String>,
    sole_owner: bool,
    archived: bool,
    can_manage: bool,
    /// None: they were not read yet.
    publishers: Option<Vec<Publisher>>,
    open_changes: u32,
}

pub(crate) async fn run(here: &Here, wanted: Projects) -> Result<Answer, Failure> {
    let engine = here.engine().await?;
    let mut failed = Vec::new();
    if wanted.refresh && wanted.is_about_publishers() {
        let progress = Progress::of(here);
        failed = progress.end(engine.refresh_everything(&progress).await)?;
    } else if wanted.refresh {
        engine.refresh_projects().await?;
    }
    let account = engine.account().await?;
    let known = engine.store().projects(account.id).await?;
    let can_be_read = |known: &&CachedProject| known.project.can_manage;
    let not_read = known.iter().filter(can_be_read).filter(|known| known.publishers.is_none());
    let not_read = not_read.count();
    if not_read > 0 && wanted.is_about_publishers() {
        let all = known.len();
        remark(&format!("Publishers not read yet: {not_read} of {all} projects (--refresh)."));
    }
    let projects = known.into_iter().filter(|project| wanted.has(project)).map(ProjectView::from);
    let view = ProjectsView {
        read_at_ms: account.projects_read_at_ms,
        projects: projects.collect(),
        not_read,
        failed,
    };
    let text = text(&view);
    Ok(Answer::new(&view, text)?.ending(Exit::if_all(view.failed.is_empty())))
}

impl Projects {
    const fn is_about_publishers(&self) -> bool {
        self.without_publisher || self.any_environment
    }

    fn has(&self, CachedProject { project, publishers, .. }: &CachedProject) -> bool {
        let is_named = self.filter.as_deref().is_none_or(|text| {
            project.name.to_lowercase().contains(&text.to_lowercase())
                || project.normalized_name.contains(&normalize_project_name(text))
        });
        let publishers = publishers.as_deref();
        let has_none = publishers.is_some_and(<[Publisher]>::is_empty);
        let takes_any = publishers.unwrap_or_default().iter().any(Publisher::takes_any_environment);
        is_named && (!self.without_publisher || has_none) && (!self.any_environment || takes_any)
    }
}

impl From<CachedProject> for ProjectView {
    fn from(CachedProject { project, publishers, open_changes }: CachedProject) -> Self {
        Self {
            name: project.name,
            organization: project.organization,
            sole_owner: project.sole_owner,
            archived: project.archived,
            can_manage: project.can_manage,
            publishers,
            open_changes,
        }
    }
}

fn text(view: &ProjectsView) -> String {
    let Some(read_at_ms) = view.read_at_ms else {
        return "The projects were not read yet: trustdesk-cli projects --refresh".to_owned();
    };
    let rows = view.projects.iter().map(row).collect();
    let headings = ["PROJECT", "PUBLISHERS", "OPEN CHANGES", ""];
    format!("{}\nRead {}", table(headings, rows), shown::time(read_at_ms))
}

fn row(project: &ProjectView) -> [String; 4] {
    let publishers = match project.publishers.as_deref() {
        None if !project.can_manage => "shown to owners only".to_owned(),
        None => "not read yet".to_owned(),
        Some([]) => "none".to_owned(),
        Some(some) if some.iter().any(Publisher::takes_any_environment) => {
            format!("{} (any environment)", some.len())
        }
        Some(some) => some.len().to_string(),
    };
    let changes = match project.open_changes {
        0 => String::new(),
        some => some.to_string(),
    };
    let archived = if project.archived { "archived" } else { "" };
    [project.name.clone(), publishers, changes, archived.to_owned()]
}
