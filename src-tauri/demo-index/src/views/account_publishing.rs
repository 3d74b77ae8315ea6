//! The account's pending publishers: shown, asked for, taken back. The page needs a confirmed password.

use serde_json::json;
use uuid::Uuid;

use crate::answer::Answer;
use crate::pages::pending::{Pending, page};
use crate::pages::provider_tabs::{Place, Tabs, Typed};
use crate::providers::ProviderForm;
use crate::request::Request;
use crate::state::FlashKind;
use crate::views::pending_add::{Outcome, add};
use crate::views::publishing::{back, named_form};
use crate::views::registering::is_disabled;
use crate::visit::Visit;
use crate::{guard, standing};

enum Action {
    Show,
    Add(&'static ProviderForm),
    Delete,
}

pub(crate) fn view(visit: &mut Visit<'_>) -> Result<Answer, Answer> {
    let request = visit.request;
    let action = action(request).ok_or_else(|| guard::mismatch(visit))?;
    if request.is_post() {
        guard::csrf(visit)?;
    }
    let user = guard::signed_in(visit)?;
    standing::in_order(visit, &user)?;
    guard::password_confirmed(visit, "manage.account.publishing", &json!({}))?;
    if request.is_post() {
        guard::unrepeated(visit)?;
    }
    visit.state.database.expire_pending(visit.now_ms);
    let answer = match action {
        Action::Show => {
            is_disabled(visit);
            show(visit, &user, &Typed::default())
        }
        Action::Add(form) => match add(visit, &user, form, None)? {
            Outcome::Refused(typed) => show(visit, &user, &typed),
            Outcome::Done => back(visit),
        },
        Action::Delete => delete(visit, &user),
    };
    Ok(answer.never_cached())
}

/// Every form that is no deletion must name the project, even an empty one.
fn action(request: &Request) -> Option<Action> {
    if request.is_read() {
        return Some(Action::Show);
    }
    match request.is_post() {
        true if request.names(&["publisher_id"]) => Some(Action::Delete),
        true if request.names(&["project_name"]) => named_form(request).map(Action::Add),
        _ => None,
    }
}

fn delete(visit: &mut Visit<'_>, user: &str) -> Answer {
    if is_disabled(visit) {
        return show(visit, user, &Typed::default());
    }
    let id = visit.request.parameter("publisher_id").and_then(|id| Uuid::parse_str(id).ok());
    let Some(pending) = id.and_then(|id| visit.state.database.withdraw(user, id)) else {
        visit.flash(FlashKind::Error, "Invalid publisher ID");
        return show(visit, user, &Typed::default());
    };
    let words = format!("Removed trusted publisher for project '{}'", pending.project_name);
    visit.flash(FlashKind::Success, words);
    back(visit)
}

fn show(visit: &mut Visit<'_>, user: &str, typed: &Typed) -> Answer {
    let csrf_token = visit.csrf_token();
    let database = &visit.state.database;
    let mut active: Vec<_> = database
        .projects_of(user)
        .into_iter()
        .filter(|project| project.roles.contains_key(user) && !project.publishers.is_empty())
        .collect();
    active.sort_by_key(|project| &project.name);
    let tabs = Tabs {
        place: Place::Account,
        action: "/manage/account/publishing/",
        csrf_token: &csrf_token,
        language: visit.request.language(),
        flags: &visit.flags,
        // Whatever is sent, an account has no instance of its own.
        instances: &database.gitlab_instances(None),
        typed,
    };
    let pending = database.pending_of(user);
    Answer::page(page(&Pending { active: &active, pending: &pending, tabs: &tabs }))
}
