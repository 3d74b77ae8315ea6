//! The ways in which a page changes: what the index's developers may do to its markup, and what may
//! happen to it on its way. Whatever changes what the page says is left out.

use std::ops::Range;

use super::markup::{Tag, element, tags, values};
use super::pages::PageName;
use crate::dice::Dice;

type Change = fn(&str, &mut Dice) -> Option<(String, String)>;

/// Everything that may happen to the markup.
const CHANGES: [(&str, Change); 16] = [
    ("cut off", cut_off),
    ("a comment", comment),
    ("white space", white_space),
    ("one class, id or name is another", one_value),
    ("a class, id or name is another everywhere", every_value),
    ("an attribute has another name", attribute),
    ("an element is another everywhere", every_element),
    ("a row is shorter", |page, dice| drop_one(page, dice, &["td", "th", "a", "b", "small"])),
    ("a part is gone", |page, dice| drop_one(page, dice, &["tr", "div", "form", "main", "footer"])),
    ("the list is gone", |page, dice| drop_one(page, dice, &["table", "tbody"])),
    ("a field is gone", |page, dice| drop_one(page, dice, &["input", "select"])),
    ("a column is new", new_column),
    ("columns have changed places", swapped_columns),
    ("a field is new", new_field),
    ("a part stands there twice", twice),
    ("a part is wrapped", wrapped),
];

/// Changes a page in one way; the page, and how.
pub(super) fn mutate(page: &str, name: PageName, dice: &mut Dice) -> (String, String) {
    loop {
        let (how, change) = CHANGES[dice.count(CHANGES.len())];
        // All of a message is what it says, to its white space, and it has no mark of its end.
        let says = name == PageName::Messages && how != "a comment";
        if let Some((changed, what)) = change(page, dice).filter(|_| !says) {
            return (changed, format!("{how}: {what}"));
        }
    }
}

fn replaced(page: &str, range: Range<usize>, by: &str) -> String {
    format!("{}{by}{}", &page[..range.start], &page[range.end..])
}

fn opening(page: &str, names: &[&str]) -> (Vec<Tag>, Vec<usize>) {
    let tags = tags(page);
    let is = |tag: &Tag| !tag.closes && (names.is_empty() || names.contains(&tag.name.as_str()));
    let opening = (0..tags.len()).filter(|at| is(&tags[*at])).collect();
    (tags, opening)
}

/// One of the elements of these names.
fn one_element(page: &str, dice: &mut Dice, names: &[&str]) -> Option<Range<usize>> {
    let (tags, opening) = opening(page, names);
    let at = *opening.get(dice.count(opening.len().max(1)))?;
    element(&tags, at)
}

fn cut_off(page: &str, dice: &mut Dice) -> Option<(String, String)> {
    let end = page.floor_char_boundary(dice.count(page.len().max(1)));
    Some((page[..end].to_owned(), format!("after {end} of {} bytes", page.len())))
}

fn between_tags(page: &str, dice: &mut Dice, what: &str) -> Option<(String, String)> {
    let tags = tags(page);
    let tag = tags.get(dice.count(tags.len().max(1)))?;
    let at = tag.range.start;
    Some((replaced(page, at..at, what), format!("before <{}> at {at}", tag.name)))
}

fn comment(page: &str, dice: &mut Dice) -> Option<(String, String)> {
    let changed = between_tags(page, dice, "<!-- <tr><td>GitHub</td></tr> -->")?;
    // One within another ends it too early, and what follows is said aloud.
    let is_within_another = changed.0.split("<!--").skip(1).any(|rest| !rest.contains("-->"));
    (!is_within_another).then_some(changed)
}

/// Not in the details of a publisher: those are what they say to their white space.
fn white_space(page: &str, dice: &mut Dice) -> Option<(String, String)> {
    let changed = between_tags(page, dice, "\n   \n")?;
    let same = page.bytes().zip(changed.0.bytes()).take_while(|(was, is)| was == is);
    let before = &page[..same.count()];
    let is_in_details = before.rfind("<small>") > before.rfind("</small>");
    (!is_in_details).then_some(changed)
}

fn value_of_mark(page: &str, dice: &mut Dice) -> Option<Range<usize>> {
    let values = values(page, dice.one_of(&["class", "id", "name", "href", "action"]));
    values.get(dice.count(values.len().max(1))).cloned().filter(|value| !value.is_empty())
}

