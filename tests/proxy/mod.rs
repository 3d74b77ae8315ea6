//! A wire between the core and the demo index on which everything can go wrong at an exact place of an
//! exact request. It passes bytes on as they are and knows no more of HTTP than where a message ends.

mod asked;
mod message;
mod plan;
mod wire;

use std::sync::Arc;
use std::time::Duration;

use tokio::net::TcpListener;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;
use tokio::time::timeout;
use trustdesk_demo_index::DemoIndex;
use url::Url;

pub use asked::{Asked, CHANGE, LIST, MESSAGES, PASSWORD_FORM, WHO_AM_I};
pub use plan::{Held, Late, Place};

use plan::{Happens, PATIENCE, Plan};
use wire::Wire;

/// The wire. Dropping it cuts everything.
pub struct Proxy {
    origin: Url,
    wire: Arc<Wire>,
    accepting: JoinHandle<()>,
}

impl Proxy {
    /// A wire to this index.
    pub async fn before(index: &DemoIndex) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let address = listener.local_addr().expect("an address");
        let origin = Url::parse(&format!("http://{address}/")).expect("an address");
        let wire = Arc::new(Wire::to(index.address()));
        let accepting = tokio::spawn(wire::accept(listener, Arc::clone(&wire)));
        Self { origin, wire, accepting }
    }

    /// Its address, in the place of the index's.
    #[must_use]
    pub fn origin(&self) -> Url {
        self.origin.clone()
    }

    /// The connection is closed when this request comes to this place.
    pub fn cut(&self, asked: Asked, place: Place) {
        self.wire.plan(Plan::new(asked, Happens::Cut(place)));
    }

    /// When this request has been answered its connection is closed, and the next one is closed as
    /// soon as it is made: whatever comes next leaves the core and is read by nobody.
    pub fn cut_what_follows(&self, asked: Asked) {
        self.wire.plan(Plan::new(asked, Happens::CutNext));
    }

    /// This request waits at this place; for ever, as long as nobody lets it go.
    #[must_use]
    pub fn hold(&self, asked: Asked, place: Place) -> Held {
        let (plan, held) = Plan::hold(asked, place);
        self.wire.plan(plan);
        held
    }

    /// The connection is closed when this request has left the core, which comes to the index later.
    #[must_use]
    pub fn delay(&self, asked: Asked) -> Late {
        let (kept, late) = oneshot::channel();
        self.wire.plan(Plan::new(asked, Happens::Late(kept)));
        Late::new(late, self.wire.index)
    }

    /// The answer to this request comes byte by byte, with such a pause before each.
    pub fn drip(&self, asked: Asked, pause: Duration) {
        self.wire.plan(Plan::new(asked, Happens::Drip(pause)));
    }

    /// This request is answered with these bytes; the index sees nothing of it.
    pub fn answer(&self, asked: Asked, bytes: impl Into<Vec<u8>>) {
        self.wire.plan(Plan::new(asked, Happens::Answered(bytes.into())));
    }

    /// The index does what this request asks for, and these bytes come in the place of its answer.
    pub fn swallow(&self, asked: Asked, bytes: impl Into<Vec<u8>>) {
        self.wire.plan(Plan::new(asked, Happens::Swallowed(bytes.into())));
    }

    /// Nothing that was planned and did not happen yet will happen.
    pub fn mend(&self) {
        self.wire.forget_plans();
    }

    /// Path and body of every page that the index has answered with.
    #[must_use]
    pub fn pages(&self) -> Vec<(String, String)> {
        self.wire.pages()
    }

    /// How many requests left the core, whether they reached the index or not.
    #[must_use]
    pub fn sent(&self) -> usize {
        self.wire.count(|_, _| true)
    }

    /// How many changes left the core, whether they reached the index or not.
    #[must_use]
    pub fn changes_sent(&self) -> usize {
        self.wire.count(|method, path| CHANGE.is(method, path))
    }

    /// Waits for so many requests more.
    pub async fn asked_again(&self, times: usize) {
        let mut traffic = self.wire.traffic.subscribe();
        let enough = traffic.borrow().asked + times;
        traffic.wait_for(|traffic| traffic.asked >= enough).await.expect("the wire is there");
    }

    /// Waits until every connection is over: whatever a process has sent that is gone by now, the
    /// index has answered.
    pub async fn quiet(&self) {
        let mut traffic = self.wire.traffic.subscribe();
        let quiet = traffic.wait_for(|traffic| traffic.open == 0);
        let quiet = timeout(PATIENCE, quiet).await.expect("a connection never ended");
        drop(quiet.expect("the wire is there"));
    }
}

impl Drop for Proxy {
    fn drop(&mut self) {
        self.accepting.abort();
    }
}
