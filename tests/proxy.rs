//! A wire between the core and the demo index that can be cut or held at an exact place of an exact
//! request. It passes bytes on as they are and knows no more of HTTP than where a message ends.

use std::io;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::oneshot;
use tokio::task::JoinHandle;
use tokio::time::timeout;
use trustdesk_demo_index::DemoIndex;
use url::Url;

/// A request that has not come by then will not come: the test fails instead of hanging.
const PATIENCE: Duration = Duration::from_secs(60);

/// A place on the way of a request and its answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// The whole request has left the core; the index has seen nothing of it.
    BeforeTheIndex,
    /// The index has done its work and answered; the core has seen nothing of it.
    BeforeTheAnswer,
    /// Half of the answer's head has reached the core.
    InTheHead,
    /// The answer's head and half of its body have reached the core.
    InTheBody,
}

/// Which request something shall happen to.
#[derive(Clone, Copy, Debug)]
pub struct Asked {
    method: &'static str,
    path_ends: &'static str,
    /// How many such requests pass first.
    after: usize,
}

/// The next request that asks for a change of publishers.
pub const CHANGE: Asked = Asked { method: "POST", path_ends: "/settings/publishing/", after: 0 };
/// The next reading of a list of publishers.
pub const LIST: Asked = Asked { method: "GET", path_ends: "/settings/publishing/", after: 0 };
/// The next reading of the messages, which stands between the list and the first change of a batch.
pub const MESSAGES: Asked = Asked { method: "GET", path_ends: "/flash-messages/", after: 0 };

impl Asked {
    /// Not the next one, but the one after so many.
    #[must_use]
    pub const fn after(self, after: usize) -> Self {
        Self { after, ..self }
    }
}

/// The wire. Dropping it cuts everything.
pub struct Proxy {
    origin: Url,
    wire: Arc<Wire>,
    accepting: JoinHandle<()>,
}

struct Wire {
    index: std::net::SocketAddr,
    plans: Mutex<Vec<Plan>>,
    /// Method and path of every request that came from the core.
    asked: Mutex<Vec<(String, String)>>,
}

struct Plan {
    asked: Asked,
    place: Place,
    /// None: the connection is cut there.
    hold: Option<Hold>,
    /// Dropped with the plan, when the exchange is over.
    _over: Option<oneshot::Sender<()>>,
}

/// The wire's end of a [`Held`].
struct Hold {
    reached: oneshot::Sender<()>,
    go_on: oneshot::Receiver<()>,
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

impl Proxy {
    /// A wire to this index.
    pub async fn before(index: &DemoIndex) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let address = listener.local_addr().expect("an address");
        let origin = Url::parse(&format!("http://{address}/")).expect("an address");
        let wire =
            Wire { index: index.address(), plans: Mutex::default(), asked: Mutex::default() };
        let wire = Arc::new(wire);
        let shared = Arc::clone(&wire);
        let accepting = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let wire = Arc::clone(&shared);
                // How a connection ends is its client's business.
                tokio::spawn(async move { drop(wire.serve(stream).await) });
            }
        });
        Self { origin, wire, accepting }
    }

    /// Its address, in the place of the index's.
    #[must_use]
    pub fn origin(&self) -> Url {
        self.origin.clone()
    }

    /// The connection is closed when this request comes to this place.
    pub fn cut(&self, asked: Asked, place: Place) {
        self.plan(Plan { asked, place, hold: None, _over: None });
    }

    /// This request waits at this place.
    #[must_use]
    pub fn hold(&self, asked: Asked, place: Place) -> Held {
        let (reached, is_reached) = oneshot::channel();
        let (go_on, goes_on) = oneshot::channel();
        let (over, is_over) = oneshot::channel();
        let hold = Some(Hold { reached, go_on: goes_on });
        self.plan(Plan { asked, place, hold, _over: Some(over) });
        Held { reached: is_reached, go_on, over: is_over }
    }

    /// How many changes left the core, whether they reached the index or not.
    #[must_use]
    pub fn changes_sent(&self) -> usize {
        let asked = self.wire.asked.lock().expect("nobody failed");
        asked.iter().filter(|(method, path)| CHANGE.is(method, path)).count()
    }

    fn plan(&self, plan: Plan) {
        self.wire.plans.lock().expect("nobody failed").push(plan);
    }
}

