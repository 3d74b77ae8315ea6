//! The server as its owner holds it: started and stopped.

mod accounts;
mod behind;

use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use tokio::net::TcpListener;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;
use url::Url;

use crate::account::{Account, PASSWORD, USERNAME, current_code};
use crate::world::{Memory, World, serve};
use crate::{Error, Options};

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
        let world = Arc::new(World::new(memory, &options, address));
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
        let code = current_code(self.world.now_ms());
        Account { username: USERNAME, password: PASSWORD, code }
    }

    /// Stops to listen, and waits briefly for what is being answered.
    pub async fn stop(self) {
        let _ = self.stop.send(());
        let mut served = self.served;
        if tokio::time::timeout(PATIENCE, &mut served).await.is_err() {
            served.abort();
        }
        self.world.end();
    }
}
