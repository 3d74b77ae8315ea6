//! Lines of standard input, of which no more is held than is of use.

use std::io::{self, BufRead, Read};

/// So much of one line is read past in the end, in bytes. An input without lines may never end.
const MOST: u64 = 256 << 20;

/// A line with its end, as far as it is of use.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Line {
    pub(crate) bytes: Vec<u8>,
    pub(crate) is_whole: bool,
}

/// The next line; none: there is no more.
///
/// # Errors
/// It cannot be read, or it is so long that it is no line.
pub(crate) fn next_line(input: &mut impl BufRead, longest: u64) -> io::Result<Option<Line>> {
    let mut bytes = Vec::new();
    let length = input.by_ref().take(longest.saturating_add(1)).read_until(b'\n', &mut bytes)?;
    if length == 0 {
        return Ok(None);
    }
    let is_whole = u64::try_from(length).is_ok_and(|length| length <= longest);
    if !is_whole && !bytes.ends_with(b"\n") {
        skip_line(input)?;
    }
    Ok(Some(Line { bytes, is_whole }))
}

fn skip_line(input: &mut impl BufRead) -> io::Result<()> {
    let mut rest = input.take(MOST);
    rest.skip_until(b'\n')?;
    if rest.limit() > 0 {
        return Ok(());
    }
    let message = format!("a line of standard input is longer than {} MB", MOST >> 20);
    Err(io::Error::new(io::ErrorKind::InvalidData, message))
}

#[cfg(test)]
mod tests {
    use std::io::BufReader;

    use super::*;

    fn line(text: &str, is_whole: bool) -> Option<Line> {
        Some(Line { bytes: text.as_bytes().to_vec(), is_whole })
    }

    #[test]
    fn long_line_is_cut_and_the_next_one_is_whole() {
        let mut input = "1234\n12345678\n12345\n1".as_bytes();
        let mut next = || next_line(&mut input, 5).expect("read");
        assert_eq!(next(), line("1234\n", true));
        assert_eq!(next(), line("123456", false));
        assert_eq!(next(), line("12345\n", false));
        assert_eq!(next(), line("1", true));
        assert_eq!(next(), None);
    }

    #[test]
    fn input_without_lines_ends_with_an_error() {
        let mut endless = BufReader::with_capacity(1 << 20, io::repeat(0));
        let error = next_line(&mut endless, 5).expect_err("it has no end");
        assert!(error.to_string().contains("longer than 256 MB"), "{error}");
    }
}
