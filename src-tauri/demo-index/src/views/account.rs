//! The pages to which an account is sent that is not in order, and the terms of service.

use serde_json::json;

use crate::answer::Answer;
use crate::pages::account;
use crate::users::{PrimaryEmail, User};
use crate::visit::Visit;
use crate::{guard, standing};

/// Where an e-mail address is verified.
pub(crate) fn unverified(visit: &mut Visit<'_>) -> Result<Answer, Answer> {
    let user = guard::signed_in(visit)?;
    guard::password_confirmed(visit, "manage.unverified-account", &json!({}))?;
    let Some(user) = User::named(&user) else { return Ok(to_projects(visit)) };
    let database = &visit.state.database;
    let email = match database.primary_email(user) {
        PrimaryEmail::Verified => return Ok(to_projects(visit)),
        PrimaryEmail::Unverified => Some(user.email()),
        PrimaryEmail::Missing => None,
    };
    let last_login_ms = database.last_login_ms(user.username).unwrap_or_default();
    Ok(Answer::page(account::unverified(visit.request, email.as_deref(), last_login_ms)))
}

/// Where a second factor is set.
pub(crate) fn two_factor(visit: &mut Visit<'_>) -> Result<Answer, Answer> {
    let user = guard::signed_in(visit)?;
    standing::verified(visit, &user)?;
    guard::password_confirmed(visit, "manage.account.two-factor", &json!({}))?;
    let enabled = User::named(&user).is_some_and(User::has_two_factor);
    Ok(Answer::page(account::two_factor(visit.request, enabled)))
}

/// Who has looked at the terms is not told of them again. Warehouse leads to another site from here.
pub(crate) fn terms(visit: &mut Visit<'_>) -> Answer {
    if let Some(user) = visit.user().map(str::to_owned) {
        visit.state.database.view_terms(&user);
        visit.keep();
    }
    Answer::page(account::terms())
}

/// Warehouse leads to the account's settings, which this index has not.
fn to_projects(visit: &Visit<'_>) -> Answer {
    Answer::see_other(visit.request, "/manage/projects/")
}
