//! A firewall that forgets flows without a word, as they do with idle ones: both ends think that they are connected.

use crate::error::{Doing, Result};
use std::io::{Read, Write};
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

/// Relays TCP from a port of its own to a server. It ends with the test program.
pub struct Firewall {
    port: u16,
    flows: Arc<Flows>,
}

#[derive(Default)]
struct Flows {
    opened: AtomicUsize,
    /// Flows with smaller numbers are forgotten.
    forgotten: AtomicUsize,
}

impl Firewall {
    /// Starts one in front of `to`.
    pub fn start(to: SocketAddr) -> Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0").doing("open a port")?;
        let port = listener.local_addr().doing("open a port")?.port();
        let flows = Arc::new(Flows::default());
        let shared = flows.clone();
        std::thread::spawn(move || {
            for inside in listener.incoming().map_while(std::io::Result::ok) {
                let flow = shared.opened.fetch_add(1, Ordering::SeqCst);
                if let Ok(outside) = TcpStream::connect(to) {
                    relay(flow, &inside, &outside, &shared);
                }
            }
        });
        Ok(Self { port, flows })
    }

    /// `localhost:PORT`: servers have that name in their certificates.
    pub fn server(&self) -> String {
        format!("localhost:{}", self.port)
    }

    /// Forgets every flow that is open now.
    pub fn forget(&self) {
        self.flows.forgotten.store(self.flows.opened.load(Ordering::SeqCst), Ordering::SeqCst);
    }
}

fn relay(flow: usize, inside: &TcpStream, outside: &TcpStream, flows: &Arc<Flows>) {
    for (from, to) in [(inside, outside), (outside, inside)] {
        let (Ok(from), Ok(to), flows) = (from.try_clone(), to.try_clone(), flows.clone()) else {
            return;
        };
        std::thread::spawn(move || pump(flow, from, to, &flows));
    }
}

fn pump(flow: usize, mut from: TcpStream, mut to: TcpStream, flows: &Flows) {
    let mut buffer = vec![0; 65536];
    let forgotten = || flow < flows.forgotten.load(Ordering::SeqCst);
    while let Ok(length @ 1..) = from.read(&mut buffer) {
        if !forgotten() && to.write_all(&buffer[..length]).is_err() {
            break;
        }
    }
    if !forgotten() {
        let _ = to.shutdown(Shutdown::Both);
    }
}
