//! WebKit's driver, which starts the app and steers its window.

use std::io;
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
#[cfg(unix)]
use std::os::unix::process::CommandExt as _;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::thread;
use std::time::Duration;

use tokio::net::TcpStream;
use tokio::time::{interval, timeout};

const READY_LIMIT: Duration = Duration::from_secs(20);
const END_LIMIT: Duration = Duration::from_secs(20);

/// A running driver; the app that it starts is in its process group and ends with it.
pub(crate) struct WebDriverProcess {
    child: Child,
    address: SocketAddr,
    /// Hangs up when the last process of the group has ended.
    alive: Receiver<()>,
}

impl WebDriverProcess {
    /// Starts the driver by this command; its apps see the command's environment.
    pub(crate) async fn start(mut command: Command) -> io::Result<Self> {
        let port = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?.local_addr()?.port();
        command
            .arg(format!("--port={port}"))
            .env("TAURI_WEBVIEW_AUTOMATION", "true")
            // There is no accessibility bus in a virtual session, and looking for one costs seconds.
            .env("NO_AT_BRIDGE", "1")
            // With either of these set, WebKitGTK 2.50 never answers when asked for a picture.
            .env_remove("WEBKIT_DISABLE_DMABUF_RENDERER")
            .env_remove("WEBKIT_DISABLE_COMPOSITING_MODE")
            .stdin(Stdio::null())
            .stdout(Stdio::piped());
        // The app's processes are found by their environment, which only root reads otherwise.
        if command.get_envs().all(|(name, _)| name != "TRUSTDESK_DUMPABLE") {
            command.env("TRUSTDESK_DUMPABLE", "1");
        }
        #[cfg(unix)]
        command.process_group(0);
        let mut child = command.spawn()?;
        let alive = alive(&mut child);
        let address = SocketAddr::from((Ipv4Addr::LOCALHOST, port));
        let process = Self { child, address, alive };
        let mut again = interval(Duration::from_millis(20));
        let ready = timeout(READY_LIMIT, async {
            while TcpStream::connect(address).await.is_err() {
                again.tick().await;
            }
        });
        ready.await.map_err(|_| io::Error::other("WebKitWebDriver does not answer"))?;
        Ok(process)
    }

    pub(crate) fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Ends the driver and the app at once, as a crash or a power cut would, and returns when no
    /// process of theirs is left: whatever one of them holds, the next app would find taken.
    pub(crate) fn kill(&mut self) {
        // Ending the driver alone would leave the app.
        let group = format!("-{}", self.child.id());
        let _ = Command::new("kill").args(["-KILL", "--", &group]).status();
        let _ = self.child.wait();
        if self.alive.recv_timeout(END_LIMIT) == Err(RecvTimeoutError::Timeout) {
            eprintln!("a process of the app outlives SIGKILL");
        }
    }
}

/// Every process that a driver starts inherits its output, so that the output ends with the last.
fn alive(child: &mut Child) -> Receiver<()> {
    let (lives, alive) = channel();
    let output = child.stdout.take();
    thread::spawn(move || {
        if let Some(mut output) = output {
            // What is said there is of no interest, and a full pipe would stop whoever says it.
            let _ = io::copy(&mut output, &mut io::sink());
        }
        drop(lives);
    });
    alive
}

impl Drop for WebDriverProcess {
    fn drop(&mut self) {
        self.kill();
    }
}
