//! Signing out.

use crate::answer::Answer;
use crate::guard;
use crate::pages::logout::page;
use crate::views::next::safe_next;
use crate::visit::Visit;

pub(crate) fn view(visit: &mut Visit<'_>) -> Result<Answer, Answer> {
    let request = visit.request;
    let next = safe_next(request).unwrap_or_else(|| "/".to_owned());
    if request.is_post() {
        guard::csrf(visit)?;
        guard::unrepeated(visit)?;
        visit.sign_out();
        return Ok(Answer::see_other(request, &next));
    }
    if !request.is_read() {
        return Err(guard::mismatch(visit));
    }
    if visit.user().is_none() {
        return Ok(Answer::see_other(request, &next));
    }
    let csrf_token = visit.csrf_token();
    Ok(Answer::page(page(&csrf_token, visit.user(), &next)))
}
