//! A project's security history (protocol, section 8).

use scraper::ElementRef;

use super::asked::Asked;
use super::html::{all, at_ms, attributes, first, sentence};
use super::kind::document;
use crate::index::Error;
use trustdesk_domain::HistoryEvent;

/// The events of a project's page, in its order, which is the newest first.
///
/// # Errors
/// The page is not that project's history, ends before its end, or an event cannot be read.
pub fn history(body: &str, project: &str) -> Result<Vec<HistoryEvent>, Error> {
    let document = document(body, &Asked::history(project), "history")?;
    let rows = all(document.root_element(), "table.table--security-logs tbody tr");
    let events = rows.into_iter().map(event).collect::<Option<_>>();
    events.ok_or(Error::PageNotUnderstood("an event of the history"))
}

fn event(row: ElementRef<'_>) -> Option<HistoryEvent> {
    let cells = all(row, "td");
    let [what, when, where_from] = cells.as_slice() else {
        return None;
    };
    let [location, device] = places(*where_from);
    let mut users = attributes(*what, "a[href^=\"/user/\"]", "href");
    let named = users.pop().filter(|_| users.is_empty());
    let username =
        |path: String| Some(path.strip_prefix("/user/")?.trim_end_matches('/').to_owned());
    Some(HistoryEvent {
        title: sentence(first(*what, "strong")?)?,
        details: all(*what, "small").into_iter().filter_map(sentence).collect(),
        username: named.and_then(username),
        at_ms: at_ms(first(*when, "time[datetime]")?)?,
        location,
        device,
    })
}

/// Where from and with what: the bare text before and after the line break. Labels for small screens
/// stand in elements of their own.
fn places(cell: ElementRef<'_>) -> [Option<String>; 2] {
    let mut places = [String::new(), String::new()];
    let mut broken = 0;
    for child in cell.children() {
        if ElementRef::wrap(child).is_some_and(|element| element.value().name() == "br") {
            broken += 1;
        }
        if let (Some(words), Some(place)) = (child.value().as_text(), places.get_mut(broken)) {
            place.push_str(words);
        }
    }
    places.map(|place| Some(place.trim().to_owned()).filter(|place| !place.is_empty()))
}
