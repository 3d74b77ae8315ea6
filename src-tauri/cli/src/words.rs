//! The words of a line of a batch. Quotes of either kind hold a word together; nothing else has a
//! meaning of its own, so that a Windows path is written as it is.

use std::ops::Range;

/// A word without its quotes, and where it stands in the line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Word {
    pub(crate) text: String,
    pub(crate) at: Range<usize>,
}

/// A quote that does not end.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("missing closing quote {0}")]
pub(crate) struct Unclosed(char);

/// Splits at white space. A word that begins with # begins a remark.
pub(crate) fn words(line: &str) -> Result<Vec<Word>, Unclosed> {
    let mut words = Vec::new();
    let (mut word, mut quote): (Option<Word>, Option<char>) = (None, None);
    for (at, letter) in line.char_indices() {
        let end = at + letter.len_utf8();
        match (quote, letter) {
            (None, _) if letter.is_whitespace() => words.extend(word.take()),
            (None, '#') if word.is_none() => break,
            (None, '\'' | '"') => {
                quote = Some(letter);
                grown(&mut word, at..end, None);
            }
            (Some(open), _) if open == letter => {
                quote = None;
                grown(&mut word, at..end, None);
            }
            _ => grown(&mut word, at..end, Some(letter)),
        }
    }
    if let Some(open) = quote {
        return Err(Unclosed(open));
    }
    words.extend(word);
    Ok(words)
}

fn grown(word: &mut Option<Word>, at: Range<usize>, letter: Option<char>) {
    let word = word.get_or_insert_with(|| Word { text: String::new(), at: at.clone() });
    word.at.end = at.end;
    word.text.extend(letter);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn line_is_split_at_white_space_outside_of_quotes() {
        let split = |line| {
            let words = words(line)?;
            Ok::<Vec<String>, Unclosed>(words.into_iter().map(|word| word.text).collect())
        };
        for (line, expected) in [
            ("", vec![]),
            ("  status\t--refresh ", vec!["status", "--refresh"]),
            (r"plan --out C:\users\me\p.json", vec!["plan", "--out", r"C:\users\me\p.json"]),
            (r#"plan --out "C:\my files\""#, vec!["plan", "--out", r"C:\my files\"]),
            (r"plan --out \\server\share\p", vec!["plan", "--out", r"\\server\share\p"]),
            ("a 'b c' \"d e\"f ''", vec!["a", "b c", "d ef", ""]),
            (r#"say "it's" 'a "b"'"#, vec!["say", "it's", r#"a "b""#]),
            ("a b#c #d e", vec!["a", "b#c"]),
            ("ä\u{3000}ö", vec!["ä", "ö"]),
        ] {
            assert_eq!(
                split(line),
                Ok(expected.iter().map(|word| (*word).to_owned()).collect()),
                "{line}"
            );
        }
        assert_eq!(split("a 'b"), Err(Unclosed('\'')));
        assert_eq!(split("a \"b'"), Err(Unclosed('"')));
    }

    #[test]
    fn word_knows_where_it_stands_with_its_quotes() {
        let line = "sign-in ä --code '123 456'";
        let words = words(line).expect("closed");
        let pieces: Vec<&str> = words.iter().map(|word| &line[word.at.clone()]).collect();
        assert_eq!(pieces, ["sign-in", "ä", "--code", "'123 456'"]);
    }
}
