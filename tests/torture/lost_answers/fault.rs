//! What breaks a connection, and where.

use crate::dice::Dice;
use crate::proxy::{Asked, Held, Late, MESSAGES, Place, Proxy};
use crate::stranger::http;

/// What happens to one request for a change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fault {
    /// The connection is gone before anybody reads the request.
    CutBefore,
    /// It is cut when half of the request has come to the index.
    CutInTheRequest,
    /// It is cut when the request has left the core, and the index never sees it.
    CutOnTheWay,
    /// The index does it, and the connection is cut before its answer.
    DoneAndCut,
    /// The same in the middle of the answer's head.
    CutInTheHead,
    /// The same in the middle of its body.
    CutInTheBody,
    /// The same after all of it.
    CutAfterTheAnswer,
    /// The request comes to the index after the core has given up and looked.
    Late,
    /// The index does it, and its answer stops before it begins.
    Stalled,
    /// The index does it, and a server error comes in the place of its answer.
    DoneAndDown,
    /// The index never sees it, and a server error comes in the place of its answer.
    DownBefore,
    /// The index never sees it, and a stranger answers in its place.
    Portal,
}

/// What must be kept until the request has come through, or not.
#[derive(Default)]
pub(super) struct Planned {
    pub(super) late: Option<Late>,
    _stalled: Option<Held>,
}

impl Fault {
    /// All of them.
    pub const ALL: [Self; 12] = [
        Self::CutBefore,
        Self::CutInTheRequest,
        Self::CutOnTheWay,
        Self::DoneAndCut,
        Self::CutInTheHead,
        Self::CutInTheBody,
        Self::CutAfterTheAnswer,
        Self::Late,
        Self::Stalled,
        Self::DoneAndDown,
        Self::DownBefore,
        Self::Portal,
    ];

    pub(super) fn in_turn(number: u64) -> Self {
        let turn = number % 12;
        Self::ALL[usize::try_from(turn).expect("a small number")]
    }

    /// Has it happen to this request.
    pub(super) fn plan(self, proxy: &Proxy, asked: Asked, dice: &mut Dice) -> Planned {
        let mut planned = Planned::default();
        match self {
            // The messages are read before the first change: what follows them is the change.
            Self::CutBefore => proxy.cut_what_follows(MESSAGES),
            Self::CutInTheRequest => proxy.cut(asked, Place::InTheRequest),
            Self::CutOnTheWay => proxy.cut(asked, Place::BeforeTheIndex),
            Self::DoneAndCut => proxy.cut(asked, Place::BeforeTheAnswer),
            Self::CutInTheHead => proxy.cut(asked, Place::InTheHead),
            Self::CutInTheBody => proxy.cut(asked, Place::InTheBody),
            Self::CutAfterTheAnswer => proxy.cut(asked, Place::AfterTheAnswer),
            Self::Late => planned.late = Some(proxy.delay(asked)),
            Self::Stalled => planned._stalled = Some(proxy.hold(asked, Place::BeforeTheAnswer)),
            Self::DoneAndDown => proxy.swallow(asked, down(dice)),
            Self::DownBefore => proxy.answer(asked, down(dice)),
            Self::Portal => {
                proxy.answer(asked, http("200 OK", include_str!("../../fixtures/portal.html")));
            }
        }
        planned
    }
}

fn down(dice: &mut Dice) -> String {
    http(
        dice.one_of(&[
            "500 Internal Server Error",
            "502 Bad Gateway",
            "503 Service Unavailable",
            "504 Gateway Timeout",
        ]),
        "<h1>Down for maintenance</h1>",
    )
}
