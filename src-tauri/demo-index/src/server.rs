//! The running server: it takes one request after the other, keeps what changed and then answers.

use std::net::{Ipv4Addr, SocketAddr};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::State as Shared;
use axum::http::{Request as HttpRequest, Response, StatusCode};
use tokio::net::TcpListener;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;
use trustdesk_core::domain::{ListedPublisher, Publisher};
use url::Url;
use uuid::Uuid;

use crate::account::{Account, PASSWORD, USERNAME, current_code};
use crate::answer::Answer;
use crate::pages::errors;
use crate::request::Request;
use crate::state::{State, StateFile};
use crate::visit::Visit;
use crate::{Error, Now, Options, routes};

/// More than any form here needs.
const LONGEST_BODY: usize = 1024 * 1024;
/// How long requests in flight are waited for at the end.
const PATIENCE: Duration = Duration::from_secs(2);

/// A running demo index. Dropping it ends it too, without waiting.
pub struct DemoIndex {
    world: Arc<World>,
    address: SocketAddr,
    origin: Url,
    stop: oneshot::Sender<()>,
    served: JoinHandle<()>,
}

/// One request that was answered, in the order of the answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RequestLine {
    /// `GET`, `POST`, …
    pub method: String,
    /// Without its query.
    pub path: String,
    /// The answer's status.
    pub status: u16,
}

struct World {
    memory: Mutex<Memory>,
    clock: Arc<dyn Now>,
    strict_origin: bool,
    read_only: AtomicBool,
    /// Set at the end: a request that arrives still later must not write a file that somebody else
    /// may have opened by then.
    stopped: AtomicBool,
    address: SocketAddr,
}

struct Memory {
    state: State,
    file: Option<StateFile>,
    requests: Vec<RequestLine>,
}

impl DemoIndex {
    /// Starts to listen, with the state of the file if there is one.
    ///
    /// # Errors
    /// The port is taken, or the file cannot be read, understood or written.
    pub async fn start(options: Options) -> Result<Self, Error> {
        let memory = Memory::open(&options)?;
        let port = options.port;
        let failed = |source| Error::Listen { port, source };
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).await.map_err(failed)?;
        let address = listener.local_addr().map_err(failed)?;
        let origin = Url::parse(&format!("http://{address}/"))
            .map_err(|error| failed(std::io::Error::other(error)))?;
        let world = Arc::new(World {
            memory: Mutex::new(memory),
            clock: options.clock,
            strict_origin: options.strict_origin,
            read_only: AtomicBool::new(false),
            stopped: AtomicBool::new(false),
            address,
        });
        let (stop, stopped) = oneshot::channel::<()>();
        let router = Router::new().fallback(serve).with_state(Arc::clone(&world));
        let server = axum::serve(listener, router).with_graceful_shutdown(async {
            // An error says that the handle was dropped: that ends the index as well.
            let _ = stopped.await;
        });
        let served = tokio::spawn(async move {
            // It has no error to give: it accepts until it is told to stop.
            let _ = server.await;
        });
        Ok(Self { world, address, origin, stop, served })
    }

    /// Where it listens.
    #[must_use]
    pub const fn address(&self) -> SocketAddr {
        self.address
    }

    /// Its address as a client needs it: `http://127.0.0.1:PORT/`.
    #[must_use]
    pub fn origin(&self) -> Url {
        self.origin.clone()
    }

    /// The account to sign in with, its code by the index's own clock.
    #[must_use]
    pub fn account(&self) -> Account {
        let code = current_code(self.world.clock.now_ms());
        Account { username: USERNAME, password: PASSWORD, code }
    }

    /// Stops to listen, and waits briefly for what is being answered.
    pub async fn stop(self) {
        let _ = self.stop.send(());
        let mut served = self.served;
        if tokio::time::timeout(PATIENCE, &mut served).await.is_err() {
            served.abort();
        }
        self.world.stopped.store(true, Ordering::SeqCst);
    }

    /// A project's publishers, in the order of its page.
    #[must_use]
    pub fn publishers(&self, project: &str) -> Vec<ListedPublisher> {
        self.world.memory().state.database.publishers(project)
    }

    /// Every request so far.
    #[must_use]
    pub fn requests(&self) -> Vec<RequestLine> {
        self.world.memory().requests.clone()
    }

    /// Addressee and subject of every mail that Warehouse would have sent.
    #[must_use]
    pub fn mails(&self) -> Vec<(String, String)> {
        self.world.memory().state.database.mails()
    }

    /// Ends every session, as after 12 quiet hours.
    pub fn expire_sessions(&self) {
        self.world.change(State::forget_all_sessions);
    }

    /// Asks every session for its password before the next sensitive page, as after half an hour.
    pub fn make_reauth_needed(&self) {
        self.world.change(State::forget_confirmations);
    }

    /// Adds a publisher as somebody else would, elsewhere.
    pub fn add_publisher_behind(&self, project: &str, publisher: Publisher) {
        self.world.change(|state| {
            state.database.attach(project, publisher, Uuid::new_v4());
        });
    }

    /// In read-only mode every change is answered as if it had been made, and none is.
    pub fn set_read_only(&self, read_only: bool) {
        self.world.read_only.store(read_only, Ordering::SeqCst);
    }
}

