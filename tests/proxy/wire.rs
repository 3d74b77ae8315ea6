//! Passing requests and answers on, as far as what is planned lets them through.

use std::io;
use std::net::SocketAddr;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};

use tokio::io::AsyncWriteExt;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::time::sleep;

use super::message::Message;
use super::plan::{Happens, Place, Plan, stop_at};

pub(super) struct Wire {
    pub(super) index: SocketAddr,
    plans: Mutex<Vec<Plan>>,
    /// Method and path of every request that came from the core.
    asked: Mutex<Vec<(String, String)>>,
    /// Path and body of every answer of the index that is a page.
    pages: Mutex<Vec<(String, String)>>,
    /// The next connection is closed as soon as it is made.
    closes_next: AtomicBool,
    pub(super) traffic: watch::Sender<Traffic>,
}

/// What has come over the wire.
#[derive(Clone, Copy, Default)]
pub(super) struct Traffic {
    /// Connections that are not over.
    pub(super) open: usize,
    /// Requests so far.
    pub(super) asked: usize,
}

/// Serves every connection that the core makes.
pub(super) async fn accept(listener: TcpListener, wire: Arc<Wire>) {
    while let Ok((stream, _)) = listener.accept().await {
        if wire.closes_next.swap(false, Ordering::SeqCst) {
            continue;
        }
        let wire = Arc::clone(&wire);
        wire.traffic.send_modify(|traffic| traffic.open += 1);
        tokio::spawn(async move {
            // How a connection ends is its client's business.
            drop(wire.serve(stream).await);
            wire.traffic.send_modify(|traffic| traffic.open -= 1);
        });
    }
}

impl Wire {
    pub(super) fn to(index: SocketAddr) -> Self {
        Self {
            index,
            plans: Mutex::default(),
            asked: Mutex::default(),
            pages: Mutex::default(),
            closes_next: AtomicBool::new(false),
            traffic: watch::Sender::default(),
        }
    }

    pub(super) fn plan(&self, plan: Plan) {
        self.plans.lock().expect("nobody failed").push(plan);
    }

    pub(super) fn forget_plans(&self) {
        self.plans.lock().expect("nobody failed").clear();
        self.closes_next.store(false, Ordering::SeqCst);
    }

    pub(super) fn count(&self, is: impl Fn(&str, &str) -> bool) -> usize {
        let asked = self.asked.lock().expect("nobody failed");
        asked.iter().filter(|(method, path)| is(method, path)).count()
    }

    pub(super) fn pages(&self) -> Vec<(String, String)> {
        self.pages.lock().expect("nobody failed").clone()
    }

    async fn serve(&self, mut core: TcpStream) -> io::Result<()> {
        core.set_nodelay(true)?;
        loop {
            let request = Message::read(&mut core).await?;
            let mut plan = self.planned_for(&request);
            stop_at(Place::BeforeTheIndex, &mut plan).await?;
            let is_on_the_way =
                |happens: &Happens| matches!(happens, Happens::Late(_) | Happens::Answered(_));
            match Happens::take_if(&mut plan, is_on_the_way) {
                Happens::Late(kept) => {
                    let _ = kept.send(request);
                    return Ok(());
                }
                Happens::Answered(bytes) => return core.write_all(&bytes).await,
                _ => {}
            }
            if matches!(&plan, Some(plan) if matches!(plan.happens, Happens::Cut(Place::InTheRequest)))
            {
                return self.ask_half(&request).await;
            }
            let answer = ask(self.index, &request).await?;
            if let Some(page) = answer.page() {
                self.pages.lock().expect("nobody failed").push((request.asked().1, page));
            }
            self.bring(&mut core, &answer, &mut plan).await?;
        }
    }

    /// Brings an answer to the core.
    async fn bring(
        &self,
        core: &mut TcpStream,
        answer: &Message,
        plan: &mut Option<Plan>,
    ) -> io::Result<()> {
        let cut = || io::Error::from(io::ErrorKind::ConnectionAborted);
        let is_other =
            |happens: &Happens| matches!(happens, Happens::Drip(_) | Happens::Swallowed(_));
        match Happens::take_if(plan, is_other) {
            Happens::Drip(pause) => {
                // The head at once: a client may wait for that in another way.
                let (head, body) = answer.bytes.split_at(answer.head_length);
                core.write_all(head).await?;
                for byte in body {
                    sleep(pause).await;
                    core.write_all(&[*byte]).await?;
                }
                return Ok(());
            }
            Happens::Swallowed(bytes) => {
                core.write_all(&bytes).await?;
                return Err(cut());
            }
            _ => {}
        }
        let mut passed = 0;
        for (place, length) in answer.places() {
            core.write_all(&answer.bytes[passed..length]).await?;
            passed = length;
            stop_at(place, plan).await?;
        }
        if matches!(Happens::take_if(plan, |it| matches!(it, Happens::CutNext)), Happens::CutNext) {
            self.closes_next.store(true, Ordering::SeqCst);
            return Err(cut());
        }
        Ok(())
    }

    /// Brings half of a request to the index, and hangs up.
    async fn ask_half(&self, request: &Message) -> io::Result<()> {
        let mut index = TcpStream::connect(self.index).await?;
        index.write_all(&request.bytes[..request.bytes.len() / 2]).await?;
        index.shutdown().await
    }

    /// Takes the plan for this request, counting the ones that pass before it.
    fn planned_for(&self, request: &Message) -> Option<Plan> {
        let (method, path) = request.asked();
        self.traffic.send_modify(|traffic| traffic.asked += 1);
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

/// Asks the index, and waits for its whole answer.
pub(super) async fn ask(index: SocketAddr, request: &Message) -> io::Result<Message> {
    let mut index = TcpStream::connect(index).await?;
    index.write_all(&request.bytes).await?;
    Message::read(&mut index).await
}
