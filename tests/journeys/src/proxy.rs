//! An HTTP proxy (CONNECT, RFC 9110, 9.3.6) that lets one user through, and counts.

use std::io::{BufRead, BufReader, Read, Write, copy};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

/// The user whom it lets through.
pub const USER: &str = "svc-proxy";
/// That user's password.
pub const PASSWORD: &str = "Pr0xy-Passw0rd";
/// Both as the header carries them (RFC 7617).
const BASIC: &str = "Basic c3ZjLXByb3h5OlByMHh5LVBhc3N3MHJk";
/// Longest head of a request.
const HEAD: u64 = 16 * 1024;

/// A running proxy; it ends with the test's process.
pub struct Proxy {
    /// Its port on loopback.
    pub port: u16,
    tunnels: Arc<AtomicUsize>,
}

impl Proxy {
    /// Starts one on a free port.
    pub fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let port = listener.local_addr().expect("an address").port();
        let tunnels = Arc::new(AtomicUsize::new(0));
        let counted = tunnels.clone();
        std::thread::spawn(move || {
            for client in listener.incoming().flatten() {
                let counted = counted.clone();
                std::thread::spawn(move || serve(client, &counted));
            }
        });
        Self { port, tunnels }
    }

    /// Tunnels that were opened so far.
    pub fn tunnels(&self) -> usize {
        self.tunnels.load(Ordering::SeqCst)
    }
}

fn serve(mut client: TcpStream, tunnels: &AtomicUsize) -> Option<()> {
    let mut lines = BufReader::new(client.try_clone().ok()?.take(HEAD)).lines();
    let request = lines.next()?.ok()?;
    let head: Vec<String> = lines.map_while(Result::ok).take_while(|l| !l.is_empty()).collect();
    let allowed = head.iter().any(|line| {
        line.split_once(':').is_some_and(|(name, value)| {
            name.eq_ignore_ascii_case("proxy-authorization") && value.trim() == BASIC
        })
    });
    if !allowed {
        return client.write_all(b"HTTP/1.1 407 Who\r\nContent-Length: 0\r\n\r\n").ok();
    }
    let mut server = TcpStream::connect(request.split(' ').nth(1)?).ok()?;
    tunnels.fetch_add(1, Ordering::SeqCst);
    client.write_all(b"HTTP/1.1 200 Through\r\n\r\n").ok()?;
    let (mut back, mut out) = (server.try_clone().ok()?, client.try_clone().ok()?);
    let answers = std::thread::spawn(move || {
        let _ = copy(&mut back, &mut out);
        let _ = out.shutdown(Shutdown::Write);
    });
    let _ = copy(&mut client, &mut server);
    let _ = server.shutdown(Shutdown::Write);
    answers.join().ok()
}
