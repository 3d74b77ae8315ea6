//! Python's ideas of text where they differ from Rust's. The index is written in Python, so a rule
//! that trims or lower-cases must do so as Python does.

/// White space as `str.isspace` has it: Rust's, and the separators U+001C to U+001F besides.
pub(crate) fn is_space(character: char) -> bool {
    character.is_whitespace() || matches!(character, '\u{1c}'..='\u{1f}')
}

/// `str.strip()`.
pub(crate) fn strip(text: &str) -> &str {
    text.trim_matches(is_space)
}

/// Python's `$` also matches before one final newline, so the index lets that newline through.
pub(crate) fn without_final_newline(text: &str) -> &str {
    text.strip_suffix('\n').unwrap_or(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strip_removes_what_python_calls_white_space() {
        assert_eq!(strip("\u{1c}\u{a0} release.yml\u{3000}\u{1f}"), "release.yml");
        assert_eq!(strip("\u{200b}x"), "\u{200b}x", "a zero-width space is no white space");
    }

    #[test]
    fn only_one_final_newline_slips_through_a_pattern() {
        assert_eq!(without_final_newline("octo\n"), "octo");
        assert_eq!(without_final_newline("octo\n\n"), "octo\n");
    }
}
