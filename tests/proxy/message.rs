//! Where a message of HTTP ends, and the places in it.

use std::io;

use tokio::io::AsyncReadExt;
use tokio::net::TcpStream;

use super::plan::Place;

/// A request or an answer, whole.
pub(super) struct Message {
    pub(super) bytes: Vec<u8>,
    pub(super) head_length: usize,
}

impl Message {
    /// Reads one message. Both sides tell how long their bodies are.
    pub(super) async fn read(stream: &mut TcpStream) -> io::Result<Self> {
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
    pub(super) fn asked(&self) -> (String, String) {
        let head = String::from_utf8_lossy(&self.bytes[..self.head_length]);
        let mut words = head.split(' ');
        let method = words.next().expect("a method").to_owned();
        let target = words.next().expect("a target");
        (method, target.split('?').next().expect("a path").to_owned())
    }

    /// The body of an answer that is a page, or a piece of one.
    pub(super) fn page(&self) -> Option<String> {
        let is_page = self.bytes.starts_with(b"HTTP/1.1 200");
        is_page.then(|| String::from_utf8_lossy(&self.bytes[self.head_length..]).into_owned())
    }

    /// How much of an answer the core has seen at each place.
    pub(super) fn places(&self) -> [(Place, usize); 4] {
        let body_length = self.bytes.len() - self.head_length;
        [
            (Place::BeforeTheAnswer, 0),
            (Place::InTheHead, self.head_length / 2),
            (Place::InTheBody, self.head_length + body_length / 2),
            (Place::AfterTheAnswer, self.bytes.len()),
        ]
    }
}

async fn read_more(stream: &mut TcpStream, bytes: &mut Vec<u8>) -> io::Result<()> {
    match stream.read_buf(bytes).await? {
        0 => Err(io::ErrorKind::UnexpectedEof.into()),
        _ => Ok(()),
    }
}
