//! A project's publishing page: its list, what was posted to it and went through or did not.

use trustdesk_core::index::pages::FlashKind;
use trustdesk_core::index::{AnswerKind, Destination};
use trustdesk_domain::Provider;

use super::Expected::{Known, Publishing, Says, SaysNothing};
use super::{ALL, Row, only};

const GITLAB_GOOGLE_ACTIVESTATE: &[Provider] =
    &[Provider::Gitlab, Provider::Google, Provider::Activestate];

pub(super) const ROWS: &[Row] = &[
    Row(&[206, 209, 301, 303, 304, 306, 307, 308, 743], Publishing(0, ALL)),
    Row(&[302], Publishing(11, ALL)),
    Row(&[305], Known(AnswerKind::Redirect(Destination::Elsewhere))),
    Row(&[312, 478], Publishing(1, ALL)),
    Row(&[315], Publishing(2, ALL)),
    Row(&[318], Publishing(3, ALL)),
    Row(&[321], Publishing(4, ALL)),
    Row(&[339], Publishing(9, ALL)),
    Row(&[463, 464], Publishing(13, ALL)),
    Row(&[476, 486, 511], Publishing(12, ALL)),
    Row(&[750], Publishing(40, ALL)),
    // Posted and taken; 512 only seemingly.
    Row(
        &[310, 313, 316, 319, 331, 332, 333, 334, 336, 337, 424, 427, 456, 457, 470, 474, 512],
        Known(AnswerKind::Redirect(Destination::Elsewhere)),
    ),
    // Posted and refused in words that the page does not have: already registered, an instance that
    // is not offered (335), two providers at once, no such publisher to constrain or to remove.
    Row(&[322, 324, 326, 328, 330], Publishing(4, ALL)),
    Row(&[335], Publishing(7, ALL)),
    Row(&[454], Publishing(11, ALL)),
    Row(&[471, 472, 473], Publishing(13, ALL)),
    Row(&[477], Publishing(12, ALL)),
    // Providers that are switched off, one, two and all.
    Row(&[500, 501], Publishing(12, only(GITLAB_GOOGLE_ACTIVESTATE))),
    Row(&[504, 505], Publishing(12, only(&[Provider::Github, Provider::Google]))),
    Row(&[506, 508], Publishing(12, only(&[]))),
    Row(&[509], Publishing(11, only(&[]))),
    // No token, a wrong one, a key twice, nobody's session.
    Row(&[450, 451, 458, 490], Known(AnswerKind::FormRefused)),
    // A key that stands there twice.
    Row(&[455], Known(AnswerKind::Unexpected)),
    Row(&[459, 491], Known(AnswerKind::Redirect(Destination::SignIn))),
    // No form has these fields, or no page this method.
    Row(&[452, 453, 460, 462], Known(AnswerKind::NotFound)),
    // A HEAD has no body, and what has none is not believed to be the index.
    Row(&[461], Known(AnswerKind::Foreign)),
    Row(&[740, 741, 744], Known(AnswerKind::TooMany)),
    Row(&[760, 761, 762, 763], Known(AnswerKind::Down)),
    Row(
        &[311],
        Says(
            FlashKind::Success,
            "Added release.yml in https://github.com/Octo-Org/demo to sampleproject",
            &[],
        ),
    ),
    Row(
        &[314],
        Says(
            FlashKind::Success,
            "Added .gitlab-ci.yml in https://gitlab.com/grp/sub/demo to sampleproject",
            &[],
        ),
    ),
    Row(
        &[317],
        Says(
            FlashKind::Success,
            "Added builder@demo.iam.gserviceaccount.com to sampleproject",
            &[],
        ),
    ),
    Row(
        &[320],
        Says(
            FlashKind::Success,
            "Added https://platform.activestate.com/acme/acme-build in \
             https://platform.activestate.com/acme/acme-build to sampleproject",
            &[],
        ),
    ),
    Row(
        &[323],
        Says(FlashKind::Error, "release.yml is already registered with sampleproject", &[]),
    ),
    Row(
        &[325],
        Says(FlashKind::Error, ".gitlab-ci.yml is already registered with sampleproject", &[]),
    ),
    Row(
        &[327],
        Says(
            FlashKind::Error,
            "builder@demo.iam.gserviceaccount.com is already registered with sampleproject",
            &[],
        ),
    ),
    Row(
        &[329],
        Says(
            FlashKind::Error,
            "https://platform.activestate.com/acme/acme-build is already registered with",
            &[],
        ),
    ),
    Row(
        &[475],
        Says(FlashKind::Success, "Removed trusted publisher for project 'sampleproject'", &[]),
    ),
    Row(
        &[502],
        Says(FlashKind::Error, "GitHub-based trusted publishing is temporarily disabled.", &[]),
    ),
    Row(&[507], Says(FlashKind::Error, "Trusted publishing is temporarily disabled.", &[])),
    Row(&[513], SaysNothing),
];
