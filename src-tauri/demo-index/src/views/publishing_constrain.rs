//! Binding a publisher to an environment afterwards: a new one takes its place (protocol, section 5).
//! The environment is stored as it was typed, nobody is mailed, and nothing counts against a limit.

use trustdesk_domain::Publisher;
use uuid::Uuid;

use crate::answer::Answer;
use crate::pages::errors;
use crate::pages::provider_tabs::Typed;
use crate::providers::specifier;
use crate::state::{Attached, EventKind, FlashKind};
use crate::views::publishing::{back, record, show};
use crate::views::registering::is_disabled;
use crate::visit::Visit;

pub(crate) fn constrain(visit: &mut Visit<'_>, user: &str, project: &str) -> Answer {
    if is_disabled(visit) {
        return show(visit, project, &Typed::default());
    }
    let environment = visit.request.parameter("constrained_environment_name").unwrap_or_default();
    let (id, publisher, bound) = match chosen(visit, project, environment) {
        Ok(chosen) => chosen,
        Err(words) => {
            visit.flash(FlashKind::Error, words);
            return show(visit, project, &Typed::default());
        }
    };
    let database = &mut visit.state.database;
    if database.attach(project, bound.clone(), Uuid::new_v4()) == Attached::Broken {
        return errors::broken();
    }
    database.detach(project, id);
    record(visit, user, project, EventKind::PublisherAdded, &bound);
    record(visit, user, project, EventKind::PublisherRemoved, &publisher);
    let words = format!(
        "Trusted publisher for project '{project}' has been constrained to environment \
         '{environment}'"
    );
    visit.flash(FlashKind::Success, words);
    back(visit)
}

/// The publisher and the one that takes its place, or Warehouse's message.
fn chosen(
    visit: &Visit<'_>,
    project: &str,
    environment: &str,
) -> Result<(Uuid, Publisher, Publisher), String> {
    let id = visit.request.parameter("constrained_publisher_id").unwrap_or_default();
    let Ok(id) = Uuid::parse_str(id) else { return Err(unfit()) };
    if environment.is_empty() {
        return Err(unfit());
    }
    let database = &visit.state.database;
    let listed = database.publishers(project).into_iter().find(|one| one.id.0 == id.to_string());
    let publisher = listed.ok_or_else(|| "Invalid publisher for project".to_owned())?.publisher;
    let (bound, had) = match publisher.clone() {
        Publisher::Github(mut github) => {
            let had = github.environment.replace(environment.to_owned());
            (Publisher::Github(github), had)
        }
        Publisher::Gitlab(mut gitlab) => {
            let had = gitlab.environment.replace(environment.to_owned());
            (Publisher::Gitlab(gitlab), had)
        }
        Publisher::Google(_) | Publisher::Activestate(_) | Publisher::Other { .. } => {
            let words = "Can only constrain the environment for GitHub and GitLab publishers";
            return Err(words.to_owned());
        }
    };
    // It is in the way wherever on the index it is.
    if database.has_publisher(&bound) {
        return Err(format!("{} is already registered with {project}", specifier(&publisher)));
    }
    if had.is_some() {
        let words = "Can only constrain the environment for publishers without an environment \
                     configured";
        return Err(words.to_owned());
    }
    Ok((id, publisher, bound))
}

fn unfit() -> String {
    "The trusted publisher could not be constrained".to_owned()
}
