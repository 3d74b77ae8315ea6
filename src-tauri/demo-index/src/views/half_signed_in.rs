//! Between the two halves of signing in: the client carries a token as the whole query, which says
//! who gave the right password and where to go in the end.

use serde::{Deserialize, Serialize};

use crate::answer::Answer;
use crate::guard;
use crate::state::{FlashKind, Purpose, SECOND_FACTOR};
use crate::users::User;
use crate::views::login::locked_out;
use crate::visit::Visit;

/// Somebody who gave the right password.
pub(crate) struct HalfSignedIn {
    pub(crate) user: &'static User,
    /// Where to go in the end.
    pub(crate) next: String,
    pub(crate) token: String,
}

#[derive(Serialize, Deserialize)]
struct Claim {
    user: String,
    next: Option<String>,
}

/// The token of somebody who gave the right password just now.
pub(crate) fn token(visit: &Visit<'_>, user: &User, next: Option<String>) -> String {
    let claim = Claim { user: user.username.to_owned(), next };
    visit.state.token(Purpose::TwoFactor, &claim, visit.now_ms)
}

/// Who is at the second half: the guards of each of its pages.
pub(crate) fn guarded(visit: &mut Visit<'_>) -> Result<HalfSignedIn, Answer> {
    let request = visit.request;
    guard::nobody_yet(visit, "/manage/projects/")?;
    // A page's own form sends the token with one more "=".
    let token = request.raw_query.trim_end_matches('=');
    read(visit, token).ok_or_else(|| {
        visit.flash(FlashKind::Error, "Invalid or expired two factor login.");
        Answer::see_other(request, "/account/login/")
    })
}

/// A token counts only until the next sign-in of its user.
fn read(visit: &Visit<'_>, token: &str) -> Option<HalfSignedIn> {
    let claimed = visit.state.claim(Purpose::TwoFactor, token, visit.now_ms);
    let (Claim { user, next }, made_at_ms) = claimed.ok()?;
    let user = User::named(&user)?;
    let last_login_ms = visit.state.database.last_login_ms(user.username);
    let next = next.unwrap_or_else(|| "/".to_owned());
    last_login_ms.is_none_or(|at_ms| at_ms <= made_at_ms).then(|| HalfSignedIn {
        user,
        next,
        token: token.to_owned(),
    })
}

/// After too many wrong codes even the right one is not looked at.
pub(crate) fn unlocked(visit: &Visit<'_>, user: &User) -> Result<(), Answer> {
    let trying = visit.trying(user.username);
    let wait_ms = visit.state.attempts.wait_ms(&SECOND_FACTOR, trying, visit.now_ms);
    let name = "Too Many Failed Login Attempts";
    wait_ms.map_or(Ok(()), |wait_ms| {
        Err(Answer::too_many(visit.request, name, &locked_out(wait_ms), wait_ms))
    })
}

/// Counts a wrong code.
pub(crate) fn count_wrong(visit: &mut Visit<'_>, user: &User) {
    let trying = visit.trying(user.username);
    visit.state.attempts.count(&SECOND_FACTOR, trying, visit.now_ms);
}
