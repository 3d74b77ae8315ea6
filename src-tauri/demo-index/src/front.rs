//! Who stands in front of an index, PyPI's CDN: a site that is down, and a page that wants to see a
//! person first (protocol 9.1). What they answer has no mark of Warehouse's.

use crate::answer::Answer;
use crate::flags::Flags;
use crate::pages::{challenge, errors};
use crate::request::Request;
use crate::views::next::safe_next;

/// The address of the demo's own button.
pub(crate) const PASS: &str = "/demo/challenge/";

/// What the request gets in the place of the index's answer; none if it may go on.
pub(crate) fn answer(request: &Request, flags: &mut Flags) -> Option<Answer> {
    if flags.site_down {
        return Some(errors::unavailable());
    }
    if request.path == PASS {
        flags.challenge = None;
        let next = safe_next(request).unwrap_or_else(|| "/".to_owned());
        return Some(Answer::see_other(request, &next));
    }
    if let Some(status) = flags.challenge {
        return Some(Answer::page_with_status(status, challenge::page(&request.target())));
    }
    flags.database_down.then(errors::broken)
}
