//! Which paths a Rust file uses, read from its text: comments and string literals do not count, a
//! group in braces counts as each of its paths. No more of the language is understood than that.

/// Every path of at least two words, and every single word that a `use` names, with all its words:
/// `use crate::{store, index::Error};` is `crate::store` and `crate::index::Error`.
#[must_use]
pub fn paths(source: &str) -> Vec<Vec<String>> {
    let tokens = tokens(source);
    let mut found = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        let used = at > 0 && tokens[at - 1] == "use";
        if is_word(&tokens[at]) || tokens[at] == "::" && used {
            at = tree(&tokens, at, &[], &mut found, used);
        } else {
            at += 1;
        }
    }
    found
}

/// Reads one path with the words before it, and gives the place after it.
fn tree(
    tokens: &[String],
    start: usize,
    before: &[String],
    found: &mut Vec<Vec<String>>,
    used: bool,
) -> usize {
    let mut words = before.to_vec();
    let mut at = start;
    loop {
        match tokens.get(at).map(String::as_str) {
            Some("::") => at += 1,
            Some("{") if at > start && tokens[at - 1] == "::" => {
                return group(tokens, at + 1, &words, found, used);
            }
            Some(word) if is_word(word) && (at == start || tokens[at - 1] == "::") => {
                words.push(word.to_owned());
                at += 1;
            }
            _ => break,
        }
    }
    if words.len() > 1 || used {
        found.push(words);
    }
    at
}

/// Reads the paths in braces up to the closing one, and gives the place after it.
fn group(
    tokens: &[String],
    start: usize,
    before: &[String],
    found: &mut Vec<Vec<String>>,
    used: bool,
) -> usize {
    let mut at = start;
    while at < tokens.len() && tokens[at] != "}" {
        at = match tokens[at].as_str() {
            // The new name of something is no path.
            "as" => at + 2,
            word if is_word(word) => tree(tokens, at, before, found, used),
            _ => at + 1,
        };
    }
    at + 1
}

fn is_word(token: &str) -> bool {
    token.starts_with(|first: char| first.is_alphabetic() || first == '_')
}

/// Words, `::` and single signs.
fn tokens(source: &str) -> Vec<String> {
    let mut tokens = Vec::new();
    let mut rest = source;
    while let Some(first) = rest.chars().next() {
        let skipped = comment_or_literal(rest);
        if skipped > 0 {
            rest = &rest[skipped..];
            continue;
        }
        let length = if first.is_alphanumeric() || first == '_' {
            let end = |sign: char| !(sign.is_alphanumeric() || sign == '_');
            rest.find(end).unwrap_or(rest.len())
        } else if rest.starts_with("::") {
            2
        } else {
            first.len_utf8()
        };
        if !first.is_whitespace() {
            tokens.push(rest[..length].to_owned());
        }
        rest = &rest[length..];
    }
    tokens
}

/// The length of the comment or literal that the text starts with; 0: it starts with neither.
fn comment_or_literal(text: &str) -> usize {
    let through = |end: &str, from: usize| {
        text[from..].find(end).map_or(text.len(), |place| from + place + end.len())
    };
    if text.starts_with("//") {
        through("\n", 2)
    } else if text.starts_with("/*") {
        through("*/", 2)
    } else if let Some(hashes) = raw_string(text) {
        through(&format!("\"{}", "#".repeat(hashes)), hashes + 2)
    } else if text.starts_with('"') {
        quoted(text, '"')
    } else if text.starts_with('\'') {
        // A lifetime has no second quote.
        let mut signs = text.chars().skip(1);
        let escaped = signs.next() == Some('\\');
        if escaped || signs.next() == Some('\'') { quoted(text, '\'') } else { 1 }
    } else {
        0
    }
}

/// The number of hashes of the raw string that the text starts with.
fn raw_string(text: &str) -> Option<usize> {
    let rest = text.strip_prefix('r')?;
    let hashes = rest.find(|sign| sign != '#')?;
    rest[hashes..].starts_with('"').then_some(hashes)
}

/// The length of a literal between two such quotes.
fn quoted(text: &str, quote: char) -> usize {
    let mut escaped = false;
    for (place, sign) in text.char_indices().skip(1) {
        if sign == quote && !escaped {
            return place + 1;
        }
        escaped = sign == '\\' && !escaped;
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::paths;

    fn joined(source: &str) -> Vec<String> {
        paths(source).into_iter().map(|words| words.join("::")).collect()
    }

    #[test]
    fn a_group_counts_as_each_of_its_paths() {
        assert_eq!(
            joined("use crate::{domain, index::{self, Error as Failed}, store::*};"),
            ["crate::domain", "crate::index::self", "crate::index::Error", "crate::store"]
        );
    }

    #[test]
    fn a_path_in_the_midst_of_code_counts() {
        assert_eq!(
            joined("fn f(a: &crate::store::Store) -> Vec<super::Row> { sqlx::query(a.b) }"),
            ["crate::store::Store", "super::Row", "sqlx::query"]
        );
        assert_eq!(joined("use sqlx;\npub use reqwest as web;"), ["sqlx", "reqwest"]);
        assert_eq!(
            joined("#[derive(sqlx::FromRow)] struct A<'a>(&'a b::C);"),
            ["sqlx::FromRow", "b::C"]
        );
    }

    #[test]
    fn comments_and_texts_do_not_count() {
        let source = r##"
            //! As `crate::store::Store` does.
            /* crate::index::Error */
            let a = "crate::sync::Engine \" crate::sync"; let b = r#"x::y "z::a""#;
            let quote = '"'; let other = '\''; let c = d::E;
        "##;
        assert_eq!(joined(source), ["d::E"]);
    }

    #[test]
    fn what_stands_after_a_generic_path_is_still_read() {
        assert_eq!(
            joined("Vec::<crate::store::Row>::new(); <A as crate::index::B>::c()"),
            ["crate::store::Row", "crate::index::B"]
        );
    }
}
