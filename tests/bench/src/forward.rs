//! A port that passes everything on to another and counts the bytes.

use std::io::{Read, Write};
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;

/// Runs until the program ends.
pub struct Forward {
    pub address: SocketAddr,
    bytes: Arc<AtomicU64>,
}

impl Forward {
    /// To a server on this machine, `host:port`.
    pub fn to(server: &str) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let address = listener.local_addr().expect("an address");
        let (bytes, server) = (Arc::new(AtomicU64::new(0)), server.to_owned());
        let counter = bytes.clone();
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let Ok(other) = TcpStream::connect(&server) else { continue };
                for (from, to) in [(&stream, &other), (&other, &stream)] {
                    let ends = (from.try_clone(), to.try_clone());
                    let (Ok(from), Ok(to)) = ends else { continue };
                    let counter = counter.clone();
                    thread::spawn(move || pass_on(from, to, &counter));
                }
            }
        });
        Self { address, bytes }
    }

    /// Bytes in both directions so far.
    pub fn bytes(&self) -> u64 {
        self.bytes.load(Ordering::Relaxed)
    }
}

fn pass_on(mut from: TcpStream, mut to: TcpStream, counter: &AtomicU64) {
    let _ = from.set_nodelay(true);
    let mut buffer = vec![0; 64 * 1024];
    while let Ok(length @ 1..) = from.read(&mut buffer) {
        counter.fetch_add(length as u64, Ordering::Relaxed);
        if to.write_all(&buffer[..length]).is_err() {
            break;
        }
    }
    let _ = to.shutdown(Shutdown::Both);
}
