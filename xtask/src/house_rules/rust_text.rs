//! Rust source without what is not code: comments, texts and test modules are blanked, line breaks stay, so that a line keeps
//! its number. It knows tokens only as far as these three need it; it is no parser.

/// Comments and the insides of texts and character literals become blanks.
pub(super) fn code_only(source: &str) -> String {
    let mut reader = Reader { rest: source, code: String::with_capacity(source.len()) };
    while let Some(first) = reader.rest.chars().next() {
        if reader.rest.starts_with("//") {
            reader.blank(reader.rest.find('\n').unwrap_or(reader.rest.len()));
        } else if reader.rest.starts_with("/*") {
            reader.blank(block_comment(reader.rest));
        } else if let Some(length) = raw_text(reader.rest).filter(|_| !reader.is_in_word()) {
            reader.blank(length);
        } else if first == '"' {
            reader.blank(quoted(reader.rest, '"'));
        } else if first == '\'' && is_character(reader.rest) {
            reader.blank(quoted(reader.rest, '\''));
        } else {
            reader.keep(first);
        }
    }
    reader.code
}

struct Reader<'a> {
    rest: &'a str,
    code: String,
}

impl Reader<'_> {
    fn keep(&mut self, first: char) {
        self.code.push(first);
        self.rest = self.rest.get(first.len_utf8()..).unwrap_or_default();
    }

    fn blank(&mut self, length: usize) {
        let (gone, rest) = self.rest.split_at_checked(length).unwrap_or((self.rest, ""));
        self.code.extend(gone.chars().map(|gone| if gone == '\n' { '\n' } else { ' ' }));
        self.rest = rest;
    }

    /// `r` in `for"` belongs to a word; alone it begins a raw text. So does the `r` of `br"` and `cr"`.
    fn is_in_word(&self) -> bool {
        let mut before = self.code.chars().rev();
        let is_word = |character: char| character.is_alphanumeric() || character == '_';
        match before.next() {
            Some('b' | 'c') => before.next().is_some_and(is_word),
            Some(last) => is_word(last),
            None => false,
        }
    }
}

/// The length of a block comment, which may hold others.
fn block_comment(text: &str) -> usize {
    let mut depth = 0_usize;
    let mut at = 0;
    while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
        if rest.starts_with("/*") {
            depth += 1;
            at += 2;
        } else if rest.starts_with("*/") {
            depth -= 1;
            at += 2;
            if depth == 0 {
                return at;
            }
        } else {
            at += rest.chars().next().map_or(1, char::len_utf8);
        }
    }
    text.len()
}

/// The length of a raw text (`r"…"`, `r#"…"#`), if one begins here.
fn raw_text(text: &str) -> Option<usize> {
    let after = text.strip_prefix('r')?;
    let opened = after.trim_start_matches('#');
    let marks = after.get(..after.len() - opened.len())?;
    let inside = opened.strip_prefix('"')?;
    let end = format!("\"{marks}");
    let length = inside.find(&end).map_or(inside.len(), |at| at + end.len());
    Some(text.len() - inside.len() + length)
}

/// The length of a quoted text or character, whose first character is the quote.
fn quoted(text: &str, quote: char) -> usize {
    let mut escaped = false;
    for (at, character) in text.char_indices().skip(1) {
        match character {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            _ if character == quote => return at + character.len_utf8(),
            _ => {}
        }
    }
    text.len()
}

/// Whether the quote begins a character (`'a'`, `'\n'`) and not a lifetime (`'a`).
fn is_character(text: &str) -> bool {
    let mut after = text.chars().skip(1);
    after.next() == Some('\\') || after.next() == Some('\'')
}

/// `code` (as [`code_only`] gives it) without the items that are compiled for tests only.
pub(super) fn outside_tests(code: &str) -> String {
    let mut shipped = String::with_capacity(code.len());
    let mut rest = code;
    while let Some((before, item)) = next_test_item(rest) {
        let (gone, after) = item.split_at_checked(item_length(item)).unwrap_or((item, ""));
        shipped.push_str(before);
        shipped.extend(gone.chars().filter(|character| *character == '\n'));
        rest = after;
    }
    shipped.push_str(rest);
    shipped
}

fn next_test_item(code: &str) -> Option<(&str, &str)> {
    let starts = ["#[cfg(test)]", "#[cfg(all(test"].iter().filter_map(|start| code.find(start));
    code.split_at_checked(starts.min()?)
}

/// To the end of the item's braces, or to its semicolon where it has none.
fn item_length(item: &str) -> usize {
    let mut depth = 0_usize;
    for (at, character) in item.char_indices() {
        match character {
            '{' => depth += 1,
            '}' if depth <= 1 => return at + 1,
            '}' => depth -= 1,
            ';' if depth == 0 => return at + 1,
            _ => {}
        }
    }
    item.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(source: &str) -> Vec<String> {
        code_only(source).split_whitespace().map(str::to_owned).collect()
    }

    #[test]
    fn comments_are_not_code_however_deep() {
        assert_eq!(words("a // b\nc /* d /* e */ f */ g"), ["a", "c", "g"]);
    }

    #[test]
    fn texts_are_not_code_however_written() {
        assert_eq!(words(r##"a "b \" c" d"##), ["a", "d"]);
        assert_eq!(words("a r#\"b \" c\"# d"), ["a", "d"]);
        assert_eq!(words("a r\"b\\\" d"), ["a", "d"], "a raw text ends at the first quote");
    }

    #[test]
    fn a_quote_character_begins_no_text() {
        assert_eq!(words("a '\"' b '\\'' c"), ["a", "b", "c"]);
    }

    #[test]
    fn a_lifetime_is_code() {
        assert_eq!(words("fn a<'b>(c: &'b str) {}"), ["fn", "a<'b>(c:", "&'b", "str)", "{}"]);
    }

    #[test]
    fn a_line_keeps_its_number() {
        let source = "a\n/* b\nc */\n\"d\ne\"\n#[cfg(test)]\nmod f {\n  g\n}\nh\n";
        let code = outside_tests(&code_only(source));
        assert_eq!(code.lines().position(|line| line.trim() == "h"), Some(9));
    }

    #[test]
    fn a_test_item_ends_with_its_braces_or_its_semicolon() {
        assert_eq!(outside_tests("#[cfg(test)] mod a { fn b() { c } } d").trim(), "d");
        assert_eq!(outside_tests("#[cfg(test)] mod a; b").trim(), "b");
        assert_eq!(outside_tests("#[cfg(all(test, unix))] fn a() {} b").trim(), "b");
    }

    #[test]
    fn source_that_ends_too_early_is_read_to_its_end() {
        for source in ["\"a", "/* a", "r#\"a", "'", "'\\", "#[cfg(test)] mod a {"] {
            outside_tests(&code_only(source));
        }
    }
}
