//! An index that a test makes up page by page. It knows what it was asked for.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::task::JoinHandle;
use tokio::time::timeout;

/// What is not asked for by then never will be.
const PATIENCE: Duration = Duration::from_secs(30);

pub(super) struct MadeUp {
    address: SocketAddr,
    asked: watch::Receiver<Vec<String>>,
    serving: JoinHandle<()>,
}

impl MadeUp {
    /// The answer is made of the request's head and of what was asked for before.
    pub(super) async fn serve(
        answer: impl Fn(&str, &[String]) -> String + Send + Sync + 'static,
    ) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let address = listener.local_addr().expect("an address");
        let (asking, asked) = watch::channel(Vec::new());
        let (asking, answer) = (Arc::new(asking), Arc::new(answer));
        let serving = tokio::spawn(async move {
            while let Ok((mut stream, _)) = listener.accept().await {
                let (asking, answer) = (Arc::clone(&asking), Arc::clone(&answer));
                tokio::spawn(async move {
                    let Some(head) = head(&mut stream).await else { return };
                    let target = head.split(' ').nth(1).unwrap_or_default().to_owned();
                    let text = answer(&head, &asking.borrow());
                    asking.send_modify(|asked| asked.push(target));
                    // Who hangs up early has heard enough.
                    let _ = stream.write_all(text.as_bytes()).await;
                });
            }
        });
        Self { address, asked, serving }
    }

    pub(super) fn origin(&self) -> String {
        format!("http://{}", self.address)
    }

    /// The addresses that it was asked for so far.
    pub(super) fn asked(&self) -> Vec<String> {
        self.asked.borrow().clone()
    }

    /// Waits until it was asked so often for an address that begins so, and says the last of them.
    pub(super) async fn asked_for(&self, start: &str, times: usize) -> String {
        let mut asked = self.asked.clone();
        let fits = |asked: &Vec<String>| {
            asked.iter().filter(|target| target.starts_with(start)).nth(times - 1).cloned()
        };
        let waited = timeout(PATIENCE, asked.wait_for(|asked| fits(asked).is_some())).await;
        let Ok(Ok(found)) = waited.as_ref() else {
            panic!("{start} was not asked for {times} times: {:?}", self.asked())
        };
        fits(found).expect("waited for")
    }
}

impl Drop for MadeUp {
    fn drop(&mut self) {
        self.serving.abort();
    }
}

/// A page, with these headers besides.
pub(super) fn page(headers: &str, body: &str) -> String {
    let html = format!("<!doctype html><html><title>Made up</title><body>{body}</body></html>");
    format!(
        "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: {}\r\n\
         Cache-Control: no-store\r\nConnection: close\r\n{headers}\r\n{html}",
        html.len()
    )
}

/// An answer that sends on to another address.
pub(super) fn redirect(to: &str) -> String {
    format!(
        "HTTP/1.1 303 See Other\r\nLocation: {to}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
    )
}

async fn head(stream: &mut TcpStream) -> Option<String> {
    let mut bytes = Vec::new();
    let mut part = [0; 4096];
    loop {
        let read = stream.read(&mut part).await.ok().filter(|read| *read > 0)?;
        bytes.extend_from_slice(&part[..read]);
        if bytes.windows(4).any(|end| end == b"\r\n\r\n") {
            return String::from_utf8(bytes).ok();
        }
    }
}
