//! The pieces that a page's script fetches for itself, apart from the page.

use maud::html;

use crate::answer::Answer;
use crate::pages::{flash, user_indicator};
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

pub(crate) fn session_notifications() -> Answer {
    Answer::page(html! {})
}
