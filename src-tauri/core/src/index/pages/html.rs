//! The few questions asked of an HTML document. Each looks at every element at most once, and ends with
//! the reading that it belongs to; so no selector may name siblings, which are looked through again
//! for each element.

use scraper::{ElementRef, Html, Selector};
use time::OffsetDateTime;
use time::macros::format_description;

use super::bounds;

/// Every element under `root` that fits, in order. A selector that does not parse fits nothing, which
/// the tests on whole pages would show.
pub(super) fn all<'a>(root: ElementRef<'a>, selector: &str) -> Vec<ElementRef<'a>> {
    fitting(root, selector).collect()
}

/// The first element that fits.
pub(super) fn first<'a>(root: ElementRef<'a>, selector: &str) -> Option<ElementRef<'a>> {
    fitting(root, selector).next()
}

fn fitting<'a>(root: ElementRef<'a>, selector: &str) -> impl Iterator<Item = ElementRef<'a>> {
    let selector = Selector::parse(selector).ok();
    let below = root.descendants().skip(1).take_while(|_| bounds::step());
    below.filter_map(ElementRef::wrap).filter(move |element| {
        selector.as_ref().is_some_and(|fits| fits.matches_with_scope(element, Some(root)))
    })
}

/// Whether some element fits.
pub(super) fn has(document: &Html, selector: &str) -> bool {
    first(document.root_element(), selector).is_some()
}

/// An element's whole text without outer white space, and none if nothing is left.
pub(super) fn text(element: ElementRef<'_>) -> Option<String> {
    let text = whole_text(element);
    let text = text.trim();
    (!text.is_empty()).then(|| text.to_owned())
}

/// An element's whole text as a browser sets it: white space is one space. For sentences only:
/// white space inside a value counts.
pub(super) fn sentence(element: ElementRef<'_>) -> Option<String> {
    let text = whole_text(element);
    let words: Vec<&str> = text.split_whitespace().collect();
    (!words.is_empty()).then(|| words.join(" "))
}

/// An element's whole text as it stands.
pub(super) fn whole_text(element: ElementRef<'_>) -> String {
    element.text().take_while(|text| bounds::take(text.len())).collect()
}

/// What an attribute of every element that fits says, in order.
pub(super) fn attributes(root: ElementRef<'_>, selector: &str, name: &str) -> Vec<String> {
    let values = all(root, selector).into_iter().filter_map(|one| one.value().attr(name));
    values.map(str::to_owned).collect()
}

/// The value of an input by its name under `root`.
pub(super) fn input_value(root: ElementRef<'_>, name: &str) -> Option<String> {
    let input = first(root, &format!("input[name=\"{name}\"]"))?;
    input.value().attr("value").map(str::to_owned)
}

/// The moment of a `<time>` in milliseconds since 1970.
pub(super) fn at_ms(time: ElementRef<'_>) -> Option<i64> {
    let format = format_description!(
        "[year]-[month]-[day]T[hour]:[minute]:[second][offset_hour sign:mandatory][offset_minute]"
    );
    let moment = OffsetDateTime::parse(time.value().attr("datetime")?, format).ok()?;
    Some(moment.unix_timestamp() * 1000)
}
