//! A forward proxy as a company has one, on loopback. It writes down what it is asked for, leads every
//! CONNECT to one address whatever host was asked for, and refuses the rest.

use std::io::{BufRead, BufReader, Write, copy};
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;

/// The variables by which programs are told to use a proxy.
pub const VARIABLES: [&str; 6] =
    ["http_proxy", "HTTP_PROXY", "https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"];

/// The proxy. It runs on threads that end with the test's process.
pub struct ForwardProxy {
    address: SocketAddr,
    heard: Arc<Mutex<Vec<String>>>,
}

impl ForwardProxy {
    /// A proxy that leads to this address.
    #[must_use]
    pub fn leading_to(target: SocketAddr) -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).expect("a port");
        let address = listener.local_addr().expect("an address");
        let heard = Arc::<Mutex<Vec<String>>>::default();
        let writes_down = Arc::clone(&heard);
        thread::spawn(move || {
            while let Ok((stream, _)) = listener.accept() {
                let heard = Arc::clone(&writes_down);
                thread::spawn(move || serve(stream, target, &heard));
            }
        });
        Self { address, heard }
    }

    /// Where it listens.
    #[must_use]
    pub const fn address(&self) -> SocketAddr {
        self.address
    }

    /// The head of each request, in one text.
    #[must_use]
    pub fn heard(&self) -> Vec<String> {
        self.heard.lock().expect("not poisoned").clone()
    }
}

/// Whoever goes away in the middle ends it.
fn serve(mut near: TcpStream, target: SocketAddr, heard: &Mutex<Vec<String>>) -> Option<()> {
    let mut reading = BufReader::new(near.try_clone().ok()?);
    let mut head = String::new();
    while !head.ends_with("\r\n\r\n") {
        if reading.read_line(&mut head).ok()? == 0 {
            break;
        }
    }
    let is_connect = head.starts_with("CONNECT ");
    heard.lock().expect("not poisoned").push(head);
    if !is_connect {
        return near.write_all(b"HTTP/1.1 502 Bad Gateway\r\ncontent-length: 0\r\n\r\n").ok();
    }
    let far = TcpStream::connect(target).ok()?;
    near.write_all(b"HTTP/1.1 200 Connection established\r\n\r\n").ok()?;
    let mut to_far = far.try_clone().ok()?;
    let there = thread::spawn(move || {
        let _ = copy(&mut reading, &mut to_far);
        let _ = to_far.shutdown(Shutdown::Write);
    });
    let _ = copy(&mut &far, &mut near);
    let _ = near.shutdown(Shutdown::Write);
    there.join().ok()
}
