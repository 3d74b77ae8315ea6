//! What is made of each recorded answer to a change of publishers.

use trustdesk_core::index::{Outcome, outcome};
use trustdesk_domain::Provider;
use trustdesk_tests::recordings::{self, Recording};

/// What came of a request, as far as its answer tells.
enum Came {
    /// Accepted, not proved.
    Accepted,
    /// Refused, with words under some field.
    UnderFields,
    /// Refused in words that must be fetched, if there are any.
    Elsewhere,
    /// It had no effect, for this reason.
    NotSent(&'static str),
    /// Nobody can tell, for this reason.
    Unknown(&'static str),
}

const ROWS: &[(&[u32], Came)] = &[
    // 512, 805 and 808 are a read-only index: it says yes, and only its list tells that it stored
    // nothing.
    (
        &[
            310, 313, 316, 319, 331, 332, 333, 334, 336, 337, 424, 427, 456, 457, 470, 474, 512,
            620, 625, 626, 632, 634, 801, 805, 808,
        ],
        Came::Accepted,
    ),
    (
        &[
            338, 400, 401, 402, 403, 404, 405, 406, 407, 408, 409, 410, 411, 412, 413, 414, 415,
            416, 417, 418, 419, 420, 421, 422, 423, 425, 426, 428, 429, 430, 431, 432, 433, 434,
            435, 436, 465, 601, 602, 603, 604, 605, 606, 607, 608, 609, 615, 616, 617, 618,
        ],
        Came::UnderFields,
    ),
    // Duplicates, an instance that is not offered, two providers at once.
    (&[322, 324, 326, 328, 330, 335, 454, 623, 624, 628], Came::Elsewhere),
    // Constrained already, nothing to remove.
    (&[471, 472, 473, 477, 630, 631], Came::Elsewhere),
    // Switched off.
    (&[501, 505, 508, 509, 811, 813], Came::Elsewhere),
    (&[213], Came::NotSent("Forbidden")),
    (&[450, 451, 458, 459, 490], Came::NotSent("SignedOut")),
    // A key that stands there twice, which is never sent.
    (&[455], Came::Unknown("OutcomeUnknown(\"its status is none of the index's\")")),
    (&[452, 453, 619], Came::NotSent("PageNotUnderstood(\"a form\")")),
    (&[482, 489], Came::NotSent("ConfirmPassword")),
    (&[740, 741, 742, 744], Came::NotSent("TooMany(Some(86397))")),
    (&[762], Came::Unknown("IndexDown(500)")),
];

/// Whose form was sent, by the first name that only it has.
fn provider(one: &Recording) -> Option<Provider> {
    let names = [
        ("owner", Provider::Github),
        ("namespace", Provider::Gitlab),
        ("email", Provider::Google),
        ("organization", Provider::Activestate),
    ];
    let sent = |name: &str| one.fields.iter().any(|field| field == name);
    names.into_iter().find(|(name, _)| sent(name)).map(|(_, provider)| provider)
}

#[test]
fn every_recorded_change_has_its_outcome() {
    let Some(all) = recordings::all() else { return };
    let asked_for_change = |one: &&Recording| {
        let path = one.path.split('?').next().unwrap_or_default();
        one.method == "POST" && path.ends_with("/publishing/")
    };
    let mut seen = 0;
    for one in all.iter().filter(asked_for_change) {
        let found = ROWS.iter().find(|(numbers, _)| numbers.contains(&one.number()));
        let (_, expected) = found.unwrap_or_else(|| panic!("{} is in no row", one.name));
        let came = outcome(&one.answer, &one.path, provider(one));
        let right = match (&came, expected) {
            (Outcome::Accepted, Came::Accepted) => true,
            (Outcome::Refused(reasons), Came::UnderFields) => !reasons.fields.is_empty(),
            (Outcome::Refused(reasons), Came::Elsewhere) => reasons.fields.is_empty(),
            (Outcome::NotSent(error), Came::NotSent(reason))
            | (Outcome::Unknown(error), Came::Unknown(reason)) => format!("{error:?}") == *reason,
            _ => false,
        };
        assert!(right, "{}: {came:?}", one.name);
        seen += 1;
    }
    let expected: usize = ROWS.iter().map(|(numbers, _)| numbers.len()).sum();
    assert_eq!(seen, expected, "every row stands for recordings, and each for one");
    println!("{seen} recorded changes have their outcome");
}