fn one_value(page: &str, dice: &mut Dice) -> Option<(String, String)> {
    let value = value_of_mark(page, dice)?;
    let was = page[value.clone()].to_owned();
    Some((replaced(page, value, &format!("another-{}", dice.word(4))), was))
}

fn every_value(page: &str, dice: &mut Dice) -> Option<(String, String)> {
    let value = value_of_mark(page, dice)?;
    let was = format!("\"{}\"", &page[value]);
    Some((page.replace(&was, &format!("\"another-{}\"", dice.word(4))), was))
}

fn attribute(page: &str, dice: &mut Dice) -> Option<(String, String)> {
    let name = dice.one_of(&["class", "id", "name", "href", "value", "datetime", "action"]);
    Some((page.replace(&format!(" {name}="), &format!(" data-{name}=")), name.to_owned()))
}

fn every_element(page: &str, dice: &mut Dice) -> Option<(String, String)> {
    let name =
        dice.one_of(&["tr", "td", "small", "b", "table", "form", "h3", "main", "footer", "select"]);
    let changed =
        page.replace(&format!("<{name} "), "<span ").replace(&format!("<{name}>"), "<span>");
    Some((changed.replace(&format!("</{name}>"), "</span>"), name.to_owned()))
}

fn drop_one(page: &str, dice: &mut Dice, names: &[&str]) -> Option<(String, String)> {
    let dropped = one_element(page, dice, names)?;
    // A provider without a form is one that the index has switched off, and a project is a project.
    let says = ["-publisher-form\"", "package-snippet\""];
    let part = &page[dropped.clone()];
    // So is a field without words under it: one that nothing was wrong with.
    let are_words_alone = part.contains("form-errors") && !part.contains("<input");
    if are_words_alone || says.iter().any(|says| part.contains(says)) {
        return None;
    }
    let was: String = part.chars().take(60).collect();
    Some((replaced(page, dropped, ""), was))
}

fn new_column(page: &str, dice: &mut Dice) -> Option<(String, String)> {
    let cell = one_element(page, dice, &["td"])?;
    let at = if dice.below(2) == 0 { cell.start } else { cell.end };
    Some((replaced(page, at..at, "<td><small><b>Ref:</b> main</small></td>"), format!("at {at}")))
}

fn swapped_columns(page: &str, dice: &mut Dice) -> Option<(String, String)> {
    let row = one_element(page, dice, &["tr"])?;
    let inside = &page[row.clone()];
    let (tags, cells) = opening(inside, &["td"]);
    let one = element(&tags, *cells.first()?)?;
    let other = element(&tags, *cells.get(1 + dice.count(cells.len().max(2) - 1))?)?;
    let (first, second) = (&inside[one.clone()], &inside[other.clone()]);
    let between = &inside[one.end..other.start];
    let swapped =
        format!("{}{second}{between}{first}{}", &inside[..one.start], &inside[other.end..]);
    let what = format!("{first} and {second}");
    Some((replaced(page, row, &swapped), what))
}

fn new_field(page: &str, dice: &mut Dice) -> Option<(String, String)> {
    let form = one_element(page, dice, &["form"])?;
    let inside = form.start + page[form.clone()].find('>')? + 1;
    let field = "<input name=\"audience\" id=\"audience\" required>";
    Some((replaced(page, inside..inside, field), format!("in the form at {}", form.start)))
}

fn twice(page: &str, dice: &mut Dice) -> Option<(String, String)> {
    let part =
        one_element(page, dice, &["tr", "td", "table", "form", "small", "b", "main", "input"])?;
    let what = page[part.clone()].to_owned();
    let was: String = what.chars().take(60).collect();
    Some((replaced(page, part.end..part.end, &what), was))
}

fn wrapped(page: &str, dice: &mut Dice) -> Option<(String, String)> {
    let part = one_element(
        page,
        dice,
        &["table", "form", "small", "main", "footer", "section", "h3", "ul"],
    )?;
    let what = format!("<div class=\"wrapper\">{}</div>", &page[part.clone()]);
    let was: String = page[part.clone()].chars().take(60).collect();
    Some((replaced(page, part, &what), was))
}
