//! The account's pending publishers. None can be added here; the page needs a confirmed password.

use maud::html;
use serde_json::json;

use crate::answer::Answer;
use crate::guard;
use crate::pages::layout;
use crate::visit::Visit;

pub(crate) fn view(visit: &mut Visit<'_>) -> Result<Answer, Answer> {
    guard::signed_in(visit)?;
    guard::password_confirmed(visit, "manage.account.publishing", &json!({}))?;
    let main = html! { h1 class="page-title" { "Pending publishers" } p { "There is none." } };
    Ok(Answer::page(layout::page("Publishing", &main)).never_cached())
}
