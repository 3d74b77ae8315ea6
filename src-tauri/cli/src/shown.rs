//! Text from elsewhere on a terminal: a project's name, a publisher's field or an index's words must
//! not move the cursor, colour what follows or turn the line around.

use time::OffsetDateTime;
use time::macros::format_description;

/// What stands for a character that is not shown.
const HIDDEN: char = '\u{fffd}';

/// The text on one line, with a mark for each character that would do something instead of being
/// seen.
pub(crate) fn text(text: &str) -> String {
    text.chars().map(|character| if is_harmless(character) { character } else { HIDDEN }).collect()
}

fn is_harmless(character: char) -> bool {
    let turns_the_line = matches!(character, '\u{200e}' | '\u{200f}' | '\u{061c}'
        | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    let breaks_the_line = matches!(character, '\u{2028}' | '\u{2029}');
    !character.is_control() && !turns_the_line && !breaks_the_line
}

/// A time as a person reads it, in UTC: which zone the reader of a log is in, nobody knows.
pub(crate) fn time(at_ms: i64) -> String {
    let format = format_description!("[year]-[month]-[day] [hour]:[minute] UTC");
    let at = OffsetDateTime::from_unix_timestamp(at_ms.div_euclid(1000)).ok();
    at.and_then(|at| at.format(format).ok()).unwrap_or_else(|| format!("{at_ms} ms since 1970"))
}

/// The same to the second, for a time that may be near.
pub(crate) fn moment(at_ms: i64) -> String {
    let format = format_description!("[year]-[month]-[day] [hour]:[minute]:[second] UTC");
    let at = OffsetDateTime::from_unix_timestamp(at_ms.div_euclid(1000)).ok();
    at.and_then(|at| at.format(format).ok()).unwrap_or_else(|| time(at_ms))
}

/// The same of what may not have been read yet, which is never shown as none.
pub(crate) fn read_at(at_ms: Option<i64>) -> String {
    at_ms.map_or_else(|| "not read yet".to_owned(), time)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_would_steer_a_terminal_is_shown_as_a_mark() {
        assert_eq!(
            text("a\u{1b}[31mb\r\nc\u{9b}d\u{7f}"),
            "a\u{fffd}[31mb\u{fffd}\u{fffd}c\u{fffd}d\u{fffd}"
        );
        assert_eq!(text("gpj.\u{202e}txt"), "gpj.\u{fffd}txt", "a name cannot be read backwards");
        assert_eq!(text("Grüße, 项目 🎉"), "Grüße, 项目 🎉");
    }

    #[test]
    fn a_time_is_said_in_utc() {
        assert_eq!(time(1_795_338_000_000), "2026-11-22 09:00 UTC");
        assert_eq!(moment(1_795_338_007_000), "2026-11-22 09:00:07 UTC");
        assert_eq!(moment(i64::MAX), time(i64::MAX));
        assert_eq!(time(i64::MAX), format!("{} ms since 1970", i64::MAX), "no clock shows it");
    }
}
