//! Where a sign-in or sign-out leads when it is done.

use url::Url;

use crate::request::Request;

/// The path that the client asks for, if it is one of this index: an address elsewhere would turn the
/// sign-in page into a way to send people anywhere.
pub(crate) fn safe_next(request: &Request) -> Option<String> {
    // Here, unlike elsewhere, the form goes before the query.
    let next = request.field("next").or_else(|| request.parameter("next"));
    let next = next.filter(|next| !next.is_empty())?;
    let own = Url::parse(&request.origin()).ok()?;
    let target = own.join(next).ok()?;
    (target.origin() == own.origin()).then(|| match target.query() {
        Some(query) => format!("{}?{query}", target.path()),
        None => target.path().to_owned(),
    })
}