impl World {
    /// A view that failed has changed nothing that the next one could trip over.
    fn memory(&self) -> MutexGuard<'_, Memory> {
        self.memory.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Changes the state from the outside. Should it not be written now, the next change will tell.
    fn change(&self, change: impl FnOnce(&mut State)) {
        let mut memory = self.memory();
        change(&mut memory.state);
        let _ = memory.keep();
    }

    fn answer(&self, request: &Request) -> Answer {
        let mut memory = self.memory();
        let before = memory.state.clone();
        let read_only = self.read_only.load(Ordering::SeqCst);
        let now_ms = self.clock.now_ms();
        let mut visit = Visit::new(request, &mut memory.state, now_ms, self.strict_origin);
        let answer = routes::answer(&mut visit);
        let changed = request.is_post() || !visit.is_untouched();
        let mut answer = visit.finish(answer);
        if read_only {
            memory.state.database = before.database.clone();
        }
        if changed && memory.keep().is_err() {
            memory.state = before;
            answer = errors::broken();
        }
        memory.requests.push(RequestLine {
            method: request.method.to_string(),
            path: request.path.clone(),
            status: answer.status.as_u16(),
        });
        answer
    }
}

impl Memory {
    fn open(options: &Options) -> Result<Self, Error> {
        let opened = options.state_file.clone().map(StateFile::open).transpose()?;
        let (file, state) = opened.map_or((None, None), |(file, state)| (Some(file), state));
        let state = state.unwrap_or_else(State::seeded).with_generated_projects(options.projects);
        let mut memory = Self { state, file, requests: Vec::new() };
        memory.keep()?;
        Ok(memory)
    }

    fn keep(&mut self) -> Result<(), Error> {
        self.file.as_mut().map_or(Ok(()), |file| file.keep(&self.state))
    }
}

async fn serve(Shared(world): Shared<Arc<World>>, request: HttpRequest<Body>) -> Response<Body> {
    if world.stopped.load(Ordering::SeqCst) {
        return refusal(StatusCode::SERVICE_UNAVAILABLE);
    }
    let (parts, body) = request.into_parts();
    let Ok(body) = to_bytes(body, LONGEST_BODY).await else {
        return refusal(StatusCode::PAYLOAD_TOO_LARGE);
    };
    let request = Request::new(parts, &body, world.address);
    // The state is written before the answer leaves: that takes a thread that may wait for the disk.
    let answered = tokio::task::spawn_blocking(move || world.answer(&request)).await;
    answered.unwrap_or_else(|_| errors::broken()).into()
}

fn refusal(status: StatusCode) -> Response<Body> {
    let mut refusal = Response::new(Body::empty());
    *refusal.status_mut() = status;
    refusal
}
