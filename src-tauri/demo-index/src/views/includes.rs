//! The pieces that a page's script fetches for itself, apart from the page.

use maud::html;

use crate::answer::Answer;
use crate::pages::session_notifications::{Lack, bar};
use crate::pages::{flash, user_indicator};
use crate::users::{PrimaryEmail, User};
use crate::visit::Visit;

/// Takes the flash messages; who reads them has them.
pub(crate) fn flash_messages(visit: &mut Visit<'_>) -> Answer {
    let mut flashes = visit.take_flashes();
    flashes.sort_by_key(|flash| flash.kind);
    Answer::page(flash::bars(&flashes))
}

pub(crate) fn current_user_indicator(visit: &mut Visit<'_>) -> Answer {
    let user = visit.user().map(str::to_owned);
    Answer::page(match user {
        Some(user) => user_indicator::signed_in(&user, &visit.csrf_token()),
        None => user_indicator::signed_out(),
    })
}

pub(crate) fn session_notifications(visit: &Visit<'_>) -> Answer {
    let lack = visit.user().and_then(User::named).and_then(|user| lack(visit, user));
    Answer::page(lack.map_or_else(|| html! {}, |lack| bar(&lack)))
}

/// What the account lacks. Only a page of the site, named as the referrer, is told of second factors,
/// and not the one where they are set.
fn lack(visit: &Visit<'_>, user: &User) -> Option<Lack> {
    let database = &visit.state.database;
    match database.primary_email(user) {
        PrimaryEmail::Unverified => return Some(Lack::VerifiedEmail(user.email())),
        PrimaryEmail::Missing => return Some(Lack::PrimaryEmail),
        PrimaryEmail::Verified => {}
    }
    let referrer = visit.request.header("referer")?;
    if referrer.ends_with("/manage/account/two-factor/") {
        None
    } else if !user.has_two_factor() {
        Some(Lack::TwoFactor)
    } else {
        (!database.has_recovery_codes(user)).then_some(Lack::RecoveryCodes)
    }
}
