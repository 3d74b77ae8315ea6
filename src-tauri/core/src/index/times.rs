//! What an index says of time: its own, in the header `Date`, and how long it wants to be left alone, in
//! `Retry-After`, which is in seconds or a date.

use std::time::UNIX_EPOCH;

use reqwest::header::{DATE, HeaderMap, HeaderName, RETRY_AFTER};

use trustdesk_domain::IndexTime;

/// What an answer told of the index's time: it was that at some moment between these of the steady clock
/// here.
#[derive(Clone, Copy, Debug)]
pub struct Told {
    pub(super) at: IndexTime,
    pub(super) asked_steady_ms: i64,
    pub(super) answered_steady_ms: i64,
}

impl Told {
    /// The index's time at another moment, as early as it can have been: for what must have passed.
    pub(super) const fn at_least(self, steady_ms: i64) -> IndexTime {
        self.at.plus_ms(steady_ms - self.answered_steady_ms)
    }

    /// The same as late as it can have been: for when something may still have begun.
    pub(super) const fn at_most(self, steady_ms: i64) -> IndexTime {
        self.at.plus_ms(steady_ms - self.asked_steady_ms)
    }
}

/// What time it was for the index when it answered; milliseconds since 1970, UTC.
pub(super) fn answered_at_ms(headers: &HeaderMap) -> Option<i64> {
    date_ms(headers, DATE)
}

/// An index counts nothing for longer than a day, so that it cannot mean more.
const LONGEST_WAIT_S: u64 = 24 * 60 * 60;

/// The seconds to wait; none: the index does not say, or not in a way that can be read. A date is
/// compared with the answer's own or what the index told of its time before, and never with this
/// computer's clock, which need not agree.
pub(super) fn retry_after_s(headers: &HeaderMap, index_now: Option<IndexTime>) -> Option<u64> {
    let seconds = text(headers, RETRY_AFTER).and_then(|text| text.parse().ok());
    let seconds = seconds.or_else(|| {
        let answered = answered_at_ms(headers).map(IndexTime).or(index_now)?;
        let wait_ms = IndexTime(date_ms(headers, RETRY_AFTER)?).ms_since(answered);
        // Rounded up: to come too early is to be refused once more.
        u64::try_from(wait_ms.max(0)).ok().map(|wait_ms| wait_ms.div_ceil(1000))
    });
    seconds.map(|seconds| seconds.min(LONGEST_WAIT_S))
}

fn date_ms(headers: &HeaderMap, name: HeaderName) -> Option<i64> {
    let date = httpdate::parse_http_date(text(headers, name)?).ok()?;
    i64::try_from(date.duration_since(UNIX_EPOCH).ok()?.as_millis()).ok()
}

fn text(headers: &HeaderMap, name: HeaderName) -> Option<&str> {
    headers.get(name)?.to_str().ok().map(str::trim)
}

#[cfg(test)]
mod tests {
    use reqwest::header::HeaderValue;

    use super::*;

    /// Sun, 22 Nov 2026 19:18:39 GMT.
    const NOW_MS: i64 = 1_795_375_119_000;

    fn waits(said: &'static str, date: Option<&'static str>) -> Option<u64> {
        let mut headers = HeaderMap::from_iter([(RETRY_AFTER, HeaderValue::from_static(said))]);
        if let Some(date) = date {
            headers.insert(DATE, HeaderValue::from_static(date));
        }
        retry_after_s(&headers, Some(IndexTime(NOW_MS)))
    }

    #[test]
    fn time_is_counted_from_the_question_and_from_the_answer() {
        let told =
            Told { at: IndexTime(NOW_MS), asked_steady_ms: 5_000, answered_steady_ms: 35_000 };
        assert_eq!(told.at_least(35_000), IndexTime(NOW_MS), "it was written just now");
        assert_eq!(told.at_most(35_000), IndexTime(NOW_MS + 30_000), "or half a minute ago");
        assert_eq!(told.at_least(5_000), IndexTime(NOW_MS - 30_000), "when it was asked for");
    }

    #[test]
    fn the_indexs_time_is_read_from_its_answer() {
        let answered =
            |date| answered_at_ms(&HeaderMap::from_iter([(DATE, HeaderValue::from_static(date))]));
        assert_eq!(answered("Sun, 22 Nov 2026 19:18:39 GMT"), Some(NOW_MS));
        assert_eq!(answered("yesterday"), None);
    }

    #[test]
    fn a_time_to_wait_is_believed_in_seconds_and_as_a_date() {
        assert_eq!(waits("86397", None), Some(86_397));
        assert_eq!(waits("0", None), Some(0));
        for longer in ["86401", "18446744073709551615", "Wed, 22 Nov 2028 09:00:00 GMT"] {
            assert_eq!(waits(longer, None), Some(LONGEST_WAIT_S), "{longer}: a day is the longest");
        }
        let later = "Sun, 22 Nov 2026 19:20:39 GMT";
        assert_eq!(waits(later, None), Some(120), "by what it told before");
        let theirs = Some("Sun, 22 Nov 2026 19:19:39 GMT");
        assert_eq!(waits(later, theirs), Some(60), "by the index's, which is a minute ahead");
        let past = "Sun, 22 Nov 2026 19:00:00 GMT";
        assert_eq!(waits(past, None), Some(0), "it is over already");
        assert_eq!(retry_after_s(&HeaderMap::new(), Some(IndexTime(NOW_MS))), None);
        let dated = HeaderMap::from_iter([(RETRY_AFTER, HeaderValue::from_static(later))]);
        assert_eq!(retry_after_s(&dated, None), None, "nobody knows what time it is there");
        for garbage in ["", "-1", "soon", "1.5", "99999999999999999999", "22 Nov 2026"] {
            assert_eq!(waits(garbage, None), None, "{garbage}");
        }
    }
}
