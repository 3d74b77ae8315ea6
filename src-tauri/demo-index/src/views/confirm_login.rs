//! A network from which an account has not signed in before: whoever gave the right code there must
//! open a mailed link first, from the same network, and whoever opens it is signed in.

use serde::{Deserialize, Serialize};

use crate::answer::Answer;
use crate::guard;
use crate::pages::confirm_login::page;
use crate::state::{Confirmed, Device, FlashKind, Mail, Purpose, Unclaimed};
use crate::users::User;
use crate::visit::Visit;

/// What the page and the mail's subject call it.
const SUBJECT: &str = "[PyPI] Unrecognized login to your PyPI account";
/// A mailbox is spared a second link for this long while the first can still be opened.
const SPARED_FOR_MS: i64 = 15 * 60 * 1000;

#[derive(Serialize, Deserialize)]
struct Claim {
    user: String,
    unique_login: String,
}

/// Whether the account has signed in from here before. If not, the way leads to the mailbox.
pub(crate) fn device_is_known(visit: &mut Visit<'_>, user: &User) -> Result<(), Answer> {
    let network = visit.network();
    match visit.state.database.device(user, network, visit.now_ms) {
        Device::Known => Ok(()),
        Device::Unknown { unique_login, no_link_left } => {
            let last_sent_ms = visit.state.database.last_sent_ms(user.username, SUBJECT);
            let spared = last_sent_ms.is_some_and(|at_ms| visit.now_ms - at_ms <= SPARED_FOR_MS);
            if no_link_left || !spared {
                mail_link(visit, user, unique_login);
            }
            Err(Answer::see_other(visit.request, "/account/confirm-login/"))
        }
    }
}

fn mail_link(visit: &mut Visit<'_>, user: &User, unique_login: String) {
    let to = user.username.to_owned();
    let claim = Claim { user: to.clone(), unique_login };
    let token = visit.state.token(Purpose::ConfirmLogin, &claim, visit.now_ms);
    let origin = visit.request.origin();
    let device = visit.request.header("user-agent").unwrap_or("a program without a name");
    let text = format!(
        "Somebody gave your password and a code. They came from {}, with {device}. If that was you, \
         open the link from there within six hours.",
        visit.network()
    );
    let link = Some(format!("{origin}/account/confirm-login/?token={token}"));
    let subject = SUBJECT.to_owned();
    visit.state.database.mail(Mail { to, subject, text, link, at_ms: visit.now_ms });
}

/// The page that sends one to the mailbox and, with its token, the link that was mailed.
pub(crate) fn view(visit: &mut Visit<'_>) -> Result<Answer, Answer> {
    let request = visit.request;
    guard::nobody_yet(visit, "/")?;
    let Some(token) = request.parameter("token").filter(|token| !token.is_empty()) else {
        return Ok(Answer::page(page(request)));
    };
    match open(visit, token) {
        Ok(user) => {
            visit.sign_in(user);
            let words = "Your login has been confirmed and this device is now recognized.";
            visit.flash(FlashKind::Success, words);
            Ok(Answer::see_other(request, "/manage/projects/"))
        }
        Err(words) => {
            visit.flash(FlashKind::Error, words);
            Ok(Answer::see_other(request, "/account/login/"))
        }
    }
}

/// Whose sign-in the link confirms, or why it confirms none.
fn open(visit: &mut Visit<'_>, token: &str) -> Result<&'static User, &'static str> {
    let claimed = visit.state.claim::<Claim>(Purpose::ConfirmLogin, token, visit.now_ms);
    let (claim, _) = claimed.map_err(|why| match why {
        Unclaimed::Expired => "Expired token: please try to login again",
        Unclaimed::Invalid => "Invalid token: please try to login again",
    })?;
    let user = User::named(&claim.user).ok_or("Invalid token: user not found")?;
    let network = visit.network();
    match visit.state.database.confirm_login(user.username, &claim.unique_login, network) {
        Confirmed::Yes => Ok(user),
        Confirmed::NoSuchLogin => Err("Invalid login attempt."),
        Confirmed::OtherNetwork => Err("Device details didn't match, please try again from the \
                                        device you originally used to log in."),
    }
}
