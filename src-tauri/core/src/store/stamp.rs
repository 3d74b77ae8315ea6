//! The name of a moment in a file's name.

use time::OffsetDateTime;

/// A moment as a part of a file's name, such as `20261123T011458123Z`; later ones sort later.
pub(super) fn stamp(now_ms: i64) -> String {
    let at = OffsetDateTime::from_unix_timestamp_nanos(i128::from(now_ms) * 1_000_000)
        .unwrap_or(OffsetDateTime::UNIX_EPOCH);
    format!(
        "{:04}{:02}{:02}T{:02}{:02}{:02}{:03}Z",
        at.year(),
        u8::from(at.month()),
        at.day(),
        at.hour(),
        at.minute(),
        at.second(),
        at.millisecond()
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_is_named_so_that_later_ones_sort_later() {
        assert_eq!(stamp(1_795_338_000_007), "20261122T090000007Z");
        assert!(stamp(1_795_338_000_007) < stamp(1_795_338_000_010));
    }
}
