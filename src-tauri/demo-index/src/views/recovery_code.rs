//! Signing in, second half, without the authenticator: one of the codes that were written down.

use trustdesk_domain::recovery_code_refusal;

use crate::answer::Answer;
use crate::pages::recovery_code::page;
use crate::state::{FlashKind, RecoveryCode};
use crate::users::User;
use crate::views::confirm_login;
use crate::views::half_signed_in::{count_wrong, guarded, unlocked};
use crate::views::two_factor::without_spaces;
use crate::visit::Visit;

pub(crate) fn view(visit: &mut Visit<'_>) -> Result<Answer, Answer> {
    let half = guarded(visit)?;
    let mut message = None;
    if visit.request.is_post() {
        message = judge(visit, half.user)?;
        if message.is_none() {
            // The code is used up even where this leads no further than to the mailbox.
            confirm_login::device_is_known(visit, half.user)?;
            visit.sign_in(half.user);
            let words = "Recovery code accepted. The supplied code cannot be used again.";
            visit.flash(FlashKind::Success, words);
            return Ok(Answer::see_other(visit.request, &half.next));
        }
    }
    Ok(Answer::page(page(&visit.csrf_token(), &half.token, message)))
}

/// The message under the code; none if it is right, and then it is used up.
fn judge(visit: &mut Visit<'_>, user: &User) -> Result<Option<&'static str>, Answer> {
    let code = without_spaces(visit.request.field("recovery_code_value"));
    if let Some(words) = recovery_code_refusal(&code) {
        return Ok(Some(words));
    }
    unlocked(visit, user)?;
    Ok(match visit.state.database.use_recovery_code(user, &code) {
        RecoveryCode::Right => {
            let subject = "[PyPI] Recovery code use notification";
            visit.state.database.mail_subject(user.username, subject, visit.now_ms);
            None
        }
        RecoveryCode::UsedBefore => Some("Recovery code has been previously used."),
        RecoveryCode::Unknown => {
            count_wrong(visit, user);
            Some("Invalid recovery code.")
        }
    })
}
