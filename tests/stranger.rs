//! Servers on loopback that are no index: they answer whatever they are asked in one way.

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use url::Url;

/// An answer with this status and further lines of a head, after which the connection is closed.
#[must_use]
pub fn http(head: &str, body: &str) -> String {
    format!(
        "HTTP/1.1 {head}\r\nContent-Type: text/html\r\nContent-Length: {}\r\n\
         Connection: close\r\n\r\n{body}",
        body.len()
    )
}

/// A server that answers with the same bytes, and hangs up.
pub async fn answering(answer: impl Into<Vec<u8>>) -> Url {
    without_end(answer, "").await
}

/// A server that answers with the same bytes, and then with the same piece again and again for as
/// long as somebody listens; an empty piece ends it.
pub async fn without_end(answer: impl Into<Vec<u8>>, piece: &'static str) -> Url {
    let answer = answer.into();
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let address = listener.local_addr().expect("an address");
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            // The core always begins with a GET, which comes in one piece; an answer that stands
            // there before the question would be something else again.
            let mut request = vec![0; 64 * 1024];
            let _ = stream.read(&mut request).await;
            let _ = stream.write_all(&answer).await;
            if !piece.is_empty() {
                tokio::spawn(go_on(stream, piece));
            }
        }
    });
    Url::parse(&format!("http://{address}/")).expect("an address")
}

async fn go_on(mut stream: TcpStream, piece: &'static str) {
    let many = piece.repeat(1 + 16 * 1024 / piece.len());
    while stream.write_all(many.as_bytes()).await.is_ok() {}
}
