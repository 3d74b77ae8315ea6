//! The list of projects, a project's other pages, and who may not see them.

use trustdesk_core::index::AnswerKind;
use trustdesk_core::index::pages::PageKind;

use super::Expected::{History, Known, Projects, SaysNothing, WhoAmI};
use super::Row;

pub(super) const ROWS: &[Row] = &[
    Row(&[201], Projects { active: 0, archived: 0, manageable: 0 }),
    Row(&[158], Projects { active: 1, archived: 0, manageable: 1 }),
    Row(&[204, 487], Projects { active: 5, archived: 1, manageable: 6 }),
    Row(&[203], Projects { active: 300, archived: 0, manageable: 300 }),
    Row(&[205], Projects { active: 3, archived: 0, manageable: 3 }),
    Row(&[208], Projects { active: 2, archived: 0, manageable: 1 }),
    Row(&[211], Projects { active: 1, archived: 0, manageable: 0 }),
    Row(&[216], WhoAmI("owner-few")),
    Row(&[217, 218], SaysNothing),
    Row(&[219, 220], Known(AnswerKind::Page(PageKind::Other))),
    Row(&[479], History(16)),
    // Maintainers, team maintainers and strangers.
    Row(&[210, 212, 213, 214], Known(AnswerKind::Forbidden)),
    Row(&[215, 730, 731, 732], Known(AnswerKind::NotFound)),
];
