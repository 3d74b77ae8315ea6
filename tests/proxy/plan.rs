//! What shall happen to a request, and a test's end of it.

use std::io;
use std::net::SocketAddr;
use std::time::Duration;

use tokio::sync::oneshot;
use tokio::time::timeout;

use super::asked::Asked;
use super::message::Message;
use super::wire::ask;

/// A request that has not come by then will not come: the test fails instead of hanging.
pub(super) const PATIENCE: Duration = Duration::from_secs(60);

/// A place on the way of a request and its answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// The whole request has left the core; the index has seen nothing of it.
    BeforeTheIndex,
    /// Half of the request has come to the index.
    InTheRequest,
    /// The index has done its work and answered; the core has seen nothing of it.
    BeforeTheAnswer,
    /// Half of the answer's head has reached the core.
    InTheHead,
    /// The answer's head and half of its body have reached the core.
    InTheBody,
    /// The whole answer has reached the core.
    AfterTheAnswer,
}

/// What is planned.
pub(super) struct Plan {
    pub(super) asked: Asked,
    pub(super) happens: Happens,
    /// Dropped with the plan, when the exchange is over.
    _over: Option<oneshot::Sender<()>>,
}

pub(super) enum Happens {
    Cut(Place),
    CutNext,
    Hold(Place, Hold),
    Late(oneshot::Sender<Message>),
    Drip(Duration),
    Answered(Vec<u8>),
    Swallowed(Vec<u8>),
    /// All of it has happened.
    Nothing,
}

/// The wire's end of a [`Held`].
pub(super) struct Hold {
    reached: oneshot::Sender<()>,
    go_on: oneshot::Receiver<()>,
}

impl Plan {
    pub(super) const fn new(asked: Asked, happens: Happens) -> Self {
        Self { asked, happens, _over: None }
    }

    pub(super) fn hold(asked: Asked, place: Place) -> (Self, Held) {
        let (reached, is_reached) = oneshot::channel();
        let (go_on, goes_on) = oneshot::channel();
        let (over, is_over) = oneshot::channel();
        let happens = Happens::Hold(place, Hold { reached, go_on: goes_on });
        let held = Held { reached: is_reached, go_on, over: is_over };
        (Self { asked, happens, _over: Some(over) }, held)
    }
}

impl Happens {
    /// Takes what is planned out of the plan, if it is this.
    pub(super) fn take_if(plan: &mut Option<Plan>, is: impl Fn(&Self) -> bool) -> Self {
        match plan {
            Some(plan) if is(&plan.happens) => std::mem::replace(&mut plan.happens, Self::Nothing),
            _ => Self::Nothing,
        }
    }

    /// Whether it happens at this place.
    fn is_at(&self, here: Place) -> bool {
        matches!(self, Self::Cut(place) | Self::Hold(place, _) if *place == here)
    }
}

/// Does what is planned for this place. An error ends the connection.
pub(super) async fn stop_at(place: Place, plan: &mut Option<Plan>) -> io::Result<()> {
    let cut = || io::Error::from(io::ErrorKind::ConnectionAborted);
    match Happens::take_if(plan, |happens| happens.is_at(place)) {
        Happens::Cut(_) => Err(cut()),
        Happens::Hold(_, Hold { reached, go_on }) => {
            reached.send(()).map_err(|()| cut())?;
            go_on.await.map_err(|_| cut())
        }
        _ => Ok(()),
    }
}

/// A request that will be or is held. Dropping it cuts the request off where it is.
pub struct Held {
    reached: oneshot::Receiver<()>,
    go_on: oneshot::Sender<()>,
    over: oneshot::Receiver<()>,
}

impl Held {
    /// Waits until the request has come to its place.
    pub async fn reached(&mut self) {
        let reached = timeout(PATIENCE, &mut self.reached).await.expect("the request never came");
        reached.expect("the wire holds it");
    }

    /// Lets the request go on, and waits until the index has answered it.
    pub async fn pass_on(self) {
        self.go_on.send(()).expect("the wire holds it");
        // The wire drops its end when it is done, which is all there is to know.
        let _ = timeout(PATIENCE, self.over).await.expect("the exchange never ended");
    }
}

/// A request that left the core and is still on its way to the index.
pub struct Late {
    request: oneshot::Receiver<Message>,
    index: SocketAddr,
}

impl Late {
    pub(super) const fn new(request: oneshot::Receiver<Message>, index: SocketAddr) -> Self {
        Self { request, index }
    }

    /// Brings it to the index, and waits until the index has answered it to nobody; whether there was
    /// such a request at all.
    pub async fn arrives(mut self) -> bool {
        let Ok(request) = self.request.try_recv() else {
            return false;
        };
        ask(self.index, &request).await.expect("the index answers");
        true
    }
}
