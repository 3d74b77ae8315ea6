//! Dates and durations as the pages write them.

use maud::{Markup, html};
use time::OffsetDateTime;

/// A date with its exact time for programs.
pub(crate) fn date(at_ms: i64) -> Markup {
    let at = moment(at_ms);
    let (hour, minute, second) = at.to_hms();
    let month = at.month().to_string();
    let month = month.get(..3).unwrap_or(&month);
    html! {
        time datetime={ (at.date()) "T" (format!("{hour:02}:{minute:02}:{second:02}")) "+0000" }
            data-controller="localized-time"
            data-localized-time-relative="true" {
            (month) " " (at.day()) ", " (at.year())
        }
    }
}

/// A moment as a cookie names it.
pub(crate) fn cookie_date(at_ms: i64) -> String {
    let at = moment(at_ms);
    let (hour, minute, second) = at.to_hms();
    let (weekday, month) = (at.weekday().to_string(), at.month().to_string());
    let short = |name: &str| name.get(..3).unwrap_or(name).to_owned();
    format!(
        "{}, {:02}-{}-{} {hour:02}:{minute:02}:{second:02} GMT",
        short(&weekday),
        at.day(),
        short(&month),
        at.year()
    )
}

fn moment(at_ms: i64) -> OffsetDateTime {
    OffsetDateTime::from_unix_timestamp(at_ms.div_euclid(1000))
        .unwrap_or(OffsetDateTime::UNIX_EPOCH)
}

/// How long a lock-out still lasts.
pub(crate) fn duration(ms: i64) -> String {
    let seconds = (ms + 999) / 1000;
    let minutes = (seconds + 30) / 60;
    match (seconds, minutes) {
        (..=1, _) => "a second".to_owned(),
        (..=59, _) => format!("{seconds} seconds"),
        (_, 1) => "a minute".to_owned(),
        (_, ..=59) => format!("{minutes} minutes"),
        (_, ..=119) => "an hour".to_owned(),
        (_, ..=1439) => format!("{} hours", minutes / 60),
        _ => "a day".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_is_exact_for_programs_and_short_for_people() {
        let text = date(1_795_165_200_000).into_string();
        assert!(text.contains(r#"datetime="2026-11-20T09:00:00+0000""#), "{text}");
        assert!(text.contains(">Nov 20, 2026<"), "{text}");
    }

    #[test]
    fn a_cookies_date_is_written_as_warehouse_writes_it() {
        assert_eq!(cookie_date(1_795_165_200_000), "Fri, 20-Nov-2026 09:00:00 GMT");
    }

    #[test]
    fn a_lock_out_is_told_in_round_words() {
        let told = [1, 30_000, 61_000, 299_000, 3_600_000, 7_200_000].map(duration);
        let words = ["a second", "30 seconds", "a minute", "5 minutes", "an hour", "2 hours"];
        assert_eq!(told, words);
    }
}
