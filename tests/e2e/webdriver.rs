//! WebKit's driver, which starts the app and steers its window.

use std::io;
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
#[cfg(unix)]
use std::os::unix::process::CommandExt as _;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use tokio::net::TcpStream;
use tokio::time::{interval, timeout};

const READY_LIMIT: Duration = Duration::from_secs(20);

/// A running driver; the app that it starts is in its process group and ends with it.
pub(crate) struct WebDriverProcess {
    child: Child,
    address: SocketAddr,
}

impl WebDriverProcess {
    /// Starts a driver whose apps see this environment besides our own.
    pub(crate) async fn start(environment: &[(&str, &Path)]) -> io::Result<Self> {
        let port = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?.local_addr()?.port();
        let mut command = Command::new("WebKitWebDriver");
        command
            .arg(format!("--port={port}"))
            .env("TAURI_WEBVIEW_AUTOMATION", "true")
            // There is no accessibility bus in a virtual session, and looking for one costs seconds.
            .env("NO_AT_BRIDGE", "1")
            // With either of these set, WebKitGTK 2.50 never answers when asked for a picture.
            .env_remove("WEBKIT_DISABLE_DMABUF_RENDERER")
            .env_remove("WEBKIT_DISABLE_COMPOSITING_MODE")
            .envs(environment.iter().copied())
            .stdin(Stdio::null())
            .stdout(Stdio::null());
        #[cfg(unix)]
        command.process_group(0);
        let child = command.spawn()?;
        let address = SocketAddr::from((Ipv4Addr::LOCALHOST, port));
        let process = Self { child, address };
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

    /// Ends the driver and the app at once, as a crash or a power cut would.
    pub(crate) fn kill(&mut self) {
        // Ending the driver alone would leave the app.
        let group = format!("-{}", self.child.id());
        let _ = Command::new("kill").args(["-KILL", "--", &group]).status();
        let _ = self.child.wait();
    }
}

impl Drop for WebDriverProcess {
    fn drop(&mut self) {
        self.kill();
    }
}
