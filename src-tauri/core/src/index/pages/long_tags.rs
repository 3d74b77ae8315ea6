//! Looks for tags that no page of an index has, before a parser sees them: the time that it takes for
//! a tag grows with the square of the tag's attributes.

/// More than any tag of an index, whose longest are the lists of classes.
const LONGEST: usize = 64 * 1024;

/// Elements whose content is text: a `<` in it begins no tag but the one that ends them.
const TEXT_ONLY: [&str; 8] =
    ["script", "style", "title", "textarea", "noscript", "xmp", "iframe", "noframes"];

/// Whether some tag of the text is longer than that.
pub(super) fn has_long_tag(text: &str) -> bool {
    let mut left = text.as_bytes();
    while let Some(start) = left.iter().position(|byte| *byte == b'<') {
        left = left.get(start..).unwrap_or_default();
        let name = left.get(1..).unwrap_or_default();
        let is_tag = match name {
            [b'/', letter, ..] | [letter, ..] => letter.is_ascii_alphabetic(),
            [] => false,
        };
        if is_tag {
            let length = tag_length(left);
            if length > LONGEST {
                return true;
            }
            left = after_content(name, left.get(length..).unwrap_or_default());
        } else if name.starts_with(b"!--") {
            left = after(left.get(4..).unwrap_or_default(), b"-->");
        } else {
            left = name;
        }
    }
    false
}

/// How long the tag is that the text begins with. A `>` in quotes does not end it, and a quote counts
/// only where a value begins.
fn tag_length(text: &[u8]) -> usize {
    let mut quote = None;
    let mut before = b' ';
    for (at, byte) in text.iter().enumerate().take(LONGEST + 1) {
        match quote {
            Some(open) if open == *byte => quote = None,
            Some(_) => {}
            None if *byte == b'>' => return at + 1,
            None if matches!(byte, b'"' | b'\'') && before == b'=' => quote = Some(*byte),
            None => {}
        }
        if !byte.is_ascii_whitespace() {
            before = *byte;
        }
    }
    // One that has no end is not made into a tag, if it is not that long.
    text.len().min(LONGEST + 1)
}

/// What follows a tag, and its content if that is text.
fn after_content<'a>(tag: &[u8], content: &'a [u8]) -> &'a [u8] {
    let begins_with = |text: &[u8], name: &str| {
        let (start, next) = (text.get(..name.len()), text.get(name.len()));
        start.is_some_and(|start| start.eq_ignore_ascii_case(name.as_bytes()))
            && next.is_none_or(|next| !next.is_ascii_alphanumeric())
    };
    let Some(name) = TEXT_ONLY.into_iter().find(|name| begins_with(tag, name)) else {
        return content;
    };
    let mut left = content;
    loop {
        left = after(left, b"</");
        if left.is_empty() || begins_with(left, name) {
            return left;
        }
    }
}

/// What stands behind the mark; nothing if it is not there.
fn after<'a>(text: &'a [u8], mark: &[u8]) -> &'a [u8] {
    let found = text.windows(mark.len()).position(|part| part == mark);
    found.and_then(|at| text.get(at + mark.len()..)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tag_is_long_by_its_own_length_and_by_nothing_else() {
        let long = "a=1 ".repeat(LONGEST / 4);
        let value = "x".repeat(LONGEST);
        for (what, text) in [
            ("attributes", format!("<p><div {long}>")),
            ("an end", format!("</div {long}>")),
            ("a value", format!("<a href=\"{value}\">")),
            ("a value with a >", format!("<a title='{}'>", ">".repeat(LONGEST))),
            ("no end", format!("<div {long}")),
            ("behind a script", format!("<script>a<b\"</script><div {long}>")),
            ("behind a comment", format!("<!-- <a \" --><div {long}>")),
            ("behind a quote that begins no value", format!("<a b\">x</a><div {long}>")),
        ] {
            assert!(has_long_tag(&text), "{what}");
        }
        for (what, text) in [
            ("text", value.clone()),
            ("text with signs", "a < b, don't > \" ".repeat(LONGEST)),
            ("many tags", "<a href='/'>x</a>".repeat(LONGEST)),
            ("a comment", format!("<!-- <a {long} -->")),
            ("a script", format!("<script>a<b '{long}</script><p>")),
            ("a longer name", format!("<titles>{value}</titles>")),
            ("just short enough", format!("<a {}>", "x".repeat(LONGEST - 4))),
            ("nothing", String::new()),
        ] {
            assert!(!has_long_tag(&text), "{what}");
        }
    }
}
