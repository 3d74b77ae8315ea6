//! What all requests share. They are taken one after the other; what one has changed is on disk before
//! its answer leaves.

use std::net::SocketAddr;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, UNIX_EPOCH};

use axum::body::{Body, to_bytes};
use axum::extract::State as Shared;
use axum::http::{Request as HttpRequest, Response, StatusCode, header};

use crate::answer::Answer;
use crate::flags::Flags;
use crate::pages::errors;
use crate::request::Request;
use crate::state::{State, StateFile};
use crate::visit::Visit;
use crate::{Error, Now, Options, front, routes};

/// More than any form here needs.
const LONGEST_BODY: usize = 1024 * 1024;

/// Warehouse's words for the mode in which it stores nothing, which stand on every page then.
const READ_ONLY: &str = "Read-only mode: Any write operations will have no effect";

/// One request that was answered, in the order of the answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RequestLine {
    /// `GET`, `POST`, …
    pub method: String,
    /// Without its query.
    pub path: String,
    /// The names of the form's fields, in their order.
    pub fields: Vec<String>,
    /// The answer's status.
    pub status: u16,
}

/// What all requests share.
pub(crate) struct World {
    memory: Mutex<Memory>,
    clock: Arc<dyn Now>,
    strict_origin: bool,
    behind_https: bool,
    flags: Mutex<Flags>,
    /// Set at the end: a request that arrives still later must not write a file that somebody else
    /// may have opened by then.
    stopped: AtomicBool,
    address: SocketAddr,
}

/// What changes.
pub(crate) struct Memory {
    pub(crate) state: State,
    file: Option<StateFile>,
    pub(crate) requests: Vec<RequestLine>,
}

impl World {
    pub(crate) fn new(memory: Memory, options: &Options, address: SocketAddr) -> Self {
        Self {
            memory: Mutex::new(memory),
            clock: Arc::clone(&options.clock),
            strict_origin: options.strict_origin || options.behind_https,
            behind_https: options.behind_https,
            flags: Mutex::new(Flags::default()),
            stopped: AtomicBool::new(false),
            address,
        }
    }

    pub(crate) fn now_ms(&self) -> i64 {
        self.clock.now_ms()
    }

    /// Turns the administrators' switches.
    pub(crate) fn switch(&self, switch: impl FnOnce(&mut Flags)) {
        switch(&mut self.flags());
    }

    fn flags(&self) -> MutexGuard<'_, Flags> {
        self.flags.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Nothing is answered any more.
    pub(crate) fn end(&self) {
        self.stopped.store(true, Ordering::SeqCst);
    }

    /// A view that failed has changed nothing that the next one could trip over.
    pub(crate) fn memory(&self) -> MutexGuard<'_, Memory> {
        self.memory.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Changes the state from the outside. Should it not be written now, the next change will tell.
    pub(crate) fn change(&self, change: impl FnOnce(&mut State)) {
        let mut memory = self.memory();
        change(&mut memory.state);
        let _ = memory.keep();
    }

    fn answer(&self, request: &Request) -> Answer {
        let mut memory = self.memory();
        let stopped_in_front = front::answer(request, &mut self.flags());
        let answer = stopped_in_front.unwrap_or_else(|| self.visit(request, &mut memory));
        memory.requests.push(RequestLine {
            method: request.method.to_string(),
            path: request.path.clone(),
            fields: request.body.iter().map(|(name, _)| name.clone()).collect(),
            status: answer.status.as_u16(),
        });
        answer
    }

    fn visit(&self, request: &Request, memory: &mut Memory) -> Answer {
        let before = memory.state.clone();
        let flags = self.flags().clone();
        let read_only = flags.read_only;
        let now_ms = self.clock.now_ms();
        let mut visit = Visit::new(request, &mut memory.state, now_ms, self.strict_origin, flags);
        let answer = routes::answer(&mut visit);
        let changed = request.is_post() || !visit.is_untouched();
        let answer = visit.finish(answer);
        let answer = if read_only { answer.with_notice(READ_ONLY) } else { answer };
        if read_only {
            memory.state.database = before.database.clone();
        }
        if changed && memory.keep().is_err() {
            memory.state = before;
            return errors::broken();
        }
        answer
    }
}

impl Memory {
    pub(crate) fn open(options: &Options) -> Result<Self, Error> {
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

/// Reads a request to its end and answers it.
pub(crate) async fn serve(
    Shared(world): Shared<Arc<World>>,
    request: HttpRequest<Body>,
) -> Response<Body> {
    if world.stopped.load(Ordering::SeqCst) {
        return refusal(StatusCode::SERVICE_UNAVAILABLE);
    }
    let (parts, body) = request.into_parts();
    let Ok(body) = to_bytes(body, LONGEST_BODY).await else {
        return refusal(StatusCode::PAYLOAD_TOO_LARGE);
    };
    let request = Request::new(parts, &body, world.address, world.behind_https);
    // The state is written before the answer leaves: that takes a thread that may wait for the disk.
    let now_ms = world.clock.now_ms();
    let answered = tokio::task::spawn_blocking(move || world.answer(&request)).await;
    answered.unwrap_or_else(|_| errors::broken()).with(header::DATE, http_date(now_ms)).into()
}

fn http_date(at_ms: i64) -> String {
    let since_1970 = Duration::from_millis(at_ms.try_into().unwrap_or_default());
    httpdate::fmt_http_date(UNIX_EPOCH + since_1970)
}

fn refusal(status: StatusCode) -> Response<Body> {
    let mut refusal = Response::new(Body::empty());
    *refusal.status_mut() = status;
    refusal
}
