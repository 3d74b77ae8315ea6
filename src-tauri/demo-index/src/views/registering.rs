//! What stands before every form that registers a publisher, for a project or a pending one: the
//! administrators' switches, then the daily limit.

use trustdesk_domain::Provider;

use crate::answer::Answer;
use crate::state::{FlashKind, REGISTER};
use crate::visit::Visit;

/// Warehouse's sentence when a form was refused.
pub(crate) const REFUSED: &str = "The trusted publisher could not be registered";

const SEE: &str = "See https://pypi.org/help#admin-intervention for details.";

/// Says so if trusted publishing as a whole is switched off.
pub(crate) fn is_disabled(visit: &mut Visit<'_>) -> bool {
    let disabled = visit.flags.publishing_disabled;
    if disabled {
        let words = format!("Trusted publishing is temporarily disabled. {SEE}");
        visit.flash(FlashKind::Error, words);
    }
    disabled
}

/// Says so if the provider's publishers cannot be added now.
pub(crate) fn is_provider_disabled(visit: &mut Visit<'_>, provider: Provider) -> bool {
    let disabled = !visit.flags.allows(provider);
    if disabled {
        let name = provider.name();
        let words = format!("{name}-based trusted publishing is temporarily disabled. {SEE}");
        visit.flash(FlashKind::Error, words);
    }
    disabled
}

/// Counts a try, valid or not; too many of them are answered with a time to wait.
pub(crate) fn count_try(visit: &mut Visit<'_>, user: &str) -> Result<(), Answer> {
    let trying = visit.trying(user);
    let attempts = &mut visit.state.attempts;
    if let Some(wait_ms) = attempts.wait_ms(&REGISTER, trying, visit.now_ms) {
        let words =
            "There have been too many attempted trusted publisher registrations. Try again later.";
        return Err(Answer::too_many(visit.request, "Too Many Requests", words, wait_ms));
    }
    attempts.count(&REGISTER, trying, visit.now_ms);
    Ok(())
}
