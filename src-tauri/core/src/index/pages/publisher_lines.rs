//! The lines of a row's *Details* column, a label and a value each, with the value exactly as the
//! index stores it: the padding of its template is removed and nothing else, because white space at
//! the ends of a value makes another publisher of it (protocol 4.2).

use scraper::ElementRef;

use super::bounds;
use super::html::{text, whole_text};

/// How much deeper than its label the template writes a value that stands on a line of its own.
const STEP: usize = 2;

/// One line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Line {
    /// Without its colon; empty if the line has none.
    pub(super) label: String,
    /// None is *(Any)*.
    pub(super) value: Option<String>,
    /// Whether it is written as the lines of the known providers are, so that its value is certain.
    pub(super) is_certain: bool,
}

/// A line while it is read.
#[derive(Default)]
struct Raw {
    label: String,
    /// Everything after the label, padding and all.
    text: String,
    /// How deep the label stands in the page's text; none without a label.
    depth: Option<usize>,
    has_italics: bool,
    has_text: bool,
    /// Whether it has an element that the lines of today do not have.
    has_others: bool,
}

/// Every line that says anything, in the row's order.
pub(super) fn lines(details: ElementRef<'_>) -> Vec<Line> {
    let mut lines = Vec::new();
    let mut raw = Raw::default();
    for child in details.children() {
        let Some(element) = ElementRef::wrap(child) else {
            raw.push(child.value().as_text().map_or("", |words| words));
            continue;
        };
        match element.value().name() {
            "b" => {
                let depth = raw.text.rsplit('\n').next().map(str::len);
                lines.extend(raw.line());
                let label = text(element).unwrap_or_default();
                let label = label.strip_suffix(':').unwrap_or(&label).to_owned();
                raw = Raw { label, depth, ..Raw::default() };
            }
            "br" => lines.extend(std::mem::take(&mut raw).line()),
            "i" if text(element).is_some() => {
                raw.has_italics = true;
                raw.text.push_str(&whole_text(element));
            }
            name => {
                raw.has_others |= name != "a";
                raw.push(&whole_text(element));
            }
        }
    }
    lines.extend(raw.line());
    lines
}

impl Raw {
    fn push(&mut self, words: &str) {
        if !bounds::take(words.len()) {
            return;
        }
        self.has_text |= words.chars().any(|it| !matches!(it, ' ' | '\n'));
        self.text.push_str(words);
    }

    /// The line; none if it is the white space between two lines or after the last one.
    fn line(self) -> Option<Line> {
        if self.depth.is_none() && !self.has_italics && !self.has_text {
            return None;
        }
        let is_any = self.has_italics && !self.has_text && !self.has_others;
        let value = unpadded(&self.text, self.depth.map(|depth| depth + STEP));
        // A parser makes one line break of every kind of them, so that the stored one is not known.
        let is_plain = !self.has_italics && !self.has_others && !value.contains('\n');
        Some(Line {
            label: self.label,
            value: (!is_any).then(|| value.to_owned()),
            is_certain: is_any || is_plain,
        })
    }
}

/// A value without its template's padding: before it one space, or a line break and the indentation
/// (all of it where nothing tells how deep that is); after it a line break and the indentation of
/// what follows.
fn unpadded(text: &str, indentation: Option<usize>) -> &str {
    let value = if let Some(own_line) = text.strip_prefix('\n') {
        let spaces = own_line.len() - own_line.trim_start_matches(' ').len();
        own_line.get(indentation.unwrap_or(spaces).min(spaces)..).unwrap_or_default()
    } else {
        text.strip_prefix(' ').unwrap_or(text)
    };
    match value.rsplit_once('\n') {
        Some((value, padding)) if padding.chars().all(|it| it == ' ') => value,
        _ => value,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::pages::html::first;
    use crate::index::pages::parse;

    fn read(details: &str) -> Vec<(String, Option<String>, bool)> {
        let document = parse::fragment(&format!("<small>{details}</small>"));
        let small = first(document.root_element(), "small").expect("there");
        lines(small).into_iter().map(|line| (line.label, line.value, line.is_certain)).collect()
    }

    /// The value of a line as the index's template writes it, on its own line and beside its label.
    fn values(stored: &str) -> [Option<String>; 2] {
        let written = format!(
            "\n          <b>Environment name:</b>\n            {stored}\n          <br>\n          \
             <b>Actor:</b> {stored}\n          <br>\n      "
        );
        let [own_line, beside] = read(&written).try_into().expect("two lines");
        [own_line.1, beside.1]
    }

    #[test]
    fn value_is_read_with_all_its_own_white_space() {
        for stored in [
            "pypi",
            " prod ",
            "   ",
            "\u{a0}pypi",
            "pypi\u{3000}",
            "\u{2009}pypi\u{85}",
            "\u{2028}pypi\u{2029}",
            "\tpypi\t",
            "a  b",
        ] {
            let expected = Some(stored.to_owned());
            assert_eq!(values(stored), [expected.clone(), expected], "{stored:?}");
        }
    }

    #[test]
    fn line_is_certain_only_as_the_lines_of_today_are_written() {
        let any = ("A".to_owned(), None, true);
        assert_eq!(read("<b>A:</b>\n  <i>(Any)</i>\n"), [any]);
        for (written, value) in [
            ("<em>(Any)</em>", "(Any)"),
            ("main <i>(default)</i>", "main (default)"),
            ("one\ntwo", "one\ntwo"),
            ("<code>x</code>", "x"),
        ] {
            let uncertain = ("A".to_owned(), Some(value.to_owned()), false);
            assert_eq!(read(&format!("<b>A:</b> {written}<br>")), [uncertain], "{written}");
        }
    }

    #[test]
    fn words_without_a_label_are_a_line_too() {
        let unlabelled = (String::new(), Some("for a while".to_owned()), true);
        assert_eq!(read("\n    for a while\n    "), [unlabelled]);
        assert_eq!(read("\n    \n"), []);
    }
}