impl Drop for Proxy {
    fn drop(&mut self) {
        self.accepting.abort();
    }
}

impl Asked {
    fn is(&self, method: &str, path: &str) -> bool {
        method == self.method && path.ends_with(self.path_ends)
    }
}

impl Wire {
    async fn serve(&self, mut core: TcpStream) -> io::Result<()> {
        core.set_nodelay(true)?;
        loop {
            let request = Message::read(&mut core).await?;
            let mut plan = self.planned_for(&request);
            stop_at(Place::BeforeTheIndex, &mut plan).await?;
            let answer = self.ask_index(&request).await?;
            let mut passed = 0;
            for (place, length) in answer.places() {
                core.write_all(&answer.bytes[passed..length]).await?;
                passed = length;
                stop_at(place, &mut plan).await?;
            }
            core.write_all(&answer.bytes[passed..]).await?;
        }
    }

    async fn ask_index(&self, request: &Message) -> io::Result<Message> {
        let mut index = TcpStream::connect(self.index).await?;
        index.write_all(&request.bytes).await?;
        Message::read(&mut index).await
    }

    /// Takes the plan for this request, counting the ones that pass before it.
    fn planned_for(&self, request: &Message) -> Option<Plan> {
        let (method, path) = request.asked();
        self.asked.lock().expect("nobody failed").push((method.clone(), path.clone()));
        let mut plans = self.plans.lock().expect("nobody failed");
        let place = plans.iter().position(|plan| plan.asked.is(&method, &path))?;
        if plans[place].asked.after > 0 {
            plans[place].asked.after -= 1;
            return None;
        }
        Some(plans.remove(place))
    }
}

/// Does what is planned for this place. An error ends the connection.
async fn stop_at(place: Place, plan: &mut Option<Plan>) -> io::Result<()> {
    let Some(plan) = plan.as_mut().filter(|plan| plan.place == place) else {
        return Ok(());
    };
    let cut = || io::Error::from(io::ErrorKind::ConnectionAborted);
    let Hold { reached, go_on } = plan.hold.take().ok_or_else(cut)?;
    reached.send(()).map_err(|()| cut())?;
    go_on.await.map_err(|_| cut())
}

/// A request or an answer, whole.
struct Message {
    bytes: Vec<u8>,
    head_length: usize,
}

impl Message {
    /// Reads one message. Both sides tell how long their bodies are.
    async fn read(stream: &mut TcpStream) -> io::Result<Self> {
        let mut bytes = Vec::new();
        let head_length = loop {
            if let Some(end) = bytes.windows(4).position(|four| four == b"\r\n\r\n") {
                break end + 4;
            }
            read_more(stream, &mut bytes).await?;
        };
        let head = String::from_utf8_lossy(&bytes[..head_length]).to_ascii_lowercase();
        let body_length = head.lines().find_map(|line| line.strip_prefix("content-length:"));
        let body_length: usize = body_length.map_or(0, |text| text.trim().parse().expect("digits"));
        while bytes.len() < head_length + body_length {
            read_more(stream, &mut bytes).await?;
        }
        Ok(Self { bytes, head_length })
    }

    /// Method and path of a request.
    fn asked(&self) -> (String, String) {
        let head = String::from_utf8_lossy(&self.bytes[..self.head_length]);
        let mut words = head.split(' ');
        let method = words.next().expect("a method").to_owned();
        let target = words.next().expect("a target");
        (method, target.split('?').next().expect("a path").to_owned())
    }

    /// How much of an answer the core has seen at each place.
    fn places(&self) -> [(Place, usize); 3] {
        let body_length = self.bytes.len() - self.head_length;
        [
            (Place::BeforeTheAnswer, 0),
            (Place::InTheHead, self.head_length / 2),
            (Place::InTheBody, self.head_length + body_length / 2),
        ]
    }
}

async fn read_more(stream: &mut TcpStream, bytes: &mut Vec<u8>) -> io::Result<()> {
    match stream.read_buf(bytes).await? {
        0 => Err(io::ErrorKind::UnexpectedEof.into()),
        _ => Ok(()),
    }
}
