//! `trustdesk-cli publishers`: who may publish for a project, as the index listed it.

use clap::Args;
use serde::Serialize;
use trustdesk_core::store::CachedPublishing;
use trustdesk_domain::{ListedPublisher, Publisher, normalize_project_name};

use crate::answer::Answer;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::here::Here;
use crate::progress::{Failed, Progress};
use crate::shown;
use crate::table::table;

#[derive(Args)]
pub(crate) struct Publishers {
    /// The projects, in any spelling of their names; without one all that the account may manage.
    #[arg(value_name = "PROJECT")]
    projects: Vec<String>,
    /// Reads them from the index first, one request a project.
    #[arg(long)]
    refresh: bool,
}

#[derive(Serialize)]
struct PublishersView {
    projects: Vec<PageView>,
    failed: Vec<Failed>,
}

/// The page of one project; none of it: not read yet.
#[derive(Serialize)]
struct PageView {
    project: String,
    read_at_ms: Option<i64>,
    publishers: Option<Vec<ListedView>>,
}

#[derive(Serialize)]
struct ListedView {
    /// What a removal is asked by.
    id: String,
    #[serde(flatten)]
    publisher: Publisher,
    any_environment: bool,
}

pub(crate) async fn run(here: &Here, wanted: Publishers) -> Result<Answer, Failure> {
    let engine = here.engine().await?;
    let mut names: Vec<String> =
        wanted.projects.iter().map(|name| normalize_project_name(name)).collect();
    let mut failed = Vec::new();
    if wanted.refresh {
        let progress = Progress::of(here);
        let read = match names.as_slice() {
            [] => engine.refresh_everything(&progress).await,
            some => engine.refresh_publishers(some, &progress).await,
        };
        failed = progress.end(read)?;
    }
    let account = engine.account().await?.id;
    if names.is_empty() {
        let known = engine.store().projects(account).await?.into_iter();
        let managed = known.filter(|project| project.project.can_manage);
        names = managed.map(|project| project.project.normalized_name).collect();
    }
    let mut projects = Vec::new();
    for project in names {
        if failed.iter().any(|failed: &Failed| failed.project == project) {
            continue;
        }
        let page = engine.store().publishing(account, &project).await?;
        projects.push(PageView::new(project, page));
    }
    let view = PublishersView { projects, failed };
    let text = view.projects.iter().map(page).collect::<Vec<String>>().join("\n\n");
    Ok(Answer::new(&view, text)?.ending(Exit::if_all(view.failed.is_empty())))
}

impl PageView {
    fn new(project: String, page: Option<CachedPublishing>) -> Self {
        let read_at_ms = page.as_ref().map(|page| page.read_at_ms);
        let publishers =
            page.map(|page| page.page.publishers.into_iter().map(ListedView::from).collect());
        Self { project, read_at_ms, publishers }
    }
}

impl From<ListedPublisher> for ListedView {
    fn from(listed: ListedPublisher) -> Self {
        let any_environment = listed.publisher.takes_any_environment();
        Self { id: listed.id.0, publisher: listed.publisher, any_environment }
    }
}

fn page(page: &PageView) -> String {
    let heading = format!("{}, {}", shown::text(&page.project), shown::read_at(page.read_at_ms));
    match page.publishers.as_deref() {
        None => heading,
        Some([]) => format!("{heading}\nnone"),
        Some(some) => {
            let row = |listed: &ListedView| {
                let publisher = &listed.publisher;
                [publisher.provider_name().to_owned(), publisher.line(), listed.id.clone()]
            };
            let rows = some.iter().map(row).collect();
            format!("{heading}\n{}", table(["PROVIDER", "PUBLISHER", "ID"], rows))
        }
    }
}
